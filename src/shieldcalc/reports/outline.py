"""The outlines of walls on the plan: inner face, outer face, and corners mitred where two walls meet."""

from collections.abc import Sequence
from math import hypot

from shieldcalc.model.design import Xy
from shieldcalc.model.scene import Barrier

_LONGEST_MITRE = 3.0  # in wall thicknesses; a sharper corner is cut square


def wall_outlines(walls: Sequence[Barrier]) -> dict[str, tuple[Xy, ...]]:
    """Return, by wall, the corners of its section: inner start, inner end, outer end, outer start (metres)."""
    return {wall.id: (wall.a, wall.b, _corner(wall, wall.b, walls), _corner(wall, wall.a, walls)) for wall in walls}


def _corner(wall: Barrier, end: Xy, walls: Sequence[Barrier]) -> Xy:
    """Return the outer corner at one end: where the outer faces of the two walls cross, else square to the wall."""
    square = _outer(wall, end)
    for other in walls:
        if other.id != wall.id and any(_near(end, place) for place in (other.a, other.b)):
            mitre = _crossing(square, _along(wall), _outer(other, end), _along(other))
            reach = _LONGEST_MITRE * max(wall.thickness_m, other.thickness_m)
            if mitre and hypot(mitre[0] - end[0], mitre[1] - end[1]) <= reach:
                return mitre
    return square


def _outer(wall: Barrier, end: Xy) -> Xy:
    return end[0] + wall.outward[0] * wall.thickness_m, end[1] + wall.outward[1] * wall.thickness_m


def _along(wall: Barrier) -> Xy:
    return wall.b[0] - wall.a[0], wall.b[1] - wall.a[1]


def _near(one: Xy, other: Xy) -> bool:
    return hypot(one[0] - other[0], one[1] - other[1]) < 1e-6


def _crossing(p: Xy, along: Xy, q: Xy, other: Xy) -> Xy | None:
    """Return where two lines cross; None where they are parallel."""
    cross = along[0] * other[1] - along[1] * other[0]
    if abs(cross) < 1e-6 * hypot(*along) * hypot(*other):
        return None
    share = ((q[0] - p[0]) * other[1] - (q[1] - p[1]) * other[0]) / cross
    return p[0] + share * along[0], p[1] + share * along[1]
