"""What an integral over a source may overlook: the source seen through a gap between the nodes of its cells.

Where a source comes into sight is told by edges: those of bodies, openings, walls. Just beside each edge, as a place
sees it, a line is followed to the source; where one of them passes far more than the source does on the whole, the
source is followed again by many places spread evenly. Their mean, three standard errors, and the brightest line over
the part of the source that so many places may all miss (three over their number: a chance of one in twenty) bound it.
"""

from collections.abc import Callable, Iterator, Sequence
from math import acos, atan2, cos, hypot, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from shieldcalc.model.bodies import Body
from shieldcalc.model.design import Xyz
from shieldcalc.model.shapes import Cylinder, CylindricalShell, Shape, Sphere, SphericalShell
from shieldcalc.model.silhouette import Edge, rims
from shieldcalc.physics.point_kernel.arrays import Floats
from shieldcalc.physics.point_kernel.cells import ORDERS, holding, nodes, spread

BRIGHT = 2.0  # a line this much brighter than the source on the whole may pass a gap
NOTICED = 0.02  # what is seen through gaps counts from this share of the dose on
COUNTS = (4_096, 16_384, 65_536)  # places by which the source is followed again, more only where fewer do not do
_BESIDE_M = 1e-4  # how far beside an edge: narrower gaps are not looked for
_LOOKED, _EACH = 128, 4  # places of the source that are tried, and followed, beside an edge
_SIDES, _BLOCKS, _MISSED, _ERRORS = 24, 16, 3.0, 3.0
_NEAR_END = 0.9
_PARALLEL = 1e-9

Doses = Callable[[Floats, Floats, NDArray[np.intp]], Floats]
"""Doses (runs, responses), the last with nothing in the way, from places (3, n) with weights, run by run."""


def edges(point: Xyz, bodies: Sequence[Body]) -> Iterator[Edge]:
    """Yield the edges of bodies as a place sees them; what is round has those where lines from there touch it."""
    for body in bodies:
        shape = body.shape
        match shape:
            case Sphere() | SphericalShell():
                yield from _touching_sphere(shape, point)
            case Cylinder():
                yield from _round(shape, point, shape.radius_m, shape.height_m, (shape.radius_m / cos(pi / _SIDES),))
            case CylindricalShell():
                radii = (shape.outer_radius_m / cos(pi / _SIDES), shape.inner_radius_m)
                yield from _round(shape, point, shape.outer_radius_m, shape.height_m, radii)
            case _:
                yield from rims(shape)


def middle_and_ends(shape: Shape) -> Iterator[Xyz]:
    """Yield the middle of a source, and places near the ends of its longest axis."""
    yield shape.position
    axis = max(shape.axes, key=shape.extent)
    reach = _NEAR_END * shape.extent(axis)
    (x, y, z), (a, b, c) = shape.position, axis
    for way in (-reach, reach):
        yield x + way * a, y + way * b, z + way * c


def beside(shape: Shape, point: Xyz, seen: Sequence[Edge]) -> Floats:
    """Return places of a source (3, n) that a place sees just beside edges, on either side."""
    if not seen:
        return np.zeros((3, 0))
    P, ends = np.array(point), np.array(seen, np.float64)
    A, e = ends[:, 0] - P, ends[:, 1] - ends[:, 0]
    A, e, N = _across(shape, P, *_sided(A, e))
    if not len(N):
        return np.zeros((3, 0))
    tried = spread(shape, _LOOKED)[0].T - P
    d = tried @ N.T
    away = N if shape.dimensions == 3 else N @ _own_directions(shape)
    slope = np.einsum("ij,ij->i", away, N)
    moved = tried[:, None, :] - (d / np.where(np.abs(slope) > _PARALLEL, slope, np.inf))[:, :, None] * away
    square = np.einsum("kij,ij->ki", np.cross(moved, e), N)
    with np.errstate(divide="ignore", invalid="ignore"):
        way = np.einsum("ij,ij->i", np.cross(A, e), N) / square
        along = np.einsum("kij,ij->ki", np.cross(A[None], moved), N) / square
    meets = (way > 0) & (way < 1) & (along >= 0) & (along <= 1) & (np.abs(slope) > _PARALLEL)
    far = np.where(meets, np.abs(d), np.inf)
    nearest = np.argsort(far, axis=0)[:_EACH]
    columns = np.broadcast_to(np.arange(len(N)), nearest.shape)
    found = moved[nearest, columns][np.isfinite(far[nearest, columns])] + P
    inside = [shape.distance((x, y, z)) <= _BESIDE_M for x, y, z in found.tolist()]
    return np.ascontiguousarray(found[np.array(inside, np.bool_)].T)


def resolved(shape: Shape, cells: Floats, doses: Doses, places: Floats, share: Floats, found: Floats) -> bool:
    """Return whether cells resolve what is seen: were they as bright as places in them, little would be added.

    ``places`` (3, n) of the source are seen with ``share`` (n, responses) of their radiation; ``cells`` integrate the
    source to the doses ``found``.
    """
    where = holding(shape, cells, places)
    known = where >= 0
    numbers, index = np.unique(where[known], return_inverse=True)
    if not len(numbers):
        return True
    brightest = np.zeros((len(numbers), share.shape[1]))
    np.maximum.at(brightest, index.reshape(-1), share[known])
    there, weights = nodes(shape, cells[numbers], ORDERS[-1])
    each = len(weights) // len(numbers)
    starts = np.arange(len(numbers), dtype=np.intp) * each
    value = doses(there, weights, np.stack([starts, starts + each], axis=1))
    more = np.maximum(brightest * value[:, -1:] - value, 0.0).sum(axis=0)
    return bool(float((more / found)[:-1].max()) <= NOTICED / _EACH)


