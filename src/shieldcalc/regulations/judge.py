"""Facts against the rules of instruments on a day: which rules apply, to what, and what they find."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.catalog import Instrument
from shieldcalc.model.facility_words import words
from shieldcalc.model.result import Fact, Finding
from shieldcalc.regulations.combine import combined
from shieldcalc.regulations.conditions import Truth, all_of
from shieldcalc.regulations.drafts import Draft, Law, about_room, elsewhere, finding, law, under, weakened
from shieldcalc.regulations.evaluate import Case, not_known, seen
from shieldcalc.regulations.rules import LoadedInstrument, Reference, Rule
from shieldcalc.regulations.status import Library, Resolved, force, library, resolve, stands_since
from shieldcalc.regulations.taxonomy import is_a, taxonomy
from shieldcalc.regulations.touched import touched
from shieldcalc.regulations.view import FACILITY, ROOM, Form, Subject, View

NOWHERE, NOT_MET = "findings.nothing_it_is_about", "findings.condition_not_met"
ARTICLES = "articles_"
_KEPT = 1 << 14
_ALWAYS, _NEVER = Truth(True), Truth(False)


class Court(NamedTuple):
    """Everything one judgement reads: the facts, the day, and where instruments are found.

    ``known``: what rules found already; those that a reference leads to are often asked for by name too.
    """

    view: View
    on: date
    find: Library
    known: dict[Rule, tuple[Draft, ...]]


class _Lead(NamedTuple):
    """A rule that a reference leads to, the rule that refers as far as it binds then, and what is told beside it."""

    led: Law
    held: Law
    via: tuple[Notice, ...]


class Judgement(NamedTuple):
    """What rules find, in their order, and the points that none covers, where there are any."""

    drafts: tuple[Draft, ...]
    uncovered: Finding | None = None

    @property
    def all(self) -> tuple[Draft | Finding, ...]:
        """Return everything that was found: how it comes out, how far that binds, of what it is."""
        return self.drafts if self.uncovered is None else (*self.drafts, self.uncovered)


def judge(
    facts: Iterable[Fact],
    instruments: Iterable[Instrument | str],
    *,
    on: date,
    asked_by_name: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """Return what every rule of the instruments finds, in their order, on one day.

    A rule that applies nowhere gives one finding "not_applicable". An instrument asked for by name whose text is not
    held gives one that is undetermined. Points where no binding dose rule applies are named in a last one: no rule is
    not a pass. Raises what ``load`` raises.
    """
    found = judgement(View(facts), instruments, on=on, asked_by_name=asked_by_name)
    last = () if found.uncovered is None else (found.uncovered,)
    return (*map(finding, found.drafts), *last)


def judgement(
    view: View,
    instruments: Iterable[Instrument | str],
    *,
    on: date,
    asked_by_name: frozenset[str] = frozenset(),
    about: frozenset[str] = frozenset(),
) -> Judgement:
    """Return what ``judge`` returns, each finding as a draft: for who tells few of them.

    With ``about`` only of rules whose findings may change with facts of these quantities.
    """
    given = tuple(instruments)
    court = Court(view, on, library(given), {})
    names = dict.fromkeys(item if isinstance(item, str) else item.id for item in given)
    found = [touched(court.find(name), about, on, court.find) if about else court.find(name) for name in names]
    drafts = tuple(chain.from_iterable(_instrument(court, each, asked_by_name) for each in found))
    return Judgement(drafts, None if about else _uncovered(view, drafts, " + ".join(names)))


def _instrument(court: Court, instrument: LoadedInstrument, asked_by_name: frozenset[str]) -> Iterator[Draft]:
    if not instrument.text_held and instrument.id in asked_by_name:
        yield _text_not_held(court, instrument)
    view = court.view
    laws = _laws(instrument, view.equipment, view.scopes, stands_since(instrument, court.on))
    yield from combined(instrument, {of.rule.id: _rule(court, of, concerned=concerned) for of, concerned in laws})


@lru_cache(maxsize=_KEPT)
def _concerns(about: LoadedInstrument | Rule, kinds: tuple[str, ...]) -> bool:
    """Return whether an instrument, or a rule that refers, is about one of a room's kinds of equipment."""
    known = taxonomy().equipment
    return not (about.equipment and kinds) or any(is_a(known, kind, about.equipment) for kind in kinds)


