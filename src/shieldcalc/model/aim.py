"""Which barriers a beam's field falls on first: rays through the field, followed from the focus to the room's faces."""

from collections.abc import Iterator
from functools import lru_cache
from math import cos, hypot, pi, sin, sqrt
from typing import NamedTuple

from shieldcalc.model.design import Beam, Xy, Xyz
from shieldcalc.model.geometry import edges
from shieldcalc.model.scene import Barrier, Scene

_RINGS = ((0.0, 1), (0.25, 24), (0.5, 36), (0.75, 48), (1.0, 96))
_TURNS = [(part, cos(turn), sin(turn)) for part, count in _RINGS for turn in (2 * pi * k / count for k in range(count))]
_FAR_M = 1000.0


def field_slope(beam: Beam) -> float:
    """Return half the diagonal of the square field per distance from the focus (area in cm2 at a distance in m)."""
    return sqrt(beam.field_cm2 / 2) / 100 / beam.field_at_m


class _Face(NamedTuple):
    """What of a barrier decides on which rays meet it."""

    id: str
    kind: str
    edge: int | None
    host: str | None
    a: Xy
    b: Xy
    bottom_m: float
    top_m: float


class _Shell(NamedTuple):
    """The faces of a room."""

    plan: tuple[Xy, ...]
    height_m: float
    faces: tuple[_Face, ...]


def barriers_met(scene: Scene, beam: Beam) -> tuple[Barrier, ...]:
    """Return the barriers that the field falls on first, found by rays through the field, each once."""
    faces = tuple(_Face(x.id, x.kind, x.edge, x.host, x.a, x.b, x.bottom_m, x.top_m) for x in scene.barriers)
    shell = _Shell(scene.plan, scene.height_m, faces)
    return tuple(scene.barriers[index] for index in _met(shell, beam.focus, beam.target, field_slope(beam)))


@lru_cache(maxsize=64)
def _met(shell: _Shell, focus: Xyz, target: Xyz, slope: float) -> tuple[int, ...]:
    """Return the indexes of the faces met; kept, for a room is asked for again with other layers in it."""
    inside = _Inside(shell, focus)
    found = map(inside.first, _rays(unit(focus, target), slope))
    return tuple(dict.fromkeys(index for index in found if index is not None))


def unit(start: Xyz, end: Xyz) -> Xyz:
    """Return the unit vector from one place to another."""
    x, y, z = (e - s for s, e in zip(start, end, strict=True))
    size = sqrt(x * x + y * y + z * z)
    return x / size, y / size, z / size


def _rays(axis: Xyz, slope: float) -> Iterator[Xyz]:
    x, y, z = axis
    level = hypot(x, y)
    side = (-y / level, x / level, 0.0) if level > 1e-9 else (1.0, 0.0, 0.0)
    up = (y * side[2] - z * side[1], z * side[0] - x * side[2], x * side[1] - y * side[0])
    (sx, sy, sz), (ux, uy, uz) = side, up
    for part, along, beside in _TURNS:
        across, upward = slope * part * along, slope * part * beside
        yield x + across * sx + upward * ux, y + across * sy + upward * uy, z + across * sz + upward * uz


class _Inside:
    """A room around a place in it."""

    def __init__(self, shell: _Shell, focus: Xyz) -> None:
        self._focus, self._height_m = focus, shell.height_m
        x, y, _ = focus
        sides = [(bx - ax, by - ay, ax - x, ay - y) for (ax, ay), (bx, by) in edges(shell.plan)]
        self._sides = [(edge, *side, _across(*side)) for edge, side in enumerate(sides)]
        faces = list(enumerate(shell.faces))
        self._slabs = {face.kind: index for index, face in reversed(faces)}
        self._upright = [
            [(face.host is None, index, face, _along(face)) for index, face in faces if face.edge == edge]
            for edge, *_ in self._sides
        ]

    def first(self, ray: Xyz) -> int | None:
        """Return the opening, wall or slab that a ray from the place meets first."""
        x, y, z = self._focus
        level = (self._height_m if ray[2] > 0 else 0.0) - z
        to_slab = level / ray[2] if abs(ray[2]) > 1e-12 else _FAR_M
        to_wall, edge = self._wall((x + ray[0] * _FAR_M) - x, (y + ray[1] * _FAR_M) - y)
        if to_slab < to_wall:
            return self._slabs.get("ceiling" if ray[2] > 0 else "floor")
        if edge is None:
            return None
        at = (x + ray[0] * to_wall, y + ray[1] * to_wall, z + ray[2] * to_wall)
        upright = self._upright[edge]
        inside = [(whole, index) for whole, index, face, along in upright if _covers(face, along, at)]
        return min(inside)[1] if inside else None

    def _wall(self, rx: float, ry: float) -> tuple[float, int | None]:
        """Return how far the nearest side is along (rx, ry), and its number; far, and None, where none is met."""
        nearest, found = _FAR_M, None
        for edge, sx, sy, px, py, across in self._sides:
            bottom = rx * sy - ry * sx
            if bottom == 0 or not 0 <= across / bottom <= 1:
                continue
            far = across / bottom * _FAR_M
            if (found is None or far < nearest) and 0 <= (px * ry - py * rx) / bottom <= 1:
                nearest, found = far, edge
        return nearest, found


def _across(sx: float, sy: float, px: float, py: float) -> float:
    """Return how far a side is from a place, times its length: on which hand it has the place."""
    return px * sy - py * sx


def _along(face: _Face) -> Xyz:
    """Return where an upright face leads, from its beginning, and how long it is."""
    x, y = face.b[0] - face.a[0], face.b[1] - face.a[1]
    return x, y, hypot(x, y)


def _covers(face: _Face, along: Xyz, at: Xyz) -> bool:
    (ax, ay), (x, y, size) = face.a, along
    place = ((at[0] - ax) * x + (at[1] - ay) * y) / size
    return -1e-9 <= place <= size + 1e-9 and face.bottom_m <= at[2] <= face.top_m
