"""What the radiation of a room gives at a place, compiled: directions, distances, transmissions by line, sums.

As ``physics.field.Field`` does it, bit by bit. Air kerma: week in mGy, busiest hour in uGy, beam-on rate in uGy/h.
"""

import math
from math import acos, degrees, sqrt
from typing import Any, NamedTuple

import numpy as np

from shieldcalc.kernels.exact import exact, exactly_inlined
from shieldcalc.kernels.lines import NO_LINE, Floats, Integers, Room, Work, line

EVEN, WITHIN, BY_CURVE, BY_TABLE = 0.0, 1.0, 2.0, 3.0  # kinds of directions
DONE, MISSING, NOT_HERE = 0, 1, 2
KEYS, MISSES, COLUMNS = 1024, 512, 21


class Radiation(NamedTuple):
    """Parts of the radiation of a room.

    ``gains``: a row a part, see ``gain``. ``amounts``: week, hour, beam-on at 1 m. ``wholes``: quality, rate, first and
    last + 1 of its places in ``of_start``, which are indexes of ``starts``. ``source_of``: the source of each rate.
    ``powers``: 2 and 3, told from outside so that no compiler makes products of them.
    """

    gains: Floats
    amounts: Floats
    wholes: Integers
    of_start: Integers
    starts: Floats
    source_of: Integers
    powers: Floats
    together: bool


class Passed(NamedTuple):
    """Transmissions by line (rows, found by ``lines``) and quality, NaN where not known; how many lines there are."""

    lines: Integers
    transmissions: Floats
    counts: Integers
    missing: Integers


class Bench(NamedTuple):
    """Places to work in: of each start its row and distance at the place of number ``stamp``; rates, by source."""

    row: Integers
    far: Floats
    seen: Integers
    rates: Floats
    highest: Floats
    at: Floats
    work: Work


@exactly_inlined
def _curve(g: Any, theta: float, powers: Any) -> Any:
    """Return a1 at an angle in degrees (NCRP 147 Fig. C.1) by the numbers in columns 11 to 16."""
    by_angle = g[13] + g[14] * theta + g[15] * math.pow(theta, powers[0]) + g[16] * math.pow(theta, powers[1])
    return g[12] * (g[11] + by_angle)


@exactly_inlined
def _angle(g: Any, at: Any) -> float:
    x, y, z = at[0] - g[4], at[1] - g[5], at[2] - g[6]
    size = sqrt(x * x + y * y + z * z)
    if size == 0:
        size = 1.0
    return degrees(acos(min(1.0, max(-1.0, (g[1] * x + g[2] * y + g[3] * z) / size))))


@exactly_inlined
def gain(g: Any, at: Any, powers: Any) -> Any:
    """Return what a part gives in a direction.

    EVEN: column 1. WITHIN a field: 1 or 0 by focus (1-3), axis (4-6), slope (7) and margin (8). By an angle from a
    direction (1-3) at a patient (4-6): BY_CURVE max(column 10, a1), the value of column 9 below the angle of column 7,
    that at column 8 beyond it; BY_TABLE column 18 up to the angle 7 and from 8, between them column 17 and more by the
    share of (a1 - column 19) in column 20.
    """
    if g[0] == EVEN:
        return g[1]
    if g[0] == WITHIN:
        x, y, z = at[0] - g[1], at[1] - g[2], at[2] - g[3]
        along = x * g[4] + y * g[5] + z * g[6]
        if along <= 0:
            return 0.0
        off = sqrt(max(0.0, x * x + y * y + z * z - along * along))
        return 1.0 if off <= along * g[7] + g[8] else 0.0
    theta = _angle(g, at)
    if g[0] == BY_CURVE:
        return max(g[10], g[9] if theta < g[7] else _curve(g, min(theta, g[8]), powers))
    if theta <= g[7] or theta >= g[8]:
        return g[18]
    return max(g[17], g[17] + (g[18] - g[17]) * ((_curve(g, theta, powers) - g[19]) / g[20]))


