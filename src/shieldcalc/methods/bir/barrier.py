"""One barrier by the BIR/IPEM method: from kerma-area product, entrance dose or films to a thickness."""

from typing import NamedTuple

from shieldcalc import beams
from shieldcalc.errors import Notice, OutsideDataError, UnitError, UnknownNameError
from shieldcalc.methods.bir import equations
from shieldcalc.methods.bir.values import SCATTER, SIDES, by_angle, known_kv, smax, value
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.barrier import Answer, within_numbers
from shieldcalc.physics.values import BIR_PRESHIELDING
from shieldcalc.tables import table
from shieldcalc.units import parse

PRESHIELDINGS = {"none": "", "cross_table": "bir_cassette_or_grid", "table_and_receptor": "bir_cassette_and_table"}
FILMS = {
    "scatter": "intraoral_scatter_uGy_per_film_at_1m",
    "primary": "intraoral_primary_transmitted_uGy_per_film",
}
SINGLE_COPY = Notice("warnings.bir_single_copy", {})


class Constraint(NamedTuple):
    """A dose constraint in mSv (or mGy) a year or a week, with the number of weeks that it covers."""

    D_c: float
    weeks: float
    text: str


class Place(NamedTuple):
    """What surrounds a barrier: constraint, the share of it, occupancy T, distance in m, material and its density."""

    constraint: Constraint
    share: float
    occupancy: float
    distance_m: float
    material: str
    density_g_per_cm3: float | None = None


def constraint(text: str) -> Constraint:
    """Return the constraint written as "0.3 mSv/year", "0.3 mGy/year" or a week's share of it.

    Raises UnitError for anything else, zero or less.
    """
    weeks = value("design", "weeks_per_year")
    refusals = []
    for dimension, covered in (
        ("dose_per_year", weeks),
        ("kerma_per_year", weeks),
        ("dose_per_week", 1.0),
        ("kerma_per_week", 1.0),
    ):
        try:
            number = parse(text, dimension)
        except UnitError as error:
            refusals.append(error)
            continue
        if not number > 0:
            raise UnitError("not_positive", value=text)
        return Constraint(number, covered, text)
    allowed = ", ".join(str(refusal.params.get("allowed", "")).split(", ")[0] for refusal in refusals)
    raise UnitError(refusals[0].code, **{**refusals[0].params, "dimension": "a dose constraint", "allowed": allowed})


@within_numbers
def scatter_barrier(
    kap_Gy_cm2: float, kv: float, place: Place, side: str = "wall", theta: float | None = None
) -> Answer:
    """Return what a barrier needs against scatter of a weekly kerma-area product; distance from the patient.

    The factor is S_max of a side (wall, tube, receptor), or S at ``theta`` degrees from the forward beam. Raises
    UnknownNameError for a side, OutsideDataError outside 50 to 125 kV and 0 to 180 degrees.
    """
    if side not in SIDES:
        raise UnknownNameError("side", side, SIDES)
    S = smax(side, kv) if theta is None else by_angle(kv, theta)
    inputs = {"S": (S.value, S.unit), "KAP": (kap_Gy_cm2, "Gy cm2/week"), "d": (place.distance_m, "m")}
    K = evaluate(equations.weekly_scatter, inputs)
    said = (SINGLE_COPY,) if side != "wall" or theta is not None else ()
    return _answer(kv, "secondary", place, (S, K), said)


@within_numbers
def primary_barrier(
    esd_mGy: float, films: float, ffd_m: float, skin_m: float, kv: float, place: Place, preshielding: str = "none"
) -> Answer:
    """Return what a barrier needs against the primary behind a receptor; distance from the film.

    ``esd_mGy`` entrance surface dose of one of ``films`` a week, ``ffd_m`` focus to film, ``skin_m`` film to skin.
    Raises UnknownNameError for a preshielding, OutsideDataError outside 50 to 125 kV and for a skin behind the focus.
    """
    if preshielding not in PRESHIELDINGS:
        raise UnknownNameError("preshielding", preshielding, PRESHIELDINGS)
    if not 0 <= skin_m < ffd_m:
        raise OutsideDataError("bir_skin", skin=f"{skin_m:g}", ffd=f"{ffd_m:g}")
    known_kv(kv)
    inputs = {
        "n": (films, "1/week"),
        "ESD": (esd_mGy, "mGy"),
        "FFD": (ffd_m, "m"),
        "df": (skin_m, "m"),
        "dw": (place.distance_m, "m"),
    }
    K = evaluate(equations.incident_primary, inputs)
    return _answer(kv, "primary", place, (K,), (), PRESHIELDINGS[preshielding])


