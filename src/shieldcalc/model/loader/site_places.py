"""Checks of where rooms and points lie on a site: rooms apart from one another, points in nobody's walls."""

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise
from math import dist

from shieldcalc.model.build import scene_of, source_positions
from shieldcalc.model.design import Xy, Xyz
from shieldcalc.model.geometry import (
    along,
    contains,
    crossing,
    direction,
    distance_to_boundary,
    edges,
    length,
    signed_area,
)
from shieldcalc.model.loader.geometry import TOLERANCE_M
from shieldcalc.model.loader.limits import limit
from shieldcalc.model.loader.names import rows
from shieldcalc.model.loader.positions import NEAREST_M
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree
from shieldcalc.model.neighbours import holds, levels
from shieldcalc.model.scene import Barrier, Scene
from shieldcalc.model.site import SiteRoom

_INSIDE_M = 2 * TOLERANCE_M


def check_places(tree: Tree, rooms: Mapping[int, SiteRoom], problems: Problems) -> None:
    """Report rooms that lie in one another, points in a wall or at a source, and more work than is computed."""
    scenes = {index: scene_of(room.design) for index, room in rooms.items()}
    for (i, one), (j, other) in combinations(rooms.items(), 2):
        if _overlap(one, other):
            problems.say(("room", j, "at"), "site.overlap", other=one.id, line=problems.line(("room", i)))
    for index, point in rows(tree, "point"):
        if point["position"] is not None:
            _point(index, point["position"], rooms, scenes, problems)
    _work(tree, rooms, scenes, problems)


def _overlap(one: SiteRoom, other: SiteRoom) -> bool:
    """Return whether the air of two rooms has more than a millimetre in common."""
    low = max(one.at[2], other.at[2])
    high = min(one.at[2] + one.design.height_m, other.at[2] + other.design.height_m)
    if high - low <= TOLERANCE_M:
        return False
    plans = [tuple(room.move.place((*corner, 0.0))[:2] for corner in room.design.plan) for room in (one, other)]
    return _reaches_into(plans[0], plans[1]) or _reaches_into(plans[1], plans[0])


def _reaches_into(plan: tuple[Xy, ...], other: tuple[Xy, ...]) -> bool:
    """Return whether just inside some edge of a plan another plan is too: the edges cut where they meet the other's."""
    sign = 1.0 if signed_area(plan) > 0 else -1.0
    for a, b in edges(plan):
        x, y = direction(a, b)
        for start, end in _pieces(a, b, other):
            middle = along(a, (x, y), (start + end) / 2)
            inner = along(middle, (-sign * y, sign * x), _INSIDE_M)
            if contains(other, inner) and distance_to_boundary(other, inner) > TOLERANCE_M:
                return True
    return False


def _pieces(a: Xy, b: Xy, other: tuple[Xy, ...]) -> Iterator[tuple[float, float]]:
    size = length(a, b)
    cuts = {0.0, size}
    for c, d in edges(other):
        met = crossing(a, b, c, d)
        cuts |= {met[0] * size} if met else set()
        unit = direction(a, b)
        cuts |= {min(size, max(0.0, (p[0] - a[0]) * unit[0] + (p[1] - a[1]) * unit[1])) for p in (c, d)}
    places = sorted(cuts)
    yield from pairwise(places)


def _point(
    index: int, position: Xyz, rooms: Mapping[int, SiteRoom], scenes: Mapping[int, Scene], problems: Problems
) -> None:
    key = ("point", index, "position")
    for number, room in rooms.items():
        scene, here = scenes[number], room.move.back(position)
        if holds(scene, here) and not _in_air(scene, here):
            problems.say(key, "site.point_in_wall", room=room.id)
        if any(dist(here, start) < NEAREST_M for start in source_positions(room.design)):
            problems.say(key, "site.point_at_source", room=room.id)


def _in_air(scene: Scene, position: Xyz) -> bool:
    clear = contains(scene.plan, position[:2]) and distance_to_boundary(scene.plan, position[:2]) > TOLERANCE_M
    return clear and TOLERANCE_M < position[2] < scene.height_m - TOLERANCE_M


def _work(tree: Tree, rooms: Mapping[int, SiteRoom], scenes: Mapping[int, Scene], problems: Problems) -> None:
    """Report more places times parts of radiation, over all rooms together, than is computed in about two minutes."""
    shared = len(tree["point"] or ())
    places = sum(len(scenes[i].barriers) + len(room.design.points) + shared for i, room in rooms.items())
    parts = sum(_parts(room) for room in rooms.values())
    if places * parts > limit("site_work"):
        said = {"places": places, "parts": parts, "work": places * parts, "most": limit("site_work")}
        problems.say(("room",), "site.much_work", **said)


def _parts(room: SiteRoom) -> int:
    return sum(5 * len(source.beams) + len(source.protocols) + 1 for source in room.design.sources)


def walls_reaching_in(rooms: tuple[SiteRoom, ...]) -> Iterator[tuple[str, str, float]]:
    """Yield (room, other, metres): pairs of rooms of which one's walls or slabs reach so far into the other's air."""
    for one in rooms:
        scene = scene_of(one.design)
        for other in rooms:
            if one.id != other.id and (deep := _deepest(one, scene, other)) > TOLERANCE_M:
                yield one.id, other.id, deep


def _deepest(one: SiteRoom, scene: Scene, other: SiteRoom) -> float:
    """Return how far walls of one room reach into another's plan, slabs into its height."""
    (low, high), z = levels(scene), one.at[2] - other.at[2]
    height = other.design.height_m
    if high + z <= TOLERANCE_M or low + z >= height - TOLERANCE_M:
        return 0.0
    if z >= height - TOLERANCE_M or z + one.design.height_m <= TOLERANCE_M:
        above = max(0.0, height - (z + low)) if z >= height - TOLERANCE_M else max(0.0, high + z)
        return above if _share_ground(one, other) else 0.0
    deepest = 0.0
    for wall in scene.barriers:
        if wall.kind == "wall":
            deepest = max(deepest, *(_depth(one, other, place) for place in _outer_face(wall)))
    return deepest


def _share_ground(one: SiteRoom, other: SiteRoom) -> bool:
    plans = [tuple(room.move.place((*corner, 0.0))[:2] for corner in room.design.plan) for room in (one, other)]
    return _reaches_into(plans[0], plans[1]) or _reaches_into(plans[1], plans[0])


def _outer_face(wall: Barrier) -> Iterator[Xy]:
    (ax, ay), (bx, by), (nx, ny), t = wall.a, wall.b, wall.outward, wall.thickness_m
    for part in (0.02, 0.25, 0.5, 0.75, 0.98):
        yield ax + part * (bx - ax) + t * nx, ay + part * (by - ay) + t * ny


def _depth(one: SiteRoom, other: SiteRoom, place: Xy) -> float:
    here = other.move.back(one.move.place((*place, 0.0)))[:2]
    return distance_to_boundary(other.design.plan, here) if contains(other.design.plan, here) else 0.0
