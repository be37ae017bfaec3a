"""One barrier by BIR/IPEM: the examples of RPII 09/01, properties, refusals."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc import beams
from shieldcalc.errors import OutsideDataError, UnitError, UnknownNameError
from shieldcalc.methods.bir.barrier import (
    Place,
    constraint,
    film_barrier,
    primary_barrier,
    scatter_barrier,
)
from shieldcalc.methods.bir.values import by_angle, room_factor, smax, value
from shieldcalc.tables import table

PUBLIC = constraint("0.3 mSv/year")


def place(distance=1.0, material="lead", occupancy=1.0, share=1.0):
    return Place(PUBLIC, share, occupancy, distance, material)


# RPII 09/01, section 5.3.1. K and B to the printed digits; thickness to the rounding of the printed answer, at 120 kV
# to 2 %: the example takes the row of 125 kV, here the thickness lies between the rows of 100 and 125 kV.


def test_example_2_chest_by_entrance_dose() -> None:
    answer = primary_barrier(0.1, 500, 1.8, 0.3, 120, place(0.8))
    assert isclose(answer.K, 16.64, abs_tol=0.005)
    assert isclose(answer.B, 0.000347, abs_tol=5e-7)
    assert isclose(answer.total_mm, 2.36, rel_tol=0.02)
    assert isclose(primary_barrier(0.1, 500, 1.8, 0.3, 125, place(0.8)).total_mm, 2.36, abs_tol=0.005)


@pytest.mark.parametrize(("material", "printed", "half_a_digit"), [("lead", 0.3, 0.05), ("concrete", 26, 0.5)])
def test_example_3_window_by_kerma_area_product(material: str, printed: float, half_a_digit: float) -> None:
    answer = scatter_barrier(1000, 100, place(10, material))
    assert isclose(answer.K, 0.056, abs_tol=5e-4)
    assert isclose(answer.B, 0.1030, abs_tol=5e-5)
    assert isclose(answer.total_mm, printed, abs_tol=half_a_digit)


def test_example_4_intraoral_films() -> None:
    answer = film_barrier(100, "scatter", 70, place(1))
    assert isclose(answer.K, 0.1, rel_tol=1e-12)
    assert isclose(answer.B, 0.0577, abs_tol=5e-5)
    assert isclose(answer.total_mm, 0.2, abs_tol=0.05)


@pytest.mark.parametrize("row", table("xray/bir_two_mm_lead.csv").rows, ids=lambda row: f"{row['kvp']} kV")
def test_two_millimetres_of_lead_in_brick_and_barium_plaster(row: dict[str, str]) -> None:
    """RPII Table C.2, printed in whole millimetres: within 1 mm, where BIR has a row of the material at that kV."""
    for material in ("brick", "barium_plaster"):
        have = {each["kvp"] for each in table("xray/bir_archer.csv").where(material=material, component="primary")}
        if row[material] and row["kvp"] in have and row["kvp"] in ("50", "100", "125"):
            beam = beams.Beam("bir", "kvp", row["kvp"], "primary")
            B = beams.log_transmission(beam, (beams.Layer("lead", 2.0),)).transmission
            assert isclose(beams.thickness_mm(beam, material, B)[0], float(row[material]), abs_tol=1)


def test_scatter_lines() -> None:
    assert isclose(smax("wall", 100).value, 5.6, rel_tol=1e-12)
    assert isclose(smax("tube", 85).value, 9.73, rel_tol=1e-12)
    assert isclose(smax("receptor", 85).value, 1.835, rel_tol=1e-12)


@pytest.mark.parametrize("kv", [50, 85, 125])
def test_the_angles_reach_the_line_of_the_tube_side(kv: float) -> None:
    """S(theta) and S_max of the tube side are of one source: the peak backwards is the line within 3 %."""
    peak = max(by_angle(kv, theta).value for theta in range(90, 181))
    assert isclose(peak, smax("tube", kv).value, rel_tol=0.03)
    assert isclose(max(room_factor("chest", kv)(theta) for theta in range(181)), peak, rel_tol=1e-12)


@given(kv=st.floats(50, 125), theta=st.floats(0, 180))
def test_a_room_is_never_computed_below_the_line_of_walls(kv: float, theta: float) -> None:
    assert room_factor("chest", kv)(theta) >= max(smax("wall", kv).value, by_angle(kv, theta).value)
    assert room_factor("panoramic_dental", kv)(theta) >= value("dental_scatter", "panoramic_dental")


@given(
    kap=st.floats(1, 1e5),
    kv=st.floats(50, 125),
    more=st.floats(1, 10),
    material=st.sampled_from(["lead", "concrete", "brick", "barium_plaster", "gypsum"]),
)
def test_more_work_less_distance_less_share_never_need_less(kap: float, kv: float, more: float, material: str) -> None:
    here = scatter_barrier(kap, kv, place(3, material)).total_mm
    assert scatter_barrier(kap * more, kv, place(3, material)).total_mm >= here - 1e-9
    assert scatter_barrier(kap, kv, place(3 / more, material)).total_mm >= here - 1e-9
    assert scatter_barrier(kap, kv, place(3, material, share=1 / more)).total_mm >= here - 1e-9
    assert scatter_barrier(kap, kv, place(3, material, occupancy=1 / more)).total_mm <= here + 1e-9


def test_share_halves_the_transmission() -> None:
    assert isclose(
        scatter_barrier(1000, 100, place(10, share=0.5)).B, scatter_barrier(1000, 100, place(10)).B / 2, rel_tol=1e-12
    )


def test_what_stands_in_the_beam_is_taken_off() -> None:
    for material, mm in (("lead", 0.8), ("concrete", 75)):
        answer = primary_barrier(0.1, 500, 1.8, 0.3, 100, place(0.8, material), "table_and_receptor")
        assert answer.preshielding_mm == mm
        assert isclose(answer.net_mm, answer.total_mm - mm, rel_tol=1e-12)
    brick = primary_barrier(0.1, 500, 1.8, 0.3, 100, place(0.8, "brick"), "cross_table")
    beam = beams.Beam("bir", "kvp", "100", "primary")
    lead = beams.log_transmission(beam, (beams.Layer("lead", 0.2),)).transmission
    assert isclose(beams.thickness_mm(beam, "brick", lead)[0], brick.preshielding_mm, rel_tol=1e-9)
    low = primary_barrier(0.1, 500, 1.8, 0.3, 55, place(0.8), "table_and_receptor")
    assert low.preshielding_mm == 0
    assert "warnings.bir_preshielding_kv" in {notice.code for notice in low.warnings}


@pytest.mark.parametrize("text", ["0.3 mSv", "0.3", "0 mSv/year", "-1 mSv/year", "0.3 mSv/h", "x"])
def test_constraints_refused(text: str) -> None:
    with pytest.raises(UnitError):
        constraint(text)


def test_a_weekly_constraint_is_its_own_week() -> None:
    assert constraint("0.006 mSv/week").weeks == 1
    assert constraint("0.3 mGy/year").weeks == 52


def test_refusals() -> None:
    with pytest.raises(OutsideDataError, match="50 to 125"):
        scatter_barrier(1000, 130, place())
    with pytest.raises(OutsideDataError, match="between 0 and 180"):
        scatter_barrier(1000, 100, place(), "wall", 190.0)
    with pytest.raises(UnknownNameError, match="wall"):
        scatter_barrier(1000, 100, place(), "walls")
    with pytest.raises(UnknownNameError):
        primary_barrier(0.1, 500, 1.8, 0.3, 100, place(), "table")
    with pytest.raises(OutsideDataError, match="film"):
        primary_barrier(0.1, 500, 1.8, 1.8, 100, place())
    with pytest.raises(UnknownNameError):
        film_barrier(100, "both", 70, place())
    with pytest.raises(OutsideDataError):
        scatter_barrier(1e300, 100, place(1e-100))
