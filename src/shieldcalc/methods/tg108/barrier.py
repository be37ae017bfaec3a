"""One barrier of a room for positron emission tomography: from patients and activity to a thickness (TG-108)."""

from collections.abc import Iterator
from math import isfinite
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError, UnitError
from shieldcalc.methods.tg108.values import ARCHER, Thickness, density, materials, thickness_mm
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.photons.rules import check_strength, rule
from shieldcalc.physics.gamma import patient_equations as equations
from shieldcalc.physics.gamma.constants import CONSTANTS, DESIGN, Constants, constants_of, design_value
from shieldcalc.units import parse

_BQ_PER_MBQ = 1e6
_UNIT = "uSv m2/(MBq h)"


class Patients(NamedTuple):
    """What a week brings: patients, activity of each in MBq, uptake and imaging in h (None: not there).

    ``voiding`` is the share of the activity left in the patient when imaging begins; ``constant`` the user's own dose
    rate constant of a patient in uSv m2/(MBq h), None for that of the report.
    """

    nuclide: str
    activity_MBq: float
    per_week: float
    uptake_h: float | None
    imaging_h: float | None = None
    voiding: float = 1.0
    constant: float | None = None


class Answer(NamedTuple):
    """Weekly dose D (uSv) unshielded, transmission B, thickness in mm (None without a material), steps and notices."""

    D: float
    P: float
    B: float
    mm: float | None
    steps: tuple[Step, ...]
    assumptions: tuple[Notice, ...]
    warnings: tuple[Notice, ...]
    tables: tuple[str, ...]
    transmission: str | None = None


def patient_barrier(
    patients: Patients,
    goal: str,
    occupancy: float,
    distance_m: float,
    material: str | None = None,
    density_g_per_cm3: float | None = None,
) -> Answer:
    """Return what one barrier needs against the patients of a week, by TG-108.

    With imaging time the room is the imaging room and uptake is decay before it; without, it is the uptake room.
    ``goal`` a dose a week or a year ("20 uSv/week"), ``occupancy`` above 0 to 1, ``distance_m`` patient to person. Of
    the pure positron emitters constant and transmission are the report's; of any other nuclide those of ``patient``.
    Raises UnknownNameError for an unknown nuclide or material, OutsideDataError where neither time is given and where
    a transmission lies beyond the buildup data.
    """
    known, about, tables = _known(patients.nuclide)
    if not patients.uptake_h and patients.imaging_h is None:
        raise OutsideDataError("tg108_without_time")
    check_strength(patients.activity_MBq * _BQ_PER_MBQ)
    low, high = rule("patient_nearest_m"), rule("distance_max_m")
    if not low <= distance_m <= high:
        raise OutsideDataError("patient_distance", distance=f"{distance_m:g}", low=f"{low:g}", high=f"{high:g}")
    try:
        dose = _dose(patients, known, distance_m)
        P, goal_steps, said = _goal(goal)
        needed = evaluate(
            equations.required_transmission,
            {"P": (P, "uSv/week"), "T": (occupancy, ""), "D": (dose[-1].value, "uSv/week")},
        )
    except (OverflowError, ZeroDivisionError) as error:
        raise OutsideDataError("barrier_numbers") from error
    if not all(isfinite(number) and number > 0 for number in (dose[-1].value, needed.value)):
        raise OutsideDataError("barrier_numbers")
    found = None if material is None else _thickness(known, material, needed.value, density_g_per_cm3)
    no_shielding = (Notice("warnings.tg108_no_shielding", {"B": f"{needed.value:.3g}"}),) if needed.value >= 1 else ()
    return Answer(
        D=dose[-1].value,
        P=P,
        B=needed.value,
        mm=found and found.mm,
        steps=(*dose, *goal_steps, needed),
        assumptions=(*said, *_elimination(known)),
        warnings=_with(found, (*_about_constant(patients, known), *about, *no_shielding)),
        tables=tuple(dict.fromkeys((*tables, DESIGN, *(found.tables if found else ())))),
        transmission=found and found.method,
    )


