"""``shieldcalc due`` from the command line: the examples on both sides of a change of the law, windows, refusals."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from facility_made import CITY, HOSPITAL, ROOT, SMALL, written

from shieldcalc.cli import cli

SCHEMA = json.loads((ROOT / "data" / "schemas" / "due-1.json").read_text("utf-8"))
Asked = Callable[..., dict[str, Any]]


def _run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["due", *map(str, arguments)])
    return done.exit_code, done.output


def _days(found: dict[str, Any], status: str) -> dict[tuple[str, str], str]:
    return {(each["rule"].split("/")[1], each["subject"]): each["due"] for each in found["duties"]
            if each["status"] == status}  # fmt: skip


def test_the_district_hospital_before_and_after_the_new_law(asked: Asked) -> None:
    before, after = asked(HOSPITAL, "--on", "2025-12-01"), asked(HOSPITAL, "--on", "2026-01-15")
    assert _days(before, "overdue") == {("14.1c.repair", "ct_1"): "2025-11-12"}
    assert _days(before, "due")["28.2c", "facility"] == "2025-12-10"
    assert _days(before, "due")["10.3", "licence_2023"] == "2026-03-21"
    assert {each["force"] for each in before["duties"]} == {"binding"}
    assert {each["force_when_due"] for each in before["duties"] if (each["due"] or "") >= "2026"} == {"unverified"}
    assert {each["force"] for each in after["duties"]} == {"unverified"}
    assert _days(after, "overdue")["14.3.year", "survey_meter_1"] == "2025-12-18"
    states = {row["id"]: row["state"] for row in after["instruments"]}
    assert (states["VN-LC-24-2015"], states["VN-59-2025"]) == ("force_not_verified", "in_force")
    assert "VN-59-2025" in after["instruments_without_duties"]


def test_the_city_hospital_during_and_after_the_three_years(asked: Asked) -> None:
    during, after = asked(CITY, "--on", "2026-02-10"), asked(CITY, "--on", "2027-02-10")
    assert _days(during, "due")["3.1.1a", "facility"] == "2026-04-30"
    assert not [each for each in after["duties"] if each["instrument"] == "CN-SZ-42-2024"]
    assert [each["rule"] for each in after["not_in_force"]] == ["CN-SZ-42-2024/3.1.1a"]
    assert {each["force"] for each in after["duties"]} == {"unverified", "secondary_source"}


def test_two_ways_to_count_are_both_shown(asked: Asked, tmp_path: Path) -> None:
    found = asked(written(tmp_path), "--on", "2025-06-01")
    (duty,) = [each for each in found["duties"] if each["rule"].endswith("14.1b.year")]
    assert [(way["counted_from"], way["due"]) for way in duty["ways"]] == [
        ("put_into_use", "2025-09-12"), ("verified", "2025-09-01"),
    ]  # fmt: skip
    assert (duty["due"], duty["counted_from"]) == ("2025-09-01", "verified")


def test_overdue_comes_first_and_whatever_the_window(asked: Asked) -> None:
    found = asked(HOSPITAL, "--on", "2025-12-01", "--from", "2026-06-01", "--to", "2026-06-30")
    statuses = [each["status"] for each in found["duties"]]
    assert statuses == sorted(statuses, key=["overdue", "due", "late", "undetermined", "standing"].index)
    assert statuses[0] == "overdue"
    assert {each["due"][:7] for each in found["duties"] if each["status"] == "due"} == {"2026-06"}


def test_what_happened_later_is_not_known(asked: Asked) -> None:
    found = asked(HOSPITAL, "--on", "2024-12-05")
    assert "mobile_1" not in {each["subject"] for each in found["duties"] if each["status"] == "overdue"}
    assert _days(found, "due")["14.1b.year", "ct_1"] == "2025-09-03"


def test_who_and_what_came_later_is_not_there_yet(asked: Asked) -> None:
    found = asked(HOSPITAL, "--on", "2023-05-11")
    subjects = {each["subject"] for each in found["duties"]}
    assert "licence_2020" in subjects
    assert not {"licence_2023", "licence_ct", "radiographer_2"} & subjects
    after = {each["subject"] for each in asked(HOSPITAL, "--on", "2023-05-12", "--to", "2027-01-01")["duties"]}
    assert "licence_2023" in after
    assert "licence_2020" not in after


def test_json_fits_its_schema_in_every_language() -> None:
    for language in ("en", "vi", "zh"):
        for path in (HOSPITAL, CITY):
            code, output = _run(path, "--json", "--lang", language)
            assert code == 0
            jsonschema.validate(json.loads(output), SCHEMA)


@pytest.mark.parametrize(("language", "word"), [("en", "Overdue"), ("vi", "Quá hạn"), ("zh", "已逾期")])
def test_text_is_in_the_language(language: str, word: str) -> None:
    code, output = _run(HOSPITAL, "--lang", language)
    assert code == 0
    assert word in output
    assert ("Art. 14" in output) == (language == "en")


def test_nothing_held_is_said() -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        code, output = _run(written(Path(folder), SMALL.replace("VN/Lao Cai", "VN/Ha Giang")))
    assert code == 0
    assert "does not mean that nothing is due" in output


def test_instruments_may_be_named(asked: Asked, tmp_path: Path) -> None:
    text = SMALL.replace("date = 2025-06-01", 'date = 2025-06-01\ninstruments = ["VN-24-2012"]')
    found = asked(written(tmp_path, text))
    assert [row["id"] for row in found["instruments"]] == ["VN-24-2012"]
    assert found["duties"] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--on", "yesterday"), "--on: 'yesterday' is no day"),
        (("--to", "2025-02-30"), "--to: '2025-02-30' is no day"),
        (("--from", "2025-09-01", "--to", "2025-08-01"), "lies before the first day"),
        (("--on", "0001-01-01"), "lies outside"),
        (("--lang", "fr"), "no language named 'fr'"),
        (("--json", "--ics", "-"), "both write to standard output"),
    ],
)
def test_bad_arguments(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    code, output = _run(written(tmp_path), *arguments)
    assert code == 2
    assert words in output
    assert "Traceback" not in output


@pytest.mark.parametrize(
    ("place", "guess"),
    [("VN/Lao Kai", "VN/Lao Cai"), ("CN/Shuozhou", "CN/Shanxi/Shuozhou"), ("CN/Guang xi", "CN/Guangxi"), ("Mars", "")],
)
def test_a_place_that_is_nearly_another(tmp_path: Path, place: str, guess: str) -> None:
    code, output = _run(written(tmp_path, SMALL.replace("VN/Lao Cai", place)))
    assert code == 2
    assert f":6: facility.jurisdiction: no law is held for '{place}'" in output
    assert (f"did you mean '{guess}'" in output) == bool(guess)


def test_a_day_is_needed(tmp_path: Path) -> None:
    code, output = _run(written(tmp_path, SMALL.replace("date = 2025-06-01\n", "")))
    assert code == 2
    assert "--on" in output


def test_the_answer_is_the_same_bytes() -> None:
    assert _run(HOSPITAL) == _run(HOSPITAL)
