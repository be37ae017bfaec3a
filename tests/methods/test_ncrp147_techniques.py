"""Output, scatter and leakage at single tube potentials."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.errors import OutsideDataError
from shieldcalc.physics import equations, techniques
from shieldcalc.physics.values import value
from shieldcalc.tables import table

ROWS = [
    (float(row["kv"]), float(row["filtration_mmAl"]), float(row["output_uGy_per_mAs"]) / 1000)
    for row in table(techniques.OUTPUT).rows
]
KV, FILTRATION = st.floats(40, 150), st.floats(1.5, 5.0)


def test_rows_of_the_shipped_table() -> None:
    assert all(isclose(techniques.shipped_output(kv, mmAl), output, rel_tol=1e-12) for kv, mmAl, output in ROWS)


def test_the_outputs_that_it_was_checked_against() -> None:
    """49 and 119 uGy/mAs at 60 and 100 kV with 2.5 mm Al."""
    assert isclose(techniques.shipped_output(60, 2.5), 0.049, abs_tol=0.0005)
    assert isclose(techniques.shipped_output(100, 2.5), 0.119, abs_tol=0.0005)


@pytest.mark.parametrize("kv", range(45, 150, 5))
def test_left_out_rows(kv: int) -> None:
    """A row rebuilt from its neighbours is within 2.5 %; what lies between rows is four times nearer."""
    column = [(row_kv, output) for row_kv, mmAl, output in ROWS if mmAl == 2.5 and row_kv != kv]
    assert isclose(techniques._between(column, kv), techniques.shipped_output(kv, 2.5), rel_tol=0.025)


@given(kv=KV, mmAl=FILTRATION, more=st.floats(1, 1.2))
def test_output_rises_with_kv_and_falls_with_filtration(kv: float, mmAl: float, more: float) -> None:
    here = techniques.shipped_output(kv, mmAl)
    assert techniques.shipped_output(min(150, kv * more), mmAl) >= here * (1 - 1e-12)
    assert techniques.shipped_output(kv, min(5, mmAl * more)) <= here * (1 + 1e-12)


def test_unknown_filtration_is_the_highest_output() -> None:
    found = techniques.tube_output(80, None)
    assert max(techniques.shipped_output(80, mmAl) for mmAl in (1.5, 2.5, 5.0)) == found.Y
    assert found.notices[0].code == "assumptions.output_filtration_unknown"
    assert found.notices[0].text()


def test_declared_output() -> None:
    line = ((60, 0.04), (120, 0.16))
    declared = techniques.tube_output(60, 2.5, line)
    assert isclose(declared.Y, 0.04)
    assert (declared.notices, declared.tables) == ((), ())
    between = techniques.tube_output(84.8528137423857, 2.5, line)
    assert isclose(between.Y, 0.08)
    assert not between.notices
    beyond = techniques.tube_output(140, 2.5, line)
    shape = techniques.shipped_output(140, 2.5) / techniques.shipped_output(120, 2.5)
    assert isclose(beyond.Y, 0.16 * shape)
    assert beyond.notices[0].text()


@given(kv=KV)
def test_one_declared_output_gives_the_shape(kv: float) -> None:
    found = techniques.tube_output(kv, 2.5, ((80, techniques.shipped_output(80, 2.5)),))
    assert isclose(found.Y, techniques.shipped_output(kv, 2.5), rel_tol=1e-9)


@given(kv=KV)
def test_unknown_filtration_never_lowers_a_declared_output(kv: float) -> None:
    unknown = techniques.tube_output(kv, None, ((80, 0.08),)).Y
    assert all(unknown >= techniques.tube_output(kv, mmAl, ((80, 0.08),)).Y * (1 - 1e-9) for mmAl in (1.5, 2.5, 5))


@pytest.mark.parametrize(("kv", "mmAl"), [(39.9, 2.5), (150.1, 2.5), (80, 1.4), (80, 5.1), (30, None)])
def test_outside_is_refused(kv: float, mmAl: float | None) -> None:
    with pytest.raises(OutsideDataError, match="declare the tube's own output"):
        techniques.tube_output(kv, mmAl)


def test_scattered_fraction() -> None:
    assert isclose(techniques.scattered_fraction(100, 90), 4.734e-6, rel_tol=1e-3)
    assert techniques.scattered_fraction(45, 90) == techniques.scattered_fraction(50, 90)
    assert techniques.scattered_fraction(100, 180) == techniques.scattered_fraction(100, 140)
    assert techniques.scattered_fraction(100, 0) >= techniques.scattered_fraction(100, 20)


def test_housing_at_the_limit() -> None:
    """0.876 mGy/h at 150 kV and 3.3 mA goes with 2.32 mm of lead."""
    limit = techniques.leakage_at_limit()
    found = techniques.housing(100, *limit[:3])
    assert isclose(found.h_mm, 2.32, abs_tol=0.01)
    assert found.B_h < found.B_hL
    assert isclose(found.B_hL, found.steps[0].value, rel_tol=1e-9)
    assert limit.notices[0].text()


@pytest.mark.parametrize(("kv", "times"), [(100, 20), (150, 91)])
def test_leakage_at_300_mA(kv: float, times: float) -> None:
    """At 300 mA leakage is 20 times the limit at 100 kV and 91 times at 150 kV."""
    found = techniques.housing(kv, 0.876, 150, 3.3)
    ratio = (kv / 150) ** 2 * (300 / 3.3) * found.B_h / found.B_hL
    assert isclose(ratio, times, rel_tol=0.05)


@given(kv=st.floats(50, 150), theta=st.floats(20, 140))
def test_scattered_fraction_by_the_printed_equation(kv: float, theta: float) -> None:
    shape = {name: value(f"scatter_{name}") for name in ("b0", "b1", "b2", "b3")}
    printed = equations.scatter_fraction(a=value("scatter_a_kvp"), kV=kv, theta=theta, **shape)
    assert isclose(techniques.scattered_fraction(kv, theta), printed, rel_tol=1e-9)
