"""The calendar file: parsed back by another reader, folded by octets, the same bytes each time, no clock."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from facility_made import CITY, HOSPITAL, SMALL, written
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.cli import cli
from shieldcalc.facility.ics import escaped, folded


def _written(path: object, *arguments: str) -> bytes:
    done = CliRunner().invoke(cli, ["due", str(path), "--ics", "-", *arguments])
    assert done.exit_code == 0
    return done.stdout_bytes


def _events(content: bytes) -> list[dict[str, str]]:
    """Read by RFC 5545: unfold, split at the first colon outside quotes, unescape."""
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    events: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name not in ("END",):
            events[-1][name] = re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
    return events


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
@pytest.mark.parametrize("path", [HOSPITAL, CITY], ids=lambda path: path.parent.name)
def test_it_is_read_back(path: Path, language: str, asked: object) -> None:
    content = _written(path, "--lang", language)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    events = _events(content)
    found = asked(path, "--lang", language)  # type: ignore[operator]
    dated = [each for each in found["duties"] if each["due"]]
    assert [event["DTSTART;VALUE=DATE"] for event in events] == [each["due"].replace("-", "") for each in dated]
    assert all(each["what"] in event["SUMMARY"] for event, each in zip(events, dated, strict=True))
    assert all(
        each["article"] in event["DESCRIPTION"] or language != "en" for event, each in zip(events, dated, strict=True)
    )
    assert len({event["UID"] for event in events}) == len(events)
    for event in events:
        start, after = (date.fromisoformat(event[f"DT{end};VALUE=DATE"]) for end in ("START", "END"))
        assert after - start == timedelta(days=1)
        assert event["DTSTAMP"] == found["on"].replace("-", "") + "T000000Z"


def test_the_same_bytes_and_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    first = _written(HOSPITAL)
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert _written(HOSPITAL) == first


def test_ids_stay_when_the_day_of_the_question_moves() -> None:
    one = {event["UID"] for event in _events(_written(HOSPITAL, "--on", "2025-12-01"))}
    other = {event["UID"] for event in _events(_written(HOSPITAL, "--on", "2025-12-02"))}
    assert one == other


def test_what_is_due_at_an_hour(tmp_path: Path) -> None:
    text = SMALL.replace('jurisdiction = "VN/Lao Cai"', 'jurisdiction = "CN/Guangxi"')
    events = _events(_written(written(tmp_path, text), "--on", "2025-05-30"))
    assert "20250530T123000" in [event.get("DTSTART") for event in events]


def test_a_file_is_written_and_never_over_the_input(tmp_path: Path) -> None:
    path, target = written(tmp_path), tmp_path / "due.ics"
    done = CliRunner().invoke(cli, ["due", path, "--ics", str(target)])
    assert done.exit_code == 0
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert CliRunner().invoke(cli, ["due", path, "--ics", path]).exit_code == 2
    assert Path(path).read_text("utf-8") == SMALL


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=400))
def test_folding_loses_nothing(text: str) -> None:
    parts = list(folded(text))
    assert all(len(part) <= 77 for part in parts)
    assert b"".join(parts).decode().replace("\r\n ", "")[:-2] == text.replace("\r\n ", "")


def test_names_are_escaped(tmp_path: Path) -> None:
    assert escaped("a, b; c\\d\ne") == "a\\, b\\; c\\\\d\\ne"
    text = SMALL.replace('name = "District hospital"', 'name = "A, B; C"')
    assert b"X-WR-CALNAME:A\\, B\\; C\r\n" in _written(written(tmp_path, text))
