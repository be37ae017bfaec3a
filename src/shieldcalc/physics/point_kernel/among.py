"""One source among free bodies and behind a room's barriers: doses at many places, refined over its extent if asked.

A line from a place of the source to a point crosses, in this order, the layers that stand around the source, the bodies
by their true lengths, and the room's barriers by normal thickness (``model.paths``). Of the stacks that a line through
a wall's edge may meet, each energy's weakest counts. Beyond the reach of the buildup tables no further layer counts.
"""

from collections.abc import Container, Sequence
from itertools import chain
from math import pi
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shieldcalc.model.bodies import Body
from shieldcalc.model.design import Layer, Xyz
from shieldcalc.model.shapes import Point, Shape
from shieldcalc.photons.dose import H10, PER_HOUR_AT_1M, per_fluence
from shieldcalc.photons.source import Emission
from shieldcalc.physics.gamma.passing import sheet
from shieldcalc.physics.point_kernel import gaps
from shieldcalc.physics.point_kernel.arrays import Floats
from shieldcalc.physics.point_kernel.cells import even_cells, many_cells, nodes, scattered, spread
from shieldcalc.physics.point_kernel.crossings import Crossings
from shieldcalc.physics.point_kernel.integral import Follow, cells_for, integrate_by
from shieldcalc.physics.point_kernel.palette import Palette
from shieldcalc.physics.point_kernel.sums import BEYOND, COLUMNS, RAISED, TOTAL, Stacks, stacks, sums

_BATCH = 200_000  # lines held at once
_LONG = 100  # lines of a run worth a look at the corners around their places
_CLOSE_M = 0.05  # places so close share nodes where only layers change
_CLOSELY = 8_192  # places of a source by which places close to one another are compared
_WATCHED = 0.02  # part of the source that its middle and ends stand for


class Received(NamedTuple):
    """What a place gets: air kerma (uGy/h), H*(10) (uSv/h), mean 1/d2 over the source (1/m2), kerma beyond the tables.

    ``error`` is the estimated relative error of integrating over the source, ``reached`` whether it is within the
    tolerance; where it is not, kerma and H*(10) have the error added.
    """

    kerma: float
    h10: float
    inverse_square: float
    beyond: float
    error: float
    reached: bool


class Accuracy(NamedTuple):
    """To which relative error a source is integrated, and with how many lines to one point at most."""

    tolerance: float
    most_lines: int


class Mesh(NamedTuple):
    """Nodes of a source (3, n) in m and their weights; factors on kerma, H*(10) and 1/d2 that more nodes ask for."""

    places: Floats
    weights: Floats
    factors: tuple[float, float, float]


class _Plan(NamedTuple):
    """Lines in the order of their runs and of what they cross: job and kind of each stretch of lines alike."""

    places: Floats
    weights: Floats
    runs: NDArray[np.intp]
    jobs: NDArray[np.intp]
    kinds: list[int]


class _Met(NamedTuple):
    """All stacks that lines cross: the numbers of those that each kind may, and of that before the bodies.

    ``kept``: the columns of the palette that count behind them, None for all.
    """

    layers: Stacks
    tails: dict[int, list[int]]
    before: int
    kept: tuple[int, ...] | None


class _Known(NamedTuple):
    """The nodes of some places by their meshes, ready to be followed behind any layers."""

    at: Floats
    plan: _Plan
    factors: list[tuple[float, float, float]]


def _calibrated(found: Received, factors: tuple[float, float, float]) -> Received:
    kerma, h10, void = factors
    return Received(
        kerma * found.kerma, h10 * found.h10, void * found.inverse_square, kerma * found.beyond, 0.0, reached=True
    )


