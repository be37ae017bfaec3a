"""The law from the command line: the district example with something changed, and what the text then asks for."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from shieldcalc import assess
from shieldcalc.assess import Among
from shieldcalc.cli import cli
from shieldcalc.model.build import fixed_points
from shieldcalc.model.design import Design
from shieldcalc.model.result import Method, Result

ASSESS = sys.modules[assess.__name__]
EXAMPLES = Path(__file__).parents[2] / "examples"
TEXT = (EXAMPLES / "district_hospital_radiography.toml").read_text("utf-8")
LEAKAGE = 'leakage = { rate = "0.8 mGy/h", kv = "150 kV", current = "3.3 mA" }\n'
TECHNIQUE = 'maximum_technique = { kv = "125 kV", current = "320 mA" }\n'
READING = 'averaging = "hour"'
WEST = 'beyond = { kind = "office", name = "records office", occupancy = 1.0 }'
ABOVE = 'kind = "office", name = "office on the first floor", occupancy = 1.0'
GROUND = 'beyond = { kind = "nothing", name = "solid ground" }'
CONSOLE = TEXT[TEXT.index("[console]") : TEXT.index("[declarations]")]
CROSS = TEXT[TEXT.index('focus = ["3.9 m"') : TEXT.index("use_factor = 0.11")]
TUBE = TEXT[TEXT.index("[[source]]") :]
RATE = '{{ rate = "{}", kv = "{}", current = "3.3 mA" }}\n'

Change = tuple[str, str]


def in_room(height: str, lead: str, more: str = "", kv: str = "125 kV") -> tuple[Change, ...]:
    screen = f'from = ["4.8 m", "1.4 m"]\nto = ["4.8 m", "3.0 m"]\nheight = "{height}"\n{more}'
    layers = f'layers = [{{ material = "lead", thickness = "{lead}" }}]\n\n'
    console = 'location = "in_room"\nposition = ["5.2 m", "2.2 m", "1.5 m"]\nscreen = "shield"\n'
    seen = "patient_view = true\npatient_contact = true\n\n"
    place = f'[[screen]]\nid = "shield"\n{screen}{layers}[console]\n{console}{seen}'
    return (CONSOLE, place), (TECHNIQUE, f'maximum_technique = {{ kv = "{kv}", current = "10 mA" }}\n')


def beam(toward: str, x: str, use: str = "0.11", more: str = "") -> tuple[Change, ...]:
    ray = f'focus = ["{x}", "2.2 m", "0.95 m"]\npatient = ["{x}", "3.0 m", "0.95 m"]\ntoward = "{toward}"\n{more}'
    return (CROSS, ray), ("use_factor = 0.11", f"use_factor = {use}")


def more_tubes(count: int, declared: str, device: str = "xray_unit_{}") -> tuple[Change, ...]:
    tubes = [
        TUBE.replace('"tube"', f'"tube_{n}"').replace("xray_unit_1", device.format(n)) for n in range(2, count + 1)
    ]
    said = f"in_residential_area = false\n{declared}"
    return (TUBE, "\n".join((TUBE, *tubes))), ("in_residential_area = false\n", f"{said}\n")


# What was changed, the rule to look at, how it must come out at its worst subject, and the exit code.
CASES: dict[str, tuple[tuple[Change, ...], str, str, int]] = {
    "leakage at the bound": (((LEAKAGE, "leakage = " + RATE.format("1 mGy/h", "150 kV")),), "13.1a", "pass", 0),
    "leakage above it": (((LEAKAGE, "leakage = " + RATE.format("1.0000001 mGy/h", "150 kV")),), "13.1a", "fail", 1),
    "leakage not declared": (((LEAKAGE, ""),), "13.1a", "undetermined", 3),
    "leakage of a low mode": (
        ((LEAKAGE, "leakage = " + RATE.format("0.5 mGy/h", "124 kV")),),
        "13.1a.modes",
        "undetermined",
        3,
    ),
    "leakage of the highest mode": (
        ((LEAKAGE, "leakage = " + RATE.format("0.5 mGy/h", "125 kV")),),
        "13.1a.modes",
        "pass",
        0,
    ),
    "obstetrics beside": (((WEST, 'beyond = { kind = "obstetrics" }'),), "15.1", "fail", 1),
    "obstetrics above": (((ABOVE, 'kind = "obstetrics"'),), "15.1", "fail", 1),
    "children above": (((ABOVE, 'kind = "paediatrics"'),), "15.1", "fail", 1),
    "dwelling beside": (((WEST, 'beyond = { kind = "dwelling" }'),), "15.3.last", "undetermined", 3),
    "dwelling above": (((ABOVE, 'kind = "dwelling"'),), "15.3.last", "undetermined", 3),
    "residential area": (
        (("in_residential_area = false", "in_residential_area = true"),),
        "15.3.last",
        "undetermined",
        3,
    ),
    "residential area not said": ((("in_residential_area = false\n", ""),), "15.3.last", "undetermined", 3),
    "no sign": (
        (("warning_sign_over_entrance = true", "warning_sign_over_entrance = false"),),
        "15.4a",
        "fail",
        1,
    ),
    "sign not said": ((("warning_sign_over_entrance = true\n", ""),), "15.4a", "undetermined", 3),
    "wall below the ceiling": (
        (('id = "west"\nedge = 4\n', 'id = "west"\nedge = 4\nheight = "2 m"\n'),),
        "15.3d",
        "undetermined",
        3,
    ),
    "no reading of 15.3": (
        ((TEXT[TEXT.index("reading_15_3") : TEXT.index("# Corners")], "\n"),),
        "15.3d",
        "undetermined",
        3,
    ),
    "reading beam-on": (((READING, 'averaging = "beam_on"'),), "15.3d", "fail", 1),
    "no busiest hour": (((", patients_in_busiest_hour = 6", ""),), "15.3d", "undetermined", 3),
    "beam-on not known, hour decides": (((TECHNIQUE, ""),), "15.3d", "pass", 0),
    "beam-on not known, beam-on decides": (
        ((TECHNIQUE, ""), (READING, 'averaging = "beam_on"')),
        "15.3d",
        "undetermined",
        3,
    ),
    "a place that 15(3) does not name": (((WEST, 'beyond = { kind = "attic" }'),), "15.3d", "pass", 3),
    "mobile unit: no rule for the control room": (
        (('kind = "radiography"', 'kind = "mobile_xray"'),),
        "15.3d",
        "pass",
        3,
    ),
    "console not said": (((CONSOLE, ""),), "16.3.outside", "undetermined", 3),
    "console where nobody is assessed": (
        (
            ('position = ["6.1 m", "2.2 m", "1.5 m"]\n', ""),
            ('{ kind = "control_room", name = "control room", occupancy = 1.0 }', '{ kind = "nothing" }'),
        ),
        "15.3c",
        "undetermined",
        3,
    ),
    "150 kV, console outside": (((TECHNIQUE, TECHNIQUE.replace("125 kV", "150 kV")),), "16.3.outside", "pass", 0),
    "part-height screen": (in_room("2.1 m", "5 mm"), "16.3.rate", "undetermined", 3),
    "part-height screen, year not known": (in_room("2.1 m", "5 mm"), "15.3", "undetermined", 3),
    "part-height screen with its scatter": (
        in_room("2.1 m", "5 mm", 'scatter_over_top = "1 uSv/h"\n'),
        "16.3.rate",
        "pass",
        0,
    ),
    "scatter over the top at the bound": (
        in_room("2.1 m", "5 mm", 'scatter_over_top = "10 uSv/h"\n'),
        "16.3.rate",
        "fail",
        1,
    ),
    "full-height screen": (in_room("3.2 m", "5 mm"), "16.3.rate", "pass", 0),
    "thin screen": (in_room("3.2 m", "0.1 mm"), "16.3.rate", "fail", 1),
    "console in the room at 149.9 kV": (in_room("3.2 m", "5 mm", kv="149.9 kV"), "16.3.rate", "pass", 0),
    "console in the room at 150 kV": (in_room("3.2 m", "5 mm", kv="150 kV"), "16.3.outside", "fail", 1),
    "two devices, one at a time": (more_tubes(2, "simultaneous_operation = false"), "16.1.exception", "pass", 0),
    "two devices together": (more_tubes(2, "simultaneous_operation = true"), "16.1", "fail", 1),
    "two devices, not said": (more_tubes(2, ""), "16.1", "undetermined", 3),
    "three devices": (more_tubes(3, "simultaneous_operation = false"), "16.1.exception", "fail", 1),
    "three devices, not said": (more_tubes(3, ""), "16.1", "fail", 1),
    "two tubes of one device": (more_tubes(2, "", "xray_unit_1"), "16.1", "pass", 0),
    "beam at the door": (beam("entrance", "1.3 m"), "16.2.door", "fail", 1),
    "beam at the door, never used": (beam("entrance", "1.3 m", "0"), "16.2.door", "fail", 1),
    "beam at the door, stopped": (
        beam("entrance", "1.3 m", more="stopped_by_receptor = true\n"),
        "16.2.door",
        "fail",
        1,
    ),
    "beam at the waiting room": (beam("north_waiting", "4.6 m"), "16.2.public", "fail", 1),
    "beam at the floor, corridor below": (
        ((GROUND, 'beyond = { kind = "corridor", storey_height = "3 m" }'),),
        "16.2.public",
        "fail",
        1,
    ),
    "beam at the floor, office below": (
        ((GROUND, 'beyond = { kind = "office", storey_height = "3 m" }'),),
        "16.2.public",
        "pass",
        0,
    ),
}
_WORST = ("fail", "undetermined", "pass", "not_applicable")


_SEEN: dict[str, Result] = {}


@pytest.fixture(autouse=True)
def _each_room_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compute a room once for all the days, instruments and answers that it is judged by."""
    plain = ASSESS._compute

    def remembered(method: Method, design: Design, among: Among, options: Mapping[str, Any]) -> Result:
        key = repr((method.name, among.scene, fixed_points(design, among.scene)))
        if key not in _SEEN:
            _SEEN[key] = plain(method, design, among, options)
        return _SEEN[key]

    monkeypatch.setattr(ASSESS, "_compute", remembered)