@exactly_inlined
def _row(passed: Passed, number: int) -> int:
    """Return the row of a line, a new one where it was not met before; -1 where there is no room for it."""
    at = (number ^ (number >> 29)) * 7046029254386353131 & (KEYS - 1)
    while passed.lines[at] != 0:
        if passed.lines[at] == number:
            return at
        at = (at + 1) & (KEYS - 1)
    if 2 * passed.counts[0] >= KEYS:
        return -1
    passed.lines[at] = number
    passed.counts[0] += 1
    return at


@exactly_inlined
def _seen(room: Room, radiation: Radiation, passed: Passed, bench: Bench, start: int, stamp: int) -> int:
    """Look along the line from a start to the place of ``bench``, once; return DONE or NOT_HERE."""
    if bench.seen[start] == stamp:
        return DONE
    number = line(room, radiation.starts[start], bench.at, bench.work)
    row = -1 if number == NO_LINE else _row(passed, number)
    x = radiation.starts[start, 0] - bench.at[0]
    y = radiation.starts[start, 1] - bench.at[1]
    z = radiation.starts[start, 2] - bench.at[2]
    far = sqrt(x * x + y * y + z * z)
    if row < 0 or far == 0:
        return NOT_HERE
    bench.row[start], bench.far[start], bench.seen[start] = row, far, stamp
    return DONE


@exactly_inlined
def _missed(passed: Passed, row: int, part: int) -> None:
    if passed.counts[1] < MISSES:
        passed.missing[passed.counts[1], 0], passed.missing[passed.counts[1], 1] = row, part
        passed.counts[1] += 1


@exact
def doses(room: Room, radiation: Radiation, passed: Passed, bench: Bench, stamp: int, out: Floats) -> int:
    """Write week, hour and beam-on rate at the place of ``bench``; MISSING where a transmission is not known.

    NOT_HERE where that cannot be said: at a start, or where lines are too many or too long for their numbers.
    """
    week, hour = 0.0, 0.0
    for rate in range(bench.rates.size):
        bench.rates[rate] = 0.0
    state = DONE
    for part in range(radiation.gains.shape[0]):
        here = gain(radiation.gains[part], bench.at, radiation.powers)
        if here == 0:
            continue
        nearest, weakest = np.inf, 0.0
        quality, rate = radiation.wholes[part, 0], radiation.wholes[part, 1]
        for which in range(radiation.wholes[part, 2], radiation.wholes[part, 3]):
            start = radiation.of_start[which]
            if _seen(room, radiation, passed, bench, start, stamp) != DONE:
                return NOT_HERE
            nearest = min(nearest, bench.far[start])
            B = passed.transmissions[bench.row[start], quality]
            if np.isnan(B):
                _missed(passed, bench.row[start], part)
                state = MISSING
            weakest = max(weakest, B)
        share = here / (nearest * nearest) * weakest
        week += radiation.amounts[part, 0] * share
        hour += radiation.amounts[part, 1] * share
        bench.rates[rate] += radiation.amounts[part, 2] * share
    for source in range(bench.highest.size):
        bench.highest[source] = 0.0
    for rate in range(bench.rates.size):
        source = radiation.source_of[rate]
        bench.highest[source] = max(bench.highest[source], bench.rates[rate])
    total = 0.0
    for source in range(bench.highest.size):
        total = total + bench.highest[source] if radiation.together else max(total, bench.highest[source])
    out[0], out[1], out[2] = week, hour, total
    return state


def bench_for(radiation: Radiation, work: Work) -> Bench:
    """Return places to work in for the radiation of one room."""
    starts, rates = radiation.starts.shape[0], radiation.source_of.size
    sources = int(radiation.source_of.max()) + 1
    whole = np.zeros(starts, np.int64)
    return Bench(whole, np.zeros(starts), whole.copy(), np.zeros(rates), np.zeros(sources), np.zeros(3), work)


def passed_for(qualities: int) -> Passed:
    """Return that no line was met yet."""
    missing = np.zeros((MISSES, 2), np.int64)
    return Passed(np.zeros(KEYS, np.int64), np.full((KEYS, qualities), np.nan), np.zeros(2, np.int64), missing)
