"""Checks of free bodies and of sources with an extent: in the room, apart from one another, no point in any of them."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

from shieldcalc.model.bodies import NEAR
from shieldcalc.model.design import Xyz
from shieldcalc.model.geometry import contains, direction, length, outward_normal
from shieldcalc.model.loader.brachytherapy import BRACHYTHERAPY
from shieldcalc.model.loader.extent import check_medium
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.materials import is_gamma, own_materials
from shieldcalc.model.loader.names import rows
from shieldcalc.model.loader.patients import PATIENTS
from shieldcalc.model.loader.positions import Room
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.room import metres, thickness
from shieldcalc.model.loader.sealed import STANDING
from shieldcalc.model.loader.shapes import check_shape
from shieldcalc.model.loader.structure import Tree
from shieldcalc.model.overlap import MARGIN, overlap
from shieldcalc.model.shapes import (
    Box,
    Cylinder,
    Disk,
    Line,
    Point,
    Rectangle,
    Shape,
    Sphere,
)

BEHIND_M = 0.05  # how much of a wall is looked at: a body that crosses its inner face meets this


class _Standing(NamedTuple):
    """Something that takes up space: where the file says so, its name, its shape, its material and density.

    ``container``: the layers around a point source, or the point itself.
    """

    path: Path
    name: str
    shape: Shape
    material: tuple[Any, Any] | None
    source: bool
    container: bool = False


def check_bodies(tree: Tree, problems: Problems) -> None:
    """Report shapes that cannot be, bodies outside the room, what overlaps, points in bodies or on sources."""
    if (tree["room"] or {}).get("open_site"):
        _refuse_in_the_open(tree, problems)
        return
    found = [*_bodies(tree, problems), *_sources(tree, problems)]
    if all(each.container for each in found):
        return
    room = Room.of(tree)
    if room is not None and not any(problem.key.startswith("room.plan") for problem in problems.found):
        for each in found:
            if not each.container:
                _in_room(each, room, problems)
    for one, other in combinations(found, 2):
        _apart(one, other, problems)
    for path, place in _points(tree):
        _free(path, place, found, problems)


def _refuse_in_the_open(tree: Tree, problems: Problems) -> None:
    for index, _ in rows(tree, "body"):
        problems.say(("body", index), "body_open_site")
    for index, row in rows(tree, "source"):
        if row["shape"] is not None:
            problems.say(("source", index, "shape"), "body_open_site")


def _bodies(tree: Tree, problems: Problems) -> Iterator[_Standing]:
    gamma, own = is_gamma(tree), own_materials(tree)
    for index, row in rows(tree, "body"):
        path: Path = ("body", index)
        if not gamma and any(source["kind"] is not None for _, source in rows(tree, "source")):
            problems.say(path, "body_xray")
        check_medium(path, row, problems, own)
        shape = check_shape(path, row, problems) if row["shape"] is not None else None
        if shape is not None and row["id"] is not None:
            yield _Standing((*path, "position"), row["id"], shape, (row["material"], row["density"]), source=False)


def _sources(tree: Tree, problems: Problems) -> Iterator[_Standing]:
    """Yield gamma sources: by their shapes, the others as far as the layers around them reach, wherever they may be."""
    for index, row in rows(tree, "source"):
        path: Path = ("source", index)
        if row["id"] is None or problems.about((*path, "shape")):
            continue
        shape = check_shape(path, row, problems) if row["kind"] in STANDING else None
        if shape is not None:
            absorber = row["self_absorption"]
            filled = (absorber["material"], absorber["density"]) if absorber else None
            yield _Standing((*path, "position"), row["id"], shape, filled, source=True)
        elif row["shape"] is None:
            for at, place, around in _places(path, row):
                one = Sphere(position=place, radius_m=around) if around > MARGIN else Point(position=place)
                yield _Standing(at, row["id"], one, None, source=True, container=True)


def _places(path: Path, row: Tree) -> Iterator[tuple[Path, Xyz, float]]:
    """Yield where a point source may be: the key that says so, the place, how far its own layers reach (m)."""
    safe = row["safe"] or {}
    found: list[tuple[Path, Any, float]] = []
    if row["kind"] in (*STANDING, *PATIENTS):
        around = sum(thickness(row[key]) for key in ("container", "shield"))
        found.append(((*path, "position"), row["position"], around + (row["cavity"] or 0.0)))
    if row["kind"] in BRACHYTHERAPY:
        found.append(((*path, "safe", "position"), safe.get("position"), thickness(safe.get("layers"))))
        found += [((*path, "positions", number), place, 0.0) for number, place in enumerate(row["positions"] or ())]
    for number, each in rows(row, "exposure"):
        at = (*path, "exposure", number, "positions")
        found += [((*at, k), place, 0.0) for k, place in enumerate(each["positions"] or ())]
    yield from ((at, place, around) for at, place, around in found if place is not None)


def _in_room(each: _Standing, room: Room, problems: Problems) -> None:
    """Report what reaches beyond the room's inner faces or into a screen."""
    shape, at = each.shape, each.path
    low, high = shape.position[2] - shape.extent((0.0, 0.0, -1.0)), shape.position[2] + shape.extent((0.0, 0.0, 1.0))
    if low < -NEAR or high > room.height + NEAR:
        said = {"id": each.name, "low": metres(low), "high": metres(high), "height": metres(room.height)}
        problems.say(at, "body_height", **said)
        return
    wide = next((size for key, size in shape.sizes() if key == "outer_radius_m"), 0.0)
    if not contains(room.plan, shape.place((wide, 0.0, 0.0))[:2]):
        problems.say(at, "body_outside", id=each.name)
        return
    for name, solid in (*_faces(room), *_screens(room)):
        if overlap(_solid(shape), solid):
            problems.say(at, "body_in_barrier", id=each.name, barrier=name)
            return


