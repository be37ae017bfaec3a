import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "regulations"))

from casebook import facts

from shieldcalc.assess.outcome import exit_code
from shieldcalc.model.result import Fact, Finding
from shieldcalc.regulations import judge

VIET_NAM = ("VN-LC-24-2015", "VN-13-2014", "VN-19-2012")
BEFORE, AFTER = date(2025, 6, 30), date(2026, 6, 30)
RATE, YEAR, WEEK = "ambient_dose_equivalent_rate.instant", "ambient_dose_equivalent.per_year", "air_kerma.per_week"
HOUR = "ambient_dose_equivalent_rate.any_one_hour"
OF_A_FACILITY = ("facility", "device", "person", "workplace", "hazard")  # an audit's, no room's


def of_room(changes: dict[str, dict[str, Any]]) -> tuple[Fact, ...]:
    found = facts(changes)
    others = {each.subject for each in found if each.quantity == "subject" and each.value in OF_A_FACILITY}
    return tuple(each for each in found if each.subject not in others)


def code(changes: dict[str, dict[str, Any]], instruments: tuple[str, ...], on: date, asked: bool = True) -> int:
    room, names = of_room(changes), frozenset(instruments if asked else ())
    return exit_code(judge(room, instruments, on=on, asked_by_name=names), room, names)


@pytest.mark.parametrize(
    ("changes", "instruments", "on", "expected"),
    [
        ({}, VIET_NAM, BEFORE, 0),
        ({}, ("VN-LC-24-2015",), BEFORE, 0),
        ({}, VIET_NAM, AFTER, 3),
        ({}, VIET_NAM, date(2025, 12, 31), 0),
        ({}, VIET_NAM, date(2026, 1, 1), 3),
        ({}, VIET_NAM, date(2015, 6, 13), 3),
        ({"corridor": {RATE: 9.0, HOUR: 0.6}}, VIET_NAM, BEFORE, 1),
        ({"corridor": {RATE: 9.0, HOUR: 0.6}}, VIET_NAM, AFTER, 3),
        ({"corridor": {RATE: 9.0, HOUR: 0.1}}, VIET_NAM, BEFORE, 3),
        ({"corridor": {RATE: 9.0, HOUR: 0.1}, "room": {"reading_of_15.3": "any_one_hour"}}, VIET_NAM, BEFORE, 0),
        ({"corridor": {YEAR: 0.31}}, VIET_NAM, BEFORE, 3),
        ({"corridor": {RATE: 9.0, HOUR: 0.6}, "room": {"in_residential_area": None}}, VIET_NAM, BEFORE, 1),
        ({"room": {"in_residential_area": None}}, VIET_NAM, BEFORE, 3),
        ({"room": {"usable_floor_area": 13.0}}, VIET_NAM, BEFORE, 3),
        ({"room": {"warning_lamp_at_entrance": False}}, VIET_NAM, BEFORE, 1),
        ({"room": {"warning_lamp_at_entrance": False}}, VIET_NAM, AFTER, 3),
        ({}, ("US-NCRP147",), BEFORE, 3),
        ({"corridor": {WEEK: 0.03}}, ("US-NCRP147",), BEFORE, 1),
        ({}, (*VIET_NAM, "US-NCRP147"), BEFORE, 0),
        ({"corridor": {WEEK: 0.03}}, (*VIET_NAM, "US-NCRP147"), BEFORE, 1),
        ({"room": {"adjacent_places": ["outside_room_residential_adjacent"]}}, VIET_NAM, BEFORE, 3),
        ({"corridor": {"place": ["outside_barrier_uncontrolled"]}}, VIET_NAM, BEFORE, 3),
        ({"corridor": {"place": ["outside_barrier_uncontrolled"], "occupied": False}}, VIET_NAM, BEFORE, 0),
        ({}, ("VN-59-2025",), AFTER, 3),
    ],
)
def test_exit_code(changes: dict[str, dict[str, Any]], instruments: tuple[str, ...], on: date, expected: int) -> None:
    assert code(changes, instruments, on) == expected


def test_a_secondary_source_not_asked_by_name_does_not_reject() -> None:
    assert code({"corridor": {WEEK: 0.03}}, (*VIET_NAM, "US-NCRP147"), BEFORE, asked=False) == 3


def test_repealed_rules_are_shown_and_never_count() -> None:
    room = facts({"room": {"usable_floor_area": 1.0}})
    found = judge(room, ("VN-13-2014",), on=AFTER)
    repealed = [finding for finding in found if finding.force == "repealed"]
    assert [finding.outcome for finding in repealed if finding.rule.endswith("A1.table.area")] == ["fail"]
    assert exit_code(repealed, (), frozenset({"VN-13-2014"})) == 3


def test_no_point_at_all_is_no_pass() -> None:
    everything: tuple[Finding, ...] = ()
    assert exit_code(everything, (), frozenset()) == 3
