"""Checks of patients with radiopharmaceuticals: keys by kind, their stays against the places and hours there are."""

from math import ceil

from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.schema import WEEK_H
from shieldcalc.model.loader.sealed import COMMON, check_nuclide, need_hours
from shieldcalc.model.loader.structure import Tree

UPTAKE, IMAGING, THERAPY = "nm_uptake", "nm_imaging", "nm_therapy"
PATIENTS = (UPTAKE, IMAGING, THERAPY)
NEEDED = ("nuclide", "activity", "position", "patients_per_week")
STAY = {UPTAKE: "uptake", IMAGING: "imaging", THERAPY: "stay"}
OPTIONAL = ("number", "patients_in_busiest_hour", "patient_constant", "patient_rate", "cutoff", "daughters")
BY_KIND = {UPTAKE: ("uptake",), IMAGING: ("uptake", "imaging", "voiding"), THERAPY: ("stay", "effective_half_life")}
OWN = (
    *("patients_per_week", "patients_in_busiest_hour", "uptake", "imaging", "stay", "voiding"),
    *("patient_constant", "patient_rate", "effective_half_life"),
)
ROUNDING = 1e-9


def check_patients(path: Path, source: Tree, hours: float | None, problems: Problems) -> None:
    """Report what patients of one kind lack, what has no meaning for them, and stays that do not fit."""
    kind = source["kind"]
    why = f"a source of kind {kind}"
    for key in (*NEEDED, *(() if kind == THERAPY else (STAY[kind],))):
        if source[key] is None and not problems.about((*path, key)):
            problems.say((*path, key), "design.needed_here", why=why)
    for key in source:
        if key not in (*NEEDED, *OPTIONAL, *COMMON, *BY_KIND[kind]) and source[key] is not None:
            problems.say((*path, key), "design.not_here", why=why)
    if source["patient_constant"] is not None and source["patient_rate"] is not None:
        problems.say((*path, "patient_rate"), "design.not_here", why="patients with patient_constant")
    check_nuclide((*path, "nuclide"), source["nuclide"], problems)
    _half_life((*path, "effective_half_life"), source, problems)
    need_hours(hours, problems)
    open_h = WEEK_H if kind == THERAPY else hours
    if source["patients_per_week"] is not None and open_h is not None:
        _fits(path, source, open_h, problems)


def refuse_patient_keys(path: Path, source: Tree, problems: Problems) -> None:
    """Report keys of patients in a source of X-rays."""
    for key in OWN:
        if source[key] is not None:
            problems.say((*path, key), "design.not_here", why=f"a source of kind {source['kind']}")


def stay_of(source: Tree) -> float | None:
    """Return the hours that each patient is at the place: the whole week in a ward that does not say."""
    stay: float | None = source[STAY[source["kind"]]]
    return WEEK_H if stay is None and source["kind"] == THERAPY else stay


def _fits(path: Path, source: Tree, open_h: float, problems: Problems) -> None:
    """Report more patients than the places hold, in the week or in the busiest hour, and a busiest hour below it."""
    stay, week, hour = stay_of(source), source["patients_per_week"], source["patients_in_busiest_hour"]
    number, hours = source["number"] or 1, f"{open_h:g}"
    if stay is None or problems.about((*path, STAY[source["kind"]])) or problems.about((*path, "number")):
        return
    if stay > WEEK_H:
        problems.say((*path, STAY[source["kind"]]), "design.nm_stay", value=f"{stay:g}", most=WEEK_H)
        return
    at_once, shown = ceil(week * stay / open_h * (1 - ROUNDING)), f"{stay:g}"
    if at_once > number:
        at = (*path, "number" if source["number"] is not None else "patients_per_week")
        said = {"week": f"{week:g}", "stay": shown, "number": number, "hours": hours, "least": at_once}
        problems.say(at, "design.nm_no_place", **said)
    if hour is None:
        return
    key = (*path, "patients_in_busiest_hour")
    least = max(1.0, week * max(stay, 1.0) / open_h)
    if hour < least * (1 - ROUNDING):
        said = {"value": f"{hour:g}", "week": f"{week:g}", "stay": shown, "hours": hours, "least": f"{least:.4g}"}
        problems.say(key, "design.nm_hour_below", **said)
    elif hour > max(week, number):
        problems.say(key, "design.hour_above", value=f"{hour:g}", most=f"{max(week, number):g}")
    elif hour * min(stay, 1.0) > number * (1 + ROUNDING):
        needed = ceil(hour * min(stay, 1.0) * (1 - ROUNDING))
        said = {"value": f"{hour:g}", "stay": f"{min(stay, 1.0):g}", "number": number, "least": needed}
        problems.say(key, "design.nm_hour_no_place", **said)


def _half_life(path: Path, source: Tree, problems: Problems) -> None:
    """Report an effective half-life that is longer than the physical one."""
    from shieldcalc.errors import ShieldcalcError
    from shieldcalc.photons.nuclides import nuclide

    declared = source["effective_half_life"]
    if declared is None or declared["value"] is None or source["nuclide"] is None:
        return
    try:
        physical = nuclide(source["nuclide"]).half_life_s / 3600
    except ShieldcalcError:  # already reported
        return
    if declared["value"] > physical * (1 + ROUNDING):
        said = {"value": f"{declared['value']:g}", "physical": f"{physical:.4g}"}
        problems.say((*path, "value"), "design.nm_half_life", **said)
