"""Numbers for display: read back, never across a limit."""

from math import inf, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.reports.numbers import beside, clear_of, margin, read, rounded, rounded_up, shortest

positive = st.floats(min_value=1e-12, max_value=1e9)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.3, "0.300"), (20.0, "20.0"), (1.234e-5, "1.23×10⁻⁵"), (0.0, "0"), (inf, "∞"), (123456.0, "1.23×10⁵")],
)
def test_rounded(value: float, text: str) -> None:
    assert rounded(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(20.0, "20"), (0.3, "0.3"), (1e-6, "1×10⁻⁶"), (150.0, "150"), (0.1 + 0.2, "0.3"), (100.0, "100")],
)
def test_shortest(value: float, text: str) -> None:
    assert shortest(value) == text


@given(positive)
def test_display_reads_back(value: float) -> None:
    assert isclose(read(rounded(value)), value, rel_tol=5.1e-3)
    assert read(shortest(value, 17)) == value


@given(positive, st.sampled_from([0.0, 1e-15, -1e-15, 1e-9, -1e-6, 1e-3, -0.1, 3.0]))
def test_a_display_never_rounds_across_a_limit(limit: float, away: float) -> None:
    value = limit * (1 + away) if away > -1 else limit
    shown, bound = (read(text) for text in beside(value, limit))
    assert (shown > bound, shown < bound) == (value > limit, value < limit)


def test_digits_are_added_until_it_is_clear() -> None:
    assert beside(0.3000004, 0.3) == ("0.3000004", "0.3")
    assert beside(19.9999, 20.0) == ("19.9999", "20")
    assert beside(20.0, 20.0) == ("20.0", "20")
    assert clear_of(0.30001, [0.3, 6.0]) == "0.30001"
    assert margin(0.99999) == "0.99999"
    assert margin(1.0) == "1.00"


@given(st.floats(min_value=1e-6, max_value=1e5))
def test_what_is_built_as_printed_suffices(thickness: float) -> None:
    printed = read(rounded_up(thickness))
    assert thickness * (1 - 1e-9) <= printed <= thickness * 1.0101
