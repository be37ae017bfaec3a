"""Facts from a design: what is declared, what the geometry says, what is not known and which key would say it."""

import re
from dataclasses import replace
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from shieldcalc import plugins
from shieldcalc.assess.facts import facts_of
from shieldcalc.assess.size import shortest_side, usable_area
from shieldcalc.model.aim import barriers_met, field_slope
from shieldcalc.model.build import scene_of
from shieldcalc.model.design import Beam, Beyond, Console, Declarations, Design, Screen
from shieldcalc.model.judging import Reading
from shieldcalc.model.loader import load
from shieldcalc.model.result import Doses, Fact, PointResult, Result
from shieldcalc.model.scene import Point

ROOM = Path(__file__).parents[2] / "examples" / "district_hospital_radiography.toml"
CORRIDOR = Beyond(kind="corridor", name="corridor", occupancy=0.2, designation="uncontrolled", person="public")
DOSES = Doses(
    air_kerma_beam_on_uGy_per_h=4.0,
    air_kerma_hour_uGy=1.0,
    air_kerma_week_mGy=0.01,
    air_kerma_week_occupied_mGy=0.002,
    air_kerma_year_mGy=0.1,
    air_kerma_year_full_occupancy_mGy=0.5,
    h10_beam_on_uSv_per_h=7.08,
    h10_hour_uSv=1.77,
    h10_week_mSv=0.0177,
    h10_year_mSv=0.177,
    h10_year_full_occupancy_mSv=0.885,
)


@cache
def design() -> Design:
    return load(str(ROOM), plugins.catalog())


def facts(room: Design, point: Point | None = None, doses: Doses = DOSES) -> dict[tuple[str, str, str], Fact]:
    point = point or Point(id="p", position=(3.0, 4.9, 1.0), barrier="north_corridor", beyond=CORRIDOR)
    found = PointResult(point=point, doses=doses, components=())
    result = Result(method="m", title="", reference="", points=(found,), barriers=(), tables=())
    return {(f.subject, f.quantity, f.averaging): f for f in facts_of(room, scene_of(room), result)}


def value(room: Design, subject: str, quantity: str, averaging: str = "none") -> Any:
    return facts(room)[subject, quantity, averaging].value


def test_doses_are_carried_by_averaging_and_occupancy_never_enters_a_rate() -> None:
    found = facts(design())
    assert found["p", "ambient_dose_equivalent_rate", "instant"].value == 7.08
    assert found["p", "ambient_dose_equivalent_rate", "any_one_hour"].value == 1.77
    assert found["p", "ambient_dose_equivalent", "per_year"].value == 0.177
    assert found["p", "ambient_dose_equivalent", "per_year_full_occupancy"].value == 0.885
    assert found["p", "air_kerma", "per_week"].value == 0.002
    assert found["p", "ambient_dose_equivalent_rate", "instant"].provenance == "m"


@pytest.mark.parametrize(
    ("field", "averaging", "key"),
    [
        ("h10_beam_on_uSv_per_h", "instant", "source.maximum_technique"),
        ("h10_hour_uSv", "any_one_hour", "patients_in_busiest_hour | in_busiest_hour"),
    ],
)
def test_a_dose_that_is_not_known_names_the_key(field: str, averaging: str, key: str) -> None:
    found = facts(design(), doses=replace(DOSES, **{field: None}))["p", "ambient_dose_equivalent_rate", averaging]
    assert (found.value, found.provenance) == (None, key)


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        ("usable_floor_area", 24.75),
        ("shortest_side", 4.5),
        ("devices_per_room", 1.0),
        ("tube_voltage_max", 125.0),
        ("adjacent_departments", ()),
        ("in_residential_area", False),
        ("simultaneous_operation", None),
        ("console_location", "outside"),
        ("console_screen", False),
        ("reading_of_15.3", "any_one_hour"),
    ],
)
def test_the_room(quantity: str, expected: object) -> None:
    assert value(design(), "room", quantity) == expected


def test_what_is_not_declared_is_not_known() -> None:
    bare = replace(design(), declarations=Declarations(), console=None, reading_15_3=None)
    found = facts(bare)
    lamp = found["room", "warning_lamp_at_entrance", "none"]
    assert (lamp.value, lamp.provenance) == (None, "declarations.warning_lamp_at_entrance")
    assert (found["room", "console_location", "none"].value, found["tube.table", "beam_at_console", "none"].value) == (
        None,
        None,
    )
    assert ("room", "reading_of_15.3", "none") not in found


def test_the_reading_carries_its_document() -> None:
    stated = replace(design(), reading_15_3=Reading(averaging="beam_on", document="letter 7"))
    found = facts(stated)["room", "reading_of_15.3", "none"]
    assert (found.value, found.provenance) == ("instant", "letter 7")


