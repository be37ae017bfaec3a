"""Isodose maps of a room in its report: the plan 1 m above the floor, and a section through the first source."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import isqrt

from shieldcalc import plugins
from shieldcalc.errors import OutsideDataError, PluginError
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.dose_map import DoseMap, Plane
from shieldcalc.model.scene import Scene
from shieldcalc.physics.dose_map import MapError, dose_map
from shieldcalc.reports.blocks import Block, section, text
from shieldcalc.reports.map import draw_map, title, upper
from shieldcalc.reports.plan import source_places
from shieldcalc.reports.sections.provenance import title_of
from shieldcalc.reports.words import Words

PLAN_AT_M = 1.0
PLAN_RAYS, SECTION_RAYS = 45_000, 22_000  # from sources to nodes: coarser than ``shieldcalc map``, to stay quick
MOST_NODES, LEAST_NODES = 120, 40  # a side


def maps(assessment: Assessment, words: Words, barriers: Mapping[str, str], points: Mapping[str, str]) -> Block:
    """Return the maps, or why there is none; marks are those of the report."""
    method = _method(assessment)
    blocks = [_map(assessment, words, barriers, points, each, method) for each in _planes(assessment.scene)]
    return section(words.say("section.maps"), [text(words.say("note.maps")), *blocks])


def _method(assessment: Assessment) -> str | None:
    """Return the first method that gives doses everywhere; None where there is none, so that the map says so."""
    names = (result.method for result in assessment.results)
    return next((name for name in names if plugins.method(name).dose_field is not None), None)


def _planes(scene: Scene) -> Iterator[tuple[Plane, int]]:
    """Yield the planes with their nodes a side; a section only where floor or ceiling are declared."""
    yield Plane("z", PLAN_AT_M), _nodes(scene, PLAN_RAYS)
    place = next((place for source in scene.sources for place in source_places(source)), None)
    if place is not None and any(barrier.outline for barrier in scene.barriers):
        xs, ys = zip(*scene.plan, strict=True)
        wide = max(xs) - min(xs) >= max(ys) - min(ys)
        yield Plane("y", place[1]) if wide else Plane("x", place[0]), _nodes(scene, SECTION_RAYS)


def _nodes(scene: Scene, rays: int) -> int:
    """Return how many nodes a side make about so many rays from all places of sources."""
    every = (scene, *(other.scene for other in scene.others))
    starts = sum(len(set(source_places(source))) for each in every for source in each.sources)
    return min(MOST_NODES, max(LEAST_NODES, isqrt(rays // max(1, starts))))


def _map(
    assessment: Assessment,
    words: Words,
    barriers: Mapping[str, str],
    points: Mapping[str, str],
    asked: tuple[Plane, int],
    method: str | None,
) -> Block:
    plane, nodes = asked
    try:
        found = _found(assessment, plane, method, nodes)
    except (MapError, OutsideDataError, PluginError) as refused:
        at = words.number(f"{plane.at_m:g}")
        return text(words.say("map.none", axis=plane.axis, at=at, reason=words.notice(refused.notice())))
    drawing = draw_map(found, assessment, dict(barriers), dict(points), words)
    size = {"width_mm": drawing.width_mm, "height_mm": drawing.height_mm}
    caption = _caption(assessment, words, found, drawing.scale)
    return {"type": "figure", "svg": drawing.svg, **size, "caption": caption, "alt": title(found, words)}


@lru_cache(maxsize=8)
def _found(assessment: Assessment, plane: Plane, method: str | None, nodes: int) -> DoseMap:
    """Return the map of a plane; kept, because each form and language of one report draws the same."""
    return dose_map(assessment, plane, None, method, nodes)


def _caption(assessment: Assessment, words: Words, found: DoseMap, scale: int) -> str:
    result = next(each for each in assessment.results if each.method == found.method)
    shown = {
        "title": title(found, words),
        "reference": words.citation(result.title),
        "across": len(found.us),
        "up": len(found.vs),
        "step": words.number(f"{100 * max(_step(found.us), _step(found.vs)):.2g}"),
        "scale": scale,
        "tables": "; ".join(title_of(used, words) for used in assessment.tables if used["name"] in result.tables),
    }
    said = words.say("map.caption_limits" if found.limits else "map.caption", **shown)
    return " ".join([said, *(f"{line}." for line in upper(found, words))])


def _step(nodes: tuple[float, ...]) -> float:
    return nodes[1] - nodes[0]
