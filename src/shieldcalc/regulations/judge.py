"""Facts against the rules of instruments on a day: which rules apply, to what, and what they find."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.catalog import Instrument
from shieldcalc.model.facility_words import words
from shieldcalc.model.result import Fact, Finding, Force, Outcome
from shieldcalc.regulations.combine import Draft, combined
from shieldcalc.regulations.conditions import Conditions, Truth, all_of, of_room
from shieldcalc.regulations.evaluate import Case, bound, findings_at, not_known
from shieldcalc.regulations.rules import LoadedInstrument, Reference, Rule
from shieldcalc.regulations.status import NOT_LIVE, Library, force, library, resolve, unheld, weakest
from shieldcalc.regulations.taxonomy import is_a, taxonomy
from shieldcalc.regulations.touched import touched
from shieldcalc.regulations.view import FACILITY, ROOM, Subject, View

ARTICLES = "articles_"
_KEPT = 1 << 14
_NEVER = Truth(False)


class Court(NamedTuple):
    """Everything one judgement reads: the facts, the day, and where instruments are found.

    ``known``: what rules found already; those that a reference leads to are often asked for by name too.
    """

    view: View
    on: date
    find: Library
    known: dict[Rule, tuple[Draft, ...]]


def judge(
    facts: Iterable[Fact],
    instruments: Iterable[Instrument | str],
    *,
    on: date,
    asked_by_name: frozenset[str] = frozenset(),
    about: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """Return what every rule of the instruments finds, in their order, on one day.

    With ``about`` only of rules whose findings may change with facts of these quantities.

    A rule that applies nowhere gives one finding "not_applicable". An instrument asked for by name whose text is not
    held gives one that is undetermined. Points where no binding dose rule applies are named in a last one: no rule is
    not a pass. Raises what ``load`` raises.
    """
    given = tuple(instruments)
    court = Court(View(facts), on, library(given), {})
    names = dict.fromkeys(item if isinstance(item, str) else item.id for item in given)
    found = [court.find(name) if not about else touched(court.find(name), about) for name in names]
    findings = [finding for each in found for finding in _instrument(court, each, asked_by_name)]
    if about:
        return tuple(findings)
    return (*findings, *_uncovered(court, findings, " + ".join(names)))


def _instrument(court: Court, instrument: LoadedInstrument, asked_by_name: frozenset[str]) -> Iterator[Finding]:
    if not instrument.text_held and instrument.id in asked_by_name:
        yield _text_not_held(court, instrument)
    drafts = {rule.id: _rule(court, instrument, rule) for rule in instrument.rules}
    yield from (_noted(court, instrument, finding) for finding in combined(instrument, drafts))


def _noted(court: Court, instrument: LoadedInstrument, finding: Finding) -> Finding:
    """Add to a finding what has happened to its instrument that we hold no text of."""
    changes = unheld(instrument, court.on)
    if not changes or finding.force in NOT_LIVE:
        return finding
    notices = (
        Notice(f"findings.{change.kind}", {"instrument": instrument.id, "on": change.on.isoformat(), "by": change.by})
        for change in changes
    )
    return replace(finding, notices=(*finding.notices, *notices))


@lru_cache(maxsize=_KEPT)
def _concerns(about: LoadedInstrument | Rule, kinds: tuple[str, ...]) -> bool:
    """Return whether an instrument, or a rule that refers, is about one of a room's kinds of equipment."""
    known = taxonomy().equipment
    return not (about.equipment and kinds) or any(is_a(known, kind, about.equipment) for kind in kinds)


def _rule(court: Court, instrument: LoadedInstrument, rule: Rule) -> tuple[Draft, ...]:
    kinds = court.view.equipment
    if not _concerns(instrument, kinds) or (rule.reference is not None and not _concerns(rule, kinds)):
        case = Case(rule, instrument, force(rule, instrument, court.on), court.view)
        return (_elsewhere(case, "nothing_it_is_about"),)
    if rule.reference is not None:
        return _referred(court, instrument, rule, rule.reference)
    return _drafts(court, Case(rule, instrument, force(rule, instrument, court.on), court.view))


