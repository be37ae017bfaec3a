"""Shapes as seen: their outline on a plane, and straight edges in space where what a line meets may change. Metres."""

from collections.abc import Iterator
from itertools import pairwise
from math import cos, pi, sin

from shieldcalc.model.design import Xy, Xyz
from shieldcalc.model.shapes import Box, Cylinder, CylindricalShell, Shape, Sphere, SphericalShell

Edge = tuple[Xyz, Xyz]
TURNS, SIDES = 72, 8


def outline(shape: Shape, across: int, up: int) -> list[Xy]:
    """Return the outline of a shape as seen along the third axis, ``across`` and ``up`` being indexes of x, y, z."""
    ways = [(cos(2 * pi * (k + 0.5) / TURNS), sin(2 * pi * (k + 0.5) / TURNS)) for k in range(TURNS)]
    reaches = [_reach(shape, across, up, way) for way in ways]
    middle = shape.position[across], shape.position[up]
    corners = []
    for k, ((a, b), h) in enumerate(zip(ways, reaches, strict=True)):
        (c, d), g = ways[k - 1], reaches[k - 1]
        turn = a * d - b * c
        corners.append((middle[0] + (h * d - g * b) / turn, middle[1] + (g * a - h * c) / turn))
    return corners


def hollow(shape: Shape) -> Shape | None:
    """Return what a shell leaves free, None for a shape without a hollow."""
    match shape:
        case CylindricalShell():
            size = {"radius_m": shape.inner_radius_m, "height_m": shape.height_m}
            return Cylinder(position=shape.position, axes=shape.axes, **size)
        case SphericalShell():
            return Sphere(position=shape.position, axes=shape.axes, radius_m=shape.inner_radius_m)
    return None


def _reach(shape: Shape, across: int, up: int, way: Xy) -> float:
    direction = [0.0, 0.0, 0.0]
    direction[across], direction[up] = way
    return shape.extent((direction[0], direction[1], direction[2]))


def rims(shape: Shape) -> Iterator[Edge]:
    """Yield straight edges near the rim of a solid: those of a box, eight-sided rings on what is round."""
    match shape:
        case Box():
            yield from _box(shape)
        case Cylinder():
            yield from _round(shape, shape.radius_m, shape.height_m / 2)
        case CylindricalShell():
            for radius in (shape.inner_radius_m, shape.outer_radius_m):
                yield from _round(shape, radius, shape.height_m / 2)
        case Sphere() | SphericalShell():
            radius = shape.extent((1.0, 0.0, 0.0))
            for first, second in ((0, 1), (1, 2), (2, 0)):
                yield from _ring(shape, first, second, radius, 0.0)


def _box(shape: Box) -> Iterator[Edge]:
    half = (shape.width_m / 2, shape.depth_m / 2, shape.height_m / 2)
    for axis in range(3):
        for one in (-1, 1):
            for two in (-1, 1):
                ends = []
                for side in (-1, 1):
                    signs = [one, two]
                    signs.insert(axis, side)
                    ends.append(shape.place((signs[0] * half[0], signs[1] * half[1], signs[2] * half[2])))
                yield ends[0], ends[1]


def _round(shape: Shape, radius: float, half: float) -> Iterator[Edge]:
    for level in (-half, half):
        yield from _ring(shape, 0, 1, radius, level)
    for k in range(SIDES):
        x, y = radius * cos(2 * pi * k / SIDES), radius * sin(2 * pi * k / SIDES)
        yield shape.place((x, y, -half)), shape.place((x, y, half))


def _ring(shape: Shape, first: int, second: int, radius: float, level: float) -> Iterator[Edge]:
    places = []
    for k in range(SIDES + 1):
        own = [level, level, level]
        own[first], own[second] = radius * cos(2 * pi * k / SIDES), radius * sin(2 * pi * k / SIDES)
        places.append(shape.place((own[0], own[1], own[2])))
    yield from pairwise(places)
