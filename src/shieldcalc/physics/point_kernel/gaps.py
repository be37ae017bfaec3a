"""Places of a source that a point sees just beside edges: of bodies, openings, walls. There it comes into sight."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import acos, atan2, cos, hypot, pi, sin, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shieldcalc.model.bodies import Body
from shieldcalc.model.design import Xyz
from shieldcalc.model.shapes import Cylinder, CylindricalShell, Shape, Sphere, SphericalShell
from shieldcalc.model.silhouette import Edge, rims
from shieldcalc.physics.point_kernel.arrays import Floats
from shieldcalc.physics.point_kernel.cells import spread, within

_BESIDE_M = 1e-4  # how far beside an edge: narrower gaps are not looked for
_LOOKED, _EACH = 128, 4  # places of the source that are tried, and followed, beside an edge
_CLOSELY = 4  # times as many, and all of them, beside one past which much is seen
_SIDES = 24
_NEAR_END = 0.9
_PARALLEL = 1e-9


def edges(point: Xyz, bodies: Sequence[Body]) -> Iterator[Floats]:
    """Yield edges (n, 2, 3) of bodies as a place sees them; what is round has those where lines from there touch it."""
    for body in bodies:
        shape = body.shape
        match shape:
            case Sphere() | SphericalShell():
                yield _touching_sphere(shape, point)
            case Cylinder():
                yield from _round(shape, point, shape.radius_m, shape.height_m, (shape.radius_m / cos(pi / _SIDES),))
            case CylindricalShell():
                radii = (shape.outer_radius_m / cos(pi / _SIDES), shape.inner_radius_m)
                yield from _round(shape, point, shape.outer_radius_m, shape.height_m, radii)
            case _:
                yield _rims(shape)


def as_array(seen: Iterable[Edge]) -> Floats:
    """Return edges as an array (n, 2, 3)."""
    return np.array([*seen], np.float64).reshape(-1, 2, 3)


@lru_cache(maxsize=256)
def _rims(shape: Shape) -> Floats:
    return as_array(rims(shape))


def middle_and_ends(shape: Shape) -> Iterator[Xyz]:
    """Yield the middle of a source, and places near the ends of its longest axis."""
    yield shape.position
    axis = max(shape.axes, key=shape.extent)
    reach = _NEAR_END * shape.extent(axis)
    (x, y, z), (a, b, c) = shape.position, axis
    for way in (-reach, reach):
        yield x + way * a, y + way * b, z + way * c


class Beside(NamedTuple):
    """Places of a source (3, n) that a point sees just beside edges, on either side, and which edge each is beside."""

    places: Floats
    edges: NDArray[np.intp]


def beside(shape: Shape, point: Xyz, ends: Floats, *, closely: bool = False) -> Beside:
    """Return places of a source beside edges; ``closely``: many along each, else those nearest to a few."""
    nothing = Beside(np.zeros((3, 0)), np.zeros(0, np.intp))
    if not len(ends):
        return nothing
    P = np.array(point)
    A, e = ends[:, 0] - P, ends[:, 1] - ends[:, 0]
    A, e, N, which = _across(shape, P, *_sided(A, e))
    if not len(N):
        return nothing
    looked, each = (_LOOKED * _CLOSELY, _LOOKED * _CLOSELY) if closely else (_LOOKED, _EACH)
    tried = spread(shape, looked)[0].T - P
    d = tried @ N.T
    away = N if shape.dimensions == 3 else N @ _own_directions(shape)
    slope = np.einsum("ij,ij->i", away, N)
    back = d / np.where(np.abs(slope) > _PARALLEL, slope, np.inf)
    across, past = np.cross(e, N), np.cross(N, A)

    def moved_along(ways: Floats) -> Floats:
        """Return how far each place, moved to each plane, lies along ways of that plane."""
        return np.asarray(tried @ ways.T - back * np.einsum("ij,ij->i", away, ways), np.float64)

    square = moved_along(across)
    with np.errstate(divide="ignore", invalid="ignore"):
        way = np.einsum("ij,ij->i", np.cross(A, e), N) / square
        along = moved_along(past) / square
    meets = (way > 0) & (way < 1) & (along >= 0) & (along <= 1) & (np.abs(slope) > _PARALLEL)
    far = np.where(meets, np.abs(d), np.inf)
    nearest = np.argpartition(far, min(each, looked - 1), axis=0)[:each]
    columns = np.broadcast_to(np.arange(len(N)), nearest.shape)
    met = np.isfinite(far[nearest, columns])
    found = (tried[nearest] - back[nearest, columns][:, :, None] * away)[met] + P
    inside = within(shape, found.T, _BESIDE_M)
    return Beside(np.ascontiguousarray(found[inside].T), which[columns[met][inside]])


def _sided(A: Floats, e: Floats) -> tuple[Floats, Floats, Floats, NDArray[np.intp]]:
    """Return edges from a place at the origin, moved to either side of themselves, their planes' normals, numbers."""
    N = np.cross(A, e)
    size = np.linalg.norm(N, axis=1)
    which = np.flatnonzero(size > _PARALLEL)
    A, e, N = A[which], e[which], N[which] / size[which, None]
    A, e = np.concatenate([A + _BESIDE_M * N, A - _BESIDE_M * N]), np.concatenate([e, e])
    N = np.cross(A, e)
    return A, e, N / np.linalg.norm(N, axis=1)[:, None], np.concatenate([which, which])


