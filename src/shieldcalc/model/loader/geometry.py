"""What the checks of a design file ask of plane geometry, with a tolerance of a millimetre. Metres."""

from collections.abc import Iterator, Sequence
from math import hypot

from shieldcalc.model.design import Xy, Xyz
from shieldcalc.model.geometry import direction, edges, length

TOLERANCE_M = 1e-3

Edge = tuple[Xy, Xy]


def along_and_off(edge: Edge, place: Xy) -> tuple[float, float]:
    """Return the place's coordinate along an edge and its distance from the edge's line."""
    (ux, uy), dx, dy = direction(*edge), place[0] - edge[0][0], place[1] - edge[0][1]
    return dx * ux + dy * uy, abs(dx * uy - dy * ux)


def distance(edge: Edge, place: Xy) -> float:
    """Return the shortest distance from a place to a segment."""
    along, off = along_and_off(edge, place)
    beyond = max(0.0, -along, along - length(*edge))
    return hypot(beyond, off)


def crossings(plan: Sequence[Xy]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of edges (indexes from 0) that touch where they should not, so that the plan is not simple."""
    sides = list(edges(plan))
    count = len(sides)
    for first in range(count):
        for second in range(first + 1, count):
            adjacent = second == first + 1 or (first == 0 and second == count - 1)
            if (_folds_back if adjacent else _touch)(sides[first], sides[second]):
                yield first, second


def _folds_back(one: Edge, other: Edge) -> bool:
    """Return whether two edges with a common corner lie on each other."""
    ends = [(one, end) for end in other if end not in one] + [(other, end) for end in one if end not in other]
    return any(distance(side, end) < TOLERANCE_M for side, end in ends)


def _touch(one: Edge, other: Edge) -> bool:
    if any(distance(one, end) < TOLERANCE_M for end in other) or any(distance(other, end) < TOLERANCE_M for end in one):
        return True
    return _sides(one, other) and _sides(other, one)


def _sides(one: Edge, other: Edge) -> bool:
    """Return whether the ends of ``other`` lie on different sides of the line through ``one``."""
    (ax, ay), (bx, by) = one
    left, right = ((bx - ax) * (y - ay) - (by - ay) * (x - ax) for x, y in other)
    return (left > 0) != (right > 0)


def on_edge(focus: Xyz, through: Xyz, edge: Edge) -> tuple[float, float, float] | None:
    """Return (along the edge, height, parameter) where the ray from focus through a place meets an upright plane."""
    (ax, ay), (bx, by) = edge
    dx, dy, dz = (through[i] - focus[i] for i in range(3))
    across = dx * (by - ay) - dy * (bx - ax)
    if across == 0:
        return None
    t = ((ax - focus[0]) * (by - ay) - (ay - focus[1]) * (bx - ax)) / across
    if t <= 0:
        return None
    along, _ = along_and_off(edge, (focus[0] + t * dx, focus[1] + t * dy))
    return along, focus[2] + t * dz, t


def on_level(focus: Xyz, through: Xyz, level: float) -> Xyz | None:
    """Return where the ray from ``focus`` through a place meets a horizontal plane."""
    rise = through[2] - focus[2]
    t = (level - focus[2]) / rise if rise else 0.0
    if t <= 0:
        return None
    return (focus[0] + t * (through[0] - focus[0]), focus[1] + t * (through[1] - focus[1]), level)


def apart(a: Sequence[float], b: Sequence[float]) -> float:
    """Return the distance between two places."""
    return hypot(*(p - q for p, q in zip(a, b, strict=True)))
