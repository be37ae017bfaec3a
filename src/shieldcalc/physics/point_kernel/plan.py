"""Lines from the places of a source to points, in such an order that those which cross the same stand together."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shieldcalc.physics.point_kernel.arrays import Floats
from shieldcalc.physics.point_kernel.bundles import of_bundles
from shieldcalc.physics.point_kernel.crossings import Crossings

_LONG = 100  # lines of a run worth a look at the corners around their places


class Plan(NamedTuple):
    """Lines in the order of their runs and of what they cross: job and kind of each stretch of lines alike."""

    places: Floats
    weights: Floats
    runs: NDArray[np.intp]
    jobs: NDArray[np.intp]
    kinds: NDArray[np.intp]

    def part(self, stretches: NDArray[np.intp]) -> "Plan":
        """Return some of the stretches, in this order."""
        return self._replace(runs=self.runs[stretches], jobs=self.jobs[stretches], kinds=self.kinds[stretches])


def planned(at: Floats, runs: NDArray[np.intp], places: Floats, weights: Floats, crossings: Crossings) -> Plan:
    """Return the lines of runs (first and last+1 place) to points (runs, 3), those alike beside one another.

    Of runs whose lines all cross the same the places stay where they are; those of the others are put in order.
    """
    if (runs[:, 1] - runs[:, 0] == 1).all():
        return Plan(places, weights, runs, np.arange(len(runs)), crossings.of(places.T[runs[:, 0]], at))
    kinds = _of_whole_runs(at, runs, places, crossings)
    if (kinds >= 0).all():
        return Plan(places, weights, runs, np.arange(len(runs)), kinds)
    mixed = np.flatnonzero(kinds < 0)
    parts = _in_order(at[mixed], runs[mixed], places, weights, crossings)
    if len(mixed) == len(runs):
        return parts
    whole, count = np.flatnonzero(kinds >= 0), len(weights)
    jobs = np.concatenate([whole, mixed[parts.jobs]])
    order = np.argsort(jobs, kind="stable")
    return Plan(
        np.concatenate([places, parts.places], axis=1),
        np.concatenate([weights, parts.weights]),
        np.concatenate([runs[whole], count + parts.runs])[order],
        jobs[order],
        np.concatenate([kinds[whole], parts.kinds])[order],
    )


def _of_whole_runs(at: Floats, runs: NDArray[np.intp], places: Floats, crossings: Crossings) -> NDArray[np.intp]:
    """Return the kind of all lines of each run, -1 where they may be of several or are too few to ask."""
    if len(runs) > 1 and len(places[0]) >= _LONG and bool((at == at[0]).all()):
        low, high = (np.array([of(places, axis=1)]) for of in (np.min, np.max))
        every = int(of_bundles(crossings, low, high, at[:1])[0])
        if every >= 0:
            return np.full(len(runs), every, np.intp)
    found = np.full(len(runs), -1, np.intp)
    long = np.flatnonzero(runs[:, 1] - runs[:, 0] >= _LONG)
    if len(long):
        one = runs[long[:1]]
        same = bool((runs[long] == one).all())
        asked, each = (
            (one, np.zeros(len(long), np.intp)) if same else np.unique(runs[long], axis=0, return_inverse=True)
        )
        low, high = (np.array([of(places[:, a:b], axis=1) for a, b in asked]) for of in (np.min, np.max))
        found[long] = of_bundles(crossings, low[each.reshape(-1)], high[each.reshape(-1)], at[long])
    return found


def _in_order(at: Floats, runs: NDArray[np.intp], places: Floats, weights: Floats, crossings: Crossings) -> Plan:
    """Return the lines of runs one by one, those alike beside one another."""
    count = runs[:, 1] - runs[:, 0]
    job = np.repeat(np.arange(len(runs)), count)
    begins = np.cumsum(count) - count
    index = np.arange(len(job)) + np.repeat(runs[:, 0] - begins, count)
    kinds = crossings.of(places.T[index], at[job])
    changes = kinds[1:] != kinds[:-1]
    if changes.any():
        order = np.lexsort((kinds, job))
        job, kinds, index = job[order], kinds[order], index[order]
        begins = np.flatnonzero(np.concatenate([[True], (job[1:] != job[:-1]) | (kinds[1:] != kinds[:-1])]))
    parts = np.stack([begins, np.append(begins[1:], len(job))], axis=1)
    return Plan(places[:, index], weights[index], parts, job[begins], kinds[begins])
