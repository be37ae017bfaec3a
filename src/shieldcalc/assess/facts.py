"""Design, Scene and Result -> Facts: everything that rules may read. A fact not known names the key to fill in."""

from collections.abc import Iterable, Iterator
from typing import Any

from shieldcalc.assess.directions import beam_facts
from shieldcalc.assess.kinds import is_radiation_equipment, is_tube, kinds_of
from shieldcalc.assess.lead import constraint_facts, lead_facts
from shieldcalc.assess.protective import protective_facts
from shieldcalc.assess.sealed import container_facts, part_not_known, sources_not_known
from shieldcalc.assess.size import shortest_side, usable_area
from shieldcalc.assess.unseen import NOBODY, places_without_dose
from shieldcalc.assess.ward import INSIDE_WARD, in_ward, operator_facts, ward_facts
from shieldcalc.builtins import places
from shieldcalc.errors import Notice
from shieldcalc.model.build import UNREACHED_ROOF
from shieldcalc.model.design import Beyond, Design, Screen, Source
from shieldcalc.model.result import Doses, Fact, PointResult, Result
from shieldcalc.model.scene import Barrier, Point, Scene
from shieldcalc.regulations.evaluate import HOUR, INSTANT, WHOLE
from shieldcalc.regulations.taxonomy import is_a, taxonomy
from shieldcalc.regulations.view import ROOM, SUBJECT

_DECLARED = (
    "warning_sign_over_entrance",
    "warning_lamp_at_entrance",
    "safety_rules_posted",
    "notice_board",
    "lamp_linked_to_door",
    "entrance_door",
    "door_self_closing",
    "door_anti_pinch",
    "nobody_waits_inside",
    "operator_protection_provided",
    "simultaneous_operation",
    "in_residential_area",
)
_CONSOLE = {"adjoining": "adjoining", "patient_view": "patient_view", "patient_contact": "patient_contact"}
FLUOROSCOPY = "fluoroscopy"
WHOLE_ROOM = "h10_beam_on_uSv_per_h"
BY_MODE = ("radiography", "listed_devices")  # the whole room's rate where the method has none of the mode alone
WORKING_DAY, WORKING_DAY_H = "mean_8h", 8
FLUOROSCOPES = ("fluoroscopy", "interventional_xray", "angiography_cardiac_with_contrast")
_AVERAGING = {"beam_on": INSTANT, "hour": HOUR}


def facts_of(design: Design, scene: Scene, result: Result) -> tuple[Fact, ...]:
    """Return the facts of one room computed by one method.

    Subjects: the room, each tube, each other source, each declared beam, each barrier against each source, each point.
    Dose facts carry the units of the taxonomy: uSv/h for beam-on and for the mean of the busiest hour
    (occupancy never enters), mSv/year with occupancy and with T = 1, mGy of air kerma a week and a year with occupancy.
    """
    return (
        *room_facts(design, scene),
        *lead_facts(design, result),
        *(fact for point in result.points for fact in _point(design, scene, result.method, point)),
        *container_facts(result),
        *sources_not_known(design, scene),
        *places_without_dose(design, scene, result),
    )


def room_facts(design: Design, scene: Scene) -> tuple[Fact, ...]:
    """Return the facts of one room that no method computes: of the room, its sources, beams and protective means."""
    return (
        *_room(design, scene),
        *(fact for source in design.sources for fact in (_tube if is_tube(source) else _source)(source)),
        *beam_facts(design, scene, passage),
        *protective_facts(design),
    )


def not_assessed(design: Design, scene: Scene) -> Iterator[Notice]:
    """Return the faces that nobody is behind, the roof that nobody reaches, the screen whose top counts in the rate."""
    faces = ((barrier.id, barrier.beyond) for barrier in scene.barriers if barrier.beyond is not None)
    for name, beyond in (*faces, *((point.id, point.beyond) for point in design.points)):
        if beyond.kind == NOBODY:
            yield Notice("assumptions.not_assessed", {"place": name, "said": beyond.name or NOBODY})
        elif beyond.kind == UNREACHED_ROOF:
            yield Notice("assumptions.unreached_roof", {"place": name, "said": beyond.name})
    for screen in design.screens:
        known = screen.scatter_over_top_uSv_per_h is not None and screen.height_m < design.height_m
        if known and design.console is not None and design.console.screen == screen.id:
            yield Notice("assumptions.scatter_over_top", {"screen": screen.id})


def passage(beyond: Beyond) -> bool:
    """Return whether the public passes there: as its kind says, unless the file has staff where the kind has public."""
    row = places().get(beyond.kind, {})
    staffed = row.get("person") == "public" and beyond.person != "public"
    return bool(row.get("public_passage", True)) and not staffed


