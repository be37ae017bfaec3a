"""Lines kept by their number of layers until there are enough of them to be summed side by side."""

import numpy as np
from numpy import float64, int32, intp, uint32, uint64
from numpy.typing import NDArray

from shieldcalc.kernels import compiled
from shieldcalc.kernels.lanes import LANES, STEP
from shieldcalc.kernels.rays import BLOCK
from shieldcalc.kernels.space import Layered, Store

Floats = NDArray[float64]
Integers = NDArray[intp]
Narrow = NDArray[int32]
Places = NDArray[uint32]

Stacks = tuple[Integers, Integers, Floats]  # where each begins, materials, lengths

FULL = LANES - BLOCK  # so many lines are enough: those of one more block still find room
_PER_SPHERE = 1 / (4 * np.pi)


@compiled
def keep(
    store: Store, found: Layered, layers: int, count: int, offset: int, held: int, stacks: Stacks, around: Integers
) -> int:
    """Keep the lines of a block that have this many layers in bodies; return how many layers they have in all.

    ``offset`` the source of the block's first line, ``held`` the place of what it gives, ``around`` the stacks that
    every line crosses before and behind the bodies. Lines with more layers than there is room for are left out.
    """
    length, material, weight, source, place, filled = store
    span, kind, number, distance, pick = found
    begins = stacks[0]
    ahead = begins[around[0] + 1] - begins[around[0]]
    every = layers + ahead + begins[around[1] + 1] - begins[around[1]]
    chosen = _pick(number, layers, count, pick)
    if chosen > 0 and every < filled.size:
        start = filled[every]
        for k in range(layers):
            if chosen == count:
                for j in range(count):
                    length[every, ahead + k, uint64(start + j)] = span[k, j] * distance[j]
                    material[every, ahead + k, uint64(start + j)] = kind[k, j]
            else:
                for j in range(chosen):
                    i, there = uint64(pick[j]), uint64(start + j)
                    length[every, ahead + k, there] = span[k, i] * distance[i]
                    material[every, ahead + k, there] = kind[k, i]
        _fixed(stacks, around[0], start, chosen, length, material, every, 0 * layers)
        _fixed(stacks, around[1], start, chosen, length, material, every, ahead + layers)
        for j in range(chosen):
            i, there = uint64(pick[j]), uint64(start + j)
            weight[every, there] = _PER_SPHERE / (distance[i] * distance[i])
            source[every, there] = offset + i
            place[every, there] = held + i
        filled[every] += chosen
    return int(every) if chosen > 0 else 0


@compiled
def _pick(number: Narrow, layers: int, count: int, pick: Places) -> int:
    """Write which lines have so many layers; return how many there are."""
    chosen = 0
    for i in range(count):
        pick[chosen] = i
        chosen += number[i] == layers
    return chosen


@compiled
def _fixed(
    stacks: Stacks, stack: int, start: int, count: int, length: Floats, material: Narrow, every: int, first: int
) -> None:
    """Write the layers of a stack, of the same length on all lines, from layer ``first`` on."""
    begins, kinds, lengths = stacks
    for k in range(begins[stack], begins[stack + 1]):
        row = first + k - begins[stack]
        for j in range(start, start + count):
            length[every, row, j] = lengths[k]
            material[every, row, j] = kinds[k]


@compiled
def padded(length: Floats, material: Narrow, weight: Floats, source: Narrow, layers: int, count: int) -> int:
    """Fill lanes behind ``count`` with lines that give nothing, to a multiple of ``STEP``; return how many lanes."""
    whole = (count + STEP - 1) // STEP * STEP
    for i in range(count, whole):
        weight[i] = 0.0
        source[i] = source[0]
        for k in range(layers):
            length[k, i] = 0.0
            material[k, i] = material[k, 0]
    return whole


@compiled
def tables_of(material: Narrow, layers: int, count: int, size: int, starts: Places, alike: Narrow) -> None:
    """Write where the tables of each lane's material start, and 1 for each layer of the same material on all lanes."""
    for k in range(layers):
        others = 0
        for i in range(count):
            others += material[k, i] != material[k, 0]
            starts[k, i] = material[k, i] * size
        alike[k] = 1 if others == 0 else 0
