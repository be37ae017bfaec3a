"""From thickness to tenth value layers and back, by Table 22 of SRS 47: large attenuation and first layers.

n tenth value layers need n TVL of large attenuation (of Au-198 in lead a thicker one after two). First layers: fewer
than 2 TVL with a printed TVL1 need TVL1 + (n - 1) TVL (below one: n TVL1); fewer than 7 HVL with a printed HVL1 the
same in half value layers. The largest governs. More attenuation never needs less: what 2 TVL or 7 HVL need by first
layers is the least beyond them. Concrete without a printed first layer: see ``first_layer_added_hvl``.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import log10
from typing import NamedTuple

from shieldcalc.methods.srs47.values import CONCRETE, Row, row_of, rule

HALF = log10(2.0)
Knots = tuple[tuple[float, float], ...]


class Curve(NamedTuple):
    """One nuclide in one material: (number of TVL, mm) at the knots of each condition; the first goes on for ever."""

    main: Knots
    slope: float
    first: tuple[Knots, ...]
    assumed: bool

    def tenths(self, mm: float) -> float:
        """Return how many tenth value layers ``mm`` of the material are."""
        found = [_beyond(self.main, self.slope, mm)]
        found += [_across(knots, mm, 1, 0) for knots in self.first if mm < knots[-1][1]]
        return min(found)

    def thickness_mm(self, tenths: float) -> float:
        """Return the thickness in mm that so many tenth value layers need; 0 for 0 and less."""
        n = max(0.0, tenths)
        last, mm = self.main[-1]
        main = mm + (n - last) * self.slope if n > last else _across(self.main, n, 0, 1)
        return max(main, *(_across(knots, min(n, knots[-1][0]), 0, 1) for knots in self.first), 0.0)

    def without_first_layer(self, tenths: float) -> bool:
        """Return whether so many tenth value layers are few enough for a first layer that Table 22 does not print."""
        return self.assumed and tenths < rule("first_layers_below_tvl")


def curve(name: str, material: str) -> Curve | None:
    """Return the curve of a nuclide in lead, steel or concrete; None where Table 22 has no such cell."""
    row = row_of(name, material)
    if row is None:
        return None
    two = rule("first_layers_below_tvl")
    main = ((0.0, 0.0), (two, two * row.tvl))
    assumed = material == CONCRETE and row.tvl1 is None
    first = tuple(_first(row)) + ((_assumed(row, two),) if assumed else ())
    return Curve(main, row.tvl_after_two or row.tvl, first, assumed)


def _first(row: Row) -> Iterator[Knots]:
    for step, layer, first, below in (
        (1.0, row.tvl, row.tvl1, rule("first_layers_below_tvl")),
        (HALF, row.hvl, row.hvl1, rule("first_layers_below_hvl")),
    ):
        if first is not None:
            yield (0.0, 0.0), (step, first), (below * step, first + (below - 1) * layer)


def _assumed(row: Row, two: float) -> Knots:
    return (0.0, 0.0), (1.0, row.tvl + rule("first_layer_added_hvl") * row.hvl), (two, two * row.tvl)


def _beyond(knots: Knots, slope: float, mm: float) -> float:
    last, end = knots[-1]
    return last + (mm - end) / slope if mm > end else _across(knots, mm, 1, 0)


def _across(knots: Knots, at: float, given: int, wanted: int) -> float:
    """Return the ``wanted`` coordinate where the ``given`` one is ``at``, along straight lines between knots."""
    for low, high in pairwise(knots):
        if at <= high[given]:
            share = (at - low[given]) / (high[given] - low[given])
            return low[wanted] + share * (high[wanted] - low[wanted])
    return knots[-1][wanted]
