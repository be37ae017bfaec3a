"""The search for the worst place behind a barrier, compiled: ``model.search`` and ``model.surfaces``, bit by bit.

For rooms without inward corners, sources inside, full effort. Lengths in metres; (p, q) on the surface as there.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from shieldcalc.kernels.exact import exact, exact_and_kept, exactly_inlined
from shieldcalc.kernels.gains import DONE, MISSING, NOT_HERE, Bench, Passed, Radiation, bench_for, doses, passed_for
from shieldcalc.kernels.lines import Floats, Integers, Room, read, work_for

BESIDE, FLAT, PROMISING, APART, KEPT = 1e-4, 1e-3, 0.8, 0.1, 3
NEAREST_LINES, LINES_SWEPT = 40, 400
PLACES, SLOTS, LINES = 16384, 32768, 4096


class Area(NamedTuple):
    """Where people can be: ``frame`` origin, along, up, normal (12 numbers); box, holes, outline, columns and rows.

    ``extra``: further places (x, y, z) to try; ``edges``: the edges in space (two ends) that cast shadows.
    """

    frame: Floats
    box: Floats
    holes: Floats
    outline: Floats
    grid: Integers
    extra: Floats
    edges: Floats


class Sheet(NamedTuple):
    """What is to be tried, what was: places, their doses, the slot of each by its bits; lines of shadows by start.

    ``counts``: places tried, doses asked for (a number for each), places to try, those tried before the climb from the
    best began, and how far the search is.
    """

    seeds: Floats
    places: Floats
    bits: Integers
    doses: Floats
    slots: Integers
    counts: Integers
    lines: Floats
    of_lines: Integers
    order: Integers
    distances: Floats
    feet: Floats


Found = list[list[float] | None]
All = tuple[Room, Radiation, Passed, Bench, Area, Sheet]


@exactly_inlined
def _over(frame: Any, x: float, y: float, z: float) -> Any:
    return (x - frame[0]) * frame[9] + (y - frame[1]) * frame[10] + (z - frame[2]) * frame[11]


@exactly_inlined
def _coordinates(frame: Floats, a: float, b: float, c: float) -> tuple[float, float]:
    x, y, z = a - frame[0], b - frame[1], c - frame[2]
    return x * frame[3] + y * frame[4] + z * frame[5], x * frame[6] + y * frame[7] + z * frame[8]


@exactly_inlined
def _clamp(box: Floats, p: float, q: float) -> tuple[float, float]:
    p = min(max(p, box[0]), box[1])
    return p, min(max(q, box[2]), box[3])


@exactly_inlined
def _contains(outline: Floats, x: float, y: float) -> bool:
    inside = False
    ax, ay = outline[-1, 0], outline[-1, 1]
    for corner in range(outline.shape[0]):
        bx, by = outline[corner, 0], outline[corner, 1]
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            inside = not inside
        ax, ay = bx, by
    return inside


@exactly_inlined
def _allowed(area: Area, p: float, q: float) -> bool:
    box = area.box
    if not (box[0] <= p <= box[1] and box[2] <= q <= box[3]):
        return False
    for hole in range(area.holes.shape[0]):
        if area.holes[hole, 0] < p < area.holes[hole, 1] and area.holes[hole, 2] < q < area.holes[hole, 3]:
            return False
    return area.outline.shape[0] == 0 or _contains(area.outline, p, q)


@exact
def _try(every: All, p: Any, q: Any) -> Any:
    """Return the number of a place tried, computed now if it was not; -1: nobody can be there; < -1: not known."""
    room, radiation, passed, bench, area, sheet = every
    if not _allowed(area, p, q):
        return -1
    count = sheet.counts[0]
    if count >= PLACES:
        return -1 - NOT_HERE
    sheet.places[count, 0], sheet.places[count, 1] = p, q
    mixed = sheet.bits[count, 0] * 31 + sheet.bits[count, 1]
    slot = ((mixed ^ (mixed >> 31)) * 7046029254386353131 >> 20) & (SLOTS - 1)
    while sheet.slots[slot] != 0:
        known = sheet.slots[slot] - 1
        if sheet.places[known, 0] == p and sheet.places[known, 1] == q:
            return known
        slot = (slot + 1) & (SLOTS - 1)
    f = area.frame
    bench.at[0] = f[0] + p * f[3] + q * f[6]
    bench.at[1] = f[1] + p * f[4] + q * f[7]
    bench.at[2] = f[2] + p * f[5] + q * f[8]
    sheet.counts[1] += 1
    state = doses(room, radiation, passed, bench, sheet.counts[1], sheet.doses[count])
    if state != DONE:
        return -1 - state
    sheet.slots[slot] = count + 1
    sheet.counts[0] += 1
    return count


@exactly_inlined
def _at(area: Area, edge: int, t: float, axis: int) -> Any:
    first, second = area.edges[edge, axis], area.edges[edge, 3 + axis]
    return first + t * (second - first)


@exactly_inlined
def _cast(area: Area, start: Floats, near: float, x: float, y: float, z: float, height: float) -> tuple[float, float]:
    """Return where the line from ``start`` through a place so high over the surface meets it."""
    k = near / (near - height)
    a, b, c = start[0] + k * (x - start[0]), start[1] + k * (y - start[1]), start[2] + k * (z - start[2])
    return _coordinates(area.frame, a, b, c)


@exactly_inlined
def _end(area: Area, edge: int, side: int, start: Floats, near: float, height: float) -> tuple[float, float]:
    e = area.edges[edge]
    return _cast(area, start, near, e[3 * side], e[3 * side + 1], e[3 * side + 2], height)


@exactly_inlined
def _part(area: Area, edge: int, t: float, start: Floats, near: float, height: float) -> tuple[float, float]:
    """Return the shadow of a place on an edge; the height over the surface is known where ``t`` is 0 (first end)."""
    x, y, z = _at(area, edge, t, 0), _at(area, edge, t, 1), _at(area, edge, t, 2)
    return _cast(area, start, near, x, y, z, _over(area.frame, x, y, z) if np.isnan(height) else height)


@exactly_inlined
def _cut(box: Floats, p0: float, q0: float, p1: float, q1: float) -> tuple[bool, float, float]:
    """Return whether a segment meets the box, and the parts of it where it enters and leaves."""
    enter, leave = 0.0, 1.0
    for i in range(2):
        one, other = (p0, p1) if i == 0 else (q0, q1)
        low, high = box[2 * i], box[2 * i + 1]
        if (one < low and other < low) or (one > high and other > high):
            return False, 0.0, 0.0
        change = other - one
        if (low <= one <= high and low <= other <= high) or abs(change) < 1e-12:
            continue
        near, far = (low - one) / change, (high - one) / change
        enter, leave = max(enter, min(near, far)), min(leave, max(near, far))
    return enter <= leave, enter, leave


@exactly_inlined
def _keep_line(sheet: Sheet, first: int, count: int, a: float, b: float, c: float, d: float) -> int:
    for k in range(first, count):
        line = sheet.lines[k]
        if line[0] == a and line[1] == b and line[2] == c and line[3] == d:
            return count
    if count < LINES:
        sheet.lines[count, 0], sheet.lines[count, 1], sheet.lines[count, 2], sheet.lines[count, 3] = a, b, c, d
    return count + 1


@exact
def _shadows(area: Area, sheet: Sheet, start: Floats, first: int) -> int:
    """Write the shadow lines of the edges as seen from a start, each once; return the number of all lines."""
    near, count, nan = _over(area.frame, start[0], start[1], start[2]), first, np.nan
    if near >= 0:
        return count
    low = near + 1e-3
    for edge in range(area.edges.shape[0]):
        e = area.edges[edge]
        a, b = _over(area.frame, e[0], e[1], e[2]), _over(area.frame, e[3], e[4], e[5])
        if low <= a <= 0 and low <= b <= 0:
            p0, q0 = _end(area, edge, 0, start, near, a)
            p1, q1 = _end(area, edge, 1, start, near, b)
        else:
            if (a < low and b < low) or (a > 0 and b > 0):
                continue
            if a == b:
                p0, q0 = _end(area, edge, 0, start, near, a)
                p1, q1 = _end(area, edge, 1, start, near, b)
            else:
                t0, t1 = (min(max(a, low), 0.0) - a) / (b - a), (min(max(b, low), 0.0) - a) / (b - a)
                p0, q0 = _part(area, edge, t0, start, near, a if t0 == 0 else nan)
                p1, q1 = _part(area, edge, t1, start, near, nan)
        met, enter, leave = _cut(area.box, p0, q0, p1, q1)
        if met:
            dp, dq = p1 - p0, q1 - q0
            count = _keep_line(sheet, first, count, p0 + enter * dp, q0 + enter * dq, p0 + leave * dp, q0 + leave * dq)
    return count


@exactly_inlined
def _nearest(ax: float, ay: float, bx: float, by: float, p: float, q: float) -> tuple[float, float]:
    ex, ey = bx - ax, by - ay
    square = ex * ex + ey * ey
    t = 0.0 if square == 0 else min(1.0, max(0.0, ((p - ax) * ex + (q - ay) * ey) / square))
    return ax + t * ex, ay + t * ey


@exactly_inlined
def _seed(area: Area, sheet: Sheet, p: float, q: float) -> None:
    """Note a place to try, moved into the box, while there is room."""
    count = sheet.counts[2]
    if count < sheet.seeds.shape[0]:
        sheet.seeds[count, 0], sheet.seeds[count, 1] = _clamp(area.box, p, q)
        sheet.counts[2] = count + 1


@exact
def _beside(area: Area, sheet: Sheet, p: float, q: float) -> None:
    for i in range(5):
        a = 0.0 if i == 0 else BESIDE if i > 2 else -BESIDE
        b = 0.0 if i == 0 else BESIDE if i % 2 == 0 else -BESIDE
        _seed(area, sheet, p + a, q + b)


@exactly_inlined
def _corner(area: Area, sheet: Sheet, one: Floats, other: Floats) -> None:
    rx, ry, sx, sy = one[2] - one[0], one[3] - one[1], other[2] - other[0], other[3] - other[1]
    bottom = rx * sy - ry * sx
    if bottom == 0:
        return
    t = ((other[0] - one[0]) * sy - (other[1] - one[1]) * sx) / bottom
    u = ((other[0] - one[0]) * ry - (other[1] - one[1]) * rx) / bottom
    if 0 <= t <= 1 and 0 <= u <= 1:
        _beside(area, sheet, one[0] + t * rx, one[1] + t * ry)


@exactly_inlined
def _sort(sheet: Sheet, first: int, last: int, foot: Floats) -> None:
    """Write into ``order`` the lines from first to last, those that pass nearest to a foot first."""
    for k in range(first, last):
        line = sheet.lines[k]
        p, q = _nearest(line[0], line[1], line[2], line[3], foot[0], foot[1])
        far = (p - foot[0]) * (p - foot[0]) + (q - foot[1]) * (q - foot[1])
        at = k - first
        while at > 0 and sheet.distances[at - 1] > far:
            sheet.distances[at], sheet.order[at] = sheet.distances[at - 1], sheet.order[at - 1]
            at -= 1
        sheet.distances[at], sheet.order[at] = far, k


@exact
def _seeds(area: Area, sheet: Sheet, starts: int, rims: Floats) -> None:
    """Note the places where a peak may be, in the order of ``model.search``."""
    box, feet = area.box, sheet.feet
    columns, rows = area.grid[0], area.grid[1]
    for foot in range(starts):
        _seed(area, sheet, feet[foot, 0], feet[foot, 1])
    for i in range(columns + 1):
        for j in range(rows + 1):
            p, q = box[0] + (box[1] - box[0]) * i / columns, box[2] + (box[3] - box[2]) * j / rows
            _seed(area, sheet, p, q)
    for corner in range(area.outline.shape[0]):
        _seed(area, sheet, area.outline[corner, 0], area.outline[corner, 1])
    for foot in range(starts):
        p, q = feet[foot, 0], feet[foot, 1]
        for other in range(min(starts, NEAREST_LINES)):
            _seed(area, sheet, (p + feet[other, 0]) / 2, (q + feet[other, 1]) / 2)
        first = sheet.of_lines[foot]
        own = sheet.of_lines[foot + 1] - first
        for k in range(own + rims.shape[0]):
            e = sheet.lines[first + k] if k < own else rims[k - own]
            a, b = _nearest(e[0], e[1], e[2], e[3], p, q)
            _beside(area, sheet, a, b)
    for foot in range(starts):
        first, last = sheet.of_lines[foot], sheet.of_lines[foot + 1]
        _sort(sheet, first, last, feet[foot])
        for i in range(min(last - first, NEAREST_LINES)):
            one = sheet.lines[sheet.order[i]]
            for j in range(i + min(rims.shape[0], NEAREST_LINES)):
                _corner(area, sheet, one, sheet.lines[sheet.order[j]] if j < i else rims[j - i])


@exactly_inlined
def _copy(of: Floats, to: Floats) -> None:
    to[0], to[1], to[2] = of[0], of[1], of[2]


@exactly_inlined
def _better(every: All, index: int, tried: int, best: Floats) -> int:
    """Make ``best`` (dose, p, q) of a place tried if it comes after it in order; return DONE, or why not known."""
    if tried < -1:
        return -1 - tried
    if tried >= 0:
        sheet = every[5]
        dose, p, q = sheet.doses[tried, index], sheet.places[tried, 0], sheet.places[tried, 1]
        if dose > best[0] or (dose == best[0] and (p > best[1] or (p == best[1] and q > best[2]))):
            best[0], best[1], best[2] = dose, p, q
    return DONE


@exactly_inlined
def _swept(every: All, index: int, lines: int, best: Floats, reached: Floats) -> int:
    """Go along each coordinate over every shadow line while that helps; return DONE, or why not known."""
    sheet = every[5]
    while True:
        _copy(best, reached)
        for axis in range(2):
            p, q = reached[1], reached[2]
            other = q if axis == 0 else p
            for k in range(lines):
                e = sheet.lines[k]
                low, high = e[1 - axis], e[3 - axis]
                if not (min(low, high) - BESIDE <= other <= max(low, high) + BESIDE and abs(high - low) > BESIDE):
                    continue
                value = e[axis] + (other - low) / (high - low) * (e[2 + axis] - e[axis])
                for side in range(2):
                    v = value - BESIDE if side == 0 else value + BESIDE
                    state = _better(every, index, _try(every, v if axis == 0 else p, q if axis == 0 else v), reached)
                    if state != DONE:
                        return state
        if not reached[0] > best[0]:
            return DONE
        _copy(reached, best)


@exactly_inlined
def _around(every: All, index: int, step: float, best: Floats, reached: Floats) -> tuple[int, float]:
    """Write the best of eight places around; return DONE or why not known, and the least dose of the eight."""
    box, sheet = every[4].box, every[5]
    reached[0], reached[1], reached[2] = -2.0, 0.0, 0.0
    least = np.inf
    for i in range(9):
        if i == 4:
            continue
        p, q = _clamp(box, best[1] + (i // 3 - 1) * step, best[2] + (i % 3 - 1) * step)
        tried = _try(every, p, q)
        if tried < -1:
            return -1 - tried, least
        dose = sheet.doses[tried, index] if tried >= 0 else -1.0
        least = min(least, dose)
        if dose > reached[0] or (dose == reached[0] and (p > reached[1] or (p == reached[1] and q > reached[2]))):
            reached[0], reached[1], reached[2] = dose, p, q
    return DONE, least


@exactly_inlined
def _climb(every: All, index: int, lines: int, steps: Floats, best: Floats, reached: Floats) -> int:
    """Climb from a place; return DONE, or why not known."""
    if every[1].starts.shape[0] > 1:
        state = _swept(every, index, lines, best, reached)
        if state != DONE:
            return state
    for number in range(steps.size):
        while True:
            state, least = _around(every, index, steps[number], best, reached)
            if state != DONE:
                return state
            if not reached[0] > best[0]:
                break
            _copy(reached, best)
        if least > best[0] * (1 - FLAT):
            break
    return DONE


@exactly_inlined
def _next(sheet: Sheet, index: int, among: int, chosen: Floats, count: int) -> int:
    """Return the highest place tried among the first so many, away from those chosen; -1 where there is none."""
    found = -1
    for k in range(among):
        p, q = sheet.places[k, 0], sheet.places[k, 1]
        near = False
        for i in range(count):
            near = near or not max(abs(p - chosen[i, 0]), abs(q - chosen[i, 1])) > APART
        if near:
            continue
        if found < 0 or sheet.doses[k, index] > sheet.doses[found, index]:
            found = k
        elif sheet.doses[k, index] == sheet.doses[found, index]:
            a, b = sheet.places[found, 0], sheet.places[found, 1]
            if p > a or (p == a and q > b):
                found = k
    return found


@exact
def _refined(every: All, index: int, lines: int, steps: Floats, out: Floats) -> int:
    """Write the best place (dose, p, q) reached from the best few of those tried so far; return DONE or why not."""
    sheet = every[5]
    among, chosen = sheet.counts[3], np.empty((KEPT, 2))
    best, reached = np.empty(3), np.empty(3)
    out[0], out[1], out[2] = -np.inf, 0.0, 0.0
    highest = 0.0
    for count in range(KEPT):
        k = _next(sheet, index, among, chosen, count)
        if k < 0 or (count > 0 and sheet.doses[k, index] < PROMISING * highest):
            break
        best[0], best[1], best[2] = sheet.doses[k, index], sheet.places[k, 0], sheet.places[k, 1]
        highest = best[0] if count == 0 else highest
        chosen[count, 0], chosen[count, 1] = best[1], best[2]
        state = _climb(every, index, lines, steps, best, reached)
        if state != DONE:
            return state
        if best[0] > out[0] or (best[0] == out[0] and (best[1] > out[1] or (best[1] == out[1] and best[2] > out[2]))):
            _copy(best, out)
    return DONE


@exactly_inlined
def _rims(area: Area) -> Floats:
    """Return the rims of the box or the edges of the outline, and the rims of the holes (p, q, p, q)."""
    corners, holes = area.outline.shape[0], area.holes.shape[0]
    own = corners if corners > 0 else 4
    rims = np.empty((own + 4 * holes, 4))
    for corner in range(corners):
        after = corner + 1 if corner + 1 < corners else 0
        rims[corner, 0], rims[corner, 1] = area.outline[corner, 0], area.outline[corner, 1]
        rims[corner, 2], rims[corner, 3] = area.outline[after, 0], area.outline[after, 1]
    for k in range(holes if corners > 0 else holes + 1):
        at = own + 4 * k if corners > 0 else 4 * k
        box = area.holes[k] if corners > 0 else (area.box if k == 0 else area.holes[k - 1])
        p0, p1, q0, q1 = box[0], box[1], box[2], box[3]
        rims[at, 0], rims[at, 1], rims[at, 2], rims[at, 3] = p0, q0, p1, q0
        rims[at + 1, 0], rims[at + 1, 1], rims[at + 1, 2], rims[at + 1, 3] = p0, q1, p1, q1
        rims[at + 2, 0], rims[at + 2, 1], rims[at + 2, 2], rims[at + 2, 3] = p0, q0, p0, q1
        rims[at + 3, 0], rims[at + 3, 1], rims[at + 3, 2], rims[at + 3, 3] = p1, q0, p1, q1
    return rims


@exact
def _drawn(area: Area, sheet: Sheet, starts: Floats, limit: int) -> int:
    """Note all places to try, the caller's last; return DONE, NOT_HERE where there are too many."""
    lines = 0 * limit
    for start in range(starts.shape[0]):
        p, q = _coordinates(area.frame, starts[start, 0], starts[start, 1], starts[start, 2])
        sheet.feet[start, 0], sheet.feet[start, 1] = _clamp(area.box, p, q)
        sheet.of_lines[start] = lines
        lines = _shadows(area, sheet, starts[start], lines)
        if lines > LINES:
            return NOT_HERE
    sheet.of_lines[starts.shape[0]] = lines
    sheet.counts[2] = 0
    _seeds(area, sheet, starts.shape[0], _rims(area))
    if sheet.counts[2] == sheet.seeds.shape[0]:
        return NOT_HERE
    sheet.counts[2] = min(sheet.counts[2], limit)
    for extra in range(area.extra.shape[0]):
        p, q = _coordinates(area.frame, area.extra[extra, 0], area.extra[extra, 1], area.extra[extra, 2])
        _seed(area, sheet, p, q)
    return DONE


