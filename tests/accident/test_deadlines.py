"""Reports: each level's own clock from its own receipt, time zones, grades, days, and what no text states."""

from typing import Any

import pytest
from desk import run, told

GX = ("deadlines", "--jurisdiction", "CN/Guangxi", "--discovered", "2026-03-01T08:15")


def by_id(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in found["reports"]}


def test_the_unit_reports_at_once_and_in_writing_within_two_hours() -> None:
    rows = by_id(told(*GX))
    assert rows["unit_telephone"]["due"] == "2026-03-01T08:15+08:00"
    assert rows["unit_telephone"]["term"] == "at_once"
    assert rows["unit_written"]["due"] == "2026-03-01T10:15+08:00"
    assert {each["code"] for each in rows["unit_written"]["to_whom"]} == {
        "cn_environment_local", "cn_police_local", "cn_health_local",
    }  # fmt: skip
    assert (rows["unit_written"]["article"], rows["unit_written"]["force"]) == ("3.1", "binding")


def test_each_level_counts_from_its_own_receipt() -> None:
    receipts = {"received_local": "08:30", "received_city": "09:05", "received_region": "10:59"}
    options = [word for name, hour in receipts.items() for word in ("--event", name, f"2026-03-01T{hour}")]
    rows = by_id(told(*GX, *options, "--grade", "II"))
    assert rows["local_forward"]["due"] == "2026-03-01T10:30+08:00"
    assert rows["city_forward"]["due"] == "2026-03-01T11:05+08:00"
    assert rows["region_up"]["due"] == "2026-03-01T12:59+08:00"
    assert rows["region_up"]["at_latest"] is None


def test_without_receipts_every_level_may_use_its_whole_term() -> None:
    rows = by_id(told(*GX, "--grade", "I"))
    assert [rows[name]["due"] for name in ("local_forward", "city_forward", "region_up")] == [None] * 3
    latest = [rows[name]["at_latest"] for name in ("local_forward", "city_forward", "region_up")]
    assert latest == ["2026-03-01T10:15+08:00", "2026-03-01T12:15+08:00", "2026-03-01T14:15+08:00"]
    late = by_id(told(*GX, "--grade", "I", "--event", "received_city", "2026-03-01T09:00"))
    assert late["region_up"]["at_latest"] == "2026-03-01T13:00+08:00"


@pytest.mark.parametrize(
    ("grade", "city", "region"),
    [("I", True, True), ("II", True, True), ("III", True, False), ("IV", False, False), (None, None, None)],
)
def test_what_depends_on_the_grade(grade: str | None, city: bool | None, region: bool | None) -> None:
    rows = by_id(told(*GX, *(("--grade", grade) if grade else ())))
    assert (rows["city_government"]["applies"], rows["region_up"]["applies"]) == (city, region)
    assert rows["unit_written"]["applies"] is True


@pytest.mark.parametrize(
    ("ended", "due"),
    [("2026-03-10T00:00", "2026-03-25"), ("2026-03-10T23:59", "2026-03-25"), ("2026-02-20", None),
     ("2026-03-10T18:00+00:00", "2026-03-26"), ("2028-02-20T12:00", "2028-03-06")],
)  # fmt: skip
def test_the_summary_fifteen_days_after_the_end(ended: str, due: str | None) -> None:
    """The day of the end is left out; an end given in another zone is the day of the place."""
    if due is None:
        code, output = run(*GX, "--event", "ended", ended)
        assert code == 2
        assert "before the discovery" in output
        return
    assert by_id(told(*GX, "--event", "ended", ended))["summary"]["due"] == due


def test_what_has_no_hour_in_the_text_gets_none() -> None:
    rows = by_id(told(*GX))
    for name in ("unit_follow_up", "unit_final", "county_government", "summary_up"):
        assert (rows[name]["term"], rows[name]["due"]) == ("in_time", None)
    assert rows["direct"]["term"] == "may"


def test_time_zones() -> None:
    for written in ("2026-03-01T00:15Z", "2026-03-01T07:15+07:00", "2026-03-01 08:15"):
        found = told("deadlines", "--jurisdiction", "cn/guangxi", "--discovered", written)
        assert found["discovered"] == "2026-03-01T08:15+08:00"
    lao_cai = told("deadlines", "--jurisdiction", "VN/Lao Cai", "--discovered", "2026-03-01T00:15Z")
    assert (lao_cai["discovered"], lao_cai["time_zone"]) == ("2026-03-01T07:15+07:00", "UTC+07:00")


def test_a_day_without_hour_counts_from_its_first_minute() -> None:
    found = told("deadlines", "--jurisdiction", "CN/Guangxi", "--discovered", "2026-03-01")
    assert by_id(found)["unit_written"]["due"] == "2026-03-01T02:00+08:00"
    assert "accident.no_hour" in str(found["warnings"])


def test_lao_cai_notifies_at_once_and_says_what_is_not_held() -> None:
    found = told("deadlines", "--jurisdiction", "VN/Lao Cai", "--discovered", "2020-05-01T10:00")
    rows = by_id(found)
    assert (rows["unit_notice"]["term"], rows["unit_notice"]["force"]) == ("at_once", "binding")
    assert rows["unit_notice"]["article"] == "Art. 29(1)c"
    assert rows["facility_report"]["force"] == "repealed"
    codes = {each["code"] for each in found["warnings"]}
    assert codes == {"warnings.accident.vn_successor", "warnings.accident.vn_no_hours"}
    then = by_id(told("deadlines", "--jurisdiction", "VN", "--discovered", "2014-01-05T10:00"))
    assert then["facility_report"]["force"] == "binding"


