"""Where straight lines run through bodies, for a block of lines to one point at once.

A line is S + t (P - S), t from 0 at the source to 1 at the point. A body is, in its own frame (centre and rotation),

- flat: |x| <= a, |y| <= b, |z| <= c: a box; a slab has a = b = ``ENDLESS``;
- round: x^2 + y^2 + w z^2 <= radius^2 and |z| <= half: a cylinder with w = 0, a sphere with w = 1 and half =
  ``ENDLESS``; an inner radius above 0 takes the same form out of it, which leaves a shell and up to two pieces of each
  line.

Each body is a row of ``bodies``: form, centre (3), rotation (9, rows are the body's axes), four sizes (a, b, c, 0) or
(radius, half, inner radius, w); lengths in m. The block is in structure-of-arrays form so that each loop is vectorised.
"""

import numpy as np
from numpy import float64, int32, sqrt
from numpy.typing import NDArray

from shieldcalc.kernels import compiled

Floats = NDArray[float64]
Integers = NDArray[int32]

FLAT, ROUND = 0.0, 1.0
COLUMNS = 17
BLOCK = 128  # lines at once
ENDLESS = 1e30  # m; stays finite where it is divided by the least direction
_LEAST = 1e-30  # a direction along a face, in place of 0
_LEAST_SQUARE = 1e-300
_SHORTEST = 1e-12  # a piece of a line shorter than this part of it is rounding, not a layer


@compiled
def _own_frame(body: Floats, x: float, y: float, z: float) -> tuple[float, float, float]:
    """Return a position in the frame of a body."""
    x, y, z = x - body[1], y - body[2], z - body[3]
    return (
        body[4] * x + body[5] * y + body[6] * z,
        body[7] * x + body[8] * y + body[9] * z,
        body[10] * x + body[11] * y + body[12] * z,
    )


@compiled
def _within(half: float, start: float, end: float) -> tuple[float, float]:
    """Return the t of a line from ``start`` to ``end`` between two faces at -half and half."""
    way = end - start
    per = 1.0 / (way if abs(way) > _LEAST else _LEAST)
    one, other = (-half - start) * per, (half - start) * per
    return min(one, other), max(one, other)


@compiled
def _to_frame(body: Floats, lines: Floats, count: int, own: Floats) -> None:
    cx, cy, cz = body[1], body[2], body[3]
    xx, xy, xz, yx, yy, yz, zx, zy, zz = (
        body[4],
        body[5],
        body[6],
        body[7],
        body[8],
        body[9],
        body[10],
        body[11],
        body[12],
    )
    for i in range(count):
        x, y, z = lines[0, i] - cx, lines[1, i] - cy, lines[2, i] - cz
        own[0, i] = xx * x + xy * y + xz * z
        own[1, i] = yx * x + yy * y + yz * z
        own[2, i] = zx * x + zy * y + zz * z


@compiled
def flat_pieces(
    body: Floats, own: Floats, end: tuple[float, float, float], count: int, near: Floats, far: Floats
) -> None:
    """Write the t between which each line runs in a flat body; near = far where it does not.

    ``own`` (3, lanes) the sources and ``end`` the point, both in the body's frame.
    """
    a, b, c = body[13], body[14], body[15]
    u, v, w = end
    for i in range(count):
        x0, x1 = _within(a, own[0, i], u)
        y0, y1 = _within(b, own[1, i], v)
        z0, z1 = _within(c, own[2, i], w)
        enter = max(x0, y0, z0, 0.0)
        leave = min(x1, y1, z1, 1.0)
        near[i] = enter
        far[i] = max(enter, leave)


@compiled
def round_pieces(
    body: Floats, radius: float, own: Floats, end: tuple[float, float, float], count: int, near: Floats, far: Floats
) -> None:
    """Write the t between which each line runs in a round body of this radius; near = far where it does not.

    The half chord comes from the distance of the line to the axis or centre, which keeps its digits far away.
    """
    half, weight, square = body[14], body[16], radius * radius
    u, v, w = end
    for i in range(count):
        x, y, z = own[0, i], own[1, i], own[2, i]
        dx, dy, dz = u - x, v - y, w - z
        across = max(dx * dx + dy * dy + weight * dz * dz, _LEAST_SQUARE)
        middle = -(x * dx + y * dy + weight * z * dz) / across
        px, py, pz = x + middle * dx, y + middle * dy, z + middle * dz
        inside = square - (px * px + py * py + weight * pz * pz)
        reach = sqrt(max(inside, 0.0) / across)
        z0, z1 = _within(half, z, w)
        enter = max(middle - reach, z0, 0.0)
        leave = min(middle + reach, z1, 1.0)
        near[i] = enter
        far[i] = max(enter, leave)


