"""A whole room of sealed gamma sources by the point kernel."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import dist
from typing import Any

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.methods.point_kernel.doses import DosesBy, doses_of
from shieldcalc.methods.point_kernel.field import KINDS, fields_of
from shieldcalc.methods.point_kernel.presence import whole_week
from shieldcalc.methods.point_kernel.require import require
from shieldcalc.model.design import Beyond, Layer, Xyz
from shieldcalc.model.result import Method, Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.photons.dose import KERMA
from shieldcalc.photons.materials import material
from shieldcalc.physics.room import Names, room_result

NAMES = Names(
    "point_kernel",
    "Point kernel (sealed gamma sources)",
    "J. K. Shultis and R. E. Faw, Radiation Shielding; buildup ANSI/ANS-6.4.3-1991; nuclides ICRP Publication 107"
    " (2008); air kerma and H*(10) ICRP Publication 74 (1996)",
)
ANYBODY = Beyond(kind="dwelling", name="", occupancy=1.0, designation="uncontrolled", person="public")


def compute(scene: Scene, points: tuple[Point, ...], options: Mapping[str, Any]) -> Result:  # noqa: ARG001
    """Return the doses at the fixed points and at the worst places, by H*(10), behind every assessed barrier.

    Raises OutsideDataError for X-ray equipment, for sources and materials without data, for points inside a container.
    """
    fields = fields_of(scene)
    _refuse_inside(scene, points)
    found = room_result(
        NAMES,
        fields.of(KERMA, False),
        points,
        DosesBy(fields),
        fields=lambda beyond: fields.pair(whole_week(beyond)),
    )
    said = Notice("assumptions.gamma_presence", {"hours": f"{scene.working_hours_per_week:g}"})
    return replace(found, notices=(*found.notices, said, *_densities(scene)))


def _densities(scene: Scene) -> list[Notice]:
    """Return at which densities layers count that declare none."""
    around = [(*each.sealed.container, *each.sealed.shield) for each in scene.sources if each.sealed]
    layers = [layer for stack in (*around, *(barrier.layers for barrier in scene.barriers)) for layer in stack]
    assumed = dict.fromkeys(each.material for each in layers if each.density_g_per_cm3 is None)
    told = ", ".join(f"{name} {material(name).density():g} g/cm3" for name in assumed)
    return [Notice("assumptions.gamma_density", {"materials": told})] if told else []


def _around_m(layers: tuple[Layer, ...]) -> float:
    return sum(each.thickness_mm for each in layers) / 1000


def _refuse_inside(scene: Scene, points: tuple[Point, ...]) -> None:
    """Refuse a point nearer to a source than the layers around it are thick."""
    for source in scene.sources:
        thick = 0.0 if source.sealed is None else _around_m((*source.sealed.container, *source.sealed.shield))
        for point in points:
            if source.sealed is not None and dist(point.position, source.sealed.position) <= thick:
                raise OutsideDataError("gamma_inside", source=source.id, point=point.id, thickness=f"{thick:g}")


def dose_field(scene: Scene, quantity: str) -> Callable[[Xyz], float | None]:
    """Return one dose as a function of place, for somebody who may be there at any hour of the week."""
    fields = fields_of(scene)
    kerma, h10 = fields.pair(True)
    inside = [(each.sealed.position, _around_m(each.sealed.container)) for each in scene.sources if each.sealed]

    def at(position: Xyz) -> float | None:
        if any(dist(position, place) <= thick for place, thick in inside):
            return None
        point = Point(id="", position=position, barrier=None, beyond=ANYBODY)
        by_h10 = quantity.startswith("h10")
        try:
            sums = (h10 if by_h10 else kerma).totals(position)
        except ZeroDivisionError:  # at a source
            return None
        found: float | None = getattr(doses_of(point, sums, sums)[0], quantity)
        return found

    return at


METHOD = Method(
    name=NAMES.method,
    title=NAMES.title,
    reference=NAMES.reference,
    valid_for=KINDS,
    compute=compute,
    require=require,
    adds_rooms=True,
    dose_field=dose_field,
)
