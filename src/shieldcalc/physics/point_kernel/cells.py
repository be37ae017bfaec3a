"""Source shapes as cells in their own coordinates, and the places and weights of Gauss's rules in them.

Line z; rectangle x, y; box x, y, z; disk r, angle; cylinder and its shell r, angle, z; sphere and its shell r, cosine,
angle. The weight of a place is the share of the source's length, surface or volume that it stands for: r in plane
polar, r^2 in spherical coordinates, which two nodes an axis already integrate exactly.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise, product
from math import pi
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shieldcalc.model.shapes import (
    Box,
    Cylinder,
    CylindricalShell,
    Disk,
    Line,
    Point,
    Rectangle,
    Shape,
    Sphere,
    SphericalShell,
)

Floats = NDArray[np.float64]

ORDERS = (2, 3)  # nodes an axis of the rule that checks and of the rule that counts
_BASES, _STARTS = (2, 3, 5), (7, 11, 13)
_AROUND = 8  # cells about an axis at the start
_FEW, _MANY = 48, 512  # cells for one node each: behind other layers, and to compare places
_SKINS = (1 / 64, 1 / 8)  # cells next to a face end at these parts of the way to the middle
_THIN_MFP, _THINNER, _MOST_SKINS = 1.5, 8, 5


class Along(NamedTuple):
    """The range of a coordinate, into how many equal cells it is cut first, and which of its ends are faces.

    Next to a face cells are thin: what a line grazes or looks over a rim at lies there, and no rule sees it from afar.
    """

    low: float
    high: float
    parts: int
    faces: tuple[bool, bool] = (False, False)

    def edges(self, thin: Sequence[float] = _SKINS) -> Floats:
        """Return the edges of the first cells."""
        reach = (self.high - self.low) / 2
        skins = [reach * each for each in thin]
        below = [self.low + each for each in skins if self.faces[0]]
        above = [self.high - each for each in skins if self.faces[1]]
        return np.unique([*np.linspace(self.low, self.high, self.parts + 1), *below, *above])


def skins(shape: Shape, mu_per_m: float) -> tuple[float, ...]:
    """Return at which parts of the way to the middle cells next to a face end, where ``mu_per_m`` fills the source.

    The thinnest is no more than about a mean free path: what lies deeper gives little.
    """
    reach = max(((each.high - each.low) / 2 for each in _ranges(shape) if any(each.faces)), default=0.0)
    thin: tuple[float, ...] = _SKINS
    while mu_per_m * reach * thin[0] > _THIN_MFP and len(thin) < _MOST_SKINS:
        thin = (thin[0] / _THINNER, *thin)
    return thin


def first_cells(shape: Shape, thin: Sequence[float] = _SKINS) -> Floats:
    """Return the cells at the start (cells, dimensions, 2): two an axis, eight around, thin at faces."""
    spans = [list(pairwise(each.edges(thin))) for each in _ranges(shape)]
    return np.array(list(product(*spans)), np.float64).reshape(-1, len(spans), 2)


def even_cells(shape: Shape, thin: Sequence[float] = _SKINS) -> Floats:
    """Return rougher cells than those at the start, enough of them to follow the middle of each alone."""
    cells = first_cells(shape, thin[1:])
    while len(cells) < _FEW:
        cells = halves(shape, cells)
    return cells


def many_cells(shape: Shape, thin: Sequence[float] = _SKINS) -> Floats:
    """Return the cells at the start, the largest halved until there are enough to follow one place of each alone."""
    cells = first_cells(shape, thin)
    while len(cells) < _MANY:
        share = nodes(shape, cells, 1)[1]
        large = share >= share.max() / 2
        cells = np.concatenate([cells[~large], halves(shape, cells[large])])
    return cells


def scattered(shape: Shape, cells: Floats) -> tuple[Floats, Floats]:
    """Return one place in each cell (3, cells) and its weight, by Halton's sequence: no edge runs along them."""
    axes = cells.shape[1]
    even = np.stack([_radical_inverse(len(cells), base) for base in _BASES[:axes]], axis=1)
    size = cells[:, :, 1] - cells[:, :, 0]
    local, density = _in_own_frame(shape, cells[:, :, 0] + even * size)
    weights = size.prod(axis=1) * density
    return np.array(shape.position)[:, None] + np.array(shape.axes).T @ local, weights / weights.sum()


