"""A whole room of gamma sources, and a method made of a choice of emitters."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import dist
from typing import Any

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.design import Beyond, Layer, Xyz
from shieldcalc.model.result import Method, Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.photons.dose import KERMA
from shieldcalc.photons.materials import material
from shieldcalc.physics.gamma.doses import DosesBy, doses_of
from shieldcalc.physics.gamma.emitter import Emitter, Emitters
from shieldcalc.physics.gamma.field import Fields, kept_fields
from shieldcalc.physics.gamma.presence import whole_week
from shieldcalc.physics.gamma.require import requirer
from shieldcalc.physics.room import Names, room_result

ANYBODY = Beyond(kind="dwelling", name="", occupancy=1.0, designation="uncontrolled", person="public")


def gamma_method(names: Names, kinds: tuple[str, ...], emitter_of: Emitters) -> Method:
    """Return the method that computes rooms of gamma sources, each source as ``emitter_of`` says.

    Its answers raise what ``emitter_of`` raises, and OutsideDataError for X-ray equipment, for materials without data
    and for points inside a container.
    """
    fields_of = kept_fields(emitter_of)

    def compute(scene: Scene, points: tuple[Point, ...], options: Mapping[str, Any]) -> Result:  # noqa: ARG001
        return _room(names, fields_of(scene), points)

    return Method(
        name=names.method,
        title=names.title,
        reference=names.reference,
        valid_for=kinds,
        compute=compute,
        require=requirer(fields_of),
        adds_rooms=True,
        dose_field=lambda scene, quantity: _dose_field(fields_of(scene), quantity),
    )


def _room(names: Names, fields: Fields, points: tuple[Point, ...]) -> Result:
    """Return the doses at the fixed points and at the worst places, by H*(10), behind every assessed barrier."""
    _refuse_inside(fields.emitters, points)
    found = room_result(
        names,
        fields.of(KERMA, False),
        points,
        DosesBy(fields),
        fields=lambda beyond: fields.pair(whole_week(beyond)),
    )
    said = Notice("assumptions.gamma_presence", {"hours": f"{fields.scene.working_hours_per_week:g}"})
    return replace(found, notices=(*found.notices, said, *_densities(fields), *fields.room.notices(found)))


def _densities(fields: Fields) -> list[Notice]:
    """Return at which densities layers count that declare none."""
    stacks = [*(each.around for each in fields.emitters.values()), *(each.layers for each in fields.scene.barriers)]
    stacks += fields.room.solids()
    layers: list[Layer] = [layer for stack in stacks for layer in stack]
    assumed = dict.fromkeys(each.material for each in layers if each.density_g_per_cm3 is None)
    told = ", ".join(f"{name} {material(name).density():g} g/cm3" for name in assumed)
    return [Notice("assumptions.gamma_density", {"materials": told})] if told else []


def _refuse_inside(emitters: Mapping[str, Emitter], points: tuple[Point, ...]) -> None:
    """Refuse a point nearer to a source than the layers around it are thick."""
    for source, each in emitters.items():
        for point in points:
            if dist(point.position, each.position) <= each.nearest_m:
                thickness = f"{each.nearest_m:g}"
                raise OutsideDataError("gamma_inside", source=source, point=point.id, thickness=thickness)


def _dose_field(fields: Fields, quantity: str) -> "DoseField":
    """Return one dose as a function of place, for somebody who may be there at any hour of the week."""
    kerma, h10 = fields.pair(True)
    of = h10 if quantity.startswith("h10") else kerma

    def at(position: Xyz) -> float | None:
        if fields.room.holds(position):
            return None
        point = Point(id="", position=position, barrier=None, beyond=ANYBODY)
        try:
            sums = of.totals(position)
        except ZeroDivisionError:  # at a source
            return None
        found: float | None = getattr(doses_of(point, sums, sums)[0], quantity)
        return found

    return DoseField(at, lambda positions: of.ahead([each for each in positions if not fields.room.holds(each)]))


class DoseField:
    """One dose as a function of place; ``ahead`` is told of many places before they are asked for."""

    def __init__(self, at: Callable[[Xyz], float | None], ahead: Callable[[Sequence[Xyz]], None]) -> None:
        self.at, self.ahead = at, ahead

    def __call__(self, position: Xyz) -> float | None:
        """Return the dose at a place, None where none is computed."""
        return self.at(position)
