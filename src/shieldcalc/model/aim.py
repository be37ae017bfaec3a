"""Which barriers a beam's field falls on first: rays through the field, followed from the focus to the room's faces."""

from collections.abc import Iterator
from math import cos, hypot, pi, sin, sqrt

from shieldcalc.model.design import Beam, Xyz
from shieldcalc.model.geometry import crossing, edges
from shieldcalc.model.scene import Barrier, Scene

_RINGS = ((0.0, 1), (0.25, 24), (0.5, 36), (0.75, 48), (1.0, 96))
_FAR_M = 1000.0


def field_slope(beam: Beam) -> float:
    """Return half the diagonal of the square field per distance from the focus (area in cm2 at a distance in m)."""
    return sqrt(beam.field_cm2 / 2) / 100 / beam.field_at_m


def barriers_met(scene: Scene, beam: Beam) -> tuple[Barrier, ...]:
    """Return the barriers that the field falls on first, found by rays through the field, each once."""
    found: dict[str, Barrier] = {}
    for ray in _rays(beam):
        barrier = _first(scene, beam.focus, ray)
        if barrier is not None:
            found.setdefault(barrier.id, barrier)
    return tuple(found.values())


def unit(start: Xyz, end: Xyz) -> Xyz:
    """Return the unit vector from one place to another."""
    x, y, z = (e - s for s, e in zip(start, end, strict=True))
    size = sqrt(x * x + y * y + z * z)
    return x / size, y / size, z / size


def _rays(beam: Beam) -> Iterator[Xyz]:
    x, y, z = unit(beam.focus, beam.target)
    level = hypot(x, y)
    side = (-y / level, x / level, 0.0) if level > 1e-9 else (1.0, 0.0, 0.0)
    up = (y * side[2] - z * side[1], z * side[0] - x * side[2], x * side[1] - y * side[0])
    slope = field_slope(beam)
    for part, count in _RINGS:
        for step in range(count):
            across, upward = (slope * part * turn(2 * pi * step / count) for turn in (cos, sin))
            yield (
                x + across * side[0] + upward * up[0],
                y + across * side[1] + upward * up[1],
                z + across * side[2] + upward * up[2],
            )


def _first(scene: Scene, focus: Xyz, ray: Xyz) -> Barrier | None:
    """Return the opening, wall or slab that a ray from inside the room meets first."""
    x, y, z = focus
    level = (scene.height_m if ray[2] > 0 else 0.0) - z
    to_slab = level / ray[2] if abs(ray[2]) > 1e-12 else _FAR_M
    far = (x + ray[0] * _FAR_M, y + ray[1] * _FAR_M)
    hits = [
        (hit[0] * _FAR_M, edge) for edge, side in enumerate(edges(scene.plan)) if (hit := crossing((x, y), far, *side))
    ]
    to_wall, edge = min(hits, default=(_FAR_M, None))
    if to_slab < to_wall:
        kind = "ceiling" if ray[2] > 0 else "floor"
        return next((barrier for barrier in scene.barriers if barrier.kind == kind), None)
    at = (x + ray[0] * to_wall, y + ray[1] * to_wall, z + ray[2] * to_wall)
    upright = [barrier for barrier in scene.barriers if barrier.edge is not None and barrier.edge == edge]
    inside = [barrier for barrier in upright if _covers(barrier, at)]
    return min(inside, key=lambda barrier: barrier.host is None, default=None)


def _covers(barrier: Barrier, at: Xyz) -> bool:
    (ax, ay), (bx, by) = barrier.a, barrier.b
    size = hypot(bx - ax, by - ay)
    place = ((at[0] - ax) * (bx - ax) + (at[1] - ay) * (by - ay)) / size
    return -1e-9 <= place <= size + 1e-9 and barrier.bottom_m <= at[2] <= barrier.top_m
