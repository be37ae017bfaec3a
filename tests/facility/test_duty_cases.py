"""Each duty by hand-written cases, and every change of its numbers and anchors noticed by one of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from duty_cases import Case, answers, cases, rule_of

from shieldcalc.builtins import instruments
from shieldcalc.regulations.duty_rules import Count, DutyRule, duties
from shieldcalc.regulations.rules import Condition

RULES = [rule for name in instruments() for rule in duties(name)]
LISTS = ("facility", "not_facility", "equipment", "not_equipment", "meter", "role", "not_role", "when", "unless",
         "done", "done_in_time")  # fmt: skip
FLAGS = ("done_any", "needs_anchor", "late")
OTHER_UNIT = {"days": "working_days", "working_days": "days", "months": "years", "years": "months", "hours": "days"}
OTHER_BOUNDARY = {"included": "excluded", "excluded": "included", "end_of_month": "excluded"}
FEWEST = 3


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.file}-{case.duty}-{case.on}")
def test_case(case: Case) -> None:
    assert answers(case, rule_of(case)) == case.answers


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.full_id)
def test_every_change_is_noticed(rule: DutyRule) -> None:
    mine = [case for case in cases() if case.file.upper() == rule.instrument and case.duty == rule.id]
    assert mine
    alive = [name for name, other in mutants(rule) if all(answers(case, other) == case.answers for case in mine)]
    assert alive == []


def test_every_instrument_has_cases_enough() -> None:
    found = Counter(case.file.upper() for case in cases())
    print("cases by instrument:", dict(found))
    assert all(found[name] >= FEWEST for name in instruments() if duties(name))


def mutants(rule: DutyRule) -> Iterator[tuple[str, DutyRule]]:
    """Yield (what was changed, the rule with it): numbers, units, anchors, what fulfils it, whom it is about."""
    for index, count in enumerate(rule.count):
        rest = (*rule.count[:index], *rule.count[index + 1 :])
        if rest:
            yield f"count {index} left out", replace(rule, count=rest)
        for name, other in _counts(count):
            yield f"count {index}: {name}", replace(rule, count=(*rule.count[:index], other, *rule.count[index + 1 :]))
    if any(
        count.amount and count.unit not in ("hours",) and not count.ahead and not count.grid for count in rule.count
    ):
        yield "day one counts", replace(rule, day_one="counted")
    if rule.day is not None:
        month, day = rule.day
        yield "day earlier", replace(rule, day=(month, day - 1))
        yield "month earlier", replace(rule, day=(month - 1 or 12, min(day, 28)))
    if rule.on is not None:
        yield "date later", replace(rule, on=rule.on + timedelta(days=1))
        yield "date earlier", replace(rule, on=rule.on - timedelta(days=1))
    if rule.timing in ("yearly", "fixed"):
        yield "boundary", replace(rule, boundary=OTHER_BOUNDARY[rule.boundary])
    if rule.timing == "yearly":
        yield "about", replace(rule, about="" if rule.about else "previous_year")
    yield from _of_lists(rule)
    if rule.timing == "once":
        always = any("effective" in count.names for count in rule.count)
        for flag in FLAGS:
            if (flag == "needs_anchor" and not always) or (rule.done and (flag == "done_any" or rule.late)):
                yield f"not {flag}", replace(rule, **{flag: not getattr(rule, flag)})
    if rule.stated:
        yield "not stated", replace(rule, stated=False)
    if rule.done_since:
        yield "done_since", replace(rule, done_since="")


def _of_lists(rule: DutyRule) -> Iterator[tuple[str, DutyRule]]:
    for key in LISTS:
        items = getattr(rule, key)
        for index, item in enumerate(items):
            rest = (*items[:index], *items[index + 1 :])
            yield f"{key} without {item}", replace(rule, **{key: rest})
            for other in _conditions(item):
                yield f"{key}: {other}", replace(rule, **{key: (*items[:index], other, *items[index + 1 :])})


def _counts(count: Count) -> Iterator[tuple[str, Count]]:
    if not count.amount_of:
        yield "one more", count._replace(amount=count.amount + 1)
    if count.amount > count.grid:
        yield "one less", count._replace(amount=count.amount - 1)
    if count.amount:
        yield "other unit", count._replace(unit=OTHER_UNIT[count.unit])
        if count.unit not in ("hours", "working_days") and not count.grid:
            yield "ahead", count._replace(ahead=not count.ahead)
    if count.grid:
        yield "no grid", count._replace(grid=False)
    for index, name in enumerate(count.names):
        if len(count.names) > 1:
            yield f"without {name}", count._replace(names=(*count.names[:index], *count.names[index + 1 :]))


def _conditions(item: object) -> Iterator[Condition]:
    if not isinstance(item, Condition):
        return
    if isinstance(item.value, tuple):
        for index in range(len(item.value)):
            yield item._replace(value=(*item.value[:index], *item.value[index + 1 :]))
    elif isinstance(item.value, float) and item.comparator != "==":
        yield item._replace(value=item.value + 1)
        yield item._replace(comparator=">" if item.comparator == ">=" else "<=")
