"""Classes at their bounds, exemption, dates of licences, checks of devices, what people are given."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from audit_made import HEAD, asked_of, of
from click.testing import CliRunner

from shieldcalc.builtins import instruments
from shieldcalc.cli import cli
from shieldcalc.facility.items import system_of
from shieldcalc.regulations.classes import Ladder, ladders
from shieldcalc.reports.citations import article
from shieldcalc.tables import table
from shieldcalc.texts import catalogue

CN = HEAD.replace("VN/Lao Cai", "CN/Shanxi/Shuozhou")


def _grade(found: dict[str, Any], ladder: str, subject: str) -> str | None:
    rows = [row for row in found["classifications"] if (row["ladder"], row["subject"]) == (ladder, subject)]
    return rows[0]["grade"] if rows else None


def _source(name: str, nuclide: str, activity: str, rest: str = "", day: str = "2025-06-01") -> str:
    return (
        f'\n[[sealed_source]]\nid = "{name}"\nnuclide = "{nuclide}"\nactivity = "{activity}"\n'
        f"reference_date = {day}\n{rest}\n"
    )


@pytest.mark.parametrize(
    ("nuclide", "activity", "grade"),
    [
        ("Co-60", "30 TBq", "1"), ("Co-60", "29.999999 TBq", "2"),
        ("Co-60", "300 GBq", "2"), ("Co-60", "299.99999 GBq", "3"),
        ("Co-60", "30 GBq", "3"), ("Co-60", "29.999999 GBq", "4"),
        ("Co-60", "300 MBq", "4"), ("Co-60", "299.99999 MBq", "5"),
        ("Co-60", "100 kBq", "5"), ("Co-60", "99.999999 kBq", "below_exempt"),
        ("Am-241/Be", "60 GBq", "3"), ("Am-Be", "60 GBq", "3"), ("Sr-90", "1 TBq", "3"),
        ("Ir-192", "0.8 GBq", "4"), ("Ir-192", "0.79 GBq", "5"), ("Na-22", "30 GBq", "3"),
        ("Pu-Be", "60 GBq", ""), ("Ag-102", "60 GBq", "5"),  # no D value: at least that, by the exempt activity
    ],
)  # fmt: skip
def test_categories_of_sources_at_their_bounds(tmp_path: Path, nuclide: str, activity: str, grade: str) -> None:
    found = asked_of(tmp_path, _source("s", nuclide, activity), head=CN)
    assert _grade(found, "CN-SRC-2005/category", "s") == grade


def test_a_category_is_that_of_the_day(tmp_path: Path) -> None:
    text = _source("s", "Ir-192", "800 GBq", day="2025-01-01")
    grades = {on: _grade(asked_of(tmp_path, text, "--on", on, head=CN), "CN-SRC-2005/category", "s")
              for on in ("2025-01-01", "2025-01-02", "2024-12-31")}  # fmt: skip
    assert grades == {"2025-01-01": "2", "2025-01-02": "3", "2024-12-31": "2"}


def test_so_long_before_its_reference_date_no_activity_is_known(tmp_path: Path) -> None:
    found = asked_of(tmp_path, _source("s", "I-131", "300 GBq"), "--on", "2006-01-01", head=CN)
    (row,) = [row for row in found["classifications"] if row["ladder"] == "CN-SRC-2005/category"]
    assert (row["outcome"], row["missing"]) == ("undetermined", ["s: sealed_source.reference_date"])


def test_sources_together_by_the_sum(tmp_path: Path) -> None:
    room = '\n[[device]]\nid = "store"\nkind = "source_store"\n'
    text = _source("a", "Co-60", "15 GBq", 'device = "store"') + _source("b", "Cs-137", "50 GBq") + room
    found = asked_of(tmp_path, text)
    assert _grade(found, "IAEA-RSG19/aggregate", "facility") == "3"
    (row,) = [row for row in found["classifications"] if row["subject"] == "facility"]
    assert row["value"] == 1.0
    assert _grade(asked_of(tmp_path, text.replace("15 GBq", "14.9 GBq")), "IAEA-RSG19/aggregate", "facility") == "4"


def test_the_force_of_a_class_is_that_of_the_accident_desk(tmp_path: Path) -> None:
    for nuclide in ("Cs-137", "Ir-192", "Na-22"):
        found = asked_of(tmp_path, _source("s", nuclide, "1 TBq"), head=CN)
        forces = {row["instrument"]: row["force"] for row in found["classifications"] if row["subject"] == "s"}
        asked = ["accident", "source-category", "--nuclide", nuclide, "--activity", "1 TBq", "--json"]
        desk = json.loads(CliRunner().invoke(cli, asked).output)
        assert (forces["CN-SRC-2005"], forces["IAEA-RSG19"]) == (desk["class_cn_force"], desk["force"])


def test_a_sum_with_a_source_not_known_is_at_least_that_of_the_others(tmp_path: Path) -> None:
    unknown = _source("c", "Ag-102", "1 MBq")
    for known, told in ((50, ("at_least", "3")), (0.1, ("undetermined", ""))):
        found = asked_of(tmp_path, _source("b", "Cs-137", f"{known * 2} GBq") + unknown)
        (row,) = [row for row in found["classifications"] if row["subject"] == "facility"]
        assert (row["outcome"], row["grade"], row["value"]) == (*told, None)
        assert (row["value_at_least"], row["missing"]) == (known / 50, ["Ag-102: D_TBq"])
        done = CliRunner().invoke(cli, ["audit", str(tmp_path / "facility.toml")])
        assert f"sum of A/D ≥ {known / 50:g}" in done.output


@pytest.mark.parametrize(
    ("kind", "rest", "grade"),
    [
        ("linac", 'maximum_energy = "100 MeV"', "I"), ("linac", 'maximum_energy = "99.9999 MeV"', "II"),
        ("linac", "", ""), ("cardiac_angiography", "", "II"), ("ct", "", "III"),
        ("intraoral_dental", "", "III"), ("gauge", "", None),
    ],
)  # fmt: skip
def test_classes_of_devices(tmp_path: Path, kind: str, rest: str, grade: str | None) -> None:
    found = asked_of(tmp_path, f'\n[[device]]\nid = "d"\nkind = "{kind}"\n{rest}\n', head=CN)
    assert _grade(found, "CN-DEV-2017/class", "d") == grade


@pytest.mark.parametrize(
    ("activity", "handling", "grade"),
    [
        ("40 GBq", "simple", "乙"), ("40.000001 GBq", "simple", "甲"),
        ("0.2 GBq", "simple", "乙"), ("0.1999999 GBq", "simple", "丙"),
        ("20 GBq", "storage", "乙"), ("19.99999 GBq", "storage", "丙"),
    ],
)  # fmt: skip
def test_classes_of_unsealed_work(tmp_path: Path, activity: str, handling: str, grade: str) -> None:
    text = (
        f'\n[[workplace]]\nid = "lab"\n\n[[workplace.operation]]\nnuclide = "I-131"\ndaily_activity = "{activity}"\n'
        f'toxicity = "medium"\nhandling = "{handling}"\nform = "liquid"\n'
    )
    assert _grade(asked_of(tmp_path, text, head=CN), "CN-GB18871-2002/C", "lab") == grade


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ('surface_rate = "1 uSv/h"', "pass"), ('surface_rate = "1.0000001 uSv/h"\nmaximum_energy = "6 keV"', "fail"),
        ('surface_rate = "2 uSv/h"\nmaximum_energy = "5 keV"', "pass"), ('surface_rate = "2 uSv/h"', "undetermined"),
        ('maximum_energy = "5 keV"', "pass"), ("", "undetermined"),
    ],
)  # fmt: skip
def test_what_is_called_exempt(tmp_path: Path, said: str, outcome: str) -> None:
    text = f'\n[[device]]\nid = "d"\nkind = "nondestructive_testing"\nexempt = true\n{said}\n'
    found = asked_of(tmp_path, text)
    assert of(found, "VN-LC-24-2015/5.exempt") == {"d": outcome}
    with_source = asked_of(tmp_path, text + _source("s", "Co-60", "1 MBq", 'device = "d"'))
    assert of(with_source, "VN-LC-24-2015/5.exempt") == {"d": "fail"}
    assert with_source["exit_code"] == 1


LICENCES = """
[[licence]]
id = "old"
kind = "diagnostic_xray"
issued = 2019-03-01
expiry = 2022-03-01