@lru_cache(maxsize=_KEPT)
def _laws(
    instrument: LoadedInstrument, kinds: tuple[str, ...], scopes: frozenset[str], on: date
) -> tuple[tuple[Law, bool], ...]:
    """Return the rules of an instrument on a day, and whether each may concern a room with these kinds.

    Those that may, and have no subject among such scopes, are left out: they find nothing.
    """
    every = _concerns(instrument, kinds)
    concerned = [every and (rule.reference is None or _concerns(rule, kinds)) for rule in instrument.rules]
    told = zip(instrument.rules, concerned, strict=True)
    return tuple((law(rule, instrument, on), here) for rule, here in told if rule.scope in scopes or not here)


def _rule(court: Court, of: Law, *, concerned: bool) -> tuple[Draft, ...]:
    if not concerned:
        return elsewhere(of, court.view.room.id, NOWHERE)
    if of.rule.reference is not None:
        return _referred(court, of, of.rule.reference)
    return _drafts(court, of)


def _drafts(court: Court, of: Law) -> tuple[Draft, ...]:
    found = court.known.get(of.rule)
    if found is None:
        found = court.known[of.rule] = _judged(court.view, of)
    return found


def _judged(view: View, of: Law) -> tuple[Draft, ...]:
    rule, room = of.rule, view.room
    shared = all_of(of.of_room, view, room) if of.of_room else _ALWAYS
    if shared.holds is False:
        return elsewhere(of, room.id, NOT_MET)
    if rule.facility and not _binds(rule, view):
        return elsewhere(of, room.id, NOWHERE)
    matched = [subject for subject in view.subjects(rule.scope) if _matches(rule, subject, view)]
    if shared.holds is None and rule.comparator == "measured" and matched:
        reason = not_known(shared.missing[0].quantity, shared.missing[0])
        return (about_room(of, room.id, "undetermined", reason),)
    out = all_of(of.unless_room, view, room) if of.unless_room else _NEVER
    if out.holds is True or not matched:
        return elsewhere(of, room.id, NOWHERE)
    case = Case(rule, of.instrument, view)
    drafts = tuple([draft for subject in matched for draft in _at(of, case, subject, shared, out)])
    return drafts or elsewhere(of, room.id, NOWHERE)


def _at(of: Law, case: Case, subject: Subject, shared: Truth, out: Truth) -> Iterable[Draft]:
    """Return what is found at a subject; ``shared`` and ``out``: whether the room has it apply, or takes it out."""
    missing = shared.missing
    if of.of_each:
        own = all_of(of.of_each, case.view, subject)
        if own.holds is False:
            return ()
        missing += own.missing
    if of.unless_each:
        out = all_of(of.unless_each, case.view, subject)
        if out.holds is True:
            return ()
    missing += out.missing
    return [Draft(of, each.verdict.outcome, each.verdict.reason, each, missing) for each in seen(case, subject)]


def _binds(rule: Rule, view: View) -> bool:
    """Return whether a rule is for a kind of facility that this one may be: where it is not said, it is."""
    kind = view.fact(FACILITY, "facility_kind")
    return kind is None or kind.value is None or is_a(words().facility, str(kind.value), rule.facility)


def _works_so(rule: Rule, subject: Subject, kinds: Iterable[str], view: View) -> bool:
    """Return whether a subject has one of a rule's modes of operation: as declared, else as its kinds work.

    A kind of which no mode is known may work in any.
    """
    declared = view.fact(subject.id, "modes")
    if declared is not None and isinstance(declared.value, tuple):
        modes = tuple(map(str, declared.value))
    else:
        modes = tuple(mode for kind in kinds for mode in taxonomy().modes.get(kind, ()) or rule.mode)
    return any(is_a(taxonomy().mode, mode, rule.mode) for mode in modes)


def _matches(rule: Rule, subject: Subject, view: View) -> bool:
    """Return whether a rule is about a subject."""
    known = subject.form.fits
    fits = known.get(rule)
    if fits is None:
        fits = known[rule] = _is_about(rule, subject.form)
    return fits and (not rule.mode or _works_so(rule, subject, _kinds(rule, subject.equipment), view))


