"""B against optical depth, tabulated once for each material and energy, and the rules for layers.

The tables hold, in turn, B at a node and the step of ln B to the next node. Nodes are even in the square root of the
depth, ``STEPS`` intervals to 1: dense where B rises like x ln x near zero, sparse deep inside. ln B is linear between
them; against the geometric-progression form of ANSI/ANS-6.4.3 the error of B is at most 1e-5.

Loops over lanes are kept apart: reading a table at scattered places cannot be vectorised, what comes before and after
can.
"""

from numpy import float64, int32, uint32, uint64
from numpy.typing import NDArray

from shieldcalc.kernels import compiled
from shieldcalc.kernels.exponential import nearly_one
from shieldcalc.kernels.lanes import (
    BEFORE,
    BUILDUP,
    DEPTH,
    GONE,
    LANES,
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

STEEPEST = 0.3  # ln B may change so much from a node to the next; the standard's rows reach 0.057, at 80 mfp
BRODER, LAST, LARGEST, MEAN, PRODUCT = 0, 1, 2, 3, 4


@compiled
def broder(
    table: Floats, shift: int, starts: Places, k: int, last: int, index: Narrow, count: int, ends: Floats, work: Floats
) -> None:
    """Write what layer k lets through by Broder's rule, and B in the next layer's material where that begins.

    ``shift`` is where the tables of an energy begin in each material's; ``ends`` (4 lanes) are overwritten.
    """
    after = min(k + 1, last)
    for i in range(count):
        here, there = uint64(starts[k, i] + shift + index[i]), uint64(starts[after, i] + shift + index[i])
        ends[2 * i], ends[2 * i + 1] = table[here], table[here + uint64(1)]
        ends[2 * LANES + 2 * i], ends[2 * LANES + 2 * i + 1] = table[there], table[there + uint64(1)]
    for i in range(count):
        behind = ends[2 * i] * nearly_one(work[PART + i] * ends[2 * i + 1])
        wanted = work[LEAST + i] * work[GONE + i] + (behind - work[BEFORE + i]) * work[THROUGH + i]
        limit(wanted, 1.0, i, work)
        work[BEFORE + i] = ends[2 * LANES + 2 * i] * nearly_one(work[PART + i] * ends[2 * LANES + 2 * i + 1])


@compiled
def factors(
    table: Floats, shift: int, starts: Places, k: int, index: Narrow, count: int, ends: Floats, work: Floats
) -> None:
    """Write B of each lane in layer k from its part of ``table``, see ``broder``."""
    for i in range(count):
        first = uint64(starts[k, i] + shift + index[i])
        ends[2 * i], ends[2 * i + 1] = table[first], table[first + uint64(1)]
    for i in range(count):
        work[BUILDUP + i] = ends[2 * i] * nearly_one(work[PART + i] * ends[2 * i + 1])


@compiled
def mix(
    rule: int,
    table: Floats,
    shift: int,
    starts: Places,
    share: Floats,
    k: int,
    index: Narrow,
    count: int,
    ends: Floats,
    work: Floats,
) -> None:
    """Write the largest B behind layer k of all layers' materials so far, or their mean by ``share``, kept of each."""
    for i in range(count):
        share[k, i] = work[SHARE + i]
        work[MIXED + i] = 0.0
    for j in range(k + 1):
        factors(table, shift, starts, j, index, count, ends, work)
        for i in range(count):
            one = work[BUILDUP + i]
            mean = work[MIXED + i] + one * share[j, i] / max(work[DEPTH + i], 1e-300)
            work[MIXED + i] = max(work[MIXED + i], one) if rule == LARGEST else mean
    for i in range(count):
        work[BUILDUP + i] = work[MIXED + i] if work[DEPTH + i] > 0.0 else 1.0


@compiled
def pass_on(product: bool, count: int, work: Floats) -> None:
    """Write what a layer lets through by a rule without differences, from B and (``product``) what came before it."""
    for i in range(count):
        before = work[LEAST + i] * work[GONE + i] if product else work[THROUGH + i]
        limit(before * work[BUILDUP + i], 0.0, i, work)
