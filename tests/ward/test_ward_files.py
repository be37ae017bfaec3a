"""Design files of wards: what may be left out, and what is refused with file, line and key."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from wards import loaded, ward

from shieldcalc.cli import cli
from shieldcalc.errors import InputError

FLOOR = """[floor]
layers = [{ material = "concrete", thickness = "150 mm" }]
beyond = { kind = "patient_room", occupancy = 1.0, storey_height = "3 m" }
"""
CONSOLE = '[console]\nlocation = "outside"\n'
POINT = ward()[ward().index("[[point]]") : ward().index("[[source]]")]
CASES = {
    "fixed equipment": ('kind = "mobile_xray"', 'kind = "radiography"', "source.1.kind", "ward_fixed"),
    "nobody there": (POINT, "", "point", "ward_nobody"),
    "nobody but behind nothing": ('kind = "patient_room", occupancy = 1.0', 'kind = "nothing"', "point", "ward_nobody"),
    "no occupancy": (", occupancy = 1.0", "", "point.1.beyond.occupancy", "ward_occupancy"),
    "a console": (POINT, POINT + CONSOLE, "console", "ward_console"),
    "a distance below nothing": ('distance = "2.5 m"', 'distance = "-2.5 m"', "operator.distance", "out_of_range"),
    "no distance at all": ('distance = "2.5 m"\n', "", "operator.distance", "missing_key"),
    "no unit": ('distance = "2.5 m"', "distance = 2.5", "operator.distance", "bare_number"),
    "protection of less than nothing": (
        'protection = "0.25 mm"',
        'protection = "-1 mm"',
        "operator.protection",
        "out_of",
    ),
    "not a ward": ("ward = true", "ward = false", "wall", "not_built"),
    "ward in quotes": ("ward = true", 'ward = "yes"', "room.ward", "wrong_type"),
    "a wall on one edge alone": (
        POINT,
        POINT + '[[wall]]\nid = "w"\nedge = 1\nlayers = [{ material = "lead", thickness = "1 mm" }]\n'
        'beyond = { kind = "nothing" }\n',
        "room.plan",
        "not_closed",
    ),
    "a door without a wall": (
        POINT,
        POINT + '[[door]]\nid = "d"\nwall = "w"\nfrom = "1 m"\nwidth = "1 m"\nheight = "2 m"\n'
        'layers = [{ material = "wood", thickness = "40 mm" }]\n',
        "door.1.wall",
        "unknown_name",
    ),
    "a patient outside the plan": ('patient = ["3.0 m"', 'patient = ["33 m"', "beam.1.patient", "outside_room"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_refused(case: tuple[str, str, str, str], tmp_path: Path) -> None:
    before, after, key, code = case
    text = ward()
    assert before in text
    with pytest.raises(InputError) as refused:
        loaded(text.replace(before, after), tmp_path)
    found = [(problem.key, problem.code) for problem in refused.value.problems]
    assert any(key in name and code in said for name, said in found), found
    assert all(problem.line for problem in refused.value.problems)


def test_a_slip_in_ward_is_said_alone(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        loaded(ward().replace("ward = true", "wards = true"), tmp_path)
    assert [problem.key for problem in refused.value.problems] == ["room.wards"]


def test_fixed_and_mobile_do_not_mix(tmp_path: Path) -> None:
    text = ward()
    other = (
        text[text.index("[[source]]") :].replace('id = "mobile"', 'id = "fixed"').replace("mobile_xray", "radiography")
    )
    with pytest.raises(InputError) as refused:
        loaded(text + other, tmp_path)
    assert {(problem.key, problem.code) for problem in refused.value.problems} == {
        ("source.2.kind", "design.ward_fixed"),
        ("source.2.operator", "design.not_here"),
    }


def test_each_part_may_be_left_out_by_itself(tmp_path: Path) -> None:
    design = loaded(ward() + FLOOR, tmp_path)
    assert design.floor is not None
    assert design.ceiling is None
    assert design.walls == ()
    assert loaded(ward().replace(POINT, "") + FLOOR, tmp_path).points == ()


def test_a_mobile_unit_in_a_built_room_is_no_ward(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["new", "radiography"])
    text = result.stdout.replace('kind = "radiography"', 'kind = "mobile_xray"')
    assert not loaded(text, tmp_path).ward


def test_a_c_arm_may_be_mobile(tmp_path: Path) -> None:
    assert loaded(ward(kind="mobile_c_arm"), tmp_path).sources[0].kind == "mobile_c_arm"
