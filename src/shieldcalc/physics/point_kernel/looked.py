"""A source as one place sees it: what it gets of any places of the source, and what is seen just beside edges."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shieldcalc.model.design import Xyz
from shieldcalc.model.shapes import Shape
from shieldcalc.physics.point_kernel import gaps
from shieldcalc.physics.point_kernel.arrays import Floats
from shieldcalc.physics.point_kernel.integral import Cells
from shieldcalc.physics.point_kernel.sampled import Accuracy, Doses, Places, Sampled, drawn, sampled

BRIGHT, NARROW = 2.0, 10.0  # a line so much brighter than the source on the whole may pass a gap, passes a narrow one


class Looked(NamedTuple):
    """One source from one point: the doses of its places, and the edges in sight beside which lines were followed."""

    shape: Shape
    point: Xyz
    doses: Doses
    edges: Floats
    beside: gaps.Beside
    shares: Floats

    @classmethod
    def at(cls, shape: Shape, point: Xyz, doses: Doses, edges: Floats) -> "Looked":
        """Return a source as a point sees it, with a few places followed beside each edge."""
        found = gaps.beside(shape, point, edges)
        return cls(shape, point, doses, edges, found, _shares(doses, found.places))

    def of(self, places: Places) -> Floats:
        """Return the doses by some places of the source with their weights."""
        return np.asarray(self.doses(*places, np.array([[0, len(places[1])]]))[0], np.float64)

    def through(self, times: float, whole: Floats) -> NDArray[np.bool_]:
        """Return which places let through so many times the share that the source, giving ``whole``, does."""
        return np.asarray((self.shares > times * whole / whole[-1]).any(axis=1), np.bool_)

    def integrated(self, cells: Cells, accuracy: Accuracy, *, trusted: bool) -> Sampled:
        """Return the doses with their error; see ``sampled``."""
        return sampled(self.shape, cells, self._seen(cells), self.doses, accuracy, trusted=trusted)

    def drawn(self, cells: Cells) -> tuple[Places, Places]:
        """Return a few places of the source that give most of the doses, and the many that they stand for."""
        return drawn(self.shape, cells, self._seen(cells), self.doses)

    def _seen(self, cells: Cells) -> tuple[Floats, Floats]:
        """Return places along edges that let through far more than the source on the whole, and which share."""
        whole = cells.doses.sum(axis=0)
        bright = self.through(BRIGHT, whole)
        if not bright.any():
            return self.beside.places[:, bright], self.shares[bright]
        along = self.edges[np.unique(self.beside.edges[bright])]
        places = gaps.beside(self.shape, self.point, along, closely=True).places
        shares = _shares(self.doses, places)
        bright = (shares > BRIGHT * whole / whole[-1]).any(axis=1)
        return places[:, bright], shares[bright]


def _shares(doses: Doses, places: Floats) -> Floats:
    """Return which share (n, responses) of the radiation of each place (3, n) of a source is let through."""
    count = places.shape[1]
    if not count:
        return np.zeros((0, 3))
    lines = doses(places, np.ones(count), np.stack([np.arange(count), np.arange(count) + 1], axis=1))
    return np.asarray(lines / lines[:, -1:], np.float64)
