"""The engine on instruments of its own making: strict loading, alternatives, references to a held successor, dates."""

from datetime import date, timedelta
from pathlib import Path
from textwrap import dedent

import pytest
from casebook import facts

from shieldcalc.errors import InputError, UnknownNameError
from shieldcalc.model.catalog import Instrument
from shieldcalc.model.result import Finding
from shieldcalc.regulations import LoadedInstrument, judge, load, status
from shieldcalc.regulations.rules import shipped
from shieldcalc.regulations.status import force, stands_since, unheld
from shieldcalc.regulations.taxonomy import taxonomy

HEAD = """
[instrument]
id = "{id}"
jurisdiction = "test"
kind = "law"
number = "1/2000"
title_orig = "test"
signed = 2000-01-01
effective = 2000-01-01
text_held = true
source = "test"
{more}
[defaults]
article = "Art. 1"
scope = "room"
confidence = "seed"
"""
DAY = date(2025, 6, 30)


def instrument(folder: Path, rules: str, name: str = "T", more: str = "") -> Instrument:
    path = folder / f"{name}.toml"
    path.write_text(HEAD.format(id=name, more=more) + dedent(rules))
    return Instrument(id=name, path=str(path))


def outcomes(findings: tuple[Finding, ...]) -> dict[str, str]:
    return {finding.rule.partition("/")[2]: finding.outcome for finding in findings if "/" in finding.rule}


ALTERNATIVES = """
    [[rule]]
    id = "a"
    quantity = "usable_floor_area"
    comparator = ">="
    value = 30.0
    unit = "m2"
    [[rule]]
    id = "b"
    alternative_to = ["a"]
    quantity = "shortest_side"
    comparator = ">="
    value = 4.0
    unit = "m"
"""


@pytest.mark.parametrize(
    ("area", "side", "expected"),
    [
        (30.0, 4.0, {"a": "pass", "b": "pass"}),
        (29.0, 4.0, {"a": "not_applicable", "b": "pass"}),
        (30.0, 3.0, {"a": "pass", "b": "not_applicable"}),
        (29.0, 3.0, {"a": "fail", "b": "fail"}),
        ("(unknown)", 4.0, {"a": "not_applicable", "b": "pass"}),
    ],
)
def test_one_alternative_suffices(tmp_path: Path, area: object, side: float, expected: dict[str, str]) -> None:
    law = instrument(tmp_path, ALTERNATIVES)
    room = facts({"room": {"usable_floor_area": area, "shortest_side": side}})
    assert outcomes(judge(room, (law,), on=DAY)) == expected


REFERS = """
    [[rule]]
    id = "size"
    reference = { instrument = "OLD", part = "annex" }
"""
OLD = """
    [[rule]]
    id = "1"
    part = "annex"
    quantity = "usable_floor_area"
    comparator = ">="
    value = 15.0
    unit = "m2"
"""
NEW = OLD.replace('"annex"', '"table-9"\n    continues = ["OLD#annex"]').replace("15.0", "25.0")


@pytest.mark.parametrize(("on", "expected"), [(date(2019, 12, 31), "pass"), (date(2020, 1, 1), "fail")])
def test_a_reference_follows_to_a_successor_that_is_held(tmp_path: Path, on: date, expected: str) -> None:
    old = instrument(tmp_path, OLD, "OLD", 'expiry = 2020-01-01\nreplaced_by = "NEW"')
    new = instrument(tmp_path, NEW, "NEW")
    law = instrument(tmp_path, REFERS)
    findings = judge(facts({}), (law, old, new), on=on)
    assert outcomes(finding for finding in findings if finding.instrument == "T") == {"size": expected}
    assert all(finding.force == "binding" for finding in findings if finding.instrument == "T")


def test_an_ended_text_without_successor_leaves_the_reference_undetermined(tmp_path: Path) -> None:
    old = instrument(tmp_path, OLD, "OLD", "expiry = 2020-01-01")
    law = instrument(tmp_path, REFERS)
    (found,) = (finding for finding in judge(facts({}), (law, old), on=DAY) if finding.instrument == "T")
    assert (found.outcome, found.force, found.value, found.limit) == ("undetermined", "unverified", 20.0, 15.0)


