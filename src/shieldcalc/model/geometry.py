"""Plane geometry of simple polygons of any shape, in plain Python (no numpy: the start-up budget). Metres."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import hypot

from shieldcalc.model.design import Xy

_PLANS_KEPT = 64


def edges(polygon: Sequence[Xy]) -> Iterator[tuple[Xy, Xy]]:
    """Yield the edges in order, the closing one last."""
    return pairwise([*polygon, polygon[0]])


def signed_area(polygon: Sequence[Xy]) -> float:
    """Return the area in m2, positive when the corners run counter-clockwise (shoelace formula)."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in edges(polygon)) / 2


def area(polygon: Sequence[Xy]) -> float:
    """Return the area in m2."""
    return abs(signed_area(polygon))


def length(a: Xy, b: Xy) -> float:
    """Return the distance of two points in m."""
    return hypot(b[0] - a[0], b[1] - a[1])


def shortest_side(polygon: Sequence[Xy]) -> float:
    """Return the length of the shortest edge in m."""
    return min(length(a, b) for a, b in edges(polygon))


def direction(a: Xy, b: Xy) -> Xy:
    """Return the unit vector from ``a`` to ``b``; zero when they coincide."""
    size = length(a, b) or 1.0
    return ((b[0] - a[0]) / size, (b[1] - a[1]) / size)


def along(a: Xy, unit: Xy, distance: float) -> Xy:
    """Return the point ``distance`` metres from ``a`` in the direction of a unit vector."""
    return (a[0] + distance * unit[0], a[1] + distance * unit[1])


def outward_normal(polygon: Sequence[Xy], edge: int) -> Xy:
    """Return the unit normal of one edge that points out of the polygon, whichever way its corners run."""
    a, b = polygon[edge], polygon[(edge + 1) % len(polygon)]
    x, y = direction(a, b)
    return (y, -x) if signed_area(polygon) > 0 else (-y, x)


def contains(polygon: Sequence[Xy], point: Xy) -> bool:
    """Return whether a point is inside (crossing number); on the boundary either answer may come."""
    x, y = point
    inside = False
    ax, ay = polygon[-1]
    for bx, by in polygon:
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            inside = not inside
        ax, ay = bx, by
    return inside


def distance_to_boundary(polygon: Sequence[Xy], point: Xy) -> float:
    """Return the distance in m from a point to the nearest edge."""
    return min(_to_segment(point, a, b) for a, b in edges(polygon))


def _to_segment(point: Xy, a: Xy, b: Xy) -> float:
    ex, ey = b[0] - a[0], b[1] - a[1]
    square = ex * ex + ey * ey or 1.0
    t = min(1.0, max(0.0, ((point[0] - a[0]) * ex + (point[1] - a[1]) * ey) / square))
    return length(point, (a[0] + t * ex, a[1] + t * ey))


def convex(polygon: Sequence[Xy]) -> bool:
    """Return whether no corner turns inwards."""
    return not any(_turning_in(tuple(polygon)))


def reflex(polygon: Sequence[Xy], corner: int) -> bool:
    """Return whether the room's inner angle at one corner is above 180 degrees."""
    return _turning_in(tuple(polygon))[corner % len(polygon)]


@lru_cache(maxsize=_PLANS_KEPT)
def _turning_in(polygon: tuple[Xy, ...]) -> tuple[bool, ...]:
    """Return of each corner whether it turns inwards; kept, for every face of a room asks for its plan."""
    size = signed_area(polygon)
    rounds = zip((polygon[-1], *polygon), polygon, (*polygon[1:], *polygon[:1]), strict=False)
    turns = ((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]) for a, b, c in rounds)
    return tuple(turn * size < 0 for turn in turns)


def crossing(a: Xy, b: Xy, c: Xy, d: Xy) -> tuple[float, float] | None:
    """Return where segment ab meets segment cd, as fractions along each; None if they do not meet or are parallel."""
    rx, ry, sx, sy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    bottom = rx * sy - ry * sx
    if bottom == 0:
        return None
    t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / bottom
    u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / bottom
    return (t, u) if 0 <= t <= 1 and 0 <= u <= 1 else None


def simple(polygon: Sequence[Xy]) -> bool:
    """Return whether no two edges cross or touch except neighbours in their common corner, and no edge has length 0."""
    sides = list(edges(polygon))
    count = len(sides)
    if any(length(a, b) == 0 for a, b in sides):
        return False
    apart = ((i, j) for i in range(count) for j in range(i + 2, count) if (i, j) != (0, count - 1))
    return not any(_meet(*sides[i], *sides[j]) for i, j in apart) and not _doubles_back(polygon)


def _meet(a: Xy, b: Xy, c: Xy, d: Xy) -> bool:
    touching = any(_to_segment(p, *s) == 0 for p, s in ((a, (c, d)), (b, (c, d)), (c, (a, b)), (d, (a, b))))
    return touching or crossing(a, b, c, d) is not None


def _doubles_back(polygon: Sequence[Xy]) -> bool:
    """Return whether an edge runs back over the one before it."""
    units = [direction(a, b) for a, b in edges(polygon)]
    return any(
        abs(u[0] + v[0]) < 1e-12 and abs(u[1] + v[1]) < 1e-12 for u, v in zip(units, units[1:] + units[:1], strict=True)
    )
