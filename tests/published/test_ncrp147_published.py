"""The worked cases of NCRP Report No. 147, through the command line and, where it does not reach, the functions."""

import json
import shlex
import tomllib
from math import isclose
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from shieldcalc import beams
from shieldcalc.cli.barrier import barrier
from shieldcalc.methods.ncrp147.barrier import Place, xray_barrier
from shieldcalc.methods.ncrp147.design_goals import design_goal
from shieldcalc.physics import equations, kerma
from shieldcalc.physics.values import value

CASES = tomllib.loads(Path(__file__).with_name("ncrp147.toml").read_text(encoding="utf-8"))["case"]
CHECK, GRAPH = 0.02, 0.05


def answer(command: str) -> dict[str, float]:
    goal = [] if "--goal" in command else ["--goal", "0.02 mGy/week"]
    result = CliRunner().invoke(barrier, [*shlex.split(command), *goal, "--json"])
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    regions = {f"K1_{each['region']}": each["K1_mGy"] for each in data.get("regions", ())}
    return {
        "K": data["unshielded_air_kerma_mGy_per_week"],
        "B": data["required_transmission"],
        "total": data["total_thickness_mm"],
        "net": data["thickness_mm"],
        **regions,
    }


def half_unit(printed: str) -> float:
    """Half a unit of the last printed digit."""
    mantissa, _, exponent = printed.partition("e")
    return 0.5 * float(10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2])))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = answer(case["command"])
    for name, expected in case["check"].items():
        assert isclose(found[name], expected, rel_tol=CHECK), name
    for name, printed in case["published"].items():
        allowed = GRAPH * float(printed) if name in case.get("graph", ()) else half_unit(printed)
        assert abs(found[name] - float(printed)) <= allowed * (1 + 1e-9), name
    assert not set(case["published"]) & set(case.get("defect", ()))


def test_cross_table_wall_with_its_secondary() -> None:
    """Section 5.3.5: primary and scatter together. The printed 0.014 mGy/week at 0.8 mm is read from a graph, 0.0128 by
    the fits; the two-source equation alone solves at 0.675 mm (the report's fuller calculation: 0.78 mm)."""

    def through(component: str, lead_mm: float) -> float:
        beam = beams.Beam("ncrp147", "workload", "rad_room_floor_or_other", component)
        return beams.log_transmission(beam, (beams.Layer("lead", lead_mm),)).transmission

    def total(lead_mm: float) -> float:
        unshielded = equations.primary_air_kerma(K1_P=5.2, U=0.09, N=125, d_P=2.8)
        scatter = equations.secondary_air_kerma(K1_sec=2.3e-2, N=125, d_sec=2.0)
        return unshielded * through("primary", lead_mm + 0.3) + scatter * through("secondary", lead_mm)

    assert isclose(equations.secondary_air_kerma(K1_sec=2.3e-2, N=125, d_sec=2.0), 0.72, abs_tol=0.005)
    assert isclose(total(0.8), 0.0128, rel_tol=CHECK)
    assert total(0.675 * (1 - CHECK)) > 0.02 > total(0.675 * (1 + CHECK))


def test_bone_densitometer() -> None:
    """Section 5.7: half an hour of scanning a week gives 0.02 mGy at 1 m, no shielding."""
    hours = equations.scanning_hours(N=60, n=2, t_scan=15)
    weekly = equations.dxa_weekly_air_kerma(K_rate=value("dxa_fan_beam_mGy_per_h"), t=hours, d=1.0)
    assert hours == 0.5
    assert isclose(weekly, 0.02)
    assert equations.required_transmission(P=0.02, T=1, K=weekly) >= 1


def test_survey_of_a_primary_barrier() -> None:
    """Section 6.3.3.1: what a measurement at 100 kV says about the lead, and how many patients it serves."""
    unshielded = 5.0 / 2.5**2
    lead, _, _ = beams.thickness_mm(beams.Beam("ncrp147", "kvp", "100", "primary"), "lead", 1e-3 / unshielded)
    chest = beams.Beam("ncrp147", "workload", "rad_room_chest_bucky", "primary")
    through = beams.log_transmission(chest, (beams.Layer("lead", 1.66),)).transmission
    assert isclose(lead, 1.656, rel_tol=CHECK)
    assert isclose(lead, 1.66, abs_tol=0.005)
    assert isclose(through, 9.3e-4, abs_tol=0.05e-4)
    per_patient = equations.shielded_air_kerma(
        K=equations.primary_air_kerma(K1_P=kerma.k1_primary("rad_room_chest_bucky"), U=1, N=1, d_P=2.5), B=through
    )
    assert isclose(0.02 / 0.5 / per_patient, 116.8, rel_tol=CHECK)


def test_survey_of_a_control_booth() -> None:
    """Section 6.3.3.4: lead from a reading of scattered radiation, by the 100 kV row of Table C.1."""
    transmission = 0.2 / (92 / 2.5**2)
    lead, tables, _ = beams.thickness_mm(beams.Beam("ncrp147", "kvp", "100", "secondary"), "lead", transmission)
    assert isclose(transmission, 1.36e-2, rel_tol=CHECK)
    assert isclose(lead, 0.907, rel_tol=CHECK)
    assert isclose(lead, 0.9, abs_tol=0.05)
    assert any("c1" in name for name in tables)


def test_survey_of_a_ct_room() -> None:
    """Section 6.3.4: 0.01 uGy a slice and 40 slices a patient allow 50 patients a week."""
    per_patient_mGy = 0.01e-3 * 40
    assert isclose(design_goal("0.02 mGy/week").P / per_patient_mGy, 50)


@pytest.mark.parametrize(
    ("workload", "printed"),
    [
        ("rad_room_chest_bucky", 2.254),
        ("rad_room_floor_or_other", 5.151),
        ("rad_tube_rf_room", 5.847),
        ("chest_room", 1.209),
    ],
)
def test_primary_from_first_principles(workload: str, printed: float) -> None:
    assert isclose(kerma.rebuilt_primary(workload), printed, rel_tol=1e-3)


@pytest.mark.parametrize(
    ("rebuilt", "printed"),
    [
        (lambda: kerma.rebuilt_leakage("cardiac_angiography"), 0.0881),
        (lambda: kerma.rebuilt_scatter("cardiac_angiography", 90), 2.58),
        (lambda: kerma.rebuilt_scatter("cardiac_angiography", 135), 3.66),
        (lambda: kerma.rebuilt_leakage("rad_room_all_barriers"), 5.31e-4),
        (lambda: kerma.rebuilt_scatter("rad_room_all_barriers", 90), 0.0334),
        (lambda: kerma.rebuilt_scatter("rad_room_all_barriers", 135), 0.0478),
        (lambda: kerma.rebuilt_scatter("peripheral_angiography", 90), 0.648),
        (lambda: kerma.rebuilt_scatter("peripheral_angiography", 135), 0.936),
    ],
)
def test_secondary_from_first_principles(rebuilt: Any, printed: float) -> None:
    assert isclose(rebuilt(), printed, rel_tol=3e-3)


def test_both_ways_of_asking_agree() -> None:
    """The command and the function give the same numbers."""
    place = Place(design_goal("0.02 mGy/week"), 1.0, 4.0, "lead")
    direct = xray_barrier("cardiac_angiography", "leakage_forward_back", 25, place)
    found = answer(CASES[0]["command"])
    assert (direct.K, direct.B, direct.total_mm) == (found["K"], found["B"], found["total"])
