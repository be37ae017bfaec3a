"""Categories of sources: every bound exactly, sums, mixtures, decay, the Chinese table beside it."""

from fractions import Fraction
from math import exp, log

import pytest
from desk import run, told
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.accident.categories import Piece, bounds, categorised, category_of
from shieldcalc.photons.dangerous import D_VALUES
from shieldcalc.regulations.classes import ladders
from shieldcalc.tables import table


@pytest.mark.parametrize(
    ("activity", "category"),
    [
        ("30 TBq", 1),
        ("29.999999999999 TBq", 2),
        ("300 GBq", 2),
        ("299.999999999 GBq", 3),
        ("30 GBq", 3),
        ("29.9999999999 GBq", 4),
        ("300 MBq", 4),
        ("299.9999999 MBq", 5),
        ("100 kBq", 5),
        ("99.9999 kBq", None),
    ],
)
def test_bounds_of_cobalt(activity: str, category: int | None) -> None:
    """D of Co-60 is 0.03 TBq, its exempt activity 1e5 Bq; every bound belongs to the graver class."""
    found = told("source-category", "--nuclide", "Co-60", "--activity", activity)
    assert found["category"] == category
    roman = None if category is None else ("I", "II", "III", "IV", "V")[category - 1]
    assert found["class_cn"] == roman
    assert found["below_exempt"] is (category is None)


def test_the_ladder_at_every_held_nuclide() -> None:
    for row in table(D_VALUES).rows:
        for least, category in (("1000", 1), ("10", 2), ("1", 3), ("0.01", 4)):
            if row["D_TBq"] in ("", "unlimited"):
                continue
            at = Fraction(row["D_TBq"]) * Fraction(least) * 10**12
            whole = float(at)
            assert Fraction(whole) == at
            assert categorised([Piece(row["nuclide"], whole)]).category == category
            assert categorised([Piece(row["nuclide"], whole * (1 - 1e-12))]).category != category


def test_the_ladders_of_iaea_and_china_have_the_same_bounds() -> None:
    china = {
        int(each.grade): each.when[0].value
        for each in ladders("CN-SRC-2005")[0].criteria
        if not isinstance(each.when[0], str) and each.when[0].quantity == "activity_over_d"
    }
    assert dict(bounds()) == china


def test_sources_together_are_summed() -> None:
    half = ("--nuclide", "Cs-137", "--activity", "0.5 TBq")
    one, two = told("source-category", *half), told("source-category", *half, *half)
    assert (one["category"], two["category"], two["ratio"]) == (3, 2, 10.0)
    assert two["basis"] == "sum of A/D"
    assert two["class_cn"] == "II"


def test_a_mixture_of_unknown_shares_is_its_most_dangerous_nuclide() -> None:
    found = told(
        "source-category", "--nuclide", "Cs-137", "--nuclide", "Co-60", "--activity", "30 GBq", "--unknown-shares"
    )
    assert (found["category"], found["ratio"], len(found["items"])) == (3, 1.0, 1)
    assert found["items"][0]["nuclide"] == "Co-60"


def test_decay_to_the_day() -> None:
    found = told(
        "source-category", "--nuclide", "Ir-192", "--activity", "3.7 TBq", "--reference-date", "2026-01-01",
        "--on", "2026-07-01",
    )  # fmt: skip
    expected = 3.7 / 0.08 * exp(-log(2) * 181 / 73.827)
    assert found["ratio"] == pytest.approx(expected, rel=1e-4)
    assert found["category"] == 3


def test_how_sure_the_chinese_class_is() -> None:
    read = told("source-category", "--nuclide", "Cs-137", "--activity", "1 TBq")
    assert read["class_cn_force"] == "secondary_source"
    assert read["warnings"] == []
    derived = told("source-category", "--nuclide", "Ir-192", "--activity", "1 TBq")
    assert derived["class_cn_force"] == "unverified"
    assert derived["warnings"][0]["count"] == 42
    unlisted = told("source-category", "--nuclide", "Na-22", "--activity", "1 TBq")
    assert (unlisted["class_cn"], unlisted["items"][0]["class_cn_row"]) == ("II", "not_in_table")


def test_neutron_sources_take_their_alpha_emitter() -> None:
    for name in ("Am-241/Be", "Am-Be", "AmBe"):
        assert told("source-category", "--nuclide", name, "--activity", "60 GBq")["category"] == 3
    assert told("source-category", "--nuclide", "Pu-238/Be", "--activity", "60 GBq")["items"][0]["nuclide"] == "Pu-238"


def test_no_activity_of_an_unlimited_nuclide_is_dangerous() -> None:
    assert told("source-category", "--nuclide", "I-129", "--activity", "1 PBq")["category"] == 5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--nuclide", "Cs-137"), "--activity"),
        (("--nuclide", "Cs-137", "--activity", "1"), "no unit"),
        (("--nuclide", "Cs-137", "--activity", "-1 Bq"), "more than zero"),
        (("--nuclide", "Cs-137", "--activity", "1 GBq", "--activity", "1 GBq"), "1 nuclides and 2 activities"),
        (("--nuclide", "Xx-1", "--activity", "1 GBq"), "Xx-1"),
        (("--nuclide", "Cs-137", "--activity", "1 GBq", "--on", "2026-01-01"), "reference date"),
        (("--nuclide", "Pu-Be", "--activity", "1 GBq"), "Pu-Be"),
        (("--nuclide", "Cs-137", "--activity", "1 GBq", "--lang", "xx"), "xx"),
        (
            ("--nuclide", "Ir-192", "--activity", "1 TBq", "--reference-date", "2026-02-01", "--on", "2026-01-01"),
            "wrong order",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused(arguments: tuple[str, ...], words: str) -> None:
    code, output = run("source-category", *arguments)
    assert code == 2
    assert words in output


@given(st.fractions(min_value=0, max_value=10**6), st.fractions(min_value=0, max_value=10**6))
def test_more_activity_is_never_a_milder_category(one: Fraction, other: Fraction) -> None:
    small, large = sorted((one, other))
    found = [category_of(each, each * 10**6) or 6 for each in (small, large)]
    assert found[1] <= found[0]


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_the_answer_in_every_language(language: str) -> None:
    code, output = run("source-category", "--nuclide", "Ir-192", "--activity", "26 Ci", "--lang", language)
    assert code == 0
    assert "12.03" in output


def test_outcomes_are_classes_of_the_law_engine() -> None:
    """Each source by both ladders and all together; a Chinese row that was not seen is unverified."""
    found = told(
        "source-category", "--nuclide", "Cs-137", "--activity", "60 GBq", "--nuclide", "Ir-192", "--activity", "60 GBq"
    )
    read = {(row["ladder"], row["subject"]): (row["grade"], row["verified"]) for row in found["classifications"]}
    assert read == {
        ("IAEA-RSG19/category", "source_1"): ("4", "4"),
        ("IAEA-RSG19/category", "source_2"): ("4", "4"),
        ("IAEA-RSG19/aggregate", "together"): ("3", "3"),
        ("CN-SRC-2005/category", "source_1"): ("4", "4"),
        ("CN-SRC-2005/category", "source_2"): ("4", ""),
    }
    assert found["category"] == 3