@lru_cache(maxsize=_KEPT)
def _kinds(rule: Rule, equipment: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds of equipment that a rule does not leave out."""
    return tuple(kind for kind in equipment if not is_a(taxonomy().equipment, kind, rule.not_equipment))


def _is_about(rule: Rule, of: Form) -> bool:
    known, kinds = taxonomy(), _kinds(rule, of.equipment)
    return (
        (bool(kinds) or not of.equipment)
        and (not rule.equipment or any(is_a(known.equipment, kind, rule.equipment) for kind in kinds))
        and (not rule.place or any(is_a(known.place, place, rule.place) for place in of.places))
        and not (rule.not_place and any(is_a(known.place, place, rule.not_place) for place in of.places))
        and (not rule.person or is_a(known.person, of.person, rule.person))
    )


def _referred(court: Court, of: Law, reference: Reference) -> tuple[Draft, ...]:
    """Judge the rules that a reference leads to on the day, under the rule that refers."""
    found = resolve(reference, court.on, court.find)
    applied = tuple(_applied(court, found, _leads(of, found, court.view.scopes, court.on)))
    if applied:
        return applied
    room = court.view.room.id
    if found.rules and not found.lost:
        return elsewhere(of, room, NOWHERE)
    reason = _lost(found.instrument, "", found.lost) if found.lost else _part_not_held(found.instrument, reference.part)
    return (about_room(weakened(of, court.on), room, "undetermined", reason),)


def _lost(instrument: LoadedInstrument, article: str, successor: str) -> Notice:
    params = {"last": instrument.number, "article": article, "successor": successor}
    return Notice("findings.successor_not_held", params)


def _part_not_held(instrument: LoadedInstrument, part: str) -> Notice:
    """Return that a part is not held: by its articles where the instrument names it among what is not held of it."""
    if part not in instrument.not_held:
        return Notice("findings.part_not_held", {"number": instrument.number})
    articles = ", ".join(part.removeprefix(ARTICLES).split("_"))
    return Notice("findings.articles_not_held", {"number": instrument.number, "articles": articles})


def _applied(court: Court, found: Resolved, leads: Iterable[_Lead]) -> Iterator[Draft]:
    """Yield what the rules find that a reference leads to, where they apply."""
    for led, held, via in leads:
        for _, outcome, reason, looked, missing, notices, bounded in _drafts(court, led):
            if outcome == "not_applicable":
                continue
            told = notices + via
            if found.lost:
                lost = _lost(found.instrument, led.rule.article, found.lost)
                yield Draft(held, "undetermined", lost, looked, (), told, bounded)
            else:
                yield Draft(held, outcome, reason, looked, missing, told, bounded)


def _leads(of: Law, found: Resolved, scopes: frozenset[str], on: date) -> tuple[_Lead, ...]:
    """Return the rules with some scopes that a reference leads to on a day."""
    return _led(of, found, scopes, stands_since(of.instrument, on), stands_since(found.instrument, on))


@lru_cache(maxsize=_KEPT)
def _led(of: Law, found: Resolved, scopes: frozenset[str], since: date, there: date) -> tuple[_Lead, ...]:
    laws = [law(target, found.instrument, there) for target in found.rules if target.scope in scopes]
    return tuple(_Lead(led, under(of, led, since, lost=bool(found.lost)), _via(led)) for led in laws)


def _via(led: Law) -> tuple[Notice, ...]:
    """Return what is told beside what a rule finds that another one led to."""
    params = {"number": led.instrument.number, "article": led.rule.article}
    return (*led.changes, Notice("findings.by_reference", params))


def _text_not_held(court: Court, instrument: LoadedInstrument) -> Draft:
    reason = Notice("findings.text_not_held", {"number": instrument.number})
    return about_room(_text_of(instrument, court.on), court.view.room.id, "undetermined", reason)


@lru_cache(maxsize=_KEPT)
def _text_of(instrument: LoadedInstrument, on: date) -> Law:
    """Return the text of an instrument as a rule that says nothing; the finding itself says what has happened to it."""
    rule = Rule(
        id="text", instrument=instrument.id, article="", scope=ROOM, confidence="unverified",
        effective=instrument.effective, expiry=instrument.expiry,
    )  # fmt: skip
    return Law(rule=rule, instrument=instrument, force=force(rule, instrument, on), name=rule.full_id)


def _uncovered(view: View, drafts: Iterable[Draft], judged_by: str) -> Finding | None:
    """Name the occupied points where no binding dose rule applies, where there are any."""
    covered = {
        draft.subject
        for draft in drafts
        if draft.dose_rule and draft.force == "binding" and draft.outcome != "not_applicable"
    }
    points = tuple(point.id for point in occupied(view) if point.id not in covered)
    if not points:
        return None
    return Finding(
        rule="no_binding_rule", instrument=judged_by, article="-", subject=view.room.id, quantity="occupied",
        outcome="undetermined", force="unverified", value=points, unit="", comparator="", limit=None, limit_unit="",
        averaging="none", margin=None, reason=Notice("findings.no_binding_rule", {"points": ", ".join(points)}),
        paraphrase="rules.no_binding_rule", dose_rule=False,
    )  # fmt: skip


def occupied(view: View) -> tuple[Subject, ...]:
    """Return the points where somebody may be: all but those whose fact ``occupied`` says no."""
    found = ((point, view.fact(point.id, "occupied")) for point in view.subjects("point"))
    return tuple(point for point, fact in found if fact is None or fact.value is not False)
