"""Rigid motions of a room on its site: turned about the vertical, then shifted. Metres."""

from math import cos, radians, sin
from typing import NamedTuple

from shieldcalc.model.design import Xyz

_QUARTERS = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))


class Move(NamedTuple):
    """Where an inner frame lies in an outer one: its origin ``at``, turned to the left by the angle of cos and sin."""

    at: Xyz
    cos: float
    sin: float

    def place(self, position: Xyz) -> Xyz:
        """Return a place of the inner frame in the outer one."""
        x, y, z = position
        return self.at[0] + self.cos * x - self.sin * y, self.at[1] + self.sin * x + self.cos * y, self.at[2] + z

    def back(self, position: Xyz) -> Xyz:
        """Return a place of the outer frame in the inner one."""
        x, y, z = (p - a for p, a in zip(position, self.at, strict=True))
        return self.cos * x + self.sin * y, self.cos * y - self.sin * x, z

    def of(self, other: "Move") -> "Move":
        """Return where the inner frame of ``other`` lies in this inner frame; both lie in the same outer frame."""
        turned = self.cos * other.cos + self.sin * other.sin, self.cos * other.sin - self.sin * other.cos
        return Move(self.back(other.at), *turned)


def move(at: Xyz, turn_deg: float) -> Move:
    """Return the motion by an angle in degrees to the left and a shift in m; quarter turns are exact."""
    quarters, rest = divmod(turn_deg, 90.0)
    if rest == 0:
        return Move(at, *_QUARTERS[int(quarters) % 4])
    return Move(at, cos(radians(turn_deg)), sin(radians(turn_deg)))