def _room(design: Design, scene: Scene) -> Iterator[Fact]:
    def fact(quantity: str, value: Any, unit: str = "", key: str = "") -> Fact:
        return Fact(subject=ROOM, quantity=quantity, value=value, unit=unit, provenance=key)

    kinds = kinds_of(design)
    neighbours = [
        barrier.beyond for barrier in scene.barriers if barrier.beyond is not None and barrier.kind != "screen"
    ]
    rows = [places().get(beyond.kind, {}) for beyond in neighbours]
    yield Fact(subject=ROOM, quantity=SUBJECT, value=ROOM, place="equipment_room", equipment=kinds)
    yield fact("used_at_bedside", design.ward, key="room.ward")
    yield fact("open_site", design.open_site, key="room.open_site")
    yield fact("usable_floor_area", usable_area(design), "m2", "room.plan")
    yield fact("shortest_side", shortest_side(design), "m", "room.plan")
    devices = {source.device for source in design.sources if is_radiation_equipment(source)}
    yield fact("devices_per_room", float(len(devices)), "count", "source")
    tubes = tuple(filter(is_tube, design.sources))
    yield fact("tubes_in_room", float(len(tubes)), "count", "source")
    yield fact("tube_voltage_max", _voltage(tubes), "kV", "source.maximum_technique")
    yield fact("adjacent_departments", tuple(row["department"] for row in rows if row.get("department")), key="beyond")
    yield fact("adjacent_places", tuple(name for row in rows for name in row.get("places", ())), key="beyond")
    yield from (fact(name, getattr(design.declarations, name), key=f"declarations.{name}") for name in _DECLARED)
    yield from _console(design)
    yield from constraint_facts(design)
    if design.reading_15_3 is not None:
        yield fact("reading_of_15.3", _AVERAGING[design.reading_15_3.averaging], key=design.reading_15_3.document)


def _voltage(sources: tuple[Source, ...]) -> float | None:
    """Return the highest tube voltage of the maximum techniques in kV, None while one is not declared."""
    found = [source.max_technique.kv if source.max_technique else source.ct_kv for source in sources]
    known = [kv for kv in found if kv is not None]
    return max(known) if known and len(known) == len(found) else None


def _console(design: Design) -> Iterator[Fact]:
    console = design.console
    for quantity, name in {"location": "location", **_CONSOLE}.items():
        value = None if console is None else getattr(console, name)
        yield Fact(subject=ROOM, quantity=f"console_{quantity}", value=value, provenance=f"console.{name}")
    screen = None if console is None else console.screen is not None
    yield Fact(subject=ROOM, quantity="console_screen", value=screen, provenance="console.screen")


def _source(source: Source) -> Iterator[Fact]:
    """Name what is neither a tube nor a scanner: what is known of its container has this subject."""
    yield Fact(subject=source.id, quantity=SUBJECT, value="source", equipment=(source.kind,))


def _tube(source: Source) -> Iterator[Fact]:
    key = f"source.{source.id}"
    leakage = source.leakage if source.leakage is not None and source.leakage.declared else None
    yield Fact(subject=source.id, quantity=SUBJECT, value="tube", place="tube_head", equipment=(source.kind,))
    yield Fact(
        subject=source.id, quantity="patient_table", value=source.patient_table, provenance=f"{key}.patient_table"
    )
    yield from operator_facts(source)
    for name in ("scan_posture", "whole_body"):
        yield Fact(subject=source.id, quantity=name, value=getattr(source, name), provenance=f"{key}.{name}")
    yield Fact(subject=source.id, quantity="vehicle_mounted", value=source.vehicle_mounted)
    for name, value, unit, at in (
        ("temporary_controlled_zone", source.controlled_zone_m, "m", "temporary_controlled_zone"),
        ("staff_position_rate", source.staff_position_uSv_per_h, "uSv/h", "staff_position_rate"),
    ):
        yield Fact(subject=source.id, quantity=name, value=value, unit=unit, provenance=f"{key}.{at}")
    yield Fact(
        subject=source.id,
        quantity="leakage_known_to_highest_voltage",
        value=_covers_all_modes(source),
        provenance=f"{key}.leakage.kv",
    )
    yield Fact(
        subject=source.id,
        quantity="air_kerma_rate_leakage",
        value=None if leakage is None else leakage.rate_mGy_per_h,
        unit="mGy/h",
        provenance=f"{key}.leakage"
        if leakage is None
        else f"{leakage.rate_mGy_per_h:g} mGy/h, {leakage.kv:g} kV, {leakage.current_mA:g} mA",
    )


def _covers_all_modes(source: Source) -> bool | None:
    """Return whether the leakage is declared at the highest declared voltage or above; None where it is not."""
    leakage, highest = source.leakage, _voltage((source,))
    declared = leakage is not None and leakage.declared
    return True if leakage and declared and (highest is None or leakage.kv >= highest) else None


