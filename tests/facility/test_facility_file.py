"""The facility file: what it says is read, and every fault is named with its line, key and what is allowed."""

import json
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from facility_made import CITY, HOSPITAL, ROOT, SMALL, line_of, read, written
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldcalc import plugins
from shieldcalc.errors import InputError
from shieldcalc.facility import load
from shieldcalc.model.loader.json_schema import facility_schema

SCHEMA = json.loads((ROOT / "data" / "schemas" / "facility-1.json").read_text("utf-8"))


def _told(folder: Path, text: str) -> str:
    with pytest.raises(InputError) as refused:
        read(folder, text)
    return refused.value.text()


def test_what_a_file_says_is_read(tmp_path: Path) -> None:
    facility = read(tmp_path)
    assert (facility.name, facility.on, facility.jurisdiction) == ("District hospital", date(2025, 6, 1), "VN/Lao Cai")
    (device,) = facility.devices
    assert device.events["verified"] == (date(2022, 9, 5), date(2024, 9, 1))
    assert device.dose_check_months == 0
    assert facility.sources[0].activity_Bq == 3.7e8
    assert facility.people[0].doses[0].effective_mSv == 0.6
    assert facility.incidents[0].events["discovered"] == (datetime(2025, 5, 30, 10, 30),)
    assert facility.sha256 == sha256(SMALL.encode()).hexdigest()


@pytest.mark.parametrize("path", [HOSPITAL, CITY], ids=lambda path: path.parent.name)
def test_the_examples_load_and_fit_the_schema(path: Path) -> None:
    assert load(str(path), plugins.catalog()).devices
    parsed = tomllib.loads(path.read_text("utf-8"))
    jsonschema.validate(json.loads(json.dumps(parsed, default=lambda day: day.isoformat())), SCHEMA)


def test_the_schema_is_that_of_the_code() -> None:
    assert facility_schema() == SCHEMA


# (what stands in the file, what takes its place, the line that must be named, the key, words of the message)
FAULTS = [
    ("acquired = ", "aquired = ", "aquired", "device.1.aquired", "did you mean 'acquired'?"),
    ('kind = "ct"', 'kind = "cct"', 'kind = "cct"', "device.1.kind", "did you mean 'ct'?"),
    ('kind = "hospital"', 'kind = "hopital"', 'kind = "hop', "facility.kind", "did you mean 'hospital'?"),
    ('role = "radiation_worker"', 'role = "radiation_wroker"', "role", "person.1.role", "'radiation_worker'?"),
    ('licence = "licence"\nacq', 'licence = "license"\nacq', 'licence = "license"', "device.1.licence", "'licence'?"),
    ("declared = 2022-07-27", 'declared = "2022-07-27"', "declared", "device.1.declared", "a date without quotes"),
    ("declared = 2022-07-27", "declared = 2022-07-27T08:00:00", "declared", "device.1.declared", "a date without"),
    ("declared = 2022-07-27", "declared = [2022-07-27, 2022-07-28]", "declared", "device.1.declared", "1 to 1"),
    ("declared = 2022-07-27", "declared = 9999-12-31", "declared", "device.1.declared", "1900 to 2200"),
    ("discovered = 2025-05-30T10:30:00", "discovered = 2025-05-30T10:30:00Z", "discovered", "incident.1.discovered",
     "a local date and time"),
    ("notified = 2025-05-30T11", "notified = 2025-05-29T11", "notified", "incident.1.notified", "discovered"),
    ("issued = 2022-09-01", "issued = 2022-09-01\nexpiry = 2021-09-01", "expiry", "licence.1.expiry", "2022-09-01"),
    ("issued = 2022-09-01\n", "", "[[licence]]", "licence.1.issued", "missing"),
    ('id = "meter"', 'id = "ct"', 'id = "ct"', "", "used once"),
    ('id = "meter"', 'id = "facility"', 'id = "facility"', "meter.1.id", "facility"),
    ('nuclide = "Cs-137"', 'nuclide = "Cs-1377"', "nuclide", "sealed_source.1.nuclide", "did you mean 'Cs-137'?"),
    ('activity = "370 MBq"', "activity = 370", "activity", "sealed_source.1.activity", "Bq"),
    ('effective = "0.6 mSv"', 'effective = "0.6 mGy"', "effective", "person.1.dose.1.effective", "mSv"),
    ("trained = 2023", "trained = 1989", "trained", "person.1.trained", "birth_date"),
    ("dose_check_months = 0", "dose_check_months = 0.5", "dose_check", "device.1.dose_check_months", "whole number"),
    ('kind = "annual_report"', 'kind = "trained"', "[[event]]", "event.1.people", "trained"),
    ("date = 2024-11-22", 'date = 2024-11-22\npeople = ["worker"]', "people", "event.1.people", "no meaning"),
    ('grade = "general"', 'grade = "grave"', "grade", "incident.1.grade", "especially_major"),
    ('kind = "licence_renewal_xray"', 'kind = "licence_renewal"', "kind = \"licence_r", "application.1.kind",
     "did you mean 'licence_renewal_xray'?"),
    ("issued = 2022-09-01", 'issued = 2022-09-01\nreplaces = "licence"', "replaces", "licence.1.replaces", "own place"),
    ("format = 1", "format = 2", "format", "format", "at most 1"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "key", "words"), FAULTS, ids=lambda value: str(value)[:25])
