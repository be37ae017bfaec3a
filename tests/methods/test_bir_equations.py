"""Equations of one method against one another and against printed figures."""

from math import isclose

from shieldcalc.methods.bir import equations


def test_a_rate_is_the_kerma_area_product_of_an_hour() -> None:
    """An hour of 2 mA is 7200 mAs: rate and exposure equations agree once units are the same."""
    spot = {"Y": 0.1, "F": 400.0, "d_F": 0.8}
    rate, kap = equations.kap_rate(I=2, **spot), equations.kap_of_charge(Q=7200, **spot)
    assert isclose(rate, kap, rel_tol=1e-12)
    once = {"n": 1, "U": 1, "B": 0.2}
    hour = 1e3 * equations.scatter(S=5, KAP=kap, d_S=2, **once)
    assert isclose(equations.beam_on_scatter(S=5, KAP_rate=rate, B=0.2, d_S=2), hour, rel_tol=1e-12)
    hour = 1e3 * equations.primary_of_kap(KAP=kap, F=400, d_F=0.8, d_P=3, **once)
    assert isclose(equations.beam_on_primary(KAP_rate=rate, F=400, d_F=0.8, d_P=3, B=0.2), hour, rel_tol=1e-12)
    hour = 1e3 * equations.leakage(L1=5e-3, Q=7200, d_L=2, **once)
    assert isclose(equations.beam_on_leakage(L1=5e-3, I=2, B=0.2, d_L=2), hour, rel_tol=1e-12)
    hour = 1e3 * equations.ct_scatter(m=1, s=0.36, DLP=500, N=360, B=0.2, d=3)
    assert isclose(equations.beam_on_ct(s=0.36, DLP=500, t_scan=10, B=0.2, d=3), hour, rel_tol=1e-12)


def test_charge_and_kerma_area_product_are_inverse() -> None:
    spot = {"Y": 0.1, "F": 400.0, "d_F": 0.8}
    kap = equations.kap_of_charge(Q=12, **spot)
    assert isclose(equations.charge_of_kap(KAP=kap, **spot), 12, rel_tol=1e-12)


def test_primary_by_charge_is_output_over_distance_squared() -> None:
    kap = equations.kap_of_charge(Y=0.1, Q=10, F=400, d_F=0.8)
    primary = equations.primary_of_kap(KAP=kap, n=5, U=1, F=400, d_F=0.8, d_P=2, B=1)
    assert isclose(primary, 0.1 * 10 * 5 / 4, rel_tol=1e-12)