@within_numbers
def film_barrier(films: float, kind: str, kv: float, place: Place) -> Answer:
    """Return what a barrier needs against intra-oral films; ``kind`` scatter or primary; distance from the patient.

    Raises UnknownNameError for another kind, OutsideDataError outside 50 to 125 kV.
    """
    if kind not in FILMS:
        raise UnknownNameError("kind of intra-oral radiation", kind, FILMS)
    known_kv(kv)
    k = (value("design", FILMS[kind]), "uGy")
    K = evaluate(equations.weekly_films, {"k": k, "n": (films, "1/week"), "d": (place.distance_m, "m")})
    return _answer(kv, "secondary" if kind == "scatter" else "primary", place, (K,), (SINGLE_COPY,))


def _answer(
    kv: float, component: str, place: Place, steps: tuple[Step, ...], said: tuple[Notice, ...], in_beam: str = ""
) -> Answer:
    """Return the answer from the steps, the last of which gives K."""
    K, asked = steps[-1].value, place.constraint
    inputs = {
        "q": (place.share, ""),
        "D_c": (asked.D_c, "mGy"),
        "weeks": (asked.weeks, ""),
        "T": (place.occupancy, ""),
        "K": (K, "mGy/week"),
    }
    needed = evaluate(equations.required_transmission, inputs)
    beam = beams.Beam("bir", "kvp", f"{kv:.12g}", component)
    total, tables, found = beams.thickness_mm(beam, place.material, min(needed.value, 1.0), place.density_g_per_cm3)
    x_pre, pre_tables, pre_found = _preshielding(beam, place, in_beam)
    net = [evaluate(equations.net_thickness, {"x_total": (total, "mm"), "x_pre": (x_pre, "mm")})] if x_pre else []
    warnings = [*said, *found, *pre_found]
    if needed.value >= 1:
        warnings.append(Notice("warnings.bir_no_shielding", {"B": f"{needed.value:.3g}"}))
    if place.share != 1:
        warnings.append(Notice("warnings.bir_share", {"share": f"{place.share:g}"}))
    weeks = {"goal": asked.text, "weeks": f"{asked.weeks:g}"}
    return Answer(
        K=K,
        B=needed.value,
        total_mm=total,
        net_mm=max(0.0, total - x_pre),
        preshielding_mm=x_pre,
        steps=(*steps, needed, *(step for step in net if step.value > 0)),
        assumptions=(Notice("assumptions.bir_constraint", weeks),),
        warnings=tuple(warnings),
        tables=tuple(dict.fromkeys((SCATTER, *tables, *pre_tables))),
    )


def _preshielding(beam: beams.Beam, place: Place, kind: str) -> tuple[float, tuple[str, ...], tuple[Notice, ...]]:
    """Return x_pre in mm of the barrier's material, else as much as its lead lets through; none below 60 kV."""
    if not kind:
        return 0.0, (), ()
    least = value("rules", "cassette_from_kv")
    if beam.kv < least:
        said = Notice("warnings.bir_preshielding_kv", {"kv": f"{beam.kv:g}", "least": f"{least:g}"})
        return 0.0, (BIR_PRESHIELDING,), (said,)
    known = {row["material"]: float(row["thickness_mm"]) for row in table(BIR_PRESHIELDING).where(kind=kind)}
    if place.material in known:
        return known[place.material], (BIR_PRESHIELDING,), (SINGLE_COPY,)
    through = beams.log_transmission(beam, (beams.Layer("lead", known["lead"]),)).transmission
    mm, tables, found = beams.thickness_mm(beam, place.material, through, place.density_g_per_cm3)
    return mm, (BIR_PRESHIELDING, *tables), (SINGLE_COPY, *found)
