"""Equations of one method against one another and against printed figures."""

from math import isclose

from shieldcalc.physics import equations


def test_leakage_per_milliampere_minute_at_the_leakage_technique() -> None:
    """0.876 mGy/h over 60 x 3.3 mA min per hour is 4.42e-3 mGy per mA min."""
    value = equations.exposures_leakage(L=0.876, I_L=3.3, kV=150, kV_L=150, B_h=1, B_hL=1, Q=60, n=1, U=1, B=1, d_L=1)
    assert isclose(value, 4.42e-3, rel_tol=1e-3)


def test_beam_on_is_the_exposure_of_one_hour() -> None:
    """An hour of 2 mA is 7200 mAs: rate and exposure equations agree once units are the same."""
    common = {"Y": 0.05, "a1": 5e-6, "F": 1000, "d_F": 1, "B": 0.3, "d_S": 2}
    rate = equations.beam_on_scatter(I=2, **common)
    assert isclose(rate, 1e3 * equations.exposures_scatter(Q=7200, n=1, U=1, **common), rel_tol=1e-12)
    leak = {"L": 0.876, "I_L": 3.3, "kV": 100, "kV_L": 150, "B_h": 1e-5, "B_hL": 4.5e-4, "B": 0.5, "d_L": 3}
    rate = equations.beam_on_leakage(I=2, **leak)
    assert isclose(rate, 1e3 * equations.exposures_leakage(Q=7200, n=1, U=1, **leak), rel_tol=1e-12)
    rate = equations.beam_on_primary(Y=0.05, I=2, B=1e-3, d_P=3)
    assert isclose(rate, 1e3 * equations.exposures_primary(Y=0.05, Q=7200, n=1, U=1, B=1e-3, d_P=3), rel_tol=1e-12)
