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
from shieldcalc.kernels.buildup import BRODER, layered, places
from shieldcalc.kernels.exponential import exponential
from shieldcalc.kernels.rays import BLOCK, alike_layers, apart, body_pieces, box_of, layers_of

Floats = NDArray[float64]
Integers = NDArray[intp]
Narrow = NDArray[int32]

Photons = tuple[Floats, Floats, Floats, int, float]  # strength, table, mu, rule, limit
Block = tuple[Floats, Floats, Floats, Floats, Floats, Narrow]  # lines, in a body's frame, d^2, near, far, materials
Layered = tuple[Floats, Narrow, Narrow]  # lengths, materials and number of layers of each line
Store = tuple[Floats, Narrow, Floats, Narrow, Integers]  # by layers: lengths, materials, weights, sources, how many

UNCOLLIDED, TOTAL, UNLIMITED, BEYOND = 0, 1, 2, 3  # columns of a sum
COLUMNS = 4
MOST_LAYERS = 32  # of different materials in turn on one line
_PER_SPHERE = 1 / (4 * np.pi)


@compiled
def _accumulate(
    amount: Floats,
    over: Floats,
    through: Floats,
    least: Floats,
    depth: Floats,
    limit: float,
    count: int,
    sums: Floats,
) -> None:
    uncollided, limited, unlimited, beyond = sums[UNCOLLIDED], sums[TOTAL], sums[UNLIMITED], sums[BEYOND]
    for i in range(count):
        uncollided[i] += amount[i] * through[i]
        unlimited[i] += amount[i] * (least[i] + over[i] * through[i])
    for i in range(count):
        total = amount[i] * least[i]
        limited[i] += total
        beyond[i] += total if depth[i] > limit else 0.0


@compiled
def _alike(material: Narrow, count: int) -> bool:
    """Return whether all lanes have the same material."""
    others = 0
    for i in range(count):
        others += material[i] != material[0]
    return others == 0


@compiled
def _amounts(strength: Floats, source: Narrow, weight: Floats, count: int, amount: Floats) -> None:
    """Write the photons of each lane's source over 4 pi d^2."""
    first = source[0]
    if source[count - 1] - first == count - 1:  # sources rise from lane to lane: then they are neighbours
        for i in range(count):
            amount[i] = strength[first + i] * weight[i]
        return
    for i in range(count):
        amount[i] = strength[np.uint32(source[i])]
    for i in range(count):
        amount[i] *= weight[i]


@compiled
def _depths(
    alike: bool,
    mu: Floats,
    e: int,
    size: int,
    material: Narrow,
    length: Floats,
    before: Floats,
    count: int,
    share: Floats,
    starts: Narrow,
    depth: Floats,
) -> None:
    """Write one layer's optical thickness, where its table starts, and the depth behind it."""
    energies = mu.shape[1]
    if alike:
        each, start = mu[material[0], e], int32((material[0] * energies + e) * size)
        for i in range(count):
            share[i] = each * length[i]
            starts[i] = start
            depth[i] = before[i] + share[i]
        return
    for i in range(count):
        m = np.uint32(material[i])
        share[i] = mu[m, e]
        starts[i] = (m * energies + e) * size
    for i in range(count):
        share[i] *= length[i]
        depth[i] = before[i] + share[i]


@compiled
def _pass(rule: int, factor: Floats, depth: Floats, count: int, through: Floats, least: Floats, over: Floats) -> None:
    """Limit what passes a layer; ``over`` is what the limits took from B (by BRODER from all layers, else the last)."""
    carried = 1.0 if rule == BRODER else 0.0
    for i in range(count):
        through[i] = exponential(-depth[i])
        wanted = factor[i]
        least[i] = min(least[i], wanted * through[i])
        factor[i] = min(wanted, least[i] / through[i])
        over[i] = carried * over[i] + (wanted - factor[i])


@compiled
def _add(
    sums: Floats,
    strength: Floats,
    table: Floats,
    mu: Floats,
    rule: int,
    limit: float,
    layers: int,
    length: Floats,
    material: Narrow,
    weight: Floats,
    source: Narrow,
    count: int,
) -> None:
    """Add lines of the same number of layers each to ``sums`` (energies, columns, lanes)."""
    energies = mu.shape[1]
    size = table.size // mu.size
    starts, index = np.empty((layers + 1, BLOCK), int32), np.empty((layers + 2, BLOCK), int32)
    share, depth, part = np.empty((layers + 1, BLOCK)), np.empty((layers + 1, BLOCK)), np.empty((layers + 2, BLOCK))
    factor, through, least, amount, over = np.empty((5, BLOCK))
    work = np.empty((4, BLOCK))
    for i in range(count):
        depth[0, i] = 0.0
    places(depth[0], size, count, index[0], part[0])
    alike = np.empty(layers + 1, np.bool_)
    for k in range(layers):
        alike[k] = _alike(material[k], count)
    for e in range(energies):
        _amounts(strength[min(e, strength.shape[0] - 1)], source, weight, count, amount)
        for i in range(count):
            factor[i] = through[i] = least[i] = 1.0
            over[i] = 0.0
        for k in range(layers):
            _depths(alike[k], mu, e, size, material[k], length[k], depth[k], count, share[k], starts[k], depth[k + 1])
            places(depth[k + 1], size, count, index[k + 1], part[k + 1])
            layered(rule, table, size, starts, share, depth, index, part, k, count, factor, work)
            _pass(rule, factor, depth[k + 1], count, through, least, over)
        _accumulate(amount, over, through, least, depth[layers], limit, count, sums[e])


