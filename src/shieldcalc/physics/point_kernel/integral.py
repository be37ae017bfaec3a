"""The point kernel integrated over an extended source, refined at each point until two orders agree.

Every cell is integrated by Gauss's rule with two and with three nodes an axis; the second counts. Its error is their
difference, which is that of the coarser rule and therefore on the safe side where the integrand is smooth, and at
least its share of what halving changed and a part of what the cell it came from had: two rules can agree by chance,
but not on every level. The first cells are thin at every face: what a line grazes, or looks over a rim at, lies there
and no rule sees it from afar. The errors of all cells are added without sign. Cells are halved across their longest
extent, the worst first, until the sum is within the tolerance or the bound on the work is reached; then the error that
is left is told. No randomness: same input, same answer.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shieldcalc.model.shapes import Shape
from shieldcalc.physics.point_kernel.arrays import Floats, Media, Solids
from shieldcalc.physics.point_kernel.cells import ORDERS, first_cells, halves, nodes, skins
from shieldcalc.physics.point_kernel.sums import COLUMNS, TOTAL, sums
from shieldcalc.records import dataclass

TOLERANCE = 0.005
MOST_LINES = 500_000  # lines to one point
_BATCH = 1_000_000  # numbers held at once
_REMEMBERED = 1 / 8  # each half keeps at least this part of the error of its whole
_LEFT = 0.5  # part of the tolerance that cells may keep which are not refined


Follow = Callable[[Floats, NDArray[np.intp], Floats, Floats], Floats]
"""Sums over lines, see ``sums``: (jobs, rows, columns) from points (jobs, 3), runs, places (3, n), weights (n)."""


class Cells(NamedTuple):
    """The cells of one point (cells, dimensions, 2), each response of them (cells, responses) and its error."""

    bounds: Floats
    doses: Floats
    errors: Floats


@dataclass(frozen=True, slots=True)
class Integral:
    """``fluence`` (points, rows, columns) 1/m2, the rows of what followed the lines: energies, or what they add up to.

    ``error`` (points, responses) the estimated error of each response, in its unit; ``reached`` (points) whether it is
    within the tolerance at every response; ``lines`` (points) how many lines were followed; ``cells`` of each point.
    """

    fluence: Floats
    error: Floats
    reached: NDArray[np.bool_]
    lines: NDArray[np.intp]
    cells: tuple[Cells, ...] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    shape: Shape
    points: Floats
    follow: Follow
    responses: Floats
    thin: tuple[float, ...]

    def nodes(self, order: int) -> int:
        """Return how many nodes a rule has in a cell."""
        return int(order**self.shape.dimensions)

    def lines_a_cell(self) -> int:
        return sum(map(self.nodes, ORDERS))


def integrate(
    shape: Shape,
    points: Floats,
    solids: Solids,
    media: Media,
    responses: Floats,
    rule: str = "broder",
    tolerance: float = TOLERANCE,
    most_lines: int = MOST_LINES,
    threads: int = 1,
) -> Integral:
    """Return the fluence at points (points, 3) m from a source that emits evenly over its shape.

    ``responses`` (responses, energies): the doses whose totals must be within ``tolerance`` (a part of each), as the
    sum of response x total fluence over energies.
    """

    def follow(there: Floats, runs: NDArray[np.intp], places: Floats, weights: Floats) -> Floats:
        return sums(there, runs, places, weights[None, :], solids, media, rule, threads)

    of_total = np.zeros((*np.atleast_2d(responses).shape, COLUMNS))
    of_total[:, :, TOTAL] = np.atleast_2d(responses)
    return integrate_by(shape, points, follow, of_total, tolerance, most_lines)


def integrate_by(
    shape: Shape,
    points: Floats,
    follow: Follow,
    responses: Floats,
    tolerance: float,
    most_lines: int,
    mu_per_m: float = 0.0,
) -> Integral:
    """Return the fluence at points (points, 3) m from an even source whose lines ``follow`` sums.

    ``responses`` (responses, rows, columns): each dose, the sum of response x fluence, must be within
    ``tolerance``. ``mu_per_m``: of what fills the source; where it is deep the first cells are thinner.
    """
    whole = _Task(shape, points, follow, responses, skins(shape, mu_per_m))
    held = max(responses.shape[1] * COLUMNS, whole.lines_a_cell())
    each = max(1, _BATCH // (len(_first(shape, whole.thin)) * held))
    parts = [
        _cut(replace(whole, points=points[k : k + each]), tolerance, most_lines) for k in range(0, len(points), each)
    ]
    fluence, error, reached, lines = (np.concatenate([part[k] for part in parts]) for k in range(4))
    return Integral(fluence, error, reached, lines, tuple(chain(*(part[4] for part in parts))))


def _cut(
    task: _Task, tolerance: float, most_lines: int
) -> tuple[Floats, Floats, NDArray[np.bool_], NDArray[np.intp], tuple[Cells, ...]]:
    """Return fluence, error, reached and lines at the points of one batch, and the cells of each."""
    count = len(task.points)
    cells = _first(task.shape, task.thin)
    owner = np.repeat(np.arange(count), len(cells))
    value, error = _evaluated_alike(task, cells)
    bounds = np.tile(cells, (count, 1, 1))
    lines = np.full(count, len(cells) * task.lines_a_cell())
    while True:
        dose, left = _dose(task, owner, value), _added(owner, error, count)
        share = np.where(dose > 0, left / np.where(dose > 0, dose, 1.0), 0.0)
        wanted = (share > tolerance).any(axis=1) & (lines + 2 * task.lines_a_cell() <= most_lines)
        chosen = _chosen(owner, error, dose, wanted, tolerance, (most_lines - lines) // (2 * task.lines_a_cell()))
        if not chosen.any():
            reached = np.asarray((share <= tolerance).all(axis=1))
            return _added(owner, value, count), left, reached, lines, _cells(task, owner, bounds, value, error)
        new, parents = halves(task.shape, bounds[chosen]), np.repeat(owner[chosen], 2)
        more, off = _evaluated(task, new, parents)
        changed = _changed(task, value[chosen], more[::2] + more[1::2])
        off = np.maximum(off, np.repeat(np.maximum(changed / 2, error[chosen] * _REMEMBERED), 2, axis=0))
        lines = lines + np.bincount(parents, minlength=count) * task.lines_a_cell()
        owner = np.concatenate([owner[~chosen], parents])
        bounds = np.concatenate([bounds[~chosen], new])
        value, error = np.concatenate([value[~chosen], more]), np.concatenate([error[~chosen], off])


def _cells(task: _Task, owner: NDArray[np.intp], bounds: Floats, value: Floats, error: Floats) -> tuple[Cells, ...]:
    """Return the cells of each point."""
    order = np.argsort(owner, kind="stable")
    every = (each[order] for each in (bounds, _responses(task, value), error))
    ends = np.searchsorted(owner[order], np.arange(1, len(task.points)))
    return tuple(Cells(*each) for each in zip(*(np.split(each, ends) for each in every), strict=True))


def _added(owner: NDArray[np.intp], values: Floats, count: int) -> Floats:
    """Return the sums of values (cells, ...) that belong to each point, in the order of the cells."""
    if count == 1:
        return np.asarray(values.sum(axis=0, keepdims=True), np.float64)
    total = np.zeros((count, *values.shape[1:]))
    np.add.at(total, owner, values)
    return total


def _changed(task: _Task, before: Floats, after: Floats) -> Floats:
    """Return by how much each response differs between two estimates (..., rows, columns)."""
    return np.abs(_responses(task, after - before))


def _dose(task: _Task, owner: NDArray[np.intp], value: Floats) -> Floats:
    return _responses(task, _added(owner, value, len(task.points)))


def _responses(task: _Task, value: Floats) -> Floats:
    """Return each response to fluences (..., rows, columns)."""
    flat = task.responses.reshape(len(task.responses), -1)
    return np.asarray(value.reshape(len(value), -1) @ flat.T, np.float64)


def _chosen(
    owner: NDArray[np.intp],
    error: Floats,
    dose: Floats,
    wanted: NDArray[np.bool_],
    tolerance: float,
    budget: NDArray[np.intp],
) -> NDArray[np.bool_]:
    """Return which cells to halve: at points that want it, all but the best ones that together keep little error."""
    here = dose[owner]
    share = np.where(here > 0, error / np.where(here > 0, here, 1.0), 0.0).max(axis=1, initial=0.0)
    order = np.lexsort((share, owner))
    first = np.searchsorted(owner[order], owner[order])
    kept = np.cumsum(share[order])
    kept = kept - np.where(first > 0, kept[first - 1], 0.0)
    last = np.searchsorted(owner[order], owner[order], side="right")
    rank = last - np.arange(len(order)) - 1
    take = wanted[owner[order]] & (kept > _LEFT * tolerance) & (rank < budget[owner[order]])
    chosen = np.zeros(len(order), np.bool_)
    chosen[order] = take
    return chosen


def _evaluated_alike(task: _Task, cells: Floats) -> tuple[Floats, Floats]:
    """Return value and error of the same cells at every point."""
    owner = np.repeat(np.arange(len(task.points)), len(cells))
    number = np.tile(np.arange(len(cells)), len(task.points))
    return _compared(task, cells, owner, number)


def _evaluated(task: _Task, cells: Floats, owner: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Return value and error of cells that belong to one point each, not too many at once."""
    step = max(1, _BATCH // (task.lines_a_cell() * 4))
    parts = [
        _compared(task, cells[k : k + step], owner[k : k + step], np.arange(len(cells[k : k + step])))
        for k in range(0, len(cells), step)
    ]
    values, errors = zip(*parts, strict=True)
    return np.concatenate(values), np.concatenate(errors)


def _compared(task: _Task, cells: Floats, owner: NDArray[np.intp], number: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Return value and error of cells, by lines of both rules followed together."""
    both = [_nodes(task, cells, order) for order in ORDERS]
    (few, _), _ = both
    runs = [np.stack([number * each, (number + 1) * each], axis=1) for each in map(task.nodes, ORDERS)]
    runs[1] += few.shape[1]
    places, weights = (np.concatenate(each, axis=-1) for each in zip(*both, strict=True))
    found = task.follow(task.points[np.tile(owner, 2)], np.concatenate(runs), places, weights)
    coarse, fine = found[: len(owner)], found[len(owner) :]
    return fine, _changed(task, coarse, fine)


def _nodes(task: _Task, cells: Floats, order: int) -> tuple[Floats, Floats]:
    """Return ``nodes``, those of the cells at the start once."""
    if cells is _first(task.shape, task.thin):
        return _first_nodes(task.shape, task.thin, order)
    return nodes(task.shape, cells, order)


@lru_cache(maxsize=64)
def _first(shape: Shape, thin: tuple[float, ...]) -> Floats:
    return first_cells(shape, thin)


@lru_cache(maxsize=64)
def _first_nodes(shape: Shape, thin: tuple[float, ...], order: int) -> tuple[Floats, Floats]:
    return nodes(shape, _first(shape, thin), order)
