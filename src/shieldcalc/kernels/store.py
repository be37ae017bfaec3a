"""Lines kept by their number of layers until there are enough of them to be summed side by side."""

import numpy as np
from numpy import float64, int32, intp
from numpy.typing import NDArray

from shieldcalc.kernels import compiled
from shieldcalc.kernels.lanes import LANES, STEP
from shieldcalc.kernels.rays import BLOCK

Floats = NDArray[float64]
Integers = NDArray[intp]
Narrow = NDArray[int32]

Stacks = tuple[Integers, Integers, Floats]  # where each begins, materials, lengths
Store = tuple[Floats, Narrow, Floats, Narrow, Narrow, Integers]  # by layers: lengths, materials, weights, sources,
# places of lines among those held, how many
Layered = tuple[Floats, Narrow, Narrow, Floats]  # of a block: lengths, materials, number of layers of each line, d^2

FULL = LANES - BLOCK  # so many lines are enough: those of one more block still find room
_PER_SPHERE = 1 / (4 * np.pi)


@compiled
def keep(
    store: Store, found: Layered, layers: int, count: int, offset: int, held: int, stacks: Stacks, around: Integers
) -> int:
    """Keep the lines of a block that have this many layers in bodies; return how many layers they have in all.

    ``offset`` the source of the block's first line, ``held`` the place of what it gives, ``around`` the stacks that every
    line crosses before and behind the bodies. Lines with more layers than there is room for are left out.
    """
    length, material, weight, source, place, filled = store
    span, kind, number, square = found
    begins = stacks[0]
    ahead = begins[around[0] + 1] - begins[around[0]]
    every = layers + ahead + begins[around[1] + 1] - begins[around[1]]
    if every >= filled.size:
        return int(every)
    start = filled[every]
    pick = np.empty(BLOCK, int32)
    chosen = _pick(number, layers, count, pick)
    for k in range(layers):
        _cross(span[k], kind[k], square, pick, chosen, length[every, ahead + k, start:], material[every, ahead + k, start:])
    _fixed(stacks, around[0], start, chosen, length[every], material[every])
    _fixed(stacks, around[1], start, chosen, length[every, ahead + layers :], material[every, ahead + layers :])
    for j in range(chosen):
        i = pick[j]
        weight[every, start + j] = _PER_SPHERE / square[i]
        source[every, start + j] = offset + i
        place[every, start + j] = held + i
    filled[every] += chosen
    return int(every) if chosen > 0 else 0


@compiled
def _pick(number: Narrow, layers: int, count: int, pick: Narrow) -> int:
    """Write which lines have so many layers; return how many there are."""
    chosen = 0
    for i in range(count):
        pick[chosen] = i
        chosen += number[i] == layers
    return chosen


@compiled
def _cross(
    span: Floats, kind: Narrow, square: Floats, pick: Narrow, count: int, length: Floats, material: Narrow
) -> None:
    """Write the length (m) and the material of one layer of chosen lines."""
    for j in range(count):
        i = pick[j]
        length[j] = span[i] * np.sqrt(square[i])
        material[j] = kind[i]


@compiled
def _fixed(stacks: Stacks, stack: int, start: int, count: int, length: Floats, material: Narrow) -> None:
    """Write the layers of a stack, of the same length on all lines."""
    begins, kinds, lengths = stacks
    for k in range(begins[stack + 1] - begins[stack]):
        for j in range(start, start + count):
            length[k, j] = lengths[begins[stack] + k]
            material[k, j] = kinds[begins[stack] + k]


@compiled
def padded(length: Floats, material: Narrow, weight: Floats, source: Narrow, layers: int, count: int) -> int:
    """Fill the lanes behind ``count`` with lines that give nothing, to a multiple of ``STEP``; return how many lanes."""
    whole = (count + STEP - 1) // STEP * STEP
    for i in range(count, whole):
        weight[i] = 0.0
        source[i] = source[0]
        for k in range(layers):
            length[k, i] = 0.0
            material[k, i] = material[k, 0]
    return whole
