"""A map of one dose quantity as SVG: isodose lines and limits under the plan, or on a vertical section."""

from collections.abc import Iterator, Sequence, Set
from math import hypot

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Xy
from shieldcalc.model.dose_map import DoseMap
from shieldcalc.model.scene import Point
from shieldcalc.reports import numbers
from shieldcalc.reports.cut import built, cut_parts
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.isodose import Line, covered, decades, lines
from shieldcalc.reports.legend import legend, sheet_with
from shieldcalc.reports.plan import Plan, Sheet, drawn, label, plan_parts, scale_bar, text_width
from shieldcalc.reports.words import Words

MOST_LEVELS = 10
COLOURS = ("#7f0000", "#b71c1c", "#d84315", "#e08a00", "#9a8c00", "#558b2f", "#00796b", "#00838f", "#1565c0", "#4527a0")
_LABELLED_MM, _OPEN_MM, _PLACES_TRIED = 8.0, 3.0, 40
LIMIT = "limit"
_CLEAR_M, _FAR_M = 0.15, 1.0


def draw_map(
    found: DoseMap, assessment: Assessment, barriers: dict[str, str], points: dict[str, str], words: Words
) -> Plan:
    """Return the drawing of a map with its legend; the marks of ``barriers`` and ``points`` are those of the report."""
    bodies = [polygon for _, polygon in built(found.plane, assessment.scene)]
    drawn_lines = _drawn_lines(found, bodies)
    seen = {level for level, _, kind, own in drawn_lines if kind == LIMIT and own}
    corners = [(found.us[0], found.vs[0]), (found.us[-1], found.vs[-1])]
    sheet, rows = sheet_with(corners, [*_legend(found, words, seen, others=bool(assessment.scene.others))])
    under, labels = _isodoses(sheet, drawn_lines, bodies, words)
    parts = _base(sheet, found, assessment, barriers, points, under)
    return drawn(sheet, [*parts, *labels, *legend(sheet, rows), *scale_bar(sheet, words.number)])


def _base(
    sheet: Sheet,
    found: DoseMap,
    assessment: Assessment,
    barriers: dict[str, str],
    points: dict[str, str],
    under: list[str],
) -> list[str]:
    scene, plane = assessment.scene, found.plane
    if plane.axis != "z":
        axis = "xyz".index(plane.axis)
        beside = [each for each in _points(assessment) if _on_sheet(found, (each.position[1 - axis], each.position[2]))]
        return cut_parts(sheet, scene, axis, plane.at_m, beside, points, under)
    inside = [point for point in _points(assessment) if _on_sheet(found, point.position[:2])]
    return plan_parts(sheet, scene, tuple(inside), barriers, points, under)


def _points(assessment: Assessment) -> Iterator[Point]:
    known = {found.point.id: found.point for result in assessment.results for found in result.points}
    yield from known.values()


def _on_sheet(found: DoseMap, place: Xy) -> bool:
    return found.us[0] <= place[0] <= found.us[-1] and found.vs[0] <= place[1] <= found.vs[-1]


def _drawn_lines(found: DoseMap, bodies: Sequence[Sequence[Xy]]) -> list[tuple[float, str, str, list[Line]]]:
    """Return level, colour, kind and lines of the decades and of the limits."""
    blank = covered(found.us, found.vs, bodies)
    return [(*each, lines(found.us, found.vs, found.values, each[0], blank)) for each in _levels(found)]


def _isodoses(
    sheet: Sheet, every: list[tuple[float, str, str, list[Line]]], bodies: Sequence[Sequence[Xy]], words: Words
) -> tuple[list[str], list[str]]:
    """Return the lines of the decades and of the limits, and their labels; small rings of decades go without."""
    shapes: list[str] = []
    labels: list[str] = []
    walls = [side for body in bodies for side in zip(body, [*body[1:], body[0]], strict=True)]
    for level, colour, kind, own in every:
        shapes += [_path(sheet, line, colour, kind) for line in own]
        place = _clear_place(_labelled(own, sheet.scale, always=kind == LIMIT), walls, always=kind == LIMIT)
        if place is not None:
            labels.append(_label(sheet, place, words.number(numbers.shortest(level)), colour))
    return shapes, labels


