"""Mazes of brachytherapy rooms: the worked Chinese room, plans, what must never give less."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from brachy_rooms import SOURCE
from click.testing import CliRunner
from linac_mazes import at_door, week

from designs import box, head, slabs, walls
from shieldcalc.cli import cli

WALL = '{ material = "concrete", thickness = "800 mm" }'
WALLS = walls(WALL, ids=("w1", "w2", "w3", "w4"), **dict.fromkeys(("w2", "w3"), 'kind = "office", occupancy = 1'))
SCREEN = f"""[[screen]]
id = "inner"
from = ["8 m", "6.2 m"]
to = ["TO m", "6.2 m"]
height = "3 m"
layers = [{WALL}]

"""
DOOR = """[[door]]
id = "door"
wall = "DOORWALL"
from = "DOORAT"
width = "1.2 m"
height = "2.1 m"
layers = [LAYER]

[maze]
inner_wall = "inner"
door = "door"

"""
STATED = '[maze.stated]\ndocument = "report"\na1 = "14.36 m2"\ndsec = "4.3 m"\ndzz = "5.9 m"\nalpha1 = 0.0339\n\n'
LEAD = '{ material = "lead", thickness = "10 mm" }'
RATE, H10 = "air_kerma_beam_on_uGy_per_h", "h10_beam_on_uSv_per_h"


def _room(
    *, to: float = 2, wall: str = "w2", at: str = "7.2 m", layer: str = LEAD, more: str = "", source: str = SOURCE
) -> str:
    door = DOOR.replace("DOORWALL", wall).replace("DOORAT", at).replace("LAYER", layer)
    text = head("Hospital", "HDR", "VN-19-2012", methods=["srs47"]) + box(8, 9) + WALLS + slabs(WALL)
    return text + SCREEN.replace("TO", str(to)) + door + more + source


def _check(folder: Path, text: str, *more: str) -> dict[str, Any]:
    (folder / "room.toml").write_text(text, encoding="utf-8")
    found = CliRunner().invoke(cli, ["check", str(folder / "room.toml"), "--json", *more])
    assert found.exit_code in (0, 1, 3), found.output
    answer: dict[str, Any] = json.loads(found.output)
    return answer


def _door(answer: dict[str, Any]) -> dict[str, Any]:
    return next(each for each in answer["points"] if each["id"] == "door")


def _along(point: dict[str, Any]) -> float:
    """Return the air kerma rate along the maze in uGy/h."""
    parts = [each for each in point["components"] if each["kind"] == "maze_photons"]
    return math.fsum(each["air_kerma"]["beam_on_uGy_per_h"] for each in parts)


def _week(folder: Path, text: str, place: str = '["9.1 m", "7.8 m", "1 m"]') -> float:
    """Return what comes along the maze in a week to a place behind the door, the design's only one."""
    beyond = '{ kind = "office", occupancy = 1 }'
    point = f'[[point]]\nid = "at_door"\nposition = {place}\nbeyond = {beyond}\n'
    return week(at_door(folder, text.replace("[[source]]", point + "[[source]]"), "srs47"), "maze_photons")


def test_the_worked_room(tmp_path: Path) -> None:
    """31.1 uGy/h at the door and 0.313 behind 10 mm of lead, as the evaluation report prints: three digits."""
    answer = _check(tmp_path, _room(more=STATED))
    point = _door(answer)
    assert _along(point) == pytest.approx(0.313, rel=0.01)
    assert point["doses"][H10] > 1.76 * _along(point)
    assert not [each for each in answer["findings"] if each["outcome"] == "undetermined" and each["subject"] == "door"]
    figures = {each["symbol"]: each for each in answer["methods"][0]["mazes"][0]["figures"]}
    assert (figures["a1"]["stated"], figures["a1"]["value"]) == (True, 14.36)
    assert figures["dzz"]["plan"] == pytest.approx(8.0)


def test_the_point_kernel_leaves_the_door_open(tmp_path: Path) -> None:
    found = _check(tmp_path, _room(), "--method", "point_kernel")["findings"]
    assert {each["outcome"] for each in found if each["subject"] == "door"} == {"undetermined"}


def test_a_door_that_sees_more_walls_gets_more(tmp_path: Path) -> None:
    """At the inner opening of its own maze a door sees the walls beside the source, not the end of the corridor."""
    far, near = (_week(tmp_path, _room(at=at, wall=wall), place) for at, wall, place in _PLACES)
    assert near > 10 * far


_PLACES = (("7.2 m", "w2", '["9.1 m", "7.8 m", "1 m"]'), ("6.2 m", "w3", '["1.2 m", "10.1 m", "1 m"]'))


def test_less_lead_and_nearer_sources_give_more(tmp_path: Path) -> None:
    doors = [_room(layer=LEAD.replace("10", mm)) for mm in ("10", "3", "1")]
    nearer = _room(layer=LEAD.replace("10", "1"), source=SOURCE.replace('["3 m", "2 m"', '["2 m", "4.5 m"'))
    rates = [_week(tmp_path, each) for each in (*doors, nearer)]
    assert rates == sorted({*rates})


def test_figures_of_accelerators_are_refused(tmp_path: Path) -> None:
    (tmp_path / "room.toml").write_text(_room(more=STATED.replace("a1 =", "a0 =")), encoding="utf-8")
    found = CliRunner().invoke(cli, ["check", str(tmp_path / "room.toml")])
    assert found.exit_code == 2
    assert "maze.stated.a0" in found.output