def _faces(room: Room) -> Iterator[tuple[str, Shape]]:
    """Yield the space just behind each edge of the plan, with the name of a wall on it."""
    names: dict[int, str] = {}
    for _, wall in rows(room.tree, "wall"):
        if wall["edge"] is not None:
            names.setdefault(int(wall["edge"]) - 1, str(wall["id"]))
    for index, (a, b) in enumerate(room.sides):
        ux, uy = direction(a, b)
        nx, ny = outward_normal(room.plan, index)
        middle = ((a[0] + b[0] + nx * BEHIND_M) / 2, (a[1] + b[1] + ny * BEHIND_M) / 2, room.height / 2)
        axes = ((ux, uy, 0.0), (-uy, ux, 0.0), (0.0, 0.0, 1.0))
        size = {"width_m": length(a, b), "depth_m": BEHIND_M, "height_m": room.height}
        yield names.get(index, f"edge {index + 1}"), Box(position=middle, axes=axes, **size)


def _screens(room: Room) -> Iterator[tuple[str, Shape]]:
    for _, row in rows(room.tree, "screen"):
        a, b, thick = row["from"], row["to"], thickness(row["layers"])
        if a is None or b is None or not thick or length(a, b) <= NEAR or row["height"] is None:
            continue
        ux, uy = direction(a, b)
        middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, row["height"] / 2)
        axes = ((ux, uy, 0.0), (-uy, ux, 0.0), (0.0, 0.0, 1.0))
        size = {"width_m": length(a, b), "depth_m": thick, "height_m": row["height"]}
        yield str(row["id"]), Box(position=middle, axes=axes, **size)


def _apart(one: _Standing, other: _Standing, problems: Problems) -> None:
    """Report two things in the same space; sources of the same shape and material may be one."""
    same = one.source and other.source and one.shape == other.shape and one.material == other.material
    void = one.source and other.source and one.material is None and other.material is None
    if same or void or not overlap(_solid(one.shape), _solid(other.shape)):
        return
    where = other if other.source or not one.source else one
    problems.say(where.path, "bodies_overlap", one=one.name, other=other.name)


def _solid(shape: Shape) -> Shape:
    """Return a volume; points, lines and surfaces as thin as the test of overlaps regards."""
    place, axes = shape.position, shape.axes
    match shape:
        case Point():
            return Sphere(position=place, radius_m=MARGIN)
        case Line():
            return Cylinder(position=place, axes=axes, radius_m=MARGIN, height_m=shape.length_m)
        case Disk():
            return Cylinder(position=place, axes=axes, radius_m=shape.radius_m, height_m=2 * MARGIN)
        case Rectangle():
            return Box(position=place, axes=axes, width_m=shape.width_m, depth_m=shape.height_m, height_m=2 * MARGIN)
    return shape


def _points(tree: Tree) -> Iterator[tuple[Path, Xyz]]:
    for index, point in rows(tree, "point"):
        if point["position"] is not None:
            yield ("point", index, "position"), point["position"]
    at = (tree["console"] or {}).get("position")
    if at is not None:
        yield ("console", "position"), at


def _free(path: Path, place: Xyz, found: list[_Standing], problems: Problems) -> None:
    """Report a point in a body, or in or on a source that has a shape."""
    said = " ".join(f"{x:g}" for x in place)
    for each in found:
        inside = each.shape.distance(place)
        if not each.source and inside < -NEAR:
            problems.say(path, "point_in_body", point=said, body=each.name)
        elif each.source and not each.container and inside < (-NEAR if each.shape.dimensions == 3 else NEAR):
            problems.say(path, "point_on_source", point=said, source=each.name)
