"""A whole room of gamma sources, and a method made of a choice of emitters."""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import replace
from itertools import combinations, product
from math import dist
from typing import Any

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.design import Beyond, Layer, Xyz
from shieldcalc.model.overlap import overlap
from shieldcalc.model.result import Goal, Method, Requirement, Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.photons.dose import KERMA
from shieldcalc.photons.materials import material
from shieldcalc.physics.anywhere import DoseAt, at_any_place
from shieldcalc.physics.gamma.containers import containers
from shieldcalc.physics.gamma.doses import DosesBy, doses_of
from shieldcalc.physics.gamma.emitter import Emitters
from shieldcalc.physics.gamma.field import Fields, GammaField, kept_fields
from shieldcalc.physics.gamma.open_site import open_notices, situations
from shieldcalc.physics.gamma.presence import whole_week
from shieldcalc.physics.gamma.require import requirer
from shieldcalc.physics.room import Names, room_result, with_xrays

ANYBODY = Beyond(kind="dwelling", name="", occupancy=1.0, designation="uncontrolled", person="public")
ANYWHERE = Point(id="", position=(0.0, 0.0, 0.0), barrier=None, beyond=ANYBODY)


def gamma_method(names: Names, kinds: tuple[str, ...], emitter_of: Emitters) -> Method:
    """Return the method that computes rooms of gamma sources, each source as ``emitter_of`` says.

    Its answers raise what ``emitter_of`` raises, and OutsideDataError for X-ray equipment, for materials without data
    and for points inside a container.
    """
    fields_of = kept_fields(emitter_of)
    alone = requirer(fields_of)

    def beside(scene: Scene) -> Any:
        """Return these sources with the X-ray equipment of the site's other rooms; None where there is none."""
        if not any(map(with_xrays, scene.others)):
            return None
        from shieldcalc.physics.mixed import beside

        return beside(scene, names, emitter_of)

    def compute(scene: Scene, points: tuple[Point, ...], options: Mapping[str, Any]) -> Result:  # noqa: ARG001
        both = beside(scene)
        found: Result = both.result(points) if both else _room(names, fields_of(scene), points)
        return found

    def require(
        scene: Scene, result: Result, barrier: str, goals: tuple[Goal, ...], materials: tuple[str, ...]
    ) -> tuple[Requirement, ...]:
        both, asked = beside(scene), (result, barrier, goals, materials)
        found: tuple[Requirement, ...] = both.require(*asked) if both else alone(scene, *asked)
        return found

    def field(scene: Scene, quantity: str) -> Callable[[Xyz], float | None]:
        both = beside(scene)
        at: Callable[[Xyz], float | None]
        at = both.dose_field(quantity) if both else dose_field(fields_of(scene), quantity)
        return at

    return Method(
        name=names.method,
        title=names.title,
        reference=names.reference,
        valid_for=kinds,
        compute=compute,
        require=require,
        adds_rooms=True,
        dose_field=field,
        emitter_of=emitter_of,
    )


def _room(names: Names, fields: Fields, points: tuple[Point, ...]) -> Result:
    """Return the doses at the fixed points and at the worst places, by H*(10), behind every assessed barrier."""
    refuse_inside(fields, points)
    found = room_result(
        names,
        fields.of(KERMA, False),
        points,
        DosesBy(fields),
        fields=lambda beyond: fields.pair(whole_week(beyond)),
    )
    said = (*presence_and_densities(fields), *open_notices(fields.scene), *fields.notices(found.points))
    return replace(
        found,
        notices=(*found.notices, *said),
        containers=tuple(containers(fields.scene, fields.emitters)),
        open_site=tuple(situations(fields.scene, fields.emitters)),
    )


def presence_and_densities(fields: Fields, uncounted: Container[Layer] = ()) -> list[Notice]:
    """Return how long people are there, at which densities layers count that declare none, and what shares space."""
    hours = fields.scene.working_hours_per_week
    said = [] if hours is None else [Notice("assumptions.gamma_presence", {"hours": f"{hours:g}"})]
    return [*said, *(_densities(fields, uncounted) if fields.emitters else ()), *_shared(fields.scene)]


def _shared(scene: Scene) -> Iterator[Notice]:
    """Yield which sources with nothing in them share a part of their space: both count, each with its own activity."""
    shapes = [(each.id, each.sealed.shape) for each in scene.sources if each.sealed and not each.sealed.filling]
    volumes = [(name, shape) for name, shape in shapes if shape is not None and shape.dimensions == 3]
    for (one, own), (other, its) in combinations(volumes, 2):
        if own != its and overlap(own, its):
            yield Notice("assumptions.gamma_shared_space", {"one": one, "other": other})


def _densities(fields: Fields, uncounted: Container[Layer]) -> list[Notice]:
    stacks = [*(each.around for each in fields.emitters.values()), *(each.layers for each in fields.scene.barriers)]
    stacks += fields.room.solids()
    layers: list[Layer] = [layer for stack in stacks for layer in stack if layer not in uncounted]
    assumed = dict.fromkeys(each.material for each in layers if each.density_g_per_cm3 is None)
    told = ", ".join(f"{name} {material(name).density():g} g/cm3" for name in assumed)
    return [Notice("assumptions.gamma_density", {"materials": told})] if told else []


def refuse_inside(fields: Fields, points: tuple[Point, ...]) -> None:
    """Refuse a point nearer to a source than the layers around it are thick."""
    for point, (source, place, nearest) in product(points, list(fields.containers())):
        if dist(point.position, place) <= nearest:
            raise OutsideDataError("gamma_inside", source=source, point=point.id, thickness=f"{nearest:g}")


def dose_field(fields: Fields, quantity: str) -> DoseAt:
    """Return one dose as a function of place, for somebody who may be there at any hour of the week."""
    kerma, h10 = fields.pair(True)
    field = h10 if quantity.startswith("h10") else kerma

    def of(one: GammaField) -> Callable[[Xyz], float | None]:
        found = at_any_place(one, lambda unit: doses_of(ANYWHERE, unit, unit)[0], quantity)
        return lambda position: None if fields.holds(position) else found(position)

    return DoseAt(of(field), field.ahead, of(field.exact()) if fields.approximate else None)
