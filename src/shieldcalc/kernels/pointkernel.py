"""Sums of the point kernel over sources, for many points and energies: uncollided and with buildup.

For a job (a point and a run of sources) and an energy, with s of each source S and the line of length d to the point:

    uncollided = sum s exp(-X) / (4 pi d^2)         total = sum s min(1, T_1, ..., T_n) / (4 pi d^2)

X = sum mu_k l_k over the layers met in order, T_k = B_k exp(-X_k) the transmission after layer k with the buildup
factor by the rule for layers. The minimum lets no layer raise what came through before it, and the next layer starts
from what is left: B_k is at most B_(k-1) exp(x_k), as in ``photons.layering``. Air between bodies is no layer.

Fast because: lengths once a line, shared by all energies; B from one table; lines gathered by number of layers and
summed side by side; bodies that a block of lines cannot meet left out; one exponential a layer, which is vectorised.
Each job is summed on its own in a fixed order: the result does not depend on how jobs are shared among threads.
"""

from collections.abc import Callable

import numpy as np
from numpy import float64, intp
from numpy.typing import NDArray

from shieldcalc.kernels import compiled, inlined, kept
from shieldcalc.kernels.buildup import LARGEST, MEAN, PRODUCT, broder, factors, mix, pass_on
from shieldcalc.kernels.lanes import COLUMNS, STEP, attenuate, begin, cross, fold, lower, put
from shieldcalc.kernels.order import layers_of
from shieldcalc.kernels.rays import BLOCK, apart, beside, body_pieces, box_of
from shieldcalc.kernels.space import HELD, Block, Lanes, Layered, Space, Store
from shieldcalc.kernels.store import FULL, Stacks, keep, padded, tables_of

Floats = NDArray[float64]
Integers = NDArray[intp]

# strength, table, mu, rule, deepest, cap, ratios; times what each energy counts, which count, into which row each
Photons = tuple[Floats, Floats, Floats, int, float, float, Floats, Floats, Integers, Integers]
Solids = tuple[Floats, Floats, Integers]  # bodies, bounds, materials
Behind = Callable[[Photons, int, int, int, int, Lanes], None]  # what a layer lets through, by a rule

_SHORT = BLOCK // 2  # jobs of fewer lines share lanes


@compiled
def _by_broder(photons: Photons, shift: int, k: int, last: int, count: int, lanes: Lanes) -> None:
    """Pass on what layer k of all up to ``last`` lets through by the default rule."""
    work, ends, index, _, starts, _ = lanes
    broder(photons[1], shift, starts, k, last, index, count, ends, work)


@compiled
def _otherwise(photons: Photons, shift: int, k: int, last: int, count: int, lanes: Lanes) -> None:  # noqa: ARG001
    """Pass on what layer k lets through by any other rule."""
    table, rule = photons[1], photons[3]
    work, ends, index, share, starts, _ = lanes
    if rule in (LARGEST, MEAN):
        mix(rule, table, shift, starts, share, k, index, count, ends, work)
    else:
        factors(table, shift, starts, k, index, count, ends, work)
    pass_on(rule == PRODUCT, count, work)


def _adding(behind: Behind) -> Callable[..., None]:
    """Return what adds the lines kept of a number of layers, by a rule for layers."""

    @compiled
    def add(sums: Floats, held: Floats, photons: Photons, store: Store, lanes: Lanes, layers: int, short: bool) -> None:
        """Add what is kept of a number of layers; what lines of short jobs give is put to their places."""
        strength, table, mu, rule, deepest, cap, ratios, times, counted, rows = photons
        work, _, index, _, starts, alike = lanes
        length, material, weight, source = store[0][layers], store[1][layers], store[2][layers], store[3][layers]
        place, filled = store[4][layers], store[5]
        real = int(filled[layers]) + 0 * layers  # of the width of all other numbers, see below
        count = padded(length, material, weight, source, layers, real)
        size = table.size // mu.size
        tables_of(material, layers, count, size * mu.shape[1], starts, alike)
        for number in range(counted.size):
            e, row = counted[number], rows[number]
            begin(strength, min(e, strength.shape[0] - 1), times[e], source, weight, count, ratios[0, e], work)
            for k in range(layers):
                attenuate(mu, e, material, k, alike[k] > 0, count, work)
                cross(length, k, cap, 0.0 if rule == PRODUCT else 1.0, size / 2 - 1.000001, count, index, work)
                behind(photons, e * size, k, layers - 1, count, lanes)
                if ratios[1, e] > 0.0:
                    lower(ratios[0, e], ratios[1, e], count, work)
            if short:
                put(deepest, place, real, work, held, row)
            else:
                fold(deepest, count, STEP, work, sums, row)
        filled[layers] = 0

    return add


_add_by_broder, _add_otherwise = _adding(_by_broder), _adding(_otherwise)


@inlined
def _cut(point: Floats, count: int, solids: Solids, block: Block, distance: Floats) -> int:
    """Cut the lines of a block by all bodies that they may meet; return the number of pieces."""
    bodies, bounds, material_of = solids
    lines, near, far, stuff, _, _, box = block
    for i in range(count):
        x, y, z = point[0] - lines[i], point[1] - lines[BLOCK + i], point[2] - lines[2 * BLOCK + i]
        distance[i] = np.sqrt(x * x + y * y + z * z)
    box_of(lines, point, count, box)
    pieces = 0 * count  # not a constant, for which numba would compile a version of its own
    for b in range(bodies.shape[0]):
        if not apart(bounds, b, box) and not beside(bodies, b, point, box):
            for _ in range(body_pieces(bodies, b, lines, point, count, near, far, pieces)):
                stuff[pieces] = material_of[b]
                pieces += 1
    return pieces


