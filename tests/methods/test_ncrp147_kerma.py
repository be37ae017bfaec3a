"""Tables 4.5 and 4.7: as printed, rebuilt from Table 4.2, by angle; shares of beams; CT."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc import beams
from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.physics import ct, equations, kerma
from shieldcalc.physics.values import PRIMARY, value, wnorm
from shieldcalc.tables import table

TUNGSTEN = [name for name in kerma.distributions() if name != "mammography_room"]
TOLERANCE = 0.03


def half_unit(printed: str) -> float:
    """Half a unit of the last printed digit of a table that prints two significant figures."""
    return 0.05 * 10 ** float(f"{float(printed):.1e}".partition("e")[2])


def agrees(rebuilt: float, printed: float) -> bool:
    return abs(rebuilt - printed) <= max(TOLERANCE * printed, half_unit(str(printed)))


@pytest.mark.parametrize("workload", [row["workload"] for row in table(PRIMARY).rows])
def test_table_4_5_from_table_4_2(workload: str) -> None:
    assert agrees(kerma.rebuilt_primary(workload), kerma.k1_primary(workload))


@pytest.mark.parametrize("workload", TUNGSTEN)
def test_table_4_7_from_table_4_2(workload: str) -> None:
    leakage = kerma.rebuilt_leakage(workload)
    assert agrees(leakage, kerma.k1_secondary(workload, "leakage"))
    for theta, scatter, both in ((90.0, "side", "leakage_side"), (135.0, "forward_back", "leakage_forward_back")):
        rebuilt = kerma.rebuilt_scatter(workload, theta)
        assert agrees(rebuilt, kerma.k1_secondary(workload, scatter))
        assert agrees(rebuilt + leakage, kerma.k1_secondary(workload, both))


@pytest.mark.parametrize("workload", TUNGSTEN)
def test_leakage_by_the_equation(workload: str) -> None:
    """The sum over bins by the equation, with a housing of 2.32 mm lead, is the rebuilt column of Table 4.7."""
    L, kV_L, I_L = (value(f"leakage_{name}") for name in ("limit_mGy_per_h", "radiographic_kvp", "radiographic_mA"))
    h = value("leakage_housing_lead_mm")
    total = sum(
        equations.exposures_leakage(
            L=L,
            I_L=I_L,
            kV=each.table_kv,
            kV_L=kV_L,
            B_h=kerma.housing_transmission(each.table_kv, h),
            B_hL=kerma.housing_transmission(kV_L, h),
            Q=60 * each.mA_min,
            n=1,
            U=1,
            B=1,
            d_L=1,
        )
        for each in beams.bins(workload)
    )
    assert isclose(total, kerma.rebuilt_leakage(workload), rel_tol=1e-9)


def test_bins_sum_to_wnorm() -> None:
    for workload in kerma.distributions():
        assert isclose(sum(each.mA_min for each in beams.bins(workload)), wnorm(workload), rel_tol=0.03)


@pytest.mark.parametrize("workload", TUNGSTEN)
@given(theta=st.floats(0, 180))
def test_by_angle_lies_between_the_printed_values(workload: str, theta: float) -> None:
    found = kerma.k1_secondary_at(workload, theta)
    side, fb = (kerma.k1_secondary(workload, name) for name in ("leakage_side", "leakage_forward_back"))
    assert side <= found <= fb * (1 + 1e-12)


@pytest.mark.parametrize("workload", TUNGSTEN)
def test_by_angle_at_the_printed_angles(workload: str) -> None:
    side, fb = (kerma.k1_secondary(workload, name) for name in ("leakage_side", "leakage_forward_back"))
    assert kerma.k1_secondary_at(workload, 90) == side
    assert all(kerma.k1_secondary_at(workload, theta) == fb for theta in (0, 10, 20, 135, 160, 180))


def test_mammography_counts_from_the_isocentre() -> None:
    assert {kerma.k1_secondary_at("mammography_room", theta) for theta in (0, 45, 90, 180)} == {3.6e-2}


def test_no_primary() -> None:
    with pytest.raises(OutsideDataError, match="secondary barriers only"):
        kerma.k1_primary("rad_room_all_barriers")
    with pytest.raises(OutsideDataError, match=r"Table 4\.5"):
        kerma.k1_primary("peripheral_angiography")
    with pytest.raises(UnknownNameError, match="did you mean 'chest_room'"):
        kerma.k1_primary("chestroom")


@given(factors=st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_shares_sum_to_one(factors: list[float]) -> None:
    names = kerma.distributions()
    shares = kerma.beam_shares(tuple((U, names[i % len(names)]) for i, U in enumerate(factors)))
    assert isclose(sum(shares), 1, rel_tol=1e-9)
    assert all(0 <= share <= 1 for share in shares)


def test_shares_of_a_radiography_room() -> None:
    """Floor and chest bucky of Table 4.3: 1.9 and 0.6 of 2.5 mA min."""
    shares = kerma.beam_shares(((1.0, "rad_room_floor_or_other"), (1.0, "rad_room_chest_bucky")))
    assert shares == (1.9 / 2.5, 0.6 / 2.5)


def test_ct_factor_of_the_body_only() -> None:
    assert isclose(ct.by_dlp("head", 1200).value, 9e-5 * 1200)
    assert isclose(ct.by_dlp("body", 550).value, 1.2 * 3e-4 * 550)
    assert isclose(ct.by_ctdi("body", 50, 250, 1.35, 0.138).value, 3e-4 * 50 / 1.35 * 250 * 0.138)
    with pytest.raises(UnknownNameError, match="neck"):
        ct.by_dlp("neck", 100)


@pytest.mark.parametrize("workload", ["rad_room_all_barriers", "cardiac_angiography", "chest_room"])
@pytest.mark.parametrize("theta", [20.0001, 45.0, 77.3, 90.0, 110.0, 134.9])
def test_by_angle_follows_the_scatter_rebuilt_bin_by_bin(workload, theta):
    side, fb = (kerma.k1_secondary(workload, name) for name in ("leakage_side", "leakage_forward_back"))
    at_90, at_135, here = (kerma.rebuilt_scatter(workload, angle) for angle in (90.0, 135.0, theta))
    expected = max(side, side + (fb - side) * (here - at_90) / (at_135 - at_90))
    assert kerma.k1_secondary_at(workload, theta) == pytest.approx(expected, rel=1e-12)
