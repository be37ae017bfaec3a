"""Numbers as people read them: never on the other side of a bound, radii up, times down."""

import pytest
from desk import run
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.accident.told import down, kept, up


@given(st.floats(1e-6, 1e6), st.floats(1e-6, 1e6))
def test_a_shown_number_stays_on_its_side(value: float, bound: float) -> None:
    assert (float(kept(value, (bound,))) >= bound) == (value >= bound)


@given(st.floats(1e-3, 1e6))
def test_radii_up_and_times_down(value: float) -> None:
    assert float(down(value)) <= value * (1 + 1e-9)
    assert float(up(value)) >= value * (1 - 1e-9)
    assert float(up(value)) <= max(value * 1.011, value + 1e-4)


@pytest.mark.parametrize(
    ("value", "higher", "lower"),
    [
        (36.55, "36.6", "36.5"),
        (30.0, "30.0", "30.0"),
        (0.20273, "0.203", "0.202"),
        (1234.2, "1235", "1234"),
        (0, "0", "0"),
        (1e-90, "0.0001", "0"),
    ],
)
def test_rounding(value: float, higher: str, lower: str) -> None:
    assert (up(value), down(value)) == (higher, lower)


def test_a_ratio_just_below_a_bound_is_not_shown_as_the_bound() -> None:
    code, output = run("source-category", "--nuclide", "Cs-137", "--activity", "0.0999999999 TBq")
    assert code == 0
    assert "Category 4" in output
    assert "A/D 1.0" not in output
    assert "A/D 0.999999999" in output
