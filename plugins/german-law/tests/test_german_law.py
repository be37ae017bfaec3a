"""Each limit with its article, on both sides of it, and before the law was in force."""

from datetime import date

import pytest
from shieldcalc_german_law import register_regulations

from shieldcalc.model.result import Fact, Finding
from shieldcalc.regulations import judge
from shieldcalc.regulations.rules import load
from shieldcalc.regulations.view import SUBJECT

LAW = register_regulations()[0]


def _judged(person: str, dose: float, day: date = date(2025, 1, 1)) -> dict[str, Finding]:
    head = {"subject": "p", "place": "office", "person": person, "equipment": ("radiography",)}
    facts = (
        Fact(quantity=SUBJECT, value="point", **head),
        Fact(quantity="ambient_dose_equivalent", value=dose, unit="mSv/year", averaging="per_year", **head),
    )
    found = (each for each in judge(facts, (LAW,), on=day) if each.outcome != "not_applicable" and each.dose_rule)
    return {each.article: each for each in found if each.article.startswith("§")}


@pytest.mark.parametrize(
    ("person", "article", "limit"), [("radiation_worker", "§ 78 (1)", 20.0), ("public", "§ 80 (1)", 1.0)]
)
def test_each_limit_holds_up_to_its_value(person: str, article: str, limit: float) -> None:
    kept, broken = _judged(person, limit), _judged(person, limit * 1.001)
    assert kept.keys() == {article}
    assert kept[article].outcome == "pass"
    assert kept[article].force == "secondary_source"
    assert broken[article].outcome == "fail"


def test_it_was_not_in_force_before_its_day() -> None:
    found = _judged("public", 5.0, date(2018, 12, 30))
    assert all(each.force == "not_yet_valid" for each in found.values())


def test_every_rule_is_cited() -> None:
    assert {rule.article for rule in load(LAW).rules} == {"§ 78 (1)", "§ 80 (1)"}