def _point(design: Design, scene: Scene, method: str, result: PointResult) -> Iterator[Fact]:
    point, beyond = result.point, result.point.beyond
    inside = _in_room(design, scene, point)
    kind = "console_in_room" if inside else beyond.kind
    names = ("console_in_room",) if inside else tuple(places().get(beyond.kind, {}).get("places", ()))
    names = (INSIDE_WARD,) if in_ward(design, point) else names
    kinds = kinds_of(design)
    head: dict[str, Any] = {"subject": point.id, "place": kind, "person": beyond.person, "equipment": kinds}
    yield Fact(quantity=SUBJECT, value="point", **head)
    yield Fact(subject=point.id, quantity="place", value=names)
    yield Fact(subject=point.id, quantity="designation", value=beyond.designation, provenance="beyond.designation")
    day = _working_day(result.doses)
    said: dict[str, Any] = {"averaging": WORKING_DAY, "unit": "uSv/h", "method": method, "provenance": method}
    yield Fact(quantity="ambient_dose_equivalent_rate", value=day, **said, **head)
    yield Fact(subject=point.id, quantity="occupancy", value=beyond.occupancy)
    week = 1e3 * result.doses.h10_week_mSv * beyond.occupancy
    said |= {"averaging": "per_week", "unit": "uSv/week"}
    yield Fact(quantity="ambient_dose_equivalent", value=week, **said, **head)
    yield Fact(subject=point.id, quantity="occupied", value=beyond.occupancy > 0 and beyond.kind != NOBODY)
    yield from ward_facts(design, scene, result)
    low = _low_wall(scene, point)
    if low is not None:
        yield Fact(subject=point.id, quantity=WHOLE, value=None, provenance=f"wall.{low.id}")
    else:
        yield from part_not_known(design, scene, result)
    for (quantity, averaging), row in taxonomy().doses.items():
        value = getattr(result.doses, row.dose)
        value = getattr(result.doses, WHOLE_ROOM) if averaging in BY_MODE and value is None else value
        if value is not None or averaging != FLUOROSCOPY or _fluoroscopy_unknown(design, scene):
            known, source = _behind_screen(design, point, inside, averaging, value, method)
            unit = row.unit
            by: dict[str, Any] = {"averaging": averaging, "provenance": source, "method": method}
            yield Fact(quantity=quantity, value=known, unit=unit, **by, **head)


def _working_day(doses: Doses) -> float:
    """Return the most that the mean rate of a working day can be in uSv/h: the busiest hour, or the week in one day."""
    in_one_day = 1e3 * doses.h10_week_mSv / WORKING_DAY_H
    return in_one_day if doses.h10_hour_uSv is None else min(doses.h10_hour_uSv, in_one_day)


def _fluoroscopy_unknown(design: Design, scene: Scene) -> bool:
    """Return whether a room that can do fluoroscopy, or another on its site, does not say at what technique."""
    own = _fluoroscopes(design.sources)
    others = [source for other in scene.others for source in _fluoroscopes(other.scene.sources)]
    return bool(own) and any(source.fluoroscopy_technique is None for source in (*own, *others))


def _fluoroscopes(sources: Iterable[Source]) -> list[Source]:
    kinds = taxonomy().equipment
    return [source for source in sources if is_a(kinds, source.kind, FLUOROSCOPES)]


def _low_wall(scene: Scene, point: Point) -> Barrier | None:
    """Return the wall at a point (that of an opening: its host) where it ends below the ceiling."""
    barrier = scene.by_id.get(point.barrier or "")
    wall = scene.by_id.get(barrier.host, barrier) if barrier is not None and barrier.host else barrier
    low = wall is not None and wall.kind == "wall" and wall.top_m < scene.height_m
    return wall if low else None


def _in_room(design: Design, scene: Scene, point: Point) -> bool:
    """Return whether somebody at this point works the console inside the room."""
    if design.console is None or design.console.location != "in_room":
        return False
    behind = scene.by_id.get(point.barrier or "")
    return point.role == "console" or (behind is not None and behind.kind == "screen")


def _behind_screen(
    design: Design, point: Point, inside: bool, averaging: str, value: float | None, method: str
) -> tuple[float | None, str]:
    """Return a dose with what comes over a part-height screen, as far as the file says it, and where it comes from.

    The declared scatter over the top is a beam-on rate; its mean over the busiest hour is not known. Where none is
    declared, no dose there is known.
    """
    if value is None:
        return None, _MISSING.get(averaging, "source")
    screen = _screen(design, point) if inside else None
    if screen is None or screen.height_m >= design.height_m:
        return value, method
    if averaging not in (*_AVERAGING.values(), *BY_MODE) and screen.scatter_over_top_uSv_per_h is not None:
        return value, f"{method} - screen.{screen.id}.scatter_over_top"
    over = screen.scatter_over_top_uSv_per_h if averaging in (INSTANT, *BY_MODE) else None
    if over is None:
        return None, f"screen.{screen.id}.scatter_over_top"
    return value + over, f"{method} + screen.{screen.id}.scatter_over_top"


_MISSING = {
    INSTANT: "source.maximum_technique",
    **dict.fromkeys(BY_MODE, "source.maximum_technique"),
    FLUOROSCOPY: "source.fluoroscopy_technique",
    HOUR: "patients_in_busiest_hour | in_busiest_hour",
}


def _screen(design: Design, point: Point) -> Screen | None:
    name = point.barrier or (design.console.screen if design.console else None)
    return next((screen for screen in design.screens if screen.id == name), None)
