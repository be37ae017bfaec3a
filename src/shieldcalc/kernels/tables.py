"""Rows of numbers in plain Python to the arrays of the compiled search."""

from collections.abc import Sequence

import numpy as np

from shieldcalc.kernels.gains import COLUMNS, Radiation
from shieldcalc.kernels.lines import Floats, Room
from shieldcalc.kernels.sheet import Area
from shieldcalc.kernels.worst import Search

Rows = Sequence[Sequence[float]]


def floats(rows: Rows, columns: int) -> Floats:
    """Return rows as an array, of so many columns even where there is none."""
    return np.array(rows, np.float64) if rows else np.zeros((0, columns))


def room(
    height: float, counts: Sequence[int], corners: Rows, edges: Rows, parts: Rows, openings: Rows, screens: Rows
) -> Room:
    """Return a room of rows; see ``lines.Room``."""
    return Room(
        float(height),
        np.array(counts, np.int64),
        floats(corners, 2),
        floats(edges, 7),
        floats(parts, 8),
        floats(openings, 5),
        floats(screens, 6),
    )


def radiation(
    gains: Rows,
    amounts: Rows,
    wholes: Sequence[tuple[int, int]],
    starts_of: Sequence[Sequence[int]],
    starts: Rows,
    source_of: Sequence[int],
    *,
    together: bool,
) -> Radiation:
    """Return radiation of rows; see ``gains.Radiation``. ``wholes``: quality and rate, ``starts_of``: by part."""
    rows, of_start = [], list[int]()
    for whole, of_part in zip(wholes, starts_of, strict=True):
        rows.append((*whole, len(of_start), len(of_start) + len(of_part)))
        of_start += of_part
    return Radiation(
        np.array([(*row, *(0.0,) * (COLUMNS - len(row))) for row in gains]),
        floats(amounts, 3),
        np.array(rows, np.int64),
        np.array(of_start, np.int64),
        floats(starts, 3),
        np.array(source_of, np.int64),
        np.array((2.0, 3.0)),
        together,
    )


def area(
    frame: Sequence[float],
    box: Sequence[float],
    holes: Rows,
    outline: Rows,
    grid: Sequence[int],
    extra: Rows,
    edges: Floats,
) -> Area:
    """Return where people can be of rows; see ``sheet.Area``."""
    return Area(
        np.array(frame),
        np.array(box, np.float64),
        floats(holes, 4),
        floats(outline, 2),
        np.array(grid, np.int64),
        floats(extra, 3),
        edges,
    )


def ready() -> None:
    """Search in an empty room: what is not compiled yet is now."""
    corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    empty = room(1.0, (2, -1, -1), corners, [(0.0, -1.0, 1.0, 0.0, 1.0, 0, 0)] * len(corners), (), (), ())
    even = radiation([(0.0, 1.0)], [(1.0, 1.0, 1.0)], [(0, 0)], [(0,)], [(0.5, 0.5, 0.5)], (0,), together=True)
    frame = (0.0, -1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, -1.0, 0.0)
    behind = area(frame, (0.0, 1.0, 0.0, 1.0), (), (), (2, 2), (), floats((), 6))
    Search(empty, even, lambda _key, _part: 1.0).worst(behind, (True, True, True), (0.1,), 1)