def _dose(patients: Patients, known: Constants, distance_m: float) -> tuple[Step, ...]:
    constant = patients.constant or known.patient or known.air
    shared = {
        "Gamma": (constant, _UNIT),
        "N": (patients.per_week, "1/week"),
        "A": (patients.activity_MBq, "MBq"),
        "d": (distance_m, "m"),
    }
    half_life = (known.half_life_h, "h")
    if patients.imaging_h is None:
        stay = (patients.uptake_h or 0.0, "h")
        R = evaluate(equations.reduction, {"h": half_life, "t": stay})
        return R, evaluate(equations.uptake_dose, {**shared, "t_U": stay, "R": (R.value, "")})
    stay = (patients.imaging_h, "h")
    R = evaluate(equations.reduction, {"h": half_life, "t": stay})
    before = evaluate(equations.decay_in_uptake, {"t_U": (patients.uptake_h or 0.0, "h"), "h": half_life})
    imaging = {"v": (patients.voiding, ""), "F_U": (before.value, ""), "t_I": stay, "R": (R.value, "")}
    return R, before, evaluate(equations.imaging_dose, {**shared, **imaging})


def _goal(text: str) -> tuple[float, tuple[Step, ...], tuple[Notice, ...]]:
    """Return the goal in uSv a week; a yearly one is divided by the report's weeks, said as an assumption."""
    try:
        yearly = parse(text, "dose_per_year")
    except UnitError as error:
        if error.code != "wrong_unit":
            raise
        weekly = parse(text, "dose_per_week")
        if not weekly > 0:
            raise UnitError("not_positive", value=text) from None
        return 1e3 * weekly, (), ()
    if not yearly > 0:
        raise UnitError("not_positive", value=text)
    weeks = design_value("weeks_per_year")
    step = evaluate(equations.weekly_goal, {"P_year": (1e3 * yearly, "uSv/year"), "weeks": (weeks, "")})
    return step.value, (step,), (Notice("assumptions.goal_of_a_year", {"goal": text, "weeks": f"{weeks:g}"}),)


def _about_constant(patients: Patients, known: Constants) -> tuple[Notice, ...]:
    if patients.constant is not None:
        return (Notice("warnings.patient_constant_declared", {"value": f"{patients.constant:g}"}),)
    if known.patient is None:
        return (Notice("warnings.patient_without_self_absorption", {"nuclide": known.nuclide}),)
    return ()


def _known(name: str) -> tuple[Constants, tuple[Notice, ...], tuple[str, ...]]:
    """Return a nuclide with its constants: of the report where all its photons are of 511 keV, else computed."""
    from shieldcalc.photons.nuclides import spelled

    found = constants_of(spelled(name))
    if found is not None and found.only_511_kev:
        return found, (), (CONSTANTS,)
    from shieldcalc.methods.tg108.patient import bare_emitter

    return bare_emitter(name)


def _elimination(known: Constants) -> tuple[Notice, ...]:
    return () if known.only_511_kev else (Notice("assumptions.tg108_physical_decay", {}),)


def _with(found: Thickness | None, notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    every = notices if found is None else (*notices, *found.notices)
    return tuple({(each.code, repr(each.params)): each for each in every}.values())


def _other_density(material: str) -> Iterator[Notice]:
    """Say so where the report's material is denser than what goes by its name here: the wall has to be thicker."""
    from shieldcalc.photons.materials import material as known_material

    fitted, here = density(material), known_material(material).density(None)
    if here < fitted:
        said = {"material": material, "fitted": f"{fitted:g}", "here": f"{here:g}", "more": f"{fitted / here:.3f}"}
        yield Notice("warnings.tg108_density", said)


def _thickness(known: Constants, material: str, B: float, density_g_per_cm3: float | None) -> Thickness:
    """Return the thickness by the report's fit where it holds, else line by line."""
    if known.only_511_kev and material in materials() and density_g_per_cm3 is None:
        mm, said = thickness_mm(material, B)
        return Thickness(mm, "AAPM TG-108", (*said, *_other_density(material)), (ARCHER,))
    from shieldcalc.methods.tg108.patient import thickness

    return thickness(known.nuclide, material, B, density_g_per_cm3)