@exactly_inlined
def _sown(every: All) -> int:
    """Try all places noted; return DONE, or why some are not known."""
    sheet, found = every[5], DONE
    for k in range(sheet.counts[2]):
        tried = _try(every, sheet.seeds[k, 0], sheet.seeds[k, 1])
        if tried < -1:
            found = max(found, -1 - tried)
    sheet.counts[3] = sheet.counts[0]
    return found


def _worst(stamp: int):  # type: ignore[no-untyped-def]  # numba types it
    """Return the compiled search; see ``worst``."""

    def worst(room, radiation, passed, bench, area, sheet, asked, steps, limit, out):  # type: ignore[no-untyped-def]
        every = (room, radiation, passed, bench, area, sheet)
        passed.counts[1] = 0 * stamp
        if sheet.counts[4] == 0:
            sheet.counts[0] = 0
            for slot in range(SLOTS):
                sheet.slots[slot] = 0
            if _drawn(area, sheet, radiation.starts, limit) != DONE:
                return NOT_HERE
            sheet.counts[4] = 1
        if sheet.counts[4] == 1:
            state = _sown(every)
            if state != DONE:
                return state
            sheet.counts[4] = 2
        lines = min(sheet.of_lines[radiation.starts.shape[0]], LINES_SWEPT)
        while sheet.counts[4] < 5:
            index = sheet.counts[4] - 2
            out[index, 0] = -np.inf
            if asked[index]:
                state = _refined(every, index, lines, steps, out[index])
                if state != DONE:
                    return state
                if out[index, 0] > -np.inf:
                    tried = _try(every, out[index, 1], out[index, 2])
                    out[index, 3], out[index, 4] = sheet.doses[tried, 0], sheet.doses[tried, 1]
                    out[index, 5] = sheet.doses[tried, 2]
            sheet.counts[4] += 1
            sheet.counts[3] = sheet.counts[0]
        sheet.counts[4] = 0
        return DONE

    return worst


