"""The plan to scale as SVG: the room, its barriers, openings, sources with beam directions, numbered points.

One unit of the drawing is one millimetre on paper. The text in it is marks and units only; what they mean stands in
the tables beside it. Lines tell the kind of barrier: walls filled, doors with their swing, windows as double lines.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import atan2, cos, degrees, floor, hypot, log10, pi, sin
from typing import NamedTuple

from shieldcalc.model.background import Background
from shieldcalc.model.design import Source, Xy, Xyz
from shieldcalc.model.geometry import along, direction, distance_to_boundary
from shieldcalc.model.scene import Barrier, Point, Scene
from shieldcalc.reports.background import picture
from shieldcalc.reports.outline import wall_outlines

SCALES = (10, 20, 25, 50, 75, 100, 125, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000, 10000, 50000)
FAR = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500)  # metres of a scale bar
WIDTH_MM, HEIGHT_MM, EDGE_MM, LEAST_MM = 168.0, 176.0, 12.0, 80.0
_TEXT_MM, THICK_M = 2.9, 0.1


class Plan(NamedTuple):
    """A finished drawing: SVG text, its size on paper in mm, and its scale (1 : scale)."""

    svg: str
    width_mm: float
    height_mm: float
    scale: int


def scale_of(least: float) -> int:
    """Return the scale at which everything fits: one of those that plans have, beyond them 1, 2 or 5 times a power."""
    usual = next((scale for scale in SCALES if least <= scale), None)
    if usual is not None:
        return usual
    power = int(10 ** floor(log10(least)))
    return next(times * power for times in (1, 2, 5, 10) if least <= times * power)


class Sheet:
    """Paper coordinates, and where labels already stand."""

    def __init__(
        self, corners: Iterable[Xy], around_mm: float = 0.0, foot_mm: float = 0.0, least_mm: float = LEAST_MM
    ) -> None:
        xs, ys = zip(*corners, strict=True)
        self.left, self.top, self.edge, self.foot = min(xs), max(ys), EDGE_MM + around_mm, EDGE_MM + foot_mm
        wide, high = max(xs) - self.left, max(ys) - min(ys)
        room = WIDTH_MM - 2 * self.edge, HEIGHT_MM - 2 * self.edge - self.foot
        self.scale = scale_of(max(wide / room[0], high / room[1]) * 1e3)
        self.width = max(least_mm, wide * 1e3 / self.scale + 2 * self.edge)
        self.height = high * 1e3 / self.scale + 2 * self.edge + self.foot
        self.shift = (self.width - wide * 1e3 / self.scale) / 2
        self.taken: list[tuple[float, float, float, float]] = []

    def at(self, place: Iterable[float]) -> Xy:
        """Return millimetres on paper of a place in metres."""
        x, y, *_ = place
        return (x - self.left) * 1e3 / self.scale + self.shift, (self.top - y) * 1e3 / self.scale + self.edge

    def take(self, x: float, y: float, wide: float, high: float) -> None:
        """Keep a box around (x, y) free of labels."""
        self.taken.append((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))

    def free_place(self, x: float, y: float, wide: float, high: float, start: float = 0.0) -> Xy:
        """Return the middle of the nearest free box around (x, y), rings outwards; the last ring where none is free."""
        spots = [
            (x + ring * cos(start + turn * pi / 8), y + ring * sin(start + turn * pi / 8))
            for ring in (0.0, 3.2, 4.6, 6.2, 8.0, 10.0, 13.0, 17.0, 22.0)
            for turn in (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8)
        ]
        spot = next((spot for spot in spots if self._free(*spot, wide, high)), spots[-1])
        self.take(*spot, wide, high)
        return spot

    def _free(self, x: float, y: float, wide: float, high: float) -> bool:
        left, top, right, bottom = x - wide / 2, y - high / 2, x + wide / 2, y + high / 2
        inside = left > 0.5 and top > 0.5 and right < self.width - 0.5 and bottom < self.height - self.foot
        return inside and not any(left < r and l < right and top < b and t < bottom for l, t, r, b in self.taken)  # noqa: E741


def draw(
    scene: Scene,
    points: Iterable[Point],
    barrier_marks: Mapping[str, str],
    point_marks: Mapping[str, str],
    background: Background | None = None,
    number: Callable[[str], str] = str,
) -> Plan:
    """Return the plan of a scene with its points, over a picture if there is one; marks are those of the tables.

    ``number`` puts a number of the scale bar in the language's format.
    """
    points = tuple(point for point in points if point.role != "site")
    sheet = Sheet(plan_corners(scene, points))
    under = [picture(background, sheet.at, sheet.scale, (sheet.width, sheet.height))] if background else []
    parts = plan_parts(sheet, scene, points, barrier_marks, point_marks, under)
    return drawn(sheet, [*parts, *scale_bar(sheet, number)])


def plan_parts(
    sheet: Sheet,
    scene: Scene,
    points: tuple[Point, ...],
    barrier_marks: Mapping[str, str],
    point_marks: Mapping[str, str],
    under: Iterable[str] = (),
) -> list[str]:
    """Return everything on the plan, ``under`` between the floor and the walls."""
    from shieldcalc.reports.bodies import body_parts

    outlines = wall_outlines([barrier for barrier in scene.barriers if barrier.kind == "wall"])
    by_id = {barrier.id: barrier for barrier in scene.barriers}
    parts = [polygon(sheet, scene.plan, "room"), *under]
    parts += [polygon(sheet, outline, "wall") for outline in outlines.values()]
    parts += [polygon(sheet, scene.plan, "edge")] if scene.ward or scene.open_site else []
    for barrier in scene.barriers:
        parts += opening_marks(sheet, barrier, by_id) if barrier.host else []
        parts += [screen_line(sheet, barrier, scene.plan)] if barrier.kind == "screen" else []
    parts += body_parts(sheet, scene, 0, 1)
    for count, source in enumerate(scene.sources, 1):
        parts += source_marks(sheet, source, f"S{count}")
    labels = [point_label(sheet, point, point_marks[point.id]) for point in reserved(sheet, points)]
    upright = (barrier for barrier in scene.barriers if not barrier.outline)
    labels += [barrier_label(sheet, barrier, barrier_marks[barrier.id], scene.barriers) for barrier in upright]
    return [*parts, *labels]


def plan_corners(scene: Scene, points: Iterable[Point]) -> list[Xy]:
    """Return every place that must lie on the sheet."""
    outlines = wall_outlines([barrier for barrier in scene.barriers if barrier.kind == "wall"]).values()
    by_id = {barrier.id: barrier for barrier in scene.barriers}
    corners = [*scene.plan, *(corner for outline in outlines for corner in outline)]
    corners += [point.position[:2] for point in points]
    corners += [door_tip(barrier, by_id) for barrier in scene.barriers if barrier.kind == "door"]
    for source in scene.sources:
        corners += [place[:2] for place in _places(source)]
    return corners


def _places(source: Source) -> list[tuple[float, float, float]]:
    places = [source.isocentre] if source.isocentre else []
    places += source.gamma_places
    return [*places, *(beam.focus for beam in source.beams), *(beam.patient for beam in source.beams)]


def source_places(source: Source) -> list[Xyz]:
    """Return where the radiation of a source begins: isocentre or source itself, then foci and patients."""
    return _places(source)


def reserved(sheet: Sheet, points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return the points, their places kept free of labels."""
    for point in points:
        sheet.take(*sheet.at(point.position), 1.6, 1.6)
    return points


