"""How large a room is to a rule on sizes: usable floor area and shortest side, from the inner faces of its walls.

Of a room with a maze the treatment room alone counts: the part of the plan on the isocentre's side of the inner wall's
face, drawn on through the plan. No text says that a maze counts.
"""

from itertools import combinations, pairwise

from shieldcalc.model.build import thickness_m
from shieldcalc.model.design import Design, Xy
from shieldcalc.model.geometry import along, area, contains, convex, direction, edges, length

_MOST_CORNERS = 24
_SLACK = 1e-9


def usable_area(design: Design) -> float:
    """Return the area within the inner faces in m2, without the maze."""
    return area(_without_maze(design))


def shortest_side(design: Design) -> float | None:
    """Return a room's shortest side in m.

    Convex plans (rectangles, cut corners): the smallest distance between two parallel lines that hold the plan. Others:
    the shorter side of the rectangle, parallel to the longest wall, whose shorter side is longest among those that
    corners of the plan bound and that lie inside it. None for such a plan with more than 24 corners.
    """
    plan = _without_maze(design)
    if convex(plan):
        return min(_width(plan, a, b) for a, b in edges(plan))
    return _inner_side(plan) if len(plan) <= _MOST_CORNERS else None


def _without_maze(design: Design) -> tuple[Xy, ...]:
    """Return the plan up to the face of the maze's inner wall that looks at the isocentre; without a maze the plan."""
    centres = [source.isocentre for source in design.sources if source.isocentre is not None]
    if design.maze is None or not centres:
        return design.plan
    wall = next(screen for screen in design.screens if screen.id == design.maze.inner_wall)
    x, y = direction(wall.a, wall.b)
    side = (centres[0][1] - wall.a[1]) * x - (centres[0][0] - wall.a[0]) * y
    if side < 0:
        x, y = -x, -y
    half = min(thickness_m(wall.layers) / 2, abs(side))
    return _beyond(design.plan, [(py - wall.a[1]) * x - (px - wall.a[0]) * y - half for px, py in design.plan])


def _beyond(plan: tuple[Xy, ...], heights: list[float]) -> tuple[Xy, ...]:
    """Return the part of a plan where a height, linear from corner to corner, is not negative (Sutherland-Hodgman)."""
    kept: list[Xy] = []
    for (a, b), (low, high) in zip(edges(plan), pairwise([*heights, heights[0]]), strict=True):
        if low >= 0:
            kept.append(a)
        if low * high < 0:
            kept.append(along(a, direction(a, b), length(a, b) * low / (low - high)))
    return tuple(kept)


def _width(plan: tuple[Xy, ...], a: Xy, b: Xy) -> float:
    x, y = direction(a, b)
    offsets = [(px - a[0]) * y - (py - a[1]) * x for px, py in plan]
    return max(offsets) - min(offsets)


def _inner_side(plan: tuple[Xy, ...]) -> float:
    a, b = max(edges(plan), key=lambda edge: length(*edge))
    x, y = direction(a, b)
    turned = [(px * x + py * y, py * x - px * y) for px, py in plan]
    spans = [_spans([corner[axis] for corner in turned]) for axis in (0, 1)]
    best = 0.0
    for left, right in spans[0]:
        for low, high in spans[1]:
            shorter = min(right - left, high - low)
            if shorter > best + _SLACK and _inside(turned, left, right, low, high):
                best = shorter
    return best


def _spans(values: list[float]) -> list[tuple[float, float]]:
    distinct = sorted({round(value, 9) for value in values})
    return sorted(combinations(distinct, 2), key=lambda span: span[0] - span[1])


def _inside(plan: list[Xy], left: float, right: float, low: float, high: float) -> bool:
    """Return whether a rectangle lies in the plan: its middle does and no edge passes through its inside."""
    if not contains(plan, ((left + right) / 2 + 1e-7, (low + high) / 2 + 1e-7)):
        return False
    return not any(_passes(a, b, (left, right), (low, high)) for a, b in edges(plan))


def _passes(a: Xy, b: Xy, *spans: tuple[float, float]) -> bool:
    """Return whether a segment has a point strictly inside a rectangle (clipping)."""
    start, end = 0.0, 1.0
    for axis, (low, high) in enumerate(spans):
        lower, upper, step = low + 1e-7, high - 1e-7, b[axis] - a[axis]
        if abs(step) < _SLACK:
            if not lower < a[axis] < upper:
                return False
            continue
        first, last = sorted(((lower - a[axis]) / step, (upper - a[axis]) / step))
        start, end = max(start, first), min(end, last)
    return start < end