def test_leakage_counts_only_when_declared() -> None:
    source = design().sources[0]
    assert source.leakage is not None
    assert value(design(), "tube", "air_kerma_rate_leakage") == 0.8
    for leakage in (None, replace(source.leakage, declared=False)):
        room = replace(design(), sources=(replace(source, leakage=leakage),))
        found = facts(room)["tube", "air_kerma_rate_leakage", "none"]
        assert (found.value, found.provenance) == (None, "source.tube.leakage")


def test_one_tube_without_technique_leaves_the_voltage_unknown() -> None:
    source = design().sources[0]
    other = replace(source, id="other", max_technique=None)
    assert value(replace(design(), sources=(source, other)), "room", "tube_voltage_max") is None


def test_departments_above_and_below_adjoin() -> None:
    ward = replace(CORRIDOR, kind="obstetrics")
    above = replace(design(), ceiling=replace(design().ceiling, beyond=ward))
    assert value(above, "room", "adjacent_departments") == ("obstetrics",)
    homes = replace(design(), floor=replace(design().floor, beyond=replace(CORRIDOR, kind="dwelling")))
    assert "outside_room_residential_adjacent" in value(homes, "room", "adjacent_places")


def _in_room(height: float, over: float | None) -> dict[tuple[str, str, str], Fact]:
    screen = Screen(
        id="screen", a=(4.0, 1.0), b=(4.0, 2.0), height_m=height, layers=(), scatter_over_top_uSv_per_h=over
    )
    console = Console(location="in_room", position=(4.5, 1.5, 1.5), screen="screen")
    room = replace(design(), screens=(screen,), console=console)
    staff = Beyond(kind="control_room", name="", occupancy=1.0, designation="controlled", person="radiation_worker")
    return facts(room, Point(id="p", position=(4.5, 1.5, 1.5), barrier="screen", beyond=staff, role="console"))


@pytest.mark.parametrize(
    ("height", "over", "beam_on", "hour"),
    [(2.0, None, None, None), (2.0, 1.5, 8.58, None), (3.2, None, 7.08, 1.77)],
)
def test_a_part_height_screen_needs_what_comes_over_it(
    height: float, over: float | None, beam_on: float | None, hour: float | None
) -> None:
    found = _in_room(height, over)
    assert found["p", "ambient_dose_equivalent_rate", "instant"].value == beam_on
    assert found["p", "ambient_dose_equivalent_rate", "any_one_hour"].value == hour
    assert found["p", "place", "none"].value == ("console_in_room",)


def test_an_occupied_point_is_one_where_somebody_may_be() -> None:
    nobody = Point(id="p", position=(0, 0, 0), barrier=None, beyond=replace(CORRIDOR, occupancy=0.0))
    assert facts(design())["p", "occupied", "none"].value is True
    assert facts(design(), nobody)["p", "occupied", "none"].value is False


def _beam(target: tuple[float, float, float], field_cm2: float = 100.0) -> Beam:
    return replace(design().sources[0].beams[0], id="b", focus=(2.9, 2.2, 1.3), target=target, field_cm2=field_cm2)


def _aimed(beam: Beam, room: Design | None = None) -> dict[str, Any]:
    room = room or design()
    found = facts(replace(room, sources=(replace(room.sources[0], beams=(beam,)),)))
    return {quantity: fact.value for (subject, quantity, _), fact in found.items() if subject == "tube.b"}


@pytest.mark.parametrize(
    ("target", "hits"),
    [
        ((0.0, 2.2, 1.3), ()),
        ((2.9, 2.2, 0.0), ()),
        ((1.3, 4.5, 1.3), ("beam_at_door", "beam_at_public_passage")),
        ((5.5, 2.2, 1.3), ("beam_at_window", "beam_at_console")),
        ((2.6, 0.0, 2.5), ("beam_at_window", "beam_at_public_passage")),
        ((3.5, 4.5, 1.3), ("beam_at_public_passage",)),
        ((2.9, 2.2, 3.2), ()),
    ],
)
def test_what_a_beam_is_directed_at(target: tuple[float, float, float], hits: tuple[str, ...]) -> None:
    found = _aimed(_beam(target))
    assert {name for name, hit in found.items() if hit is True} == set(hits)


def test_the_field_counts_and_not_only_the_central_ray() -> None:
    beside = (1.95, 4.5, 1.3)  # 5 cm beside the door, 2.5 m away
    assert _aimed(_beam(beside, field_cm2=1.0))["beam_at_door"] is False
    assert _aimed(_beam(beside, field_cm2=100.0))["beam_at_door"] is True


