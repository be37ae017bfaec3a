"""What a straight line crosses in a room without inward corners, as one number: ``model.paths.Rays.key``, compiled.

The number is read digit by digit to the base of barriers + 2: 0 ends what stands at one place of the line, 1 is a gap,
2 and more the barriers in the order of the scene; the first digit is always 1. All lengths in metres.
"""

from typing import NamedTuple

import numpy as np
from numpy import float64, int64
from numpy.typing import NDArray

from shieldcalc.kernels.exact import exact, exactly_inlined

Floats = NDArray[float64]
Integers = NDArray[int64]

EPSILON, JOINT = 1e-6, 2e-3
GAP, NO_LINE = -1, -1
_LARGEST = 2**62


class Room(NamedTuple):
    """A room's walls: columns as ``model.paths`` has them.

    ``heights``: of the room. ``counts``: base, index of the ceiling and of the floor (-1: none). ``edges``: normal x y,
    unit x y, size, first and last + 1 of its parts. ``parts``: index, u0, u1, top, depth, whether open above, first and
    last + 1 of their openings. ``openings``: index, a, b, low, high. ``screens``: index, a x y, b x y, top.
    """

    height: float
    counts: Integers
    corners: Floats
    edges: Floats
    parts: Floats
    openings: Floats
    screens: Floats


class Work(NamedTuple):
    """Places to work in: hits (fraction, edge, u), what is found at one, events (fraction) and where each ends."""

    hits: Floats
    found: Integers
    events: Floats
    ends: Integers


@exactly_inlined
def _put(hits: Floats, count: int, fraction: float, edge: int, u: float) -> None:
    """Insert a hit into those in order."""
    at = count
    while at > 0 and (
        hits[at - 1, 0] > fraction
        or (
            hits[at - 1, 0] == fraction
            and (hits[at - 1, 1] > edge or (hits[at - 1, 1] == edge and hits[at - 1, 2] > u))
        )
    ):
        hits[at, 0], hits[at, 1], hits[at, 2] = hits[at - 1, 0], hits[at - 1, 1], hits[at - 1, 2]
        at -= 1
    hits[at, 0], hits[at, 1], hits[at, 2] = fraction, edge, u


@exactly_inlined
def _hits(room: Room, sx: float, sy: float, px: float, py: float, hits: Floats) -> int:
    """Write where the line crosses the plan's edges, in order; return how often."""
    corners = room.corners
    dx, dy = px - sx, py - sy
    square = dx * dx + dy * dy
    if square == 0:
        return 0
    last, count = corners.shape[0] - 1, 0
    before = dx * (corners[last, 1] - sy) - dy * (corners[last, 0] - sx)
    for index in range(corners.shape[0]):
        side = dx * (corners[index, 1] - sy) - dy * (corners[index, 0] - sx)
        if (before >= 0) != (side >= 0):
            part = before / (before - side)
            x = corners[last, 0] + part * (corners[index, 0] - corners[last, 0])
            y = corners[last, 1] + part * (corners[index, 1] - corners[last, 1])
            fraction = ((x - sx) * dx + (y - sy) * dy) / square
            if 0 < fraction < 1:
                _put(hits, count, fraction, last, part * room.edges[last, 4])
                count += 1
        before, last = side, index
    return count


@exactly_inlined
def _meets(u0: float, z0: float, u1: float, z1: float, a: float, b: float, low: float, high: float) -> bool:
    """Say whether a segment meets a rectangle (Liang and Barsky's clipping)."""
    if (u0 < a - EPSILON and u1 < a - EPSILON) or (u0 > b + EPSILON and u1 > b + EPSILON):
        return False
    enter, leave = 0.0, 1.0
    for axis in range(2):
        start, change = (u0, u1 - u0) if axis == 0 else (z0, z1 - z0)
        lowest, highest = (a, b) if axis == 0 else (low, high)
        if change == 0:
            if not lowest <= start <= highest:
                return False
            continue
        near, far = (lowest - start) / change, (highest - start) / change
        enter, leave = max(enter, min(near, far)), min(leave, max(near, far))
    return enter <= leave


