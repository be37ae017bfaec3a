"""Counting of terms: from the day of an event and an amount to the last day that is in time."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.regulations.calendars import Calendar, after_working_days


class Term(NamedTuple):
    """An amount of a unit, after an event or ``ahead`` of it; whether the day of the event counts as the first."""

    unit: str
    amount: int
    ahead: bool = False
    day_one_counts: bool = False


class End(NamedTuple):
    """The last day in time, as an ISO date or date with a time; "" with the reason where it is not known."""

    due: str
    notices: tuple[Notice, ...] = ()
    reason: Notice | None = None


def end(event: str, term: Term, known: Calendar | None, country: str) -> End:
    """Return when a term ends that is counted from an event (ISO date, or date with a time).

    Months and years end on the day of the same number, or on the last day of a month that has none. Hours run from the
    time of day; where only the day is known they end on that day.
    """
    if term.unit == "hours":
        return _hours(event, term.amount)
    start = date.fromisoformat(event[:10])
    if term.unit == "working_days":
        return _working(start, term, known, country)
    if term.unit in ("months", "years"):
        months = term.amount * (12 if term.unit == "years" else 1)
        found = shifted(start, -months if term.ahead else months)
    else:
        found = start + timedelta(days=-term.amount if term.ahead else term.amount)
    if term.day_one_counts and term.amount and not term.ahead:
        found -= timedelta(days=1)
    return End(found.isoformat())


def _hours(event: str, hours: int) -> End:
    if len(event) > 10:
        return End((datetime.fromisoformat(event) + timedelta(hours=hours)).isoformat())
    return End(event, (Notice("findings.duty.hour_not_stated", {"hours": hours}),) if hours else ())


def _working(start: date, term: Term, known: Calendar | None, country: str) -> End:
    before = timedelta(days=1 if term.day_one_counts else 0)
    found, doubtful = (None, False) if known is None else after_working_days(start - before, term.amount, known)
    if found is None:
        years = f"{known.first.year}-{known.last.year}" if known else "-"
        params = {"country": country, "years": years, "day": start.isoformat(), "amount": term.amount}
        return End("", (), Notice("findings.duty.calendar_not_held", params))
    notices = (Notice("findings.duty.calendar_uncertain", {"country": country}),) if doubtful else ()
    return End(found.isoformat(), notices)


def shifted(start: date, months: int) -> date:
    """Return the day so many months later: of the same number, or the last of the month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def next_anniversary(start: date, months: int, last: date | None) -> date:
    """Return the anniversary of ``start`` that is due after the last time it was done.

    What was done counts for the anniversary, or ``start`` itself, that it was nearest to; the earlier of two equally
    near.
    """
    if last is None:
        return shifted(start, months)
    nearest = min(range(_periods(start, months, last) + 2), key=lambda n: abs((shifted(start, n * months) - last).days))
    return shifted(start, (nearest + 1) * months)


def _periods(start: date, months: int, last: date) -> int:
    return max(0, ((last.year - start.year) * 12 + last.month - start.month) // months)
