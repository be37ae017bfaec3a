"""One source among free bodies and behind a room's barriers: doses at many places, refined over its extent if asked.

A line from a place of the source to a point crosses, in this order, the layers that stand around the source, the bodies
by their true lengths, and the room's barriers by normal thickness (``model.paths``). Of the stacks that a line through
a wall's edge may meet, each energy's weakest counts. Beyond the reach of the buildup tables no further layer counts.
"""

from collections.abc import Callable, Container, Sequence
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
from shieldcalc.physics.point_kernel.cells import even_cells, many_cells, nodes, scattered, skins, spread
from shieldcalc.physics.point_kernel.crossings import Crossings
from shieldcalc.physics.point_kernel.fewer import shares
from shieldcalc.physics.point_kernel.integral import Cells, Follow, integrate_by
from shieldcalc.physics.point_kernel.looked import NARROW, Looked
from shieldcalc.physics.point_kernel.palette import Palette
from shieldcalc.physics.point_kernel.plan import Plan, planned
from shieldcalc.physics.point_kernel.received import Received, at_least, calibrated
from shieldcalc.physics.point_kernel.sampled import Accuracy, Places
from shieldcalc.physics.point_kernel.sums import BEYOND, COLUMNS, RAISED, TOTAL, Rows, Stacks, stacks, sums
from shieldcalc.physics.point_kernel.weakest import weakest

_BATCH = 200_000  # lines held at once
_CLOSE_M = 0.05  # places so close share nodes where only layers change
_CLOSELY = 8_192  # places of a source by which places close to one another are compared
_CHECKED = 4  # the part of the lines by which cells are cut; the others check them
_ROUGHLY = Accuracy(0.05, 10_000)  # to see whether a gap is narrow
_SURELY = 0.5  # of what is narrow: what nodes spread evenly show far from it is not
_BY_ALL = 0.1  # of the tolerance: what may be off between few lines of photons and all


class Mesh(NamedTuple):
    """Nodes of a source (3, n) in m and their weights; factors on kerma, H*(10) and 1/d2 that more nodes ask for."""

    places: Floats
    weights: Floats
    factors: tuple[float, float, float]


class _Met(NamedTuple):
    """All stacks that lines cross: the numbers of those that each kind may, and of that before the bodies.

    ``counted``: the columns of the palette that count behind them.
    """

    layers: Stacks
    tails: list[NDArray[np.intp]]
    before: int
    counted: NDArray[np.intp]


class _Known(NamedTuple):
    """The nodes of some places by their meshes, ready to be followed behind any layers."""

    at: Floats
    plan: Plan
    factors: list[tuple[float, float, float]]


