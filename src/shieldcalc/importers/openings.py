"""Doors and windows: what is drawn on their layers, gathered into one opening each and laid onto its edge."""

from collections.abc import Iterable, Sequence

from shieldcalc.importers.drawing import Piece
from shieldcalc.importers.layers import Layer
from shieldcalc.importers.plane import TOUCH_MM, Edge, merged
from shieldcalc.importers.refusal import ImportRefusedError
from shieldcalc.model.design import Xy
from shieldcalc.model.geometry import length
from shieldcalc.records import dataclass

NARROWEST_MM = 50.0
MOST_OPENINGS, MOST_PIECES = 100, 1500
OPENINGS = ("door", "window", "control_window")


@dataclass(frozen=True, slots=True)
class Opening:
    """An opening in an edge, from ``start`` to ``end`` in mm, with the attributes of its block."""

    edge: Edge
    start: float
    end: float
    layer: Layer
    attributes: tuple[tuple[str, str], ...] = ()
    loose: bool = True


def openings_in(plan_edges: Sequence[Edge], pieces: Sequence[Piece], slack: float) -> list[Opening]:
    """Return every opening on its edge, in the order of the edges.

    Raises ImportRefusedError for one that lies on no edge or on two, that is too narrow, or for two on one place.
    """
    drawn = [piece for piece in pieces if piece.layer.role in OPENINGS]
    if len(drawn) > MOST_PIECES:
        raise ImportRefusedError("import.too_many_openings", most=MOST_OPENINGS)
    deepest = max((p.layer.thickness_mm for p in pieces if p.layer.role == "wall"), default=0.0)
    found = [_laid(group, plan_edges, deepest, slack) for group in _groups(drawn)]
    joined = _joined(found)
    if len(joined) > MOST_OPENINGS:
        raise ImportRefusedError("import.too_many_openings", most=MOST_OPENINGS)
    return joined


def _groups(pieces: list[Piece]) -> list[list[Piece]]:
    """Return the pieces of one block together, and loose ones of a layer that meet in their ends."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        home = [group for group in groups if any(_together(piece, other) for other in group)]
        groups = [group for group in groups if group not in home]
        groups.append([*(other for group in home for other in group), piece])
    return groups


def _together(one: Piece, other: Piece) -> bool:
    if one.layer.name != other.layer.name or one.block != other.block:
        return False
    if one.block is not None:
        return True
    return any(length(a, b) <= TOUCH_MM for a in _ends(one) for b in _ends(other))


def _ends(piece: Piece) -> tuple[Xy, ...]:
    return piece.corners if piece.closed else (piece.corners[0], piece.corners[-1])


def _laid(group: list[Piece], plan_edges: Sequence[Edge], deepest: float, slack: float) -> Opening:
    """Return a group as an opening of the edge along which most of it lies."""
    layer, places = group[0].layer, [corner for piece in group for corner in piece.corners]
    spans = [(edge, _span(edge, places, deepest + slack, slack)) for edge in plan_edges]
    spans = [(edge, span) for edge, span in spans if span[1] - span[0] > TOUCH_MM]
    spans.sort(key=lambda each: each[1][0] - each[1][1])
    x, y = (sum(place[axis] for place in places) / len(places) for axis in (0, 1))
    where = {"layer": layer.name, "x": f"{x:.1f}", "y": f"{y:.1f}"}
    if not spans:
        raise ImportRefusedError("import.opening_nowhere", **where)
    edge, (start, end) = spans[0]
    if len(spans) > 1 and spans[1][1][1] - spans[1][1][0] > 0.9 * (end - start):
        raise ImportRefusedError("import.opening_two_edges", **where, one=edge.number, other=spans[1][0].number)
    return Opening(edge, start, end, layer, group[0].attributes, group[0].block is None)


def _span(edge: Edge, places: Iterable[Xy], deep: float, slack: float) -> tuple[float, float]:
    """Return between where along an edge the places lie that are in the thickness of its wall."""
    beside = [along for along, out in map(edge.place, places) if -slack <= out <= deep]
    beside = [min(max(along, 0.0), edge.length) for along in beside if -slack <= along <= edge.length + slack]
    return (min(beside), max(beside)) if beside else (0.0, 0.0)


def _joined(found: list[Opening]) -> list[Opening]:
    """Return the openings in order; loose lines of one layer that lie beside each other are one."""
    joined = [opening for opening in found if not opening.loose]
    loose = [opening for opening in found if opening.loose]
    for number, name in dict.fromkeys((o.edge.number, o.layer.name) for o in loose):
        here = [o for o in loose if (o.edge.number, o.layer.name) == (number, name)]
        for start, end in merged((o.start, o.end) for o in here):
            joined.append(Opening(here[0].edge, start, end, here[0].layer))
    for opening in joined:
        if opening.end - opening.start < NARROWEST_MM:
            width = f"{opening.end - opening.start:.1f}"
            raise ImportRefusedError("import.opening_narrow", layer=opening.layer.name, width=width, least=NARROWEST_MM)
    return sorted(joined, key=lambda o: (o.edge.number, o.start))
