"""Industrial X rays on an open site: what tubes give at 1 m in the beam and outside it, leakage and scatter together.

Inverse square; no air, no scatter from ground and sky. Outside the beam scatter counts with its largest fraction over
all angles, and every tube works at once, as if all were at one place.
"""

from collections.abc import Iterator
from typing import Literal

from shieldcalc.errors import Notice
from shieldcalc.model.design import Beyond
from shieldcalc.model.result import Situation
from shieldcalc.model.scene import Point, Scene
from shieldcalc.physics.components import DosesAt
from shieldcalc.physics.gamma.boundary import least_m
from shieldcalc.physics.terms import QUANTITIES
from shieldcalc.physics.therapy.room_field import RoomField

Name = Literal["beam", "outside_beam"]
NOBODY = Beyond(kind="other", name="", occupancy=1.0, designation="uncontrolled", person="public")


def situations(scene: Scene, field: RoomField, doses_at: DosesAt) -> Iterator[Situation]:
    """Yield what everything gives 1 m from where it is, in the beam and outside it, by field of Doses."""
    if not scene.open_site:
        return
    point = Point(id="", position=(0.0, 0.0, 0.0), barrier=None, beyond=NOBODY)
    situation: tuple[tuple[Name, bool], ...] = (("beam", True), ("outside_beam", False))
    for name, inside in situation:
        own = [None if each in field.unknown else _sum(field, each, inside=inside) for each in QUANTITIES]
        doses = doses_at(point, own)[0]
        told = {key: getattr(doses, key) for key in doses.__dataclass_fields__ if getattr(doses, key) is not None}
        yield Situation(name=name, at_1m=told, least_m=least_m(None))


def _sum(field: RoomField, quantity: str, *, inside: bool) -> float:
    return sum(machine.at_1m(quantity, inside=inside) for machine in field.machines.values())


def open_notices(scene: Scene) -> Iterator[Notice]:
    """Yield what a reader of an open site's doses has to know."""
    if scene.open_site:
        yield Notice("warnings.therapy_open_site", {})
