"""A whole room by the Chinese practice: lead equivalents, beam-on rates at 0.3 m, yearly doses by hours."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from shieldcalc.errors import Notice
from shieldcalc.methods.gbz130.doses import doses_at
from shieldcalc.methods.gbz130.lead import TABLES, aimed_at, annex_notices, lead_equivalents
from shieldcalc.methods.gbz130.modes import mode_fields, mode_quantity
from shieldcalc.methods.gbz130.modes import notices as mode_notices
from shieldcalc.methods.gbz130.occupancy import occupied
from shieldcalc.methods.gbz130.require import require
from shieldcalc.methods.gbz130.scene_sources import CT, FLUOROSCOPES, field_of, placed
from shieldcalc.methods.gbz130.values import RULES, value
from shieldcalc.model.result import BarrierResult, LeadEquivalent, PointResult, Result
from shieldcalc.model.scene import Barrier, Point, Scene
from shieldcalc.physics.anywhere import dose_field
from shieldcalc.physics.components import point_result
from shieldcalc.physics.field import Field, tables_of
from shieldcalc.physics.places import beam_places
from shieldcalc.physics.quickly import worst_places
from shieldcalc.physics.room import Names, Worst, Xray, assessed, points_at, xray_method
from shieldcalc.physics.unshielded import unshielded, ward_notices

NAMES = Names(
    "gbz130",
    "GBZ 130-2020, lead equivalents, beam-on rates and yearly doses",
    "GBZ 130-2020, Radiological protection in diagnostic radiology, as practised by evaluation bodies",
)
KINDS = (
    *("radiography", "chest", "fluoroscopy", "radiography_fluoroscopy", "angiography", "cardiac_angiography"),
    *("interventional", "c_arm", "mammography", "ct", "intraoral_dental", "panoramic_dental", "dental_cbct"),
    *("skull_xray", "bone_density", "mobile_xray", "mobile_c_arm"),
)
Fields = Mapping[str, Field]


def compute(scene: Scene, points: tuple[Point, ...], places: Worst | None = None) -> Result:
    """Return rates and doses at the fixed points and at the worst places behind every assessed barrier.

    The worst place is searched for the week, the beam-on rate and the rate of each mode (6.3.1), each by itself.
    Overhead the points are 1.0 m above the floor. With ``places``, the worst places by barrier, none is searched.
    Raises OutsideDataError for a source without a beam-on rate.
    """
    scene = placed(scene)
    field, modes = field_of(scene), mode_fields(scene)
    worst = places or {each.id: tuple(_worst(field, modes, each)) for each in scene.barriers if assessed(each)}
    people = [occupied(point) for point in (*points, *(each for found in worst.values() for each in found))]
    computed = [_point(field, modes, point) for point, _ in people]
    said = [notice for _, notices in people for notice in notices]
    used = dict.fromkeys((RULES, *TABLES, *tables_of(field.radiations, field.terms)))
    used.update(dict.fromkeys(name for _, names in computed for name in names))
    aims = {source.id: aimed_at(scene, source) for source in scene.sources}
    return Result(
        method=NAMES.method,
        title=NAMES.title,
        reference=NAMES.reference,
        points=tuple(result for result, _ in computed),
        barriers=tuple(_barrier(scene, scene.by_id[name], (*found, *points), aims) for name, found in worst.items()),
        tables=tuple(used),
        notices=(*_notices(scene, field, said), *ward_notices(scene, tuple(result for result, _ in computed))),
        unshielded=unshielded(field, doses_at),
    )


def _worst(field: Field, modes: Fields, barrier: Barrier) -> Iterator[Point]:
    extra = beam_places(field.scene, barrier)
    places = worst_places(field, barrier, extra)
    for mode, own in modes.items():
        found = worst_places(own, barrier, extra)
        places |= {mode: found["beam_on"]} if "beam_on" in found else {}
    yield from points_at(barrier, places)


def _point(field: Field, modes: Fields, point: Point) -> tuple[PointResult, tuple[str, ...]]:
    """Return one point's doses, the rate of each mode that has its own among them."""
    found, tables, _ = point_result(field, point, doses_at)
    for mode, own in modes.items():
        by_mode, more, _ = point_result(own, point, doses_at)
        steps = tuple(step._replace(label=mode) for step in by_mode.steps if step.label == "beam_on")
        rate: dict[str, Any] = {mode_quantity(mode): by_mode.doses.h10_beam_on_uSv_per_h}
        found = replace(found, doses=replace(found.doses, **rate), steps=(*found.steps, *steps))
        tables = (*tables, *more)
    return found, tables


def _barrier(
    scene: Scene, barrier: Barrier, points: Iterable[Point], aims: Mapping[str, frozenset[str]]
) -> BarrierResult:
    """Return a barrier's points and lead equivalents; the smallest stands for the barrier."""
    found = tuple(lead for source in scene.sources for lead in lead_equivalents(barrier, source, aims[source.id]))
    smallest = min((each for each in found if each.lead_mm is not None), key=_lead, default=None)
    return BarrierResult(
        barrier=barrier.id,
        points=tuple(point.id for point in points if point.barrier == barrier.id),
        lead_equivalent_mm=smallest.lead_mm if smallest is not None else None,
        lead_equivalent_beam=smallest.beam if smallest is not None else "",
        lead_equivalents=found,
    )


def _lead(each: LeadEquivalent) -> float:
    return each.lead_mm or 0.0


def _notices(scene: Scene, field: Field, said: Iterable[Notice]) -> tuple[Notice, ...]:
    found = [*said, *(notice for each in field.radiations for notice in each.notices)]
    found.append(Notice("warnings.hour_not_computed", {"method": NAMES.method}))
    found += annex_notices(scene)
    found += mode_notices(scene)
    found.append(Notice("assumptions.gbz130_heights", {"height_m": value("above_floor_of_room_above_m")}))
    for source in scene.sources:
        reckoned = "scans" if source.kind == CT else "reckoned"
        code = reckoned if source.beam_on_hours_per_year is None else "declared"
        found.append(Notice(f"assumptions.gbz130_hours_{code}", {"source": source.id}))
    own = any(source.kind in FLUOROSCOPES for source in scene.sources)
    every = [source for each in (scene, *(other.scene for other in scene.others)) for source in each.sources]
    for source in every if own else ():
        if source.kind in FLUOROSCOPES and source.fluoroscopy_technique is None:
            found.append(Notice("warnings.gbz130_fluoroscopy_unknown", {"source": source.id}))
    if len(scene.sources) > 1:
        code = "beam_on_together" if field.together else "beam_on_one_at_a_time"
        found.append(Notice(f"assumptions.{code}", {}))
    return tuple({(each.code, repr(each.params)): each for each in found}.values())


def _fields(scene: Scene) -> dict[str, Field]:
    """Return the fields of the whole room and of each mode with a rate of its own."""
    return {"": field_of(scene), **{mode_quantity(mode): field for mode, field in mode_fields(scene).items()}}


_anywhere = dose_field(lambda scene: field_of(placed(scene)), doses_at)
METHOD = xray_method(NAMES, KINDS, Xray(compute, _fields, doses_at, require, _anywhere, placed))