class Among:
    """One source's lines of photons, its shape, the layers around it, and all bodies, its own with them.

    Layers of barriers that are in ``nothing`` hold nothing back. ``few``: the same with fewer lines that stand for
    these, see ``fewer``: by them places are compared and the source's extent is followed.
    """

    def __init__(
        self,
        shape: Shape,
        lines: Sequence[Emission],
        around: Sequence[Layer],
        bodies: Sequence[Body],
        palette: Palette,
        nothing: Container[Layer] = (),
        few: "Among | None" = None,
    ) -> None:
        self.few = few or self
        self.shape, self.palette, self.nothing, self.bodies = shape, palette, nothing, tuple(bodies)
        coefficients = [per_fluence(each.energy_MeV) for each in lines]
        self.kerma = np.array([each.per_s * of.kerma for each, of in zip(lines, coefficients, strict=True)])
        ratios = [[of.ratios[H10], of.largest[H10]] for of in coefficients]
        self.ratios = np.array([*ratios, [0.0, 0.0]]).T.copy()
        self._times = np.append(self.kerma, 1.0)
        self.solids = palette.solids(bodies)
        self.around = tuple(around)
        self._filled_per_m = self._filling()
        self._thin = skins(shape, self._filled_per_m)
        self._stacks: dict[tuple[Layer, ...], list[tuple[int, float]]] = {}
        self._nodes: tuple[tuple[Floats, Floats], tuple[Floats, Floats]] | None = None
        self._spread: Mesh | None = None
        self._even: Mesh | None = None
        self._shared: dict[tuple[int, ...], Mesh | None] = {}  # by places close together, None where each has its own
        self._own_mesh: dict[Xyz, Mesh] = {}
        self._only = Mesh(np.array(shape.position).reshape(3, 1), np.ones(1), (1.0, 1.0, 1.0))
        self.responses = np.zeros((3, 2, COLUMNS))
        self.responses[0, 0, TOTAL] = self.responses[1, 0, RAISED] = self.responses[2, 1, TOTAL] = 1.0

    def _filling(self) -> float:
        """Return how much a m of what fills the source holds back of the photons that give most from deep inside."""
        own = [k for k, body in enumerate(self.bodies) if body.shape == self.shape]
        if not own or not len(self.kerma):
            return 0.0
        mu: Floats = self.palette.media().mu_per_m[self.solids.material_of[own[0]], :-1]
        return float(mu[np.argmax(self.kerma / mu)])

    def quickly(self, points: Sequence[Xyz], crossings: Crossings, *, closely: bool = False) -> list[Received]:
        """Return what places get by few nodes: exact for a point source, else to compare places with one another.

        ``closely``: by many more, to compare places close to one another.
        """
        if isinstance(self.shape, Point):
            return self._by(points, crossings, self._only)
        if not points:
            return []
        found = self.few._by(points, crossings, self.few._evenly(closely=closely))
        if closely and self.few is self:
            return found
        watched = self._watched(points, crossings)
        if self.few is not self:
            told, known = watched.sum(axis=1), self.few._watched(points, crossings).sum(axis=1)
            times = np.where(known > 0, told / np.where(known > 0, known, 1.0), 1.0).tolist()
            found = [calibrated(one, (*each[:2], 1.0)) for one, each in zip(found, times, strict=True)]
        return found if closely else at_least(found, watched)

    def _evenly(self, *, closely: bool) -> Mesh:
        """Return the nodes by which places are compared, made once."""
        if closely:
            self._even = self._even or Mesh(*spread(self.shape, _CLOSELY), (1.0, 1.0, 1.0))
            return self._even
        self._spread = self._spread or Mesh(*scattered(self.shape, many_cells(self.shape, self._thin)), (1.0, 1.0, 1.0))
        return self._spread

    def _watched(self, points: Sequence[Xyz], crossings: Crossings) -> Floats:
        """Return the responses (points, places, responses) of lines from the middle of the source and its ends."""
        watched = np.array([*gaps.middle_and_ends(self.shape)], np.float64).T
        each, count = watched.shape[1], len(points)
        places, starts = np.tile(watched, (1, count)), np.arange(each * count, dtype=np.intp)
        at = np.repeat(np.array(points, np.float64), each, axis=0)
        runs = np.stack([starts, starts + 1], axis=1)
        fluence = self._followed(at, runs, places, np.ones(each * count), crossings).reshape(len(at), -1)
        return np.asarray(fluence @ self.responses.reshape(len(self.responses), -1).T).reshape(count, each, -1)

    def with_others(self, points: Sequence[Xyz], crossings: Crossings, before: Crossings) -> list[Received]:
        """Return what places get behind other layers, by the nodes that suit them with the layers ``before``."""
        if self.few is not self:
            return self.few.with_others(points, crossings, before)
        known = crossings.kept((id(self), *points), lambda: self._known(points, crossings, before))
        found = self._along(known.plan, known.at, len(points), crossings)
        plain = self._received(found, np.zeros(len(points)), np.ones(len(points), np.bool_))
        return [calibrated(one, each) for one, each in zip(plain, known.factors, strict=True)]

    def _known(self, points: Sequence[Xyz], crossings: Crossings, before: Crossings) -> _Known:
        """Return the nodes that suit places, with what the lines from them cross."""
        meshes = [self._mesh_near(point, before) for point in points]
        ends = np.cumsum([len(each.weights) for each in meshes])
        runs = np.stack([np.append(0, ends[:-1]), ends], axis=1)
        there = np.array(points, np.float64).reshape(-1, 3)
        places = np.concatenate([each.places for each in meshes], axis=1)
        weights = np.concatenate([each.weights for each in meshes])
        return _Known(there, planned(there, runs, places, weights, crossings), [each.factors for each in meshes])

    def _mesh_near(self, point: Xyz, before: Crossings) -> Mesh:
        """Return the nodes that suit a place, those of one close by unless a narrow gap is in sight."""
        if isinstance(self.shape, Point):
            return self._only
        close = tuple(round(each / _CLOSE_M) for each in point)
        if close not in self._shared:
            narrow = self._narrow(point, before)
            self._shared[close] = None if narrow else self.mesh(point, before)
            if narrow:
                self._own_mesh[point] = narrow
        shared = self._shared[close]
        if shared:
            return shared
        if point not in self._own_mesh:
            self._own_mesh[point] = self._narrow(point, before) or self.mesh(point, before)
        return self._own_mesh[point]

    def mesh(self, point: Xyz, crossings: Crossings) -> Mesh:
        """Return a few nodes of the source, which give one place as much as eight times as many do."""
        return self._giving(point, crossings, *self._few_and_many())

    def _few_and_many(self) -> tuple[Places, Places]:
        """Return nodes spread evenly over the source."""
        if self._nodes is None:
            cells = even_cells(self.shape, self._thin)
            self._nodes = nodes(self.shape, cells, 1), nodes(self.shape, cells, 2)
        return self._nodes

    def _giving(self, point: Xyz, crossings: Crossings, few: Places, many: Places) -> Mesh:
        """Return few nodes with the factors by which many give a place more."""
        runs = np.array([[0, len(few[1])], [len(few[1]), len(few[1]) + len(many[1])]])
        places, weights = (np.concatenate([one, other], axis=-1) for one, other in zip(few, many, strict=True))
        found, wanted = self._responses(
            self._followed(np.array([point, point], np.float64), runs, places, weights, crossings)
        )
        kerma, h10, void = np.where(found > 0, wanted / np.where(found > 0, found, 1.0), 1.0).tolist()
        return Mesh(*few, (kerma, h10, void))

    def _narrow(self, point: Xyz, crossings: Crossings) -> Mesh | None:
        """Return the nodes that count for a place with a narrow gap in sight, None where there is none."""
        looked = self._looked(point, crossings)
        if not len(looked.shares) or not looked.through(_SURELY * NARROW, looked.of(self._few_and_many()[1])).any():
            return None
        cells = integrate_by(
            self.shape, np.array([point]), self._follower(crossings), self.responses, *_ROUGHLY, self._filled_per_m
        ).cells[0]
        if not looked.through(NARROW, cells.doses.sum(axis=0)).any():
            return None
        few, many = looked.drawn(cells)
        return self._giving(point, crossings, few, many)

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
        return [calibrated(each, factors) for each in found] if mesh is not self._only else found

    def refined(self, points: Sequence[Xyz], crossings: Crossings, accuracy: Accuracy) -> list[Received]:
        """Return what places get, integrated over the source to ``accuracy``."""
        if isinstance(self.shape, Point):
            return self.quickly(points, crossings)
        if self.few is not self:
            exact = accuracy._replace(tolerance=accuracy.tolerance * (1 - _BY_ALL))
            parts = zip(points, self.few._integrated(points, crossings, exact), strict=True)
            return [self._by_all(at, *part, crossings, accuracy) for at, part in parts]
        return [received for received, _ in self._integrated(points, crossings, accuracy)]

    def _by_all(self, point: Xyz, found: Received, cells: Cells, crossings: Crossings, accuracy: Accuracy) -> Received:
        """Return what a place gets of all lines, from what it gets of few."""
        if not found.kerma:
            return found
        few, every = (each._single(point, crossings) for each in (self.few, self))
        share, error = shares(self.shape, cells, few, every, _BY_ALL * accuracy.tolerance)
        kerma, h10 = share.tolist()
        whole = found.error + error
        reached = found.reached and whole <= accuracy.tolerance
        upper = 1.0 if reached else 1.0 + (whole if found.reached else error)  # as far as it is none already
        return calibrated(found, (upper * kerma, upper * h10, 1.0))._replace(error=whole, reached=reached)

    def _single(self, point: Xyz, crossings: Crossings) -> Callable[[Floats], Floats]:
        """Return what gives kerma and H*(10) of single lines from places (3, n) to a point, see ``_responses``."""

        def doses(places: Floats) -> Floats:
            ends = np.arange(1, places.shape[1] + 1)
            at = np.tile(np.array([point], np.float64), (len(ends), 1))
            runs = np.stack([ends - 1, ends], axis=1)
            return self._responses(self._followed(at, runs, places, np.ones(len(ends)), crossings))[:, :2]

        return doses

    def _integrated(
        self, points: Sequence[Xyz], crossings: Crossings, accuracy: Accuracy
    ) -> list[tuple[Received, Cells]]:
        """Return what places get, integrated over the source to ``accuracy``, and the cells that gave it."""
        there = np.array(points, np.float64).reshape(-1, 3)
        few = accuracy._replace(most_lines=accuracy.most_lines // _CHECKED)
        found = integrate_by(self.shape, there, self._follower(crossings), self.responses, *few, self._filled_per_m)
        doses = found.fluence.reshape(len(there), -1) @ self.responses.reshape(len(self.responses), -1).T
        error = np.where(doses > 0, found.error / np.where(doses > 0, doses, 1.0), 0.0).max(axis=1)
        received = zip(points, self._received(found.fluence, error, found.reached), found.cells, strict=True)
        return [(self._sampled(at, each, cells, crossings, accuracy), cells) for at, each, cells in received]

    def _sampled(self, point: Xyz, found: Received, cells: Cells, crossings: Crossings, accuracy: Accuracy) -> Received:
        """Return what a place gets, by lines from all over the source where cells leave an error or an edge crosses."""
        looked = self._looked(point, crossings)
        if not found.kerma or (found.reached and not len(looked.shares)):
            return found
        told = looked.integrated(cells, accuracy, trusted=found.reached)
        kerma, h10, _ = (4 * pi * PER_HOUR_AT_1M * told.doses).tolist()
        beyond = found.beyond * kerma / found.kerma
        return found._replace(kerma=kerma, h10=h10, beyond=beyond, error=told.error, reached=told.reached)

    def _looked(self, point: Xyz, crossings: Crossings) -> Looked:
        """Return the source as a place sees it."""

        def doses(places: Floats, weights: Floats, runs: NDArray[np.intp]) -> Floats:
            at = np.tile(np.array([point], np.float64), (len(runs), 1))
            return self._responses(self._followed(at, runs, places, weights, crossings))

        return Looked.at(self.shape, point, doses, np.concatenate([crossings.edges(), *gaps.edges(point, self.bodies)]))

    def _responses(self, fluence: Floats) -> Floats:
        """Return kerma, H*(10) and 1/d2 (..., 3) per 4 pi of sums (..., rows, columns), see ``_along``."""
        return np.stack([fluence[..., 0, TOTAL], fluence[..., 0, RAISED], fluence[..., 1, TOTAL]], axis=-1)

    def _received(self, fluence: Floats, error: Floats, reached: NDArray[np.bool_]) -> list[Received]:
        per = 4 * pi * PER_HOUR_AT_1M
        upper = per * np.where(reached, 1.0, 1.0 + error)  # the error that is left counts on the safe side
        kerma, h10, beyond = (fluence[:, 0, column] * upper for column in (TOTAL, RAISED, BEYOND))
        void = 4 * pi * fluence[:, 1, TOTAL]
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
        """Return sums (runs, rows, columns): each run's lines by the barriers that they cross."""
        return self._along(planned(at, runs, places, weights, crossings), at, len(runs), crossings)

    def _along(self, plan: Plan, at: Floats, count: int, crossings: Crossings) -> Floats:
        """Return sums (runs, rows, columns) over the lines of a plan, by their stacks in ``crossings``.

        The rows: fluence times the air kerma of each energy, and fluence with nothing in the way.
        """
        kinds, which = np.unique(plan.kinds, return_inverse=True)
        met = self._met(tuple(kinds.tolist()), crossings)
        wide = np.array([len(each) for each in met.tails], np.intp)[which]
        behind = np.array([each[0] for each in met.tails], np.intp)[which]
        if wide.max(initial=1) == 1:
            found = self._summed(plan, at, behind, met, self._added(met))
        else:
            found = np.empty((len(wide), 2, COLUMNS))
            one, several = np.flatnonzero(wide == 1), np.flatnonzero(wide > 1)
            found[one] = self._summed(plan.part(one), at, behind[one], met, self._added(met))
            found[several] = self._weakest(plan.part(several), at, which[several], met)
        if len(found) > count:
            found = np.add.reduceat(found, np.flatnonzero(np.diff(plan.jobs, prepend=-1)), axis=0)
        return found

    def _weakest(self, plan: Plan, at: Floats, which: NDArray[np.intp], met: _Met) -> Floats:
        """Return the rows of stretches of lines that may meet one of several stacks: the weakest at each energy."""
        tails = [met.tails[each] for each in which.tolist()]
        number = np.repeat(np.arange(len(tails)), [len(each) for each in tails])
        alone = Rows(np.ones(len(self._times)), met.counted, np.arange(len(met.counted)), len(met.counted))
        each = self._summed(plan.part(number), at, np.concatenate(tails), met, alone)
        most = np.maximum.reduceat(each, np.flatnonzero(np.diff(number, prepend=-1)), axis=0)
        return np.stack([self._times[met.counted[:-1]] @ most[:, :-1], most[:, -1]], axis=1)

    def _added(self, met: _Met) -> Rows:
        """Return how the energies that count are added up."""
        rows = np.zeros(len(met.counted), np.intp)
        rows[-1] = 1
        return Rows(self._times, met.counted, rows, 2)

    def _summed(self, plan: Plan, at: Floats, behind: NDArray[np.intp], met: _Met, added: Rows) -> Floats:
        """Return the sums of each stretch of lines behind a stack."""
        around = np.full((len(behind), 2), met.before, np.intp)
        around[:, 1] = behind
        return sums(
            at[plan.jobs],
            plan.runs,
            plan.places,
            plan.weights[None, :],
            self.solids,
            self.palette.media(),
            layers=met.layers,
            around=around,
            cap_mfp=self.palette.limit_mfp,
            ratios=self.ratios,
            added=added,
        )

    def _met(self, kinds: tuple[int, ...], crossings: Crossings) -> _Met:
        """Return what lines of some kinds cross, found out once."""
        name = (id(self), kinds, len(self.palette))
        known: _Met | None = crossings.behind_these.get(name)
        if known is None:
            met = [weakest(crossings.stacks(kind), self._placed) for kind in kinds]
            numbers = {each: k for k, each in enumerate(dict.fromkeys([self.around, *chain(*met)]), 1)}
            tails = [np.array([numbers[each] for each in found], np.intp) for found in met]
            placed = [self._placed(each) for each in numbers]
            before = self._placed(self.around)
            behind_them = [(*before, *self._placed(stack)) for found in met for stack in found]
            known = _Met(stacks(placed), tails, numbers[self.around], self.palette.counted(self.kerma, behind_them))
            crossings.behind_these[name[0], kinds, len(self.palette)] = known
        return known