@compiled
def _reduce(sums: Floats, out: Floats) -> None:
    """Write the sums (rows, columns) and set them to zero again."""
    for row in range(sums.shape[0]):
        for column in range(COLUMNS):
            total = 0.0
            for i in range(column * STEP, column * STEP + STEP):
                total += sums[row, i]
                sums[row, i] = 0.0
            out[row, column] = total


@compiled
def _reduce_held(held: Floats, runs: Integers, begin: int, end: int, out: Floats) -> None:
    """Write the sums of short jobs over their lines held (rows, columns, lines) and set these to zero again."""
    start = 0
    for job in range(begin, end):
        stop = start + runs[job, 1] - runs[job, 0]
        for row in range(held.shape[0]):
            for column in range(COLUMNS):
                total = 0.0
                for i in range(start, stop):
                    total += held[row, column, i]
                    held[row, column, i] = 0.0
                out[job, row, column] = total
        start = stop


@inlined
def _sort_in(
    point: Floats,
    sources: Floats,
    offset: int,
    count: int,
    solids: Solids,
    block: Block,
    found: Layered,
    store: Store,
    stacks: Stacks,
    around: Integers,
    held: int,
) -> int:
    """Cut the lines of a block, keep each with those of as many layers; return the most layers of a line."""
    lines, near, far, stuff, rank, starts, _ = block
    span, kind, number, distance, _ = found
    for axis in range(3):
        for i in range(count):
            lines[axis * BLOCK + i] = sources[axis, offset + i]
    pieces = _cut(point, count, solids, block, distance)
    met = 0
    fewest, most = layers_of(near, far, stuff, pieces, count, span, kind, number, rank, starts)
    for layers in range(fewest, most + 1):
        met = max(met, keep(store, found, layers, count, offset, held, stacks, around))
    return met


@inlined
def _fill(
    add: Callable[..., None],
    first: int,
    last: int,
    points: Floats,
    runs: Integers,
    sources: Floats,
    photons: Photons,
    solids: Solids,
    stacks: Stacks,
    around: Integers,
    space: Space,
    out: Floats,
) -> int:
    """Fill ``out`` for the jobs first..last-1, see ``_fluence_sums``; return the most layers that a line met."""
    block, found, store, lanes, total, held = space
    filled = store[5]
    met, lying = 0, 0 * first  # lines of short jobs held; not a constant, see above
    begin = first
    for job in range(first, last):
        offset, stop = runs[job]
        short = stop - offset <= _SHORT
        after = runs[job + 1, 1] - runs[job + 1, 0] if job + 1 < last else BLOCK
        shared = short and after <= _SHORT and lying + stop - offset + after <= HELD
        done = False
        while not done:
            count = min(BLOCK, stop - offset)
            if count > 0:
                layers = _sort_in(
                    points[job], sources, offset, count, solids, block, found, store, stacks, around[job], lying
                )
                met = max(met, layers)
            offset += BLOCK
            done = offset >= stop
            enough = 1 if done and not shared else FULL
            for layers in range(filled.size):
                if filled[layers] >= enough:
                    add(total, held, photons, store, lanes, layers, short)
            lying += count if short else 0
        if shared:
            continue
        if short:
            _reduce_held(held, runs, begin, job + 1, out)
        else:
            _reduce(total, out[job])
        lying, begin = 0 * first, job + 1
    return met


def _fluence_sums(stamp: int) -> Callable[..., int]:
    """Return what fills ``out[job, row, column]`` (1/m2) for jobs first..last-1, and gives the most layers met.

    ``points`` (jobs, 3) m; ``runs`` (jobs, 2) first and last+1 source of each job; ``sources`` (3, sources) m.

    ``photons``: strength (energies, sources) photons, or one row for all energies; table of each material and energy
    in turn, see ``buildup``; mu (materials, energies) 1/m; the number of the rule for layers; the depth above which a
    part of the total is also counted in column BEYOND; that beyond which no layer counts; ratios (2, energies):
    another dose over that of the total, of uncollided and of collided photons, summed in column RAISED, whose running
    minimum is its own; times what each energy counts; the numbers of those that are summed, and into which row each.

    ``solids``: bodies, see ``rays``; their boxes (2, bodies, 3); their materials. ``stacks``: stack k is layers
    begins[k] to begins[k + 1] - 1 of kinds and lengths (m); ``around`` (jobs, 2) those that every line crosses before
    and behind the bodies. ``space`` to work in is this call's own. A line with more than ``space.MOST_LAYERS`` layers
    is not added.
    """

    def fluence_sums(
        first: int,
        last: int,
        points: Floats,
        runs: Integers,
        sources: Floats,
        photons: Photons,
        solids: Solids,
        stacks: Stacks,
        around: Integers,
        space: Space,
        out: Floats,
    ) -> int:
        return _fill(
            _add_by_broder, first, last, points, runs, sources, photons, solids, stacks, around, space, out
        ) + (0 * stamp)

    return fluence_sums


def _by_other_rules(stamp: int) -> Callable[..., int]:
    """Return the same by any rule but Broder's: seldom asked for, and compiled only then."""

    def fluence_sums_by_other_rules(
        first: int,
        last: int,
        points: Floats,
        runs: Integers,
        sources: Floats,
        photons: Photons,
        solids: Solids,
        stacks: Stacks,
        around: Integers,
        space: Space,
        out: Floats,
    ) -> int:
        return _fill(
            _add_otherwise, first, last, points, runs, sources, photons, solids, stacks, around, space, out
        ) + (0 * stamp)

    return fluence_sums_by_other_rules


fluence_sums = kept(_fluence_sums)
fluence_sums_by_other_rules = kept(_by_other_rules)
