"""``shieldcalc barrier brachytherapy-maze``: the maze and door of the evaluated Chinese HDR room, and its bounds."""

import json
import shlex
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from shieldcalc.cli import cli

SCHEMA = json.loads((Path(__file__).parents[2] / "data/schemas/barrier-brachytherapy-maze-1.json").read_text("utf-8"))
ROOM = "--nuclide Ir-192 --activity '370 GBq' --area '14.36 m2' --d1 4.3m --d2 5.9m"
COBALT = "--nuclide Co-60 --activity '74 GBq' --area '4 m x 3 m' --d1 4.3m --d2 5.9m"
LIMIT = "--rate-limit '2.5 uSv/h'"


def run(line: str) -> Result:
    return CliRunner().invoke(cli, ["barrier", "brachytherapy-maze", *shlex.split(line)])


def answer(line: str) -> dict[str, Any]:
    result = run(line + " --json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    return found


def codes(found: dict[str, Any]) -> set[str]:
    return {each["code"].partition(".")[2] for each in found["warnings"]}


def test_the_room_of_the_evaluation_report() -> None:
    """Printed: 31.1 uSv/h at the entrance, 0.313 behind 10 mm of lead; our RAKR is 0.1 % lower than 4.11e4."""
    found = answer(f"{ROOM} --reflection 0 {LIMIT} --door-lead 10mm")
    assert found["scattered_uSv_per_h"] == pytest.approx(31.1, rel=0.002)
    assert found["behind_door_uSv_per_h"] == pytest.approx(0.313, rel=0.01)
    assert "srs47_maze_wall" in codes(found)


@pytest.mark.parametrize("line", [ROOM, COBALT, COBALT.replace("Co-60", "Cs-137").replace("74", "740")])
def test_the_lead_told_keeps_the_limit(line: str) -> None:
    straight = "--maze-wall concrete 90cm --dl 6m"
    found = answer(f"{line} {straight} {LIMIT}")
    built = answer(f"{line} {straight} {LIMIT} --door-lead '{found['lead_mm']!r} mm'")
    assert built["behind_door_uSv_per_h"] == pytest.approx(2.5, rel=1e-9)
    assert 0 < built["direct_uSv_per_h"] < 2.5


def test_without_an_angle_the_largest_reflection_counts() -> None:
    assert answer(ROOM)["scattered_uSv_per_h"] > answer(f"{ROOM} --reflection 0")["scattered_uSv_per_h"]


def test_what_comes_through_the_wall_is_never_held_back_by_the_door() -> None:
    found = answer(f"{ROOM} --maze-wall concrete 20cm --dl 5m {LIMIT} --door-lead 1m")
    assert found["lead_mm"] is None
    assert found["behind_door_uSv_per_h"] > found["direct_uSv_per_h"] > 2.5
    assert codes(found) >= {"srs47_maze_direct", "srs47_maze_door", "srs47_maze_layers"}


def test_more_lead_than_there_are_layers_is_not_told() -> None:
    found = answer(f"{COBALT.replace('74 GBq', '74 TBq')} {LIMIT}")
    assert found["lead_mm"] is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (ROOM.replace("Ir-192", "I-125"), "Ir-192"),
        (f"{ROOM} --reflection 80", "state alpha"),
        (f"{ROOM} --maze-wall concrete 20cm", "--dl"),
        (f"{ROOM} --maze-wall wood 20cm --dl 5m", "wood"),
        (f"{ROOM} --maze-wall lead '2 mmPb' --dl 5m", "lead"),
        (ROOM.replace("4.3m", "0m"), "zero"),
    ],
)
def test_bad_input(line: str, said: str) -> None:
    result = run(line)
    assert result.exit_code == 2, result.output
    assert said in result.output


def test_a_stated_reflection_needs_no_angle_of_the_tables() -> None:
    assert answer(f"{ROOM} --reflection 80 --alpha 0.0339")["scattered_uSv_per_h"] == pytest.approx(31.06, rel=1e-3)