def test_a_weaker_exception_does_not_replace_its_rule(tmp_path: Path) -> None:
    rules = """
    [[rule]]
    id = "a"
    quantity = "usable_floor_area"
    comparator = ">="
    value = 30.0
    unit = "m2"
    [[rule]]
    id = "b"
    exception_to = ["a"]
    confidence = "recalled"
    quantity = "usable_floor_area"
    comparator = ">="
    value = 10.0
    unit = "m2"
    """
    assert outcomes(judge(facts({}), (instrument(tmp_path, rules),), on=DAY))["a"] == "fail"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('comparator = ">="', 'comparater = ">="'), ("T.toml:22: rule.1.comparater", "did you mean 'comparator'")),
        (('comparator = ">="', 'comparator = "=>"'), ("T.toml:22: rule.1.comparator", "known: ")),
        (("usable_floor_area", "usable_flor_area"), ("T.toml:21: rule.1.quantity", "did you mean 'usable_floor_area'")),
        (("value = 15.0", "value = 15"), ("T.toml:23: rule.1.value", "a number with a decimal point")),
        (("value = 15.0", "value = nan"), ("T.toml:23: rule.1.value", "must be")),
        (('unit = "m2"', 'unit = "cm2"'), ("T.toml:24: rule.1.unit", "'m2'", "'cm2'")),
        (('part = "annex"', 'place = ["controlroom"]'), ("T.toml:20: rule.1.place", "did you mean 'control_room'")),
        (('part = "annex"', 'when = ["is_nice"]'), ("T.toml:20: rule.1.when.1", "not known here")),
        (('part = "annex"', 'exception_to = ["2"]'), ("T.toml:20: rule.1.exception_to",)),
        (('part = "annex"', "expiry = 1999-01-01\neffective = 2000-01-01"), ("rule.1.expiry", "1999-01-01")),
        (('id = "1"', ""), ("rule.1: the key 'id' is missing",)),
        (('id = "1"', 'id = "1"\nconfidence = "sure"'), ("rule.1.confidence", "seed+copy")),
        (("[[rule]]", "[[rules]]"), ("rules", "did you mean 'rule'")),
        (("[[rule]]", "[[rule]"), ("not valid TOML",)),
    ],
)
def test_a_slip_in_a_file_is_named_by_file_line_and_key(
    tmp_path: Path, change: tuple[str, str], words: tuple[str, ...]
) -> None:
    law = instrument(tmp_path, OLD.replace(*change))
    with pytest.raises(InputError) as refused:
        load(law)
    assert all(word in refused.value.text() for word in words), refused.value.text()


def test_all_slips_are_named_at_once(tmp_path: Path) -> None:
    law = instrument(tmp_path, OLD.replace('unit = "m2"', 'unit = "cm2"\n    plac = []'), more="exspiry = 2020-01-01")
    with pytest.raises(InputError) as refused:
        load(law)
    assert len(refused.value.problems) == 3
    twice = instrument(tmp_path, OLD + OLD.replace('">="', '">"'), "U")
    with pytest.raises(InputError, match="is used twice"):
        load(twice)


def test_an_unknown_instrument_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'VN-LC-24-2015'"):
        load("VN-LC-24-2025")


@pytest.mark.parametrize(
    ("on", "states"),
    [
        (date(2014, 1, 1), ("not_yet_valid", "not_yet_valid", "in_force", "in_force", "not_yet_valid")),
        (date(2018, 10, 31), ("in_force", "in_force", "in_force", "in_force", "not_yet_valid")),
        (date(2025, 6, 30), ("in_force", "amended", "in_force", "in_force", "not_yet_valid")),
        (date(2026, 6, 30), ("force_not_verified", "repealed", "repealed", "in_force", "in_force")),
    ],
)
def test_status_follows_references_and_successors(on: date, states: tuple[str, ...]) -> None:
    rows = status(("VN-LC-24-2015",), on)
    assert [row["id"] for row in rows] == ["VN-LC-24-2015", "VN-13-2014", "VN-19-2012", "VN-23-2010", "VN-59-2025"]
    assert tuple(row["state"] for row in rows) == states
    assert (rows[3]["text_held"], rows[4]["text_held"]) == ("no", "no")
    assert "dose_limits" in rows[4]["not_held"]


