"""The other rooms of a site as a room's field sees them: each by its own method, its doses added at every place.

Methods make H*(10) and years from air kerma by their own rules. Where places are compared, what another method's room
gives counts so many times that no dose of the sum is less than that of both methods: never less than once. What is told
of a place is added exactly: see ``by_methods``.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields

from shieldcalc.model.result import Doses
from shieldcalc.model.scene import Neighbour, Scene
from shieldcalc.physics.anywhere import ANYWHERE, UNITS
from shieldcalc.physics.components import DosesAt
from shieldcalc.physics.field import Field, Seen
from shieldcalc.physics.room import Xray, of_scene


def others_of(scene: Scene, field_of: Callable[[Scene], Field], doses_at: DosesAt, own: str) -> tuple[Seen, ...]:
    """Return the fields of the other rooms of a scene's site; ``own`` names this room's method, of ``doses_at``."""
    return tuple(_seen(each, field_of, doses_at, own) for each in scene.others)


def _seen(other: Neighbour, field_of: Callable[[Scene], Field], doses_at: DosesAt, own: str) -> Seen:
    xray = _xray(other)
    alike = xray is None or xray.doses_at == doses_at
    if xray is None or (alike and other.method == own):
        return Seen(other.room, field_of(other.scene), other.move)
    field = xray.fields(other.scene)[""]
    if alike:
        return Seen(other.room, field, other.move)
    counts = max(1.0, *_ratios(xray.doses_at, doses_at))
    return Seen(other.room, field, other.move, counts, other.method, xray.doses_at)


def _xray(other: Neighbour) -> Xray | None:
    """Return what the other room's own method makes of X-ray equipment, None where it is by this room's method."""
    if not other.method:
        return None
    from shieldcalc.plugins import method

    xray = method(other.method).xray
    return None if xray is None else of_scene(xray, other.scene)


def _ratios(theirs: DosesAt, own: DosesAt) -> Iterator[float]:
    """Yield what their method makes of one unit of week, hour and rate over what this room's makes of it."""
    for unit in UNITS:
        one, other = theirs(ANYWHERE, unit)[0], own(ANYWHERE, unit)[0]
        for name in (each.name for each in fields(Doses)):
            if getattr(one, name) and getattr(other, name):
                yield getattr(one, name) / getattr(other, name)
