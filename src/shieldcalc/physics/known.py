"""The worst places of a room that are known already, of the same faces with other materials or in other beams."""

from collections.abc import Mapping
from typing import Any

from shieldcalc.model.result import Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.records import replace

PLACES = "places"  # an option of a method: by its name the worst places by barrier


def worst_again(options: Mapping[str, Any], method: str) -> Mapping[str, tuple[Point, ...]] | None:
    """Return the worst places by barrier that a method is given, None where it is given none."""
    places: Mapping[str, tuple[Point, ...]] | None = options.get(PLACES, {}).get(method)
    return places


def worst_before(known: Result, scene: Scene) -> dict[str, tuple[Point, ...]]:
    """Return the worst places by barrier that were found in a room of the same barriers."""
    points = {each.point.id: each.point for each in known.points if each.point.role == "worst"}
    return {
        each.barrier: tuple(_behind(scene, points[name]) for name in each.points if name in points)
        for each in known.barriers
    }


def _behind(scene: Scene, point: Point) -> Point:
    """Return a point with what its barrier's surroundings are in the scene, before any method's own occupancy."""
    beyond = scene.by_id[point.barrier or ""].beyond
    return point if beyond is None else replace(point, beyond=beyond)
