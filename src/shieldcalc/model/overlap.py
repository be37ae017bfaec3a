"""Whether two shapes overlap: exact to ``MARGIN``, with a proof either way, and refused where there is none.

Convex shapes are drawn in by ``MARGIN`` on all sides, so that touching is no overlap, and tested by the algorithm of
Gilbert, Johnson and Keerthi (IEEE J. Robotics and Automation 4 (1988) 193-203): a direction in which one lies wholly
before the other proves them apart; no such direction within ``ROUNDS`` steps counts as overlap, the side that refuses.
A slab is compared by how far the other reaches along its normal. A shell overlaps what meets its outer shape, unless
that lies wholly in its hollow. (A rod that is tilted through a short ring, or rings like links of a chain, are refused
too.)
"""

from dataclasses import replace
from itertools import combinations
from math import hypot, inf
from typing import Any

from shieldcalc.model.design import Xyz
from shieldcalc.model.shapes import (
    Box,
    Cylinder,
    CylindricalShell,
    Shape,
    Slab,
    Sphere,
    SphericalShell,
    cross,
    dot,
    minus,
)

MARGIN = 5e-7  # m
ROUNDS = 200
_FLAT = 1e-12


def overlap(one: Shape, other: Shape) -> bool:
    """Return whether two volumes have more than a skin of ``MARGIN`` on each in common."""
    if isinstance(one, Slab):
        return _slab_overlaps(one, other)
    if isinstance(other, Slab):
        return _slab_overlaps(other, one)
    if _in_hollow(one, other) or _in_hollow(other, one):
        return False
    return not _apart(_outer(one), _outer(other))


def _slab_overlaps(slab: Slab, other: Shape) -> bool:
    normal = slab.axes[2]
    between = abs(dot(minus(other.position, slab.position), normal))
    return between < slab.thickness_m / 2 + other.extent(normal) - 2 * MARGIN


def _outer(shape: Shape) -> Shape:
    """Return a convex shape drawn in by the margin; a shell without its hollow."""
    place, axes = shape.position, shape.axes
    if isinstance(shape, SphericalShell):
        return Sphere(position=place, axes=axes, radius_m=_less(shape.outer_radius_m, 1))
    if isinstance(shape, CylindricalShell):
        radius, height = _less(shape.outer_radius_m, 1), _less(shape.height_m, 2)
        return Cylinder(position=place, axes=axes, radius_m=radius, height_m=height)
    drawn_in: dict[str, Any] = {name: _less(size, 1 if name == "radius_m" else 2) for name, size in shape.sizes()}
    return replace(shape, **drawn_in)


def _less(size: float, sides: int) -> float:
    return max(size - sides * MARGIN, size * 1e-3)


def _in_hollow(inner: Shape, shell: Shape) -> bool:
    """Return whether a shape lies wholly within the hollow of a shell."""
    if isinstance(shell, SphericalShell):
        return _farthest(inner, shell.position) <= shell.inner_radius_m + 2 * MARGIN
    if isinstance(shell, CylindricalShell):
        return _farthest_from_axis(inner, shell) <= shell.inner_radius_m + 2 * MARGIN
    return False


def _farthest(shape: Shape, place: Xyz) -> float:
    """Return the greatest distance of a shape's points from a place."""
    x, y, z = map(abs, shape.own(place))
    if isinstance(shape, Box):
        return hypot(x + shape.width_m / 2, y + shape.depth_m / 2, z + shape.height_m / 2)
    if isinstance(shape, (Sphere, SphericalShell)):
        return hypot(x, y, z) + shape.reach(1.0, 0.0, 0.0)
    if isinstance(shape, (Cylinder, CylindricalShell)):
        return hypot(hypot(x, y) + shape.reach(1.0, 0.0, 0.0), z + shape.height_m / 2)
    return inf


