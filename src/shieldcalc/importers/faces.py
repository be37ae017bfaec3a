"""The spaces that lines enclose: lines are cut where they meet, then every face is walked round once."""

import itertools
from collections.abc import Sequence
from math import atan2, ceil, floor, hypot

from shieldcalc.model.design import Xy
from shieldcalc.model.geometry import contains, signed_area, simple

Line = tuple[Xy, Xy]
Node = int
NEAR_MM = 1.0
SMALLEST_MM2 = 1e6
SLIMMEST_MM = 600.0  # twice the area over the perimeter: what is slimmer is a wall, not a room


def enclosed(lines: Sequence[Line]) -> list[tuple[Xy, ...]]:
    """Return the faces that may be rooms: large, not slim like a wall, with nothing drawn inside; corners turn left."""
    nodes, links = _graph(lines)
    found = [face for face in _faces(nodes, links) if _roomy(face)]
    return [face for face in found if not any(_inside(face, line) for line in lines)]


def _roomy(face: tuple[Xy, ...]) -> bool:
    area = signed_area(face)
    around = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in zip(face, (*face[1:], face[0]), strict=True))
    return area > SMALLEST_MM2 and 2 * area / around > SLIMMEST_MM and simple(face)


def _inside(face: tuple[Xy, ...], line: Line) -> bool:
    """Return whether the middle of a line lies inside a face, clear of its edges."""
    x, y = (line[0][0] + line[1][0]) / 2, (line[0][1] + line[1][1]) / 2
    around = ((x + dx, y + dy) for dx in (-2 * NEAR_MM, 2 * NEAR_MM) for dy in (-2 * NEAR_MM, 2 * NEAR_MM))
    return all(contains(face, place) for place in around)


class _Nodes:
    """Places, those nearer than a millimetre as one."""

    def __init__(self) -> None:
        self.places: list[Xy] = []
        self.cells: dict[tuple[int, int], list[Node]] = {}

    def of(self, place: Xy) -> Node:
        x, y = place[0] / NEAR_MM, place[1] / NEAR_MM
        for i in (floor(x) - 1, floor(x), ceil(x)):
            for j in (floor(y) - 1, floor(y), ceil(y)):
                for node in self.cells.get((i, j), ()):
                    at = self.places[node]
                    if hypot(at[0] - place[0], at[1] - place[1]) <= NEAR_MM:
                        return node
        self.places.append(place)
        self.cells.setdefault((floor(x), floor(y)), []).append(len(self.places) - 1)
        return len(self.places) - 1


def _graph(lines: Sequence[Line]) -> tuple[list[Xy], dict[Node, set[Node]]]:
    nodes, links = _Nodes(), {}  # type: ignore[var-annotated]
    for n, line in enumerate(lines):
        cuts = [line[0], line[1]]
        for m, other in enumerate(lines):
            if m != n:
                cuts += _meetings(line, other)
        cuts.sort(key=lambda at: (at[0] - line[0][0]) ** 2 + (at[1] - line[0][1]) ** 2)
        chain = [nodes.of(at) for at in cuts]
        for a, b in itertools.pairwise(chain):
            if a != b:
                links.setdefault(a, set()).add(b)
                links.setdefault(b, set()).add(a)
    _prune(links)
    return nodes.places, links


def _meetings(line: Line, other: Line) -> list[Xy]:
    """Return the places on a line where another meets it: its ends on the line, or where they cross."""
    (ax, ay), (bx, by) = line
    size = hypot(bx - ax, by - ay)
    if size < NEAR_MM:
        return []
    ux, uy = (bx - ax) / size, (by - ay) / size
    ends = [((x - ax) * ux + (y - ay) * uy, (x - ax) * uy - (y - ay) * ux) for x, y in other]
    found = [along for along, off in ends if abs(off) <= NEAR_MM and 0 < along < size]
    (s0, d0), (s1, d1) = ends
    if d0 * d1 < 0 and not found:
        along = s0 + (s1 - s0) * d0 / (d0 - d1)
        found = [along] if 0 <= along <= size else []
    return [(ax + ux * along, ay + uy * along) for along in found]


def _prune(links: dict[Node, set[Node]]) -> None:
    """Take away lines that end in nothing."""
    loose = [node for node, to in links.items() if len(to) < 2]
    while loose:
        node = loose.pop()
        for other in links.pop(node, set()):
            links[other].discard(node)
            if len(links[other]) < 2:
                loose.append(other)


def _faces(places: list[Xy], links: dict[Node, set[Node]]) -> list[tuple[Xy, ...]]:
    """Return every face once, its corners in order: at each node the walk takes the sharpest left turn."""

    def angle(a: Node, b: Node) -> float:
        return atan2(places[b][1] - places[a][1], places[b][0] - places[a][0])

    around = {node: sorted(to, key=lambda other, node=node: angle(node, other)) for node, to in links.items()}  # type: ignore[misc]
    ahead = {(a, b): (b, around[b][around[b].index(a) - 1]) for a in links for b in links[a]}
    faces, seen = [], set()
    for start in ahead:
        walk, at = [], start
        while at not in seen:
            seen.add(at)
            walk.append(places[at[0]])
            at = ahead[at]
        if len(walk) > 2:
            faces.append(tuple(walk))
    return faces
