"""The plan of areas as SVG: the room and a band beyond each wall or opening, hatched by its designation."""

from collections.abc import Callable, Iterable, Mapping
from math import hypot

from shieldcalc.model.design import Designation, Xy
from shieldcalc.model.scene import Barrier, Scene
from shieldcalc.reports.outline import wall_outlines
from shieldcalc.reports.plan import Plan, Sheet, barrier_label, drawn, polygon, scale_bar

BAND_MM, _STEP_MM = 9.0, 2.2  # how deep a band is drawn, how far its lines stand apart


def draw_areas(scene: Scene, marks: Mapping[str, str], number: Callable[[str], str] = str) -> Plan:
    """Return the plan with each upright barrier's area beyond; ``number`` formats the scale bar."""
    upright = [barrier for barrier in scene.barriers if barrier.beyond is not None and not barrier.outline]
    outlines = wall_outlines([barrier for barrier in scene.barriers if barrier.kind == "wall"])
    sheet = Sheet([*scene.plan, *(corner for outline in outlines.values() for corner in outline)], BAND_MM)
    parts = [polygon(sheet, scene.plan, "room"), *_hatched(sheet, scene.plan, "controlled", "area")]
    for barrier in upright:
        if barrier.beyond is not None and barrier.beyond.kind != "nothing" and not _as_its_wall(barrier, scene.by_id):
            parts += _hatched(sheet, _band(sheet, barrier, scene.by_id), barrier.beyond.designation, "area")
    parts += [polygon(sheet, outline, "wall") for outline in outlines.values()]
    parts += [polygon(sheet, _gap(barrier, scene.by_id), "gap") for barrier in upright if barrier.host]
    labels = [barrier_label(sheet, barrier, marks[barrier.id], scene.barriers) for barrier in upright]
    return drawn(sheet, [*parts, *labels, *scale_bar(sheet, number)])


def _as_its_wall(barrier: Barrier, by_id: Mapping[str, Barrier]) -> bool:
    """Say whether an opening leads to the same designation as its wall, whose band shows it already."""
    host = by_id.get(barrier.host or "")
    beyond = (barrier.beyond, host.beyond if host else None)
    return all(beyond) and len({there.designation for there in beyond if there}) == 1


def _thickness(barrier: Barrier, by_id: Mapping[str, Barrier]) -> float:
    host = by_id.get(barrier.host or "")
    return host.thickness_m if host else barrier.thickness_m


def _gap(barrier: Barrier, by_id: Mapping[str, Barrier]) -> list[Xy]:
    return _strip(barrier, 0.0, _thickness(barrier, by_id))


def _band(sheet: Sheet, barrier: Barrier, by_id: Mapping[str, Barrier]) -> list[Xy]:
    """Return the corners of what is hatched beyond a barrier; that of an opening reaches less far than its wall's."""
    start = _thickness(barrier, by_id)
    return _strip(barrier, start, start + (0.6 if barrier.host else 1.0) * BAND_MM * sheet.scale / 1e3)


def _strip(barrier: Barrier, near: float, far: float) -> list[Xy]:
    (ax, ay), (bx, by), (ox, oy) = barrier.a, barrier.b, barrier.outward
    return [
        (ax + ox * near, ay + oy * near),
        (bx + ox * near, by + oy * near),
        (bx + ox * far, by + oy * far),
        (ax + ox * far, ay + oy * far),
    ]


def _hatched(sheet: Sheet, corners: Iterable[Xy], designation: Designation, kind: str) -> list[str]:
    """Return an outline with its hatching: two directions where controlled, one where supervised."""
    places = [sheet.at(corner) for corner in corners]
    turns = {"controlled": (1.0, -1.0), "supervised": (1.0,), "uncontrolled": ()}[designation]
    outline = " ".join(f"{x:.2f},{y:.2f}" for x, y in places)
    lines = [line for turn in turns for line in _lines(places, turn)]
    return [f'<polygon class="{kind} {designation}" points="{outline}"/>', *lines]


def _lines(places: list[Xy], turn: float) -> list[str]:
    """Return the lines y = turn x + c inside a polygon, cut at its edges."""
    levels = [y - turn * x for x, y in places]
    first, last = int(min(levels) // _STEP_MM), int(max(levels) // _STEP_MM) + 1
    found = []
    for level in range(first, last + 1):
        cuts = sorted(_cuts(places, turn, (level + 0.37) * _STEP_MM))
        found += [_line(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    return found


def _cuts(places: list[Xy], turn: float, level: float) -> Iterable[Xy]:
    for (x1, y1), (x2, y2) in zip(places, [*places[1:], places[0]], strict=True):
        one, other = y1 - turn * x1 - level, y2 - turn * x2 - level
        if (one < 0) != (other < 0):
            share = one / (one - other)
            yield x1 + share * (x2 - x1), y1 + share * (y2 - y1)


def _line(start: Xy, end: Xy) -> str:
    if hypot(end[0] - start[0], end[1] - start[1]) < 0.05:
        return ""
    return f'<line class="hatch" x1="{start[0]:.2f}" y1="{start[1]:.2f}" x2="{end[0]:.2f}" y2="{end[1]:.2f}"/>'
