"""Shapes in space, of bodies that shield and of sources: where they are, how they are turned, how large they are.

Metres. A shape's own frame has its centre at ``position`` and its axes in ``axes``: three unit vectors at right angles,
right-handed; ``turned_to`` makes them from one direction, ``turned_by`` from angles. Every size must be above zero
(``OutsideDataError`` otherwise). The shapes know no material.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import fields
from math import cos, hypot, inf, isfinite, pi, radians, sin
from typing import ClassVar

from shieldcalc.errors import OutsideDataError
from shieldcalc.model.design import Xyz
from shieldcalc.records import dataclass

Axes = tuple[Xyz, Xyz, Xyz]
UPRIGHT: Axes = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
_SQUARE = 1e-9


def dot(a: Xyz, b: Xyz) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Xyz, b: Xyz) -> Xyz:
    """Return the vector product."""
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def minus(a: Xyz, b: Xyz) -> Xyz:
    """Return a - b."""
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def unit(a: Xyz) -> Xyz:
    """Return the direction of a vector; a vector without direction is refused."""
    size = hypot(*a)
    if not (isfinite(size) and size > 0):
        raise OutsideDataError("shape_direction", direction=" ".join(f"{x:g}" for x in a))
    return a[0] / size, a[1] / size, a[2] / size


def turned_to(axis: Xyz, first: Xyz | None = None) -> Axes:
    """Return axes whose z is along ``axis``, and whose x is as near to ``first`` as a right angle allows."""
    z = unit(axis)
    if first is None:
        first = min(UPRIGHT, key=lambda each: abs(dot(each, z)))
    along = dot(first, z)
    x = unit((first[0] - along * z[0], first[1] - along * z[1], first[2] - along * z[2]))
    return x, cross(z, x), z


def turned_by(about_z_deg: float = 0.0, about_y_deg: float = 0.0, about_x_deg: float = 0.0) -> Axes:
    """Return upright axes turned about the fixed x, then y, then z, counter-clockwise as seen from the axis' tip."""
    a, b, c = radians(about_z_deg), radians(about_y_deg), radians(about_x_deg)
    x = (cos(a) * cos(b), sin(a) * cos(b), -sin(b))
    y = (
        cos(a) * sin(b) * sin(c) - sin(a) * cos(c),
        sin(a) * sin(b) * sin(c) + cos(a) * cos(c),
        cos(b) * sin(c),
    )
    return x, y, cross(x, y)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape(ABC):
    """What all shapes share. ``dimensions``: 0 a point, 1 a line, 2 a surface, 3 a volume."""

    dimensions: ClassVar[int] = 3
    position: Xyz
    axes: Axes = UPRIGHT

    def __post_init__(self) -> None:
        if not all(isfinite(x) for x in (*self.position, *self.axes[0], *self.axes[1], *self.axes[2])):
            raise OutsideDataError("shape_position", position=" ".join(f"{x:g}" for x in self.position))
        x, y, z = self.axes
        off = [dot(x, x) - 1, dot(y, y) - 1, dot(z, z) - 1, dot(x, y), dot(y, z), dot(z, x), dot(cross(x, y), z) - 1]
        if max(map(abs, off)) > _SQUARE:
            raise OutsideDataError("shape_axes")
        for key, value in self.sizes():
            if not (isfinite(value) and value > 0):
                raise OutsideDataError("shape_size", size=key, value=f"{value:g}")

    def sizes(self) -> Iterator[tuple[str, float]]:
        """Yield every size with its name."""
        own = {each.name for each in fields(Shape)}
        yield from ((each.name, getattr(self, each.name)) for each in fields(self) if each.name not in own)

    def own(self, place: Xyz) -> Xyz:
        """Return a place in the shape's own frame."""
        way = minus(place, self.position)
        return dot(self.axes[0], way), dot(self.axes[1], way), dot(self.axes[2], way)

    def place(self, own: Xyz) -> Xyz:
        """Return where a place of the shape's own frame is in space."""
        (px, py, pz), (x, y, z), (a, b, c) = self.position, self.axes, own
        return (
            px + a * x[0] + b * y[0] + c * z[0],
            py + a * x[1] + b * y[1] + c * z[1],
            pz + a * x[2] + b * y[2] + c * z[2],
        )

    def extent(self, direction: Xyz) -> float:
        """Return how far the shape reaches from its position in a unit direction (m)."""
        x, y, z = (dot(axis, direction) for axis in self.axes)
        return self.reach(x, y, z)

    @abstractmethod
    def reach(self, x: float, y: float, z: float) -> float:
        """Return ``extent`` for a direction in the shape's own frame."""

    def distance(self, place: Xyz) -> float:
        """Return the distance of a place to the shape (m); inside, minus the way to the surface or less."""
        return self.own_distance(*self.own(place))

    @abstractmethod
    def own_distance(self, x: float, y: float, z: float) -> float:
        """Return ``distance`` for a place in the shape's own frame."""


def volume(shape: Shape) -> float:
    """Return the volume in m3; 0 for points, lines and surfaces, without end for a slab."""
    match shape:
        case Box():
            return shape.width_m * shape.depth_m * shape.height_m
        case Cylinder():
            return pi * shape.radius_m**2 * shape.height_m
        case CylindricalShell():
            return pi * (shape.outer_radius_m**2 - shape.inner_radius_m**2) * shape.height_m
        case Sphere():
            return 4 / 3 * pi * shape.radius_m**3
        case SphericalShell():
            return 4 / 3 * pi * (shape.outer_radius_m**3 - shape.inner_radius_m**3)
    return inf if shape.dimensions == 3 else 0.0


