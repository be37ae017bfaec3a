"""The ledger of hazards: six statistics by period and unit, states on the day, and what the plan asks of it."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from audit_made import asked_of, of
from click.testing import CliRunner
from facility_made import written

from shieldcalc.cli import cli

BUREAU = """format = 1

[facility]
name = "Branch"
kind = "county_environment_bureau"
jurisdiction = "CN/Shanxi/Shuozhou"
features = []
hazard_ledger = true

[evaluation]
date = 2025-11-15

[[inspection]]
id = "v1"
unit = "Hospital A"
date = 2025-03-03
officers = 3
vehicles = 1

[[inspection]]
id = "v2"
unit = "Firm B"
date = 2025-07-10
officers = 2
vehicles = 1

[[inspection]]
id = "v3"
unit = "Hospital A"
date = 2025-09-01
officers = 2
vehicles = 1

[[inspection]]
id = "v0"
unit = "Hospital A"
date = 2024-05-05
officers = 4
vehicles = 2

[[hazard]]
id = "h1"
what = "warning lamp broken"
inspection = "v1"
found = 2025-03-03
corrected = 2025-03-03

[[hazard]]
id = "h2"
what = "store without double lock"
level = "major"
inspection = "v2"
found = 2025-07-10
deadline = 2025-08-10

[[hazard]]
id = "h3"
what = "no dose records"
inspection = "v3"
found = 2025-09-01
deadline = 2025-12-01