def _levels(found: DoseMap) -> Iterator[tuple[float, str, str]]:
    """Yield each level with its colour and kind: decades from a hundredth of the lowest limit on, then the limits."""
    least = min((limit.value for limit in found.limits), default=0.0) / 100
    for rank, level in enumerate(reversed(decades(found.values, MOST_LEVELS, least))):
        yield level, COLOURS[min(rank, len(COLOURS) - 1)], "isodose"
    yield from ((limit.value, "#000", LIMIT) for limit in found.limits)


def _labelled(own: list[Line], scale: float, *, always: bool) -> list[Line]:
    """Return the lines of one level for its label: long ones, else open ones; ``always``: else the widest.

    An open line ends at a wall or at the edge of the picture, so that what is seen of it may be short.
    """
    long = [line for line in own if _wide(line) * 1e3 / scale >= _LABELLED_MM]
    short = [line for line in own if line[0] != line[-1] and _wide(line) * 1e3 / scale >= _OPEN_MM]
    return long or short or sorted(own, key=_wide)[-1:] * always


def _clear_place(drawn_lines: list[Line], walls: list[tuple[Xy, Xy]], *, always: bool) -> Xy | None:
    """Return the place on lines of one level that is farthest from a wall.

    None where there are no lines, and without ``always`` where all run along walls.
    """
    tried = [line[index] for line in drawn_lines for index in range(0, len(line), 1 + len(line) // _PLACES_TRIED)]
    if not tried:
        return None
    clear = max(tried, key=lambda place: _from_walls(place, walls))
    return clear if always or _from_walls(clear, walls) > _CLEAR_M else None


def _wide(line: Line) -> float:
    """Return how far a line reaches across or up in m."""
    xs, ys = zip(*line, strict=True)
    return float(max(max(xs) - min(xs), max(ys) - min(ys)))


def _from_walls(place: Xy, walls: list[tuple[Xy, Xy]]) -> float:
    return min((_to_segment(place, *wall) for wall in walls), default=_FAR_M)


def _to_segment(place: Xy, a: Xy, b: Xy) -> float:
    along = (b[0] - a[0], b[1] - a[1])
    square = along[0] ** 2 + along[1] ** 2 or 1.0
    share = min(1.0, max(0.0, ((place[0] - a[0]) * along[0] + (place[1] - a[1]) * along[1]) / square))
    return min(_FAR_M, hypot(place[0] - a[0] - share * along[0], place[1] - a[1] - share * along[1]))


def _path(sheet: Sheet, line: Line, colour: str, kind: str) -> str:
    places = "L".join(f"{x:.2f},{y:.2f}" for x, y in map(sheet.at, line))
    return f'<path class="{kind}" stroke="{colour}" d="M{places}"/>'


def _label(sheet: Sheet, place: Xy, text: str, colour: str) -> str:
    """Return the label of a line at a place on it, or where there is room beside it."""
    x, y = sheet.free_place(*sheet.at(place), text_width(text), 3.2)
    return f'<g fill="{colour}">{label(x, y, text, "level")}</g>'


def title(found: DoseMap, words: Words) -> str:
    """Return quantity, plane and method of a map."""
    kind = words.say("map.h10" if found.quantity.startswith("h10") else "map.air_kerma")
    at, quantity = words.number(f"{found.plane.at_m:g}"), words.say(f"dose.{found.quantity}")
    return words.say("map.title", kind=kind, quantity=quantity, axis=found.plane.axis, at=at, method=found.method)


def upper(found: DoseMap, words: Words) -> Iterator[str]:
    """Yield that the values are raised, and by how much, where they are."""
    if found.raised is not None:
        yield words.say("map.raised", percent=words.number(f"{100 * found.raised:.2g}"))


def _legend(found: DoseMap, words: Words, seen: Set[float], *, others: bool) -> Iterator[tuple[str, str]]:
    """Yield the lines of the legend with their style: quantity, plane, method, what each line is."""
    yield title(found, words), "font-weight:bold"
    yield from ((line, "") for line in upper(found, words))
    yield words.say("map.lines_site" if others else "map.lines", unit=words.unit(found.unit)), ""
    for limit in found.limits:
        value = words.amount(words.number(numbers.shortest(limit.value)), found.unit)
        key = "map.limit" if limit.value in seen else "map.limit_unseen"
        yield words.say(key, value=value, rules=", ".join(map(visible, limit.rules))), ""