def _outside(*over: float) -> float:
    """Return the distance to a product of intervals from how far a place lies beyond each."""
    return hypot(*(max(each, 0.0) for each in over)) if max(over) > 0 else max(over)


@dataclass(frozen=True, kw_only=True, slots=True)
class Point(Shape):
    """A point."""

    dimensions: ClassVar[int] = 0

    def reach(self, x: float, y: float, z: float) -> float:  # noqa: ARG002
        return 0.0

    def own_distance(self, x: float, y: float, z: float) -> float:
        return hypot(x, y, z)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line(Shape):
    """A straight line of ``length_m`` along z, its middle at ``position``."""

    dimensions: ClassVar[int] = 1
    length_m: float

    def reach(self, x: float, y: float, z: float) -> float:  # noqa: ARG002
        return self.length_m / 2 * abs(z)

    def own_distance(self, x: float, y: float, z: float) -> float:
        return hypot(x, y, max(abs(z) - self.length_m / 2, 0.0))


@dataclass(frozen=True, kw_only=True, slots=True)
class Disk(Shape):
    """A disk of ``radius_m`` across z."""

    dimensions: ClassVar[int] = 2
    radius_m: float

    def reach(self, x: float, y: float, z: float) -> float:  # noqa: ARG002
        return self.radius_m * hypot(x, y)

    def own_distance(self, x: float, y: float, z: float) -> float:
        return hypot(max(hypot(x, y) - self.radius_m, 0.0), z)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rectangle(Shape):
    """A rectangle of ``width_m`` along x and ``height_m`` along y."""

    dimensions: ClassVar[int] = 2
    width_m: float
    height_m: float

    def reach(self, x: float, y: float, z: float) -> float:  # noqa: ARG002
        return self.width_m / 2 * abs(x) + self.height_m / 2 * abs(y)

    def own_distance(self, x: float, y: float, z: float) -> float:
        return hypot(max(abs(x) - self.width_m / 2, 0.0), max(abs(y) - self.height_m / 2, 0.0), z)


@dataclass(frozen=True, kw_only=True, slots=True)
class Box(Shape):
    """A box of ``width_m`` along x, ``depth_m`` along y and ``height_m`` along z."""

    width_m: float
    depth_m: float
    height_m: float

    def reach(self, x: float, y: float, z: float) -> float:
        return self.width_m / 2 * abs(x) + self.depth_m / 2 * abs(y) + self.height_m / 2 * abs(z)

    def own_distance(self, x: float, y: float, z: float) -> float:
        return _outside(abs(x) - self.width_m / 2, abs(y) - self.depth_m / 2, abs(z) - self.height_m / 2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Slab(Shape):
    """What lies between two parallel planes ``thickness_m`` apart across z, without end."""

    thickness_m: float

    def reach(self, x: float, y: float, z: float) -> float:
        return self.thickness_m / 2 * abs(z) if max(abs(x), abs(y)) <= _SQUARE else inf

    def own_distance(self, x: float, y: float, z: float) -> float:  # noqa: ARG002
        return abs(z) - self.thickness_m / 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Cylinder(Shape):
    """A round cylinder of ``radius_m`` and ``height_m`` along z."""

    radius_m: float
    height_m: float

    def reach(self, x: float, y: float, z: float) -> float:
        return self.radius_m * hypot(x, y) + self.height_m / 2 * abs(z)

    def own_distance(self, x: float, y: float, z: float) -> float:
        return _outside(hypot(x, y) - self.radius_m, abs(z) - self.height_m / 2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sphere(Shape):
    """A ball of ``radius_m``."""

    radius_m: float

    def reach(self, x: float, y: float, z: float) -> float:
        return self.radius_m * hypot(x, y, z)

    def own_distance(self, x: float, y: float, z: float) -> float:
        return hypot(x, y, z) - self.radius_m


@dataclass(frozen=True, kw_only=True, slots=True)
class CylindricalShell(Shape):
    """A pipe along z, open at both ends: between ``inner_radius_m`` and ``outer_radius_m``, ``height_m`` long."""

    inner_radius_m: float
    outer_radius_m: float
    height_m: float

    def __post_init__(self) -> None:
        Shape.__post_init__(self)
        _check_shell(self.inner_radius_m, self.outer_radius_m)

    def reach(self, x: float, y: float, z: float) -> float:
        return self.outer_radius_m * hypot(x, y) + self.height_m / 2 * abs(z)

    def own_distance(self, x: float, y: float, z: float) -> float:
        r = hypot(x, y)
        return _outside(max(r - self.outer_radius_m, self.inner_radius_m - r), abs(z) - self.height_m / 2)


@dataclass(frozen=True, kw_only=True, slots=True)
class SphericalShell(Shape):
    """What lies between two spheres of ``inner_radius_m`` and ``outer_radius_m`` about one centre."""

    inner_radius_m: float
    outer_radius_m: float

    def __post_init__(self) -> None:
        Shape.__post_init__(self)
        _check_shell(self.inner_radius_m, self.outer_radius_m)

    def reach(self, x: float, y: float, z: float) -> float:
        return self.outer_radius_m * hypot(x, y, z)

    def own_distance(self, x: float, y: float, z: float) -> float:
        r = hypot(x, y, z)
        return max(r - self.outer_radius_m, self.inner_radius_m - r)


def _check_shell(inner_m: float, outer_m: float) -> None:
    if inner_m >= outer_m:
        raise OutsideDataError("shape_shell", inner=f"{inner_m:g}", outer=f"{outer_m:g}")
