"""Duties as findings of an audit: what is overdue fails, what is done or still has time is kept; counted by ``due``."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from shieldcalc.errors import Notice
from shieldcalc.facility.duties import DueList
from shieldcalc.facility.facts import facts
from shieldcalc.facility.history import Past, done_late, gaps, late_years
from shieldcalc.facility.items import Item, system_of
from shieldcalc.model.catalog import Instrument
from shieldcalc.model.facility_words import words
from shieldcalc.model.result import Duty, Finding, Force, Outcome
from shieldcalc.regulations.book import EFFECTIVE, FACILITY, Book
from shieldcalc.regulations.due import called_up
from shieldcalc.regulations.duty_rules import DutyRule, duties
from shieldcalc.regulations.rules import load
from shieldcalc.regulations.status import NOT_LIVE, own_force

QUANTITIES = ("exempt", "dose_check_months", "licence_kind", "application_kind", "grade")
OWN = ("facility", "worker", "safety_officer", "head")
_OUTCOME: dict[str, Outcome] = {
    "overdue": "fail", "due": "pass", "late": "undetermined", "undetermined": "undetermined",
    "standing": "undetermined",
}  # fmt: skip
_CODE = {"overdue": "overdue", "late": "done_late", "standing": "standing"}


def duty_items(found: DueList, chosen: Iterable[Instrument]) -> Iterator[Item]:
    """Yield a finding for each duty that is overdue, late or cannot be dated, and for each one that is kept.

    What was done too late the last time is open: whether that was excused is not known. A duty of somebody else, such
    as the authority's term, is told but does not judge the facility.
    """
    told: dict[tuple[str, str], list[Duty]] = {}
    for duty in found.duties:
        told.setdefault((duty.rule, duty.subject), []).append(duty)
    on = found.window.on
    book = Book(facts(found.facility, on))
    for instrument in chosen:
        for rule in duties(instrument.id):
            force = own_force(rule, load(instrument), on)
            if force not in NOT_LIVE:
                for called in called_up(rule, book):
                    subject = called.subject.subject
                    past = done_late(rule, load(instrument), force, called, book, found.window)
                    mine = [*told.get((rule.full_id, subject), []), *past]
                    late = (*gaps(rule, subject, book, on), *late_years(rule, book, on))
                    for item in _items(rule, subject, force, mine, _happened(rule, subject, book)):
                        yield item._replace(finding=_with_past(_on_the_day(item.finding, rule, on), late))


def _on_the_day(finding: Finding, rule: DutyRule, on: date) -> Finding:
    """Return a finding that is open on the very day before which a thing is due: whether that day is in time is."""
    named = rule.boundary == "excluded" and rule.day == (on.month, on.day)
    if not named or finding.outcome != "fail" or finding.value != (on - timedelta(days=1)).isoformat():
        return finding
    return replace(finding, outcome="undetermined")


def _with_past(finding: Finding, late: tuple[Past, ...]) -> Finding:
    """Return a finding with what was too late before; kept is only what was in time the last time."""
    last = next((each.notice for each in late if each.last), None)
    if finding.outcome == "pass" and last is not None:
        finding = replace(finding, outcome="undetermined", reason=last)
    told = (each.notice for each in late if each.notice is not finding.reason)
    return replace(finding, notices=(*finding.notices, *told))


def _happened(rule: DutyRule, subject: str, book: Book) -> bool:
    """Return whether anything happened that a duty counts from; what counts from no event always did."""
    names = [name for count in rule.count for name in count.names]
    return rule.timing != "once" or any(":" in name or name == EFFECTIVE or book.dates(subject, name) for name in names)


def _items(rule: DutyRule, subject: str, force: Force, found: list[Duty], happened: bool) -> Iterator[Item]:
    open_ones = [duty for duty in found if duty.status != "due"]
    for duty in open_ones:
        missing = tuple(_key(rule, subject, name) for name in duty.missing)
        yield Item(system_of(rule.full_id), _of_duty(rule, duty), missing)
    if not open_ones:
        following = min((duty.due for duty in found), default="")
        kept = _kept(rule, subject, force, following) if found or happened else _nothing_happened(rule, subject, force)
        yield Item(system_of(rule.full_id), kept)


def _key(rule: DutyRule, subject: str, name: str) -> str:
    """Return where in the file a fact is given: "ct_1: device.put_into_use", "facility: event.drill"."""
    if rule.scope != FACILITY and (name in words().event[rule.scope] or name in QUANTITIES):
        return f"{subject}: {rule.scope}.{name}"
    kept_as = "event" if name in words().event[FACILITY] else FACILITY
    return f"{FACILITY}: {kept_as}.{name}"


def _nothing_happened(rule: DutyRule, subject: str, force: Force) -> Finding:
    reason = Notice("findings.audit.nothing_happened")
    return _finding(rule, subject, force, "not_applicable", "", reason, ())


def _of_duty(rule: DutyRule, duty: Duty) -> Finding:
    reason: Notice | None
    if duty.status in _CODE:
        reason = Notice(f"findings.audit.{_CODE[duty.status]}", {"due": duty.due[:16].replace("T", " ")})
    elif duty.missing:
        key = "; ".join(_key(rule, duty.subject, name) for name in duty.missing)
        reason = Notice("findings.not_known", {"quantity": "date", "key": key})
    else:
        reason = next((way.reason for way in duty.ways if way.reason is not None), None)
    outcome = _OUTCOME[duty.status]
    if rule.holder not in OWN:
        outcome, reason = "not_applicable", Notice("findings.audit.of_another", {"due": duty.due or "-"})
    return _finding(rule, duty.subject, duty.force, outcome, duty.due, reason, duty.notices)


def _kept(rule: DutyRule, subject: str, force: Force, following: str) -> Finding:
    notices = (Notice("findings.audit.next_due", {"due": following}),) if following else ()
    if rule.holder not in OWN:
        reason = Notice("findings.audit.of_another", {"due": following or "-"})
        return _finding(rule, subject, force, "not_applicable", following, reason, ())
    return _finding(rule, subject, force, "pass", following, None, notices)


def _finding(
    rule: DutyRule,
    subject: str,
    force: Force,
    outcome: Outcome,
    due: str,
    reason: Notice | None,
    notices: tuple[Notice, ...],
) -> Finding:
    return Finding(
        rule=rule.full_id,
        instrument=rule.instrument,
        article=rule.article,
        subject=subject,
        quantity="duty",
        outcome=outcome,
        force=force,
        value=due or None,
        unit="",
        comparator="",
        limit=None,
        limit_unit="",
        averaging="none",
        margin=None,
        reason=reason,
        paraphrase=rule.paraphrase,
        notices=notices,
    )
