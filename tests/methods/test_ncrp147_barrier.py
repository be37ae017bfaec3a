"""Properties of one barrier, and of design goals."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc import beams
from shieldcalc.errors import UnitError
from shieldcalc.methods.ncrp147.barrier import Place, Scans, ct_barrier, xray_barrier
from shieldcalc.methods.ncrp147.design_goals import design_goal, weeks_per_year
from shieldcalc.physics import ct, kerma
from shieldcalc.physics.values import h10_per_air_kerma

MATERIALS = st.sampled_from(["lead", "concrete", "gypsum", "steel", "plate_glass", "wood"])
CASES = st.sampled_from(
    [
        ("chest_room", "primary"),
        ("rad_room_floor_or_other", "primary"),
        ("rad_room_all_barriers", "leakage_side"),
        ("cardiac_angiography", "leakage_forward_back"),
        ("fluoroscopy_tube_rf_room", "leakage"),
        ("rad_tube_rf_room", "side"),
        ("mammography_room", "leakage_side"),
    ]
)
PATIENTS, DISTANCES = st.floats(1, 500), st.floats(0.5, 10)
GOAL = design_goal("0.02 mGy/week")


def needed(case: tuple[str, str], N: float, d: float, material: str) -> float:
    return xray_barrier(*case, N, Place(GOAL, 1.0, d, material)).total_mm


@given(case=CASES, N=PATIENTS, d=DISTANCES, material=MATERIALS, more=st.floats(1, 5))
def test_thickness_rises_with_patients_and_falls_with_distance(
    case: tuple[str, str], N: float, d: float, material: str, more: float
) -> None:
    here = needed(case, N, d, material)
    assert needed(case, N * more, d, material) >= here - 1e-9
    assert needed(case, N, d * more, material) <= here + 1e-9


@given(case=CASES, N=PATIENTS, d=DISTANCES, material=MATERIALS, x=st.floats(0, 50), more=st.floats(1, 3))
def test_dose_never_rises(case: tuple[str, str], N: float, d: float, material: str, x: float, more: float) -> None:
    component = {"primary": "primary", "leakage": "leakage", "side": "scatter"}.get(case[1], "secondary")
    beam = beams.Beam("ncrp147", "workload", case[0], component)

    def dose(N: float, d: float, x: float) -> float:
        K = xray_barrier(*case, N, Place(GOAL, 1.0, d, material)).K
        return K * beams.log_transmission(beam, (beams.Layer(material, x),)).transmission

    here = dose(N, d, x)
    assert dose(N / more, d, x) <= here * (1 + 1e-9)
    assert dose(N, d * more, x) <= here * (1 + 1e-9)
    assert dose(N, d, x * more) <= here * (1 + 1e-9)
    assert dose(N, d, 0) == xray_barrier(*case, N, Place(GOAL, 1.0, d, material)).K


@given(case=CASES, N=PATIENTS, d=DISTANCES, material=MATERIALS)
def test_the_thickness_keeps_the_goal(case: tuple[str, str], N: float, d: float, material: str) -> None:
    found = xray_barrier(*case, N, Place(GOAL, 1.0, d, material))
    assert (found.total_mm == 0) == (found.B >= 1)
    component = {"primary": "primary", "leakage": "leakage", "side": "scatter"}.get(case[1], "secondary")
    beam = beams.Beam("ncrp147", "workload", case[0], component)
    through = beams.log_transmission(beam, (beams.Layer(material, found.total_mm),)).transmission
    assert found.K * through <= GOAL.P * (1 + 1e-6)


@given(N=PATIENTS, d=DISTANCES, dlp=st.floats(1, 5000), more=st.floats(1, 5))
def test_ct_is_monotonous(N: float, d: float, dlp: float, more: float) -> None:
    def mm(N: float, d: float, dlp: float) -> float:
        scans = [Scans("body", N, ct.by_dlp("body", dlp), "DLP", 1.4)]
        return ct_barrier(120, scans, Place(GOAL, 1.0, d, "lead")).total_mm

    here = mm(N, d, dlp)
    assert mm(N * more, d, dlp) >= here - 1e-9
    assert mm(N, d, dlp * more) >= here - 1e-9
    assert mm(N, d * more, dlp) <= here + 1e-9


@given(preshielding=st.sampled_from(["cross_table", "table_and_receptor"]), N=PATIENTS, d=DISTANCES, material=MATERIALS)
def test_preshielding_only_helps(preshielding: str, N: float, d: float, material: str) -> None:
    place = Place(GOAL, 1.0, d, material)
    bare = xray_barrier("chest_room", "primary", N, place)
    helped = xray_barrier("chest_room", "primary", N, place, preshielding=preshielding)
    assert helped.total_mm == bare.total_mm
    assert helped.net_mm == max(0, bare.total_mm - helped.preshielding_mm)


@given(value=st.floats(1e-6, 1e3))
def test_goals_by_week_and_by_year(value: float) -> None:
    assert value == design_goal(f"{value!r} mGy/week").P
    assert isclose(design_goal(f"{value!r} mGy/year").P, value / 50)
    assert value == design_goal(f"{value!r} mSv/week").P


@pytest.mark.parametrize("text", ["", "mGy/week", "0.02", "0.02 mGy/day", "0.02 Bq", "0,02 mGy/week", "inf mGy/week"])
def test_other_goals_are_refused(text: str) -> None:
    with pytest.raises(UnitError):
        design_goal(text)


def test_constants() -> None:
    assert weeks_per_year() == 50
    assert h10_per_air_kerma() == 1.77
    assert kerma.mammography_isocentre() == 3.6e-2
