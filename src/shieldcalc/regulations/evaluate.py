"""One rule at one subject: the fact against the bound, and what follows when a fact or a reading is missing."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.result import Fact
from shieldcalc.regulations.conditions import compare
from shieldcalc.regulations.geometry import GEOMETRY, GROSS, as_taken, depends
from shieldcalc.regulations.rules import NOT_STATED, LoadedInstrument, Rule, Value
from shieldcalc.regulations.taxonomy import taxonomy
from shieldcalc.regulations.verdict import Verdict
from shieldcalc.regulations.view import Subject, View

INSTANT, HOUR = "instant", "any_one_hour"
WHOLE = "whole_dose_known"
_KEPT = 1 << 14


class Case(NamedTuple):
    """A rule of an instrument, and the facts that it reads."""

    rule: Rule
    instrument: LoadedInstrument
    view: View


class Seen(NamedTuple):
    """What a rule looked at, where, and what that says of it; ``facts`` None: nothing, the room as a whole is meant."""

    rule: Rule
    subject: str
    place: str
    person: str
    facts: Mapping[str, Fact] | None
    verdict: Verdict
    limit: Value | None


@lru_cache(maxsize=_KEPT)
def bound(rule: Rule, instrument: LoadedInstrument) -> Value:
    """Return a rule's bound, a fraction of another rule's limit as the exact decimal product (0.3 of 20 is 6)."""
    if not rule.fraction_of:
        return rule.value
    return float(Decimal(str(rule.value)) * Decimal(str(instrument.rule(rule.fraction_of).value)))


def seen(case: Case, subject: Subject) -> list[Seen]:
    """Return what one rule sees at one subject: once for each time that its quantity was computed."""
    rule = case.rule
    declared = _declared(case) if rule.value_of else None
    known = bound(rule, case.instrument) if declared is None else declared.value
    of, _, place, person, _, _ = subject
    found = case.view.sets(of, rule.quantity)
    return [
        Seen(rule, of, place, person, facts, _judged(case, subject, declared, known, facts), known) for facts in found
    ]


def _judged(
    case: Case, subject: Subject, declared: Fact | None, known: Value | None, facts: Mapping[str, Fact]
) -> Verdict:
    rule = case.rule
    if known is None:
        return _no_bound(rule, declared)
    verdict = _verdict(case, known, facts)
    if verdict.outcome == "pass":
        verdict = _whole(case, subject, known, verdict)
    return as_taken(rule, facts, case.view.fact(subject.id, GROSS), verdict) if depends(rule) else verdict


def shown(rule: Rule, facts: Mapping[str, Fact]) -> Mapping[str, float]:
    """Return the values looked at: those of the averagings that a rule may be read by, or of its own special one.

    A week beside a year has another unit and is none of them.
    """
    names = (rule.averaging,) if INSTANT in facts else tuple(facts)
    names = (INSTANT, HOUR) if rule.averaging in (NOT_STATED, INSTANT, HOUR) else names
    return {
        name: each.value
        for name, each in facts.items()
        if isinstance(each.value, float) and name in names and name not in GEOMETRY and each.unit == rule.unit
    }


def _declared(case: Case) -> Fact:
    """Return the fact that gives the bound of a rule that does not state it."""
    name = case.rule.value_of
    return case.view.fact(case.view.room.id, name) or Fact(subject=case.view.room.id, quantity=name, value=None)


def _most_keeps(rule: Rule, fact: Fact, limit: Value, verdict: Verdict) -> bool:
    """Return whether the most that the whole of a dose can be keeps the bound; False where that is not known."""
    if fact.at_most is None or not isinstance(verdict.value, float):
        return False
    return compare(rule.comparator, fact.at_most * verdict.value, limit, rule.bounds)


def _no_bound(rule: Rule, declared: Fact | None) -> Verdict:
    return Verdict("undetermined", None, rule.averaging, not_known(rule.value_of, declared))


def _whole(case: Case, subject: Subject, limit: Value, kept: Verdict) -> Verdict:
    """Return a verdict that passes; where a part of the dose is not known, what is known can break a bound only."""
    fact = case.view.fact(subject.id, WHOLE) if _of_dose(case.rule) else None
    if fact is None or fact.value is not None or _most_keeps(case.rule, fact, limit, kept):
        return kept
    reason = fact.reason or Notice("findings.part_not_known", {"key": fact.provenance})
    return kept._replace(outcome="undetermined", reason=reason)


@lru_cache(maxsize=_KEPT)
def _of_dose(rule: Rule) -> bool:
    """Return whether a rule reads a dose at a point or around a source, be it a dose rule or one on designation."""
    rows = (row for (name, _), row in taxonomy().quantities.items() if name == rule.quantity)
    return rule.dose_rule or any(row.dose or row.of_source for row in rows)


def detail(facts: Mapping[str, Fact]) -> dict[str, object]:
    """Return what a note of a rule tells of what it looked at."""
    fact = next(iter(facts.values()), None)
    return {"detail": fact.provenance if fact is not None else ""}


@lru_cache(maxsize=_KEPT)
def bounds_of(rule: Rule, averaging: str, limit: Value) -> Mapping[str, float]:
    """Return the limit by field of Doses: every averaging that may decide."""
    if rule.comparator not in ("<=", "<") or not isinstance(limit, float):
        return {}
    known = taxonomy().quantities
    names = (INSTANT, HOUR) if averaging == NOT_STATED else (averaging,)
    fields = (known[rule.quantity, name].dose for name in names if (rule.quantity, name) in known)
    return {field: limit for field in fields if field}


def margin(comparator: str, value: Value | None, limit: Value) -> float | None:
    """Return the factor by which a value keeps its bound: limit / value, value / limit for a lower bound, or None."""
    if isinstance(value, bool) or not isinstance(value, float) or not isinstance(limit, float):
        return None
    upper, lower = (value, limit) if comparator in (">=", ">") else (limit, value)
    return upper / lower if comparator in ("<=", "<", ">=", ">") and lower > 0 else None


def _verdict(case: Case, limit: Value, facts: Mapping[str, Fact]) -> Verdict:
    rule = case.rule
    if rule.averaging == NOT_STATED:
        return _reading(case, limit, facts)
    fact = facts.get(rule.averaging)
    if rule.comparator == "measured":
        return _measured(rule, fact)
    if fact is None or fact.value is None:
        return Verdict("undetermined", None, rule.averaging, not_known(rule.quantity, fact))
    if compare(rule.comparator, fact.value, limit, rule.bounds):
        return Verdict("pass", fact.value, rule.averaging)
    if taxonomy().quantities[rule.quantity, rule.averaging].upper_bound:
        return Verdict("undetermined", fact.value, rule.averaging, Notice("findings.only_upper_bound"))
    reason = None if isinstance(limit, float) else Notice("findings.not_met", {"detail": fact.provenance})
    return Verdict("fail", fact.value, rule.averaging, reason)


def not_known(quantity: str, fact: Fact | None) -> Notice:
    """Return the reason that names what to fill in, or why the data do not reach.

    A fact without value carries the key in its provenance, or the reason.
    """
    if fact is not None and fact.reason is not None:
        return Notice("findings.outside_data", {"quantity": quantity, "key": fact.reason})
    key = fact.provenance if fact is not None and fact.provenance else quantity
    return Notice("findings.not_known", {"quantity": quantity, "key": key})


def _measured(rule: Rule, fact: Fact | None) -> Verdict:
    value = fact.value if fact is not None else None
    return Verdict("undetermined", value, rule.averaging, Notice("findings.only_measurement_decides"))


def _reading(case: Case, limit: Value, facts: Mapping[str, Fact]) -> Verdict:
    """Judge a rate whose averaging the rule does not state, by the authority's reading or else by both.

    The mean over an hour cannot exceed the highest rate within it: a beam-on rate that keeps the bound keeps it for the
    hour, and an hour that breaks it means that the beam-on rate does.
    """
    rule, values = case.rule, {name: _number(facts.get(name)) for name in (INSTANT, HOUR)}
    kept = {name: None if value is None else compare(rule.comparator, value, limit) for name, value in values.items()}
    if kept[HOUR] is None and kept[INSTANT]:
        kept[HOUR], values[HOUR] = True, values[INSTANT]
    if kept[INSTANT] is None and kept[HOUR] is False:
        kept[INSTANT], values[INSTANT] = False, values[HOUR]
    stated = case.view.fact(case.view.room.id, rule.reading)
    if stated is not None and isinstance(stated.value, str):
        notice = Notice(f"findings.reading_stated.{stated.value}", {"document": stated.provenance})
        return _by_one(rule, stated.value, kept, values, facts, notice)
    return _by_both(rule, kept, values, facts, limit)


def _number(fact: Fact | None) -> float | None:
    return fact.value if fact is not None and isinstance(fact.value, float) else None


def _by_one(
    rule: Rule,
    name: str,
    kept: Mapping[str, bool | None],
    values: Mapping[str, float | None],
    facts: Mapping[str, Fact],
    notice: Notice,
) -> Verdict:
    if kept[name] is None:
        return Verdict("undetermined", None, name, not_known(rule.quantity, facts.get(name)), (notice,))
    if kept[name] and kept[HOUR] is False:
        return Verdict("undetermined", values[name], name, Notice("findings.hour_above_beam_on"), (notice,))
    return Verdict("pass" if kept[name] else "fail", values[name], name, None, (notice,))


def _by_both(
    rule: Rule,
    kept: Mapping[str, bool | None],
    values: Mapping[str, float | None],
    facts: Mapping[str, Fact],
    limit: Value,
) -> Verdict:
    worst = max((value for value in values.values() if value is not None), default=None)
    if None in kept.values():
        unknown = next(name for name in (INSTANT, HOUR) if kept[name] is None)
        return Verdict("undetermined", worst, NOT_STATED, not_known(rule.quantity, facts.get(unknown)))
    if kept[INSTANT] == kept[HOUR]:
        return Verdict("pass" if kept[INSTANT] else "fail", worst, NOT_STATED)
    shown = {name: beside(value, limit) for name, value in values.items()}
    params = {**shown, "limit": limit, "unit": rule.unit, "article": rule.article}
    return Verdict("undetermined", worst, NOT_STATED, Notice("findings.depends_on_reading", params))


def beside(value: float | None, limit: Value) -> str:
    """Return a number as people read it, with as many digits as it takes not to round it across its limit."""
    if value is None or not isinstance(limit, float):
        return str(value)
    texts = (f"{value:.{digits}g}" for digits in range(3, 18))
    same = (text for text in texts if (float(text) < limit, float(text) > limit) == (value < limit, value > limit))
    return next(same, repr(value))
