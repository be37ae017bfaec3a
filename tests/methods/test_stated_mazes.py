"""Figures stated on the unsafe side are told: of a maze with how much more the plan's give, leakage, neutrons."""

from pathlib import Path

import pytest
from linac_mazes import changed, scene, text

from shieldcalc.errors import Notice
from shieldcalc.methods.ncrp151.document import NCRP151
from shieldcalc.physics.therapy.machine import Machine

STATED = 'door = "entrance"\n[maze.stated]\ndocument = "drawing 7"\n'


def told(folder: Path, *figures: str) -> list[Notice]:
    more = (('door = "entrance"\n', STATED + "".join(f"{each}\n" for each in figures)),) if figures else ()
    there = scene(folder, changed(*more) if more else text())
    said = Machine(there.sources[0], NCRP151, there).radiation.notices
    return [each for each in said if each.code.startswith("warnings.maze_stated")]


@pytest.mark.parametrize(
    ("figures", "codes"),
    [
        ((), []),
        (('dz = "6.9 m"', 'd2 = "7 m"'), []),
        (('dz = "11 m"', 'd2 = "20 m"'), ["warnings.maze_stated_less"] * 2),
        (("gantry_share = 0.05",), ["warnings.maze_stated_less"] * 2),
        (("alpha1 = 0.001",), ["warnings.maze_stated_less"] * 2),
        (('s0 = "2 m2"',), ["warnings.maze_stated_less"]),  # neutrons alone: 18 MV
    ],
    ids=["nothing", "shorter", "longer", "share", "reflection", "opening"],
)
def test_stated_figures_that_give_less_than_the_plan_are_told(
    tmp_path: Path, figures: tuple[str, ...], codes: list[str]
) -> None:
    assert [each.code for each in told(tmp_path, *figures)] == codes


def test_by_how_much_less_is_the_share_itself(tmp_path: Path) -> None:
    """6 MV, photons alone: all of them go by the share of the gantry angle, a quarter by the plan."""
    (of_6MV,) = (each for each in told(tmp_path, "gantry_share = 0.05") if each.params["energy"] == "6 MV")
    assert of_6MV.params["times"] == "5"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (
            'largest_field = "40 cm"',
            'largest_field = "40 cm"\nleakage_fraction = 0.0001',
            "warnings.therapy_leakage_stated",
        ),
        ('machine = "Varian 1800"', "per_gray = 1e9", "warnings.therapy_neutrons_stated"),
        ('machine = "Varian 1800"', 'dose = "0.01 mSv/Gy"', "warnings.therapy_neutrons_stated"),
    ],
)
def test_stated_leakage_and_neutrons_are_told(tmp_path: Path, old: str, new: str, code: str) -> None:
    found = []
    for there in (scene(tmp_path, text()), scene(tmp_path, changed((old, new)))):
        found.append({each.code for each in Machine(there.sources[0], NCRP151, there).radiation.notices})
    before, after = found
    assert code in after - before