def bound(shape: Shape, doses: Doses, found: Floats, brightest: Floats) -> tuple[Floats, float]:
    """Return doses (responses) of a place, and by which share they may fall short, the source followed evenly.

    ``found``: the doses that may be too low; ``brightest``: of each response the greatest share that any line passes.
    More places are followed until no more than ``NOTICED``, a share of the dose, can be missing.
    """
    dose, short = found, 0.0
    for count in COUNTS:
        mean, error = _evenly(shape, doses, count)
        most = mean + _ERRORS * error + _MISSED / count * brightest * found[-1]
        dose = np.maximum(found, mean)
        short = float((np.maximum(most, found) / dose)[:-1].max()) - 1
        if short <= NOTICED:
            break
    return dose, short


def doubted(shape: Shape, doses: Doses, found: Floats, error: float) -> bool:
    """Return whether places spread evenly give more than doses ``found`` to a relative ``error``, by more than theirs.

    Cells along an edge may all miss as much of what it hides, with two rules that agree in each of them.
    """
    mean, own = _evenly(shape, doses, COUNTS[1])
    return bool(((mean - own) / found)[:-1].max() > 1 + error)


def _evenly(shape: Shape, doses: Doses, count: int) -> tuple[Floats, Floats]:
    """Return the doses (responses) by so many places spread evenly, and their standard errors."""
    places, weights = spread(shape, count)
    starts = np.arange(_BLOCKS, dtype=np.intp) * (count // _BLOCKS)
    each = doses(places, weights * _BLOCKS, np.stack([starts, starts + count // _BLOCKS], axis=1))
    return each.mean(axis=0), each.std(axis=0, ddof=1) / sqrt(_BLOCKS)


def _sided(A: Floats, e: Floats) -> tuple[Floats, Floats, Floats]:
    """Return edges from a place at the origin, moved to either side of themselves, with the planes' normals."""
    N = np.cross(A, e)
    size = np.linalg.norm(N, axis=1)
    A, e, N = (each[size > _PARALLEL] for each in (A, e, N / np.where(size > 0, size, 1.0)[:, None]))
    A, e = np.concatenate([A + _BESIDE_M * N, A - _BESIDE_M * N]), np.concatenate([e, e])
    N = np.cross(A, e)
    return A, e, N / np.linalg.norm(N, axis=1)[:, None]


def _across(shape: Shape, P: Floats, A: Floats, e: Floats, N: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the edges whose planes pass the ball around a source and that do not lie beyond it."""
    C = np.array(shape.position) - P
    radius = hypot(*(shape.extent(axis) for axis in shape.axes))
    near = np.abs(N @ C) <= radius
    nearest = np.minimum(np.linalg.norm(A, axis=1), np.linalg.norm(A + e, axis=1)) - np.linalg.norm(e, axis=1)
    near &= nearest <= np.linalg.norm(C) + radius
    return A[near], e[near], N[near]


def _own_directions(shape: Shape) -> Floats:
    """Return what projects (3, 3) on the directions in which a line or a surface extends."""
    x, y, z = (np.array(axis) for axis in shape.axes)
    axes = [z] if shape.dimensions == 1 else [x, y]
    return np.asarray(sum(np.outer(axis, axis) for axis in axes), np.float64)


def _round(shape: Shape, point: Xyz, radius: float, height: float, radii: Sequence[float]) -> Iterator[Edge]:
    """Yield the rings of a cylinder at its ends, and the two lines along it that lines from a place touch."""
    half = height / 2
    for level in (-half, half):
        for each in radii:
            ring = [shape.place((each * cos(a), each * sin(a), level)) for a in _angles()]
            yield from zip(ring, [*ring[1:], ring[0]], strict=True)
    x, y, _ = shape.own(point)
    far = hypot(x, y)
    if far > radius:
        for turn in (-acos(radius / far), acos(radius / far)):
            a, b = radius * cos(atan2(y, x) + turn), radius * sin(atan2(y, x) + turn)
            yield shape.place((a, b, -half)), shape.place((a, b, half))


def _touching_sphere(shape: Shape, point: Xyz) -> Iterator[Edge]:
    """Yield a ring round the circle in which lines from a place touch a ball."""
    radius, away = shape.extent((1.0, 0.0, 0.0)), np.array(point) - np.array(shape.position)
    far = float(np.linalg.norm(away))
    if far <= radius:
        return
    z = away / far
    x = np.cross(z, [1.0, 0.0, 0.0] if abs(z[0]) < 0.5 else [0.0, 1.0, 0.0])
    x /= np.linalg.norm(x)
    y = np.cross(z, x)
    middle = np.array(shape.position) + z * radius * radius / far
    size = radius * sqrt(1 - (radius / far) ** 2) / cos(pi / _SIDES)
    ring = [tuple((middle + size * (cos(a) * x + sin(a) * y)).tolist()) for a in _angles()]
    yield from zip(ring, [*ring[1:], ring[0]], strict=True)


def _angles() -> list[float]:
    return [2 * pi * k / _SIDES for k in range(_SIDES)]