@exactly_inlined
def _touch(room: Room, part: int, u0: float, u1: float, z0: float, z1: float, found: Integers, count: int) -> int:
    """Add what of one wall the line touches between its faces; return how many are found."""
    row = room.parts[part]
    top = row[3]
    if row[5] > 0 and max(z0, z1) > top:
        found[count] = GAP
        count += 1
        if min(z0, z1) > top:
            return count
    within = False
    for opening in range(int(row[6]), int(row[7])):
        hole = room.openings[opening]
        a, b, low, high = hole[1], hole[2], hole[3], hole[4]
        if _meets(u0, z0, u1, z1, a, b, low, high):
            found[count] = int(hole[0])
            count += 1
            within = within or (a <= u0 <= b and a <= u1 <= b and low <= z0 <= high and low <= z1 <= high)
    if not within:
        found[count] = int(row[0])
        count += 1
    return count


@exactly_inlined
def _round_corner(room: Room, edge: int, u: float, z: float, found: Integers, count: int) -> int:
    """Add the wall round a corner where the line leaves a wall past the end of its edge."""
    edges = room.edges
    total = edges.shape[0]
    if u < -EPSILON:
        beside = edge - 1 if edge > 0 else total - 1
        part = int(edges[beside, 6]) - 1
    elif u > edges[edge, 4] + EPSILON:
        beside = edge + 1 if edge + 1 < total else 0
        part = int(edges[beside, 5])
    else:
        return count
    if edges[beside, 5] == edges[beside, 6]:
        return count
    found[count] = int(room.parts[part, 0])
    count += 1
    if room.parts[part, 5] > 0 and z > room.parts[part, 3]:
        found[count] = GAP
        count += 1
    return count


@exactly_inlined
def _nearest(room: Room, edge: int, u: float) -> int:
    """Return the wall at one place along its edge, -1 in an undeclared stretch."""
    for part in range(int(room.edges[edge, 5]), int(room.edges[edge, 6])):
        if room.parts[part, 1] - JOINT <= u <= room.parts[part, 2] + JOINT:
            return part
    return -1


@exactly_inlined
def _distinct(found: Integers, start: int, count: int) -> int:
    """Leave each choice once, the gap alone where it is one of several; return how many remain."""
    kept = start
    for i in range(start, count):
        known = False
        for j in range(start, kept):
            known = known or found[j] == found[i]
        if not known:
            found[kept] = found[i]
            kept += 1
    for i in range(start, kept):
        if found[i] == GAP:
            found[start] = GAP
            return start + 1
    return kept


@exactly_inlined
def _whole(room: Room, dx: float, dy: float, dz: float, sz: float, hit: Floats, found: Integers, start: int) -> int:
    """Add what the line touches between inner and outer face of the walls on one edge; return how many are found."""
    fraction, edge, u = hit[0], int(hit[1]), hit[2]
    nx, ny, ux, uy = room.edges[edge, 0], room.edges[edge, 1], room.edges[edge, 2], room.edges[edge, 3]
    z = sz + fraction * dz
    out = dx * nx + dy * ny
    slope = abs(out)
    if slope == 0:
        slope = 1e-12
    forward = 1.0 if out > 0 else -1.0
    along = (dx * ux + dy * uy) * forward
    entered = _nearest(room, edge, u)
    count = start
    if entered < 0:
        found[count] = GAP
        return count + 1
    left = 1 - fraction if forward > 0 else fraction
    deep = room.parts[entered, 4]
    for part in range(int(room.edges[edge, 5]), int(room.edges[edge, 6])):
        row = room.parts[part]
        depth = row[4] if row[4] > deep else deep
        reach = min(depth / slope, left)
        end = u + along * reach
        if part == entered or ((u >= row[1] or end >= row[1]) and (u <= row[2] or end <= row[2])):
            count = _touch(room, part, u, end, z, z + dz * forward * reach, found, count)
    reach = min(deep / slope, left)
    end = u + along * reach
    if not -EPSILON <= end <= room.edges[edge, 4] + EPSILON:
        count = _round_corner(room, edge, end, max(z, z + dz * forward * reach), found, count)
    return _distinct(found, start, count)


