"""ln B against optical depth, tabulated once for each material and energy, and the rules for layers.

The tables are linear in the square root of the depth, ``STEPS`` intervals to 1: dense where B rises like x ln x near zero,
sparse deep inside. Against the geometric-progression form of ANSI/ANS-6.4.3 the error of B is at most 1e-5.

Loops over a block are kept apart: reading a table at scattered places cannot be vectorised, what comes before and after
can.
"""

from numpy import float64, int32, sqrt, uint64
from numpy.typing import NDArray

from shieldcalc.kernels import compiled
from shieldcalc.kernels.exponential import exponential

Floats = NDArray[float64]
Integers = NDArray[int32]

STEPS = 256
BRODER, LAST, LARGEST, MEAN, PRODUCT = 0, 1, 2, 3, 4


@compiled
def factors(
    table: Floats, size: int, starts: Integers, depth: Floats, count: int, out: Floats, place: Integers, ends: Floats
) -> None:
    """Write B of each lane at an optical depth >= 0 (mean free paths) from the part of ``table`` at its start.

    Beyond the table the last value stays: whoever asks there must say so (``limit`` of the sums). ``place`` (lanes) and
    ``ends`` (2, lanes) are overwritten.
    """
    for i in range(count):
        step = min(sqrt(depth[i]) * STEPS, size - 1.000001)
        index = int32(step)
        out[i] = step - index
        place[i] = starts[i] + index
    for i in range(count):
        first = uint64(place[i])
        ends[0, i] = table[first]
        ends[1, i] = table[first + uint64(1)]
    for i in range(count):
        out[i] = exponential(ends[0, i] + out[i] * (ends[1, i] - ends[0, i]))


@compiled
def layered(
    rule: int,
    table: Floats,
    size: int,
    starts: Integers,
    share: Floats,
    depth: Floats,
    k: int,
    count: int,
    out: Floats,
    work: Floats,
    place: Integers,
) -> None:
    """Write the buildup factor after layer k of each lane; ``out`` holds that after layer k - 1.

    ``starts`` (layers, lanes) where each layer's table begins, ``share`` (layers, lanes) its own optical thickness,
    ``depth`` (layers + 1, lanes) the depth before it; ``work`` (4, lanes) and ``place`` are overwritten. Rules, with X the
    depth up to a layer and x its own thickness:

    - BRODER: sum of B_n(X_n) - B_n(X_(n-1)), with B_1(0) = 1 (Broder 1962);
    - LAST: B_n(X_n) of the last layer; LARGEST: the largest B_n(X) of the layers met; MEAN: their mean weighted by x;
    - PRODUCT: the product of B_n(x_n).
    """
    new, old, ends = work[0], work[1], work[2:4]
    if rule == LARGEST or rule == MEAN:
        for i in range(count):
            out[i] = 0.0
        for j in range(k + 1):
            factors(table, size, starts[j], depth[k + 1], count, new, place, ends)
            for i in range(count):
                mean = out[i] + new[i] * share[j, i] / max(depth[k + 1, i], 1e-300)
                out[i] = max(out[i], new[i]) if rule == LARGEST else mean
    elif rule == LAST or k == 0:
        factors(table, size, starts[k], depth[k + 1], count, out, place, ends)
    elif rule == PRODUCT:
        factors(table, size, starts[k], share[k], count, new, place, ends)
        for i in range(count):
            out[i] *= new[i]
    else:
        factors(table, size, starts[k], depth[k + 1], count, new, place, ends)
        factors(table, size, starts[k], depth[k], count, old, place, ends)
        for i in range(count):
            out[i] += new[i] - old[i]