class Among:
    """One source's lines of photons, its shape, the layers around it, and all bodies, its own with them.

    Layers of barriers that are in ``nothing`` hold nothing back.
    """

    def __init__(
        self,
        shape: Shape,
        lines: Sequence[Emission],
        around: Sequence[Layer],
        bodies: Sequence[Body],
        palette: Palette,
        nothing: Container[Layer] = (),
    ) -> None:
        self.shape, self.palette, self.nothing, self.bodies = shape, palette, nothing, tuple(bodies)
        coefficients = [per_fluence(each.energy_MeV) for each in lines]
        self.kerma = np.array([each.per_s * of.kerma for each, of in zip(lines, coefficients, strict=True)])
        ratios = [[of.ratios[H10], of.largest[H10]] for of in coefficients]
        self.ratios = np.array([*ratios, [0.0, 0.0]]).T.copy()
        self.solids = palette.solids(bodies)
        self.around = tuple(around)
        self._stacks: dict[tuple[Layer, ...], list[tuple[int, float]]] = {}
        self._nodes: tuple[tuple[Floats, Floats], tuple[Floats, Floats]] | None = None
        self._spread: Mesh | None = None
        self._even: Mesh | None = None
        self._own_mesh: dict[tuple[int, int, int], Mesh] = {}
        self._only = Mesh(np.array(shape.position).reshape(3, 1), np.ones(1), (1.0, 1.0, 1.0))
        self.responses = np.zeros((3, len(lines) + 1, COLUMNS))
        self.responses[0, :-1, TOTAL] = self.responses[1, :-1, RAISED] = self.kerma
        self.responses[2, -1, TOTAL] = 1.0

    def quickly(self, points: Sequence[Xyz], crossings: Crossings, *, closely: bool = False) -> list[Received]:
        """Return what places get by few nodes: exact for a point source, else to compare places with one another.

        ``closely``: by many more, to compare places close to one another.
        """
        if isinstance(self.shape, Point):
            return self._by(points, crossings, self._only)
        if closely:
            self._even = self._even or Mesh(*spread(self.shape, _CLOSELY), (1.0, 1.0, 1.0))
            return self._by(points, crossings, self._even)
        self._spread = self._spread or Mesh(*scattered(self.shape, many_cells(self.shape)), (1.0, 1.0, 1.0))
        return self._watched(points, self._by(points, crossings, self._spread), crossings)

    def _watched(self, points: Sequence[Xyz], found: list[Received], crossings: Crossings) -> list[Received]:
        """Return what places get, at least what a small part of the source gives that its middle or ends show.

        So that a search or a map does not pass by what the nodes see nothing of: a beam through a gap.
        """
        watched = np.array([*gaps.middle_and_ends(self.shape)], np.float64).T
        each, count = watched.shape[1], len(points)
        if not count:
            return found
        places, starts = np.tile(watched, (1, count)), np.arange(each * count, dtype=np.intp)
        at = np.repeat(np.array(points, np.float64), each, axis=0)
        runs = np.stack([starts, starts + 1], axis=1)
        fluence = self._followed(at, runs, places, np.ones(each * count), crossings).reshape(len(at), -1)
        lines = fluence @ self.responses.reshape(len(self.responses), -1).T
        least = _WATCHED * (lines[:, :2] / lines[:, 2:]).reshape(count, each, 2).max(axis=1) * PER_HOUR_AT_1M
        return [
            one._replace(kerma=max(one.kerma, kerma * one.inverse_square), h10=max(one.h10, h10 * one.inverse_square))
            for one, (kerma, h10) in zip(found, least.tolist(), strict=True)
        ]

    def with_others(self, points: Sequence[Xyz], crossings: Crossings, before: Crossings) -> list[Received]:
        """Return what places get behind other layers, by the nodes that suit them with the layers ``before``."""
        known = crossings.kept((id(self), *points), lambda: self._known(points, crossings, before))
        found = self._along(known.plan, known.at, len(points), crossings)
        plain = self._received(found, np.zeros(len(points)), np.ones(len(points), np.bool_))
        return [_calibrated(one, each) for one, each in zip(plain, known.factors, strict=True)]

    def _known(self, points: Sequence[Xyz], crossings: Crossings, before: Crossings) -> _Known:
        """Return the nodes that suit places, with what the lines from them cross."""
        meshes = [self._mesh_near(point, before) for point in points]
        ends = np.cumsum([len(each.weights) for each in meshes])
        runs = np.stack([np.append(0, ends[:-1]), ends], axis=1)
        there = np.array(points, np.float64).reshape(-1, 3)
        places = np.concatenate([each.places for each in meshes], axis=1)
        weights = np.concatenate([each.weights for each in meshes])
        return _Known(there, _planned(there, runs, places, weights, crossings), [each.factors for each in meshes])

    def _mesh_near(self, point: Xyz, before: Crossings) -> Mesh:
        """Return the nodes that suit a place, those of one close by where there is one."""
        if isinstance(self.shape, Point):
            return self._only
        x, y, z = (round(each / _CLOSE_M) for each in point)
        if (x, y, z) not in self._own_mesh:
            self._own_mesh[x, y, z] = self.mesh(point, before)
        return self._own_mesh[x, y, z]

    def mesh(self, point: Xyz, crossings: Crossings) -> Mesh:
        """Return a few nodes of the source, which give one place as much as eight times as many do."""
        if self._nodes is None:
            cells = even_cells(self.shape)
            self._nodes = nodes(self.shape, cells, 1), nodes(self.shape, cells, 2)
        (places, weights), (more, by) = self._nodes
        runs = np.array([[0, len(weights)], [len(weights), len(weights) + len(by)]])
        there = np.array([point, point], np.float64)
        all_places, all_weights = np.concatenate([places, more], axis=1), np.concatenate([weights, by])
        found = self._followed(there, runs, all_places, all_weights, crossings)
        few, wanted = found.reshape(2, -1) @ self.responses.reshape(len(self.responses), -1).T
        kerma, h10, void = np.where(few > 0, wanted / np.where(few > 0, few, 1.0), 1.0).tolist()
        return Mesh(places, weights, (kerma, h10, void))

    def _by(self, points: Sequence[Xyz], crossings: Crossings, mesh: Mesh) -> list[Received]:
        """Return what places get by these nodes of the source."""
        places, weights, factors = mesh
        there = np.array(points, np.float64).reshape(-1, 3)
        runs = np.tile(np.array([0, len(weights)], np.intp), (len(there), 1))
        step = max(1, _BATCH // len(weights))
        parts = [
            self._followed(there[k : k + step], runs[k : k + step], places, weights, crossings)
            for k in range(0, len(there), step)
        ]
        found = self._received(np.concatenate(parts), np.zeros(len(there)), np.ones(len(there), np.bool_))
        return [_calibrated(each, factors) for each in found] if mesh is not self._only else found

    def refined(self, points: Sequence[Xyz], crossings: Crossings, accuracy: Accuracy) -> list[Received]:
        """Return what places get, integrated over the source to ``accuracy``."""
        if isinstance(self.shape, Point):
            return self.quickly(points, crossings)

        there = np.array(points, np.float64).reshape(-1, 3)
        found = integrate_by(self.shape, there, self._follower(crossings), self.responses, *accuracy)
        doses = found.fluence.reshape(len(there), -1) @ self.responses.reshape(len(self.responses), -1).T
        error = np.where(doses > 0, found.error / np.where(doses > 0, doses, 1.0), 0.0).max(axis=1)
        received = zip(points, self._received(found.fluence, error, found.reached), strict=True)
        return [self._through_gaps(at, each, crossings, accuracy) for at, each in received]

    def _through_gaps(self, point: Xyz, found: Received, crossings: Crossings, accuracy: Accuracy) -> Received:
        """Return what a place gets, more where the source may be seen through a gap that its cells overlooked."""
        places = gaps.beside(self.shape, point, [*crossings.edges(), *gaps.edges(point, self.bodies)])
        count = places.shape[1]
        if not count:
            return found

        def doses(some: Floats, weights: Floats, runs: NDArray[np.intp]) -> Floats:
            at = np.tile(np.array([point], np.float64), (len(runs), 1))
            fluence = self._followed(at, runs, some, weights, crossings).reshape(len(runs), -1)
            return np.asarray(fluence @ self.responses.reshape(len(self.responses), -1).T, np.float64)

        lines = doses(places, np.ones(count), np.stack([np.arange(count), np.arange(count) + 1], axis=1))
        share = lines / lines[:, -1:]
        per = np.array([4 * pi * PER_HOUR_AT_1M, 4 * pi * PER_HOUR_AT_1M, 4 * pi])
        surely = 1.0 if found.reached else 1 + found.error
        known = np.array([found.kerma / surely, found.h10 / surely, found.inverse_square]) / per
        if found.reached:
            bright = (share > gaps.BRIGHT * known / known[-1]).any(axis=1)
            cells = self._cells(point, crossings, accuracy) if bright.any() else None
            seen = cells is None or gaps.resolved(self.shape, cells, doses, places[:, bright], share[bright], known)
            if seen and not gaps.doubted(self.shape, doses, known, found.error):
                return found
        dose, short = gaps.bound(self.shape, doses, known, share.max(axis=0))
        kerma, h10, _ = (dose * (1 + short) * per).tolist()
        return found._replace(kerma=kerma, h10=h10, error=short, reached=False)

    def _cells(self, point: Xyz, crossings: Crossings, accuracy: Accuracy) -> Floats:
        """Return the cells by which a place is integrated."""
        return cells_for(self.shape, np.array(point), self._follower(crossings), self.responses, *accuracy)

    def _received(self, fluence: Floats, error: Floats, reached: NDArray[np.bool_]) -> list[Received]:
        per = 4 * pi * PER_HOUR_AT_1M
        upper = per * np.where(reached, 1.0, 1.0 + error)  # the error that is left counts on the safe side
        columns = (fluence[:, :-1, column] @ self.kerma * upper for column in (TOTAL, RAISED, BEYOND))
        kerma, h10, beyond = columns
        void = 4 * pi * fluence[:, -1, TOTAL]
        rows = zip(*(each.tolist() for each in (kerma, h10, void, beyond, error, reached)), strict=True)
        return [Received(*row) for row in rows]

    def _placed(self, layers: tuple[Layer, ...]) -> list[tuple[int, float]]:
        """Return a stack as places in the palette with lengths in m."""
        found = self._stacks.get(layers)
        if found is None:
            place, sheets = self.palette.place, [sheet(each) for each in layers if each not in self.nothing]
            found = [(place(of.material, of.density_g_per_cm3), of.thickness_mm / 1000) for of in sheets]
            self._stacks[layers] = found
        return found

    def _follower(self, crossings: Crossings) -> Follow:
        """Return what follows lines past the barriers of ``crossings``."""
        return lambda at, runs, places, weights: self._followed(at, runs, places, weights, crossings)

    def _followed(
        self, at: Floats, runs: NDArray[np.intp], places: Floats, weights: Floats, crossings: Crossings
    ) -> Floats:
        """Return sums (runs, energies, columns): each run's lines by the barriers that they cross."""
        return self._along(_planned(at, runs, places, weights, crossings), at, len(runs), crossings)

    def _along(self, plan: _Plan, at: Floats, count: int, crossings: Crossings) -> Floats:
        """Return sums (runs, energies, columns) over the lines of a plan, by their stacks in ``crossings``."""
        met = self._met(frozenset(plan.kinds), crossings)
        kept = met.kept
        choices = [met.tails[kind] for kind in plan.kinds]
        wide = np.array([len(each) for each in choices])
        behind = np.array([number for each in choices for number in each], np.intp)
        if len(behind) > len(choices):
            plan = plan._replace(jobs=np.repeat(plan.jobs, wide), runs=np.repeat(plan.runs, wide, axis=0))
        found = sums(
            at[plan.jobs],
            plan.runs,
            plan.places,
            plan.weights[None, :],
            self.solids,
            self.palette.media(kept),
            layers=met.layers,
            around=np.stack([np.full(len(behind), met.before), behind], axis=1),
            cap_mfp=self.palette.limit_mfp,
            ratios=self.ratios if kept is None else self.ratios[:, kept],
        )
        if len(behind) > len(choices):
            firsts = np.cumsum(wide) - wide
            found, plan = np.maximum.reduceat(found, firsts, axis=0), plan._replace(jobs=plan.jobs[firsts])
        if len(found) > count:
            found = np.add.reduceat(found, np.flatnonzero(np.diff(plan.jobs, prepend=-1)), axis=0)
        if kept is None:
            return found
        total = np.zeros((count, self.ratios.shape[1], COLUMNS))
        total[:, list(kept)] = found
        return total

    def _met(self, kinds: frozenset[int], crossings: Crossings) -> _Met:
        """Return what lines of some kinds cross, found out once."""
        name = (id(self), kinds, len(self.palette))
        known: _Met | None = crossings.behind_these.get(name)
        if known is None:
            met = {kind: crossings.stacks(kind) for kind in sorted(kinds)}
            numbers = {each: k for k, each in enumerate(dict.fromkeys([self.around, *chain(*met.values())]), 1)}
            tails = {kind: [numbers[each] for each in found] for kind, found in met.items()}
            placed = [self._placed(each) for each in numbers]
            behind_them = [self._placed(stack) for found in met.values() for stack in found]
            kept = self.palette.counted(self.kerma, behind_them) if all(behind_them) else None
            known = _Met(stacks(placed), tails, numbers[self.around], kept)
            crossings.behind_these[name[0], kinds, len(self.palette)] = known
        return known


def _planned(at: Floats, runs: NDArray[np.intp], places: Floats, weights: Floats, crossings: Crossings) -> _Plan:
    """Return the lines of runs (first and last+1 place) to points (runs, 3), those alike beside one another.

    Of runs whose lines all cross the same the places stay where they are; those of the others are put in order.
    """
    kinds = _of_whole_runs(at, runs, places, crossings)
    if (kinds >= 0).all():
        return _Plan(places, weights, runs, np.arange(len(runs)), kinds.tolist())
    mixed = np.flatnonzero(kinds < 0)
    parts = _in_order(at[mixed], runs[mixed], places, weights, crossings)
    if len(mixed) == len(runs):
        return parts
    whole, count = np.flatnonzero(kinds >= 0), len(weights)
    jobs = np.concatenate([whole, mixed[parts.jobs]])
    order = np.argsort(jobs, kind="stable")
    return _Plan(
        np.concatenate([places, parts.places], axis=1),
        np.concatenate([weights, parts.weights]),
        np.concatenate([runs[whole], count + parts.runs])[order],
        jobs[order],
        np.concatenate([kinds[whole], parts.kinds])[order].tolist(),
    )


def _of_whole_runs(at: Floats, runs: NDArray[np.intp], places: Floats, crossings: Crossings) -> NDArray[np.intp]:
    """Return the kind of all lines of each run, -1 where they may be of several or are too few to ask."""
    found = np.full(len(runs), -1, np.intp)
    long = np.flatnonzero(runs[:, 1] - runs[:, 0] >= _LONG)
    if len(long):
        asked, each = np.unique(runs[long], axis=0, return_inverse=True)
        low, high = (np.array([of(places[:, a:b], axis=1) for a, b in asked]) for of in (np.min, np.max))
        found[long] = crossings.of_bundles(low[each.reshape(-1)], high[each.reshape(-1)], at[long])
    return found


def _in_order(at: Floats, runs: NDArray[np.intp], places: Floats, weights: Floats, crossings: Crossings) -> _Plan:
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
    return _Plan(places[:, index], weights[index], parts, job[begins], kinds[begins].tolist())
