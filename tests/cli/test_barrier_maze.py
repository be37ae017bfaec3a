"""Doors, mazes, laminates and skyshine: the commands of ``shieldcalc barrier`` around a treatment room's entrance."""

import pytest
from therapy_lines import DOOR, LAMINATE, NEUTRONS, PHOTONS, SKYSHINE, answer, run


def test_the_door() -> None:
    found = answer(DOOR)
    assert found["borated_polyethylene_mm"] == pytest.approx(53.6, rel=0.03)
    assert found["behind_door_uSv_per_week"] <= 100 * (1 + 1e-9)
    assert answer(DOOR.replace("'100 uSv/week'", "'0 uSv/week'"))["lead_mm"] == pytest.approx(7, rel=0.03)
    assert answer(DOOR + " --standard srs47 --maze-length 8.5m")["lead_mm"] < found["lead_mm"]


def test_neutrons_of_a_maze() -> None:
    found = answer(NEUTRONS)
    assert found["capture_gamma_uSv_per_week"] == pytest.approx(65.3, rel=0.01)
    assert found["neutrons_uSv_per_week"] == max(found["kersey_uSv_per_week"], found["wu_mcginley_uSv_per_week"])
    chosen = answer(NEUTRONS + " --method wu_mcginley")
    assert chosen["neutrons_uSv_per_week"] == found["wu_mcginley_uSv_per_week"]
    stated = answer(NEUTRONS.replace("--machine 'Varian 1800'", "--qn 1.22e12"))
    assert stated["kersey_uSv_per_week"] is None


def test_a_laminate_with_metal_at_its_face_takes_the_larger_reading_of_the_distance() -> None:
    """Within 1 m the second power gives more; below 10 MV no neutrons are made."""
    found = answer(LAMINATE.replace("--outside 80cm", "--outside 0cm"))
    by_hand = 45000 * 19 * 0.16 / (0.125 + 0.3) ** 2 * 10 ** (-0.3 / 0.45)
    assert found["neutrons_uSv_per_week"] == pytest.approx(by_hand, rel=1e-9)
    assert answer(LAMINATE.replace("--inside 30cm", "--inside 0mm"))["neutrons_uSv_per_week"] > 0
    assert "10 MV" in run(LAMINATE.replace("--mv 18", "--mv 6")).stderr


def test_photons_of_a_maze_and_a_laminate() -> None:
    found = answer(PHOTONS)
    whole = 0.25 * found["H_S_uSv_per_week"] + sum(found[f"{name}_uSv_per_week"] for name in ("H_LS", "H_ps", "H_LT"))
    assert found["H_tot_uSv_per_week"] == pytest.approx(2.64 * whole)
    assert answer(PHOTONS.replace("--maze-wall concrete 1.2m", "--maze-wall-transmission 1e-4"))
    assert answer(LAMINATE)["neutrons_uSv_per_week"] > 0
    steel, iron = (answer(LAMINATE.replace("lead", name))["neutrons_uSv_per_week"] for name in ("steel", "iron"))
    assert steel == iron > 0
    assert answer(SKYSHINE)["rate_uSv_per_h"] > 0
    for line in (DOOR, NEUTRONS, PHOTONS, LAMINATE, SKYSHINE):
        assert "note: " in run(line).stdout