def test_the_slope_is_half_the_diagonal() -> None:
    beam = replace(_beam((0.0, 2.2, 1.3)), field_cm2=1600.0, field_at_m=2.0)
    assert field_slope(beam) == pytest.approx(0.4 / sqrt(2) / 2.0)


def test_staff_where_the_kind_has_the_public_is_no_passage() -> None:
    yard = replace(design().walls[0], beyond=replace(design().walls[0].beyond, person="non_radiation_staff"))
    room = replace(design(), walls=(yard, *design().walls[1:]))
    assert _aimed(_beam((1.0, 0.0, 1.0)))["beam_at_public_passage"] is True
    assert _aimed(_beam((1.0, 0.0, 1.0)), room)["beam_at_public_passage"] is False


def test_a_tube_without_beams_is_not_known_and_a_scanner_has_none() -> None:
    source = replace(design().sources[0], beams=())
    found = facts(replace(design(), sources=(source,)))
    assert found["tube.beam", "beam_at_door", "none"].value is None
    scanner = facts(replace(design(), sources=(replace(source, kind="ct"),)))
    assert not any(quantity == "beam_at_door" for _, quantity, _ in scanner)


def test_a_wall_further_in_hides_the_one_behind_it() -> None:
    """In a room shaped like an L the ray stops at the first face."""
    scene = scene_of(replace(design(), plan=((0, 0), (5.5, 0), (5.5, 4.5), (3, 4.5), (3, 3), (0, 3))))
    met = barriers_met(scene, _beam((0.5, 4.5, 1.3), field_cm2=1.0))
    assert "west" not in {barrier.id for barrier in met}


@pytest.mark.parametrize(
    ("plan", "area", "side"),
    [
        (((0, 0), (5, 0), (5, 4), (0, 4)), 20.0, 4.0),
        (((0, 0), (0, 4), (5, 4), (5, 0)), 20.0, 4.0),
        (((0, 0), (6, 0), (6, 2), (2, 2), (2, 6), (0, 6)), 20.0, 2.0),
        (((0, 0), (6, 0), (6, 6), (4, 6), (4, 4), (0, 4)), 28.0, 4.0),
        (((0, 0), (4.5, 0), (5, 0.5), (5, 4), (0, 4)), 19.875, 4.0),
        (((0, 0), (3, 4), (-1, 7), (-4, 3)), 25.0, 5.0),
    ],
)
def test_size_of_a_room(plan: tuple[tuple[float, float], ...], area: float, side: float) -> None:
    room = replace(design(), plan=plan)
    assert usable_area(room) == pytest.approx(area)
    assert shortest_side(room) == pytest.approx(side)


@pytest.mark.parametrize(
    ("at", "area", "side"), [(3.0, 9 * 7.4, 7.4), (7.3, 9 * 3.1, 3.1), (7.0666, 9 * 3.3334, 3.3334)]
)
def test_of_a_room_with_a_maze_the_treatment_room_alone_counts(at: float, area: float, side: float) -> None:
    bunker = load(str(ROOM.with_name("linac_18mv_maze_bunker.toml")), plugins.catalog())
    source = replace(bunker.sources[0], isocentre=(4.5, 9.0, 1.3))
    wall = replace(bunker.screens[0], a=(9.0, at), b=(2.2, at))
    room = replace(bunker, sources=(source,), screens=(wall, *bunker.screens[1:]))
    assert usable_area(room) == pytest.approx(area)
    assert shortest_side(room) == pytest.approx(side)


def test_a_barrier_with_people_behind_it_and_no_point_is_not_known() -> None:
    found = facts(design())
    assert found["west", "subject", "none"].value == "point"
    assert found["west", "ambient_dose_equivalent_rate", "instant"].value is None
    assert found["west", "ambient_dose_equivalent_rate", "instant"].provenance == "m: west"
    assert ("floor", "subject", "none") not in found
    assert ("north_corridor", "subject", "none") not in found


def test_leakage_covers_every_mode_at_the_highest_voltage_or_above() -> None:
    room = design()
    low = replace(room.sources[0], leakage=replace(room.sources[0].leakage, kv=124.9))  # type: ignore[type-var]
    assert value(room, "tube", "leakage_known_to_highest_voltage") is True
    assert value(replace(room, sources=(low,)), "tube", "leakage_known_to_highest_voltage") is None
    assert value(replace(room, sources=(replace(low, max_technique=None),)), "tube", "leakage_known_to_highest_voltage")


def test_where_a_fact_comes_from_is_keys_ids_and_numbers_and_no_sentence() -> None:
    plain = replace(design(), reading_15_3=None)
    assert not [key for key, fact in facts(plain).items() if re.search("[a-z]{2,} [a-z]{2,}", fact.provenance)]
