"""From the pieces of lines in bodies to the layers of each line in order: neighbours of one material are one layer."""

from numpy import float64, int32
from numpy.typing import NDArray

from shieldcalc.kernels import compiled
from shieldcalc.kernels.rays import SHORTEST

Floats = NDArray[float64]
Narrow = NDArray[int32]


@compiled
def layers_of(
    near: Floats,
    far: Floats,
    stuff: Narrow,
    pieces: int,
    count: int,
    length: Floats,
    kind: Narrow,
    number: Narrow,
    rank: Narrow,
    starts: Floats,
) -> tuple[int, int]:
    """Put the pieces of each line in order from its start, neighbours of one material as one layer, gaps left out.

    ``near``, ``far`` (pieces, lines) and the material of each piece in; ``length`` (layers, lines) in parts of the
    line, ``kind`` (layers, lines) the materials and ``number`` how many layers each line has, out. ``rank`` and
    ``starts`` are overwritten. Returns the fewest and the most layers of a line.
    """
    _rank(near, pieces, rank)
    if _one_material(stuff, pieces):
        _alone(near, far, stuff, pieces, count, length, kind, number)
    elif _alike(near, far, rank, pieces, count):
        _all(near, far, stuff, rank, pieces, count, length, kind, number)
    else:
        _each(near, far, stuff, rank, pieces, count, length, kind, number, starts)
    fewest = most = number[0]
    for i in range(count):
        fewest, most = min(fewest, number[i]), max(most, number[i])
    return int(fewest), int(most)


@compiled
def _one_material(stuff: Narrow, pieces: int) -> bool:
    others = 0
    for p in range(1, pieces):
        others += stuff[p] != stuff[0]
    return others == 0


@compiled
def _alone(
    near: Floats, far: Floats, stuff: Narrow, pieces: int, count: int, length: Floats, kind: Narrow, number: Narrow
) -> None:
    """Write one layer of all pieces, whose order is of no account, or none."""
    for i in range(count):
        length[0, i] = 0.0
        kind[0, i] = stuff[0]
    for p in range(pieces):
        for i in range(count):
            length[0, i] += far[p, i] - near[p, i]
    for i in range(count):
        number[i] = int32(length[0, i] > SHORTEST)


@compiled
def _rank(near: Floats, pieces: int, rank: Narrow) -> None:
    """Write the order of the pieces as the first line meets them."""
    for p in range(pieces):
        k = p
        while k > 0 and near[rank[k - 1], 0] > near[p, 0]:
            rank[k] = rank[k - 1]
            k -= 1
        rank[k] = p


@compiled
def _alike(near: Floats, far: Floats, rank: Narrow, pieces: int, count: int) -> bool:
    """Return whether all lines meet all pieces in this order."""
    unlike = 0
    for k in range(pieces):
        p, after = rank[k], rank[min(k + 1, pieces - 1)]
        for i in range(count):
            unlike += (far[p, i] - near[p, i] <= SHORTEST) | (near[after, i] < near[p, i])
    return unlike == 0


@compiled
def _all(
    near: Floats,
    far: Floats,
    stuff: Narrow,
    rank: Narrow,
    pieces: int,
    count: int,
    length: Floats,
    kind: Narrow,
    number: Narrow,
) -> None:
    """Write the layers of lines that all meet all pieces in this order."""
    layers = 0
    for k in range(pieces):
        p = rank[k]
        if k == 0 or stuff[p] != kind[layers - 1, 0]:
            for i in range(count):
                length[layers, i] = 0.0
                kind[layers, i] = stuff[p]
            layers += 1
        for i in range(count):
            length[layers - 1, i] += far[p, i] - near[p, i]
    for i in range(count):
        number[i] = layers


@compiled
def _each(
    near: Floats,
    far: Floats,
    stuff: Narrow,
    rank: Narrow,
    pieces: int,
    count: int,
    length: Floats,
    kind: Narrow,
    number: Narrow,
    starts: Floats,
) -> None:
    """Write the layers of lines one by one; the pieces come in an order that most of them have."""
    for i in range(count):
        hits = 0
        for r in range(pieces):
            p = rank[r]
            start, span = near[p, i], far[p, i] - near[p, i]
            if span > SHORTEST:
                k = hits
                while k > 0 and starts[k - 1] > start:
                    starts[k], length[k, i], kind[k, i] = starts[k - 1], length[k - 1, i], kind[k - 1, i]
                    k -= 1
                starts[k], length[k, i], kind[k, i] = start, span, stuff[p]
                hits += 1
        last = 0
        for k in range(1, hits):
            if kind[last, i] == kind[k, i]:
                length[last, i] += length[k, i]
            else:
                last += 1
                length[last, i], kind[last, i] = length[k, i], kind[k, i]
        number[i] = min(hits, last + 1)
