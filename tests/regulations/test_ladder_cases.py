"""Each class is what its hand-written cases expect; every bound, class, date and condition is noticed by one."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from mutants import condition_mutants

from shieldcalc.builtins import instruments
from shieldcalc.regulations.casebook import Case, answers, read
from shieldcalc.regulations.classes import Criterion, Ladder, ladders
from shieldcalc.regulations.ladders import ladders as ladders_of_audits
from shieldcalc.regulations.rules import Condition

FOLDER = Path(__file__).parent / "ladders"
CASES = tuple(case for path in sorted(FOLDER.glob("*.toml")) for case in read(str(path)))
LADDERS = tuple(ladder for name in instruments() for ladder in ladders(name))
DAY = timedelta(days=1)


def agrees(case: Case) -> bool:
    found = answers(case, instruments())
    return bool(found) and all(answer.agrees for answer in found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.about} {case.on}: {case.what}")
def test_the_class_is_what_the_case_expects(case: Case) -> None:
    assert agrees(case), answers(case, instruments())


def test_every_ladder_has_cases() -> None:
    assert {ladder.full_id for ladder in LADDERS} == {case.about for case in CASES}
    print(f"{len(CASES)} cases of {len(LADDERS)} ladders, {sum(len(one.criteria) for one in LADDERS)} criteria")


def _mutants(ladder: Ladder, criterion: Criterion) -> Iterator[tuple[str, Criterion]]:
    for other in set(ladder.order) - {criterion.grade}:
        yield f"class {other}", replace(criterion, grade=other)
    yield (
        "another confidence",
        replace(criterion, confidence="recalled" if criterion.confidence not in ("recalled", "unverified") else "seed"),
    )
    yield "effective a day later", replace(criterion, effective=criterion.effective + DAY)
    if criterion.expiry is not None:
        yield "expiry a day earlier", replace(criterion, expiry=criterion.expiry - DAY)
    for index, condition in enumerate(criterion.when):
        rest = (*criterion.when[:index], *criterion.when[index + 1 :])
        if rest:
            yield f"without {condition}", replace(criterion, when=rest)
        for changed in () if isinstance(condition, str) else condition_mutants(condition):
            yield (
                f"{changed}",
                replace(criterion, when=(*criterion.when[:index], changed, *criterion.when[index + 1 :])),
            )


def _agrees(case: Case) -> bool:
    try:
        return agrees(case)
    except TypeError:  # a comparator that cannot compare these values: noticed
        return False


@pytest.mark.parametrize("ladder", LADDERS, ids=lambda ladder: ladder.full_id)
def test_every_mutant_of_a_criterion_is_killed(ladder: Ladder, monkeypatch: pytest.MonkeyPatch) -> None:
    about = [case for case in CASES if case.about == ladder.full_id]
    others = tuple(one for one in ladders(ladder.instrument) if one.id != ladder.id)
    survivors = []
    for index, criterion in enumerate(ladder.criteria):
        for name, mutant in _mutants(ladder, criterion):
            criteria = (*ladder.criteria[:index], mutant, *ladder.criteria[index + 1 :])
            changed = replace(ladder, criteria=criteria)
            monkeypatch.setattr(
                "shieldcalc.regulations.classify.ladders", lambda _, changed=changed: (*others, changed)
            )
            if all(map(_agrees, about)):
                survivors.append(f"{criterion.id}: {name}")
    assert not survivors, f"{ladder.full_id}: no case notices {survivors}"


SAME = {
    "CN-SRC-2005": "CN-SRC-2005/category",
    "CN-DEV-2017": "CN-DEV-2017/class",
    "CN-GB18871-2002/C": "CN-GB18871-2002/C",
}


@pytest.mark.parametrize("name", SAME)
def test_the_audit_classes_by_the_same_bounds(name: str) -> None:
    """The ladders that the audit of a facility reads have the numbers of the instrument's own."""
    (audited,) = (one for one in ladders_of_audits() if one.id == name)
    (held,) = (one for one in LADDERS if one.full_id == SAME[name])
    assert _bounds(rung.when for rung in audited.rungs) == _bounds(one.when for one in held.criteria)


def _bounds(conditions: Iterable[Iterable[Condition | str]]) -> set[float]:
    values = [one.value for when in conditions for one in when if not isinstance(one, str)]
    numbers = [number for value in values for number in (value if isinstance(value, tuple) else (value,))]
    return {number for number in numbers if isinstance(number, float) and number}