def room(changes: tuple[Change, ...]) -> str:
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def judged(tmp_path: Path, text: str, *arguments: str) -> dict[str, Any]:
    file = tmp_path / "room.toml"
    file.write_text(text, "utf-8")
    result = CliRunner().invoke(cli, ["check", str(file), "--json", "-", *arguments])
    found: dict[str, Any] = json.loads(result.stdout)
    assert found["exit_code"] == result.exit_code
    return found


def worst(found: dict[str, Any], rule: str) -> str:
    outcomes = {finding["outcome"] for finding in found["findings"] if finding["rule"] == f"VN-LC-24-2015/{rule}"}
    return next(outcome for outcome in _WORST if outcome in outcomes)


@pytest.mark.parametrize(("changes", "rule", "outcome", "code"), CASES.values(), ids=CASES)
def test_what_the_law_finds(tmp_path: Path, changes: tuple[Change, ...], rule: str, outcome: str, code: int) -> None:
    found = judged(tmp_path, room(changes))
    assert (worst(found, rule), found["exit_code"]) == (outcome, code)


@pytest.mark.parametrize(
    ("on", "code", "states"),
    [
        ("2012-12-22", 3, ("not_yet_valid", "not_yet_valid", "not_yet_valid")),
        ("2012-12-23", 3, ("not_yet_valid", "not_yet_valid", "in_force")),
        ("2014-08-01", 3, ("not_yet_valid", "in_force", "in_force")),
        ("2015-06-13", 3, ("not_yet_valid", "in_force", "in_force")),
        ("2015-06-14", 0, ("in_force", "in_force", "in_force")),
        ("2018-10-31", 0, ("in_force", "in_force", "in_force")),
        ("2018-11-01", 0, ("in_force", "amended", "in_force")),
        ("2025-12-31", 0, ("in_force", "amended", "in_force")),
        ("2026-01-01", 3, ("force_not_verified", "repealed", "repealed")),
    ],
)
def test_the_day_decides(tmp_path: Path, on: str, code: int, states: tuple[str, ...]) -> None:
    found = judged(tmp_path, TEXT, "--on", on)
    named = {row["id"]: row["state"] for row in found["instruments"]}
    assert tuple(named[name] for name in ("VN-LC-24-2015", "VN-13-2014", "VN-19-2012")) == states
    assert found["exit_code"] == code


