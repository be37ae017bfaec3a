"""At least three situations for each system of rules, duties and classes, in the format that a lawyer writes."""

from collections import Counter
from pathlib import Path

import pytest

from shieldcalc.builtins import instruments
from shieldcalc.regulations import load
from shieldcalc.regulations.casebook import Case, answers, read

FILES = sorted((Path(__file__).parent / "systems").glob("*.toml"))
CASES = tuple(case for path in FILES for case in read(str(path)))
SYSTEMS = tuple(f"S{number:02d}" for number in range(1, 33))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.system} {case.about} {case.on}: {case.what}")
def test_the_outcome_is_what_the_case_expects(case: Case) -> None:
    found = answers(case, instruments())
    assert found
    assert all(answer.agrees for answer in found), [answer.found for answer in found]


def test_each_system_has_three_cases() -> None:
    found = Counter(case.system for case in CASES)
    print(dict(found))
    assert all(found[system] >= 3 for system in SYSTEMS)
    assert set(found) <= set(SYSTEMS)


def test_who_must_keep_a_rule_is_told_and_noticed() -> None:
    """Each duty-holder that a rule names is expected by a case: another one would differ from it."""
    named = {rule.holder for name in instruments() for rule in load(name).rules if rule.holder}
    expected = {case.expected["holder"] for case in CASES if case.kind == "rule" and "holder" in case.expected}
    assert named == expected
