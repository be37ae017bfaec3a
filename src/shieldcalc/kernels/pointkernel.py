"""Sums of the point kernel over sources, for many points and energies: uncollided and with buildup.

For a job (a point and a run of sources) and an energy, with s of each source S and the line of length d to the point:

    uncollided = sum s exp(-X) / (4 pi d^2)         total = sum s min(1, T_1, ..., T_n) / (4 pi d^2)

X = sum mu_k l_k over the layers met in order, T_k = B_k exp(-X_k) the transmission after layer k with the buildup
factor by the rule for layers. The minimum lets no layer raise what came through before it, and the next layer starts
from what is left: B_k is at most B_(k-1) exp(x_k), as in ``photons.layering``. Air between bodies is no layer.

Fast because: lengths once a line, shared by all energies; ln B from one table; lines gathered by number of layers into
blocks of 128 in structure-of-arrays form; bodies that a block cannot meet left out; an exponential that is vectorised.
Each job is summed on its own in a fixed order: the result does not depend on how jobs are shared among threads.
"""

from collections.abc import Callable

import numpy as np
from numpy import float64, int32, intp
from numpy.typing import NDArray

from shieldcalc.kernels import compiled, inlined, kept
from shieldcalc.kernels.buildup import layered, places
from shieldcalc.kernels.lanes import all_alike, amounts, depths, limited, raised
from shieldcalc.kernels.rays import BLOCK, alike_layers, apart, body_pieces, box_of, layers_of

Floats = NDArray[float64]
Integers = NDArray[intp]
Narrow = NDArray[int32]
Count = int | intp

Photons = tuple[Floats, Floats, Floats, int, float, float, Floats]  # strength, table, mu, rule, limit, cap, ratios
Block = tuple[Floats, Floats, Floats, Floats, Floats, Narrow]  # lines, in a body's frame, d^2, near, far, materials
Layered = tuple[Floats, Narrow, Narrow]  # lengths, materials and number of layers of each line
Stacks = tuple[Integers, Integers, Floats]  # where each begins, materials, lengths
Store = tuple[Floats, Narrow, Floats, Narrow, Narrow, Integers]  # by layers: lengths, materials, weights, sources,
# places of lines among those held, how many
Sums = tuple[Floats, Floats]  # (energies, columns) over lanes, and of each line held

UNCOLLIDED, TOTAL, UNLIMITED, BEYOND, RAISED = 0, 1, 2, 3, 4  # columns of a sum
COLUMNS = 5
MOST_LAYERS = 32  # of different materials in turn on one line
_PER_SPHERE = 1 / (4 * np.pi)
_SHORT = BLOCK // 2  # jobs of fewer lines share blocks
_HELD = 4 * BLOCK  # lines of such jobs at once


@compiled
def _accumulate(
    amount: Floats,
    over: Floats,
    through: Floats,
    least: Floats,
    depth: Floats,
    limit: float,
    high: Floats,
    count: int,
    sums: Floats,
) -> None:
    uncollided, limited, unlimited, beyond = sums[UNCOLLIDED], sums[TOTAL], sums[UNLIMITED], sums[BEYOND]
    raised = sums[RAISED]
    for i in range(count):
        uncollided[i] += amount[i] * through[i]
        unlimited[i] += amount[i] * (least[i] + over[i] * through[i])
        raised[i] += amount[i] * high[i]
    for i in range(count):
        total = amount[i] * least[i]
        limited[i] += total
        beyond[i] += total if depth[i] > limit else 0.0


