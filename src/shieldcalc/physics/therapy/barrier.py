"""One barrier of a megavoltage or orthovoltage room without a design file: the week, a rate, the busiest hour.

Primary distances start at the target, those of leakage and scatter at the isocentre. Leakage has no use factor, scatter
has none as printed. 1 Gy counts as 1 Sv.
"""

from collections.abc import Iterator
from math import isfinite
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.therapy import equations
from shieldcalc.physics.therapy.counted import layers_of
from shieldcalc.physics.therapy.document import (
    AT_DEPTH,
    CONCRETE,
    LEAD,
    LEAKAGE,
    PRIMARY,
    SCATTER,
    SECONDARY,
    STEEL,
    Beam,
    Document,
    Fraction,
    cited,
)
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.goal import MSV, weekly
from shieldcalc.physics.therapy.parts import (
    Answer,
    Need,
    Part,
    governing,
    kept,
    left_behind,
    needed,
    nothing,
    tables,
    together,
    told,
)
from shieldcalc.physics.therapy.rules import own_rule

WEEKLY, RATE, HOUR = "weekly", "rate", "hour"
USV = 1e-6
COSINE, NONE = "cosine", "none"


class Work(NamedTuple):
    """The beam and its week: workload Gy at 1 m, use factor, IMRT factor on ``imrt_share`` of the workload.

    ``count_use``: the use factor counts for scatter too. ``a`` a stated scatter fraction, else ``column`` of the table.
    """

    energy: Energy
    component: str
    workload_Gy_per_week: float
    use: float = 1.0
    angle_deg: float | None = None
    field_cm2: float | None = None
    scatter_distance_m: float | None = None
    a: float | None = None
    column: str = AT_DEPTH
    count_use: bool = False
    imrt_factor: float = 1.0
    imrt_share: float = 1.0


class Limits(NamedTuple):
    """What is to be kept: a goal as text, limits of rate (uSv/h) and hour (uSv) with what they need."""

    goal: str
    rate_uSv_per_h: float | None = None
    dose_rate_Gy_per_h: float | None = None
    hour_uSv: float | None = None
    hour_Gy: float | None = None


class Place(NamedTuple):
    """The barrier: distance m, occupancy, material (None: no thickness), density, angle from its normal, its rule.

    ``thickness_mm`` of a wall as built: what it leaves is answered too.
    """

    distance_m: float
    occupancy: float
    material: str | None = None
    density_g_per_cm3: float | None = None
    incidence_deg: float = 0.0
    obliquity: str = COSINE
    thickness_mm: float | None = None


def linac_barrier(document: Document, work: Work, limits: Limits, place: Place) -> Answer:
    """Return what one barrier needs by a document; ``secondary`` is leakage and scatter by the two-source rule.

    Raises OutsideDataError for what the document has no data of and for options that do not go together.
    """
    _refuse(work, limits, place)
    goal = weekly(limits.goal, document.rule("weeks_per_year"))
    names = (LEAKAGE, SCATTER) if work.component == SECONDARY else (work.component,)
    try:
        parts = [_part(name, document, work, limits, place, goal.P) for name in names]
        rule, slant = together(document, parts)
        wall = [] if slant is None else list(_wall(slant, place))
        built, behind = _as_built(parts, goal.P, limits, place)
    except (OverflowError, ZeroDivisionError) as error:
        raise OutsideDataError("therapy_numbers") from error
    needs, governed = governing(parts)
    steps = (*goal.steps, *(step for part in parts for step in part.steps), *rule, *wall, *built)
    return Answer(
        goal=goal.P,
        needs=needs,
        governing=needs[governed],
        governed_by=governed,
        slant_mm=slant,
        mm=wall[-1].value if wall else slant,
        steps=tuple(cited(step, document.short) for step in steps),
        assumptions=(*_assumptions(work, place), *goal.assumptions),
        warnings=tuple(_warnings(work, place, parts, needs[governed])),
        tables=(*tables(parts), document.rules),
        behind=behind,
    )


