"""Checks of the exposures of industrial radiography: their hours, their places, their collimators."""

from collections.abc import Collection
from math import dist

from shieldcalc.model.loader.layers import check_layer
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.names import rows
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree

RADIOGRAPHY = "industrial_radiography"
WHOLE_WEEK_H, HOUR_S, ROUNDING, SAME_PLACE_M = 168.0, 3600.0, 1e-9, 0.01


def check_exposures(
    path: Path, source: Tree, hours: float | None, problems: Problems, own: Collection[str] = ()
) -> None:
    """Report exposures of what is no radiography source, more hours than there are, collimators that say too little."""
    from shieldcalc.photons.neutrons import is_bounded

    if source["exposure"] is None:
        return
    if source["kind"] != RADIOGRAPHY:
        problems.say((*path, "exposure"), "design.not_here", why=f"a source of kind {source['kind']}")
    if source["nuclide"] is not None and is_bounded(source["nuclide"]):
        problems.say((*path, "nuclide"), "design.neutron_exposure", nuclide=source["nuclide"])
    for key in ("exposed_per_week", "exposed_in_busiest_hour"):
        if source[key] is not None:
            problems.say((*path, key), "design.not_here", why="a source with exposures")
    weekly = hourly = 0.0
    for index, row in rows(source, "exposure"):
        at = (*path, "exposure", index)
        _collimator(at, row, own, problems)
        if row["per_week"] is None or row["time"] is None:
            continue
        _busiest_hour((*at, "in_busiest_hour"), row, hours, problems)
        each = (row["time"] + (row["wind_out"] or 0.0)) / HOUR_S
        weekly += row["per_week"] * each
        hourly += (row["in_busiest_hour"] or 0.0) * each
    if weekly > WHOLE_WEEK_H * (1 + ROUNDING):
        problems.say((*path, "exposure"), "design.exposures_week", value=f"{weekly:.4g}")
    if hourly > 1 + ROUNDING:
        problems.say((*path, "exposure"), "design.exposures_hour", value=f"{60 * hourly:.4g}")


def _busiest_hour(path: Path, row: Tree, hours: float | None, problems: Problems) -> None:
    """Report a busiest hour with less than the week's share of a working hour, or with more than the week."""
    count, week, each = row["in_busiest_hour"], row["per_week"], row["time"] / HOUR_S
    if count is None:
        return
    if count > week:
        problems.say(path, "design.hour_above", value=f"{count:g}", most=f"{week:g}")
    elif hours is not None and count * each < min(1.0, week * each / hours) * (1 - ROUNDING):
        least = min(1.0, week * each / hours) / each
        said = {"value": f"{count:g}", "week": f"{week:g}", "hours": f"{hours:g}", "least": f"{least:.4g}"}
        problems.say(path, "design.hour_below", **said)


def _collimator(path: Path, row: Tree, own: Collection[str], problems: Problems) -> None:
    """Report a collimator that says neither or both of factor and layers, a factor without document, no direction."""
    found = row["collimator"]
    if found is None:
        return
    at = (*path, "collimator")
    if (found["attenuation"] is None) == (found["layers"] is None):
        if not (problems.about((*at, "attenuation")) or problems.about((*at, "layers"))):
            problems.say(at, "design.collimator_one")
    elif found["layers"] is not None and found["document"] is not None:
        problems.say((*at, "document"), "design.not_here", why="a collimator of layers")
    elif found["attenuation"] is not None and found["document"] is None and not problems.about((*at, "document")):
        problems.say((*at, "document"), "design.needed_here", why="a collimator with a stated attenuation")
    for index, layer in enumerate(found["layers"] or ()):
        if layer is not None:
            check_layer((*at, "layers", index), layer, problems, own)
    for place in row["positions"] or ():
        if None not in (place, found["toward"]) and dist(place, found["toward"]) < SAME_PLACE_M:
            problems.say((*at, "toward"), "design.coincide", one="positions", other="toward")
            return
