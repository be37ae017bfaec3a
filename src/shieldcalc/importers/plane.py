"""Segments beside an edge: how far along, how far outside. Millimetres."""

import itertools
from collections.abc import Iterable, Iterator, Sequence

from shieldcalc.importers.drawing import Piece
from shieldcalc.model.design import Xy
from shieldcalc.model.geometry import direction, length, signed_area
from shieldcalc.records import dataclass

TOUCH_MM = 1.0


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge of the room, from ``a`` to ``b``; the room lies to its left, what is beyond to its right."""

    number: int
    a: Xy
    b: Xy

    @property
    def length(self) -> float:
        """Return its length in mm."""
        return length(self.a, self.b)

    def place(self, point: Xy) -> Xy:
        """Return (along the edge, outwards from it)."""
        (ux, uy), dx, dy = direction(self.a, self.b), point[0] - self.a[0], point[1] - self.a[1]
        return dx * ux + dy * uy, dx * uy - dy * ux


def edges_of(plan: Sequence[Xy]) -> list[Edge]:
    """Return the edges of a plan that turns left."""
    assert signed_area(plan) > 0, "the outline was turned"
    return [Edge(n + 1, a, plan[(n + 1) % len(plan)]) for n, a in enumerate(plan)]


def segments(piece: Piece) -> Iterator[tuple[Xy, Xy]]:
    """Yield the straight parts of a piece."""
    corners = piece.corners
    yield from itertools.pairwise(corners)
    if piece.closed:
        yield corners[-1], corners[0]


def merged(spans: Iterable[tuple[float, float]], gap: float = TOUCH_MM) -> list[tuple[float, float]]:
    """Return spans in order, those that touch as one."""
    found: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if found and low <= found[-1][1] + gap:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found
