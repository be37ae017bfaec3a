"""The list of what is due as lines of text."""

from collections.abc import Iterator, Mapping

from shieldcalc.facility.duties import DueList
from shieldcalc.facility.wording import citation, reckoning, remarks, shown, whom, word
from shieldcalc.model.result import Duty
from shieldcalc.texts import sentence

STATUSES = ("overdue", "due", "late", "undetermined", "standing")
INDENT = " " * 12


def lines(found: DueList, language: str) -> Iterator[str]:
    """Yield the list line by line: overdue first, what is not known and what has no date last."""
    window = found.window
    yield word(
        "title",
        language,
        facility=found.facility.name,
        on=window.on.isoformat(),
        first=window.first.isoformat(),
        last=window.last.isoformat(),
    )
    yield from instrument_lines(found, language)
    if not found.duties:
        yield ""
        yield from [notice.text(language) for notice in found.notices] or [word("nothing", language)]
    else:
        yield from (notice.text(language) for notice in found.lost)
    for status in STATUSES:
        duties = [duty for duty in found.duties if duty.status == status]
        if duties:
            yield ""
            yield word(status, language, count=len(duties))
            for duty in duties:
                yield from _duty(duty, language)
    yield from not_in_force(found, language)


def instrument_lines(found: DueList, language: str) -> Iterator[str]:
    """Yield the instruments that were asked, each with its state."""
    for row in found.instruments:
        none = f" {word('no_duties', language)}" if row["id"] in found.without_duties else ""
        yield f"  {_instrument(row, language)}{none}"


def not_in_force(found: DueList, language: str) -> Iterator[str]:
    """Yield the duties that would concern the facility and are not in force on the day."""
    if found.not_in_force:
        yield ""
        yield word("not_in_force", language)
        for rule, force in found.not_in_force:
            state = sentence(f"findings.force.{force}", language)
            dates = (rule.effective.isoformat(), rule.expiry.isoformat() if rule.expiry else "")
            until = word("until", language, first=dates[0], end=dates[1]) if dates[1] else dates[0]
            words = sentence(rule.paraphrase, language)
            yield f"  {rule.full_id} ({state}, {until}): {words}"


def _instrument(row: Mapping[str, str], language: str) -> str:
    state = row["state"]
    told = word("instrument", language, id=row["id"], number=row["number"], state=word(f"state.{state}", language))
    if state not in ("amended", "force_not_verified"):
        return told
    since = sentence(f"findings.{state}", language, instrument=row["id"], on=row["changed_on"], by=row["changed_by"])
    return f"{told}; {since}"


def _duty(duty: Duty, language: str) -> Iterator[str]:
    day = shown(duty.due) if duty.due else word("no_day", language)
    subject = word("facility", language) if duty.subject == "facility" else duty.subject
    yield f"{day:<10}  {subject}: {sentence(duty.what, language)}"
    yield f"{INDENT}{whom(duty, language)} · {citation(duty, language)}"
    for way in duty.ways:
        yield f"{INDENT}{reckoning(way, language)}"
    if len([way for way in duty.ways if way.due]) > 1:
        yield f"{INDENT}{word('earliest', language)}"
    for remark in remarks(duty, language):
        yield f"{INDENT}{remark}"