def polygon(sheet: Sheet, corners: Iterable[Xy], kind: str) -> str:
    """Return a closed outline of places in metres."""
    places = " ".join(f"{x:.2f},{y:.2f}" for x, y in map(sheet.at, corners))
    return f'<polygon class="{kind}" points="{places}"/>'


def line(sheet: Sheet, start: Iterable[float], end: Iterable[float], kind: str) -> str:
    """Return a straight line between places in metres."""
    (x1, y1), (x2, y2) = sheet.at(start), sheet.at(end)
    return f'<line class="{kind}" x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"/>'


def screen_line(sheet: Sheet, barrier: Barrier, plan: Sequence[Xy] = ()) -> str:
    """Return the line of a screen; one as thick as a wall as what it is, its line in the middle."""
    half = barrier.thickness_m / 2
    if half < THICK_M / 2:
        return line(sheet, barrier.a, barrier.b, "screen")
    (ux, uy), ends = direction(barrier.a, barrier.b), []
    for end, sign in ((barrier.a, -1), (barrier.b, 1)):
        free = not plan or distance_to_boundary(plan, end) > THICK_M / 2
        ends.append(along(end, (ux, uy), sign * half if free else 0.0))
    (ax, ay), (bx, by) = ends
    across = (-uy * half, ux * half)
    corners = [(ax + across[0], ay + across[1]), (bx + across[0], by + across[1])]
    corners += [(bx - across[0], by - across[1]), (ax - across[0], ay - across[1])]
    return polygon(sheet, corners, "wall")


