"""A whole treatment room by NCRP Report No. 151: accelerators, walls, worst places, what each barrier needs."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from shieldcalc.errors import OutsideDataError
from shieldcalc.methods.ncrp151.document import NCRP151
from shieldcalc.model.design import Source
from shieldcalc.model.result import Doses, Goal, Method, Requirement, Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.model.trace import Step
from shieldcalc.physics.anywhere import dose_field
from shieldcalc.physics.field import of_last_scene
from shieldcalc.physics.require import required_by
from shieldcalc.physics.room import Names, room_result
from shieldcalc.physics.therapy import room_equations
from shieldcalc.physics.therapy.machine import Machine
from shieldcalc.physics.therapy.room_field import RoomField, against_neutrons, makes_neutrons, with_unknown
from shieldcalc.physics.yearly import Year

KINDS = ("linac",)
NAMES = Names(
    "ncrp151",
    "NCRP Report No. 151, sections 2 and 3",
    "NCRP Report No. 151, Structural Shielding Design and Evaluation for Megavoltage X- and Gamma-Ray Radiotherapy "
    "Facilities (2005)",
)


def doses_at(point: Point, own: Sequence[float | None]) -> tuple[Doses, tuple[Step, ...]]:
    """Return every dose quantity from week (mGy), hour (uGy) and rate (uGy/h): 50 weeks a year, 1 Gy as 1 Sv.

    Where air kerma of others is declared, the bound of H*(10) for X rays holds for all.
    """
    h = None if point.beyond.other_contributions else (NCRP151.rule("sievert_per_gray"), "Sv/Gy")
    year = Year(room_equations.occupied, room_equations.year, NCRP151.rule("weeks_per_year"), h)
    doses, steps = year.doses_at(point, own)
    return doses, steps if h is None else tuple(map(_one_sievert, steps))


def _one_sievert(step: Step) -> Step:
    """Return a step to sieverts with what the report says of them."""
    return step._replace(source=room_equations.SIEVERT) if "h" in step.inputs else step


def _machine(source: Source, scene: Scene) -> Machine:
    if source.kind not in KINDS:
        raise OutsideDataError("therapy_kind", source=source.id, kind=source.kind, allowed=", ".join(KINDS))
    return Machine(source, NCRP151, scene)


@of_last_scene
def field_of(scene: Scene) -> RoomField:
    """Return the dose field of a treatment room; raises OutsideDataError for other equipment and outside the tables."""
    return RoomField(scene, NCRP151, {source.id: _machine(source, scene) for source in scene.sources})


def compute(scene: Scene, points: tuple[Point, ...], options: object) -> Result:  # noqa: ARG001
    """Return the doses at the fixed points and at the worst places behind every assessed barrier.

    Points where skyshine over the roof or photons of a maze are not known say so: they are not in their dose.
    """
    field = field_of(scene)
    found = room_result(NAMES, field, points, doses_at)
    return replace(found, points=tuple(with_unknown(field, found.points)))


_required: Callable[..., tuple[Requirement, ...]] = required_by(field_of, doses_at)


def require(
    scene: Scene, result: Result, barrier: str, goals: tuple[Goal, ...], materials: tuple[str, ...]
) -> tuple[Requirement, ...]:
    """Return the thickness of each material that keeps every goal; metal alone does not keep neutrons back."""
    found = _required(scene, result, barrier, goals, materials)
    return tuple(map(against_neutrons, found)) if makes_neutrons(scene) else found


METHOD = Method(
    name=NAMES.method,
    title=NAMES.title,
    reference=NAMES.reference,
    valid_for=KINDS,
    compute=compute,
    require=require,
    dose_field=dose_field(field_of, doses_at),
)
