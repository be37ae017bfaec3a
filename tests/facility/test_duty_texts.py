"""Every duty has its words, and they carry its number; every collected term has its duty or a reason."""

import re
import tomllib
from pathlib import Path

import pytest

from shieldcalc.builtins import instruments
from shieldcalc.model.facility_words import words
from shieldcalc.regulations.duty_rules import DutyRule, duties
from shieldcalc.regulations.duty_schema import DERIVED, QUANTITIES
from shieldcalc.texts import LANGUAGES, sentence

RULES = [rule for name in instruments() for rule in duties(name)]
ROWS = tomllib.loads((Path(__file__).parent / "rows.toml").read_text("utf-8"))


def _numbers(rule: DutyRule) -> set[int]:
    """Return the numbers that the words must carry: of terms, and the day of the year or the last year named."""
    found = {count.amount for count in rule.count if count.amount}
    if rule.boundary != "end_of_month" and rule.day is not None and "day_of_year_not_stated" not in rule.notes:
        found.add(rule.day[1])
    if rule.on is not None:
        found.add(rule.on.year)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.full_id)
def test_the_words_carry_the_number(rule: DutyRule, language: str) -> None:
    said = {int(number) for number in re.findall(r"[0-9]+", sentence(rule.paraphrase, language))}
    assert _numbers(rule) <= said


@pytest.mark.parametrize("language", LANGUAGES)
def test_parties_events_and_notes_have_words(language: str) -> None:
    for rule in RULES:
        assert all(sentence(f"rules.duty.party.{code}", language) for code in (rule.holder, *rule.addressee))
        assert all(sentence(f"findings.duty.{code}", language) for code in rule.notes)
    names = {name for every in (*words().event.values(), *DERIVED.values(), QUANTITIES) for name in every}
    assert all(sentence(f"rules.duty.event.{name}", language) for name in names)


def test_every_collected_row_has_its_duty_or_a_reason() -> None:
    known = {rule.full_id for rule in RULES}
    carried: dict[str, list[str]] = ROWS["carried_by"]
    named = {f"{row.partition('/')[0]}/{name}" for row, names in carried.items() for name in names}
    print(f"{len(carried)} collected rows carried by {len(named)} duties; {len(ROWS['not_a_duty'])} with a reason")
    assert named <= known
    assert all(ROWS["not_a_duty"].values())
    assert not set(carried) & set(ROWS["not_a_duty"])


def test_files_of_duties_belong_to_instruments() -> None:
    folder = Path(__file__).parents[2] / "data" / "regulations"
    assert {path.name for path in (folder / "duties").iterdir()} <= {path.name for path in folder.iterdir()}
