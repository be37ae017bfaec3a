"""Lines of a source taken together where they lie close to one another, and what all of them give for one of these.

A source in equilibrium has hundreds of lines (Ra-226: 679). Where its extent is followed some dozens stand for them:
what all give differs from that by a share that changes little across the source. It is found by a few of its places,
drawn where most comes from, and told as a part of the error.
"""

from collections.abc import Callable, Iterator, Sequence
from math import sqrt

import numpy as np

from shieldcalc.model.shapes import Shape
from shieldcalc.photons.dose import per_fluence
from shieldcalc.photons.source import Emission
from shieldcalc.physics.point_kernel.arrays import Floats
from shieldcalc.physics.point_kernel.cells import scattered
from shieldcalc.physics.point_kernel.integral import Cells

_CLOSE = 1.1  # energies that stand together: the highest over the lowest
_MANY, _WORTH = 40, 0.7  # lines that are taken together; into this part of them, or fewer
_DRAWN, _MORE, _MOST = 256, 4, 65_536
_ERRORS = 2.0  # standard errors

Doses = Callable[[Floats], Floats]
"""Doses (lines, n) of single lines from places (3, lines) to a point."""


def fewer(lines: Sequence[Emission]) -> tuple[Emission, ...]:
    """Return lines that stand for all: of each group its kerma at the mean energy; none where that saves little."""
    found = tuple(map(_together, _groups(lines))) if len(lines) >= _MANY else ()
    return found if len(found) < _WORTH * len(lines) else ()


def _groups(lines: Sequence[Emission]) -> Iterator[list[Emission]]:
    group: list[Emission] = []
    for each in sorted(lines, key=lambda each: each.energy_MeV):
        if group and each.energy_MeV > _CLOSE * group[0].energy_MeV:
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _together(group: Sequence[Emission]) -> Emission:
    kermas = [each.per_s * per_fluence(each.energy_MeV).kerma for each in group]
    whole = sum(kermas)
    if len(group) == 1 or not whole:
        return group[0]
    energy = sum(kerma * each.energy_MeV for kerma, each in zip(kermas, group, strict=True)) / whole
    return group[0]._replace(energy_MeV=energy, per_s=whole / per_fluence(energy).kerma)


def shares(shape: Shape, cells: Cells, few: Doses, every: Doses, tolerance: float) -> tuple[Floats, float]:
    """Return what all lines give for one of what few give, dose by dose, and by which share it may be off.

    ``cells`` with what few give: places are drawn by that, four times as many until the share is within ``tolerance``.
    """
    parts = cells.doses[:, 0] / cells.doses[:, 0].sum()
    count = _DRAWN
    while True:
        chosen = np.searchsorted(np.cumsum(parts), (np.arange(count) + 0.5) / count).clip(0, len(parts) - 1)
        places, weights = scattered(shape, cells.bounds[chosen])
        each = (weights / parts[chosen])[:, None]
        told, known = each * every(places), each * few(places)
        share = told.sum(axis=0) / known.sum(axis=0)
        left = (told - share * known).std(axis=0) * sqrt(count) / told.sum(axis=0)
        error = _ERRORS * float(left.max())
        if error <= tolerance or count >= _MOST:
            return share, error
        count *= _MORE