def test_elsewhere_in_china_only_the_regulation_is_held() -> None:
    found = told("deadlines", "--jurisdiction", "CN/Jiangsu", "--discovered", "2014-05-08T20:00")
    assert [row["instrument"] for row in found["reports"]] == ["CN-449"]
    assert "cn_only_449" in str(found["warnings"])


def test_what_has_passed() -> None:
    rows = by_id(told(*GX, "--now", "2026-03-01T10:15"))
    assert rows["unit_written"]["passed"] is False
    rows = by_id(told(*GX, "--now", "2026-03-01T10:16", "--event", "ended", "2026-03-01T10:00"))
    assert (rows["unit_written"]["passed"], rows["summary"]["passed"]) == (True, False)
    assert rows["unit_final"]["passed"] is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--jurisdiction", "FR", "--discovered", "2026-03-01"), "FR"),
        (("--jurisdiction", "CN", "--discovered", "yesterday"), "yesterday"),
        (("--jurisdiction", "CN", "--discovered", "0001-01-01T00:00"), "0001"),
        (("--jurisdiction", "CN", "--discovered", "2026-03-01T25:00"), "25:00"),
        (("--jurisdiction", "CN", "--discovered", "2026-03-01", "--grade", "V"), "V"),
        (("--jurisdiction", "CN", "--discovered", "2026-03-01", "--event", "recieved", "2026-03-01"), "received"),
        (("--jurisdiction", "CN"), "--discovered"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused(arguments: tuple[str, ...], words: str) -> None:
    code, output = run("deadlines", *arguments)
    assert code == 2
    assert words in output


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_the_answer_in_every_language(language: str) -> None:
    for where in ("CN/Guangxi", "VN/Lao Cai", "CN"):
        code, output = run("deadlines", "--jurisdiction", where, "--discovered", "2026-03-01T08:15", "--now",
                           "2026-03-09T00:00", "--lang", language)  # fmt: skip
        assert code == 0
        assert "2026-03-01 08:15 +0" in output


def test_conditions_for_the_end() -> None:
    found = told(*GX, "--event", "ended", "2026-03-09", "--met", "declared")
    assert {each["condition"]: each["met"] for each in found["end_conditions"]} == {
        "item_1": False, "controlled": False, "release": False, "safe_state": False, "agreed": False, "declared": True,
    }  # fmt: skip
    assert [each["condition"] for each in found["end_conditions"] if not each["held"]] == ["item_1"]
    assert "ended_open" in str(found["warnings"])
    assert "ended_open" not in str(told(*GX, "--met", "declared", "--met", "item_1", "--event", "ended", "2026-03-09"))
    code, output = run(*GX, "--met", "own_criteria")
    assert code == 2
    assert "safe_state" in output


def test_reports_are_duties_of_the_engine() -> None:
    rows = by_id(told(*GX, "--now", "2026-03-01T11:00"))
    states = {name: rows[name]["status"] for name in ("unit_written", "city_forward", "region_up", "unit_final")}
    assert states == {"unit_written": "overdue", "city_forward": "undetermined", "region_up": "undetermined",
                      "unit_final": "standing"}  # fmt: skip
    assert rows["unit_written"]["rule"] == "CN-GX-44-2021/3.1a"
    assert [each["key"] for each in rows["region_up"]["missing"]] == ["received_region", "grade"]
    assert rows["unit_written"]["ways"][0]["due"] == rows["unit_written"]["due"]


def test_a_report_that_the_next_level_has_received_is_made() -> None:
    events = ("--event", "received_local", "2026-03-01T08:30", "--event", "received_city", "2026-03-01T10:31")
    rows = by_id(told(*GX, *events, "--now", "2026-03-02"))
    assert (rows["unit_telephone"]["status"], rows["unit_telephone"]["passed"]) == ("due", None)
    assert (rows["local_forward"]["status"], rows["local_forward"]["made"]) == ("late", "2026-03-01T10:31+08:00")
    assert (rows["unit_written"]["status"], rows["city_forward"]["status"]) == ("overdue", "overdue")
    assert "received 2026-03-01 10:31" in run(*GX, *events)[1]


def test_a_report_that_came_is_late_only_after_its_time() -> None:
    """The summary has the whole of its fifteenth day; the written report has two hours."""
    base = ("--jurisdiction", "CN/Guangxi", "--discovered", "2026-03-01T08:15", "--event", "ended", "2026-03-02T11:00")
    for event, name, time, status in (
        ("received_summary", "summary", "2026-03-17T23:59", "due"),
        ("received_summary", "summary", "2026-03-18T00:00", "late"),
        ("received_written", "unit_written", "2026-03-01T10:15", "due"),
        ("received_written", "unit_written", "2026-03-01T10:16", "late"),
    ):
        found = told("deadlines", *base, "--event", event, time, "--now", "2027-01-01")
        (row,) = (each for each in found["reports"] if each["id"] == name)
        assert (row["status"], row["passed"]) == (status, None)
        assert (", late)" in run("deadlines", *base, "--event", event, time)[1]) == (status == "late")
