"""What was done too late in the past: once, on a fixed day, or too long after the time before."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.result import Duty, Force
from shieldcalc.regulations.book import FACILITY, FOR_YEAR, Book
from shieldcalc.regulations.days import Term, end
from shieldcalc.regulations.due import Called, Window, of_subject
from shieldcalc.regulations.due_days import day_of
from shieldcalc.regulations.duty_rules import Count, DutyRule
from shieldcalc.regulations.rules import LoadedInstrument

NO_TERM = "before_working_on"


def done_late(
    rule: DutyRule, head: LoadedInstrument, force: Force, called: Called, book: Book, window: Window
) -> Iterator[Duty]:
    """Yield a duty for one subject that was to be done once, or on one fixed day, and was done after it, as late.

    The list of what is due leaves out what is done, unless the law attaches something to its being late. Where the law
    states no term, or only that work stops, no day was too late.
    """
    termless = rule.stated or NO_TERM in rule.notes
    if rule.timing in ("once", "fixed") and rule.done and not rule.late and not termless:
        found = of_subject(replace(rule, late=True), head, force, called, book, window)
        yield from (duty for duty in found if duty.status == "late")


class Past(NamedTuple):
    """Something that was too late; ``last``: nothing was done of the duty since."""

    notice: Notice
    last: bool


def gaps(rule: DutyRule, subject: str, book: Book, on: date) -> Iterator[Past]:
    """Yield what two times in a row, up to a day, lie further apart than a recurring duty lets them.

    Told are gaps whose later time the rule already bound; whether one was excused is not known. Duties that count on a
    grid from another event, such as entry into use, tell none.
    """
    counts = [count for count in rule.count if set(count.names) & set(rule.done)]
    if rule.timing == "recurring" and counts and not any(count.grid for count in rule.count):
        done = [day[:10] for day in book.done(subject, rule.done, on.isoformat())]
        for first, second in pairwise(dict.fromkeys(done)):
            due = _due(counts[0], first, rule, subject, book)
            if due and due < second and second >= rule.effective.isoformat():
                notice = Notice("findings.audit.gap", {"first": first, "second": second, "due": due})
                yield Past(notice, second == done[-1])


def late_years(rule: DutyRule, book: Book, on: date) -> Iterator[Past]:
    """Yield each year between the first and the last of a yearly duty that was late or left out.

    Told are years that the rule already bound.
    """
    if rule.timing != "yearly":
        return
    done: dict[int, str] = {}
    for name in rule.done:
        for day, about in zip(book.dates(FACILITY, name), book.dates(FACILITY, name + FOR_YEAR), strict=True):
            year = int(about) + (rule.about == "previous_year") if about else int(day[:4])
            done[year] = min(day[:10], done.get(year, day[:10]))
    known = {year: day for year, day in done.items() if day <= on.isoformat()}
    for year in range(min(known, default=0), max(known, default=-1) + 1):
        due = day_of(rule, year)
        if due >= rule.effective and known.get(year, "9999") > due.isoformat():
            code = "late_year" if year in known else "left_out"
            notice = Notice(f"findings.audit.{code}", {"due": due.isoformat(), "done": known.get(year, "")})
            yield Past(notice, year == max(known))


def _due(count: Count, first: str, rule: DutyRule, subject: str, book: Book) -> str:
    amount = count.amount
    if count.amount_of:
        fact = book.fact(subject, count.amount_of)
        amount = int(fact.value) if fact is not None and isinstance(fact.value, int | float) else 0
    term = Term(count.unit, amount, day_one_counts=rule.day_one == "counted")
    return end(first, term, None, "").due if amount else ""