@pytest.mark.parametrize(
    ("table", "on", "code"),
    [
        ("fixed", "2018-10-31", 0),
        ("tilting", "2018-10-31", 1),
        ("tilting", "2018-11-01", 3),
        ("fixed", "2018-11-01", 0),
    ],
)
def test_a_room_too_small_weighs_until_its_text_was_amended(tmp_path: Path, table: str, on: str, code: int) -> None:
    """16.2 m2: Annex I asks 14 m2 with a fixed table, 20 m2 with a tilting one; read in a copy, asked for by name."""
    small = (EXAMPLES / "failing_room_repaired.toml").read_text("utf-8")
    text = small.replace('patient_table = "fixed"', f'patient_table = "{table}"')
    assert judged(tmp_path, text, "--on", on)["exit_code"] == code


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("VN-LC-24-2015",), 0),
        (("VN-LC-24-2015", "VN-LC-24-2015"), 0),
        (("VN-LC-24-2015", "US-NCRP147"), 0),
        (("US-NCRP147",), 3),
        (("VN-13-2014",), 3),
        (("VN-19-2012",), 3),
        (("VN-59-2025",), 3),
    ],
)
def test_instruments_asked_for_by_name(tmp_path: Path, names: tuple[str, ...], code: int) -> None:
    asked = [word for name in names for word in ("--regulation", name)]
    assert judged(tmp_path, TEXT, *asked)["exit_code"] == code


