"""What each declared beam is directed at: its field followed from the focus to the faces of the room."""

from collections.abc import Callable, Iterator
from math import sqrt

from shieldcalc.assess.kinds import is_tube
from shieldcalc.model.aim import barriers_met, field_slope, unit
from shieldcalc.model.design import Beam, Beyond, Design, Source, Xyz
from shieldcalc.model.result import Fact
from shieldcalc.model.scene import Barrier, Scene
from shieldcalc.regulations.taxonomy import is_a, taxonomy
from shieldcalc.regulations.view import SUBJECT

_WINDOWS = ("window", "control_window")
_TARGETS = ("console", "door", "window", "public_passage")


def beam_facts(design: Design, scene: Scene, passage: Callable[[Beyond], bool]) -> Iterator[Fact]:
    """Return for each declared beam whether it is directed at the console, a door, a window or a public passage.

    The field counts as far as half its diagonal from the central ray. What stands in the beam does not matter: a beam
    is directed at what lies behind a receptor or a screen too. A CT scanner's beam stays in its gantry.
    """
    for source in design.sources:
        if not is_tube(source) or is_a(taxonomy().equipment, source.kind, ("ct",)):
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


def _in_field(beam: Beam, position: Xyz) -> bool:
    axis, offset = unit(beam.focus, beam.target), [p - f for p, f in zip(position, beam.focus, strict=True)]
    depth = sum(a * o for a, o in zip(axis, offset, strict=True))
    across = sqrt(max(0.0, sum(o * o for o in offset) - depth * depth))
    return depth > 0 and across <= depth * field_slope(beam)
