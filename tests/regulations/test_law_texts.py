"""Every rule and every reason has its words, and the words carry the rule's own number."""

import re
from datetime import date

import pytest

from shieldcalc.builtins import EQUIPMENT_KINDS, instruments, places
from shieldcalc.model.result import Doses
from shieldcalc.regulations import load, status
from shieldcalc.regulations.evaluate import beside, bound, margin
from shieldcalc.regulations.rules import Rule
from shieldcalc.regulations.taxonomy import taxonomy
from shieldcalc.reports.citations import article
from shieldcalc.texts import sentence

RULES = [rule for name in instruments() for rule in load(name).rules]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.full_id)
def test_the_paraphrase_states_the_value(rule: Rule) -> None:
    words = sentence(rule.paraphrase)
    if isinstance(rule.value, float) and not rule.value_of and rule.reference is None and rule.comparator != "measured":
        assert rule.value in [float(number) for number in re.findall(r"[0-9]+(?:\.[0-9]+)?", words)]


def test_every_instrument_has_a_title_and_what_it_does_not_hold_a_name() -> None:
    for row in status(tuple(instruments()), date(2026, 6, 30)):
        assert sentence(row["title_code"])
        assert all(sentence(f"rules.not_held.{code}") for code in row["not_held"].split())


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_how_a_day_is_known_has_its_words(language: str) -> None:
    names = {load(name).effective_confidence for name in instruments()} - {""}
    assert all(sentence(f"report.day.{name}", language) for name in names)


def test_names_of_kinds_and_places_are_in_the_taxonomy() -> None:
    known = taxonomy()
    assert set(EQUIPMENT_KINDS) <= set(known.equipment)
    assert {name for row in places().values() for name in row["places"]} <= set(known.place)
    assert {row["person"] for row in places().values() if "person" in row} <= set(known.person)


def test_dose_fields_exist() -> None:
    assert {row.dose for row in taxonomy().quantities.values() if row.dose} <= set(Doses.__dataclass_fields__)


def test_fractions_are_exact() -> None:
    circular = load("VN-19-2012")
    assert bound(circular.rule("7.workers"), circular) == 6.0
    assert bound(circular.rule("7.public"), circular) == 0.3


@pytest.mark.parametrize(
    ("value", "shown"), [(0.50000001, "0.50000001"), (0.49999999, "0.49999999"), (0.5, "0.5"), (0.123456, "0.123")]
)
def test_a_display_never_rounds_across_its_limit(value: float, shown: str) -> None:
    assert beside(value, 0.5) == shown


@pytest.mark.parametrize(
    ("comparator", "value", "factor"),
    [("<=", 5.0, 2.0), ("<", 20.0, 0.5), (">=", 5.0, 0.5), ("<=", 0.0, None), ("==", 5.0, None), ("<=", None, None)],
)
def test_margin_is_the_factor_by_which_a_bound_is_kept(comparator: str, value: float, factor: float | None) -> None:
    assert margin(comparator, value, 10.0) == factor


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.full_id)
def test_the_place_of_a_rule_is_cited_in_the_language(rule: Rule) -> None:
    """In Chinese no Latin word but the titles BIR and WS and Roman numbers; in Vietnamese none of the English ones."""
    assert set(re.findall(r"[A-Za-z]{2,}", article(rule.article, "zh"))) <= {"BIR", "WS", "GSR", "II", "III", "IV"}
    english = r"(?i)\b(?:schedule|reg|art|table|report|limits?|constraint|heading|section|last|areas)\b"
    assert not re.search(english, article(rule.article, "vi"))
