"""Rooms with patients that are refused in one clear message."""

from pathlib import Path

import pytest
from nuclear_rooms import IMAGING, THERAPY, UPTAKE, at, room

from designs import check

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize(
    ("source", "old", "new", "said"),
    [
        (UPTAKE, 'uptake = "60 min"\n', "", "uptake"),
        (UPTAKE, 'uptake = "60 min"', 'uptake = "60"', "min"),
        (UPTAKE, 'uptake = "60 min"', 'uptake = "60 min"\nimaging = "30 min"', "imaging"),
        (UPTAKE, 'uptake = "60 min"', 'uptake = "60 min"\nvoiding = 0.8', "voiding"),
        (UPTAKE, 'uptake = "60 min"', 'uptake = "60 min"\nstay = "3 h"', "stay"),
        (UPTAKE, 'uptake = "60 min"', 'uptake = "90 min"', "number"),
        (UPTAKE, 'uptake = "60 min"', 'uptake = "60 min"\nreference_date = 2025-01-01', "reference_date"),
        (
            UPTAKE,
            'uptake = "60 min"',
            'uptake = "60 min"\ncontainer = [{ material = "lead", thickness = "1 mm" }]',
            "container",
        ),
        (UPTAKE, 'uptake = "60 min"', 'uptake = "60 min"\nkv = "100 kV"', "kv"),
        (UPTAKE, 'uptake = "60 min"', 'uptake = "60 min"\npatients_in_busiest_hour = 0.5', "patients_in_busiest_hour"),
        (UPTAKE, 'uptake = "60 min"', 'uptake = "60 min"\npatients_in_busiest_hour = 2', "number = 2"),
        (UPTAKE, 'uptake = "60 min"', 'uptake = "60 min"\npatients_in_busiest_hour = 50', "40"),
        (UPTAKE, "patients_per_week = 40", "patients_per_week = 0", "patients_per_week"),
        (UPTAKE, "patients_per_week = 40\n", "", "patients_per_week"),
        (UPTAKE, 'nuclide = "F-18"', 'nuclide = "F-81"', "F-18"),
        (UPTAKE, 'nuclide = "F-18"', 'nuclide = "Cf-252"', "fission"),
        (UPTAKE, 'activity = "555 MBq"', 'activity = "555"', "MBq"),
        (UPTAKE, 'activity = "555 MBq"', 'activity = "555 MBq"\nnumber = 1.5', "number"),
        (IMAGING, "voiding = 0.85", "voiding = 1.2", "voiding"),
        (IMAGING, 'imaging = "30 min"\n', "", "imaging"),
        (IMAGING, "voiding = 0.85", 'effective_half_life = { value = "1 h", document = "x" }', "effective_half_life"),
        (IMAGING.replace("F-18", "O-15"), 'uptake = "60 min"', 'uptake = "900 h"', "O-15"),
        (THERAPY, 'nuclide = "I-131"', 'nuclide = "I-131"\nstay = "200 h"', "604800 s"),
        (THERAPY, 'nuclide = "I-131"', 'nuclide = "I-131"\nuptake = "2 h"', "uptake"),
        (THERAPY, "patients_per_week = 1", "patients_per_week = 3", "number"),
        (
            THERAPY,
            'nuclide = "I-131"',
            'nuclide = "I-131"\neffective_half_life = { value = "300 h", document = "x" }',
            "physical half-life",
        ),
        (THERAPY, 'nuclide = "I-131"', 'nuclide = "I-131"\neffective_half_life = { value = "15 h" }', "document"),
        (THERAPY, 'nuclide = "I-131"', 'nuclide = "I-131"\npatient_rate = { rate = "9 uSv/h" }', "document"),
        (
            THERAPY,
            'nuclide = "I-131"',
            'nuclide = "I-131"\npatient_rate = { rate = "9 uSv/h", at = "20 cm", document = "x" }',
            "500 mm",
        ),
        (
            THERAPY,
            'nuclide = "I-131"',
            'nuclide = "I-131"\npatient_rate = { rate = "9 uSv/h", document = "x" }\n'
            'patient_constant = { value = "0.05 uSv*m2/(MBq*h)", document = "x" }',
            "patient_rate",
        ),
        (
            THERAPY,
            'nuclide = "I-131"',
            'nuclide = "I-131"\npatient_constant = { value = "0.05", document = "x" }',
            "uSv",
        ),
        (
            THERAPY,
            'nuclide = "I-131"',
            'nuclide = "I-131"\npatient_constant = { value = "0.05 uSv*m2/(GBq*h)", document = "x" }',
            "per GBq",
        ),
    ],
)
def test_bad_input_is_refused_in_one_clear_message(tmp_path: Path, source: str, old: str, new: str, said: str) -> None:
    assert old in source
    result = check(tmp_path, room(source.replace(old, new)))
    assert result.exit_code == 2, result.stdout
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_busiest_hour_below_the_week_s_share_is_refused(tmp_path: Path) -> None:
    source = UPTAKE.replace("= 40", "= 80") + "number = 3\npatients_in_busiest_hour = 1\n"
    result = check(tmp_path, room(source))
    assert result.exit_code == 2
    assert "at least 2" in result.stderr


def test_a_point_in_a_patient_is_refused(tmp_path: Path) -> None:
    result = check(tmp_path, room(UPTAKE, points=at(10.1)))
    assert result.exit_code == 2
    assert "chair" in result.stderr


def test_x_ray_methods_refuse_patients_and_tubes_their_keys(tmp_path: Path) -> None:
    assert check(tmp_path, room(UPTAKE, method="ncrp147")).exit_code == 2
    tube = (EXAMPLES / "ct_room.toml").read_text("utf-8").replace('kind = "ct"', 'kind = "ct"\nvoiding = 0.8')
    result = check(tmp_path, tube)
    assert result.exit_code == 2
    assert "voiding" in result.stderr
