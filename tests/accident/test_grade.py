"""Grades of accidents: the ladder by enumeration against one written by hand, each criterion, published accidents."""

from datetime import date
from itertools import product

import pytest
from desk import run, told

from shieldcalc.accident.grading import CONTAMINATION, GRADES, Known, graded
from shieldcalc.accident.ladders import criteria
from shieldcalc.model.classification import ClassFound
from shieldcalc.regulations.conditions import compare

CATEGORIES = (None, 1, 2, 3, 4, 5)


def by_hand(category: int | None, deaths: int, severe: int) -> str:
    """Annex 1 of the plan with Regulation 449, Art. 40, as a person reads them."""
    if deaths >= 3:
        return "I"
    if deaths >= 1 or severe >= 10 or category in (1, 2):
        return "II"
    if severe >= 1 or category == 3:
        return "III"
    return "IV" if category in (4, 5) else ""


def test_every_count_and_category_has_one_grade() -> None:
    """Deaths 0 to 40, severe cases 0 to 60, every category and none: no gap, no overlap of two decisions."""
    for category, deaths, severe in product(CATEGORIES, range(41), range(61)):
        known = Known(
            source_category=category, no_source=category is None, deaths=deaths, severe=severe,
            contamination="none", no_doses=True,
        )  # fmt: skip
        found = graded(known)
        assert found.grade == found.firm == by_hand(category, deaths, severe), (category, deaths, severe)
        assert found.may_be == ""


@pytest.mark.parametrize("quantity", ["acute_deaths", "severe_sickness_or_disability"])
@pytest.mark.parametrize("ladders", [("CN-GX-44-2021/grade", "CN-449/grade"), ("CN-449/grade",)])
def test_each_count_meets_exactly_one_step(quantity: str, ladders: tuple[str, ...]) -> None:
    steps = [(each.grade, one) for each in criteria(*ladders) for one in each.when if one.quantity == quantity]
    for count in range(1, 61):
        grades = {grade for grade, one in steps if compare(one.comparator, float(count), one.value, one.bounds)}
        assert len(grades) == 1, (quantity, count, grades)


@pytest.mark.parametrize(
    ("quantity", "bounds"),
    [
        ("release_air", (5e11, 5e14, 5e15)),
        ("area", (0.0005, 0.5, 3.0)),
        ("release_water", (1e11, 1e12, 1e13)),
        ("release_ground", (1e12, 1e13, 1e14)),
        ("release_transport", (2.5, 2500.0, 25000.0)),
    ],
)
def test_quantified_steps_touch_at_their_bounds(quantity: str, bounds: tuple[float, ...]) -> None:
    """Lower end included, upper excluded; nothing released is no grade."""

    def grade(amount: float) -> str:
        return graded(Known(amounts={quantity: amount})).grade

    assert grade(0.0) == ""
    assert grade(1e-9 * bounds[0]) == "IV"
    for bound, at, below in zip(bounds, ("III", "II", "I"), ("IV", "III", "II"), strict=True):
        assert (grade(bound), grade(bound * (1 - 1e-12))) == (at, below)
    found = graded(Known(amounts={quantity: bounds[2]}))
    assert (found.grade, found.firm) == ("I", "")


@pytest.mark.parametrize(
    ("extent", "grade", "firm"),
    [("none", "", ""), ("local", "IV", "IV"), ("small_area", "III", "III"), ("larger_area", "II", "II"),
     ("wide_severe", "I", "II")],
)  # fmt: skip
def test_extent_of_contamination(extent: str, grade: str, firm: str) -> None:
    found = graded(Known(contamination=extent))
    assert (found.grade, found.firm) == (grade, firm)


def test_a_lost_source_with_wide_contamination_is_grade_one_by_regulation_449() -> None:
    found = graded(Known(source_category=2, contamination="wide_severe"))
    assert (found.grade, found.firm) == ("I", "I")
    assert "40.I.1" in {each.criterion.id for each in found.deciding}
    milder = graded(Known(source_category=3, contamination="wide_severe"))
    assert milder.firm == "II"


@pytest.mark.parametrize(
    ("person", "organ", "dose", "grade", "firm"),
    [
        ("public", "effective", "1 mSv", None, None),
        ("public", "effective", "1.0001 mSv", "IV", "IV"),
        ("worker", "effective", "20 mSv", None, None),
        ("worker", "effective", "20.1 mSv", "IV", None),
        ("worker", "effective", "50 mSv", "IV", None),
        ("worker", "effective", "50.1 mSv", "IV", "IV"),
        ("worker", "lens", "150.1 mSv", "IV", "IV"),
        ("worker", "skin", "500 mSv", None, None),
        ("worker", "skin", "501 mSv", "IV", "IV"),
    ],
)
def test_doses_above_the_yearly_limits(person: str, organ: str, dose: str, grade: str | None, firm: str | None) -> None:
    found = told("grade", "--dose", person, organ, dose)
    assert (found["grade"], found["grade_verified"]) == (grade, firm)


def test_what_is_not_said_stays_open() -> None:
    found = told("grade", "--severe", "2")
    assert (found["grade"], found["may_be"]) == ("III", "I")
    nothing = told("grade", "--source-category", "none", "--deaths", "0", "--severe", "0", "--contamination", "none")
    assert (nothing["grade"], nothing["may_be"]) == (None, "IV")