def _across(
    shape: Shape, P: Floats, A: Floats, e: Floats, N: Floats, which: NDArray[np.intp]
) -> tuple[Floats, Floats, Floats, NDArray[np.intp]]:
    """Return the edges whose planes pass the ball around a source and that do not lie beyond it."""
    C = np.array(shape.position) - P
    radius = hypot(*(shape.extent(axis) for axis in shape.axes))
    near = np.abs(N @ C) <= radius
    nearest = np.minimum(np.linalg.norm(A, axis=1), np.linalg.norm(A + e, axis=1)) - np.linalg.norm(e, axis=1)
    near &= nearest <= np.linalg.norm(C) + radius
    return A[near], e[near], N[near], which[near]


def _own_directions(shape: Shape) -> Floats:
    """Return what projects (3, 3) on the directions in which a line or a surface extends."""
    x, y, z = (np.array(axis) for axis in shape.axes)
    axes = [z] if shape.dimensions == 1 else [x, y]
    return np.asarray(sum(np.outer(axis, axis) for axis in axes), np.float64)


def _round(shape: Shape, point: Xyz, radius: float, height: float, radii: Sequence[float]) -> Iterator[Floats]:
    """Yield the rings of a cylinder at its ends, and the two lines along it that lines from a place touch."""
    yield _rings(shape, height / 2, tuple(radii))
    half = height / 2
    x, y, _ = shape.own(point)
    far = hypot(x, y)
    if far > radius:
        for turn in (-acos(radius / far), acos(radius / far)):
            a, b = radius * cos(atan2(y, x) + turn), radius * sin(atan2(y, x) + turn)
            yield as_array([(shape.place((a, b, -half)), shape.place((a, b, half)))])


@lru_cache(maxsize=256)
def _rings(shape: Shape, half: float, radii: tuple[float, ...]) -> Floats:
    """Return the rings of some radii at both ends of a cylinder."""
    found: list[Edge] = []
    for level in (-half, half):
        for each in radii:
            ring = [shape.place((each * cos(a), each * sin(a), level)) for a in _angles()]
            found += zip(ring, [*ring[1:], ring[0]], strict=True)
    return as_array(found)


def _touching_sphere(shape: Shape, point: Xyz) -> Floats:
    """Return a ring round the circle in which lines from a place touch a ball."""
    radius, away = shape.extent((1.0, 0.0, 0.0)), np.array(point) - np.array(shape.position)
    far = float(np.linalg.norm(away))
    if far <= radius:
        return np.zeros((0, 2, 3))
    z = away / far
    x = np.cross(z, [1.0, 0.0, 0.0] if abs(z[0]) < 0.5 else [0.0, 1.0, 0.0])
    x /= np.linalg.norm(x)
    y = np.cross(z, x)
    middle = np.array(shape.position) + z * radius * radius / far
    size = radius * sqrt(1 - (radius / far) ** 2) / cos(pi / _SIDES)
    a = np.array(_angles())[:, None]
    ring = middle + size * (np.cos(a) * x + np.sin(a) * y)
    return np.stack([ring, np.roll(ring, -1, axis=0)], axis=1)


def _angles() -> list[float]:
    return [2 * pi * k / _SIDES for k in range(_SIDES)]
