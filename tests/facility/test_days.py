"""Terms: working days across New Year holidays, ends of months, anniversaries, hours; and the calendars themselves."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.regulations.calendars import after_working_days, calendar
from shieldcalc.regulations.days import Term, end, next_anniversary, shifted
from shieldcalc.resources import data_path

VN, CN = calendar("VN"), calendar("CN")
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


# Counted by hand on the calendar of each year.
@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        ("2025-01-22", 7, "2025-02-07"),  # Tet: 27 to 31 January
        ("2024-02-05", 7, "2024-02-21"),  # Tet: 8 to 14 February
        ("2026-02-12", 7, "2026-03-02"),  # Tet: 16 to 20 February
        ("2025-04-24", 3, "2025-04-28"),  # Saturday 26 April is worked for Friday 2 May
        ("2024-04-26", 7, "2024-05-09"),  # 29 April to 1 May off, Saturday 4 May worked
        ("2025-08-28", 2, "2025-09-03"),  # 1 and 2 September
        ("2023-01-18", 7, "2023-02-03"),
        ("2025-03-03", 5, "2025-03-10"),
        ("2025-03-07", 1, "2025-03-10"),
        ("2025-03-08", 1, "2025-03-10"),  # a Saturday
        ("2025-04-04", 1, "2025-04-08"),  # 7 April, the Kings' day
    ],
)
def test_working_days_of_viet_nam(start: str, days: int, last: str) -> None:
    assert end(start, Term("working_days", days), VN, "VN").due == last


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        ("2025-01-20", 20, "2025-02-21"),
        ("2025-09-26", 3, "2025-09-30"),  # Sunday 28 September is worked
        ("2024-09-30", 1, "2024-10-08"),
        ("2024-02-08", 2, "2024-02-18"),  # Friday 9 and Sunday 18 February are worked
    ],
)
def test_working_days_of_china(start: str, days: int, last: str) -> None:
    assert end(start, Term("working_days", days), CN, "CN").due == last


def test_a_day_that_sources_differ_on_counts_as_worked_and_is_said() -> None:
    found = end("2025-12-31", Term("working_days", 1), VN, "VN")
    assert (found.due, [notice.code for notice in found.notices]) == (
        "2026-01-02",
        ["findings.duty.calendar_uncertain"],
    )


def test_beyond_the_calendar_nothing_is_said() -> None:
    found = end("2026-12-29", Term("working_days", 7), VN, "VN")
    assert found.due == ""
    assert found.reason is not None
    assert "2015-2026" in found.reason.text()
    assert end("2025-01-01", Term("working_days", 7), None, "FR").due == ""


@pytest.mark.parametrize("day_one", [False, True])
def test_whether_day_one_counts(day_one: bool) -> None:
    moved = -1 if day_one else 0
    for unit, plain in (("days", date(2025, 3, 15)), ("months", date(2025, 8, 5)), ("years", date(2030, 3, 5))):
        amount = 10 if unit == "days" else 5
        found = end("2025-03-05", Term(unit, amount, day_one_counts=day_one), None, "VN").due
        assert found == (plain + timedelta(days=moved)).isoformat()
    assert end("2025-03-05", Term("working_days", 1, day_one_counts=day_one), VN, "VN").due == (
        "2025-03-05" if day_one else "2025-03-06"
    )


@pytest.mark.parametrize(
    ("start", "months", "found"),
    [
        ((2024, 1, 31), 1, (2024, 2, 29)), ((2023, 1, 31), 1, (2023, 2, 28)), ((2024, 2, 29), 12, (2025, 2, 28)),
        ((2024, 12, 15), 1, (2025, 1, 15)), ((2024, 3, 31), -1, (2024, 2, 29)), ((2024, 1, 15), -1, (2023, 12, 15)),
    ],
)  # fmt: skip
def test_ends_of_months(start: tuple[int, int, int], months: int, found: tuple[int, int, int]) -> None:
    assert shifted(date(*start), months) == date(*found)


def test_ahead() -> None:
    assert end("2025-09-01", Term("days", 60, ahead=True), None, "VN").due == "2025-07-03"
    assert end("2024-03-31", Term("months", 1, ahead=True), None, "VN").due == "2024-02-29"


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, "2023-03-01"), ("2022-02-20", "2023-03-01"), ("2023-02-20", "2024-03-01"), ("2023-04-20", "2024-03-01"),
        ("2023-12-20", "2025-03-01"), ("2024-03-01", "2025-03-01"), ("2026-02-27", "2027-03-01"),
    ],
)  # fmt: skip
def test_anniversaries(last: str | None, due: str) -> None:
    day = None if last is None else date.fromisoformat(last)
    assert next_anniversary(date(2022, 3, 1), 12, day).isoformat() == due


@given(DAYS, st.sampled_from([1, 3, 12, 24]), DAYS)
def test_the_next_anniversary_is_near_what_was_done(start: date, months: int, done: date) -> None:
    due = next_anniversary(start, months, done)
    assert (due.day, due > start) == (min(start.day, due.day), True)
    if done >= start:
        assert timedelta(0) < due - done <= timedelta(days=1.5 * 31 * months + 1)


@given(st.dates(date(2015, 2, 1), date(2026, 9, 1)), st.integers(1, 30))
def test_working_days_come_one_by_one(start: date, days: int) -> None:
    assert VN is not None
    last, _ = after_working_days(start, days, VN)
    assert last is not None
    passed = [start + timedelta(days=n) for n in range(1, (last - start).days + 1)]
    assert sum(VN.worked(day) for day in passed) == days
    assert VN.worked(last)


@pytest.mark.parametrize("path", sorted(Path(data_path("calendars")).glob("*.toml")), ids=lambda path: path.stem)
def test_a_calendar_is_whole(path: Path) -> None:
    data = tomllib.loads(path.read_text("utf-8"))["calendar"]
    assert all(day.weekday() < 5 for day in data["off"])
    assert all(day.weekday() >= 5 for day in data["working"])
    assert len(set(data["off"])) == len(data["off"])
    years = range(data["first"].year, data["last"].year + 1)
    assert {day.year for day in data["off"]} == set(years)
    assert all(9 <= sum(day.year == year for day in data["off"]) <= 24 for year in years)
    assert not set(data["uncertain"]) & {*data["off"], *data["working"]}


def test_the_notice_of_2025_of_the_state_council() -> None:
    assert CN is not None
    worked = {date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11)}
    assert {day for day in CN.working if day.year == 2025} == worked
    spans = [((1, 1), 1), ((1, 28), 8), ((4, 4), 3), ((5, 1), 5), ((5, 31), 3), ((10, 1), 8)]
    free = {date(2025, *first) + timedelta(days=n) for first, length in spans for n in range(length)}
    every = [date(2025, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [day for day in every if not CN.worked(day)] == [
        day for day in every if day in free or (day.weekday() >= 5 and day not in worked)
    ]
