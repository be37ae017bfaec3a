"""ln B against optical depth, tabulated once for each material and energy, and the rules for layers.

The tables are linear in the square root of the depth, ``STEPS`` intervals to 1: dense where B rises like x ln x near
zero, sparse deep inside. Against the geometric-progression form of ANSI/ANS-6.4.3 the error of B is at most 1e-5.

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
def places(depth: Floats, size: int, count: int, index: Integers, part: Floats) -> None:
    """Write the interval of a table that holds each optical depth >= 0 (mean free paths), and the part of it passed.

    Beyond the table the last value stays: whoever asks there must say so (``limit`` of the sums).
    """
    for i in range(count):
        step = min(sqrt(depth[i]) * STEPS, size - 1.000001)
        whole = int32(step)
        index[i] = whole
        part[i] = step - whole


@compiled
def factors(
    table: Floats, starts: Integers, index: Integers, part: Floats, count: int, out: Floats, ends: Floats
) -> None:
    """Write B of each lane from the part of ``table`` at its start; ``ends`` (2, lanes) is overwritten."""
    for i in range(count):
        first = uint64(starts[i] + index[i])
        ends[0, i] = table[first]
        ends[1, i] = table[first + uint64(1)]
    for i in range(count):
        out[i] = exponential(ends[0, i] + part[i] * (ends[1, i] - ends[0, i]))


@compiled
def layered(
    rule: int,
    table: Floats,
    size: int,
    starts: Integers,
    share: Floats,
    depth: Floats,
    index: Integers,
    part: Floats,
    k: int,
    count: int,
    out: Floats,
    work: Floats,
) -> None:
    """Write the buildup factor after layer k of each lane; ``out`` holds that after layer k - 1.

    ``starts`` (layers, lanes) where each layer's table begins, ``share`` (layers, lanes) its own optical thickness,
    ``depth`` (layers + 1, lanes) the depth before it, ``index`` and ``part`` (layers + 2, lanes) its ``places`` up to
    k + 1; ``work`` (4, lanes) is overwritten. Rules, with X the depth up to a layer and x its own thickness:

    - BRODER: sum of B_n(X_n) - B_n(X_(n-1)), with B_1(0) = 1 (Broder 1962);
    - LAST: B_n(X_n) of the last layer; LARGEST: the largest B_n(X) of the layers met; MEAN: their mean weighted by x;
    - PRODUCT: the product of B_n(x_n).
    """
    new, old, ends = work[0], work[1], work[2:4]
    if rule in (LARGEST, MEAN):
        for i in range(count):
            out[i] = 0.0
        for j in range(k + 1):
            factors(table, starts[j], index[k + 1], part[k + 1], count, new, ends)
            for i in range(count):
                mean = out[i] + new[i] * share[j, i] / max(depth[k + 1, i], 1e-300)
                out[i] = max(out[i], new[i]) if rule == LARGEST else mean
    elif rule == LAST or k == 0:
        factors(table, starts[k], index[k + 1], part[k + 1], count, out, ends)
    elif rule == PRODUCT:
        places(share[k], size, count, index[k + 2], part[k + 2])
        factors(table, starts[k], index[k + 2], part[k + 2], count, new, ends)
        for i in range(count):
            out[i] *= new[i]
    else:
        factors(table, starts[k], index[k + 1], part[k + 1], count, new, ends)
        factors(table, starts[k], index[k], part[k], count, old, ends)
        for i in range(count):
            out[i] += new[i] - old[i]
