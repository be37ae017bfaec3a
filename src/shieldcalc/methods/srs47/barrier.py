"""One barrier of a brachytherapy room, without a design file: the week's treatments, and a limit on the dose rate."""

from collections.abc import Mapping
from math import isfinite
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.methods.srs47 import equations
from shieldcalc.methods.srs47.layers import curve
from shieldcalc.methods.srs47.values import (
    CONCRETE,
    LAYERS,
    MATERIALS,
    NUCLIDES,
    RULES,
    Nuclide,
    nuclide,
    reference_density,
    rule,
)
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.therapy.goal import weekly

WEEK_H, MICRO = 168.0, 1e6
WEEKLY, RATE = "weekly", "rate"


class Treatments(NamedTuple):
    """What a week brings: activity in MBq of all sources that a treatment uses, its time in h, treatments a week.

    ``maximum_MBq`` of all sources of the unit, None for what a treatment uses; ``in_patient``: 10 cm of the patient
    count in the week.
    """

    nuclide: str
    activity_MBq: float
    hours: float
    per_week: float
    maximum_MBq: float | None = None
    in_patient: bool = False


class Place(NamedTuple):
    """The barrier: distance in m from source to person, occupancy, material (None: no thickness), density as built."""

    distance_m: float
    occupancy: float
    material: str | None = None
    density_g_per_cm3: float | None = None


class Need(NamedTuple):
    """What one criterion asks: transmission, number of TVL (0 where none), thickness in mm (None without material)."""

    B: float
    tenths: float
    mm: float | None


class Answer(NamedTuple):
    """Workload in uGy m2/week and goal in uSv/week; what week and rate ask (rate None: no limit); the governing one."""

    W: float
    P: float
    weekly: Need
    rate: Need | None
    governed_by: str
    steps: tuple[Step, ...]
    assumptions: tuple[Notice, ...]
    warnings: tuple[Notice, ...]
    tables: tuple[str, ...]

    @property
    def governing(self) -> Need:
        """Return what the criterion asks that asks for more."""
        return self.rate if self.rate is not None and self.governed_by == RATE else self.weekly


def brachytherapy_barrier(
    treatments: Treatments, place: Place, goal: str, rate_limit_uSv_per_h: float | None = None
) -> Answer:
    """Return what one barrier needs by SRS 47, Section 8.5.

    ``goal`` a dose a week or a year ("6 uSv/week", "0.3 mSv/year"); ``rate_limit_uSv_per_h`` of the instantaneous dose
    rate with every source of the unit out: neither use factor nor occupancy. Raises OutsideDataError for nuclides and
    materials that the report does not have, and for numbers that leave no answer.
    """
    known = nuclide(treatments.nuclide)
    _refuse(treatments, known, rate_limit_uSv_per_h)
    try:
        W = _workload(treatments, known)
        known_goal = weekly(goal, rule("weeks_per_year"))
        P, steps, said = MICRO * known_goal.P, list(known_goal.steps), known_goal.assumptions
        of_week = evaluate(
            equations.required_transmission, _inputs(P=P, d=place.distance_m, W=W.value, T=place.occupancy)
        )
        steps = [W, *steps, of_week]
        found = [(WEEKLY, of_week)]
        if rate_limit_uSv_per_h is not None:
            A = treatments.maximum_MBq or treatments.activity_MBq
            D0 = evaluate(equations.rate_at_1m, _inputs(RAKR=known.rakr, A=A))
            told = _inputs(IDR=rate_limit_uSv_per_h, d=place.distance_m, D0=D0.value)
            found.append((RATE, evaluate(equations.required_transmission_of_rate, told, "IDR")))
            steps += [D0, found[-1][1]]
        needs = {name: _need(step, known, place) for name, step in found}
    except (OverflowError, ZeroDivisionError) as error:
        raise OutsideDataError("barrier_numbers") from error
    governed = min(needs, key=lambda name: needs[name].B)
    layers = [
        evaluate(equations.tenth_value_layers, _inputs(B=step.value), name) for name, step in found if step.value < 1
    ]
    return Answer(
        W=W.value,
        P=P,
        weekly=needs[WEEKLY],
        rate=needs.get(RATE),
        governed_by=governed,
        steps=(*steps, *layers),
        assumptions=(Notice("assumptions.srs47_uGy", {}), *said),
        warnings=tuple(_warnings(known, place, needs[governed])),
        tables=(NUCLIDES, RULES, *((LAYERS,) if place.material is not None else ())),
    )


