"""Shapes in which no dose is computed: bodies, and sources with an extent."""

from typing import NamedTuple

from shieldcalc.model.bodies import NEAR
from shieldcalc.model.design import Xyz
from shieldcalc.model.shapes import UPRIGHT, Shape


class Closed(NamedTuple):
    """A shape in which no dose is computed, the box along the axes that holds it, the refusal and its name."""

    code: str
    name: str
    shape: Shape
    least: Xyz
    most: Xyz

    @classmethod
    def of(cls, code: str, name: str, shape: Shape) -> "Closed":
        """Return the shape with its box, about a micrometre wider."""
        x, y, z = shape.position
        a, b, c = (shape.extent(axis) + NEAR for axis in UPRIGHT)
        return cls(code, name, shape, (x - a, y - b, z - c), (x + a, y + b, z + c))

    def holds(self, position: Xyz) -> bool:
        """Return whether a place lies in the shape, or on it where it has no volume."""
        (x, y, z), (x0, y0, z0), (x1, y1, z1) = position, self.least, self.most
        if not (x0 <= x <= x1 and y0 <= y <= y1 and z0 <= z <= z1):
            return False
        return self.shape.distance(position) < (-NEAR if self.shape.dimensions == 3 else NEAR)
