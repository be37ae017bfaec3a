"""What many lines cross of a room's barriers at once: lines that meet the same barriers get the same number.

``model.paths.Rays`` says what one line crosses. Here each line gets a sign: which edge or slab it meets and the outcome
of every comparison on which the answer of ``Rays`` rests, made with the same arithmetic; ``Rays`` is asked once for a
sign. For lines that cross the plan's edges more than once, and for few lines, ``Rays`` is asked for every line.
"""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from shieldcalc.model.design import Layer
from shieldcalc.model.paths import Key, Rays
from shieldcalc.model.surfaces import shadow_edges
from shieldcalc.model.upright import EPSILON, JOINT
from shieldcalc.physics.point_kernel.arrays import Floats
from shieldcalc.physics.point_kernel.gaps import as_array

Numbers = NDArray[np.intp]
Flags = NDArray[np.bool_]
Made = TypeVar("Made")
_FEW = 24
_BITS = 60


class Crossings:
    """The kinds of lines met so far, numbered; ``stacks`` are the layers of one kind, of which the weakest governs."""

    def __init__(self, rays: Rays) -> None:
        self.rays = rays
        self.keys: list[Key] = []
        self.numbers: dict[Key, int] = {}
        self._known: dict[Hashable, Any] = {}
        self.behind_these: dict[Hashable, Any] = {}  # what was found out with the layers as they are

    def behind(self, rays: Rays) -> "Crossings":
        """Return the same lines with other layers in barriers whose faces stay where they are."""
        other = object.__new__(Crossings)
        other.__dict__.update(self.__dict__)
        other.rays, other.behind_these = rays, {}
        return other

    def kept(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """Return what ``make`` gives of the kinds of lines, made once under one name, whatever the layers are."""
        if name not in self._known:
            self._known[name] = make()
        made: Made = self._known[name]
        return made

    def edges(self) -> Floats:
        """Return the edges (n, 2, 3) of openings, walls and screens, beside which lines cross something else."""
        return self.kept("edges", lambda: as_array(shadow_edges(replace(self.rays.scene, bodies=()))))

    def stacks(self, number: int) -> tuple[tuple[Layer, ...], ...]:
        """Return the alternative layers of one kind of line, from the source outwards."""
        return self.rays.stacks(self.keys[number])[0]

    def names(self, number: int) -> tuple[tuple[str, ...], ...]:
        """Return the barriers in each of ``stacks``."""
        return self.rays.stacks(self.keys[number])[1]

    def of(self, starts: Floats, points: Floats) -> Numbers:
        """Return the kind of each line from a start to a point, both (lines, 3) in m; starts lie in the room."""
        if len(starts) <= _FEW:
            return np.array([self._one(starts, points, i) for i in range(len(starts))], np.intp)
        signs = _signs(self.rays, starts, points)
        _, first, inverse = np.unique(signs, return_index=True, return_inverse=True)
        found = np.array([self._one(starts, points, i) for i in first], np.intp)
        return np.asarray(found[inverse.reshape(-1)], np.intp)

    def _one(self, starts: Floats, points: Floats, i: int) -> int:
        (x, y, z), (a, b, c) = starts[i].tolist(), points[i].tolist()
        key = self.rays.key((x, y, z), (a, b, c))
        if key not in self.numbers:
            self.numbers[key] = len(self.keys)
            self.keys.append(key)
        return self.numbers[key]


def _signs(rays: Rays, starts: Floats, points: Floats) -> Numbers:
    """Return a number for each line; those of one number cross the same. Lines that cross edges again stand alone."""
    (sx, sy, sz), (ex, ey, ez) = starts.T, points.T
    dx, dy, dz = ex - sx, ey - sy, ez - sz
    edge, fraction, u, count = hits_of(rays, sx, sy, dx, dy)
    with np.errstate(divide="ignore", invalid="ignore"):
        above, below = ez > rays.height, ez < 0
        at = np.where(above, (rays.height - sz) / dz, np.where(below, sz / (sz - ez), 1.0))
    wall = (edge >= 0) & (fraction <= at)
    found = np.where(above, 1, np.where(below, 2, 0)).astype(np.intp)
    for index in range(len(rays.edges)):
        here = np.flatnonzero(wall & (edge == index))
        if len(here):
            bits = list(_whole(rays, index, sz[here], dx[here], dy[here], dz[here], fraction[here], u[here]))
            found[here] = 3 + found.max() + _packed(bits, len(here))
    if rays.screens:
        met = [*_screened(rays, sx, sy, sz, dx, dy, dz, ((count == 1) | above | below))]
        found = _packed([*(found == each for each in np.unique(found)), *met], len(found))
    again = count > 1
    found[again] = 1 + found.max() + np.arange(again.sum())
    return found


def _screened(
    rays: Rays, sx: Floats, sy: Floats, sz: Floats, dx: Floats, dy: Floats, dz: Floats, outside: Flags
) -> Iterator[Flags]:
    """Yield which screens each line meets and in which order, as ``model.paths`` does it."""
    before: list[Floats] = []
    for _, (ax, ay), (bx, by), top in rays.screens:
        first, second = dx * (ay - sy) - dy * (ax - sx), dx * (by - sy) - dy * (bx - sx)
        ex, ey = bx - ax, by - ay
        with np.errstate(divide="ignore", invalid="ignore"):
            fraction = ((ax - sx) * ey - (ay - sy) * ex) / (dx * ey - dy * ex)
            z = sz + fraction * dz
            met = ((first >= 0) != (second >= 0)) & (fraction > 0) & (fraction < 1) & (z >= 0) & (z <= top)
        yield met & ~(outside & (top < rays.height))
        yield from (fraction < each for each in before)
        before.append(fraction)


def _packed(bits: list[Flags], count: int) -> Numbers:
    """Return a number for each column of flags, the same for the same flags."""
    found = np.zeros(count, np.intp)
    for k in range(0, len(bits), _BITS // 2):
        part = np.zeros(count, np.intp)
        for bit in bits[k : k + _BITS // 2]:
            part = 2 * part + bit
        known, first = np.unique(part, return_inverse=True)
        found = np.unique(found * len(known) + first.reshape(-1), return_inverse=True)[1].reshape(-1)
    return found


def hits_of(rays: Rays, sx: Floats, sy: Floats, dx: Floats, dy: Floats) -> tuple[Numbers, Floats, Floats, Numbers]:
    """Return an edge that each line crosses (-1: none), at which fraction, where along it, and how many it does."""
    edge, fraction, u = np.full(len(sx), -1, np.intp), np.zeros(len(sx)), np.zeros(len(sx))
    count = np.zeros(len(sx), np.intp)
    square = dx * dx + dy * dy
    corners = rays.corners
    sides = [dx * (y - sy) - dy * (x - sx) for x, y in corners]
    with np.errstate(divide="ignore", invalid="ignore"):
        for index, side in enumerate(sides):
            before, (here, last) = sides[index - 1], (corners[index], corners[index - 1])
            part = before / (before - side)
            x, y = last[0] + part * (here[0] - last[0]), last[1] + part * (here[1] - last[1])
            along = ((x - sx) * dx + (y - sy) * dy) / square
            hit = ((before >= 0) != (side >= 0)) & (along > 0) & (along < 1) & (square != 0)
            number = index - 1 if index else len(corners) - 1
            count += hit
            edge[hit], fraction[hit], u[hit] = number, along[hit], (part * rays.edges[number].size)[hit]
    return edge, fraction, u, count


class Entry(NamedTuple):
    """Where lines enter the walls of one edge: height, slope, direction, metres along and left; the wall's depth."""

    z: Floats
    slope: Floats
    forward: Numbers
    along: Floats
    room: Floats
    entered: Numbers
    depth: Floats

    def leave(self, depth: Floats, u: Floats, dz: Floats) -> tuple[Floats, Floats]:
        """Return where the lines are so deep in the wall, or where they end: along the edge, and the height."""
        reach = np.minimum(depth / self.slope, self.room)
        return u + self.along * reach, self.z + dz * self.forward * reach


def entry_of(edge: Any, sz: Floats, dx: Floats, dy: Floats, dz: Floats, fraction: Floats, u: Floats) -> Entry:
    """Return where lines that cross an edge of the plan enter its walls."""
    (nx, ny), (ux, uy) = edge.normal, edge.unit
    z, out = sz + fraction * dz, dx * nx + dy * ny
    slope = np.where(np.abs(out) == 0, 1e-12, np.abs(out))
    forward = np.where(out > 0, 1, -1)
    room = np.where(forward > 0, 1 - fraction, fraction)
    entered, depth = np.full(u.shape, -1, np.intp), np.zeros(u.shape)
    for number, part in reversed(list(enumerate(edge.parts))):
        there = (part.u0 - JOINT <= u) & (u <= part.u1 + JOINT)
        entered[there], depth[there] = number, part.depth
    return Entry(z, slope, forward, (dx * ux + dy * uy) * forward, room, entered, depth)


def _whole(
    rays: Rays, index: int, sz: Floats, dx: Floats, dy: Floats, dz: Floats, fraction: Floats, u: Floats
) -> Iterator[Flags]:
    """Yield every comparison on which what a line touches of one edge's walls rests."""
    edge = rays.edges[index]
    entry = entry_of(edge, sz, dx, dy, dz, fraction, u)
    z, entered, depth = entry.z, entry.entered, entry.depth
    yield entered < 0
    for number, part in enumerate(edge.parts):
        yield entered == number
        end, top = entry.leave(np.where(part.depth > depth, part.depth, depth), u, dz)
        yield ((u >= part.u0) | (end >= part.u0)) & ((u <= part.u1) | (end <= part.u1))
        yield np.maximum(z, top) > part.top
        yield np.minimum(z, top) > part.top
        for _, a, b, low, high in part.openings:
            yield _meets(u, z, end, top, a, b, low, high)
            yield (
                (a <= u) & (u <= b) & (a <= end) & (end <= b) & (low <= z) & (z <= high) & (low <= top) & (top <= high)
            )
    end, highest = entry.leave(depth, u, dz)
    highest = np.maximum(z, highest)
    yield end < -EPSILON
    yield end > edge.size + EPSILON
    for other in (rays.edges[index - 1], rays.edges[(index + 1) % len(rays.edges)]):
        yield from (highest > part.top for part in other.parts)


def _meets(u0: Floats, z0: Floats, u1: Floats, z1: Floats, a: float, b: float, low: float, high: float) -> Flags:
    """Return whether each segment meets a rectangle, as ``model.paths`` does it."""
    beside = ((u0 < a - EPSILON) & (u1 < a - EPSILON)) | ((u0 > b + EPSILON) & (u1 > b + EPSILON))
    enter, leave = np.zeros(len(u0)), np.ones(len(u0))
    with np.errstate(divide="ignore", invalid="ignore"):
        for start, change, lowest, highest in ((u0, u1 - u0, a, b), (z0, z1 - z0, low, high)):
            still = change == 0
            beside |= still & ~((lowest <= start) & (start <= highest))
            near, far = (lowest - start) / change, (highest - start) / change
            enter = np.where(still, enter, np.maximum(enter, np.minimum(near, far)))
            leave = np.where(still, leave, np.minimum(leave, np.maximum(near, far)))
    return ~beside & (enter <= leave)
