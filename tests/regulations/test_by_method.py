"""Facts of several methods: each is judged by itself, and what suffices by one does not help another."""

from dataclasses import replace
from datetime import date

from casebook import facts

from shieldcalc.model.result import Fact, Finding
from shieldcalc.regulations import judge

RATE = "ambient_dose_equivalent_rate.radiography"
YEAR = "ambient_dose_equivalent.per_year"
LAW = "CN-GBZ130-2020"


def by(method: str, **corridor: float) -> tuple[Fact, ...]:
    """Return the facts of the base room; doses carry a method's name and are those given in the corridor."""
    given = {name.replace("__", "."): value for name, value in corridor.items()}
    return tuple(
        replace(fact, method=method) if fact.averaging != "none" else fact for fact in facts({"corridor": given})
    )


def found(rule: str, *sets: tuple[Fact, ...]) -> dict[str, Finding]:
    every = tuple(dict.fromkeys(fact for one in sets for fact in one))
    findings = judge(every, (LAW,), on=date(2024, 1, 1), asked_by_name=frozenset((LAW,)))
    return {each.method: each for each in findings if each.rule == f"{LAW}/{rule}" and each.subject == "corridor"}


def test_each_method_has_its_own_finding() -> None:
    one, other = by("one", **{RATE: 3.0}), by("other", **{RATE: 30.0, YEAR: 0.4})
    judged = found("6.3.1c", one, other)
    assert {name: each.outcome for name, each in judged.items()} == {"one": "pass", "other": "fail"}
    assert judged["other"].value == 30.0


def test_an_alternative_met_by_one_method_does_not_help_another() -> None:
    low, high = by("low", **{RATE: 30.0, YEAR: 0.1}), by("high", **{RATE: 30.0, YEAR: 0.4})
    judged = found("6.3.1c", low, high)
    assert judged["low"].outcome == "undetermined"
    assert judged["low"].reason is not None
    assert judged["low"].reason.code == "findings.alternative_weaker"
    assert judged["high"].outcome == "fail"


def test_what_no_method_has_a_part_in_is_judged_once() -> None:
    every = (*by("one"), *by("other"))
    findings = judge(dict.fromkeys(every), (LAW,), on=date(2024, 1, 1))
    assert [each.method for each in findings if each.rule == f"{LAW}/6.4.1"] == [""]
