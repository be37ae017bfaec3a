"""Mazes of industrial rooms: radiography sources by one reflection, whatever else comes round their walls left open."""

from pathlib import Path
from typing import Any

import pytest
from linac_mazes import at_door, scene
from test_brachy_mazes import _check, _room

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.methods.srs47.compute import emitter_of
from shieldcalc.methods.srs47.room_maze import mazes_of
from shieldcalc.model.loader import load
from shieldcalc.photons.dose import KERMA

EXAMPLES = Path(__file__).parents[2] / "examples"
CONE = 'collimator = { toward = ["8 m", "2 m", "1 m"], half_angle = "30 deg", attenuation = 20, document = "survey" }'
WALL = """[[screen]]
id = "inner"
from = ["0 m", "1.2 m"]
to = ["TO m", "1.2 m"]
height = "HIGH m"
layers = [{ material = "concrete", thickness = "700 mm" }]

"""
MAZE = '[maze]\ninner_wall = "inner"\ndoor = "entrance"\n\n'


def _bunker(nuclide: str, method: str = "srs47", more: str = "") -> str:
    source = f"""[[source]]
id = "crawler"
kind = "industrial_radiography"
nuclide = "{nuclide}"
activity = "3.7 TBq"
position = ["1 m", "1 m", "0.5 m"]
shield = [{{ material = "depleted_uranium", thickness = "50 mm" }}]
[[source.exposure]]
id = "pipes"
positions = [["3 m", "2 m", "1 m"]]
per_week = 60
time = "6 min"
wind_out = "16 s"
{more}
"""
    return _room(source=source).replace('methods = ["srs47"]', f'methods = ["{method}"]')


def _outcomes(answer: dict[str, Any], subject: str) -> set[str]:
    return {each["outcome"] for each in answer["findings"] if each["subject"] == subject and each["limit"] is not None}


def _maze_part(folder: Path, text: str, beam: str = "pipes") -> float:
    """Return the air kerma rate along the maze in uGy/h behind the door, the design's only place."""
    point = '[[point]]\nid = "at_door"\nposition = ["9.1 m", "7.8 m", "1 m"]\nbeyond = { kind = "office" }\n'
    found = at_door(folder, text.replace("[[source]]", point + "[[source]]"), "srs47")
    return sum(p.kerma.beam_on_uGy_per_h or 0.0 for p in found.components if (p.kind, p.beam) == ("maze_photons", beam))


def test_an_iridium_bunker_has_one_reflection_at_its_door(tmp_path: Path) -> None:
    """3.7 TBq of 0.111 uGy m2/(MBq h), alpha 0.0339 at 45 degrees, two tenth value layers of 5 mm of lead."""
    found = scene(tmp_path, _bunker("Ir-192"))
    (figures,) = ({each.symbol: each.value for each in maze.figures} for maze in mazes_of(found))
    by_hand = 3.7e6 * 0.111 * 0.0339 * figures["a1"] / (figures["dsec"] * figures["dzz"]) ** 2 * 1e-2
    assert _maze_part(tmp_path, _bunker("Ir-192")) == pytest.approx(by_hand, rel=0.05)


def test_a_collimator_takes_nothing_off_the_maze(tmp_path: Path) -> None:
    bare, collimated = (_maze_part(tmp_path, _bunker("Ir-192", more=more)) for more in ("", CONE))
    assert collimated == pytest.approx(bare)


def test_a_stated_maze_that_gives_less_than_the_plan_is_told(tmp_path: Path) -> None:
    """A tenth of the plan's reflecting wall passed without a word."""
    found = scene(tmp_path, _bunker("Ir-192"))
    (figures,) = ({each.symbol: each.value for each in maze.figures} for maze in mazes_of(found))
    for share, times in ((0.1, 10.0), (2.0, None)):
        stated = f'[maze.stated]\ndocument = "drawing 7"\na1 = "{share * figures["a1"]} m2"\n\n'
        there = scene(tmp_path, _bunker("Ir-192").replace("[[source]]", stated + "[[source]]", 1))
        told = emitter_of(there.sources[0], there).radiation(40.0, KERMA).notices
        said = [each.params["times"] for each in told if each.code == "warnings.maze_stated_less"]
        assert [float(each) for each in said] == ([] if times is None else [pytest.approx(times, rel=0.3)])


@pytest.mark.parametrize(("nuclide", "method"), [("Se-75", "srs47"), ("Ir-192", "point_kernel")])
def test_without_data_the_door_alone_is_open(tmp_path: Path, nuclide: str, method: str) -> None:
    answer = _check(tmp_path, _bunker(nuclide, method))
    assert _outcomes(answer, "door") == {"undetermined"}
    assert all(each["doses"]["h10_week_mSv"] > 0 for each in answer["points"])


@pytest.mark.parametrize(("room", "to", "high"), [("industrial_xray_room", 5, 4), ("industrial_linac_room", 9.5, 6)])
@pytest.mark.parametrize("maze", ["", MAZE], ids=["screen", "maze"])
def test_a_thin_door_round_a_corner_is_no_pass(tmp_path: Path, room: str, to: float, high: int, maze: str) -> None:
    """Behind concrete up to the ceiling tubes and accelerators passed at any door: scatter goes round the wall."""
    text = (EXAMPLES / f"{room}.toml").read_text("utf-8")
    assert f'height = "{high} m"' in text
    wall = WALL.replace("TO", str(to)).replace("HIGH", str(high))
    file = tmp_path / "room.toml"
    file.write_text(text.replace("[floor]", wall + maze + "[floor]", 1), "utf-8")
    found = assess(load(str(file), plugins.catalog()), building=False).findings
    doses = [each for each in found if each.dose_rule and each.limit is not None]
    assert {each.outcome for each in doses if each.subject == "entrance"} == {"undetermined"}
    assert "pass" in {each.outcome for each in doses if each.subject == "north"}


@pytest.mark.parametrize(("toward", "outcome"), [('"west"', "pass"), ('["0.5 m", "2.5 m", "4 m"]', "undetermined")])
def test_a_beam_that_leaves_obliquely_through_a_thin_roof_is_no_pass(tmp_path: Path, toward: str, outcome: str) -> None:
    """350 mm hold back what goes straight up from the object; 250 kV aimed 45 degrees up passed beside the room."""
    text = (EXAMPLES / "industrial_xray_room.toml").read_text("utf-8")
    for old, new in (
        ('toward = "west"', f"toward = {toward}"),
        ('thickness = "550 mm"', 'thickness = "350 mm"'),
        ('kind = "outdoors", name = "flat roof, maintenance only"', 'kind = "nothing", name = "roof"'),
        (', occupancy = 0.025, person = "non_radiation_staff", storey_height = "3 m"', ""),
        ('patient = ["2.6 m", "2.5 m", "1.2 m"]', f'patient = ["2.6 m", "2.5 m", "{1.9 if "[" in toward else 1.2} m"]'),
    ):
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "room.toml"
    file.write_text(text, "utf-8")
    found = assess(load(str(file), plugins.catalog()), building=False).findings
    doses = [each for each in found if each.dose_rule and each.limit is not None]
    assert outcome in {each.outcome for each in doses if each.subject == "north"}