@pytest.mark.parametrize(
    ("grade", "starter", "standby", "started"),
    [("IV", "city_body", 4, 0), ("III", "regional_office", 0, 9), ("II", "regional_committee", 0, 10),
     ("I", "regional_committee", 0, 10)],
)  # fmt: skip
def test_who_starts_and_annex_five(grade: str, starter: str, standby: int, started: int) -> None:
    known = {
        "IV": ("--source-category", "4"),
        "III": ("--severe", "1"),
        "II": ("--deaths", "1"),
        "I": ("--deaths", "3"),
    }
    found = told("grade", *known[grade])
    assert (found["grade"], found["response_level"], found["started_by"]) == (grade, grade, starter)
    states = list(found["activation"].values())
    assert (states.count("standby"), states.count("started"), len(states)) == (standby, started, 10)
    assert found["watch_at_post"] is (grade != "IV")
    if grade == "IV":
        at = {name for name, state in found["activation"].items() if state == "standby"}
        assert at == {"office_head", "coordination", "monitoring", "contamination_handling"}
    if grade == "III":
        assert found["activation"]["commander"] == "none"


def test_special_rules() -> None:
    rules = {
        rule["article"]: rule["applies"] for rule in told("grade", "--severe", "1", "--no-report")["special_rules"]
    }
    assert rules == {"3.1": True, "3.2": False, "4.1.4": True, "1.4": True}
    rules = {rule["article"]: rule["applies"] for rule in told("grade", "--source-category", "5", "--no-report")[
        "special_rules"]}  # fmt: skip
    assert rules["4.1.4"] is False


def test_elsewhere_in_china_and_abroad() -> None:
    found = told("grade", "--deaths", "1", "--jurisdiction", "CN/Shanxi")
    assert (found["grade"], found["response_level"], found["decided_by"]) == ("II", None, ["CN-449/40.II.2"])
    code, output = run("grade", "--deaths", "1", "--jurisdiction", "VN/Lao Cai")
    assert code == 2
    assert "VN/Lao Cai" in output


def test_before_the_plan_only_the_regulation_holds() -> None:
    found = graded(Known(contamination="local", source_category=3), on=date(2014, 5, 7))
    assert found.grade == "III"
    assert {each.criterion.instrument for each in found.deciding} == {"CN-449"}
    assert found.response is None
    before = told("grade", "--severe", "10", "--on", "2000-05-05")
    assert (before["grade"], before["special_rules"]) == (None, [])
    assert "grade_no_law" in str(before["warnings"])


def test_the_source_may_be_stated_by_its_activity() -> None:
    found = told("grade", "--nuclide", "Ir-192", "--activity", "26 Ci")
    assert (found["grade"], found["source_category"]) == ("II", 2)
    later = told("grade", "--nuclide", "Ir-192", "--activity", "26 Ci", "--reference-date", "2026-01-01",
                 "--on", "2026-04-01")  # fmt: skip
    assert (later["grade"], later["source_category"]) == ("III", 3)


def test_other_criteria_of_grade_four_and_one() -> None:
    assert told("grade", "--mine-discharge", "yes")["grade"] == "IV"
    assert told("grade", "--well-source-sealed-in", "yes")["grade"] == "IV"
    space = told("grade", "--space-or-foreign", "yes")
    assert (space["grade"], space["grade_verified"], space["unverified"]) == ("I", None, True)
    assert told("grade", "--mine-discharge", "no")["grade"] is None


def test_the_classes_are_those_of_the_engine() -> None:
    found = graded(Known(deaths=1, contamination="wide_severe"))
    assert [type(each) for each in found.classes] == [ClassFound, ClassFound]
    by_ladder = {each.ladder: (each.grade, each.verified) for each in found.classes}
    assert by_ladder == {"CN-GX-44-2021/grade": ("I", "II"), "CN-449/grade": ("II", "II")}
    rows = told("grade", "--deaths", "1")["classifications"]
    assert [(row["ladder"], row["grade"], row["outcome"]) for row in rows] == [
        ("CN-GX-44-2021/grade", "II", "at_least"), ("CN-449/grade", "II", "at_least"),
    ]  # fmt: skip
    assert set(GRADES) == {each.grade for each in criteria("CN-GX-44-2021/grade")}
    assert len(CONTAMINATION) == 5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--deaths", "-1"), "-1"),
        (("--deaths", "1.5"), "1.5"),
        (("--source-category", "6"), "6"),
        (("--source-category", "2", "--source-category", "none"), "exclude"),
        (("--contamination", "huge"), "huge"),
        (("--dose", "worker", "liver", "1 Sv"), "liver"),
        (("--dose", "worker", "effective", "1 Gy"), "Gy"),
        (("--mine-discharge", "maybe"), "maybe"),
        (("--on", "2026-13-01"), "2026-13-01"),
        (("--area", "-1"), "-1"),
    ],
)
def test_what_cannot_be_used_is_refused(arguments: tuple[str, ...], words: str) -> None:
    code, output = run("grade", *arguments)
    assert code == 2
    assert words in output


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_the_answer_in_every_language(language: str) -> None:
    code, output = run("grade", "--deaths", "1", "--severe", "12", "--contamination", "wide_severe", "--area", "4",
                       "--space-or-foreign", "yes", "--lang", language)  # fmt: skip
    assert code == 0
    assert "CN-449" in output