@compiled
def body_pieces(body: Floats, lines: Floats, point: Floats, count: int, own: Floats, near: Floats, far: Floats) -> int:
    """Write the pieces of each line in one body into the first one or two rows of near and far; return how many rows.

    ``lines`` (3, lanes) the sources' x, y, z; ``own`` (3, lanes) is overwritten.
    """
    _to_frame(body, lines, count, own)
    end = _own_frame(body, point[0], point[1], point[2])
    if body[0] == FLAT:
        flat_pieces(body, own, end, count, near[0], far[0])
        return 1
    round_pieces(body, body[13], own, end, count, near[0], far[0])
    if body[15] <= 0.0:
        return 1
    round_pieces(body, body[15], own, end, count, near[1], far[1])
    for i in range(count):
        first, last, enter, leave = near[0, i], far[0, i], near[1, i], far[1, i]
        hit = leave > enter
        far[0, i] = max(enter, first) if hit else last
        near[1, i] = leave if hit else last
        far[1, i] = last
    return 2


@compiled
def alike_layers(
    near: Floats, far: Floats, stuff: Integers, pieces: int, count: int, length: Floats, kind: Integers
) -> int:
    """Return the number of layers if all lines of a block meet all its pieces in the same order, otherwise -1.

    Then ``length`` and ``kind`` are written as by ``layers_of``, without looking at each line.
    """
    rank = np.empty(pieces, np.intp)
    for p in range(pieces):
        k = p
        while k > 0 and near[rank[k - 1], 0] > near[p, 0]:
            rank[k] = rank[k - 1]
            k -= 1
        rank[k] = p
    unlike = 0
    for k in range(pieces):
        p, after = rank[k], rank[min(k + 1, pieces - 1)]
        for i in range(count):
            unlike += (far[p, i] - near[p, i] <= _SHORTEST) | (near[after, i] < near[p, i])
        if unlike > 0:
            return -1
    layers = 0
    for k in range(pieces):
        p = rank[k]
        if k > 0 and stuff[p] == kind[layers - 1, 0]:
            for i in range(count):
                length[layers - 1, i] += far[p, i] - near[p, i]
        else:
            for i in range(count):
                length[layers, i], kind[layers, i] = far[p, i] - near[p, i], stuff[p]
            layers += 1
    return layers


@compiled
def layers_of(
    near: Floats,
    far: Floats,
    stuff: Integers,
    pieces: int,
    count: int,
    length: Floats,
    kind: Integers,
    layers: Integers,
) -> None:
    """Put the pieces of each line in order from its start, neighbours of one material as one layer, gaps left out.

    ``near``, ``far`` (pieces, lanes) and the material of each piece in; ``length`` (layers, lanes) in parts of the
    line, ``kind`` (layers, lanes) the materials and ``layers`` how many, out. ``near`` is overwritten. Where all
    pieces are of one material their order is of no account.
    """
    alone = True
    for p in range(1, pieces):
        alone = alone and stuff[p] == stuff[0]
    if pieces > 0 and alone:
        for i in range(count):
            length[0, i], kind[0, i], layers[i] = 0.0, stuff[0], 1
        for p in range(pieces):
            for i in range(count):
                length[0, i] += far[p, i] - near[p, i]
        return
    for i in range(count):
        hits = 0
        for p in range(pieces):
            start, span = near[p, i], far[p, i] - near[p, i]
            if span > _SHORTEST:
                k = hits
                while k > 0 and near[k - 1, i] > start:
                    near[k, i], length[k, i], kind[k, i] = near[k - 1, i], length[k - 1, i], kind[k - 1, i]
                    k -= 1
                near[k, i], length[k, i], kind[k, i] = start, span, stuff[p]
                hits += 1
        last = 0
        for k in range(1, hits):
            if kind[last, i] == kind[k, i]:
                length[last, i] += length[k, i]
            else:
                last += 1
                length[last, i], kind[last, i] = length[k, i], kind[k, i]
        layers[i] = min(hits, last + 1)


@compiled
def apart(low: Floats, high: Floats, least: Floats, most: Floats) -> bool:
    """Return whether two boxes along the axes do not meet: a body's, and that of a block of lines with their point."""
    beside = least[0] > high[0] or most[0] < low[0] or least[1] > high[1] or most[1] < low[1]
    return bool(beside or least[2] > high[2] or most[2] < low[2])


@compiled
def box_of(lines: Floats, point: Floats, count: int, least: Floats, most: Floats) -> None:
    """Write the corners of the box along the axes that holds all lines of a block."""
    for axis in range(3):
        low = high = point[axis]
        for i in range(count):
            low = min(low, lines[axis, i])
            high = max(high, lines[axis, i])
        least[axis], most[axis] = low, high
