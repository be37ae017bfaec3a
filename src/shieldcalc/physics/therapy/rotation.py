"""How a place lies to an accelerator that turns about the isocentre: in its belt or beside it, at which angle.

The beam may point anywhere in the plane of rotation, so that a place lies in the primary beam where the largest field,
its diagonal turned towards the place and a margin for people added, reaches it at any gantry angle: the belt.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import asin, degrees, dist, sqrt
from typing import NamedTuple

from shieldcalc.model.design import Source, Xy, Xyz
from shieldcalc.model.gantry import across, angle_towards, apart_deg, target

EVERY_DEG = 5  # gantry angles that are tried; between two a head is at most 0.044 of its distance from one of them


class Sight(NamedTuple):
    """A place: distance from the isocentre (m), ``aside_deg`` from the plane of rotation, target when aimed there.

    ``in_belt``: within the primary beam of that gantry angle; ``nearest`` and ``overlapping`` number the declared
    gantry angles there: the nearest to it, and others in whose fixed field the place lies too.
    """

    distance_m: float
    aside_deg: float
    target: Xyz
    in_belt: bool
    nearest: int
    overlapping: tuple[int, ...]


class Rotation:
    """The geometry of one accelerator."""

    def __init__(self, source: Source, distance_m: float, margin_m: float) -> None:
        assert source.accelerator is not None
        assert source.isocentre is not None
        self.isocentre, self.axis = source.isocentre, source.accelerator.axis
        self.right = across(self.axis)
        self.angles: Sequence[float] = [each.angle_deg for each in source.accelerator.gantry]
        self.distance_m, self.margin_m = distance_m, margin_m
        self.slope = source.accelerator.field_m * sqrt(2) / 2 / distance_m
        self.foci = [target(self.isocentre, self.axis, angle, distance_m) for angle in self.angles]
        self.heads = list(heads_of(self.isocentre, self.axis, distance_m))
        self.rays = [_along(focus, self.isocentre, distance_m) for focus in self.foci]
        self.sight = lru_cache(maxsize=4)(self._sight)

    def in_plan(self, place: Xy) -> tuple[float, float]:
        """Return how far (m) a place is off the plane of rotation and, signed, along it on the plan."""
        x, y = place[0] - self.isocentre[0], place[1] - self.isocentre[1]
        return abs(x * self.axis[0] + y * self.axis[1]), x * self.right[0] + y * self.right[1]

    def reach(self, along: float) -> float:
        """Return how far (m) off the plane of rotation the primary beam reaches, ``along`` m from the isocentre."""
        return (along + self.distance_m) * self.slope + self.margin_m

    def _sight(self, position: Xyz) -> Sight:
        (off, right), z = self.in_plan((position[0], position[1])), position[2] - self.isocentre[2]
        away = dist(position, self.isocentre)
        along = sqrt(right * right + z * z)
        angle = angle_towards(right, z) if along else 0.0
        in_belt = off <= self.reach(along)
        nearest, overlapping = self._angles(angle, position) if in_belt else (0, ())
        return Sight(
            away,
            degrees(asin(min(1.0, off / away))) if away else 0.0,
            target(self.isocentre, self.axis, angle, self.distance_m),
            in_belt,
            nearest,
            overlapping,
        )

    def _angles(self, angle: float, position: Xyz) -> tuple[int, tuple[int, ...]]:
        """Return the nearest of the declared gantry angles, and others in whose field a place lies."""
        apart = [apart_deg(angle, each) for each in self.angles]
        nearest = apart.index(min(apart))
        return nearest, tuple([i for i in range(len(apart)) if i != nearest and self._in_field(i, position)])

    def _in_field(self, index: int, position: Xyz) -> bool:
        """Return whether a place lies in the largest field, with the margin, of one declared gantry angle."""
        focus = self.foci[index]
        (rx, ry, rz), (fx, fy, fz) = self.rays[index], focus
        x, y, z = position[0] - fx, position[1] - fy, position[2] - fz
        depth = rx * x + ry * y + rz * z
        off = sqrt(max(0.0, x * x + y * y + z * z - depth * depth))
        return depth > 0 and off <= depth * self.slope + self.margin_m


def heads_of(isocentre: Xyz, axis: Xy, distance_m: float) -> Iterator[tuple[Xyz, Xyz]]:
    """Yield where the head stands all round, in twos: over the isocentre and as far under it, the same in plan."""
    for angle in range(-90, 91, EVERY_DEG):
        yield target(isocentre, axis, angle, distance_m), target(isocentre, axis, 180 - angle, distance_m)


def _along(focus: Xyz, isocentre: Xyz, distance_m: float) -> Xyz:
    """Return the direction of a beam."""
    x, y, z = ((c - f) / distance_m for c, f in zip(isocentre, focus, strict=True))
    return x, y, z
