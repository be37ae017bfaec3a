"""Checks of brachytherapy sources: their keys, treatments of the week and the busiest hour, and the safe."""

from collections.abc import Collection

from shieldcalc.model.brachytherapy import Brachytherapy
from shieldcalc.model.design import Layer, SealedSource
from shieldcalc.model.loader.layers import check_layer
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.sealed import (
    COMMON,
    HOUR_S,
    ROUNDING,
    WHOLE_WEEK_H,
    check_nuclide,
    need_hours,
)
from shieldcalc.model.loader.structure import Tree
from shieldcalc.tables import table

BRACHYTHERAPY = ("hdr_brachytherapy",)
NEEDED = ("nuclide", "positions", "treatments_per_week", "time_per_treatment", "safe")
OWN = (
    *("reference_air_kerma_rate", "maximum_activity", "positions", "treatments_per_week", "time_per_treatment"),
    *("treatments_in_busiest_hour", "patient_attenuation", "safe"),
)
SHARED = ("nuclide", "activity", "number", "reference_date", "cutoff", "daughters")
STRENGTH = ("activity", "reference_air_kerma_rate")
NUCLIDES = "therapy/srs47_t20_t21_brachy.csv"
MEGA = 1e6


def check_brachytherapy(
    path: Path, source: Tree, evaluation: Tree, problems: Problems, own: Collection[str] = ()
) -> None:
    """Report what a brachytherapy source lacks, what has no meaning for it, and treatments that do not fit."""
    why = f"a source of kind {source['kind']}"
    _one_of(path, source, STRENGTH, why, problems)
    for key in NEEDED:
        _needed((*path, key), source[key], why, problems)
    for key in source:
        if key not in (*OWN, *SHARED, *COMMON) and source[key] is not None:
            problems.say((*path, key), "design.not_here", why=why)
    check_nuclide((*path, "nuclide"), source["nuclide"], problems)
    _by_table(path, source, problems)
    _maximum(path, source, problems)
    _safe((*path, "safe"), source["safe"], own, problems)
    need_hours(evaluation.get("working_hours"), problems)
    _treatments(path, source, evaluation.get("working_hours"), problems)


def refuse_brachytherapy_keys(path: Path, source: Tree, problems: Problems) -> None:
    """Report keys of brachytherapy in a source of X-rays."""
    for key in OWN:
        if source[key] is not None:
            problems.say((*path, key), "design.not_here", why=f"a source of kind {source['kind']}")


def brachytherapy_source(row: Tree, safe_layers: tuple[Layer, ...]) -> SealedSource:
    """Return a checked source: at rest in the safe, out of it as long as its treatments take."""
    week, hours, hourly = row["treatments_per_week"], row["time_per_treatment"] / HOUR_S, _in_hour(row)
    declared = row["reference_air_kerma_rate"]
    constant = None if declared is None else float(table_row(row["nuclide"])["rakr"])  # type: ignore[index]
    patient = table_row(row["nuclide"]) if row["patient_attenuation"] else None
    treated = Brachytherapy(
        positions=row["positions"],
        treatments_per_week=week,
        treatment_h=hours,
        treatments_in_busiest_hour=row["treatments_in_busiest_hour"],
        kerma_constant=constant,
        maximum_activity_Bq=row["maximum_activity"],
        tissue_air_ratio=None if patient is None else float(patient["f2_10cm"]),
        safe_rate_uSv_per_h=row["safe"]["rate"],
    )
    return SealedSource(
        nuclide=row["nuclide"],
        activity_Bq=row["activity"] if constant is None else 1e3 * declared / constant * MEGA,
        position=row["safe"]["position"],
        number=int(row["number"] or 1),
        reference_date=row["reference_date"],
        shield=safe_layers,
        exposed_h_per_week=week * hours,
        exposed_in_busiest_hour=1.0 if hourly is None else min(1.0, hourly * hours),
        cutoff_MeV=row["cutoff"],
        daughters=row["daughters"] is not False,
        brachytherapy=treated,
    )


def table_row(name: str | None) -> dict[str, str] | None:
    """Return a nuclide's row of Table 20, None for one that is not there; names as in ``shieldcalc nuclide``."""
    from shieldcalc.photons.nuclides import spelled

    known = None if name is None else spelled(name)
    return next((dict(row) for row in table(NUCLIDES).rows if row["nuclide"] == known), None)


def _needed(path: Path, value: object, why: str, problems: Problems) -> None:
    if value is None and not problems.about(path):
        problems.say(path, "design.needed_here", why=why)


def _one_of(path: Path, table_: Tree, keys: tuple[str, ...], why: str, problems: Problems) -> None:
    given = [key for key in keys if table_[key] is not None or problems.about((*path, key))]
    if not given:
        problems.say((*path, keys[0]), "design.one_of_needed", keys=" | ".join(keys), why=why)
    elif len(given) > 1:
        problems.say((*path, keys[1]), "design.only_one_of", keys=" | ".join(keys))


def _by_table(path: Path, source: Tree, problems: Problems) -> None:
    """Report figures that need a nuclide of Table 20 or its tissue-air ratio."""
    if source["nuclide"] is None or problems.about((*path, "nuclide")):
        return
    found, known = table_row(source["nuclide"]), table(NUCLIDES).rows
    for key, column in (("reference_air_kerma_rate", "rakr"), ("patient_attenuation", "f2_10cm")):
        if source[key] and (found is None or not found[column]):
            allowed = ", ".join(row["nuclide"] for row in known if row[column])
            problems.say((*path, key), "design.brachy_table", nuclide=source["nuclide"], allowed=allowed)


def _maximum(path: Path, source: Tree, problems: Problems) -> None:
    most, activity = source["maximum_activity"], source["activity"]
    if most is not None and activity is not None and (source["number"] or 1) * activity > most * (1 + ROUNDING):
        told = {"value": f"{most / 1e9:g}", "least": f"{(source['number'] or 1) * activity / 1e9:g}"}
        problems.say((*path, "maximum_activity"), "design.brachy_maximum", **told)


def _safe(path: Path, safe: Tree | None, own: Collection[str], problems: Problems) -> None:
    if safe is None:
        return
    _one_of(path, safe, ("layers", "rate"), "the safe of brachytherapy sources", problems)
    for index, layer in enumerate(safe["layers"] or ()):
        if layer is not None:
            check_layer((*path, "layers", index), layer, problems, own)


def _in_hour(source: Tree) -> float | None:
    found: float | None = source["treatments_in_busiest_hour"]
    return found


def _treatments(path: Path, source: Tree, hours: float | None, problems: Problems) -> None:
    """Report treatments that take more than a week, and a busiest hour below the week's share of one working hour."""
    week, time, hourly = source["treatments_per_week"], source["time_per_treatment"], _in_hour(source)
    if week is not None and time is not None and week * time / HOUR_S > WHOLE_WEEK_H * (1 + ROUNDING):
        told = {"hours": f"{week * time / HOUR_S:g}", "most": f"{WHOLE_WEEK_H:g}"}
        problems.say((*path, "treatments_per_week"), "design.brachy_week", **told)
    at = (*path, "treatments_in_busiest_hour")
    if hourly is None or week is None:
        return
    if hourly > week:
        problems.say(at, "design.hour_above", value=f"{hourly:g}", most=f"{week:g}")
    elif hours is not None and hourly < week / hours * (1 - ROUNDING):
        told = {"value": f"{hourly:g}", "week": f"{week:g}", "hours": f"{hours:g}", "least": f"{week / hours:.4g}"}
        problems.say(at, "design.hour_below", **told)
