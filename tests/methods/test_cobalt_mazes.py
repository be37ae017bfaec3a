"""Mazes of cobalt units: the source stands nearer than 1 m to the isocentre, and leaks at rest."""

from pathlib import Path

import pytest
from linac_mazes import DOOR, at_door, text, week

SOURCE = """[[source]]
id = "cobalt"
kind = "co60_teletherapy"
isocentre = ["4.5 m", "7 m", "1.3 m"]
table_toward = ["4.5 m", "5 m", "1.3 m"]
source_distance = "80 cm"
largest_field = "32 cm"
leakage_off = "0.02 mGy/h"

[[source.gantry]]
angle = "90 deg"
use_factor = 0.5
[[source.gantry]]
angle = "270 deg"
use_factor = 0.5

[[source.energy]]
dose_rate = "2 Gy/min"
per_week = "600 Gy/week"
in_busiest_hour = "18 Gy"
"""
AT_1_M = (
    ("80 cm", "100 cm"), ("32 cm", "40 cm"), ("2 Gy/min", "1.28 Gy/min"), ("600 Gy", "384 Gy"), ("18 Gy", "11.52 Gy"),
)  # fmt: skip


def _room(*pairs: tuple[str, str]) -> str:
    room = text()
    source = SOURCE
    for old, new in pairs:
        assert old in source
        source = source.replace(old, new)
    return room[: room.index("[[source]]")].replace("borated_polyethylene", "lead") + DOOR + source


def _at_door(folder: Path, *pairs: tuple[str, str]) -> float:
    return week(at_door(folder, _room(*pairs), "srs47"), "maze_photons")


def test_the_same_beam_from_another_distance_gives_the_same(tmp_path: Path) -> None:
    """What goes along a maze hangs on the dose at 1 m and the angle of the field alone."""
    assert _at_door(tmp_path) == pytest.approx(_at_door(tmp_path, *AT_1_M), rel=1e-9)


def test_leakage_at_rest_goes_along_the_maze(tmp_path: Path) -> None:
    rates = ("0.01", "0.1", "1")
    few, more, most = (_at_door(tmp_path, ("0.02 mGy/h", f"{rate} mGy/h")) for rate in rates)
    assert more > few
    assert most - more == pytest.approx(10 * (more - few), rel=1e-6)
