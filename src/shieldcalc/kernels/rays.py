"""Where straight lines run through bodies, for a block of lines to one point at once.

A line is S + t (P - S), t from 0 at the source to 1 at the point. A body is, in its own frame (centre and rotation),

- flat: |x| <= a, |y| <= b, |z| <= c: a box; a slab has a = b = ``ENDLESS``;
- round: x^2 + y^2 + w z^2 <= radius^2 and |z| <= half: a cylinder with w = 0, a sphere with w = 1 and half =
  ``ENDLESS``; an inner radius above 0 takes the same form out of it, which leaves a shell and up to two pieces of each
  line.

Each body is a row of ``bodies``: form, centre (3), rotation (9, rows are the body's axes), four sizes (a, b, c, 0) or
(radius, half, inner radius, w); lengths in m. ``lines`` are the sources of a block, flat: all x, all y, all z, so that
each loop is vectorised.
"""

from numpy import float64, sqrt
from numpy.typing import NDArray

from shieldcalc.kernels import compiled

Floats = NDArray[float64]

Frame = tuple[float, float, float, float, float, float, float, float, float, float, float, float]
Place = tuple[float, float, float]

FLAT, ROUND = 0.0, 1.0
COLUMNS = 17
BLOCK = 128  # lines at once
X, Y, Z = 0, BLOCK, 2 * BLOCK  # where a block's coordinates stand
ENDLESS = 1e30  # m; stays finite where it is divided by the least direction
SHORTEST = 1e-12  # a piece of a line shorter than this part of it is rounding, not a layer
_LEAST = 1e-30  # a direction along a face, in place of 0
_LEAST_SQUARE = 1e-300


@compiled
def _frame(bodies: Floats, b: int) -> Frame:
    """Return centre and axes of a body as numbers that no loop reads again."""
    return (
        bodies[b, 1],
        bodies[b, 2],
        bodies[b, 3],
        bodies[b, 4],
        bodies[b, 5],
        bodies[b, 6],
        bodies[b, 7],
        bodies[b, 8],
        bodies[b, 9],
        bodies[b, 10],
        bodies[b, 11],
        bodies[b, 12],
    )


@compiled
def _own(frame: Frame, x: float, y: float, z: float) -> Place:
    """Return a position in the frame of a body."""
    cx, cy, cz, xx, xy, xz, yx, yy, yz, zx, zy, zz = frame
    x, y, z = x - cx, y - cy, z - cz
    return xx * x + xy * y + xz * z, yx * x + yy * y + yz * z, zx * x + zy * y + zz * z


@compiled
def _within(half: float, start: float, end: float) -> tuple[float, float]:
    """Return the t of a line from ``start`` to ``end`` between two faces at -half and half."""
    way = end - start
    per = 1.0 / (way if abs(way) > _LEAST else _LEAST)
    one, other = (-half - start) * per, (half - start) * per
    return min(one, other), max(one, other)


@compiled
def _flat_pieces(
    bodies: Floats, b: int, lines: Floats, point: Floats, count: int, near: Floats, far: Floats, row: int
) -> None:
    """Write the t between which each line runs in a flat body; near = far where it does not."""
    half_x, half_y, half_z = bodies[b, 13], bodies[b, 14], bodies[b, 15]
    frame = _frame(bodies, b)
    u, v, w = _own(frame, point[0], point[1], point[2])
    for i in range(count):
        x, y, z = _own(frame, lines[X + i], lines[Y + i], lines[Z + i])
        x0, x1 = _within(half_x, x, u)
        y0, y1 = _within(half_y, y, v)
        z0, z1 = _within(half_z, z, w)
        enter = max(x0, y0, z0, 0.0)
        near[row, i] = enter
        far[row, i] = max(enter, min(x1, y1, z1, 1.0))


