"""Facts against the duties of instruments on a day: what is due, when, from whom, to whom, counted from what."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.catalog import Instrument
from shieldcalc.model.facility_words import words
from shieldcalc.model.result import Duty, Fact, Force
from shieldcalc.regulations.book import FACILITY, Book
from shieldcalc.regulations.conditions import compare
from shieldcalc.regulations.due_days import TIMINGS, Draft, Matter
from shieldcalc.regulations.duty_rules import DutyRule, duties
from shieldcalc.regulations.rules import Condition, LoadedInstrument
from shieldcalc.regulations.status import NOT_LIVE, library, own_force, unheld
from shieldcalc.regulations.taxonomy import is_a, taxonomy

_ORDER = ("overdue", "due", "late", "undetermined", "standing")


class Dues(NamedTuple):
    """What is due, overdue first; and the duties that concern the facility but are not in force, with their force."""

    duties: tuple[Duty, ...]
    not_in_force: tuple[tuple[DutyRule, Force], ...]


class Window(NamedTuple):
    """The day of the question, and the first and last day of what is asked for; what is overdue is always told."""

    on: date
    first: date
    last: date


def due(facts: Iterable[Fact], instruments: Iterable[Instrument | str], window: Window) -> Dues:
    """Return every duty of the instruments that the facts of a facility call up on a day.

    What happened after that day is not known on it. Duties without a date are always told. Raises what ``load`` and
    ``duties`` raise.
    """
    book, given = Book(facts), tuple(instruments)
    find = library(given)
    found: list[Duty] = []
    dead: list[tuple[DutyRule, Force]] = []
    for name in dict.fromkeys(item if isinstance(item, str) else item.id for item in given):
        for rule in duties(name):
            force = own_force(rule, find(name), window.on)
            called = tuple(called_up(rule, book))
            if force not in NOT_LIVE:
                found += (duty for each in called for duty in of_subject(rule, find(name), force, each, book, window))
            elif called:
                dead.append((rule, force))
    return Dues(tuple(sorted(found, key=_rank)), tuple(dead))


def _rank(duty: Duty) -> tuple[int, str, str, str]:
    return _ORDER.index(duty.status), duty.due, duty.subject, duty.rule


class Called(NamedTuple):
    """A subject that a duty is about, with the facts that are missing to be sure of it."""

    subject: Fact
    open_facts: tuple[str, ...]


def called_up(rule: DutyRule, book: Book) -> Iterator[Called]:
    """Yield the subjects that a duty is about: of its kinds, with its conditions met or not known."""
    for subject in book.subjects(rule.scope):
        if _concerns(rule, subject, book):
            holds, open_facts = _conditions(rule, subject, book)
            if holds is not False:
                yield Called(subject, open_facts)


def of_subject(
    rule: DutyRule, head: LoadedInstrument, force: Force, called: Called, book: Book, window: Window
) -> Iterator[Duty]:
    """Yield what is due of a duty for one subject, as far as it is asked for."""
    matter = Matter(rule, head, called.subject.subject, book, window.on, window.last)
    for draft in TIMINGS[rule.timing](matter):
        told = draft.not_sure(called.open_facts) if called.open_facts else draft
        if _asked(told, window):
            yield _duty(matter, told, force)


def _asked(draft: Draft, window: Window) -> bool:
    if draft.status in ("overdue", "undetermined", "standing", "late"):
        return True
    return window.first.isoformat() <= draft.due[:10] <= window.last.isoformat()


def _concerns(rule: DutyRule, subject: Fact, book: Book) -> bool:
    kind = str(getattr(book.fact(FACILITY, "facility_kind"), "value", ""))
    known, equipment = words(), taxonomy().equipment
    return (
        (not rule.facility or is_a(known.facility, kind, rule.facility))
        and not is_a(known.facility, kind, rule.not_facility)
        and (not rule.equipment or any(is_a(equipment, name, rule.equipment) for name in subject.equipment))
        and not any(is_a(equipment, name, rule.not_equipment) for name in subject.equipment)
        and (not rule.meter or is_a(known.meter, subject.place, rule.meter))
        and (not rule.role or is_a(known.role, subject.person, rule.role))
        and not is_a(known.role, subject.person, rule.not_role)
    )


def _conditions(rule: DutyRule, subject: Fact, book: Book) -> tuple[bool | None, tuple[str, ...]]:
    """Return whether a duty's conditions hold, None while facts are missing, with the names of those."""
    met, open_met = _all(rule.when, subject, book)
    out, open_out = _all(rule.unless, subject, book) if rule.unless else (False, ())
    if met is False or out is True:
        return False, ()
    missing = (*open_met, *open_out)
    return (None, missing) if missing else (True, ())


def _all(conditions: tuple[Condition, ...], subject: Fact, book: Book) -> tuple[bool | None, tuple[str, ...]]:
    found = [(condition.quantity, _holds(condition, subject, book)) for condition in conditions]
    if any(holds is False for _, holds in found):
        return False, ()
    missing = tuple(name for name, holds in found if holds is None)
    return (None, missing) if missing else (True, ())


def _holds(condition: Condition, subject: Fact, book: Book) -> bool | None:
    found = book.fact(subject.subject, condition.quantity)
    if found is None or found.value is None:
        return None
    return compare(condition.comparator, found.value, condition.value)


def _duty(matter: Matter, draft: Draft, force: Force) -> Duty:
    rule, head = matter.rule, matter.head
    then = own_force(rule, head, date.fromisoformat(draft.due[:10])) if draft.due else force
    changed = (
        Notice(f"findings.{change.kind}", {"instrument": head.id, "on": change.on.isoformat(), "by": change.by})
        for change in unheld(head, matter.on)
    )
    return Duty(
        rule=rule.full_id,
        instrument=head.id,
        article=rule.article,
        what=rule.paraphrase,
        subject=matter.subject,
        scope=rule.scope,
        status=draft.status,
        force=force,
        due=draft.due,
        duty_holder=rule.holder,
        addressees=rule.addressee,
        counted_from=next((way.counted_from for way in draft.ways if way.due == draft.due), ""),
        ways=draft.ways,
        missing=draft.missing,
        notices=(*draft.notices, *(Notice(f"findings.duty.{code}") for code in rule.notes), *changed),
        fulfilled_by=rule.done,
        force_when_due=then if then != force and draft.status == "due" else None,
    )
