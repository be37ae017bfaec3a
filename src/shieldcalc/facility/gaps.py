"""Times in the past at which something recurring came later than its interval after the time before."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from shieldcalc.errors import Notice
from shieldcalc.regulations.book import Book
from shieldcalc.regulations.days import Term, end
from shieldcalc.regulations.duty_rules import Count, DutyRule


def gaps(rule: DutyRule, subject: str, book: Book, on: date) -> Iterator[Notice]:
    """Yield a notice for each two times in a row, up to a day, that lie further apart than a recurring duty lets them.

    Told are gaps whose later time the rule already bound; whether one was excused is not known, so that it judges
    nothing. Duties that count on a grid from another event, such as entry into use, tell none.
    """
    counts = [count for count in rule.count if set(count.names) & set(rule.done)]
    if rule.timing == "recurring" and counts and not any(count.grid for count in rule.count):
        done = [day[:10] for day in book.done(subject, rule.done, on.isoformat())]
        for first, second in pairwise(dict.fromkeys(done)):
            due = _due(counts[0], first, rule, subject, book)
            if due and due < second and second >= rule.effective.isoformat():
                yield Notice("findings.audit.gap", {"first": first, "second": second, "due": due})


def _due(count: Count, first: str, rule: DutyRule, subject: str, book: Book) -> str:
    amount = count.amount
    if count.amount_of:
        fact = book.fact(subject, count.amount_of)
        amount = int(fact.value) if fact is not None and isinstance(fact.value, int | float) else 0
    term = Term(count.unit, amount, day_one_counts=rule.day_one == "counted")
    return end(first, term, None, "").due if amount else ""
