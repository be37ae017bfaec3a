"""Words of duties in a language: parties, events, states, and how each way to count is told."""

from collections.abc import Iterable
from functools import reduce

from shieldcalc.model.result import Duty, Reckoning
from shieldcalc.reports.citations import article
from shieldcalc.texts import sentence

OF_INSTRUMENTS = ("findings.amended", "findings.force_not_verified")  # said once, of the instrument


def party(code: str, language: str) -> str:
    """Return who must do something, or to whom it goes."""
    return sentence(f"rules.duty.party.{code}", language)


def event(code: str, language: str) -> str:
    """Return the name of an event or of another fact of the file."""
    return sentence(f"rules.duty.event.{code}", language)


def word(code: str, language: str, **params: object) -> str:
    """Return a word or phrase of the list of duties."""
    return sentence(f"report.due.{code}", language, **params)


def several(words: Iterable[str], language: str) -> str:
    """Return several words as a list."""
    return reduce(lambda left, right: word("list", language, left=left, right=right), words)


def whom(duty: Duty, language: str) -> str:
    """Return from whom to whom: "the facility → the licensing authority"."""
    holder = party(duty.duty_holder, language)
    if not duty.addressees:
        return holder
    listed = several((party(code, language) for code in duty.addressees), language)
    return word("to", language, holder=holder, addressees=listed)


def citation(duty: Duty, language: str) -> str:
    """Return instrument, article and force."""
    force = sentence(f"findings.force.{duty.force}", language)
    place = article(duty.article, language)
    return word("citation", language, instrument=duty.instrument, article=place, force=force)


def reckoning(way: Reckoning, language: str) -> str:
    """Return one way to count: the event, its day, and the day that it gives."""
    named = event(way.counted_from, language)
    if way.due:
        return word("way", language, event=named, day=shown(way.event), due=shown(way.due))
    reason = way.reason.text(language) if way.reason is not None else ""
    return word("way_unknown", language, event=named, day=shown(way.event), reason=reason)


def shown(moment: str) -> str:
    """Return an ISO day, or day and time, as it is read: "2024-05-01 10:30"."""
    return moment.replace("T", " ")[:16]


def remarks(duty: Duty, language: str) -> tuple[str, ...]:
    """Return what else is to be said: missing facts, notes, another force on the day."""
    found = [notice.text(language) for notice in duty.notices if notice.code not in OF_INSTRUMENTS]
    if duty.missing:
        names = several((event(code, language) for code in duty.missing), language)
        keys = ", ".join(duty.missing)
        found.insert(0, word("missing", language, names=names, subject=duty.subject, keys=keys))
    if duty.status == "overdue" and duty.fulfilled_by:
        names = several((event(code, language) for code in duty.fulfilled_by), language)
        found.append(word("fulfilled_by", language, names=names, keys=", ".join(duty.fulfilled_by)))
    if duty.force_when_due is not None:
        force = sentence(f"findings.force.{duty.force_when_due}", language)
        found.append(word("force_when_due", language, force=force))
    return tuple(dict.fromkeys(found))