def mark_at(sheet: Sheet, place: Xy, mark: str) -> str:
    """Return a bold mark beside a place on paper (mm)."""
    return label(*sheet.free_place(*place, text_width(mark), 3.4), mark, "barrier")


def opening_marks(sheet: Sheet, barrier: Barrier, by_id: Mapping[str, Barrier]) -> list[str]:
    """Return the gap in the wall and what fills it."""
    thick = by_id[barrier.host or ""].thickness_m
    (ax, ay), (bx, by), (ox, oy) = barrier.a, barrier.b, barrier.outward
    far = [(bx + ox * thick, by + oy * thick), (ax + ox * thick, ay + oy * thick)]
    gap = polygon(sheet, [barrier.a, barrier.b, *far], "gap")
    if barrier.kind == "door":
        leaf, tip = hypot(bx - ax, by - ay), door_tip(barrier, by_id)
        threshold = line(sheet, barrier.a, barrier.b, "threshold")
        return [gap, line(sheet, far[1], tip, "door"), _swing(sheet, tip, far[0], leaf, barrier), threshold]
    panes = [0.0, 1.0] if barrier.kind == "window" else [0.0, 0.5, 1.0]
    return [gap, *(_pane(sheet, barrier, share * thick) for share in panes)]


def door_tip(barrier: Barrier, by_id: Mapping[str, Barrier]) -> Xy:
    """Return where the edge of the open leaf stands."""
    (ax, ay), (bx, by), (ox, oy) = barrier.a, barrier.b, barrier.outward
    reach = hypot(bx - ax, by - ay) + (by_id[barrier.host].thickness_m if barrier.host else 0.0)
    return ax + ox * reach, ay + oy * reach


def _pane(sheet: Sheet, barrier: Barrier, depth: float) -> str:
    ox, oy = barrier.outward[0] * depth, barrier.outward[1] * depth
    start, end = (barrier.a[0] + ox, barrier.a[1] + oy), (barrier.b[0] + ox, barrier.b[1] + oy)
    return line(sheet, start, end, barrier.kind)


def _swing(sheet: Sheet, tip: Xy, end: Xy, leaf: float, barrier: Barrier) -> str:
    (x1, y1), (x2, y2), radius = sheet.at(tip), sheet.at(end), leaf * 1e3 / sheet.scale
    along = (barrier.b[0] - barrier.a[0], barrier.b[1] - barrier.a[1])
    turn = int(barrier.outward[0] * along[1] - barrier.outward[1] * along[0] < 0)
    return f'<path class="swing" d="M{x1:.2f},{y1:.2f}A{radius:.2f},{radius:.2f} 0 0 {turn} {x2:.2f},{y2:.2f}"/>'


def source_marks(sheet: Sheet, source: Source, mark: str) -> list[str]:
    """Return a source's places, its beam directions as arrows, and its mark."""
    parts = [_beam(sheet, beam.focus, beam.target) for beam in source.beams]
    parts += [_dot(sheet, beam.patient, "patient", 1.1) for beam in source.beams]
    places = [beam.focus for beam in source.beams] or [place for place in (source.isocentre,) if place]
    places += source.gamma_places
    for x, y in dict.fromkeys(map(sheet.at, places)):
        sheet.take(x, y, 3.2, 3.2)
        parts.append(f'<path class="source" d="M{x - 1.5:.2f},{y:.2f}h3M{x:.2f},{y - 1.5:.2f}v3"/>')
        parts.append(f'<circle class="source" cx="{x:.2f}" cy="{y:.2f}" r="1"/>')
        parts.append(label(*sheet.free_place(x, y, text_width(mark), 3.4, -pi / 4), mark, "mark"))
    return parts


