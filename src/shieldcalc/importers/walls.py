"""Which wall stands behind each part of each edge: lines on wall layers that run along it, at it or outside it."""

import itertools
from collections.abc import Iterable, Sequence

from shieldcalc.errors import Notice
from shieldcalc.importers.drawing import Piece
from shieldcalc.importers.layers import Layer
from shieldcalc.importers.plane import TOUCH_MM, Edge, segments
from shieldcalc.importers.refusal import ImportRefusedError
from shieldcalc.records import dataclass

MOST_WALLS = 200


@dataclass(frozen=True, slots=True)
class Wall:
    """A wall along a part of an edge, from ``start`` to ``end`` in mm."""

    edge: Edge
    start: float
    end: float
    layer: Layer


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: float
    end: float
    layer: Layer
    short: bool  # no longer than the wall is thick: more likely the end of a wall than its face
    outside: float

    @property
    def rank(self) -> tuple[bool, float]:
        return self.short, round(self.outside)


def walls_along(edge: Edge, pieces: Iterable[Piece], gaps: Sequence[tuple[float, float]], slack: float) -> list[Wall]:
    """Return the walls of one edge, in order and without gap.

    ``gaps`` are the openings' spans: walls may be broken there. ``slack`` is by how much a line may leave the edge.
    Raises ImportRefusedError where no wall is drawn, or two of different build lie on each other.
    """
    found = [c for piece in pieces if piece.layer.role == "wall" for c in _candidates(edge, piece, slack)]
    cuts = _cuts(edge, found)
    parts: list[tuple[float, float, Layer | None]] = []
    for start, end in itertools.pairwise(cuts):
        layer = _best(edge, start, end, [c for c in found if c.start - slack <= start and end <= c.end + slack])
        if parts and parts[-1][2] == layer:
            parts[-1] = (parts[-1][0], end, layer)
        else:
            parts.append((start, end, layer))
    return _closed(edge, parts, gaps, slack)


def _candidates(edge: Edge, piece: Piece, slack: float) -> Iterable[_Candidate]:
    thick = piece.layer.thickness_mm
    for a, b in segments(piece):
        (s0, out0), (s1, out1) = edge.place(a), edge.place(b)
        start, end = max(0.0, min(s0, s1)), min(edge.length, max(s0, s1))
        beside = all(-slack <= out <= thick + slack for out in (out0, out1))
        if beside and end - start > max(TOUCH_MM, abs(out1 - out0)):
            yield _Candidate(start, end, piece.layer, abs(s1 - s0) <= thick + slack, min(abs(out0), abs(out1)))


def _cuts(edge: Edge, found: Iterable[_Candidate]) -> list[float]:
    """Return 0, the length, and where a candidate begins or ends between, at least a millimetre apart."""
    cuts = [0.0]
    for at in sorted(end for c in found for end in (c.start, c.end)):
        if at - cuts[-1] > TOUCH_MM and edge.length - at > TOUCH_MM:
            cuts.append(at)
    return [*cuts, edge.length]


def _best(edge: Edge, start: float, end: float, here: list[_Candidate]) -> Layer | None:
    if not here:
        return None
    best = min(here, key=lambda c: c.rank)
    other = next((c for c in here if c.rank == best.rank and c.layer.sheets != best.layer.sheets), None)
    if other is not None:
        names = {"one": best.layer.name, "other": other.layer.name}
        raise ImportRefusedError("import.walls_overlap", **names, **_where(edge, start, end))
    return best.layer


def _where(edge: Edge, start: float, end: float) -> dict[str, object]:
    ends = {"a": _corner(edge.a), "b": _corner(edge.b)}
    return {"edge": edge.number, "start": f"{start:.1f}", "end": f"{end:.1f}", **ends}


def _corner(place: tuple[float, float]) -> str:
    return f"({place[0]:.1f}, {place[1]:.1f})"


def _closed(
    edge: Edge, parts: list[tuple[float, float, Layer | None]], gaps: Sequence[tuple[float, float]], slack: float
) -> list[Wall]:
    """Return the parts as walls; a gap that an opening fills belongs to the wall beside it."""
    walls: list[Wall] = []
    waiting: float | None = None
    for start, end, layer in parts:
        if layer is None:
            if not any(low - slack - TOUCH_MM <= start and end <= high + slack + TOUCH_MM for low, high in gaps):
                raise ImportRefusedError("import.wall_gap", **_where(edge, start, end))
            if walls:
                walls[-1] = Wall(edge, walls[-1].start, end, walls[-1].layer)
            else:
                waiting = start
        elif walls and walls[-1].layer.sheets == layer.sheets:
            walls[-1] = Wall(edge, walls[-1].start, end, layer)
        else:
            walls.append(Wall(edge, start if waiting is None else waiting, end, layer))
            waiting = None
    if not walls:
        raise ImportRefusedError("import.wall_gap", **_where(edge, 0.0, edge.length))
    return walls


def thickness_notices(walls: Iterable[Wall], pieces: Iterable[Piece], slack: float) -> list[Notice]:
    """Say where a wall is drawn as an outline of another thickness than its layer's name says."""
    found: dict[str, Notice] = {}
    outlines = [piece for piece in pieces if piece.layer.role == "wall" and piece.closed and len(piece.corners) == 4]
    for wall in walls:
        for piece in (piece for piece in outlines if piece.layer.sheets == wall.layer.sheets):
            along, outside = zip(*map(wall.edge.place, piece.corners), strict=True)
            beside = abs(min(outside)) <= slack and min(max(along), wall.end) - max(min(along), wall.start) > TOUCH_MM
            drawn = max(outside)
            if beside and max(along) - min(along) > drawn and abs(drawn - wall.layer.thickness_mm) > TOUCH_MM:
                said = {"layer": wall.layer.name, "drawn": f"{drawn:.1f}", "said": f"{wall.layer.thickness_mm:g}"}
                found.setdefault(wall.layer.name, Notice("warnings.import.thickness", said))
    return list(found.values())