@compiled
def _add(
    sums: Floats,
    strength: Floats,
    table: Floats,
    mu: Floats,
    rule: int,
    limit: float,
    cap: float,
    ratios: Floats,
    layers: int,
    length: Floats,
    material: Narrow,
    weight: Floats,
    source: Narrow,
    count: int,
    rising: bool,
) -> None:
    """Add lines of the same number of layers each to ``sums`` (energies, columns, lanes); see ``lanes.amounts``."""
    energies = mu.shape[1]
    size = table.size // mu.size
    starts, index = np.empty((layers + 1, BLOCK), int32), np.empty((layers + 2, BLOCK), int32)
    share, depth, part = np.empty((layers + 1, BLOCK)), np.empty((layers + 1, BLOCK)), np.empty((layers + 2, BLOCK))
    factor, through, least, amount, over, high = np.empty((6, BLOCK))
    work = np.empty((4, BLOCK))
    for i in range(count):
        depth[0, i] = 0.0
    places(depth[0], size, count, index[0], part[0])
    alike = np.empty(layers + 1, np.bool_)
    for k in range(layers):
        alike[k] = all_alike(material[k], count)
    for e in range(energies):
        amounts(strength[min(e, strength.shape[0] - 1)], source, weight, count, rising, amount)
        for i in range(count):
            factor[i] = through[i] = least[i] = 1.0
            over[i] = 0.0
            high[i] = ratios[0, e]
        for k in range(layers):
            here = (material[k], length[k], depth[k], cap, count, share[k], starts[k], depth[k + 1])
            depths(alike[k], mu, e, size, *here)
            places(depth[k + 1], size, count, index[k + 1], part[k + 1])
            layered(rule, table, size, starts, share, depth, index, part, k, count, factor, work)
            limited(rule, factor, depth[k + 1], count, through, least, over)
            if ratios[1, e] > 0.0:
                raised(ratios[0, e], ratios[1, e], through, least, count, high)
        _accumulate(amount, over, through, least, depth[layers], limit, high, count, sums[e])


@inlined
def _whole_block(
    span: Floats,
    kind: Narrow,
    square: Floats,
    offset: int,
    first: int,
    layers: int,
    every: int,
    length: Floats,
    material: Narrow,
    weight: Floats,
    source: Narrow,
) -> None:
    """Fill a block with lines that all have the same layers in the same order, ``first`` others before them."""
    for k in range(layers):
        for i in range(BLOCK):
            length[first + k, i] = span[k, i] * np.sqrt(square[i])
            material[first + k, i] = kind[k, i]
    for i in range(BLOCK):
        weight[every, i] = _PER_SPHERE / square[i]
        source[every, i] = offset + i


@compiled
def _fixed(
    stacks: Stacks, stack: int, first: Count, start: Count, stop: Count, length: Floats, material: Narrow
) -> None:
    """Write the layers of a stack, of the same length on all lines, from layer ``first`` on into some lanes."""
    begins, kinds, lengths = stacks
    for k in range(begins[stack + 1] - begins[stack]):
        for i in range(start, stop):
            length[first + k, i] = lengths[begins[stack] + k]
            material[first + k, i] = kinds[begins[stack] + k]


@inlined
def _flush(sums: Sums, photons: Photons, store: Store, layers: int, count: int, short: bool) -> None:
    """Add what is stored of a number of layers; what lines of short jobs give is put to their places."""
    strength, table, mu, rule, limit, cap, ratios = photons
    length, material, weight, source, place, filled = store
    added, held = sums
    here = (length[layers], material[layers], weight[layers], source[layers], count)
    _add(added, strength, table, mu, rule, limit, cap, ratios, layers, *here, not short)
    if short:
        _put(added, place[layers], count, held)
    filled[layers] = 0


@compiled
def _put(added: Floats, place: Narrow, count: int, held: Floats) -> None:
    """Move what each lane gives (energies, columns, lanes) to the place of its line; lanes are zero again."""
    for e in range(added.shape[0]):
        for column in range(COLUMNS):
            for i in range(count):
                held[e, column, place[i]] = added[e, column, i]
                added[e, column, i] = 0.0


@inlined
def _cut(point: Floats, count: int, bodies: Floats, bounds: Floats, material_of: Integers, block: Block) -> int:
    """Cut the lines of a block by all bodies that they may meet; return the number of pieces."""
    lines, own, square, near, far, stuff = block
    least, greatest = np.empty(3), np.empty(3)
    for i in range(count):
        x, y, z = point[0] - lines[0, i], point[1] - lines[1, i], point[2] - lines[2, i]
        square[i] = x * x + y * y + z * z
    box_of(lines, point, count, least, greatest)
    pieces = intp(0)
    for b in range(bodies.shape[0]):
        if not apart(bounds[0, b], bounds[1, b], least, greatest):
            for _ in range(body_pieces(bodies[b], lines, point, count, own, near[pieces:], far[pieces:])):
                stuff[pieces] = material_of[b]
                pieces += 1
    return int(pieces)


