"""The steps of the sums on lanes: lines side by side that have the same number of layers, at one energy, loop by loop.

All that is kept of a lane stands in one flat array ``work``, each quantity in a row of its own at a fixed distance from
the others: compilers see that rows do not overlap, and vectorise. Loops run over multiples of ``STEP`` lanes, so that
no lane is left to be computed alone.
"""

from numpy import float64, int32, uint64
from numpy.typing import NDArray

from shieldcalc.kernels import compiled
from shieldcalc.kernels.exponential import exponential

Floats = NDArray[float64]
Narrow = NDArray[int32]

STEP = 32
LANES = 192  # a multiple of STEP

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
WANTED = 12 * LANES  # what would come through a layer without a limit
ENDS = 13 * LANES  # two rows: B where the interval starts, and the step of ln B to its end, in turn
GIVEN = 15 * LANES  # a row for each column of the sums
ROWS = 20

UNCOLLIDED, TOTAL, UNLIMITED, BEYOND, RAISED = 0, 1, 2, 3, 4  # columns of a sum
COLUMNS = 5
_FEWEST = 1e-300  # what is uncollided stays above: below it numbers lose their digits


@compiled
def begin(strength: Floats, source: Narrow, weight: Floats, count: int, ratio: float, work: Floats) -> None:
    """Set all lanes before the first layer."""
    for i in range(count):
        work[AMOUNT + i] = strength[uint64(source[i])]
    for i in range(count):
        work[AMOUNT + i] *= weight[i]
        work[DEPTH + i] = 0.0
        work[OVER + i] = 0.0
        work[THROUGH + i] = 1.0
        work[LEAST + i] = 1.0
        work[HIGH + i] = ratio


@compiled
def materials(
    mu: Floats, e: int, size: int, material: Narrow, alike: bool, count: int, per_m: Floats, starts: Narrow
) -> None:
    """Write mu of each lane's material in a layer, and where its table starts; ``alike``: all are the same."""
    energies = mu.shape[1]
    if alike:
        each, start = mu[material[0], e], int32((material[0] * energies + e) * size)
        for i in range(count):
            per_m[i] = each
            starts[i] = start
        return
    for i in range(count):
        m = uint64(material[i])
        per_m[i] = mu[m, e]
        starts[i] = (m * energies + e) * size


@compiled
def cross(length: Floats, cap: float, count: int, share: Floats, work: Floats) -> None:
    """Pass a layer: its thickness (mean free paths), the depth behind it, which ends at ``cap``, what is uncollided.

    ``share`` holds mu (1/m), which the thickness replaces.
    """
    for i in range(count):
        before = work[DEPTH + i]
        x = min(share[i] * length[i], cap - before)
        share[i] = x
        work[SHARE + i] = x
        work[DEPTH + i] = before + x
    for i in range(count):
        gone = exponential(-work[SHARE + i])
        work[GONE + i] = gone
        work[THROUGH + i] = max(work[THROUGH + i] * gone, _FEWEST)


@compiled
def limit(carried: float, count: int, work: Floats) -> None:
    """Let no layer raise what comes through; what that takes is ``carried`` (0 or 1) on through the layers behind."""
    for i in range(count):
        wanted = work[WANTED + i]
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
def give(deepest: float, count: int, work: Floats) -> None:
    """Write what each lane adds to each column; through more than ``deepest`` mean free paths it is also BEYOND."""
    for i in range(count):
        amount, total = work[AMOUNT + i], work[AMOUNT + i] * work[LEAST + i]
        work[GIVEN + UNCOLLIDED * LANES + i] = amount * work[THROUGH + i]
        work[GIVEN + TOTAL * LANES + i] = total
        work[GIVEN + UNLIMITED * LANES + i] = total + amount * work[OVER + i]
        work[GIVEN + BEYOND * LANES + i] = total if work[DEPTH + i] > deepest else 0.0
        work[GIVEN + RAISED * LANES + i] = amount * work[HIGH + i]


@compiled
def fold(count: int, work: Floats, sums: Floats) -> None:
    """Add what lanes give to ``sums``, ``STEP`` numbers for each column in turn."""
    for column in range(COLUMNS):
        given, kept = work[GIVEN + column * LANES :], sums[column * STEP :]
        for start in range(0, count, STEP):
            for i in range(STEP):
                kept[i] += given[start + i]


@compiled
def put(place: Narrow, count: int, work: Floats, held: Floats) -> None:
    """Move what each lane gives to the place of its line in ``held`` (columns, places)."""
    for column in range(COLUMNS):
        given = work[GIVEN + column * LANES :]
        for i in range(count):
            held[column, place[i]] = given[i]