@inlined
def _whole_block(
    span: Floats,
    kind: Narrow,
    square: Floats,
    offset: int,
    layers: int,
    length: Floats,
    material: Narrow,
    weight: Floats,
    source: Narrow,
) -> None:
    """Fill a block with lines that all have the same layers in the same order."""
    for k in range(layers):
        for i in range(BLOCK):
            length[k, i] = span[k, i] * np.sqrt(square[i])
            material[k, i] = kind[k, i]
    for i in range(BLOCK):
        weight[layers, i] = _PER_SPHERE / square[i]
        source[layers, i] = offset + i


@inlined
def _flush(sums: Floats, photons: Photons, store: Store, layers: int, count: int) -> None:
    strength, table, mu, rule, limit = photons
    length, material, weight, source, filled = store
    here = (length[layers], material[layers], weight[layers], source[layers], count)
    _add(sums, strength, table, mu, rule, limit, layers, *here)
    filled[layers] = 0


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
    sums: Floats, photons: Photons, store: Store, block: Block, pieces: int, offset: int, count: int, found: Layered
) -> int:
    """Put each line of a block with those of as many layers, add what is full; return the most layers of a line."""
    _, _, square, near, far, stuff = block
    length, material, weight, source, filled = store
    span, kind, number = found
    most = filled.size - 1
    layers = alike_layers(near, far, stuff, pieces, count, span, kind)
    if 0 <= layers <= most and filled[layers] == 0 and count == BLOCK:
        _whole_block(span, kind, square, offset, layers, length[layers], material[layers], weight, source)
        _flush(sums, photons, store, layers, BLOCK)
        return layers
    layers_of(near, far, stuff, pieces, count, span, kind, number)
    met = 0
    for i in range(count):
        layers = int(number[i])
        met = max(met, layers)
        if layers > most:
            continue
        place, distance = filled[layers], np.sqrt(square[i])
        for k in range(layers):
            length[layers, k, place] = span[k, i] * distance
            material[layers, k, place] = kind[k, i]
        weight[layers, place] = _PER_SPHERE / square[i]
        source[layers, place] = offset + i
        filled[layers] += 1
        if filled[layers] == BLOCK:
            _flush(sums, photons, store, layers, BLOCK)
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
    return block, found, (length, material, weight, source, np.zeros(most + 1, intp))


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
    out: Floats,
) -> int:
    rows = 2 * bodies.shape[0] + 1
    most = min(rows, MOST_LAYERS)
    block, found, store = _buffers(rows, most)
    lines, filled = block[0], store[4]
    sums = np.zeros((out.shape[1], COLUMNS, BLOCK))
    met = 0
    for job in range(first, last):
        for offset in range(runs[job, 0], runs[job, 1], BLOCK):
            count = min(BLOCK, runs[job, 1] - offset)
            for axis in range(3):
                for i in range(count):
                    lines[axis, i] = sources[axis, offset + i]
            pieces = _cut(points[job], count, bodies, bounds, material_of, block)
            met = max(met, _sort_in(sums, photons, store, block, pieces, offset, count, found))
        for layers in range(most + 1):
            if filled[layers] > 0:
                _flush(sums, photons, store, layers, filled[layers])
        _reduce(sums, min(BLOCK, runs[job, 1] - runs[job, 0]), out[job])
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
        out: Floats,
    ) -> int:
        """Fill ``out[job, energy, column]`` (1/m2) for the jobs first..last-1; return the most layers that a line met.

        ``points`` (jobs, 3) m; ``runs`` (jobs, 2) first and last+1 source of each job; ``sources`` (3, sources) m;
        ``strength`` (energies, sources) photons, or one row for all energies; ``bodies``, see ``rays``; ``bounds`` (2,
        bodies, 3) their boxes; ``mu`` (materials, energies) 1/m; ``table`` ln B of each material and energy in turn;
        ``limit`` the depth above which a part of the total is also counted in column BEYOND. A line with more than
        ``MOST_LAYERS`` layers is not added.
        """
        photons = (strength, table, mu, rule, limit)
        met = _jobs(first, last, points, runs, sources, photons, bodies, bounds, material_of, out)
        return met + 0 * stamp

    return fluence_sums


fluence_sums = kept(_fluence_sums)