[[licence]]
id = "new"
kind = "diagnostic_xray"
replaces = "old"
issued = 2022-02-10
"""


@pytest.mark.parametrize(
    ("on", "rest", "state"),
    [("2024-12-31", "", "valid"), ("2025-01-01", "", "renew"), ("2025-01-01", "renewal_filed = 2024-12-31", "valid"),
     ("2025-03-01", "renewal_filed = 2024-12-31", "valid"), ("2025-03-02", "", "expired")],
)  # fmt: skip
def test_a_new_term_runs_from_the_old_end(tmp_path: Path, on: str, rest: str, state: str) -> None:
    (row,) = asked_of(tmp_path, LICENCES + rest, "--on", on)["licences"]
    assert (row["licence"], row["ends"], row["renew_by"]) == ("new", "2025-03-01", "2024-12-31")
    assert row["counted_from"] == "previous_expiry"
    assert row["state"] == state


def test_a_printed_end_that_is_earlier_governs(tmp_path: Path) -> None:
    (row,) = asked_of(tmp_path, LICENCES + "expiry = 2025-02-10", "--on", "2024-01-01")["licences"]
    assert (row["ends"], row["renew_by"]) == ("2025-02-10", "2024-12-12")


@pytest.mark.parametrize(("on", "state"), [("2025-05-31", "valid"), ("2025-06-01", "expired")])
def test_a_licence_whose_term_no_duty_counts_runs_out_as_printed(tmp_path: Path, on: str, state: str) -> None:
    text = '\n[[licence]]\nid = "sources"\nkind = "sealed_source"\nissued = 2022-06-01\nexpiry = 2025-05-31\n'
    found = asked_of(tmp_path, text, "--on", on)
    (row,) = found["licences"]
    assert (row["ends"], row["state"], row["instrument"]) == ("2025-05-31", state, "")
    assert of(found, "licence_expired") == ({"sources": "fail"} if state == "expired" else {})


@pytest.mark.parametrize(
    ("key", "at", "beyond", "rule"),
    [("leakage", "1 mGy/h", "1.0000001 mGy/h", "13.1a.device"),
     ("operator_distance", "2 m", "1.9999999 m", "13.1g.device")],
)  # fmt: skip
def test_checks_of_a_device_without_a_room(tmp_path: Path, key: str, at: str, beyond: str, rule: str) -> None:
    for value, outcome in ((at, "pass"), (beyond, "fail")):
        text = f'\n[[device]]\nid = "d"\nkind = "mobile_xray"\n\n[device.checks]\n{key} = "{value}"\n'
        assert of(asked_of(tmp_path, text), f"VN-LC-24-2015/{rule}") == {"d": outcome}


def test_panels_at_the_table_and_what_people_are_given(tmp_path: Path) -> None:
    text = '\n[[device]]\nid = "d"\nkind = "c_arm"\nprotection = ["apron", "lead_glasses"]\n'
    text += 'protection_staff = ["apron"]\n\n[device.checks]\n'
    found = asked_of(tmp_path, text + 'table_panels = "0.5 mmPb"\nceiling_screen = false\n')
    rules = {row["rule"].partition("/")[2]: row["outcome"] for row in found["findings"] if row["subject"] == "d"}
    assert (rules["13.1h.panels"], rules["13.1h.ceiling"]) == ("pass", "fail")
    assert (rules["18.3.apron"], rules["18.3.lead_glasses"], rules["18.3.lead_gloves"]) == ("pass", "pass", "fail")
    assert (rules["18.3.apron.staff"], rules["18.3.lead_glasses.staff"]) == ("pass", "fail")
    assert found["exit_code"] == 1


def test_a_unit_for_angiography_is_asked_whether_it_is_used_for_intervention(tmp_path: Path) -> None:
    text = '\n[[device]]\nid = "d"\nkind = "angiography"\n\n[device.checks]\ntable_panels = "0.1 mmPb"\n'
    answers = (("", "undetermined"), ("interventional_use = true\n", "fail"), ("interventional_use = false\n", None))
    for use, outcome in answers:
        found = of(asked_of(tmp_path, text + use), "VN-LC-24-2015/13.1h.panels.angiography")
        assert found.get("d") == outcome


def test_devices_without_a_room_are_named(tmp_path: Path) -> None:
    text = '\n[[device]]\nid = "d"\nkind = "ct"\n\n[[device]]\nid = "m"\nkind = "mobile_xray"\n'
    found = asked_of(tmp_path, text)
    (row,) = [row for row in found["findings"] if row["rule"] == "room_not_given"]
    assert (row["outcome"], row["missing"]) == ("undetermined", ["d: device.room"])


TOLD = ("sealed_source", "sources_together", "device", "workplace")
LADDERS = [each for name in instruments() for each in ladders(name) if each.scope in TOLD]


@pytest.mark.parametrize("ladder", LADDERS, ids=lambda ladder: ladder.full_id)
@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_every_class_that_an_audit_tells_has_its_words(ladder: Ladder, language: str) -> None:
    known = catalogue(language)
    assert f"report.audit.system_name.{system_of(ladder.full_id)}" in known
    for criterion in ladder.criteria:
        assert f"report.audit.grade.{ladder.full_id}.{criterion.grade}" in known
        assert language == "en" or not re.search(r"[a-z]{3,}", article(criterion.article, "zh"))
        for condition in criterion.when:
            assert not isinstance(condition, str)
            if isinstance(condition.value, float):
                assert f"report.audit.compared.{condition.quantity}" in known


def test_d_values_are_those_of_the_thresholds() -> None:
    rows = {row["nuclide"]: row for row in table("nuclides/d_values.csv").rows}
    assert len(rows) == len(table("nuclides/d_values.csv").rows)
    # Category 1 of 10 CFR 37, Appendix A, in TBq: 1000 D.
    published = {"Am-241": 60, "Cf-252": 20, "Cm-244": 50, "Co-60": 30, "Cs-137": 100, "Gd-153": 1000, "Ir-192": 80,
                 "Pm-147": 40_000, "Pu-238": 60, "Ra-226": 40, "Se-75": 200, "Sr-90": 1000, "Tm-170": 20_000,
                 "Yb-169": 300}  # fmt: skip
    assert {name: float(rows[name]["D_TBq"]) * 1000 for name in published} == pytest.approx(published)


@pytest.mark.parametrize(("on", "outcome"), [("2025-05-31", "fail"), ("2025-06-01", "pass"), ("2025-07-01", "fail")])
def test_a_safety_officer_counts_while_employed(tmp_path: Path, on: str, outcome: str) -> None:
    text = (
        '\n[[person]]\nid = "officer"\nrole = "safety_officer"\nemployed = 2025-06-01\nleft = 2025-07-01\n'
        '\n[[person]]\nid = "worker"\nrole = "radiation_worker"\n'
    )
    assert of(asked_of(tmp_path, text, "--on", on), "VN-LC-24-2015/31.2b.officer") == {"facility": outcome}
