"""Which barriers a beam's field falls on first: rays through the field, followed from the focus to the room's faces."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import cos, hypot, pi, sin, sqrt
from typing import NamedTuple

from shieldcalc.model.design import Beam, Xy, Xyz
from shieldcalc.model.geometry import crossing, edges
from shieldcalc.model.scene import Barrier, Scene

_RINGS = ((0.0, 1), (0.25, 24), (0.5, 36), (0.75, 48), (1.0, 96))
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
    sides = tuple(edges(shell.plan))
    found = (_first(shell, sides, focus, ray) for ray in _rays(unit(focus, target), slope))
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
    for part, count in _RINGS:
        for step in range(count):
            across, upward = (slope * part * turn(2 * pi * step / count) for turn in (cos, sin))
            yield (
                x + across * side[0] + upward * up[0],
                y + across * side[1] + upward * up[1],
                z + across * side[2] + upward * up[2],
            )


def _first(shell: _Shell, sides: Sequence[tuple[Xy, Xy]], focus: Xyz, ray: Xyz) -> int | None:
    """Return the opening, wall or slab that a ray from inside the room meets first."""
    x, y, z = focus
    level = (shell.height_m if ray[2] > 0 else 0.0) - z
    to_slab = level / ray[2] if abs(ray[2]) > 1e-12 else _FAR_M
    far = (x + ray[0] * _FAR_M, y + ray[1] * _FAR_M)
    hits = [(hit[0] * _FAR_M, edge) for edge, side in enumerate(sides) if (hit := crossing((x, y), far, *side))]
    to_wall, edge = min(hits, default=(_FAR_M, None))
    if to_slab < to_wall:
        kind = "ceiling" if ray[2] > 0 else "floor"
        return next((index for index, face in enumerate(shell.faces) if face.kind == kind), None)
    at = (x + ray[0] * to_wall, y + ray[1] * to_wall, z + ray[2] * to_wall)
    upright = [(face, index) for index, face in enumerate(shell.faces) if face.edge is not None and face.edge == edge]
    inside = [(face.host is None, index) for face, index in upright if _covers(face, at)]
    return min(inside, default=(None, None))[1]


def _covers(barrier: _Face, at: Xyz) -> bool:
    (ax, ay), (bx, by) = barrier.a, barrier.b
    size = hypot(bx - ax, by - ay)
    place = ((at[0] - ax) * (bx - ax) + (at[1] - ay) * (by - ay)) / size
    return -1e-9 <= place <= size + 1e-9 and barrier.bottom_m <= at[2] <= barrier.top_m