def test_a_text_that_is_not_held_judges_nothing_when_asked_by_name() -> None:
    (found, *_) = judge(facts({}), ("VN-59-2025",), on=date(2026, 6, 30), asked_by_name=frozenset({"VN-59-2025"}))
    assert (found.outcome, found.reason.code if found.reason else "") == ("undetermined", "findings.text_not_held")


def test_points_without_a_binding_dose_rule_are_named() -> None:
    *_, last = judge(facts({}), ("US-NCRP147",), on=DAY)
    assert (last.rule, last.outcome, last.value) == ("no_binding_rule", "undetermined", ("control", "corridor"))


def test_two_computations_of_one_point_give_a_finding_each() -> None:
    both = (
        *facts({}),
        *(
            fact
            for fact in facts({"corridor": {"ambient_dose_equivalent_rate.instant": 9.0}})
            if fact.averaging == "instant"
        ),
    )
    found = [item for item in judge(both, ("VN-LC-24-2015",), on=DAY) if item.rule == "VN-LC-24-2015/15.3d"]
    assert [item.subject for item in found] == ["corridor", "corridor"]


def test_a_circle_of_successors_ends(tmp_path: Path) -> None:
    """Two ended instruments that name one another as successor leave the reference undetermined."""
    head = 'expiry = 2020-01-01\nreplaced_by = "{}"'
    old = instrument(
        tmp_path, OLD.replace('"annex"', '"annex"\n    continues = ["NEW#table-9"]'), "OLD", head.format("NEW")
    )
    new = instrument(tmp_path, NEW, "NEW", head.format("OLD"))
    law = instrument(tmp_path, REFERS)
    (found,) = (one for one in judge(facts({}), (law, old, new), on=DAY) if one.instrument == "T")
    assert found.outcome == "undetermined"


@pytest.mark.parametrize("name", ["VN-13-2014", "VN-19-2012"])
def test_the_successor_that_is_not_held_is_named(name: str) -> None:
    """Another successor, or none, would be told otherwise."""
    rule = {"VN-13-2014": "VN-LC-24-2015/15.2", "VN-19-2012": "VN-LC-24-2015/15.3"}[name]
    findings = judge(facts({}), ("VN-LC-24-2015",), on=date(2026, 6, 30))
    reasons = [one.reason for one in findings if one.rule == rule and one.reason is not None]
    assert {one.params["successor"] for one in reasons} == {"59/2025/TT-BKHCN"}
    assert {one.code for one in reasons} == {"findings.successor_not_held"}


def test_a_point_called_facility_lends_its_facts_to_nobody() -> None:
    """Only what is the room or the facility itself is asked where a subject has no fact of its own."""
    point = {
        "scope": "point",
        "equipment": ["radiography"],
        "place": ["outside_room_public"],
        "whole_dose_known": "(unknown)",
    }
    found = facts({"facility": point})
    findings = judge(found, ("VN-LC-24-2015",), on=DAY)
    (corridor,) = (one for one in findings if one.rule == "VN-LC-24-2015/15.3d" and one.subject == "corridor")
    assert corridor.outcome == "pass"


def test_every_kind_of_device_of_its_own_has_modes() -> None:
    """Only kinds that others are below, and what is no equipment, may have none."""
    known = taxonomy()
    above = {parent for kind, parents in known.equipment.items() for parent in parents - {kind}}
    ours = [kind for kind in known.equipment if kind not in above and "radiation_equipment" in known.equipment[kind]]
    assert [kind for kind in ours if not known.modes[kind]] == []
    assert {mode for modes in known.modes.values() for mode in modes} <= set(known.mode)


@pytest.mark.parametrize("name", shipped())
def test_a_day_stands_for_all_up_to_the_next_change(name: str) -> None:
    found = load(name)
    days = {date(1990 + k, 1 + (5 * k) % 12, 15) for k in range(45)}
    days |= {day + timedelta(days=more) for day in _turns(found) for more in (-1, 0, 1)}
    for day in days:
        since = stands_since(found, day)
        assert since <= day
        assert [force(rule, found, day) for rule in found.rules] == [force(rule, found, since) for rule in found.rules]
        assert unheld(found, day) == unheld(found, since)


def _turns(found: LoadedInstrument) -> set[date]:
    ends = (day for each in (found, *found.rules) for day in (each.effective, each.expiry) if day is not None)
    return {*ends, *(change.on for change in found.changes)}