def test_a_face_where_nobody_can_be_is_an_assumption(tmp_path: Path) -> None:
    found = judged(tmp_path, TEXT)
    assert [face["id"] for face in found["not_assessed"]] == ["floor"]
    said = [note["text"] for note in found["assumptions"] if note["code"] == "assumptions.not_assessed"]
    assert said == ["floor: not assessed, because the file says that nobody can be there (solid ground)"]
    shown = CliRunner().invoke(cli, ["check", str(tmp_path / "room.toml")]).stdout
    assert "floor: not assessed" in shown


def test_the_terminal_says_what_is_repealed_and_what_is_not_held(tmp_path: Path) -> None:
    (tmp_path / "room.toml").write_text(TEXT, "utf-8")
    shown = CliRunner().invoke(cli, ["check", str(tmp_path / "room.toml"), "--on", "2026-06-30"]).stdout
    words = " ".join(shown.split())
    for said in (
        "VN-LC-24-2015: present force not verified",
        "VN-13-2014: repealed; from 2014-08-01; that day is recalled, not read in the text",
        "VN-19-2012: repealed; from 2012-12-23; no longer in force from 2026-01-01; replaced by VN-59-2025",
        "VN-59-2025: in force; from 2026-01-01; not held here: dose limits",
    ):
        assert said in words


@pytest.mark.parametrize("day", ["20250630", "2025-W27-1", "2025-6-30", "0000-01-01", ""])
def test_a_date_is_written_in_one_way(tmp_path: Path, day: str) -> None:
    (tmp_path / "room.toml").write_text(TEXT, "utf-8")
    result = CliRunner().invoke(cli, ["check", str(tmp_path / "room.toml"), "--on", day])
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_method_named_by_the_caller_is_no_assumption(tmp_path: Path) -> None:
    text = TEXT.replace('methods = ["ncrp147"]\n', "")
    codes = [
        [note["code"] for note in judged(tmp_path, text, *named)["assumptions"]]
        for named in ((), ("--method", "ncrp147"))
    ]
    assert ["assumptions.method" in found for found in codes] == [True, False]
