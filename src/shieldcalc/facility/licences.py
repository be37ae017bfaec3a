"""Licences with their dates as the law counts them: end of the term, latest day of renewal, state on the day."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.facility.duties import LATEST
from shieldcalc.facility.facts import facts, with_renewals
from shieldcalc.facility.items import Item
from shieldcalc.facility.no_room import unasked
from shieldcalc.model.catalog import Instrument
from shieldcalc.model.facility import Facility, Licence
from shieldcalc.model.result import Duty, Force
from shieldcalc.regulations.book import Book
from shieldcalc.regulations.due import Window, called_up, of_subject
from shieldcalc.regulations.duty_rules import DutyRule, duties
from shieldcalc.regulations.rules import load
from shieldcalc.regulations.status import NOT_LIVE, own_force

EVENTS = ("issued", "expiry", "renewal_filed")


class LicenceDates(NamedTuple):
    """One licence by one instrument: days as ISO dates, "" where not known; ``renewal_filed`` as the file says.

    ``state``: valid, renew (past the latest day of renewal, none filed), expired, or "" where the end is not known.
    """

    licence: str
    kind: str
    instrument: str
    article: str
    force: Force
    issued: str
    printed: str
    counted_from: str
    ends: str
    renew_by: str
    renewal_article: str
    renewal_filed: str
    state: str


def licence_dates(facility: Facility, chosen: Iterable[Instrument], on: date) -> tuple[LicenceDates, ...]:
    """Return every licence held on a day with its end and its latest day of renewal, as the duties count them.

    A renewed term counts from the end of the old one, whatever the day of issue (for example Lao Cai 24/2015, Art.
    11(2)c); where the printed and the counted end differ, the earlier governs.
    """
    book = Book(facts(facility, on))
    found: list[LicenceDates] = []
    for instrument in chosen:
        rules = [rule for rule in duties(instrument.id) if rule.scope == "licence"]
        force = {rule.id: own_force(rule, load(instrument), on) for rule in rules}
        live = [rule for rule in rules if force[rule.id] not in NOT_LIVE]
        for term in (rule for rule in live if not rule.done):
            renewal = next((rule for rule in live if rule.done), None)
            found += _of_term(facility, instrument, term, renewal, force[term.id], book, on)
    told, held = {each.licence for each in found}, {fact.subject for fact in book.subjects("licence")}
    return (*found, *(_printed(each, facility, on) for each in facility.licences if each.id in held - told))


def _printed(licence: Licence, facility: Facility, on: date) -> LicenceDates:
    """Return a licence whose term no duty that is held here counts: its end is the day printed on it."""
    days = _days(licence, facility, on)
    ends = days["expiry"]
    return LicenceDates(
        licence=licence.id, kind=licence.kind, instrument="", article="", force="unverified", issued=days["issued"],
        printed=ends, counted_from="expiry" if ends else "", ends=ends, renew_by="", renewal_article="",
        renewal_filed=days["renewal_filed"], state=_state(ends, "", "", on.isoformat()),
    )  # fmt: skip


def _days(licence: Licence, facility: Facility, on: date) -> dict[str, str]:
    """Return the days of a licence as the file says; of renewal the last one applied for up to the day."""
    events = with_renewals(licence, facility)
    days = {key: tuple(day.isoformat() for day in events.get(key, ())) for key in EVENTS}
    days["renewal_filed"] = tuple(day for day in days["renewal_filed"] if day[:10] <= on.isoformat())
    return {key: max(found, default="") for key, found in days.items()}


def expired_items(found: Iterable[LicenceDates]) -> Iterator[Item]:
    """Yield a failure for each licence that has run out by its printed day and whose term no duty here counts."""
    for each in found:
        if not each.instrument and each.state == "expired":
            reason = Notice("findings.audit.licence_expired", {"day": each.ends})
            yield Item("S02", unasked("licence_expired", each.licence, "fail", True, reason))


def _of_term(
    facility: Facility,
    instrument: Instrument,
    term: DutyRule,
    renewal: DutyRule | None,
    force: Force,
    book: Book,
    on: date,
) -> Iterator[LicenceDates]:
    head, window, held = load(instrument), Window(on, on, LATEST), {each.id: each for each in facility.licences}
    for called in called_up(term, book):
        licence = held[called.subject.subject]
        duty = next(of_subject(term, head, force, called, book, window), None)
        bare = None if renewal is None else renewal_day(renewal, instrument, licence.id, facility, on)
        days = _days(licence, facility, on)
        filed = days["renewal_filed"]
        ends, renew_by = (duty.due if duty else ""), (bare.due if bare else "")
        yield LicenceDates(
            licence=licence.id,
            kind=licence.kind,
            instrument=instrument.id,
            article=term.article,
            force=force,
            issued=days["issued"],
            printed=days["expiry"],
            counted_from=duty.counted_from if duty else "",
            ends=ends,
            renew_by=renew_by,
            renewal_article=renewal.article if renewal else "",
            renewal_filed=filed,
            state=_state(ends, renew_by, filed, on.isoformat()),
        )


def renewal_day(rule: DutyRule, instrument: Instrument, licence: str, facility: Facility, on: date) -> Duty | None:
    """Return the duty to renew a licence, as if nothing were filed yet: its day is that of every renewal."""
    bare = Book(fact for fact in facts(facility, on) if fact.quantity not in rule.done)
    head, window = load(instrument), Window(on, on, LATEST)
    force = own_force(rule, head, on)
    called = (each for each in called_up(rule, bare) if each.subject.subject == licence)
    return next((duty for each in called for duty in of_subject(rule, head, force, each, bare, window)), None)


def _state(ends: str, renew_by: str, filed: str, on: str) -> str:
    if not ends:
        return ""
    if ends < on:
        return "expired"
    return "renew" if renew_by and renew_by < on and not filed else "valid"
