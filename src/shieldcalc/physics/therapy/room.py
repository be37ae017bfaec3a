"""A whole treatment room by one document: accelerators, walls, maze, worst places, what each barrier needs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from shieldcalc.errors import OutsideDataError
from shieldcalc.model.design import Source
from shieldcalc.model.result import Doses, Goal, Method, Requirement, Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.model.trace import Step
from shieldcalc.physics import require as requirements
from shieldcalc.physics.anywhere import dose_field
from shieldcalc.physics.beside import others_of
from shieldcalc.physics.field import Field
from shieldcalc.physics.last_scene import of_last_scene
from shieldcalc.physics.room import Names, Solve, Worst, Xray, room_result, xray_method
from shieldcalc.physics.therapy import room_equations
from shieldcalc.physics.therapy.document import Document, cited
from shieldcalc.physics.therapy.door_layers import door_layers
from shieldcalc.physics.therapy.machine import Machine
from shieldcalc.physics.therapy.open_room import open_notices, situations
from shieldcalc.physics.therapy.room_field import RoomField
from shieldcalc.physics.therapy.room_told import against_neutrons, computed_against_neutrons, makes_neutrons, mazes_of
from shieldcalc.physics.therapy.rules import DUCT, MAZE, SKYSHINE, rule
from shieldcalc.physics.therapy.unit import Unit
from shieldcalc.physics.yearly import Year

NCRP151_RULES = "therapy/ncrp151_rules.csv"
Make = Callable[[Source, Document, Scene], Unit]
Units = Mapping[str, Make]
LINAC: Units = {"linac": Machine}


class Rooms:
    """Rooms of ``units`` by one document, as a method asks for them."""

    def __init__(self, names: Names, document: Document, units: Units) -> None:
        self.names, self.document, self.units = names, document, units
        self.field_of = of_last_scene(self._field)

    def _field(self, scene: Scene) -> RoomField:
        """Return the dose field of a room; raises OutsideDataError for other equipment and outside the tables."""
        machines = {source.id: self._machine(source, scene) for source in scene.sources}
        return RoomField(
            scene, self.document, machines, others_of(scene, self._field, self.doses_at, self.names.method)
        )

    def _machine(self, source: Source, scene: Scene) -> Unit:
        if source.kind not in self.units:
            raise OutsideDataError("therapy_kind", source=source.id, kind=source.kind, allowed=", ".join(self.units))
        return self.units[source.kind](source, self.document, scene)

    def doses_at(self, point: Point, own: Sequence[float | None]) -> tuple[Doses, tuple[Step, ...]]:
        """Return every dose quantity from week (mGy), hour (uGy) and rate (uGy/h): 1 Gy as 1 Sv.

        Where air kerma of others is declared, and in documents on tubes, the bound of H*(10) for X rays holds for all.
        """
        bound = self.tubes or bool(point.beyond.other_contributions)
        h = None if bound else (rule(NCRP151_RULES, "sievert_per_gray"), "Sv/Gy")
        year = Year(room_equations.occupied, room_equations.year, self.document.rule("weeks_per_year"), h)
        doses, steps = year.doses_at(point, own)
        return doses, tuple(self._cited(step, whole=h is not None) for step in steps)

    @property
    def tubes(self) -> bool:
        """Return whether the units are X-ray tubes."""
        return "industrial_xray" in self.units or "orthovoltage" in self.units

    def _cited(self, step: Step, *, whole: bool) -> Step:
        """Return a step with what the document says of it, a step to sieverts of whole grays with that."""
        if whole and "h" in step.inputs:
            return step._replace(source=room_equations.SIEVERT)
        return cited(step, self.document.short)

    def compute(self, scene: Scene, points: tuple[Point, ...], worst: Worst | None = None) -> Result:
        """Return the doses at the fixed points and at the worst places behind every assessed barrier."""
        field = self.field_of(scene)
        found = room_result(self.names, field, points, self.doses_at, places=worst)
        return replace(
            found,
            notices=(*found.notices, *open_notices(scene)),
            mazes=tuple(mazes_of(field)),
            open_site=tuple(situations(scene, field, self.doses_at)),
        )

    def require(
        self,
        scene: Scene,
        result: Result,
        barrier: str,
        goals: tuple[Goal, ...],
        materials: tuple[str, ...],
        solve: Solve = requirements.require,
    ) -> tuple[Requirement, ...]:
        """Return the thickness of each material that keeps every goal; from 10 MV of concrete, lead and steel alone.

        Of lead and steel where the neutrons that a beam makes in them are computed.
        None where a part of the dose at a place of the barrier is not known (photons of a maze, what a duct lets
        through, skyshine): what keeps the rest would say too little.
        """
        if _part_unknown(result, goals):
            reason = "undetermined"
            return tuple(
                Requirement(material=each, required_mm=None, added_mm=None, reason=reason) for each in materials
            )
        field = self.field_of(scene)
        if not makes_neutrons(scene):
            return solve(field, self.doses_at, result, barrier, goals, materials)
        computed = computed_against_neutrons(field, self.document, result, barrier)
        known = tuple(each for each in materials if each in computed)
        found = map(against_neutrons, solve(field, self.doses_at, result, barrier, goals, known))
        by_name = {each.material: each for each in found}
        nothing = (Requirement(material=each, required_mm=None, added_mm=None, reason="neutrons") for each in materials)
        needs = tuple(by_name.get(each.material, each) for each in nothing)
        if scene.by_id[barrier].kind != "door":
            return needs
        return (*needs, door_layers(self.document, field, self.doses_at, result, barrier, goals))

    def fields(self, scene: Scene) -> Mapping[str, Field]:
        """Return the field of a scene."""
        return {"": self.field_of(scene)}


def _part_unknown(result: Result, goals: tuple[Goal, ...]) -> bool:
    """Return whether a part of the dose is not known at a place that a goal is for."""
    aimed = {goal.point for goal in goals}
    said = (notice for each in result.points if each.point.id in aimed for notice in each.notices)
    return any(notice.code in (MAZE, DUCT, SKYSHINE) for notice in said)


def therapy_method(names: Names, document: Document, units: Units = LINAC) -> Method:
    """Return the method that computes rooms of ``units`` by a document, gamma sources in or beside them added."""
    rooms = Rooms(names, document, units)
    field = partial(_field_of, rooms)
    xray = Xray(rooms.compute, rooms.fields, rooms.doses_at, rooms.require, dose_field(field, rooms.doses_at))
    return xray_method(names, tuple(units), xray)


def _field_of(rooms: Rooms, scene: Scene) -> RoomField:
    return rooms.field_of(scene)
