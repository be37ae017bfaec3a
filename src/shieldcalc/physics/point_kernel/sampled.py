"""An integral over a source checked, and where need be taken over, by places spread through the cells that gave it.

Two rules of Gauss may agree in a cell that an edge crosses, and both be wrong. So every cell is followed again by
places of Halton's sequence, in eight independent parts: their mean is the dose, and so many standard errors of it
bound what it may be off by, without a word about where the edges run. The more a cell gives, the more its parts
differ, and the brighter a line from it was seen to pass beside an edge, the more places it gets and the finer it is
cut. What so bright a cell would give that all its places miss (three over their number: a chance of one in twenty) is
added on the safe side. Twice as many places are followed each time until the error is within the tolerance.
"""

from collections.abc import Callable
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shieldcalc.model.shapes import Shape
from shieldcalc.physics.point_kernel.arrays import Floats
from shieldcalc.physics.point_kernel.cells import halves, holding, strewn
from shieldcalc.physics.point_kernel.integral import Cells

_PARTS, _FIRST, _MORE = 8, 4_096, 2
_ERRORS, _MISSED = 3.5, 3.0  # of eight parts: one time in a hundred more
_EACH = 8.0  # places of a cell in each part: one that wants more is cut
_RUNS = 8_192  # followed at once
_DRAWN, _SURELY = 96, 0.9  # places that stand for all; the part of them drawn by what they give

Doses = Callable[[Floats, Floats, NDArray[np.intp]], Floats]
"""Doses (runs, responses), the last with nothing in the way, from places (3, n) with weights, run by run."""


Places = tuple[Floats, Floats]
"""Places (3, n) of a source in m and their weights."""


class Accuracy(NamedTuple):
    """To which relative error a source is integrated, and with how many lines to one point at most."""

    tolerance: float
    most_lines: int


class Sampled(NamedTuple):
    """Doses (responses) of a place, and the largest share by which a true one may be off; see ``sampled``."""

    doses: Floats
    error: float
    reached: bool


class _Bounds(NamedTuple):
    mean: Floats
    low: Floats
    high: Floats


def sampled(
    shape: Shape, cells: Cells, seen: tuple[Floats, Floats], doses: Doses, accuracy: Accuracy, *, trusted: bool
) -> Sampled:
    """Return the doses of a place with their error, by at most so many lines at the last.

    ``seen``: places (3, n) beside edges, and the share (n, responses) of their radiation that the place gets.
    ``trusted``: the sum over the cells is told where it lies within what the lines allow. Where the error is not
    ``reached`` the doses are upper values, and the true ones lower by no more than the error.
    """
    own, count = cells.doses.sum(axis=0), _FIRST
    hidden = _hidden(shape, cells, *seen)
    while True:
        found, cells, hidden = _followed(shape, cells, hidden, seen, doses, count)
        inside = trusted and bool(((own >= found.low) & (own <= found.high))[:-1].all())
        told = own if inside else found.mean
        error = _share(np.maximum(found.high - told, told - found.low), told)
        if error <= accuracy.tolerance:
            return Sampled(told, error, reached=True)
        if _MORE * count > accuracy.most_lines:
            return Sampled(found.high, _share(found.high - found.low, found.high), reached=False)
        count *= _MORE


def drawn(shape: Shape, cells: Cells, seen: tuple[Floats, Floats], doses: Doses) -> tuple[Places, Places]:
    """Return a few places with weights, and the many that they are drawn from, most from where most comes."""
    bounds, numbers, _ = _cut(shape, cells, _hidden(shape, cells, *seen), _FIRST / _PARTS)
    places, weights = strewn(shape, bounds, numbers, _PARTS)
    weights = weights / _PARTS
    ends = np.arange(1, len(weights) + 1)
    runs = np.stack([ends - 1, ends], axis=1)
    every = np.concatenate([_run(doses, places, weights, runs[k : k + _RUNS]) for k in range(0, len(runs), _RUNS)])
    likely = _SURELY * _parts(every) + (1 - _SURELY) * weights / weights.sum()
    chosen = np.searchsorted(np.cumsum(likely), (np.arange(_DRAWN) + 0.5) / _DRAWN)
    return (places[:, chosen], weights[chosen] / (_DRAWN * likely[chosen])), (places, weights)