def _beam(sheet: Sheet, focus: Iterable[float], target: Iterable[float]) -> str:
    """Return an arrow of at most 14 mm along the central ray; a ring where it runs up or down."""
    (x1, y1), (x2, y2) = sheet.at(focus), sheet.at(target)
    length = hypot(x2 - x1, y2 - y1)
    if length < 1.5:
        return f'<circle class="beam" cx="{x1:.2f}" cy="{y1:.2f}" r="2.2"/>'
    share = min(1.0, 14.0 / length)
    x2, y2, turn = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share, degrees(atan2(y2 - y1, x2 - x1))
    sheet.take((x1 + x2) / 2, (y1 + y2) / 2, abs(x2 - x1) + 1, abs(y2 - y1) + 1)
    arrow = f'<path class="head" transform="translate({x2:.2f},{y2:.2f}) rotate({turn:.1f})" d="M0,0l-2.4,-0.9v1.8z"/>'
    return f'<line class="beam" x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"/>{arrow}'


def _dot(sheet: Sheet, place: Iterable[float], kind: str, radius: float) -> str:
    x, y = sheet.at(place)
    return f'<circle class="{kind}" cx="{x:.2f}" cy="{y:.2f}" r="{radius}"/>'


def point_label(sheet: Sheet, point: Point, mark: str) -> str:
    """Return the dot of a point and its number in a ring beside it, with a leader where it stands away."""
    x, y = sheet.at(point.position)
    lx, ly = sheet.free_place(x, y, 4.4, 4.4, -pi / 4)
    leader = f'<line class="leader" x1="{x:.2f}" y1="{y:.2f}" x2="{lx:.2f}" y2="{ly:.2f}"/>'
    ring = f'<circle class="ring" cx="{lx:.2f}" cy="{ly:.2f}" r="2"/>'
    return leader + ring + _dot(sheet, point.position, "point", 0.6) + label(lx, ly, mark, "number")


def barrier_label(sheet: Sheet, barrier: Barrier, mark: str, barriers: Iterable[Barrier]) -> str:
    """Return a barrier's mark on the room's side of it, beside its openings."""
    (ax, ay), (bx, by), (ox, oy) = barrier.a, barrier.b, barrier.outward
    share = _clear_share(barrier, [other for other in barriers if other.host == barrier.id])
    x, y = sheet.at((ax + (bx - ax) * share, ay + (by - ay) * share))
    x, y = x - ox * 3.4, y + oy * 3.4
    return label(*sheet.free_place(x, y, text_width(mark), 3.4), mark, "barrier")


