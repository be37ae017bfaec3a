"""The search for the worst place behind a barrier, compiled: ``model.search`` and ``model.surfaces``, bit by bit.

For rooms without inward corners, sources inside, full effort. Lengths in metres; (p, q) on the surface as there.
"""

from collections.abc import Callable, Sequence

import numpy as np

from shieldcalc.kernels.exact import exact, exact_and_kept, exactly_inlined
from shieldcalc.kernels.gains import DONE, MISSING, NOT_HERE, Radiation, bench_for, passed_for
from shieldcalc.kernels.lines import Floats, Room, read, work_for
from shieldcalc.kernels.sheet import (
    APART,
    BESIDE,
    FLAT,
    KEPT,
    LINES_SWEPT,
    PROMISING,
    SLOTS,
    All,
    Area,
    Found,
    Sheet,
    clamp,
    shared_sheet,
    try_at,
)
from shieldcalc.kernels.sown import drawn, sown


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
                    state = _better(every, index, try_at(every, v if axis == 0 else p, q if axis == 0 else v), reached)
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
        p, q = clamp(box, best[1] + (i // 3 - 1) * step, best[2] + (i % 3 - 1) * step)
        tried = try_at(every, p, q)
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
    among, chosen, best, reached = sheet.counts[3], sheet.chosen, sheet.best, sheet.reached
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


def _worst(stamp: int):  # type: ignore[no-untyped-def]  # numba types it
    """Return the compiled search; see ``worst``."""

    def worst(room, radiation, passed, bench, area, sheet, asked, steps, limit, out):  # type: ignore[no-untyped-def]
        every = (room, radiation, passed, bench, area, sheet)
        passed.counts[1] = 0 * stamp
        if sheet.counts[4] == 0:
            sheet.counts[0] = 0
            for slot in range(SLOTS):
                sheet.slots[slot] = 0
            if drawn(area, sheet, radiation.starts, limit) != DONE:
                return NOT_HERE
            sheet.counts[4] = 1
        if sheet.counts[4] == 1:
            state = sown(every)
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
                    tried = try_at(every, out[index, 1], out[index, 2])
                    out[index, 3], out[index, 4] = sheet.doses[tried, 0], sheet.doses[tried, 1]
                    out[index, 5] = sheet.doses[tried, 2]
            sheet.counts[4] += 1
            sheet.counts[3] = sheet.counts[0]
        sheet.counts[4] = 0
        return DONE

    return worst


worst = exact_and_kept(_worst)


def folder() -> str | None:
    """Return where the compiled search is kept, None where it is not."""
    found: str | None = getattr(getattr(worst, "stats", None), "cache_path", None)  # no statistics where numba is off
    return found


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
        sheet, out = shared_sheet(len(self._radiation.starts)), np.zeros((3, 6))
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
