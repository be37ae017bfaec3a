"""The boundaries of an open site by direction as a drawing to scale: the tube in the middle, the beam upwards."""

from collections.abc import Iterator, Sequence
from math import cos, radians, sin

from shieldcalc.model.design import Xy
from shieldcalc.physics.therapy.open_site import Direction, Site
from shieldcalc.reports.legend import legend, sheet_with
from shieldcalc.reports.plan import Plan, Sheet, drawn, label, scale_bar, text_width
from shieldcalc.texts import sentence
from shieldcalc.units import significant

ARC = 8  # straight pieces that stand for the arc of one step
COLOURS = ("#b00020", "#d07000", "#8a7a00", "#006a6a", "#003a8c", "#5a2d82")


def directions_picture(found: Site, language: str = "en") -> Plan:
    """Return the drawing: one line a limit, its largest radius written beside it."""
    lines = [list(_outline(found.directions, which)) for which in range(len(found.boundaries))]
    rows = [(sentence("report.directions_title", language), "font-weight:bold")]
    for which, boundary in enumerate(found.boundaries):
        far = max(each.radii_m[which] for each in found.directions)
        told = {"limit": significant(boundary.limit, 4), "far": significant(far, 4)}
        rows.append((sentence("report.directions_limit", language, **told), f"fill:{_colour(which)}"))
    sheet, wrapped = sheet_with([place for line in lines for place in line], rows)
    parts = [_line(sheet, line, _colour(which)) for which, line in enumerate(lines)]
    x, y = sheet.at((0.0, 0.0))
    sheet.take(x, y, 2.0, 2.0)
    beam = max(each.radii_m[0] for each in found.directions) / 4
    _, tip = sheet.at((0.0, beam))
    parts.append(f'<path d="M{x:.2f},{y:.2f}L{x:.2f},{tip:.2f}" style="stroke:#333;stroke-width:.5"/>')
    parts.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="1"/>')
    for which in range(len(lines)):
        parts += [_radius(sheet, each, which) for each in found.directions[:: max(1, len(found.directions) // 8)]]
    return drawn(sheet, [*parts, *legend(sheet, wrapped), *scale_bar(sheet, str)])


def _colour(which: int) -> str:
    return COLOURS[which % len(COLOURS)]


def _outline(ways: Sequence[Direction], which: int) -> Iterator[Xy]:
    """Yield the corners of a boundary: each direction's radius over the whole of its step."""
    half = 180.0 / len(ways)
    for way in ways:
        for part in range(ARC + 1):
            yield _place(way, which, half * (2 * part / ARC - 1))


def _place(way: Direction, which: int, aside: float = 0.0) -> Xy:
    turned = radians(way.angle_deg + aside)
    return way.radii_m[which] * sin(turned), way.radii_m[which] * cos(turned)


def _line(sheet: Sheet, places: Sequence[Xy], colour: str) -> str:
    on_paper = " ".join(f"{x:.2f},{y:.2f}" for x, y in map(sheet.at, places))
    return f'<polygon points="{on_paper}" style="fill:none;stroke:{colour};stroke-width:.6"/>'


def _radius(sheet: Sheet, way: Direction, which: int) -> str:
    text = f"{significant(way.radii_m[which], 3)} m"
    return label(*sheet.free_place(*sheet.at(_place(way, which)), text_width(text), 3.4), text, "barrier")