def _as_built(parts: list[Part], P: float, limits: Limits, place: Place) -> tuple[list[Step], dict[str, float] | None]:
    """Return what the wall as built leaves: of the week in mSv, of rate and hour in uSv/h and uSv."""
    if place.thickness_mm is None:
        return [], None
    if place.material is None:
        raise OutsideDataError("therapy_thickness_of_nothing")
    told = inputs(x=place.thickness_mm, theta=_angle(place))
    slant = evaluate(equations.slant_thickness, told)
    asked = {
        WEEKLY: (P / MSV, "mSv/week"), RATE: (limits.rate_uSv_per_h, "uSv/h"), HOUR: (limits.hour_uSv, "uSv"),
    }  # fmt: skip
    steps, behind = left_behind(
        parts, {key: (x, unit) for key, (x, unit) in asked.items() if x is not None}, slant.value
    )
    return [slant, *steps], behind


def _angle(place: Place) -> float:
    """Return the angle whose slant path counts: no more than the rule's last one, none without the rule."""
    return min(place.incidence_deg, own_rule("oblique_most")) if place.obliquity == COSINE else 0.0


def _refuse(work: Work, limits: Limits, place: Place) -> None:
    scattered = work.component in (SCATTER, SECONDARY)
    for key in ("angle_deg", "field_cm2", "scatter_distance_m"):
        option = f"--{key.rpartition('_')[0].replace('_', '-')}"
        if scattered and getattr(work, key) is None and key != "scatter_distance_m":
            raise OutsideDataError("therapy_option_missing", option=option, component=work.component)
        if not scattered and getattr(work, key) is not None:
            raise OutsideDataError("therapy_option_of_scatter", option=option, component=work.component)
    for option, stated in (
        ("--scatter-fraction", work.a is not None),
        ("--scatter-column", work.column != AT_DEPTH),
        ("--count-use", work.count_use),
    ):
        if stated and not scattered:
            raise OutsideDataError("therapy_option_of_scatter", option=option, component=work.component)
    if work.component not in (LEAKAGE, SECONDARY) and (work.imrt_factor, work.imrt_share) != (1.0, 1.0):
        raise OutsideDataError("therapy_imrt_of_leakage", component=work.component)
    if work.imrt_factor < 1:
        raise OutsideDataError("therapy_imrt_below_one", value=f"{work.imrt_factor:g}")
    for limit, other in (("rate_uSv_per_h", "dose_rate_Gy_per_h"), ("hour_uSv", "hour_Gy")):
        if (getattr(limits, limit) is None) != (getattr(limits, other) is None):
            raise OutsideDataError("therapy_limit_pair", one=_OPTIONS[limit], other=_OPTIONS[other])
    if not 0 <= place.incidence_deg < 90:
        raise OutsideDataError("therapy_incidence", angle=f"{place.incidence_deg:g}")


_OPTIONS = {
    "rate_uSv_per_h": "--rate-limit", "dose_rate_Gy_per_h": "--dose-rate",
    "hour_uSv": "--hour-limit", "hour_Gy": "--hour-workload",
}  # fmt: skip
UNITS = {
    "P": "Sv/week", "d": "m", "d_sca": "m", "d_sec": "m", "W": "Gy/week", "W_L": "Gy/week", "W_conv": "Gy/week",
    "W_TBI": "Gy/week", "W_IMRT": "Gy/week", "W_QA": "Gy/week", "F": "cm2", "F_0": "cm2", "IDR": "Sv/h", "DR_0": "Gy/h",
    "H_h": "Sv", "W_h": "Gy", "g": "1/m2", "theta": "deg", "x_slant": "mm", "x_1": "mm", "TVL": "mm", "x": "mm",
}  # fmt: skip


def inputs(**numbers: float) -> dict[str, tuple[float, str]]:
    """Return numbers of the equations with their units."""
    return {symbol: (number, UNITS.get(symbol, "")) for symbol, number in numbers.items()}