def _farthest_from_axis(shape: Shape, pipe: CylindricalShell) -> float:
    """Return the greatest distance of a shape's points from a pipe's axis; a bound above it for tilted cylinders."""
    along = pipe.axes[2]
    if isinstance(shape, Box):
        sizes = (shape.width_m, shape.depth_m, shape.height_m)
        corners = (
            (a * sizes[0] / 2, b * sizes[1] / 2, c * sizes[2] / 2) for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)
        )
        return max(hypot(*pipe.own(shape.place(corner))[:2]) for corner in corners)
    x, y, _ = pipe.own(shape.position)
    if isinstance(shape, (Sphere, SphericalShell)):
        return hypot(x, y) + shape.reach(1.0, 0.0, 0.0)
    if isinstance(shape, (Cylinder, CylindricalShell)):
        tilt = hypot(*cross(shape.axes[2], along))
        ends = (shape.place((0.0, 0.0, side * shape.height_m / 2)) for side in (-1, 1))
        middle = max(hypot(*pipe.own(end)[:2]) for end in ends) if tilt > _FLAT else hypot(x, y)
        return middle + shape.reach(1.0, 0.0, 0.0)
    return inf


def _support(shape: Shape, direction: Xyz) -> Xyz:
    """Return the point of a convex shape that lies farthest in a direction."""
    x, y, z = (dot(axis, direction) for axis in shape.axes)
    if isinstance(shape, Box):
        corner = (
            _signed(shape.width_m / 2, x),
            _signed(shape.depth_m / 2, y),
            _signed(shape.height_m / 2, z),
        )
        return shape.place(corner)
    if isinstance(shape, Sphere):
        size = hypot(x, y, z) / shape.radius_m
        return shape.place((x / size, y / size, z / size))
    assert isinstance(shape, Cylinder)
    size = hypot(x, y)
    rim = (x / size * shape.radius_m, y / size * shape.radius_m) if size > 0 else (0.0, 0.0)
    return shape.place((*rim, _signed(shape.height_m / 2, z)))


def _signed(size: float, along: float) -> float:
    return size if along >= 0 else -size


def _apart(one: Shape, other: Shape) -> bool:
    """Return whether a direction was found in which ``one`` lies wholly before ``other``."""
    nearest = minus(one.position, other.position)
    corners: list[Xyz] = []
    for _ in range(ROUNDS):
        size = hypot(*nearest)
        if size == 0:
            return False
        away = (-nearest[0] / size, -nearest[1] / size, -nearest[2] / size)
        corner = minus(_support(one, away), _support(other, (-away[0], -away[1], -away[2])))
        if dot(corner, away) < 0:  # even the farthest point of the difference stays short of the origin
            return True
        if corner in corners:
            return False
        nearest, corners = _nearest([*corners, corner])
        if len(corners) == 4:
            return False
    return False


def _nearest(corners: list[Xyz]) -> tuple[Xyz, list[Xyz]]:
    """Return the point nearest to the origin of the simplex of up to four corners, and the corners it needs."""
    best: tuple[float, Xyz, list[Xyz]] = (inf, (0.0, 0.0, 0.0), corners)
    for count in range(1, len(corners) + 1):
        for some in combinations(corners, count):
            found = _foot(list(some))
            if found is not None and hypot(*found) < best[0]:
                best = (hypot(*found), found, list(some))
    return best[1], best[2]


def _foot(corners: list[Xyz]) -> Xyz | None:
    """Return the foot of the origin on the flat through the corners, None where it lies outside their simplex."""
    first, *others = corners
    ways = [minus(corner, first) for corner in others]
    shares = _solved([[dot(a, b) for b in ways] for a in ways], [-dot(a, first) for a in ways])
    if shares is None or min([*shares, 1 - sum(shares)]) < 0:
        return None
    x, y, z = first
    for share, way in zip(shares, ways, strict=True):
        x, y, z = x + share * way[0], y + share * way[1], z + share * way[2]
    return x, y, z


def _solved(rows: list[list[float]], right: list[float]) -> list[float] | None:
    """Return the solution of up to three equations (Cramer), None where they do not determine one."""
    bottom = _determinant(rows)
    scale = 1.0
    for k, row in enumerate(rows):
        scale *= row[k]
    if rows and bottom <= _FLAT * scale:
        return None
    return [
        _determinant([[*row[:k], value, *row[k + 1 :]] for row, value in zip(rows, right, strict=True)]) / bottom
        for k in range(len(rows))
    ]


def _determinant(rows: list[list[float]]) -> float:
    if len(rows) <= 1:
        return rows[0][0] if rows else 1.0
    if len(rows) == 2:
        return rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0]
    a, b, c = ((row[0], row[1], row[2]) for row in rows)
    return dot(a, cross(b, c))
