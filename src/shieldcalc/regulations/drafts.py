"""Drafts: what rules find of subjects, light enough to be made by the thousand; a Finding is made of what is told."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.result import Fact, Finding, Force, Outcome
from shieldcalc.records import dataclass
from shieldcalc.regulations.conditions import Conditions, of_room
from shieldcalc.regulations.evaluate import Seen, bound, bounds_of, detail, margin, shown
from shieldcalc.regulations.rules import LoadedInstrument, Rule
from shieldcalc.regulations.status import NOT_LIVE, force, stands_since, unheld, weakest
from shieldcalc.regulations.verdict import Verdict

_KEPT = 1 << 14


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Law:
    """A rule as it stands on a day, equal to itself alone: its force and what it needs of the facts, worked out once.

    ``of_room`` and ``of_each``: when it applies, by what is the same for all its subjects and by what is not; so too
    ``unless_room`` and ``unless_each``, the former only where nothing else takes it out.
    ``changes``: what has happened to its instrument that we hold no text of.
    """

    rule: Rule
    instrument: LoadedInstrument
    force: Force
    name: str
    of_room: Conditions = ()
    of_each: Conditions = ()
    unless_room: Conditions = ()
    unless_each: Conditions = ()
    changes: tuple[Notice, ...] = ()


def law(rule: Rule, instrument: LoadedInstrument, on: date) -> Law:
    """Return a rule of an instrument as it stands on a day: the same one for all days between two changes."""
    return _since(rule, instrument, stands_since(instrument, on))


@lru_cache(maxsize=_KEPT)
def _since(rule: Rule, instrument: LoadedInstrument, on: date) -> Law:
    held, of_all = force(rule, instrument, on), all(map(of_room, rule.unless))
    return Law(
        rule=rule,
        instrument=instrument,
        force=held,
        name=rule.full_id,
        of_room=tuple(filter(of_room, rule.when)),
        of_each=tuple(item for item in rule.when if not of_room(item)),
        unless_room=rule.unless if of_all else (),
        unless_each=() if of_all else rule.unless,
        changes=_changes(instrument, held, on),
    )


def under(referring: Law, target: Law, on: date, *, lost: bool) -> Law:
    """Return a rule that refers, no stronger than the rule that it leads to; ``lost``: the words that hold now are."""
    held = weak(referring.force) if lost else weakest(referring.force, target.force)
    return _with(referring, held, stands_since(referring.instrument, on))


def weakened(referring: Law, on: date) -> Law:
    """Return a rule that refers to what is not held."""
    return _with(referring, weak(referring.force), stands_since(referring.instrument, on))


def weak(held: Force) -> Force:
    """Return how far a rule binds at most whose words are not held."""
    return held if held in NOT_LIVE else "unverified"


@lru_cache(maxsize=_KEPT)
def _with(of: Law, held: Force, on: date) -> Law:
    told = _changes(of.instrument, held, on)
    return Law(rule=of.rule, instrument=of.instrument, force=held, name=of.name, changes=told)


def _changes(instrument: LoadedInstrument, held: Force, on: date) -> tuple[Notice, ...]:
    """Return what has happened to an instrument that we hold no text of, as a finding of some force tells it."""
    return tuple(
        Notice(f"findings.{change.kind}", {"instrument": instrument.id, "on": change.on.isoformat(), "by": change.by})
        for change in (() if held in NOT_LIVE else unheld(instrument, on))
    )


class Draft(NamedTuple):
    """A finding as if its rule applied; ``missing`` are the facts without which it is not known whether it does.

    ``law`` is the rule that finds; ``seen`` what was looked at, by the rule that it refers to where it does;
    ``notices`` stand after the verdict's own; ``bounded``: whether it says what to build to.
    """

    law: Law
    outcome: Outcome
    reason: Notice | None
    seen: Seen
    missing: tuple[Fact, ...] = ()
    notices: tuple[Notice, ...] = ()
    bounded: bool = True

    @property
    def force(self) -> Force:
        """Return how far it binds."""
        return self.law.force

    @property
    def instrument(self) -> str:
        """Return the id of the instrument that finds."""
        return self.law.instrument.id

    @property
    def rule(self) -> str:
        """Return the full id of its rule."""
        return self.law.name

    @property
    def subject(self) -> str:
        """Return the id of what it is about."""
        return self.seen.subject

    @property
    def quantity(self) -> str:
        """Return the quantity that it is about."""
        return self.seen.rule.quantity

    @property
    def dose_rule(self) -> bool:
        """Return whether its rule is one on doses."""
        return self.law.rule.dose_rule

    @property
    def method(self) -> str:
        """Return the method that computed what was looked at; empty where none has a part in it."""
        facts = self.seen.facts
        return next(iter(facts.values())).method if facts else ""

    def by(self, method: str) -> bool:
        """Return whether a method has a part in it, or none has."""
        return self.method in ("", method)


@lru_cache(maxsize=_KEPT)
def elsewhere(of: Law, room: str, code: str) -> tuple[Draft]:
    """Return that a rule does not apply in a room, with the code of the finding."""
    return (about_room(of, room, "not_applicable", Notice(code)),)


def about_room(of: Law, room: str, outcome: Outcome, reason: Notice) -> Draft:
    """Return what a rule finds of the room as a whole, without a value."""
    rule = of.rule
    limit = bound(rule, of.instrument) if rule.reference is None and not rule.value_of else None
    seen = Seen(rule, room, "any", "any", None, Verdict(outcome, None, rule.averaging), limit)
    return Draft(of, outcome, reason, seen, bounded=False)


def finding(draft: Draft) -> Finding:
    """Return everything that a draft tells; that a rule does not apply in a room is told by one for all such rooms."""
    reason, nothing_seen = draft.reason, draft.outcome == "not_applicable" and draft.seen.facts is None
    if nothing_seen and reason is not None and not reason.params and not draft.notices:
        return _finding_elsewhere(draft.law, draft.subject, reason.code)
    return _finding(draft)


@lru_cache(maxsize=_KEPT)
def _finding_elsewhere(of: Law, room: str, code: str) -> Finding:
    return _finding(elsewhere(of, room, code)[0])


def _finding(draft: Draft) -> Finding:
    of, seen = draft.law, draft.seen
    read, verdict, limit, facts = seen.rule, seen.verdict, seen.limit, seen.facts
    return Finding(
        rule=of.name,
        instrument=of.instrument.id,
        article=of.rule.article,
        subject=seen.subject,
        quantity=read.quantity,
        outcome=draft.outcome,
        force=of.force,
        value=verdict.value,
        unit=read.unit,
        comparator=read.comparator,
        limit=limit,
        limit_unit=read.unit,
        averaging=verdict.averaging,
        margin=None if limit is None else margin(read.comparator, verdict.value, limit),
        reason=draft.reason,
        paraphrase=of.rule.paraphrase,
        dose_rule=of.rule.dose_rule,
        place=seen.place,
        person=seen.person,
        notices=(*_notes(read, facts), *verdict.notices, *draft.notices, *of.changes),
        shown=shown(read, facts) if facts else {},
        bounds={} if limit is None or not draft.bounded else bounds_of(read, verdict.averaging, limit),
        method=draft.method,
    )


def _notes(rule: Rule, facts: Mapping[str, Fact] | None) -> tuple[Notice, ...]:
    if facts is None or not rule.notes:
        return ()
    return tuple(Notice(f"findings.{code}", detail(facts)) for code in rule.notes)
