"""Where the sums of the point kernel keep what they work on: made once a call, in memory that begins at full words.

Wide registers are filled fastest from addresses that are multiples of their width. Made here and not in compiled code:
each form of an array that is made there costs a tenth of a second of compile time.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy import float64, int32, uint32
from numpy.typing import NDArray

from shieldcalc.kernels.lanes import COLUMNS, LANES, ROWS, STEP
from shieldcalc.kernels.rays import BLOCK

Floats = NDArray[float64]
Narrow = NDArray[int32]
Places = NDArray[uint32]

MOST_LAYERS = 32  # of different materials in turn on one line
HELD = 4 * BLOCK  # lines of short jobs at once
_WIDEST = 64  # bytes


class Block(NamedTuple):
    """A block of lines to one point: their sources (all x, all y, all z), and pieces in bodies, a row each."""

    lines: Floats
    near: Floats  # t where a piece begins and ends
    far: Floats
    stuff: Narrow  # material of each piece
    rank: Narrow  # order of the pieces
    starts: Floats  # t where each layer of one line begins
    box: Floats  # (4, 3) corners of the sources' box, then with the point


class Layered(NamedTuple):
    """The layers of the lines of a block in order."""

    span: Floats  # (layers, lines) in parts of the line
    kind: Narrow  # materials
    number: Narrow  # how many layers each line has
    distance: Floats  # m
    pick: Places  # lines chosen by their number of layers


class Store(NamedTuple):
    """Lines kept by their number of layers, the first axis."""

    length: Floats  # (., layers, lanes) m
    material: Narrow
    weight: Floats  # 1 / (4 pi d^2)
    source: Narrow
    place: Narrow  # of what a line of a short job gives
    filled: Narrow  # how many lines


class Lanes(NamedTuple):
    """What is kept of lanes at one energy, see ``lanes``; of each layer its thickness and where its table starts."""

    work: Floats
    ends: Floats
    interval: Narrow
    share: Floats
    starts: Places
    alike: Narrow


class Space(NamedTuple):
    """All of it; ``sums`` (rows, columns) over lanes and ``held`` (rows, columns, lines) of short jobs."""

    block: Block
    found: Layered
    store: Store
    lanes: Lanes
    sums: Floats
    held: Floats


def space(sums_of: int, bodies: int, stacked: int) -> Space:
    """Return room for so many rows of sums, for lines through so many bodies, and so many layers in stacks."""
    rows = 2 * bodies + 1
    most = min(rows + stacked, MOST_LAYERS) + 1
    block = Block(
        _room(float64, 3 * BLOCK),
        _room(float64, rows, BLOCK),
        _room(float64, rows, BLOCK),
        _room(int32, rows),
        _room(int32, rows),
        _room(float64, rows),
        _room(float64, 4, 3),
    )
    found = Layered(
        _room(float64, rows, BLOCK),
        _room(int32, rows, BLOCK),
        _room(int32, BLOCK),
        _room(float64, BLOCK),
        _room(uint32, BLOCK),
    )
    store = Store(
        _room(float64, most, most, LANES),
        _room(int32, most, most, LANES),
        _room(float64, most, LANES),
        _room(int32, most, LANES),
        _room(int32, most, LANES),
        _room(int32, most),
    )
    lanes = Lanes(
        _room(float64, ROWS * LANES),
        _room(float64, 4 * LANES),
        _room(int32, LANES),
        _room(float64, most, LANES),
        _room(uint32, most, LANES),
        _room(int32, most),
    )
    sums, held = _room(float64, sums_of, COLUMNS * STEP), _room(float64, sums_of, COLUMNS, HELD)
    for each in (store.filled, sums, held):
        each[:] = 0
    return Space(block, found, store, lanes, sums, held)


def _room(kind: Any, *shape: int) -> NDArray[Any]:
    """Return an array that begins at a multiple of ``_WIDEST`` bytes."""
    size = int(np.prod(shape)) * np.dtype(kind).itemsize
    raw = np.empty(size + _WIDEST, np.uint8)
    start = -raw.ctypes.data % _WIDEST
    found: NDArray[Any] = raw[start : start + size].view(kind).reshape(shape)
    return found