def _clear_share(barrier: Barrier, openings: list[Barrier]) -> float:
    """Return where along a wall, as a share, no opening is: the middle if it can be."""
    (ax, ay), (bx, by) = barrier.a, barrier.b
    square = (bx - ax) ** 2 + (by - ay) ** 2 or 1.0
    ends = [[((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square for x, y in (o.a, o.b)] for o in openings]
    shares = (0.5, 0.3, 0.7, 0.15, 0.85, 0.08, 0.92)
    return next((share for share in shares if not any(min(e) <= share <= max(e) for e in ends)), 0.5)


def text_width(text: str) -> float:
    """Return about how wide a text is in mm."""
    return len(text) * _TEXT_MM * 0.62 + 0.8


def label(x: float, y: float, text: str, kind: str) -> str:
    """Return a text with its middle at a place on paper."""
    from html import escape

    return f'<text class="{kind}" x="{x:.2f}" y="{y + 1.0:.2f}" text-anchor="middle">{escape(text)}</text>'


def scale_bar(sheet: Sheet, number: Callable[[str], str]) -> list[str]:
    """Return a bar of a round number of metres, in two halves, at the foot of the sheet."""
    metres = next(m for m in (*FAR, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1) if m * 1e3 / sheet.scale <= 60)
    half, x, y = metres * 500 / sheet.scale, 8.0, sheet.height - 6.0
    ends = ((0.0, "0"), (half, number(f"{metres / 2:g}")), (2 * half, f"{number(f'{metres:g}')} m"))
    texts = [label(x + along, y + 3.2, text, "number") for along, text in ends]
    bars = [
        f'<rect class="{kind}" x="{x + k * half:.2f}" y="{y - 1:.2f}" width="{half:.2f}" height="1.4"/>'
        for k, kind in enumerate(("dark", "light"))
    ]
    return [*bars, *texts, label(sheet.width - 14, y + 0.4, f"1 : {sheet.scale}", "mark")]


_STYLE = """
text{font-family:"Noto Sans",sans-serif;font-size:2.9px;fill:#000}
.number{font-size:2.5px}.mark,.barrier{font-weight:bold}
.barrier{paint-order:stroke;stroke:#fff;stroke-width:1.1;stroke-linejoin:round}
.room{fill:#fff;stroke:none}.wall{fill:#b8b8b8;stroke:#000;stroke-width:.35}
.gap{fill:#fff;stroke:#000;stroke-width:.2}.door{stroke:#000;stroke-width:.5}
.swing{fill:none;stroke:#000;stroke-width:.15;stroke-dasharray:.8 .5}.threshold{stroke:#000;stroke-width:.2}
.window,.control_window{stroke:#000;stroke-width:.25}.screen{stroke:#000;stroke-width:.9}
.source{fill:none;stroke:#b00020;stroke-width:.35}.patient{fill:none;stroke:#555;stroke-width:.2;stroke-dasharray:.5 .4}
.beam{fill:none;stroke:#b00020;stroke-width:.3;stroke-dasharray:1.6 .8}.head{fill:#b00020}
.point{fill:#00407a}.leader{stroke:#00407a;stroke-width:.15}.ring{fill:#fff;stroke:#00407a;stroke-width:.25}
.area{fill:#fff;stroke:#7a4b00;stroke-width:.3}.controlled{stroke:#a8001c}
.uncontrolled{stroke:#777;stroke-dasharray:1 .8}
.body{fill:#8d99a6;fill-opacity:.55;stroke:#222;stroke-width:.25}.hollow{fill:#fff;fill-opacity:.7;stroke:#222;stroke-width:.15}
.extent{fill:#f7d9dc;fill-opacity:.6;stroke:#b00020;stroke-width:.25}
.edge{fill:none;stroke:#000;stroke-width:.25}
.supervised_zone.rim{fill:none;stroke:#7a4b00;stroke-width:.45}.supervised_zone.fill{fill:#f6ecd6}
.controlled_zone.rim{fill:none;stroke:#a8001c;stroke-width:.6}.controlled_zone.fill{fill:#e3b1b1}
.primary_zone{fill:#f4c9a8;fill-opacity:.7;stroke:#b00020;stroke-width:.3;stroke-dasharray:1.6 .8}
.operator_zone.rim{fill:none;stroke:#00407a;stroke-width:.35;stroke-dasharray:.5 .9}.operator_zone.fill{fill:none}
.elsewhere{fill:none;stroke:#777;stroke-width:.25;stroke-dasharray:1.4 1}
.isodose{fill:none;stroke-width:.3}.limit{fill:none;stroke-width:.7;stroke-dasharray:2.4 .8 .5 .8}
.level{fill:inherit;font-size:2.5px;font-weight:bold;paint-order:stroke;stroke:#fff;stroke-width:.9}.legend{font-size:3px}
.hatch{stroke:#c49a88;stroke-width:.13}.dark{fill:#000}.light{fill:#fff;stroke:#000;stroke-width:.2}
"""


def drawn(sheet: Sheet, parts: Iterable[str]) -> Plan:
    """Return the finished drawing."""
    wide, high = f"{sheet.width:.2f}", f"{sheet.height:.2f}"
    size = f'width="{wide}mm" height="{high}mm" viewBox="0 0 {wide} {high}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return Plan(f"{head}<style>{_STYLE}</style>{''.join(parts)}</svg>", sheet.width, sheet.height, sheet.scale)