def _followed(
    shape: Shape, cells: Cells, hidden: Floats, seen: tuple[Floats, Floats], doses: Doses, count: int
) -> tuple[_Bounds, Cells, Floats]:
    """Return between which values the doses lie by so many places, and the cells with what these give and differ by.

    Also what may be hidden in each of them: as much as before, for its places may all have missed it.
    """
    bounds, numbers, hidden = _cut(shape, cells, hidden, count / _PARTS)
    places, weights = strewn(shape, bounds, numbers, _PARTS)
    ends = np.cumsum(np.tile(numbers, _PARTS))
    runs = np.stack([np.append(0, ends[:-1]), ends], axis=1)
    every = np.concatenate([_run(doses, places, weights, runs[k : k + _RUNS]) for k in range(0, len(runs), _RUNS)])
    parts = every.reshape(_PARTS, len(bounds), -1)
    differ = parts.std(axis=0, ddof=1) * np.sqrt(numbers)[:, None]
    found = Cells(bounds, parts.mean(axis=0), differ)
    whole = parts.sum(axis=1)
    mean, error = whole.mean(axis=0), _ERRORS * whole.std(axis=0, ddof=1) / sqrt(_PARTS)
    missed = (_MISSED / (_PARTS * numbers[:, None]) * _hidden(shape, found, *seen)).max(axis=0)
    return _Bounds(mean, np.maximum(mean - error, 0.0), mean + error + missed), found, hidden


def _run(doses: Doses, places: Floats, weights: Floats, runs: NDArray[np.intp]) -> Floats:
    """Return the doses of runs that follow one another, from their own places alone."""
    first, last = runs[0, 0], runs[-1, 1]
    return doses(np.ascontiguousarray(places[:, first:last]), weights[first:last], runs - first)


def _hidden(shape: Shape, cells: Cells, places: Floats, share: Floats) -> Floats:
    """Return what each cell would give more were all of it as bright as the brightest place seen in it."""
    if not len(share):
        return np.zeros_like(cells.doses)
    where = holding(shape, cells.bounds, places)
    known = where >= 0
    brightest = np.zeros_like(cells.doses)
    np.maximum.at(brightest, where[known], share[known])
    return np.maximum(brightest * cells.doses[:, -1:] - cells.doses, 0.0)


def _cut(shape: Shape, cells: Cells, hidden: Floats, count: float) -> tuple[Floats, NDArray[np.intp], Floats]:
    """Return cells, how many places each gets, of about so many, and what is hidden in it, cut until none has many."""
    parts = [_parts(each) for each in (cells.doses, cells.errors, hidden)]
    wanted = np.asarray(sum(each for each in parts if each.any()), np.float64)
    bounds, numbers = cells.bounds, count * wanted / max(float(wanted.sum()), 1.0)
    while (large := numbers > _EACH).any():
        bounds = np.concatenate([bounds[~large], halves(shape, bounds[large])])
        numbers, hidden = (
            np.concatenate([each[~large], np.repeat(each[large] / 2, 2, axis=0)]) for each in (numbers, hidden)
        )
    return bounds, 2 * np.maximum(1, (numbers / 2).astype(np.intp)), hidden


def _parts(values: Floats) -> Floats:
    """Return the largest part of each response, the last left out, that each cell has."""
    total = values[:, :-1].sum(axis=0)
    parts = (values[:, :-1] / np.where(total > 0, total, 1.0)).max(axis=1)
    return np.asarray(parts / parts.sum() if parts.any() else parts, np.float64)


def _share(part: Floats, whole: Floats) -> float:
    """Return the largest share of a dose, of those with anything in the way."""
    return float((part / np.where(whole > 0, whole, 1.0))[:-1].max())
