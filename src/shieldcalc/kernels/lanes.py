"""The steps of the sums on a block of lanes, one line each: what a source gives, depths, what a layer lets through."""

import numpy as np
from numpy import float64, int32
from numpy.typing import NDArray

from shieldcalc.kernels import compiled
from shieldcalc.kernels.buildup import BRODER
from shieldcalc.kernels.exponential import exponential

Floats = NDArray[float64]
Narrow = NDArray[int32]


@compiled
def all_alike(material: Narrow, count: int) -> bool:
    """Return whether all lanes have the same material."""
    others = 0
    for i in range(count):
        others += material[i] != material[0]
    return others == 0


@compiled
def amounts(strength: Floats, source: Narrow, weight: Floats, count: int, rising: bool, amount: Floats) -> None:
    """Write the photons of each lane's source over 4 pi d^2; ``rising``: the number of the source, lane by lane."""
    first = source[0]
    if rising and source[count - 1] - first == count - 1:  # then they are neighbours
        for i in range(count):
            amount[i] = strength[first + i] * weight[i]
        return
    for i in range(count):
        amount[i] = strength[np.uint32(source[i])]
    for i in range(count):
        amount[i] *= weight[i]


@compiled
def depths(
    alike: bool,
    mu: Floats,
    e: int,
    size: int,
    material: Narrow,
    length: Floats,
    before: Floats,
    cap: float,
    count: int,
    share: Floats,
    starts: Narrow,
    depth: Floats,
) -> None:
    """Write one layer's optical thickness, where its table starts, and the depth behind it, which ends at ``cap``."""
    energies = mu.shape[1]
    if alike:
        each, start = mu[material[0], e], int32((material[0] * energies + e) * size)
        for i in range(count):
            share[i] = min(each * length[i], cap - before[i])
            starts[i] = start
            depth[i] = before[i] + share[i]
        return
    for i in range(count):
        m = np.uint32(material[i])
        share[i] = mu[m, e]
        starts[i] = (m * energies + e) * size
    for i in range(count):
        share[i] = min(share[i] * length[i], cap - before[i])
        depth[i] = before[i] + share[i]


@compiled
def limited(rule: int, factor: Floats, depth: Floats, count: int, through: Floats, least: Floats, over: Floats) -> None:
    """Limit what passes a layer; ``over`` is what the limits took from B (by BRODER from all layers, else the last)."""
    carried = 1.0 if rule == BRODER else 0.0
    for i in range(count):
        through[i] = exponential(-depth[i])
        wanted = factor[i]
        least[i] = min(least[i], wanted * through[i])
        factor[i] = min(wanted, least[i] / through[i])
        over[i] = carried * over[i] + (wanted - factor[i])


@compiled
def raised(ratio: float, largest: float, through: Floats, least: Floats, count: int, high: Floats) -> None:
    """Lower the upper value of another dose: uncollided photons by their own ratio, collided ones by the largest."""
    for i in range(count):
        direct = min(least[i], through[i])
        high[i] = min(high[i], direct * ratio + (least[i] - direct) * largest)