def _ranges(shape: Shape) -> list[Along]:
    """Return the range of each coordinate and into which cells it is cut first."""
    around = Along(0.0, 2 * pi, _AROUND)
    match shape:
        case Point():
            return []
        case Line():
            return [_straight(shape.length_m)]
        case Rectangle():
            return [_straight(shape.width_m), _straight(shape.height_m)]
        case Box():
            return [_straight(shape.width_m), _straight(shape.depth_m), _straight(shape.height_m)]
        case Disk():
            return [_out(shape.radius_m), around]
        case Cylinder():
            return [_out(shape.radius_m), around, _straight(shape.height_m)]
        case CylindricalShell():
            return [_shell(shape.inner_radius_m, shape.outer_radius_m), around, _straight(shape.height_m)]
        case Sphere():
            return [_out(shape.radius_m), Along(-1.0, 1.0, 4), around]
        case SphericalShell():
            return [_shell(shape.inner_radius_m, shape.outer_radius_m), Along(-1.0, 1.0, 4), around]
    raise TypeError(type(shape).__name__)


def _straight(length_m: float) -> Along:
    return Along(-length_m / 2, length_m / 2, 2, (True, True))


def _out(radius_m: float) -> Along:
    return Along(0.0, radius_m, 1, (False, True))


def _shell(inner_m: float, outer_m: float) -> Along:
    return Along(inner_m, outer_m, 1, (True, True))


def nodes(shape: Shape, cells: Floats, order: int) -> tuple[Floats, Floats]:
    """Return places in space (3, cells x nodes) in m and weights (cells x nodes), the nodes of each cell in turn."""
    count, axes = cells.shape[:2]
    grid, weights = _gauss(order, axes)
    middle, half = cells.mean(axis=2), (cells[:, :, 1] - cells[:, :, 0]) / 2
    own = (middle[:, None, :] + half[:, None, :] * grid).reshape(-1, axes)
    share = (half.prod(axis=1)[:, None] * weights).reshape(count * len(grid))
    local, density = _in_own_frame(shape, own)
    there = np.array(shape.position)[:, None] + np.array(shape.axes).T @ local
    return there, share * density


@lru_cache(maxsize=64)
def spread(shape: Shape, count: int) -> tuple[Floats, Floats]:
    """Return places (3, n) evenly over a shape, by Halton's sequence, and weights of 1 in all; not to be written to."""
    ranges = _ranges(shape)
    low, high = (np.array([getattr(each, end) for each in ranges]) for end in ("low", "high"))
    even = np.stack([_radical_inverse(count, base) for base in _BASES[: len(ranges)]], axis=1)
    local, density = _in_own_frame(shape, low + even * (high - low))
    there = np.array(shape.position)[:, None] + np.array(shape.axes).T @ local
    return there, density * np.prod(high - low) / count


