"""The worst places of a room that are known already, behind the same barriers of other layers or in other beams."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from shieldcalc.model.result import Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.model.surfaces import surface_of

KNOWN = "known"  # an option of a method: what is known by its name


class Known(NamedTuple):
    """A room that was computed, and what one method found in it."""

    scene: Scene
    result: Result


def worst_again(
    options: Mapping[str, Any], method: str, scene: Scene, placed: Callable[[Scene], Scene]
) -> Mapping[str, tuple[Point, ...]] | None:
    """Return the worst places by barrier of a room that a method knows (option ``known``), None where it knows none.

    Each lies as far along its barrier and as high as it did, as far behind the faces as they are now.
    ``placed`` puts a scene's points at the method's heights.
    """
    known: Known | None = options.get(KNOWN, {}).get(method)
    if known is None:
        return None
    old, new = placed(known.scene), placed(scene)
    points = {each.point.id: each.point for each in known.result.points if each.point.role == "worst"}
    worst = ((each.barrier, [points[name] for name in each.points if name in points]) for each in known.result.barriers)
    return {name: tuple(_moved(old, new, name, found)) for name, found in worst}


def _moved(old: Scene, new: Scene, name: str, points: list[Point]) -> Iterator[Point]:
    here = new.by_id[name]
    before, now = surface_of(old, old.by_id[name]), surface_of(new, here)
    for point in points:
        if here.beyond is not None:
            yield replace(point, position=now.place(*before.coordinates(point.position)), beyond=here.beyond)
