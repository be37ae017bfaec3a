"""The steps of the sums on lanes: lines side by side that have the same number of layers, at one energy, loop by loop.

All that is kept of a lane stands in one flat array ``work``, each quantity in a row of its own at a fixed distance from
the others: compilers see that rows do not overlap, and vectorise. Loops run over multiples of ``STEP`` lanes, so that
no lane is left to be computed alone.
"""

from numpy import float64, int32, sqrt, uint64
from numpy.typing import NDArray

from shieldcalc.kernels import compiled
from shieldcalc.kernels.exponential import exponential

Floats = NDArray[float64]
Narrow = NDArray[int32]

STEP = 32
STEPS = 256  # intervals of a table of B to a depth of 1, see ``buildup``
LANES = 320  # a multiple of STEP; more than these rows hold leave the nearest memory

AMOUNT = 0  # photons of the source over 4 pi d^2
DEPTH = LANES  # mean free paths so far
SHARE = 2 * LANES  # those of the layer
GONE = 3 * LANES  # exp(-SHARE)
THROUGH = 4 * LANES  # exp(-DEPTH): uncollided
LEAST = 5 * LANES  # all that comes through, the smallest of all layers so far
OVER = 6 * LANES  # what the limits took from it
HIGH = 7 * LANES  # upper value of another dose
PART = 8 * LANES  # part of the interval of a table that is passed
BUILDUP, BEFORE = 9 * LANES, 10 * LANES  # B of the layer's material behind it and before it
MIXED = 11 * LANES  # by rules that take B of all layers
ROWS = 12

UNCOLLIDED, TOTAL, UNLIMITED, BEYOND, RAISED = 0, 1, 2, 3, 4  # columns of a sum
COLUMNS = 5
_FEWEST = 1e-300  # what is uncollided stays above: below it numbers lose their digits


@compiled
def begin(
    strength: Floats, e: int, times: float, source: Narrow, weight: Floats, count: int, ratio: float, work: Floats
) -> None:
    """Set all lanes before the first layer, their photons ``times`` what these count."""
    for i in range(count):
        work[AMOUNT + i] = strength[e, uint64(source[i])]
    for i in range(count):
        work[AMOUNT + i] *= weight[i] * times
        work[DEPTH + i] = 0.0
        work[OVER + i] = 0.0
        work[THROUGH + i] = 1.0
        work[LEAST + i] = 1.0
        work[BEFORE + i] = 1.0
        work[HIGH + i] = ratio


@compiled
def attenuate(mu: Floats, e: int, material: Narrow, k: int, alike: bool, count: int, work: Floats) -> None:
    """Write mu (1/m) of each lane's material in layer k; ``alike``: of one material on all lanes."""
    if alike:
        each = mu[material[k, 0], e]
        for i in range(count):
            work[SHARE + i] = each
    else:
        for i in range(count):
            work[SHARE + i] = mu[uint64(material[k, i]), e]


@compiled
def cross(
    length: Floats, k: int, cap: float, carried: float, most: float, count: int, index: Narrow, work: Floats
) -> None:
    """Pass layer k: its thickness in place of mu, the depth behind it, at most ``cap``, and what is uncollided.

    With them where a table holds the depth, or (``carried`` 0 instead of 1) the layer's own: twice the interval in
    ``index``, and the part of it that is passed. Beyond ``most`` intervals the last value stays: whoever asks there
    must say so (``deepest`` of the sums).
    """
    for i in range(count):
        before = work[DEPTH + i]
        x = min(work[SHARE + i] * length[k, i], cap - before)
        work[SHARE + i] = x
        work[DEPTH + i] = before + x
        step = min(sqrt(x + carried * before) * STEPS, most)
        whole = int32(step)
        index[i] = 2 * whole
        work[PART + i] = step - whole
        gone = exponential(-x)
        work[GONE + i] = gone
        work[THROUGH + i] = max(work[THROUGH + i] * gone, _FEWEST)


@compiled
def limit(wanted: float, carried: float, i: int, work: Floats) -> None:
    """Let a layer not raise what comes through; what that takes is ``carried`` (0 or 1) through the layers behind."""
    least = min(work[LEAST + i], wanted)
    work[LEAST + i] = least
    work[OVER + i] = carried * work[OVER + i] * work[GONE + i] + (wanted - least)


@compiled
def lower(ratio: float, largest: float, count: int, work: Floats) -> None:
    """Lower the upper value of another dose: uncollided photons by their own ratio, collided ones by the largest."""
    for i in range(count):
        direct = min(work[LEAST + i], work[THROUGH + i])
        work[HIGH + i] = min(work[HIGH + i], direct * ratio + (work[LEAST + i] - direct) * largest)


@compiled
def _given(work: Floats, i: int, deepest: float) -> tuple[float, float, float, float, float]:
    """Return what a lane adds to each column; through more than ``deepest`` mean free paths it is also BEYOND."""
    amount = work[uint64(AMOUNT + i)]
    total = amount * work[uint64(LEAST + i)]
    unlimited = total + amount * work[uint64(OVER + i)]
    beyond = total if work[uint64(DEPTH + i)] > deepest else 0.0
    return amount * work[uint64(THROUGH + i)], total, unlimited, beyond, amount * work[uint64(HIGH + i)]


@compiled
def fold(deepest: float, count: int, step: int, work: Floats, sums: Floats, row: int) -> None:
    """Add what lanes give to a row of ``sums``, STEP numbers for each column in turn.

    ``step`` is STEP; a constant would have the loop written out before it is vectorised.
    """
    for start in range(0, count, STEP):
        for i in range(step):
            uncollided, total, unlimited, beyond, raised = _given(work, start + i, deepest)
            sums[row, UNCOLLIDED * STEP + i] += uncollided
            sums[row, TOTAL * STEP + i] += total
            sums[row, UNLIMITED * STEP + i] += unlimited
            sums[row, BEYOND * STEP + i] += beyond
            sums[row, RAISED * STEP + i] += raised


@compiled
def put(deepest: float, place: Narrow, count: int, work: Floats, held: Floats, row: int) -> None:
    """Add what each lane gives at the place of its line in ``held`` (rows, columns, places)."""
    for i in range(count):
        there = uint64(place[i])
        uncollided, total, unlimited, beyond, raised = _given(work, i, deepest)
        held[row, UNCOLLIDED, there] += uncollided
        held[row, TOTAL, there] += total
        held[row, UNLIMITED, there] += unlimited
        held[row, BEYOND, there] += beyond
        held[row, RAISED, there] += raised
