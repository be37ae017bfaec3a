"""The worst places of a room that are known already, of the same faces with other materials or in other beams."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shieldcalc.model.result import Result
from shieldcalc.model.scene import Point, Scene

KNOWN = "known"  # an option of a method: by its name what it found in a room of the same faces
PLACES = "places"  # the same: by its name the worst places by barrier


def worst_again(options: Mapping[str, Any], method: str, scene: Scene) -> Mapping[str, tuple[Point, ...]] | None:
    """Return the worst places by barrier that a method knows (``known``, ``places``), None where it knows none."""
    if (places := options.get(PLACES, {}).get(method)) is not None:
        return places  # type: ignore[no-any-return]
    known: Result | None = options.get(KNOWN, {}).get(method)
    if known is None:
        return None
    points = {each.point.id: each.point for each in known.points if each.point.role == "worst"}
    return {
        each.barrier: tuple(_behind(scene, points[name]) for name in each.points if name in points)
        for each in known.barriers
    }


def _behind(scene: Scene, point: Point) -> Point:
    """Return a point with what its barrier's surroundings are in the scene, before any method's own occupancy."""
    beyond = scene.by_id[point.barrier or ""].beyond
    return point if beyond is None else replace(point, beyond=beyond)