@inlined
def _sort_in(
    sums: Sums,
    photons: Photons,
    store: Store,
    block: Block,
    pieces: int,
    offset: int,
    count: int,
    found: Layered,
    stacks: Stacks,
    before: int,
    behind: int,
    short: bool,
    held: int,
) -> int:
    """Put each line of a block with those of as many layers, add what is full; return the most layers of a line.

    ``before`` and ``behind`` are the stacks that every line crosses before and behind the bodies; ``held`` is the place
    of the first line of a ``short`` job.
    """
    _, _, square, near, far, stuff = block
    length, material, weight, source, order, filled = store
    span, kind, number = found
    most = filled.size - 1
    none, all_lanes = intp(0), intp(BLOCK)  # not constants, for which numba would compile a version of their own
    first = stacks[0][before + 1] - stacks[0][before]
    fixed = first + stacks[0][behind + 1] - stacks[0][behind]
    layers = alike_layers(near, far, stuff, pieces, count, span, kind)
    every = fixed + layers
    if layers >= 0 and every <= most and filled[every] == 0 and count == BLOCK:
        _whole_block(span, kind, square, offset, first, layers, every, length[every], material[every], weight, source)
        _fixed(stacks, before, none, none, all_lanes, length[every], material[every])
        _fixed(stacks, behind, first + layers, none, all_lanes, length[every], material[every])
        _flush(sums, photons, store, every, BLOCK, False)
        return int(every)
    layers_of(near, far, stuff, pieces, count, span, kind, number)
    met = 0
    for i in range(count):
        layers = int(number[i])
        every = fixed + layers
        met = max(met, every)
        if every > most:
            continue
        place, distance = filled[every], np.sqrt(square[i])
        for k in range(layers):
            length[every, first + k, place] = span[k, i] * distance
            material[every, first + k, place] = kind[k, i]
        _fixed(stacks, before, none, place, place + 1, length[every], material[every])
        _fixed(stacks, behind, first + layers, place, place + 1, length[every], material[every])
        weight[every, place] = _PER_SPHERE / square[i]
        source[every, place] = offset + i
        order[every, place] = held + i
        filled[every] += 1
        if filled[every] == BLOCK:
            _flush(sums, photons, store, every, BLOCK, short)
    return met


@inlined
def _reduce(sums: Floats, lanes: int, out: Floats) -> None:
    """Write the sums over lanes (energies, columns) and set the lanes to zero again."""
    for e in range(sums.shape[0]):
        for column in range(COLUMNS):
            total = 0.0
            for i in range(lanes):
                total += sums[e, column, i]
                sums[e, column, i] = 0.0
            out[e, column] = total


@compiled
def _reduce_held(held: Floats, runs: Integers, begin: int, end: int, out: Floats) -> None:
    """Write the sums of short jobs over their lines held (energies, columns, lines)."""
    start = 0
    for job in range(begin, end):
        stop = start + runs[job, 1] - runs[job, 0]
        for e in range(held.shape[0]):
            for column in range(COLUMNS):
                total = 0.0
                for i in range(start, stop):
                    total += held[e, column, i]
                out[job, e, column] = total
        start = stop


@inlined
def _buffers(rows: int, most: int) -> tuple[Block, Layered, Store]:
    block = (
        np.empty((3, BLOCK)),
        np.empty((3, BLOCK)),
        np.empty(BLOCK),
        np.empty((rows, BLOCK)),
        np.empty((rows, BLOCK)),
        np.empty(rows, int32),
    )
    found = (np.empty((rows, BLOCK)), np.empty((rows, BLOCK), int32), np.empty(BLOCK, int32))
    length, material = np.empty((most + 1, most + 1, BLOCK)), np.empty((most + 1, most + 1, BLOCK), int32)
    weight, source = np.empty((most + 1, BLOCK)), np.empty((most + 1, BLOCK), int32)
    order = np.empty((most + 1, BLOCK), int32)
    return block, found, (length, material, weight, source, order, np.zeros(most + 1, intp))


