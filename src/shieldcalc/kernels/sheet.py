"""Where people can be behind a barrier, and what a compiled search tries and has tried there: see ``worst``."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from shieldcalc.kernels.exact import exact, exactly_inlined
from shieldcalc.kernels.gains import DONE, NOT_HERE, Bench, Passed, Radiation, doses
from shieldcalc.kernels.lines import Floats, Integers, Room

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
    rims: Floats
    chosen: Floats
    best: Floats
    reached: Floats


Found = list[list[float] | None]
All = tuple[Room, Radiation, Passed, Bench, Area, Sheet]


@exactly_inlined
def over(frame: Any, x: float, y: float, z: float) -> Any:
    """Return how far a place (x, y, z) lies over the surface."""
    return (x - frame[0]) * frame[9] + (y - frame[1]) * frame[10] + (z - frame[2]) * frame[11]


@exactly_inlined
def coordinates(frame: Floats, a: float, b: float, c: float) -> tuple[float, float]:
    """Return (p, q) of a place (a, b, c)."""
    x, y, z = a - frame[0], b - frame[1], c - frame[2]
    return x * frame[3] + y * frame[4] + z * frame[5], x * frame[6] + y * frame[7] + z * frame[8]


@exactly_inlined
def clamp(box: Floats, p: float, q: float) -> tuple[float, float]:
    """Return the place in the box that is nearest to (p, q)."""
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
def try_at(every: All, p: Any, q: Any) -> Any:
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
        np.zeros((LINES, 4)),
        np.zeros((KEPT, 2)),
        np.zeros(3),
        np.zeros(3),
    )


@cache
def shared_sheet(starts: int) -> Sheet:
    """Return places to search with from so many starts; searches share them, one after another."""
    return sheet_for(starts)