@exactly_inlined
def _screens(room: Room, start: Floats, end: Floats, outside: bool, work: Work, events: int, count: int) -> int:
    """Add the screens that the line crosses; return how many events there are."""
    sx, sy = start[0], start[1]
    dx, dy = end[0] - sx, end[1] - sy
    for number in range(room.screens.shape[0]):
        screen = room.screens[number]
        ax, ay, bx, by, top = screen[1], screen[2], screen[3], screen[4], screen[5]
        if outside and top < room.height:
            continue
        first, second = dx * (ay - sy) - dy * (ax - sx), dx * (by - sy) - dy * (bx - sx)
        if (first >= 0) == (second >= 0):
            continue
        ex, ey = bx - ax, by - ay
        fraction = ((ax - sx) * ey - (ay - sy) * ex) / (dx * ey - dy * ex)
        if 0 < fraction < 1 and 0 <= start[2] + fraction * (end[2] - start[2]) <= top:
            work.found[count] = int(screen[0])
            work.events[events] = fraction
            work.ends[events, 0], work.ends[events, 1] = count, count + 1
            count += 1
            events += 1
    for i in range(1, events):
        at = i
        while at > 0 and work.events[at - 1] > work.events[at]:
            work.events[at - 1], work.events[at] = work.events[at], work.events[at - 1]
            for side in range(2):
                work.ends[at - 1, side], work.ends[at, side] = work.ends[at, side], work.ends[at - 1, side]
            at -= 1
    return events


@exactly_inlined
def _number(base: int, events: int, work: Work) -> int:
    """Return what was found as one number, NO_LINE where that is too long."""
    code = 1
    for event in range(events):
        for i in range(work.ends[event, 0], work.ends[event, 1] + 1):
            if code > _LARGEST // base:
                return NO_LINE
            code = code * base + (work.found[i] + 2 if i < work.ends[event, 1] else 0)
    return code


@exact
def line(room: Room, start: Floats, end: Floats, work: Work) -> int:
    """Return what the line from start to end (x, y, z) crosses as one number, NO_LINE where that is too long."""
    hits = _hits(room, start[0], start[1], end[0], end[1], work.hits)
    slab, at, height = -1, 1.0, room.height
    if end[2] > height:
        slab, at = room.counts[1], (height - start[2]) / (end[2] - start[2])
    elif end[2] < 0:
        slab, at = room.counts[2], start[2] / (start[2] - end[2])
    within = 0
    for hit in range(hits):
        if work.hits[hit, 0] <= at:
            within += 1
    if within % 2 == 1:
        slab = -1
    events, count = 0, 0
    dx, dy, dz = end[0] - start[0], end[1] - start[1], end[2] - start[2]
    for hit in range(within):
        work.events[events] = work.hits[hit, 0]
        work.ends[events, 0] = count
        count = _whole(room, dx, dy, dz, start[2], work.hits[hit], work.found, count)
        work.ends[events, 1] = count
        events += 1
    if slab >= 0:
        work.events[events], work.found[count] = at, slab
        work.ends[events, 0], work.ends[events, 1] = count, count + 1
        count += 1
        events += 1
    if room.screens.shape[0] > 0:
        events = _screens(room, start, end, slab >= 0 or hits % 2 == 1, work, events, count)
    return _number(room.counts[0], events, work)


def work_for(room: Room) -> Work:
    """Return places to work in for one room."""
    places = room.corners.shape[0] + room.screens.shape[0] + 2
    most = 4 * (room.parts.shape[0] + room.openings.shape[0] + places) * room.corners.shape[0]
    return Work(np.zeros((places, 3)), np.zeros(most, int64), np.zeros(places), np.zeros((places, 2), int64))


def read(number: int, base: int) -> tuple[tuple[int, ...], ...]:
    """Return what a number of ``line`` says: at each place of the line the choices, -1 for a gap."""
    digits = []
    while number > 1:
        number, digit = divmod(number, base)
        digits.append(digit)
    found: list[tuple[int, ...]] = []
    here: list[int] = []
    for digit in reversed(digits):
        if digit:
            here.append(digit - 2)
        else:
            found.append(tuple(here))
            here = []
    return tuple(found)