def _drafts(court: Court, case: Case) -> tuple[Draft, ...]:
    found = court.known.get(case.rule)
    if found is None:
        found = court.known[case.rule] = _judged(court, case)
    return found


def _judged(court: Court, case: Case) -> tuple[Draft, ...]:
    rule, view = case.rule, court.view
    if not view.subjects(rule.scope):
        return ()
    of_all, of_each = _conditions(rule)
    shared = all_of(of_all, view, view.room)
    if shared.holds is False:
        return (_elsewhere(case, "condition_not_met"),)
    if not _binds(rule, view):
        return (_elsewhere(case, "nothing_it_is_about"),)
    matched = [subject for subject in view.subjects(rule.scope) if _matches(rule, subject, view)]
    if shared.holds is None and rule.comparator == "measured" and matched:
        reason = not_known(shared.missing[0].quantity, shared.missing[0])
        return (Draft(_about_room(case, "undetermined", reason)),)
    drafts = tuple(draft for subject in matched for draft in _at(case, subject, of_each, shared))
    return drafts or (_elsewhere(case, "nothing_it_is_about"),)


@lru_cache(maxsize=_KEPT)
def _conditions(rule: Rule) -> tuple[Conditions, Conditions]:
    """Return when a rule applies: what is the same for all its subjects, and what is not."""
    return tuple(filter(of_room, rule.when)), tuple(item for item in rule.when if not of_room(item))


def _at(case: Case, subject: Subject, when: Conditions, shared: Truth) -> tuple[Draft, ...]:
    own = all_of(when, case.view, subject)
    if own.holds is False:
        return ()
    out = all_of(case.rule.unless, case.view, subject) if case.rule.unless else _NEVER
    if out.holds is True:
        return ()
    missing = (*shared.missing, *own.missing, *out.missing)
    return tuple(Draft(finding, missing) for finding in findings_at(case, subject))


def _binds(rule: Rule, view: View) -> bool:
    """Return whether a rule is for a kind of facility that this one may be: where it is not said, it is."""
    kind = view.fact(FACILITY, "facility_kind") if rule.facility else None
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
    if not _is_about(rule, subject.equipment, subject.places, subject.person):
        return False
    return not rule.mode or _works_so(rule, subject, _kinds(rule, subject.equipment), view)


