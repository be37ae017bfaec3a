"""Bundles of lines from all over a source to one point: whether all of them surely cross the same, by their corners."""

from collections.abc import Iterator

import numpy as np

from shieldcalc.model.geometry import convex
from shieldcalc.model.paths import Rays
from shieldcalc.model.upright import EPSILON
from shieldcalc.physics.point_kernel.arrays import Floats
from shieldcalc.physics.point_kernel.crossings import Crossings, Flags, Numbers, entry_of, hits_of


def of_bundles(crossings: Crossings, low: Floats, high: Floats, points: Floats) -> Numbers:
    """Return the kind of all lines from boxes (their corners ``low`` and ``high``) to points, -1 for several.

    Where the lines from all corners of a box cross the same, so do those from within it: all that decides it is
    on which side of planes through the point a line starts. -1 in rooms with inward corners or screens too, where it
    rests on more.
    """
    found, rays = np.full(len(points), -1, np.intp), crossings.rays
    if crossings.kept("plain", lambda: convex(rays.scene.plan) and not rays.screens):
        corners = np.array([np.where(corner, high, low) for corner in np.ndindex(2, 2, 2)])
        same = np.flatnonzero(_alike(rays, corners, points))
        found[same] = crossings.of(low[same], points[same])
    return found


def _alike(rays: Rays, starts: Floats, points: Floats) -> Flags:
    """Return for each point whether lines from everywhere within the corners (8, points, 3) surely cross the same."""
    (sx, sy, sz), (ex, ey, ez) = np.moveaxis(starts, 2, 0), points.T
    dx, dy, dz = ex - sx, ey - sy, ez - sz
    edge, fraction, u, _ = (each.reshape(sx.shape) for each in hits_of(rays, *map(np.ravel, (sx, sy, dx, dy))))
    with np.errstate(divide="ignore", invalid="ignore"):
        at = np.where(ez > rays.height, (rays.height - sz) / dz, np.where(ez < 0, sz / (sz - ez), 1.0))
    wall = (edge >= 0) & (fraction <= at)
    same = _one_side(edge == edge[0]) & _one_side(wall)
    for index in range(len(rays.edges)):
        here = np.flatnonzero(same & wall[0] & (edge[0] == index))
        if len(here):
            lines = (each[:, here] for each in (sz, dx, dy, dz, fraction, u))
            same[here] = np.logical_and.reduce([*_surely(rays, index, *lines)])
    return same


def _one_side(flags: Flags) -> Flags:
    """Return for each column whether all of its flags are the same."""
    return np.asarray((flags == flags[0]).all(axis=0))


def _surely(
    rays: Rays, index: int, sz: Floats, dx: Floats, dy: Floats, dz: Floats, fraction: Floats, u: Floats
) -> Iterator[Flags]:
    """Yield for each plane that decides what is touched of one edge's walls whether all starts lie on one side."""
    edge = rays.edges[index]
    entry = entry_of(edge, sz, dx, dy, dz, fraction, u)
    z, depth = entry.z, entry.depth
    yield _one_side(entry.forward > 0)
    yield _one_side(entry.entered == entry.entered[0])
    for part in edge.parts:
        deep = np.where(part.depth > depth, part.depth, depth)
        end, top = entry.leave(deep, u, dz)
        yield _one_side(deep < entry.room * entry.slope)
        yield from (_one_side(each >= part.u0) & _one_side(each <= part.u1) for each in (u, end))
        yield _one_side(z > part.top) & _one_side(top > part.top)
        yield from (_decided(u, z, end, top, *opening) for _, *opening in part.openings)
    end, top = entry.leave(depth, u, dz)
    yield _one_side(depth < entry.room * entry.slope)
    yield _one_side(end < -EPSILON) & _one_side(end > edge.size + EPSILON)
    for other in (rays.edges[index - 1], rays.edges[(index + 1) % len(rays.edges)]):
        yield from (_one_side(z > part.top) & _one_side(top > part.top) for part in other.parts)


def _decided(u0: Floats, z0: Floats, u1: Floats, z1: Floats, a: float, b: float, low: float, high: float) -> Flags:
    """Return for each column whether all segments lie on one side of a rectangle, or all within it."""
    left, right = np.minimum(u0, u1).min(axis=0), np.maximum(u0, u1).max(axis=0)
    bottom, top = np.minimum(z0, z1).min(axis=0), np.maximum(z0, z1).max(axis=0)
    beside = (right < a - EPSILON) | (left > b + EPSILON) | (top < low - EPSILON) | (bottom > high + EPSILON)
    within = (left > a + EPSILON) & (right < b - EPSILON) & (bottom > low + EPSILON) & (top < high - EPSILON)
    return np.asarray(beside | within)