def strewn(shape: Shape, cells: Floats, numbers: NDArray[np.intp], parts: int) -> tuple[Floats, Floats]:
    """Return places (3, n) in cells and their weights, one part after the other, ``numbers`` of each cell in a part.

    Places come in twos that lie opposite one another in their cell, so that what changes evenly across it adds nothing
    to the error. Every cell has Halton's sequence from a start of its own, so that no edge runs along the places of
    many; each part stands for the whole source.
    """
    axes, total = cells.shape[1], int(numbers.sum())
    cell = np.repeat(np.arange(len(cells)), numbers)
    within = np.arange(total) - np.repeat(np.cumsum(numbers) - numbers, numbers)
    index = (np.arange(parts)[:, None] * (numbers[cell] // 2) + within // 2).reshape(-1)
    even = np.stack([_radical_inverse(int(index.max()) + 1, base)[index] for base in _BASES[:axes]], axis=1)
    where = np.tile(cell, parts)
    even += np.stack([_radical_inverse(len(cells), base) for base in _STARTS[:axes]], axis=1)[where]
    share = np.where((np.tile(within, parts) % 2 == 0)[:, None], even % 1.0, 1.0 - even % 1.0)
    low, size = cells[:, :, 0], cells[:, :, 1] - cells[:, :, 0]
    local, density = _in_own_frame(shape, low[where] + share * size[where])
    there = np.array(shape.position)[:, None] + np.array(shape.axes).T @ local
    return there, density * (size.prod(axis=1) / numbers)[where]


@lru_cache(maxsize=64)
def _radical_inverse(count: int, base: int) -> Floats:
    """Return the digits of 1, 2, 3 ... in a base, mirrored at the point; not to be written to."""
    left, found, place = np.arange(1, count + 1), np.zeros(count), 1.0
    while left.any():
        place /= base
        left, digit = np.divmod(left, base)
        found += digit * place
    return found


def within(shape: Shape, places: Floats, margin_m: float) -> NDArray[np.bool_]:
    """Return which places (3, n), of a line or a surface those on it, lie in a shape or no further beside its ends."""
    u = _coordinates(shape, np.array(shape.axes) @ (places - np.array(shape.position)[:, None]))
    low, high = (np.array([getattr(each, end) for each in _ranges(shape)]) for end in ("low", "high"))
    return np.asarray(((low - margin_m <= u) & (u <= high + margin_m)).all(axis=1), np.bool_)


def holding(shape: Shape, cells: Floats, places: Floats) -> NDArray[np.intp]:
    """Return in which of the cells each place (3, n) of a shape lies, -1 for none."""
    coordinates = _coordinates(shape, np.array(shape.axes) @ (places - np.array(shape.position)[:, None]))
    inside = np.ones((len(coordinates), len(cells)), np.bool_)
    for (low, high), u in zip(np.moveaxis(cells, 0, 2), coordinates.T[:, :, None], strict=True):
        inside &= low <= u
        inside &= u <= high
    first = np.argmax(inside, axis=1)
    return np.where(inside[np.arange(len(first)), first], first, -1)


def _coordinates(shape: Shape, local: Floats) -> Floats:
    """Return the coordinates (n, dimensions) of places in the shape's frame; the inverse of ``_in_own_frame``."""
    x, y, z = local[0], local[1], local[2]
    angle = np.arctan2(y, x) % (2 * pi)
    match shape:
        case Line():
            return np.asarray(z.reshape(-1, 1), np.float64)
        case Rectangle():
            return np.stack([x, y], axis=1)
        case Box():
            return np.stack([x, y, z], axis=1)
        case Disk():
            return np.stack([np.hypot(x, y), angle], axis=1)
        case Sphere() | SphericalShell():
            r = np.sqrt(x * x + y * y + z * z)
            return np.stack([r, z / np.where(r > 0, r, 1.0), angle], axis=1)
        case _:
            return np.stack([np.hypot(x, y), angle, z], axis=1)


@cache
def _gauss(order: int, axes: int) -> tuple[Floats, Floats]:
    """Return the nodes (nodes, axes) of Gauss's rule between -1 and 1 along every axis, and their weights."""
    x, w = np.polynomial.legendre.leggauss(order)
    grid = np.array(list(product(x, repeat=axes))).reshape(-1, axes)
    return grid, np.array([np.prod(each) for each in product(w, repeat=axes)])


def _in_own_frame(shape: Shape, u: Floats) -> tuple[Floats, Floats]:
    """Return places in the shape's frame (3, n), and the density of the source there over its coordinates."""
    zero = np.zeros(len(u))
    one = zero + 1 / np.prod([each.high - each.low for each in _ranges(shape)])
    match shape:
        case Point():
            return np.stack([zero, zero, zero]), one
        case Line():
            return np.stack([zero, zero, u[:, 0]]), one
        case Rectangle():
            return np.stack([u[:, 0], u[:, 1], zero]), one
        case Box():
            return np.ascontiguousarray(u.T), one
        case Sphere() | SphericalShell():
            r, cosine, angle = u.T
            across = r * np.sqrt(1 - cosine * cosine)
            low, high = _ranges(shape)[0][:2]
            density = 3 * r * r / (4 * pi * (high**3 - low**3))
            return np.stack([across * np.cos(angle), across * np.sin(angle), r * cosine]), density
        case Disk():
            r, angle = u.T
            return np.stack([r * np.cos(angle), r * np.sin(angle), zero]), r / (pi * shape.radius_m**2)
        case _:
            r, angle, z = u.T
            (low, high, *_), _, (bottom, top, *_) = _ranges(shape)
            density = r / (pi * (high**2 - low**2) * (top - bottom))
            return np.stack([r * np.cos(angle), r * np.sin(angle), z]), density


def halves(shape: Shape, cells: Floats) -> Floats:
    """Return each cell cut in two across its longest extent in space, the halves of a cell next to each other."""
    widest = np.argmax(_extents(shape, cells), axis=1)
    rows = np.arange(len(cells))
    middle = cells[rows, widest].mean(axis=1)
    both = np.repeat(cells, 2, axis=0)
    both[2 * rows, widest, 1] = middle
    both[2 * rows + 1, widest, 0] = middle
    return both


def _extents(shape: Shape, cells: Floats) -> Floats:
    """Return the extents of cells in space along their coordinates (m)."""
    size = cells[:, :, 1] - cells[:, :, 0]
    if isinstance(shape, (Disk, Cylinder, CylindricalShell)):
        size[:, 1] *= cells[:, 0, 1]
    elif isinstance(shape, (Sphere, SphericalShell)):
        polar = np.arccos(cells[:, 1])
        nearest = np.where(np.prod(cells[:, 1], axis=1) <= 0, 0.0, np.abs(cells[:, 1]).min(axis=1))
        size[:, 1] = cells[:, 0, 1] * (polar[:, 0] - polar[:, 1])
        size[:, 2] *= cells[:, 0, 1] * np.sqrt(1 - nearest * nearest)
    return size
