"""The plan of a ward with its zones: circles around every tube and patient, merged where they overlap."""

from collections.abc import Callable, Iterable, Mapping
from math import hypot
from typing import NamedTuple

from shieldcalc.model.aim import field_slope, unit
from shieldcalc.model.design import Beam, Xy
from shieldcalc.model.scene import Point, Scene
from shieldcalc.reports.outline import wall_outlines
from shieldcalc.reports.plan import (
    Plan,
    Sheet,
    drawn,
    mark_at,
    point_label,
    polygon,
    scale_bar,
    screen_line,
    source_marks,
)

MOST_OF_ROOM = 1.5  # a zone of more than this many diagonals of the room is not drawn
LEVEL = 0.3  # a beam with less of its direction along the plan is drawn as vertical
_RIM_MM = 0.45


class Ring(NamedTuple):
    """One zone to draw: its mark, its radius in m and its look."""

    mark: str
    radius_m: float
    look: str


class Fan(NamedTuple):
    """Where people stay out of a primary beam: its mark, the beam, and how far from the focus in m."""

    mark: str
    beam: Beam
    reach_m: float


def draw_zones(
    scene: Scene,
    points: Iterable[Point],
    rings: Iterable[Ring],
    fans: Iterable[Fan],
    point_marks: Mapping[str, str],
    number: Callable[[str], str] = str,
) -> Plan:
    """Return the plan with zones, the widest below; people are numbered as in the tables.

    Primary beams are drawn as far as they reach, at most a diagonal of the room; those that run up or down are not.
    """
    points, centres = tuple(points), _centres(scene)
    beams = [(fan.mark, outline) for fan in fans if (outline := _fan(scene, fan))]
    walls = wall_outlines([barrier for barrier in scene.barriers if barrier.kind == "wall"])
    shown = [ring for ring in rings if ring.radius_m <= _largest(scene)]
    corners = [*scene.plan, *(corner for outline in walls.values() for corner in outline)]
    corners += [point.position[:2] for point in points]
    corners += [corner for ring in shown for centre in centres for corner in _box(centre, ring.radius_m)]
    sheet = Sheet([*corners, *(corner for _, outline in beams for corner in outline)])
    parts = [polygon(sheet, scene.plan, "room")]
    for ring in sorted(shown, key=lambda ring: -ring.radius_m):
        parts += _union(sheet, centres, ring)
    parts += [polygon(sheet, outline, "primary_zone") for _, outline in beams]
    parts += [polygon(sheet, scene.plan, "edge"), *(polygon(sheet, outline, "wall") for outline in walls.values())]
    parts += [screen_line(sheet, barrier, scene.plan) for barrier in scene.barriers if barrier.kind == "screen"]
    for count, source in enumerate(scene.sources, 1):
        parts += source_marks(sheet, source, f"S{count}")
    for point in points:
        sheet.take(*sheet.at(point.position), 1.6, 1.6)
    labels = [point_label(sheet, point, point_marks[point.id]) for point in points]
    labels += [_rim_label(sheet, centres, ring) for ring in shown]
    labels += [mark_at(sheet, sheet.at(outline[1]), mark) for mark, outline in beams[:1]]
    return drawn(sheet, [*parts, *labels, *scale_bar(sheet, number)])


def _fan(scene: Scene, fan: Fan) -> list[Xy]:
    """Return the corners of a beam's field on the plan; none where the beam runs up or down rather than along it."""
    (fx, fy, _), axis = fan.beam.focus, unit(fan.beam.focus, fan.beam.target)
    level = hypot(axis[0], axis[1])
    if level < LEVEL:
        return []
    far = min(fan.reach_m * level, _largest(scene) / MOST_OF_ROOM)
    side = far * field_slope(fan.beam) / level
    x, y = axis[0] / level, axis[1] / level
    return [
        (fx, fy),
        (fx + far * x - side * y, fy + far * y + side * x),
        (fx + far * x + side * y, fy + far * y - side * x),
    ]


def _largest(scene: Scene) -> float:
    xs, ys = zip(*scene.plan, strict=True)
    return MOST_OF_ROOM * hypot(max(xs) - min(xs), max(ys) - min(ys))


def _centres(scene: Scene) -> list[Xy]:
    places = (place[:2] for source in scene.sources for beam in source.beams for place in (beam.patient, beam.focus))
    sealed = (place[:2] for source in scene.sources if source.sealed is not None for place in source.sealed.places)
    return list(dict.fromkeys((*places, *sealed)))


def _box(centre: Xy, radius: float) -> list[Xy]:
    (x, y) = centre
    return [(x - radius, y - radius), (x + radius, y + radius)]


def _union(sheet: Sheet, centres: list[Xy], ring: Ring) -> list[str]:
    """Return the circles twice: with rims, then filled over the rims that lie inside another circle."""
    radius = ring.radius_m * 1e3 / sheet.scale
    places = [sheet.at(centre) for centre in centres]
    rims = [_circle(place, radius, f"{ring.look} rim") for place in places]
    return [*rims, *(_circle(place, max(0.0, radius - _RIM_MM / 2), f"{ring.look} fill") for place in places)]


def _circle(place: Xy, radius: float, look: str) -> str:
    return f'<circle class="{look}" cx="{place[0]:.2f}" cy="{place[1]:.2f}" r="{radius:.2f}"/>'


def _rim_label(sheet: Sheet, centres: list[Xy], ring: Ring) -> str:
    """Return the zone's mark on the rim, at the top of the circle that reaches highest."""
    x, y = min((sheet.at(centre) for centre in centres), key=lambda place: (place[1], place[0]))
    return mark_at(sheet, (x, y - ring.radius_m * 1e3 / sheet.scale), ring.mark)
