"""Quantities: every spelling gives one float, everything ambiguous is refused."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.errors import UnitError
from shieldcalc.units import DIMENSIONS, parse, significant

UNITS = [(dimension, unit) for dimension, units in DIMENSIONS.items() for unit in units]
numbers = st.decimals(min_value="1e-9", max_value="1e9", places=9)


def _ratio(dimension: str, first: str, second: str) -> Fraction:
    return Fraction(*DIMENSIONS[dimension][first]) / Fraction(*DIMENSIONS[dimension][second])


def _decimal(ratio: Fraction) -> bool:
    """Return whether a ratio has a finite decimal expansion, so that both spellings can be written exactly."""
    return 10**40 % ratio.denominator == 0


def _text(value: Fraction) -> str:
    return f"{value * 10**40}e-40"


PAIRS = [
    (dimension, first, second)
    for dimension, first in UNITS
    for second in DIMENSIONS[dimension]
    if _decimal(_ratio(dimension, first, second))
]


@pytest.mark.parametrize(
    ("text", "dimension", "value"),
    [
        ("1.2 mm", "length", 1.2),
        ("15cm", "length", 150.0),
        (".5 m", "length", 500.0),
        ("5. m", "length", 5000.0),
        ("1e-3m", "length", 1.0),
        ("1 inch", "length", 25.4),
        ("3\u00a0m", "length", 3000.0),
        ("20 µSv/h", "dose_rate", 0.02),
        ("20 μSv / h", "dose_rate", 0.02),
        ("0.02 mGy per week", "kerma_per_week", 0.02),
        ("1 mSv/yr", "dose_per_year", 1.0),
        ("1 uGy/s", "kerma_rate", 3.6),
        ("2.5 mm Al", "filtration", 2.5),
        ("100 mGy·cm", "dlp", 100.0),
        ("100 mGy cm", "dlp", 100.0),
        ("2350 kg/m³", "density", 2.35),
        ("0.1 m²", "area", 1000.0),
        ("2 mA min", "charge", 120.0),
        ("6 mGy/(mA min)", "output", 0.1),
        ("43 µGy·m²/mAs", "output", 0.043),
        ("125 kVp", "voltage", 125.0),
        ("-3 mm", "length", -3.0),
    ],
)
def test_spellings(text: str, dimension: str, value: float) -> None:
    assert parse(text, dimension) == value


@given(st.sampled_from(UNITS), numbers)
def test_every_unit_is_rounded_once_from_the_exact_value(unit: tuple[str, str], number: Fraction) -> None:
    dimension, spelling = unit
    exact = Fraction(number) * Fraction(*DIMENSIONS[dimension][spelling])
    assert parse(f"{number:f} {spelling}", dimension) == float(exact)


@given(st.sampled_from(PAIRS), numbers)
def test_one_quantity_in_two_spellings_is_one_float(pair: tuple[str, str, str], number: Fraction) -> None:
    dimension, first, second = pair
    same = Fraction(number) * _ratio(dimension, first, second)
    blank = " " if first[0].isdigit() else ""  # "5" and "1/s" without one are 51 per second
    assert parse(f"{number:f}{blank}{first}", dimension) == parse(f"{_text(same)} {second}", dimension)


@given(numbers, st.sampled_from(["{} m", "{}m", "{}  m ", "+{} m", "{}e0 m", "{}E+0 m", "0{} m"]))
def test_blanks_signs_and_zeros_change_nothing(number: Fraction, form: str) -> None:
    assert parse(form.format(f"{number:f}"), "length") == parse(f"{number:f} m", "length")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0,5 mm", "decimal_comma"),
        ("1,000 mm", "decimal_comma"),
        ("1.000,5 mm", "decimal_comma"),
        ("5", "bare_number"),
        ("1e5", "bare_number"),
        (5, "bare_number"),
        (5.0, "bare_number"),
        (float("nan"), "bare_number"),
        (True, "bare_number"),
        (None, "bare_number"),
        (["1 mm"], "bare_number"),
        ("", "not_a_number"),
        ("mm", "not_a_number"),
        ("nan mm", "not_a_number"),
        ("inf mm", "not_a_number"),
        ("-infinity mm", "not_a_number"),
        ("--5 mm", "not_a_number"),
        ("1.2.3 mm", "not_a_number"),
        ("5-3 mm", "not_a_number"),
        ("\uff11 mm", "not_a_number"),
        ("1" * 5000 + " mm", "not_a_number"),
        ("1e999 mm", "not_finite"),
        ("1e308 m", "not_finite"),
        ("1e999999999999 m", "not_finite"),
        ("1_0 mm", "wrong_unit"),
        ("0x10 mm", "wrong_unit"),
        ("5 kg", "wrong_unit"),
        ("5 m m", "wrong_unit"),
        ("5 MM", "wrong_unit"),
        ("2e mm", "wrong_unit"),
        ("1 mm,", "wrong_unit"),
    ],
)
def test_refused(text: object, code: str) -> None:
    with pytest.raises(UnitError) as refused:
        parse(text, "length")
    assert refused.value.code == code
    assert str(refused.value) != code


@given(st.text(max_size=40), st.sampled_from(sorted(DIMENSIONS)))
def test_any_text_gives_a_number_or_a_unit_error(text: str, dimension: str) -> None:
    with suppress(UnitError):
        assert isinstance(parse(text, dimension), float)


@pytest.mark.parametrize(
    ("gray", "sievert"),
    [
        ("kerma", "dose"),
        ("kerma_rate", "dose_rate"),
        ("kerma_per_week", "dose_per_week"),
        ("kerma_per_year", "dose_per_year"),
    ],
)
def test_gray_and_sievert_never_convert(gray: str, sievert: str) -> None:
    assert not DIMENSIONS[gray].keys() & DIMENSIONS[sievert].keys()
    for dimension, foreign in ((gray, sievert), (sievert, gray)):
        for unit in DIMENSIONS[foreign]:
            with pytest.raises(UnitError, match="is not a unit of"):
                parse(f"1 {unit}", dimension)


def test_base_unit_stands_first() -> None:
    assert all(next(iter(units.values())) == (1, 1) for units in DIMENSIONS.values())


def test_a_wrong_unit_names_the_allowed_ones_once() -> None:
    with pytest.raises(UnitError, match=r"allowed: mm, cm, m, km, um, in, ft$"):
        parse("5 kg", "length")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1.2345, "1.23"),
        (0.00123, "0.00123"),
        (9.999, "10.0"),
        (0.00099999, "0.00100"),
        (99999.6, "1.00e+05"),
        (-3.14159, "-3.14"),
        (12345.6, "12346"),
        (1.5e-7, "1.50e-07"),
        (2e6, "2.00e+06"),
    ],
)
def test_significant(value: float, text: str) -> None:
    assert significant(value) == text


def test_decays_per_second_and_minute_are_activities() -> None:
    assert parse("3e9 dps", "activity") == parse("3 GBq", "activity") == parse("1.8e11 dpm", "activity")
    assert parse("60 dpm/cm3", "activity_concentration") == parse("1 Bq/ml", "activity_concentration")


@pytest.mark.parametrize(("text", "meant"), [("1 gbq", "GBq"), ("2 MCI", "mCi"), ("3 DPM", "dpm"), ("4 kg", "")])
def test_a_unit_in_other_capitals_is_told_the_one_it_may_mean(text: str, meant: str) -> None:
    with pytest.raises(UnitError) as refused:
        parse(text, "activity")
    assert refused.value.params["guess"] == meant
    assert (f"did you mean '{meant}'" in str(refused.value)) is bool(meant)
