"""Whole rooms by a document on therapy or industrial radiography: worst places, what each barrier needs, maps.

1 Gy of megavoltage photons and of cobalt counts as 1 Sv; with a tube in the room the bound of H*(10) for X rays holds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.design import Source
from shieldcalc.model.result import Doses, Goal, Method, PointResult, Requirement, Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.model.trace import Step
from shieldcalc.physics.anywhere import DoseField, dose_field
from shieldcalc.physics.components import DosesAt
from shieldcalc.physics.field import of_last_scene
from shieldcalc.physics.require import required_by
from shieldcalc.physics.room import Names, room_result
from shieldcalc.physics.therapy import room_equations
from shieldcalc.physics.therapy.document import CONCRETE, Document, cited
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.open_room import situations
from shieldcalc.physics.therapy.room_field import RoomField, Unit, shines_over
from shieldcalc.physics.therapy.rules import SKYSHINE, UNVERIFIED, rule
from shieldcalc.physics.yearly import Year

NCRP151_RULES = "therapy/ncrp151_rules.csv"
Units = Mapping[str, Callable[[Source], Unit]]
Require = Callable[..., tuple[Requirement, ...]]


def therapy_rooms(names: Names, document: Document, units: Units) -> Method:
    """Return the method that computes rooms of the kinds of ``units``, with the layers of a document."""

    @of_last_scene
    def field_of(scene: Scene) -> RoomField:
        return RoomField(scene, document, {source.id: unit_of(source, units) for source in scene.sources})

    by_quality = {tubes: _by_quality(document, tubes=tubes) for tubes in (False, True)}
    needs: dict[bool, Require] = {tubes: required_by(field_of, each) for tubes, each in by_quality.items()}
    maps: dict[bool, DoseField] = {tubes: dose_field(field_of, each) for tubes, each in by_quality.items()}

    def compute(scene: Scene, points: tuple[Point, ...], options: object) -> Result:  # noqa: ARG001
        field = field_of(scene)
        doses_at = by_quality[has_tube(scene)]
        found = told(field, room_result(names, field, points, doses_at))
        return replace(found, open_site=tuple(situations(scene, field, doses_at))) if scene.open_site else found

    def require(
        scene: Scene, result: Result, barrier: str, goals: tuple[Goal, ...], materials: tuple[str, ...]
    ) -> tuple[Requirement, ...]:
        return against_neutrons(needs[has_tube(scene)], scene, result, barrier, goals, materials)

    return Method(
        name=names.method,
        title=names.title,
        reference=names.reference,
        valid_for=tuple(units),
        compute=compute,
        require=require,
        dose_field=lambda scene, quantity: maps[has_tube(scene)](scene, quantity),
    )


def unit_of(source: Source, units: Units) -> Unit:
    """Return what radiates of a source; raises OutsideDataError for kinds that the document is not for."""
    if source.kind not in units:
        raise OutsideDataError("therapy_kind", source=source.id, kind=source.kind, allowed=", ".join(units))
    return units[source.kind](source)


def has_tube(scene: Scene) -> bool:
    """Return whether a source of a room is an X-ray tube."""
    return any(source.accelerator is None for source in scene.sources)


def told(field: RoomField, found: Result) -> Result:
    """Return a result whose points say what of their dose is not computed or not verified."""
    said = [Notice(UNVERIFIED, {"what": each.unverified}) for each in field.machines.values() if each.unverified]
    shines = not field.scene.open_site and shines_over(field)
    if not said and not shines:
        return found
    return replace(found, points=tuple(_with(field.scene, each, said, shines=shines) for each in found.points))


def _with(scene: Scene, found: PointResult, said: Sequence[Notice], *, shines: bool) -> PointResult:
    barrier = scene.by_id.get(found.point.barrier or "")
    beside = barrier is None or barrier.kind not in ("floor", "ceiling")
    sky = [Notice(SKYSHINE, {"point": found.point.id})] if shines and beside else []
    return replace(found, notices=(*found.notices, *said, *sky))


def against_neutrons(
    required: Require, scene: Scene, result: Result, barrier: str, goals: tuple[Goal, ...], materials: tuple[str, ...]
) -> tuple[Requirement, ...]:
    """Return the thickness of each material that keeps every goal; from 10 MV of concrete alone (neutrons)."""
    energies = (each for source in scene.sources if source.accelerator for each in source.accelerator.energies)
    if not any(Energy(MV=each.MV).makes_neutrons for each in energies):
        return required(scene, result, barrier, goals, materials)
    found = {each.material: each for each in required(scene, result, barrier, goals, (CONCRETE,))}
    nothing = [Requirement(material=name, required_mm=None, added_mm=None, reason="neutrons") for name in materials]
    return tuple(found.get(each.material, each) for each in nothing)


def _by_quality(document: Document, *, tubes: bool) -> DosesAt:
    """Return every dose quantity from week (mGy), hour (uGy) and rate (uGy/h)."""

    def doses_at(point: Point, own: Sequence[float | None]) -> tuple[Doses, tuple[Step, ...]]:
        bound = tubes or bool(point.beyond.other_contributions)
        h = None if bound else (rule(NCRP151_RULES, "sievert_per_gray"), "Sv/Gy")
        year = Year(room_equations.occupied, room_equations.year, document.rule("weeks_per_year"), h)
        doses, steps = year.doses_at(point, own)
        return doses, tuple(_cited(step, document.short, whole=h is not None) for step in steps)

    return doses_at


def _cited(step: Step, short: str, *, whole: bool) -> Step:
    return step._replace(source=room_equations.SIEVERT) if whole and "h" in step.inputs else cited(step, short)
