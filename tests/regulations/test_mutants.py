"""Every rule's value, comparator, date and condition is changed; a hand-written case must notice each change."""

import sys
from itertools import chain

import pytest
from casebook import Case, agrees, cases, found_by
from mutants import mutants

from shieldcalc.builtins import instruments
from shieldcalc.regulations.rules import LoadedInstrument, Rule, load

INSTRUMENTS = tuple(instruments())
STATUS = sys.modules["shieldcalc.regulations.status"]
RULES = [(load(name), rule) for name in INSTRUMENTS for rule in load(name).rules]


def _about(instrument: LoadedInstrument, rule: Rule) -> list[Case]:
    """Return the cases that may notice a change of a rule: its own, those of the rules it replaces or is a part of."""
    fractions = [other.full_id for other in instrument.rules if other.fraction_of == rule.id]
    replaced = [f"{instrument.id}/{name}" for name in rule.exception_to]
    names = {rule.full_id, *fractions, *replaced}
    return [case for case in cases() if case.rule in names]


def _agrees(case: Case) -> bool:
    try:
        return agrees(case, found_by(case))
    except TypeError:  # a comparator that cannot compare these values: noticed
        return False


@pytest.mark.parametrize(("instrument", "rule"), RULES, ids=[rule.full_id for _, rule in RULES])
def test_every_mutant_is_killed(instrument: LoadedInstrument, rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    about = _about(instrument, rule)
    assert about, "no case is about this rule"
    survivors = []
    for name, mutant in mutants(instrument, rule):
        monkeypatch.setattr(
            STATUS, "load", lambda wanted, mutant=mutant: mutant if wanted == mutant.id else load(wanted)
        )
        if all(map(_agrees, about)):
            survivors.append(name)
    assert not survivors, f"{rule.full_id}: no case notices {survivors}"


def test_count_of_mutants() -> None:
    count = sum(1 for _ in chain.from_iterable(mutants(instrument, rule) for instrument, rule in RULES))
    print(f"{count} mutants of {len(RULES)} rules; {len(cases())} cases")
    assert count > 500
