"""B against optical depth, tabulated once for each material and energy, and the rules for layers.

The tables hold, in turn, B at a node and the step of ln B to the next node. Nodes are even in the square root of the
depth, ``STEPS`` intervals to 1: dense where B rises like x ln x near zero, sparse deep inside. ln B is linear between
them; against the geometric-progression form of ANSI/ANS-6.4.3 the error of B is at most 1e-5.

Loops over lanes are kept apart: reading a table at scattered places cannot be vectorised, what comes before and after
can.
"""

from numpy import float64, int32, sqrt, uint32, uint64
from numpy.typing import NDArray

from shieldcalc.kernels import compiled
from shieldcalc.kernels.exponential import nearly_one
from shieldcalc.kernels.lanes import (
    BEFORE,
    BUILDUP,
    DEPTH,
    GONE,
    LEAST,
    MIXED,
    PART,
    SHARE,
    THROUGH,
    limit,
)

Floats = NDArray[float64]
Narrow = NDArray[int32]
Places = NDArray[uint32]

STEPS = 256
STEEPEST = 0.3  # ln B may change so much from a node to the next; the standard's rows reach 0.057, at 80 mfp
BRODER, LAST, LARGEST, MEAN, PRODUCT = 0, 1, 2, 3, 4


@compiled
def places(own: bool, size: int, count: int, index: Narrow, work: Floats) -> None:
    """Write the interval of a table that holds the depth of each lane (or ``own``: its layer's), and the part passed.

    Beyond the table the last value stays: whoever asks there must say so (``deepest`` of the sums).
    """
    for i in range(count):
        x = work[SHARE + i] if own else work[DEPTH + i]
        step = min(sqrt(x) * STEPS, size - 1.000001)
        whole = int32(step)
        index[i] = whole
        work[PART + i] = step - whole


@compiled
def factors(
    table: Floats, starts: Narrow, k: int, index: Narrow, count: int, at: Places, ends: Floats, work: Floats
) -> None:
    """Write B of each lane in layer k from its part of ``table``; ``at`` and ``ends`` (2 lanes) are overwritten."""
    for i in range(count):
        at[i] = 2 * (starts[k, i] + index[i])
    for i in range(count):
        first = uint64(at[i])
        low, rise = table[first], table[first + uint64(1)]
        ends[2 * i] = low
        ends[2 * i + 1] = rise
    for i in range(count):
        work[BUILDUP + i] = ends[2 * i] * nearly_one(work[PART + i] * ends[2 * i + 1])


@compiled
def keep(count: int, work: Floats) -> None:
    """Keep B before a layer, of its own material."""
    for i in range(count):
        work[BEFORE + i] = work[BUILDUP + i]


@compiled
def mix(
    rule: int,
    table: Floats,
    starts: Narrow,
    share: Floats,
    k: int,
    index: Narrow,
    count: int,
    at: Places,
    ends: Floats,
    work: Floats,
) -> None:
    """Write the largest B behind layer k of all layers' materials so far, or their mean by ``share``, kept of each."""
    for i in range(count):
        share[k, i] = work[SHARE + i]
        work[MIXED + i] = 0.0
    for j in range(k + 1):
        factors(table, starts, j, index, count, at, ends, work)
        for i in range(count):
            one = work[BUILDUP + i]
            mean = work[MIXED + i] + one * share[j, i] / max(work[DEPTH + i], 1e-300)
            work[MIXED + i] = max(work[MIXED + i], one) if rule == LARGEST else mean
    for i in range(count):
        work[BUILDUP + i] = work[MIXED + i] if work[DEPTH + i] > 0.0 else 1.0


@compiled
def pass_on(rule: int, first: bool, count: int, work: Floats) -> None:
    """Write what a layer lets through by the rule, from B and what came through before it.

    With X the depth up to a layer and x its own thickness:

    - BRODER: B is a sum of B_n(X_n) - B_n(X_(n-1)), with B_1(0) = 1 (Broder 1962);
    - LAST: B_n(X_n) of the last layer; LARGEST: the largest B_n(X) of the layers met; MEAN: their mean weighted by x;
    - PRODUCT: the product of B_n(x_n).
    """
    if rule == BRODER and not first:
        for i in range(count):
            more = work[BUILDUP + i] - work[BEFORE + i]
            limit(work[LEAST + i] * work[GONE + i] + more * work[THROUGH + i], 1.0, i, work)
    elif rule == PRODUCT:
        for i in range(count):
            limit(work[LEAST + i] * work[GONE + i] * work[BUILDUP + i], 0.0, i, work)
    else:
        for i in range(count):
            limit(work[BUILDUP + i] * work[THROUGH + i], 0.0, i, work)