def test_a_fault_is_named(tmp_path: Path, old: str, new: str, line: str, key: str, words: str) -> None:
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    told = _told(tmp_path, text)
    number = line_of(text, line) if key else text.splitlines().index('id = "ct"') + 1
    first = next(each for each in told.splitlines() if f":{number}: {key}" in each or (not key and words in each))
    assert words in first


@pytest.mark.parametrize(
    ("file", "digest", "words"),
    [
        ("../facility.toml", "a" * 64, "leads out of the folder"),
        ("/etc/passwd", "a" * 64, "leads out of the folder"),
        ("facility.toml", "a" * 64, "the facility file itself"),
        ("nothing.toml", "a" * 64, "there is no file"),
        ("room.toml", "a" * 64, sha256(b"room").hexdigest()),
        ("room.toml", "A" * 64, "64 digits"),
    ],
)
def test_rooms_lie_below_and_are_the_files_that_were_named(tmp_path: Path, file: str, digest: str, words: str) -> None:
    (tmp_path / "room.toml").write_bytes(b"room")
    text = SMALL + f'\n[[room]]\nid = "room"\nfile = "{file}"\nsha256 = "{digest}"\n'
    told = _told(tmp_path, text)
    assert words in told
    assert f":{line_of(text, 'sha256' if 'SHA' in told else 'file')}: room.1." in told


def test_a_link_does_not_lead_out(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "room.toml").write_bytes(b"room")
    (inner / "room.toml").symlink_to(tmp_path / "room.toml")
    told = _told(inner, SMALL + f'\n[[room]]\nid = "room"\nfile = "room.toml"\nsha256 = "{"a" * 64}"\n')
    assert "leads out of the folder" in told


def test_the_right_file_is_taken(tmp_path: Path) -> None:
    (tmp_path / "room.toml").write_bytes(b"room")
    digest = sha256(b"room").hexdigest()
    facility = read(tmp_path, SMALL + f'\n[[room]]\nid = "room"\nfile = "room.toml"\nsha256 = "{digest}"\n')
    assert facility.rooms[0].file == "room.toml"


@pytest.mark.parametrize("place", ["VN/Lào Cai", "vn/lao cai", " VN / Lao Cai"])
def test_marks_and_capitals_of_a_place_do_not_matter(
    tmp_path: Path, place: str, asked: Callable[..., dict[str, Any]]
) -> None:
    found = asked(written(tmp_path, SMALL.replace("VN/Lao Cai", place)))
    assert "VN-LC-24-2015" in [row["id"] for row in found["instruments"]]


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_no_text_brings_it_down(text: str) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder, pytest.raises(InputError):
        read(Path(folder), SMALL.replace("2022-07-27", text.replace("\r", "")) + "\n!")