def _refuse(treatments: Treatments, known: Nuclide, rate_limit: float | None) -> None:
    total, most = treatments.hours * treatments.per_week, treatments.maximum_MBq
    if total > WEEK_H * (1 + 1e-9):
        raise OutsideDataError("srs47_week_too_long", hours=f"{total:g}", most=f"{WEEK_H:g}")
    if most is not None and rate_limit is None:
        raise OutsideDataError("srs47_rate_without_activity")
    if most is not None and most < treatments.activity_MBq * (1 - 1e-9):
        told = {"value": f"{most / 1e3:g}", "least": f"{treatments.activity_MBq / 1e3:g}"}
        raise OutsideDataError("srs47_maximum_below", **told)
    if treatments.in_patient and known.f2 is None:
        raise OutsideDataError("srs47_no_patient_factor", nuclide=known.name)


UNITS = {
    "RAKR": "uGy m2/(MBq h)", "A": "MBq", "t": "h", "n": "1/week", "P": "uSv/week", "d": "m", "W": "uGy m2/week",
    "IDR": "uSv/h", "D0": "uGy/h",
}  # fmt: skip


def _inputs(**numbers: float) -> Mapping[str, tuple[float, str]]:
    return {symbol: (number, UNITS.get(symbol, "")) for symbol, number in numbers.items()}


def _workload(treatments: Treatments, known: Nuclide) -> Step:
    week = {"RAKR": known.rakr, "A": treatments.activity_MBq, "t": treatments.hours, "n": treatments.per_week}
    if treatments.in_patient and known.f2 is not None:
        return evaluate(equations.workload_in_patient, _inputs(F2=known.f2, **week))
    return evaluate(equations.workload, _inputs(**week))


def _need(step: Step, known: Nuclide, place: Place) -> Need:
    B = step.value
    if not (isfinite(B) and B > 0):
        raise OutsideDataError("barrier_numbers")
    tenths = max(0.0, equations.tenth_value_layers(B=B))
    mm = None if place.material is None else thickness_mm(known.name, place.material, tenths, place.density_g_per_cm3)
    return Need(B, tenths, mm)


def thickness_mm(name: str, material: str, tenths: float, density_g_per_cm3: float | None = None) -> float:
    """Return mm of a material for so many tenth value layers, at the density as built.

    Lead, steel and concrete by Table 22; any other as concrete of the same mass per area, never less than by the point
    kernel. Raises OutsideDataError where the report has no layers of the nuclide, UnknownNameError for a material.
    """
    counts_as = material if material in MATERIALS else CONCRETE
    found = curve(name, counts_as)
    if found is None:
        raise OutsideDataError("srs47_layers", nuclide=name, material=counts_as)
    mm = found.thickness_mm(tenths)
    if material in MATERIALS and density_g_per_cm3 is None:
        return mm
    from shieldcalc.photons.materials import material as known_material

    density = known_material(material).density(density_g_per_cm3)
    mm *= reference_density(counts_as) / density
    if material in MATERIALS or not tenths:
        return mm
    from shieldcalc.photons.source import of_nuclide
    from shieldcalc.photons.transmission import thickness_mm as by_kernel

    return max(mm, by_kernel(of_nuclide(name, 1.0), material, 10**-tenths, density_g_per_cm3)[0])


def _warnings(known: Nuclide, place: Place, need: Need) -> list[Notice]:
    said = []
    if need.B >= 1:
        said.append(Notice("warnings.srs47_no_shielding", {"B": f"{need.B:.3g}"}))
    elif place.material is not None:
        counts_as = place.material if place.material in MATERIALS else CONCRETE
        found = curve(known.name, counts_as)
        if place.material not in MATERIALS:
            said.append(Notice("warnings.srs47_mass", {"source": known.name, "materials": place.material}))
        if found is not None and found.without_first_layer(need.tenths):
            said.append(Notice("warnings.srs47_first_layer", {"nuclide": known.name}))
    return said
