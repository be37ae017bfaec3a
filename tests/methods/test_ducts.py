"""Ducts of treatment rooms: through the barrier that they name, told behind every wall that they lead to."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from linac_mazes import EXAMPLE, scene, text

from shieldcalc.cli import cli
from shieldcalc.model.scene import Point, Scene
from shieldcalc.physics.ducts import behind_ducts

DUCT = '[[duct]]\nid = "d"\nbarrier = "{}"\nfrom = [{}]\nto = [{}]\ndiameter = "10 cm"\n'
OBLIQUE = DUCT.format("east_south", '"9 m", "4.2 m", "0.2 m"', '"10.5 m", "5 m", "0.2 m"')


@pytest.mark.parametrize(
    ("barrier", "start", "end", "met"),
    [
        ("north", '"4.5 m", "0 m", "0.3 m"', '"4.5 m", "-1.2 m", "0.3 m"', "south"),
        ("north", '"4.5 m", "5 m", "0.3 m"', '"4.5 m", "6 m", "0.3 m"', "north"),
        ("ceiling", '"4.5 m", "11 m", "0.3 m"', '"4.5 m", "12.5 m", "0.3 m"', "north"),
    ],
)
def test_a_duct_leads_through_the_barrier_that_it_names(
    tmp_path: Path, barrier: str, start: str, end: str, met: str
) -> None:
    """Named for another wall, the one that it leads through would pass."""
    file = tmp_path / "bad.toml"
    file.write_text(EXAMPLE.read_text("utf-8") + DUCT.format(barrier, start, end), "utf-8")
    answer = CliRunner().invoke(cli, ["check", str(file)])
    assert answer.exit_code == 2
    assert "duct.1.barrier" in answer.output
    assert met in answer.output


def told(there: Scene, barrier: str | None, *crossed: str) -> bool:
    beyond = next(each.beyond for each in there.barriers if each.id == "east_belt")
    assert beyond is not None
    return bool(list(behind_ducts(there, Point(id="p", position=(0, 0, 0), barrier=barrier, beyond=beyond), crossed)))


def test_an_oblique_duct_is_told_behind_the_wall_that_it_comes_out_at(tmp_path: Path) -> None:
    there = scene(tmp_path, text() + OBLIQUE)
    assert told(there, "east_south")
    assert told(there, "east_belt", "east_belt")
    assert told(there, None, "east_belt")
    assert not told(there, "east_north", "east_north", "east_belt")
    assert not told(there, "north", "north")


# What no method computes is told in every room of radiotherapy and industry: a straight duct at the source's height.
@pytest.mark.parametrize(
    ("name", "at", "seen"),
    [
        ("co60_teletherapy_room", '"3.5 m", {}, "1.3 m"', "isocentre"),
        ("orthovoltage_room", '"2.2 m", {}, "1.3 m"', None),
        ("simulator_room", '"3 m", {}, "1.2 m"', None),
        ("industrial_xray_room", '"3 m", {}, "1.2 m"', None),
        ("industrial_linac_room", '"3 m", {}, "1.2 m"', None),
        ("co60_hdr_room", '"3.6 m", {}, "1 m"', None),
        ("ir192_bunker", '"3 m", {}, "1 m"', None),
    ],
)
def test_ducts_of_other_rooms_leave_their_wall_open(tmp_path: Path, name: str, at: str, seen: str | None) -> None:
    text = (EXAMPLE.parent / f"{name}.toml").read_text("utf-8")
    duct = DUCT.format("south", at.format('"0 m"'), at.format('"-0.4 m"'))
    path = tmp_path / "room.toml"
    path.write_text(text + "\n" + duct, "utf-8")
    answer = CliRunner().invoke(cli, ["check", str(path), "--json", "-"])
    assert answer.exit_code in (1, 3), answer.output
    found = json.loads(answer.stdout)
    told = [each["code"] for each in found["warnings"] + [n for m in found["methods"] for n in m["notices"]]]
    assert {"warnings.duct_sees", "warnings.duct_hidden"} & set(told)
    assert seen is None or "isocentre" in answer.stdout
    behind = next(each for each in found["barriers"] if each["id"] == "south")
    assert behind["outcome"] in ("undetermined", "fail")
    assert all(each["required_mm"] is None for each in behind["requirements"])