[[hazard]]
id = "h4"
what = "meter not verified"
inspection = "v0"
found = 2024-05-05
deadline = 2024-06-05
corrected = 2024-06-09
"""
SIX = ("units_inspected", "hazards_found", "on_the_spot", "ordered", "officers", "vehicles")


def _six(found: dict[str, Any], period: str, unit: str | None = None) -> tuple[int, ...]:
    (row,) = [row for row in found["statistics"] if (row["period"], row["unit"]) == (period, unit)]
    return tuple(row[name] for name in SIX)


def test_six_statistics_of_the_year_and_of_each_unit(tmp_path: Path) -> None:
    found = asked_of(tmp_path, BUREAU, head="")
    assert _six(found, "2025") == (2, 3, 1, 2, 7, 3)
    assert _six(found, "2025", "Hospital A") == (1, 2, 1, 1, 5, 2)
    assert _six(found, "2025", "Firm B") == (1, 1, 0, 1, 2, 1)
    assert _six(found, "2024") == (1, 1, 0, 1, 4, 2)
    assert {row["period"]: row["over"] for row in found["statistics"]} == {"2024": True, "2025": False}


@pytest.mark.parametrize(
    ("period", "name", "six"),
    [("quarter", "2025-Q3", (2, 2, 0, 2, 4, 2)), ("month", "2025-07", (1, 1, 0, 1, 2, 1)),
     ("half_year", "2025-H1", (1, 1, 1, 0, 3, 1))],
)  # fmt: skip
def test_other_periods(tmp_path: Path, period: str, name: str, six: tuple[int, ...]) -> None:
    assert _six(asked_of(tmp_path, BUREAU, "--period", period, head=""), name) == six


def test_a_period_without_events_has_a_row_of_zeros(tmp_path: Path) -> None:
    found = asked_of(tmp_path, BUREAU, "--period", "quarter", head="")
    periods = [row["period"] for row in found["statistics"] if row["unit"] is None]
    assert periods == [f"{year}-Q{number}" for year in (2024, 2025) for number in range(1, 5)][1:]
    for period in ("2024-Q3", "2025-Q2", "2025-Q4"):
        assert _six(found, period) == (0,) * 6


@pytest.mark.parametrize(
    ("on", "states"),
    [
        ("2024-06-05", {"h4": ("in_time", 0)}),
        ("2024-06-06", {"h4": ("overdue", 1)}),
        ("2024-06-09", {"h4": ("corrected_late", 4)}),
        ("2025-08-10", {"h4": ("corrected_late", 4), "h1": ("corrected_on_the_spot", 0), "h2": ("in_time", 0)}),
        ("2025-08-11", {"h4": ("corrected_late", 4), "h1": ("corrected_on_the_spot", 0), "h2": ("overdue", 1)}),
    ],
)
def test_states_on_a_day(tmp_path: Path, on: str, states: dict[str, tuple[str, int]]) -> None:
    found = asked_of(tmp_path, BUREAU, "--on", on, head="")
    assert {row["id"]: (row["state"], row["days_late"]) for row in found["hazards"]} == states
    late = {name for name, (state, _) in states.items() if state == "overdue"}
    outcomes = of(found, "CN-SZ-42-2024/4.2.corrected")
    assert {name for name, outcome in outcomes.items() if outcome == "fail"} == late
    assert found["exit_code"] == (1 if late else found["exit_code"])


def test_a_hazard_without_deadline_and_correction_is_undetermined(tmp_path: Path) -> None:
    found = asked_of(tmp_path, BUREAU.replace("deadline = 2025-08-10\n", ""), head="")
    (row,) = [row for row in found["findings"] if row["subject"] == "h2"]
    assert (row["outcome"], row["missing"]) == ("undetermined", ["h2: hazard.deadline"])
    assert [row["neither"] for row in found["statistics"] if row["period"] == "2025"] == [1, 1, 0]


def test_a_sum_that_is_not_wholly_known_says_so(tmp_path: Path) -> None:
    text = BUREAU.replace("officers = 3\n", "")
    found = asked_of(tmp_path, text, head="")
    (row,) = [row for row in found["statistics"] if (row["period"], row["unit"]) == ("2025", None)]
    assert (row["officers"], row["missing"]) == (4, ["v1: inspection.officers"])
    told = CliRunner().invoke(cli, ["audit", written(tmp_path, text)]).output
    assert "officers sent ≥ 4" in told
    assert "2025 is not over" in told


def test_the_ledger_itself_and_after_the_plan(tmp_path: Path) -> None:
    rule = "CN-SZ-42-2024/4.1.ledger"
    for said, outcome in (("hazard_ledger = true", "pass"), ("hazard_ledger = false", "fail"), ("", "undetermined")):
        text = BUREAU.replace("hazard_ledger = true", said)
        assert of(asked_of(tmp_path, text, head=""), rule) == {"facility": outcome}
    found = asked_of(tmp_path, BUREAU, "--on", "2027-01-01", head="")
    assert {row["force"] for row in found["findings"] if row["rule"] == rule} == {"repealed"}


def test_the_table_of_the_statistics(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["audit", written(tmp_path, BUREAU), "--ledger", "-"])
    rows = list(csv.DictReader(io.StringIO(done.output)))
    assert [(row["period"], row["unit"], row["hazards_found"]) for row in rows] == [
        ("2024", "", "1"), ("2024", "Hospital A", "1"), ("2025", "", "3"), ("2025", "Firm B", "1"),
        ("2025", "Hospital A", "2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("deadline = 2025-08-10", "deadline = 2025-07-01", "hazard.2.deadline: 2025-07-01 lies before found"),
        ("corrected = 2024-06-09", "corrected = 2024-05-01", "hazard.4.corrected: 2024-05-01 lies before found"),
        ('inspection = "v2"', 'inspection = "v22"', "hazard.2.inspection"),
        ('inspection = "v2"', 'inspection = "v2"\nunit = "Firm C"', "hazard.2.unit: 'Firm C' is not the unit"),
        ('level = "major"', 'level = "majr"', "did you mean 'major'?"),
        ("officers = 3", "officers = -1", "inspection.1.officers"),
        ("officers = 3", "officers = 2.5", "whole number"),
        ("vehicles = 1", "vehicels = 1", "did you mean 'vehicles'?"),
    ],
)
def test_refusals(tmp_path: Path, old: str, new: str, words: str) -> None:
    done = CliRunner().invoke(cli, ["audit", written(tmp_path, BUREAU.replace(old, new, 1))])
    assert done.exit_code == 2
    assert words in done.output
