"""The dated duties as an iCalendar file (RFC 5545): one all-day event each, the same bytes for the same answer."""

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256

from shieldcalc import __version__
from shieldcalc.facility.duties import DueList
from shieldcalc.facility.wording import citation, reckoning, remarks, whom, word
from shieldcalc.model.result import Duty
from shieldcalc.texts import sentence

LONGEST_OCTETS = 75  # of a content line, its end not counted (RFC 5545, 3.1)


def calendar(found: DueList, language: str) -> bytes:
    """Return the calendar of what is dated: UTF-8, lines of at most 75 octets that end with CR LF.

    Its time stamps are the day of the question, never the clock. What is due at an hour has that local time.
    """
    dated = [duty for duty in found.duties if duty.due and duty.status in ("overdue", "due", "late")]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//shieldcalc//due {__version__}//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(found.facility.name)}",
        *(line for duty in dated for line in _event(duty, found, language)),
        "END:VCALENDAR",
    ]
    return b"".join(part for line in lines for part in folded(line))


def _event(duty: Duty, found: DueList, language: str) -> Iterator[str]:
    stamp = found.window.on.strftime("%Y%m%dT000000Z")
    subject = found.facility.name if duty.subject == "facility" else duty.subject
    status = word(f"label.{duty.status}", language)
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(duty, found)}"
    yield f"DTSTAMP:{stamp}"
    yield from _when(duty.due)
    yield f"SUMMARY:{escaped(f'{status}: {subject}: {sentence(duty.what, language)}')}"
    yield f"DESCRIPTION:{escaped(chr(10).join(_described(duty, language)))}"
    yield f"CATEGORIES:{escaped(duty.instrument)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _when(due: str) -> Iterator[str]:
    if len(due) > 10:
        yield f"DTSTART:{due.replace('-', '').replace(':', '')[:15]}"
        return
    day = date.fromisoformat(due)
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"


def _described(duty: Duty, language: str) -> Iterator[str]:
    yield whom(duty, language)
    yield citation(duty, language)
    yield from (reckoning(way, language) for way in duty.ways)
    yield from remarks(duty, language)


def _uid(duty: Duty, found: DueList) -> str:
    """Return an id that stays while facility, duty, subject and the events counted from do."""
    events = "|".join(way.event for way in duty.ways) or duty.due
    text = "|".join((found.facility.name, duty.rule, duty.subject, events))
    return f"{sha256(text.encode()).hexdigest()[:32]}@shieldcalc"


def escaped(text: str) -> str:
    """Return a text value: backslash, comma, semicolon and line end escaped (RFC 5545, 3.3.11)."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text


def folded(line: str) -> Iterator[bytes]:
    """Yield a content line in parts of at most 75 octets, cut between characters, the later ones with a blank."""
    part = b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > LONGEST_OCTETS:
            yield part + b"\r\n"
            part = b" "
        part += octets
    yield part + b"\r\n"
