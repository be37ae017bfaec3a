"""What each declared beam is directed at: its field followed from the focus to the faces of the room."""

from collections.abc import Callable, Iterator
from math import cos, hypot, pi, sin, sqrt

from shieldcalc.model.design import Beam, Beyond, Design, Source, Xyz
from shieldcalc.model.geometry import crossing, edges
from shieldcalc.model.result import Fact
from shieldcalc.model.scene import Barrier, Scene
from shieldcalc.regulations.taxonomy import is_a, taxonomy
from shieldcalc.regulations.view import SUBJECT

_RINGS = ((0.0, 1), (0.25, 24), (0.5, 36), (0.75, 48), (1.0, 96))
_WINDOWS = ("window", "control_window")
_TARGETS = ("console", "door", "window", "public_passage")
_FAR_M = 1000.0


def beam_facts(design: Design, scene: Scene, passage: Callable[[Beyond], bool]) -> Iterator[Fact]:
    """Return for each declared beam whether it is directed at the console, a door, a window or a public passage.

    The field counts as far as half its diagonal from the central ray. What stands in the beam does not matter: a beam
    is directed at what lies behind a receptor or a screen too. A CT scanner's beam stays in its gantry.
    """
    for source in design.sources:
        if is_a(taxonomy().equipment, source.kind, ("ct",)):
            continue
        for beam in source.beams:
            yield from _facts(design, scene, source, beam, passage)
        if not source.beams:
            yield from _undeclared(source)


def _undeclared(source: Source) -> Iterator[Fact]:
    key = f"source.{source.id}.beam"
    yield Fact(subject=source.id + ".beam", quantity=SUBJECT, value="beam", equipment=(source.kind,))
    for target in _TARGETS:
        yield Fact(subject=source.id + ".beam", quantity=f"beam_at_{target}", value=None, provenance=key)


def _facts(
    design: Design, scene: Scene, source: Source, beam: Beam, passage: Callable[[Beyond], bool]
) -> Iterator[Fact]:
    name = f"{source.id}.{beam.id}"
    met = barriers_met(scene, beam)
    doors = [barrier.id for barrier in met if barrier.kind == "door"]
    windows = [barrier.id for barrier in met if barrier.kind in _WINDOWS]
    passages = [barrier.id for barrier in met if barrier.beyond is not None and passage(barrier.beyond)]
    at_console, detail = _at_console(design, scene, beam, met)
    yield Fact(subject=name, quantity=SUBJECT, value="beam", equipment=(source.kind,))
    yield Fact(subject=name, quantity="beam_at_console", value=at_console, provenance=detail)
    for target, found in zip(_TARGETS[1:], (doors, windows, passages), strict=True):
        detail = ", ".join(found) or name
        yield Fact(subject=name, quantity=f"beam_at_{target}", value=bool(found), provenance=detail)


def _at_console(design: Design, scene: Scene, beam: Beam, met: tuple[Barrier, ...]) -> tuple[bool | None, str]:
    console = design.console
    if console is None:
        return None, "console"
    hit = {barrier.id for barrier in met}
    if console.position is not None and _in_field(beam, console.position):
        return True, "console"
    if console.barrier is not None and console.barrier in hit:
        return True, console.barrier
    if console.position is not None or console.barrier is not None:
        return False, "console"
    rooms = {barrier.id for barrier in scene.barriers if _control(barrier)}
    return (bool(rooms & hit), ", ".join(sorted(rooms & hit)) or "console") if rooms else (None, "console.barrier")


def _control(barrier: Barrier) -> bool:
    return barrier.kind == "control_window" or (barrier.beyond is not None and barrier.beyond.kind == "control_room")


def field_slope(beam: Beam) -> float:
    """Return half the diagonal of the square field per distance from the focus (area in cm2 at a distance in m)."""
    return sqrt(beam.field_cm2 / 2) / 100 / beam.field_at_m


def _in_field(beam: Beam, position: Xyz) -> bool:
    axis, offset = _unit(beam.focus, beam.target), [p - f for p, f in zip(position, beam.focus, strict=True)]
    depth = sum(a * o for a, o in zip(axis, offset, strict=True))
    across = sqrt(max(0.0, sum(o * o for o in offset) - depth * depth))
    return depth > 0 and across <= depth * field_slope(beam)


def barriers_met(scene: Scene, beam: Beam) -> tuple[Barrier, ...]:
    """Return the barriers that the field falls on first, found by rays through the field, each once."""
    found: dict[str, Barrier] = {}
    for ray in _rays(beam):
        barrier = _first(scene, beam.focus, ray)
        if barrier is not None:
            found.setdefault(barrier.id, barrier)
    return tuple(found.values())


def _unit(start: Xyz, end: Xyz) -> Xyz:
    x, y, z = (e - s for s, e in zip(start, end, strict=True))
    size = sqrt(x * x + y * y + z * z)
    return x / size, y / size, z / size


def _rays(beam: Beam) -> Iterator[Xyz]:
    x, y, z = _unit(beam.focus, beam.target)
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