@compiled
def _round_pieces(
    bodies: Floats,
    b: int,
    radius: float,
    lines: Floats,
    point: Floats,
    count: int,
    near: Floats,
    far: Floats,
    row: int,
) -> None:
    """Write the t between which each line runs in a round body of this radius; near = far where it does not.

    The half chord comes from the distance of the line to the axis or centre, which keeps its digits far away.
    """
    half, weight, square = bodies[b, 14], bodies[b, 16], radius * radius
    frame = _frame(bodies, b)
    u, v, w = _own(frame, point[0], point[1], point[2])
    for i in range(count):
        x, y, z = _own(frame, lines[X + i], lines[Y + i], lines[Z + i])
        dx, dy, dz = u - x, v - y, w - z
        across = max(dx * dx + dy * dy + weight * dz * dz, _LEAST_SQUARE)
        middle = -(x * dx + y * dy + weight * z * dz) / across
        px, py, pz = x + middle * dx, y + middle * dy, z + middle * dz
        inside = square - (px * px + py * py + weight * pz * pz)
        reach = sqrt(max(inside, 0.0) / across)
        z0, z1 = _within(half, z, w)
        enter = max(middle - reach, z0, 0.0)
        near[row, i] = enter
        far[row, i] = max(enter, min(middle + reach, z1, 1.0))


@compiled
def body_pieces(
    bodies: Floats, b: int, lines: Floats, point: Floats, count: int, near: Floats, far: Floats, row: int
) -> int:
    """Write the pieces of each line in body b into one or two rows of near and far from ``row`` on; return how many.

    Rows that no line meets are left out.
    """
    if bodies[b, 0] == FLAT:
        _flat_pieces(bodies, b, lines, point, count, near, far, row)
    else:
        _round_pieces(bodies, b, bodies[b, 13], lines, point, count, near, far, row)
    rows = int(_any_met(near, far, row, count))
    if rows > 0 and bodies[b, 0] == ROUND and bodies[b, 15] > 0.0:
        hole = row + 1
        _round_pieces(bodies, b, bodies[b, 15], lines, point, count, near, far, hole)
        for i in range(count):
            first, last, enter, leave = near[row, i], far[row, i], near[hole, i], far[hole, i]
            hit = leave > enter
            far[row, i] = max(enter, first) if hit else last
            near[hole, i] = leave if hit else last
            far[hole, i] = last
        rows += int(_any_met(near, far, hole, count))
    return rows


@compiled
def _any_met(near: Floats, far: Floats, row: int, count: int) -> bool:
    """Return whether any line of a block meets a piece."""
    met = 0
    for i in range(count):
        met += far[row, i] - near[row, i] > SHORTEST
    return met > 0


@compiled
def apart(bounds: Floats, b: int, box: Floats) -> bool:
    """Return whether two boxes along the axes do not meet: a body's, and that of a block of lines, see ``box_of``."""
    beyond = 0
    for axis in range(3):
        beyond += (box[2, axis] > bounds[1, b, axis]) | (box[3, axis] < bounds[0, b, axis])
    return beyond > 0


@compiled
def beside(bodies: Floats, b: int, point: Floats, box: Floats) -> bool:
    """Return whether all lines from a box along the axes to a point pass on the far side of one of a body's faces."""
    frame = _frame(bodies, b)
    ends = _own(frame, point[0], point[1], point[2])
    mx, my, mz = (box[0, 0] + box[1, 0]) / 2, (box[0, 1] + box[1, 1]) / 2, (box[0, 2] + box[1, 2]) / 2
    middles = _own(frame, mx, my, mz)
    beyond = 0
    for axis in range(3):
        reach = 0.0
        for k in range(3):
            reach += abs(bodies[b, 4 + 3 * axis + k]) * (box[1, k] - box[0, k]) / 2
        half = bodies[b, 13 + axis]
        if bodies[b, 0] == ROUND:
            half = bodies[b, 14] if axis == 2 and bodies[b, 16] == 0.0 else bodies[b, 13]
        beyond += (min(middles[axis] - reach, ends[axis]) > half) | (max(middles[axis] + reach, ends[axis]) < -half)
    return beyond > 0


@compiled
def box_of(lines: Floats, point: Floats, count: int, box: Floats) -> None:
    """Write the least and the greatest corner of the box along the axes of a block's sources, then with the point."""
    for axis in range(3):
        low = high = lines[axis * BLOCK]
        for i in range(1, count):
            place = lines[axis * BLOCK + i]
            low = min(low, place)
            high = max(high, place)
        box[0, axis], box[1, axis] = low, high
        box[2, axis], box[3, axis] = min(low, point[axis]), max(high, point[axis])