def _part(name: str, document: Document, work: Work, limits: Limits, place: Place, P: float) -> Part:
    beam = Beam(work.energy, name, work.angle_deg if name == SCATTER else None)
    fraction = _fraction(document, work, beam) if name == SCATTER else None
    found = [(WEEKLY, *_weekly(document, work, place, P, name, fraction))] if work.workload_Gy_per_week else []
    found += _of_rates(document, work, limits, place, name, fraction)
    density, material = place.density_g_per_cm3, place.material
    layers = None if material is None else layers_of(document, beam, material, density)
    needs, steps = {} if work.workload_Gy_per_week else {WEEKLY: nothing(layers)}, []
    for criterion, before, step in found:
        need, after = needed(step, layers, f"{name}, {criterion}")
        needs[criterion] = need
        steps += [*before, step, *after]
    return Part(name, tuple(steps), needs, layers, fraction)


def _fraction(document: Document, work: Work, beam: Beam) -> Fraction:
    if work.a is not None:
        return Fraction(work.a, (), (Notice("warnings.therapy_stated_fraction", {"a": f"{work.a:g}"}),))
    return document.fraction(beam, work.column)


def _weekly(
    document: Document, work: Work, place: Place, P: float, name: str, fraction: Fraction | None
) -> tuple[list[Step], Step]:
    """Return the steps before the week's transmission, and its step."""
    told = inputs(P=P, T=place.occupancy)
    W, d = work.workload_Gy_per_week, place.distance_m
    if name == PRIMARY:
        return [], evaluate(equations.primary, {**told, **inputs(d=d, W=W, U=work.use)}, name)
    if name == LEAKAGE:
        before = [] if work.imrt_factor == 1 else [_leakage_workload(work)]
        W_L = before[0].value if before else W
        f_L = document.rule("leakage_fraction")
        return before, evaluate(equations.leakage, {**told, **inputs(d=d, f_L=f_L, W_L=W_L)}, name)
    told |= _scatter_inputs(document, work, place, fraction) | inputs(W=W)
    if work.count_use:
        return [], evaluate(equations.scatter_with_use, {**told, **inputs(U=work.use)}, name)
    return [], evaluate(equations.scatter, told, name)


def _leakage_workload(work: Work) -> Step:
    W, share = work.workload_Gy_per_week, work.imrt_share
    told = inputs(W_conv=W * (1 - share), W_TBI=0.0, C_I=work.imrt_factor, W_IMRT=W * share, C_QA=0.0, W_QA=0.0)
    return evaluate(equations.leakage_workload, told)


def _scatter_inputs(
    document: Document, work: Work, place: Place, fraction: Fraction | None
) -> dict[str, tuple[float, str]]:
    if fraction is None or work.field_cm2 is None:
        raise OutsideDataError("therapy_option_missing", option="--angle", component=SCATTER)
    told = {
        "d_sca": work.scatter_distance_m or own_rule("scatter_distance"),
        "d_sec": place.distance_m,
        "F": work.field_cm2,
        "a": fraction.a,
    }
    return inputs(F_0=document.rule("reference_field"), **told)


def _of_rates(
    document: Document, work: Work, limits: Limits, place: Place, name: str, fraction: Fraction | None
) -> list[tuple[str, list[Step], Step]]:
    """Return (criterion, steps before, step of the transmission) of the limits on rate and hour."""
    if limits.rate_uSv_per_h is None and limits.hour_uSv is None:
        return []
    unshielded = _unshielded(document, work, place, name, fraction)
    found = []
    if limits.rate_uSv_per_h is not None and limits.dose_rate_Gy_per_h is not None:
        told = inputs(IDR=USV * limits.rate_uSv_per_h, DR_0=limits.dose_rate_Gy_per_h, g=unshielded.value)
        found.append((RATE, [unshielded], evaluate(equations.required_of_rate, told, name)))
    if limits.hour_uSv is not None and limits.hour_Gy is not None:
        U = work.use if name == PRIMARY or (name == SCATTER and work.count_use) else 1.0
        W_h = limits.hour_Gy if name != LEAKAGE else limits.hour_Gy * _imrt(work)
        told = inputs(H_h=USV * limits.hour_uSv, W_h=W_h, U=U, g=unshielded.value)
        found.append((HOUR, [unshielded], evaluate(equations.required_of_hour, told, name)))
    return found


