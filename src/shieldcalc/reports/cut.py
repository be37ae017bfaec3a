"""The vertical section of a room as SVG parts: slabs, walls, openings and screens where a plane cuts them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import pi

from shieldcalc.model.design import Source, Xy, Xyz
from shieldcalc.model.dose_map import Plane
from shieldcalc.model.scene import Barrier, Point, Scene
from shieldcalc.reports.bodies import body_parts
from shieldcalc.reports.outline import wall_outlines
from shieldcalc.reports.plan import Sheet, label, point_label, polygon, reserved, text_width

_SCREEN_M, _NEAR_M = 0.02, 0.25


def cut_parts(
    sheet: Sheet,
    scene: Scene,
    axis: int,
    at: float,
    points: Iterable[Point] = (),
    marks: Mapping[str, str] | None = None,
    under: Iterable[str] = (),
) -> list[str]:
    """Return the section at ``at`` metres along ``axis`` (0 or 1), ``under`` between the air and what is built.

    Points within 0.25 m of the plane are drawn on it with their ``marks``.
    """
    room = [polygon(sheet, _box(ends, (0.0, scene.height_m)), "room") for ends in _cuts(scene.plan, axis, at)]
    parts = [*room, *under, *(polygon(sheet, box, "wall") for _, box in solids(scene, axis, at))]
    for barrier in scene.barriers:
        if barrier.host:
            strip = _strip(barrier, scene.by_id[barrier.host].thickness_m)
            gaps = [_box(ends, (barrier.bottom_m, barrier.top_m)) for ends in _cuts(strip, axis, at)]
            parts += [polygon(sheet, gap, "gap") for gap in gaps]
        elif barrier.kind == "screen":
            parts += [polygon(sheet, _box(ends, (0.0, barrier.top_m)), "dark") for ends in _screen(barrier, axis, at)]
    parts += body_parts(sheet, scene, 1 - axis, 2, at)
    parts += _sources(sheet, scene.sources, axis)
    near = tuple(_flat(each, axis) for each in points if abs(each.position[axis] - at) <= _NEAR_M)
    return [*parts, *(point_label(sheet, each, (marks or {})[each.id]) for each in reserved(sheet, near))]


def _flat(point: Point, axis: int) -> Point:
    """Return a point in the coordinates of the section: across and up."""
    return replace(point, position=(point.position[1 - axis], point.position[2], 0.0))


def built(plane: Plane, scene: Scene) -> list[tuple[str, list[Xy]]]:
    """Return what is built in a plane as convex polygons with its ids: walls with their openings, floor and ceiling."""
    if plane.axis != "z":
        return solids(scene, "xyz".index(plane.axis), plane.at_m)
    walls = [each for each in scene.barriers if each.kind == "wall" and each.bottom_m <= plane.at_m <= each.top_m]
    return [(name, [*outline]) for name, outline in wall_outlines(walls).items()]


def solids(scene: Scene, axis: int, at: float) -> list[tuple[str, list[Xy]]]:
    """Return what is built where the plane cuts it: walls with their openings, floor, ceiling: ids and rectangles."""
    outlines = wall_outlines([barrier for barrier in scene.barriers if barrier.kind == "wall"])
    found = [
        (barrier.id, _box(ends, (barrier.bottom_m, barrier.top_m)))
        for barrier in scene.barriers
        if barrier.kind == "wall"
        for ends in _cuts(outlines[barrier.id], axis, at)
    ]
    faces = [place for each in (*outlines.values(), scene.plan) for cut in _cuts(each, axis, at) for place in cut]
    for slab in scene.barriers:
        if slab.outline and faces:
            low = scene.height_m if slab.kind == "ceiling" else -slab.thickness_m
            found.append((slab.id, _box((min(faces), max(faces)), (low, low + slab.thickness_m))))
    return found


def _strip(barrier: Barrier, thick: float) -> list[Xy]:
    (ax, ay), (bx, by), (ox, oy) = barrier.a, barrier.b, barrier.outward
    return [barrier.a, barrier.b, (bx + ox * thick, by + oy * thick), (ax + ox * thick, ay + oy * thick)]


def _screen(barrier: Barrier, axis: int, at: float) -> Iterator[tuple[float, float]]:
    (first, second), other = (barrier.a[axis], barrier.b[axis]), 1 - axis
    if (first < at) != (second < at):
        share = (at - first) / (second - first)
        middle = barrier.a[other] + share * (barrier.b[other] - barrier.a[other])
        half = max(_SCREEN_M, barrier.thickness_m / 2)
        yield middle - half, middle + half


def _cuts(corners: Sequence[Xy], axis: int, at: float) -> Iterator[tuple[float, float]]:
    """Yield where a line of the plan lies inside a polygon, as pairs along the other axis."""
    other, found = 1 - axis, []
    for one, two in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (one[axis] < at) != (two[axis] < at):
            share = (at - one[axis]) / (two[axis] - one[axis])
            found.append(one[other] + share * (two[other] - one[other]))
    found.sort()
    yield from zip(found[::2], found[1::2], strict=False)


def _box(across: tuple[float, float], up: tuple[float, float]) -> list[Xy]:
    (left, right), (low, high) = across, up
    return [(left, low), (right, low), (right, high), (left, high)]


def _sources(sheet: Sheet, sources: tuple[Source, ...], axis: int) -> Iterator[str]:
    for count, source in enumerate(sources, 1):
        places: list[Xyz] = [beam.focus for beam in source.beams]
        places = places or [place for place in (source.isocentre,) if place is not None]
        places += source.gamma_places
        for place in dict.fromkeys((place[1 - axis], place[2]) for place in places):
            x, y = sheet.at(place)
            sheet.take(x, y, 3.2, 3.2)
            yield f'<circle class="source" cx="{x:.2f}" cy="{y:.2f}" r="1"/>'
            mark = f"S{count}"
            yield label(*sheet.free_place(x, y, text_width(mark), 3.4, -pi / 4), mark, "mark")
