"""The Archer formula and its inverse, against exact arithmetic and against themselves."""

from decimal import Decimal, localcontext
from math import exp, isfinite, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.kernels.attenuation import archer_log_transmission, archer_thickness, archer_transmission
from shieldcalc.kernels.roots import falling_root

LEAD_100 = (2.5, 15.28, 0.7557)
WOOD_140 = (0.006191, -0.001849, 1.53)
PARAMETERS = st.tuples(st.floats(0.005, 50), st.floats(-0.9, 20), st.floats(0.05, 3)).map(
    lambda drawn: (drawn[0], drawn[0] * drawn[1], drawn[2])
)


def exact(x: float, alpha: float, beta: float, gamma: float) -> float:
    """The printed formula in 60 digits."""
    with localcontext() as context:
        context.prec = 60
        a, b, g, d = (Decimal(value) for value in (alpha, beta, gamma, x))
        return float(((1 + b / a) * (a * g * d).exp() - b / a).ln() / -g)


@pytest.mark.parametrize("parameters", [LEAD_100, WOOD_140])
@pytest.mark.parametrize("x", [1e-9, 1e-3, 0.1, 1.0, 2.5, 40.0])
def test_equals_the_printed_formula(parameters: tuple[float, float, float], x: float) -> None:
    assert archer_log_transmission(x, *parameters) == pytest.approx(exact(x, *parameters), rel=1e-12)


def test_hand_result() -> None:
    # (1 + 6.112) exp(1.88925) - 6.112 = 40.93; 40.93 ** (-1 / 0.7557) = 7.37e-3
    assert archer_transmission(1.0, *LEAD_100) == pytest.approx(7.37e-3, rel=2e-3)


@given(PARAMETERS)
def test_is_one_without_thickness(parameters: tuple[float, float, float]) -> None:
    assert archer_transmission(0.0, *parameters) == 1.0
    assert archer_thickness(0.0, *parameters) == 0.0


@given(PARAMETERS, st.floats(0, 1e6), st.floats(1.000001, 10))
def test_falls(parameters: tuple[float, float, float], x: float, factor: float) -> None:
    assert archer_log_transmission(x * factor, *parameters) <= archer_log_transmission(x, *parameters)


@given(PARAMETERS, st.floats(-69.0, 0))
def test_round_trip_to_a_billionth(parameters: tuple[float, float, float], log_b: float) -> None:
    x = archer_thickness(log_b, *parameters)
    again = archer_thickness(archer_log_transmission(x, *parameters), *parameters)
    assert again == pytest.approx(x, abs=1e-9)


@pytest.mark.parametrize("x", [1e6, 1e300])
def test_no_thickness_overflows(x: float) -> None:
    assert isfinite(archer_log_transmission(x, *LEAD_100))
    assert archer_transmission(x, *LEAD_100) == 0.0
    assert archer_thickness(archer_log_transmission(x, *LEAD_100), *LEAD_100) == pytest.approx(x, rel=1e-12)


@given(st.floats(-30, 30), st.floats(0.01, 5))
def test_root_of_a_falling_function(root: float, slope: float) -> None:
    found = falling_root(lambda x: exp(-slope * (x - root)) - 1, -40, 40)
    assert found == pytest.approx(root, abs=1e-9)


def test_root_at_an_end() -> None:
    assert falling_root(lambda x: -x, 0, 1) == 0
    assert falling_root(lambda x: 2 - x, 0, 1) == 1
    assert falling_root(lambda x: log(1 / x), 0.5, 0.5) == 0.5