def _imrt(work: Work) -> float:
    return 1 + (work.imrt_factor - 1) * work.imrt_share


def _unshielded(document: Document, work: Work, place: Place, name: str, fraction: Fraction | None) -> Step:
    if name == PRIMARY:
        return evaluate(equations.of_primary, inputs(d=place.distance_m), name)
    if name == LEAKAGE:
        return evaluate(equations.of_leakage, inputs(f_L=document.rule("leakage_fraction"), d=place.distance_m), name)
    return evaluate(equations.of_scatter, _scatter_inputs(document, work, place, fraction), name)


def _wall(slant: float, place: Place) -> Iterator[Step]:
    """Yield the step to the thickness of an obliquely met wall: no more credit than at the rule's last angle."""
    if theta := _angle(place):
        yield evaluate(equations.normal_thickness, inputs(x_slant=slant, theta=theta))


def _assumptions(work: Work, place: Place) -> Iterator[Notice]:
    yield Notice(f"assumptions.therapy_{'primary' if work.component == PRIMARY else 'secondary'}", {})
    if work.component in (SCATTER, SECONDARY) and work.scatter_distance_m is None:
        yield Notice("assumptions.therapy_scatter_distance", {"distance": f"{own_rule('scatter_distance'):g}"})
    elif work.scatter_distance_m not in (None, own_rule("scatter_distance")) and work.field_cm2 is not None:
        yield _field_at_patient(work.field_cm2, work.scatter_distance_m or 1.0)
    if work.energy.fff:
        yield Notice("assumptions.therapy_fff", {"energy": work.energy.words})
    if place.incidence_deg and place.obliquity == COSINE:
        yield Notice("assumptions.therapy_oblique", {"most": f"{own_rule('oblique_most'):g}"})


def _field_at_patient(F: float, d_sca: float) -> Notice:
    """Return that the field counts as that at the patient, with what it is at 1 m."""
    told = {"field": f"{F:g}", "distance": f"{d_sca:g}", "at_1m": f"{F / d_sca**2:.4g}"}
    return Notice("assumptions.therapy_scatter_field", told)


def _warnings(work: Work, place: Place, parts: list[Part], need: Need) -> Iterator[Notice]:
    if not work.workload_Gy_per_week:
        yield Notice("warnings.therapy_no_workload", {})
    if isfinite(need.B) and kept(parts):
        yield Notice("warnings.srs47_no_shielding", {"B": f"{need.B:.3g}"})
    if work.use != 1 and work.component != PRIMARY and not work.count_use:
        yield Notice("warnings.therapy_use_not_counted", {"use": f"{work.use:g}"})
    yield from neutron_warnings(work.energy, work.component, [] if place.material is None else [place.material])
    yield from told(parts)


def neutron_warnings(energy: Energy, component: str, materials: list[str]) -> Iterator[Notice]:
    """Yield what is to be said of neutrons: from 10 MV they are in no photon barrier, and metal makes them."""
    if not energy.makes_neutrons:
        return
    yield Notice("warnings.therapy_neutrons", {"energy": energy.words})
    metals = [each for each in materials if component == PRIMARY and is_heavy(each)]
    if metals:
        yield Notice("warnings.therapy_neutrons_made", {"energy": energy.words, "materials": ", ".join(metals)})


def is_heavy(material: str) -> bool:
    """Return whether most of a material's mass is iron or heavier, so that megavoltage beams make neutrons in it."""
    if material in (CONCRETE, LEAD, STEEL):
        return material != CONCRETE
    from shieldcalc.photons.elements import elements
    from shieldcalc.photons.materials import material as known

    heavy, least = own_rule("heavy_from"), own_rule("heavy_share")
    return sum(share for symbol, share in known(material).weights if elements()[symbol].z >= heavy) > least