@inlined
def _jobs(
    first: int,
    last: int,
    points: Floats,
    runs: Integers,
    sources: Floats,
    photons: Photons,
    bodies: Floats,
    bounds: Floats,
    material_of: Integers,
    stacks: Stacks,
    around: Integers,
    out: Floats,
) -> int:
    rows = 2 * bodies.shape[0] + 1
    most = min(rows + stacks[1].size, MOST_LAYERS)
    block, found, store = _buffers(rows, most)
    lines, filled = block[0], store[5]
    sums = np.zeros((out.shape[1], COLUMNS, BLOCK)), np.zeros((out.shape[1], COLUMNS, _HELD))
    met = held = 0
    begin = first
    for job in range(first, last):
        size = runs[job, 1] - runs[job, 0]
        short = size <= _SHORT
        for offset in range(runs[job, 0], runs[job, 1], BLOCK):
            count = min(BLOCK, runs[job, 1] - offset)
            for axis in range(3):
                for i in range(count):
                    lines[axis, i] = sources[axis, offset + i]
            pieces = _cut(points[job], count, bodies, bounds, material_of, block)
            before, behind = around[job, 0], around[job, 1]
            layers = _sort_in(
                sums, photons, store, block, pieces, offset, count, found, stacks, before, behind, short, held
            )
            met = max(met, layers)
        if short:
            held += size
            after = runs[job + 1, 1] - runs[job + 1, 0] if job + 1 < last else BLOCK
            if after <= _SHORT and held + after <= _HELD:
                continue
        for layers in range(most + 1):
            if filled[layers] > 0:
                _flush(sums, photons, store, layers, filled[layers], short)
        if short:
            _reduce_held(sums[1], runs, begin, job + 1, out)
        else:
            _reduce(sums[0], min(BLOCK, size), out[job])
        held, begin = 0, job + 1
    return met


def _fluence_sums(stamp: int) -> Callable[..., int]:
    def fluence_sums(
        first: int,
        last: int,
        points: Floats,
        runs: Integers,
        sources: Floats,
        strength: Floats,
        bodies: Floats,
        bounds: Floats,
        material_of: Integers,
        mu: Floats,
        table: Floats,
        rule: int,
        limit: float,
        cap: float,
        ratios: Floats,
        begins: Integers,
        kinds: Integers,
        lengths: Floats,
        around: Integers,
        out: Floats,
    ) -> int:
        """Fill ``out[job, energy, column]`` (1/m2) for the jobs first..last-1; return the most layers that a line met.

        ``points`` (jobs, 3) m; ``runs`` (jobs, 2) first and last+1 source of each job; ``sources`` (3, sources) m;
        ``strength`` (energies, sources) photons, or one row for all energies; ``bodies``, see ``rays``; ``bounds`` (2,
        bodies, 3) their boxes; ``mu`` (materials, energies) 1/m; ``table`` ln B of each material and energy in turn;
        ``limit`` the depth above which a part of the total is also counted in column BEYOND, ``cap`` that beyond which
        no layer counts. ``ratios`` (2, energies): another dose over that of the total, of uncollided and of collided
        photons, summed in column RAISED; its running minimum is its own. ``around`` (jobs, 2) the stacks of layers that
        every line crosses before and behind the bodies; stack k is layers ``begins[k]`` to ``begins[k + 1]`` - 1 of
        ``kinds`` and ``lengths`` (m). A line with more than ``MOST_LAYERS`` layers is not added.
        """
        photons = (strength, table, mu, rule, limit, cap, ratios)
        stacks = (begins, kinds, lengths)
        met = _jobs(first, last, points, runs, sources, photons, bodies, bounds, material_of, stacks, around, out)
        return met + 0 * stamp

    return fluence_sums


fluence_sums = kept(_fluence_sums)
