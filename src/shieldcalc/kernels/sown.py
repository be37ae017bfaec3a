"""Places where a peak may be, compiled: shadows of edges, corners, feet of the starts of radiation; see ``worst``."""

from typing import Any

import numpy as np

from shieldcalc.kernels.exact import exact, exactly_inlined
from shieldcalc.kernels.gains import DONE, NOT_HERE
from shieldcalc.kernels.lines import Floats
from shieldcalc.kernels.sheet import BESIDE, LINES, NEAREST_LINES, All, Area, Sheet, clamp, coordinates, over, try_at

FURTHER = 20  # places that are still tried after one whose transmissions are not known: most lack the same ones


@exactly_inlined
def _at(area: Area, edge: int, t: float, axis: int) -> Any:
    first, second = area.edges[edge, axis], area.edges[edge, 3 + axis]
    return first + t * (second - first)


@exactly_inlined
def _cast(area: Area, start: Floats, near: float, x: float, y: float, z: float, height: float) -> tuple[float, float]:
    """Return where the line from ``start`` through a place so high over the surface meets it."""
    k = near / (near - height)
    a, b, c = start[0] + k * (x - start[0]), start[1] + k * (y - start[1]), start[2] + k * (z - start[2])
    return coordinates(area.frame, a, b, c)


@exactly_inlined
def _end(area: Area, edge: int, side: int, start: Floats, near: float, height: float) -> tuple[float, float]:
    e = area.edges[edge]
    return _cast(area, start, near, e[3 * side], e[3 * side + 1], e[3 * side + 2], height)


@exactly_inlined
def _part(area: Area, edge: int, t: float, start: Floats, near: float, height: float) -> tuple[float, float]:
    """Return the shadow of a place on an edge; the height over the surface is known where ``t`` is 0 (first end)."""
    x, y, z = _at(area, edge, t, 0), _at(area, edge, t, 1), _at(area, edge, t, 2)
    return _cast(area, start, near, x, y, z, over(area.frame, x, y, z) if np.isnan(height) else height)


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
    near, count, nan = over(area.frame, start[0], start[1], start[2]), first, np.nan
    if near >= 0:
        return count
    low = near + 1e-3
    for edge in range(area.edges.shape[0]):
        e = area.edges[edge]
        a, b = over(area.frame, e[0], e[1], e[2]), over(area.frame, e[3], e[4], e[5])
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
        sheet.seeds[count, 0], sheet.seeds[count, 1] = clamp(area.box, p, q)
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
def _rims(area: Area, rims: Floats) -> int:
    """Write the rims of the box or the edges of the outline, and those of the holes (p, q, p, q); return how many."""
    corners, holes = area.outline.shape[0], area.holes.shape[0]
    own = corners if corners > 0 else 4
    count: int = own + 4 * holes
    if count > LINES:
        return -1
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
    return count


@exact
def drawn(area: Area, sheet: Sheet, starts: Floats, limit: int) -> int:
    """Note all places to try, the caller's last; return DONE, NOT_HERE where there are too many."""
    lines = 0 * limit
    for start in range(starts.shape[0]):
        p, q = coordinates(area.frame, starts[start, 0], starts[start, 1], starts[start, 2])
        sheet.feet[start, 0], sheet.feet[start, 1] = clamp(area.box, p, q)
        sheet.of_lines[start] = lines
        lines = _shadows(area, sheet, starts[start], lines)
        if lines > LINES:
            return NOT_HERE
    sheet.of_lines[starts.shape[0]] = lines
    sheet.counts[2] = 0
    rims = _rims(area, sheet.rims)
    if rims < 0:
        return NOT_HERE
    _seeds(area, sheet, starts.shape[0], sheet.rims[:rims])
    if sheet.counts[2] == sheet.seeds.shape[0]:
        return NOT_HERE
    sheet.counts[2] = min(sheet.counts[2], limit)
    for extra in range(area.extra.shape[0]):
        p, q = coordinates(area.frame, area.extra[extra, 0], area.extra[extra, 1], area.extra[extra, 2])
        _seed(area, sheet, p, q)
    return DONE


@exactly_inlined
def sown(every: All) -> int:
    """Try all places noted; return DONE, or why some are not known: then few are tried after the first of those."""
    sheet, found = every[5], DONE
    last = sheet.counts[2]
    for k in range(sheet.counts[2]):
        if k > last:
            break
        tried = try_at(every, sheet.seeds[k, 0], sheet.seeds[k, 1])
        if tried < -1:
            last = k + FURTHER if found == DONE else last
            found = max(found, -1 - tried)
    sheet.counts[3] = sheet.counts[0]
    return found