@lru_cache(maxsize=_KEPT)
def _kinds(rule: Rule, equipment: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds of equipment that a rule does not leave out."""
    return tuple(kind for kind in equipment if not is_a(taxonomy().equipment, kind, rule.not_equipment))


@lru_cache(maxsize=_KEPT)
def _is_about(rule: Rule, equipment: tuple[str, ...], places: tuple[str, ...], person: str) -> bool:
    known, kinds = taxonomy(), _kinds(rule, equipment)
    return (
        (bool(kinds) or not equipment)
        and (not rule.equipment or any(is_a(known.equipment, kind, rule.equipment) for kind in kinds))
        and (not rule.place or any(is_a(known.place, place, rule.place) for place in places))
        and not (rule.not_place and any(is_a(known.place, place, rule.not_place) for place in places))
        and (not rule.person or is_a(known.person, person, rule.person))
    )


def _elsewhere(case: Case, code: str) -> Draft:
    return Draft(_about_room(case, "not_applicable", Notice(f"findings.{code}")))


def _about_room(case: Case, outcome: Outcome, reason: Notice | None) -> Finding:
    rule = case.rule
    return Finding(
        rule=rule.full_id,
        instrument=case.instrument.id,
        article=rule.article,
        subject=case.view.room.id,
        quantity=rule.quantity,
        outcome=outcome,
        force=case.force,
        value=None,
        unit=rule.unit,
        comparator=rule.comparator,
        limit=bound(rule, case.instrument) if rule.reference is None and not rule.value_of else None,
        limit_unit=rule.unit,
        averaging=rule.averaging,
        margin=None,
        reason=reason,
        paraphrase=rule.paraphrase,
        dose_rule=rule.dose_rule,
    )


def _referred(court: Court, instrument: LoadedInstrument, rule: Rule, reference: Reference) -> tuple[Draft, ...]:
    """Judge the rules that a reference leads to on the day, under the rule that refers."""
    if not court.view.subjects(rule.scope):
        return ()
    own = force(rule, instrument, court.on)
    found = resolve(reference, court.on, court.find)
    case = Case(rule, instrument, own, court.view)
    drafts = [draft for target in found.rules for draft in _target(court, case, target, found.instrument, found.lost)]
    applied = tuple(draft for draft in drafts if draft.finding.outcome != "not_applicable")
    if applied:
        return applied
    if found.rules and not found.lost:
        return (_elsewhere(case, "nothing_it_is_about"),)
    reason = _lost(found.instrument, "", found.lost) if found.lost else _part_not_held(found.instrument, reference.part)
    return (Draft(_about_room(case._replace(force=_weak(own)), "undetermined", reason)),)


def _weak(own: Force) -> Force:
    return own if own in NOT_LIVE else "unverified"


def _lost(instrument: LoadedInstrument, article: str, successor: str) -> Notice:
    params = {"last": instrument.number, "article": article, "successor": successor}
    return Notice("findings.successor_not_held", params)


def _part_not_held(instrument: LoadedInstrument, part: str) -> Notice:
    """Return that a part is not held: by its articles where the instrument names it among what is not held of it."""
    if part not in instrument.not_held:
        return Notice("findings.part_not_held", {"number": instrument.number})
    articles = ", ".join(part.removeprefix(ARTICLES).split("_"))
    return Notice("findings.articles_not_held", {"number": instrument.number, "articles": articles})


def _target(court: Court, case: Case, target: Rule, instrument: LoadedInstrument, lost: str) -> Iterator[Draft]:
    referred = case.rule
    via = Notice("findings.by_reference", {"number": instrument.number, "article": target.article})
    for draft in _drafts(court, Case(target, instrument, force(target, instrument, court.on), court.view)):
        finding = replace(
            draft.finding,
            rule=referred.full_id,
            instrument=case.instrument.id,
            article=referred.article,
            force=_weak(case.force) if lost else weakest(case.force, draft.finding.force),
            paraphrase=referred.paraphrase,
            dose_rule=referred.dose_rule,
            notices=(*_noted(court, instrument, draft.finding).notices, via),
        )
        if lost and finding.outcome != "not_applicable":
            reason = _lost(instrument, target.article, lost)
            yield Draft(replace(finding, outcome="undetermined", reason=reason))
        else:
            yield Draft(finding, draft.missing)


def _text_not_held(court: Court, instrument: LoadedInstrument) -> Finding:
    rule = Rule(
        id="text", instrument=instrument.id, article="", scope=ROOM, confidence="unverified",
        effective=instrument.effective, expiry=instrument.expiry,
    )  # fmt: skip
    case = Case(rule, instrument, force(rule, instrument, court.on), court.view)
    return _about_room(case, "undetermined", Notice("findings.text_not_held", {"number": instrument.number}))


def _uncovered(court: Court, findings: Iterable[Finding], judged_by: str) -> Iterator[Finding]:
    """Name the occupied points where no binding dose rule applies."""
    covered = {
        finding.subject
        for finding in findings
        if finding.dose_rule and finding.force == "binding" and finding.outcome != "not_applicable"
    }
    points = tuple(point.id for point in occupied(court.view) if point.id not in covered)
    if points:
        yield Finding(
            rule="no_binding_rule", instrument=judged_by, article="-", subject=court.view.room.id, quantity="occupied",
            outcome="undetermined", force="unverified", value=points, unit="", comparator="", limit=None, limit_unit="",
            averaging="none", margin=None, reason=Notice("findings.no_binding_rule", {"points": ", ".join(points)}),
            paraphrase="rules.no_binding_rule", dose_rule=False,
        )  # fmt: skip


def occupied(view: View) -> tuple[Subject, ...]:
    """Return the points where somebody may be: all but those whose fact ``occupied`` says no."""
    found = ((point, view.fact(point.id, "occupied")) for point in view.subjects("point"))
    return tuple(point for point, fact in found if fact is None or fact.value is not False)