worst = exact_and_kept(_worst)


def sheet_for(starts: int) -> Sheet:
    """Return places to search with from so many starts."""
    places = np.zeros((PLACES + 1, 2))
    return Sheet(
        np.zeros((PLACES, 2)),
        places,
        places.view(np.int64),
        np.zeros((PLACES + 1, 3)),
        np.zeros(SLOTS, np.int64),
        np.zeros(5, np.int64),
        np.zeros((LINES, 4)),
        np.zeros(starts + 1, np.int64),
        np.zeros(LINES, np.int64),
        np.zeros(LINES),
        np.zeros((starts, 2)),
    )


@cache
def _sheet(starts: int) -> Sheet:
    """Return places to search with from so many starts; searches share them, one after another."""
    return sheet_for(starts)


class Search:
    """Searches for worst places in one room with one radiation; what was found of lines is kept for all barriers.

    ``passing`` gives the transmission of a line, as ``lines.read`` reads it, in the quality of a part of the radiation.
    """

    def __init__(
        self, room: Room, radiation: Radiation, passing: Callable[[tuple[tuple[int, ...], ...], int], float]
    ) -> None:
        self._room, self._radiation, self._passing = room, radiation, passing
        self._passed = passed_for(int(radiation.wholes[:, 0].max()) + 1)
        self._bench = bench_for(radiation, work_for(room))

    def worst(self, area: Area, asked: Sequence[bool], steps: Sequence[float], limit: int) -> Found | None:
        """Return for each quantity asked (p, q) and the doses where it is largest, None where nobody can be anywhere.

        ``limit``: of places tried before any is refined. None for all where it cannot be said here.
        """
        sheet, out = _sheet(len(self._radiation.starts)), np.zeros((3, 6))
        sheet.counts[4] = 0
        told = self._room, self._radiation, self._passed, self._bench, area, sheet
        while (state := worst(*told, np.array(asked), np.array(steps), limit, out)) == MISSING:
            self._fill()
        if state != DONE:
            return None
        rows = out.tolist()
        return [row[1:] if each and row[0] > -np.inf else None for each, row in zip(asked, rows, strict=True)]

    def _fill(self) -> None:
        """Write the transmissions that were missing."""
        passed, wholes = self._passed, self._radiation.wholes
        for row, part in set(map(tuple, passed.missing[: passed.counts[1]].tolist())):
            quality = wholes[part, 0]
            if np.isnan(passed.transmissions[row, quality]):
                key = read(int(passed.lines[row]), int(self._room.counts[0]))
                passed.transmissions[row, quality] = self._passing(key, part)
