"""When a duty is due, by its timing: once after an event, recurring, on a day of each year, on one day, always."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.result import DutyStatus, Reckoning
from shieldcalc.regulations.book import EFFECTIVE, FACILITY, Book, Dated
from shieldcalc.regulations.calendars import calendar
from shieldcalc.regulations.days import Term, end, next_anniversary
from shieldcalc.regulations.duty_rules import Count, DutyRule, duties
from shieldcalc.regulations.rules import LoadedInstrument

DUE, REPLACED = "due:", "replaced:"
COMPUTED, COMPUTED_BEFORE = "computed_end", "computed_previous_end"
YEAR_END = (12, 31)


class Matter(NamedTuple):
    """One duty of an instrument for one subject, on a day; ``last`` is the last day asked for."""

    rule: DutyRule
    head: LoadedInstrument
    subject: str
    book: Book
    on: date
    last: date


class Draft(NamedTuple):
    """When something is due, the ways to count, and what is missing."""

    status: DutyStatus
    due: str = ""
    ways: tuple[Reckoning, ...] = ()
    missing: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()

    def not_sure(self, missing: tuple[str, ...]) -> "Draft":
        """Return the draft where it is not known whether the duty applies at all."""
        return self._replace(status="undetermined", missing=tuple(dict.fromkeys((*self.missing, *missing))))


class Way(NamedTuple):
    """A reckoning with what is to be said of it."""

    told: Reckoning
    notices: tuple[Notice, ...] = ()


def _once(matter: Matter) -> Iterator[Draft]:
    """Yield what one event, or each of several, calls up once and nothing has fulfilled."""
    rule = matter.rule
    found = [(count, _anchors(matter, count)) for count in rule.count]
    if not any(dated.dates for _, dated in found):
        if rule.needs_anchor and not _fulfilled(matter, ""):
            yield Draft("undetermined", missing=_names(rule))
        return
    if len(found) > 1:
        ways = [_way(matter, count, dated.name, dated.dates[-1]) for count, dated in found if dated.dates]
        yield from _settled(matter, [way for way in ways if _bound(matter, way.told.event)])
        return
    for event in found[0][1].dates:
        if _bound(matter, event):
            yield from _settled(matter, [_way(matter, found[0][0], found[0][1].name, event)])


def _names(rule: DutyRule) -> tuple[str, ...]:
    """Return the names of events that a duty counts from and a file can give."""
    every = (name for count in rule.count for name in count.names)
    return tuple(dict.fromkeys(name for name in every if ":" not in name and name != EFFECTIVE))


def _bound(matter: Matter, event: str) -> bool:
    """Return whether the instrument was in force when an event happened."""
    day, ends = date.fromisoformat(event[:10]), matter.rule.expiry
    return matter.rule.effective <= day and (ends is None or day < ends)


def _anchors(matter: Matter, count: Count) -> Dated:
    """Return the days that a term is counted from, of the first name that has any."""
    for name in count.names:
        if name == EFFECTIVE:
            return Dated(name, (matter.head.effective.isoformat(),))
        if name.startswith(DUE):
            computed = _computed(matter, name.removeprefix(DUE))
            if computed:
                return Dated(COMPUTED, (computed,))
        elif name.startswith(REPLACED):
            computed = _of_replaced(matter, name.removeprefix(REPLACED))
            if computed:
                return Dated(COMPUTED_BEFORE, (computed,))
        elif dates := matter.book.dates(matter.subject, name):
            return Dated(name, dates)
    return Dated("", ())


def _computed(matter: Matter, name: str) -> str:
    """Return the day that another duty of the instrument gives for the subject, "" for none."""
    other = next(rule for rule in duties(matter.rule.instrument) if rule.id == name)
    return next((draft.due for draft in _once(matter._replace(rule=other)) if draft.due), "")


def _of_replaced(matter: Matter, name: str) -> str:
    """Return the day that another duty gives for what the subject takes the place of, "" for none."""
    found = matter.book.fact(matter.subject, "replaces")
    return "" if found is None or found.value is None else _computed(matter._replace(subject=str(found.value)), name)


def _way(matter: Matter, count: Count, name: str, event: str) -> Way:
    country = matter.head.jurisdiction.partition("/")[0]
    term = Term(count.unit, count.amount, count.ahead, matter.rule.day_one == "counted")
    found = end(event, term, calendar(country), country)
    return Way(Reckoning(counted_from=name, event=event, due=found.due, reason=found.reason), found.notices)


def _settled(matter: Matter, ways: list[Way]) -> Iterator[Draft]:
    """Yield what the earliest of the ways says, unless it is done."""
    told = tuple(way.told for way in ways)
    if not told:
        return
    known = [way.due for way in told if way.due]
    notices = tuple(notice for way in ways for notice in way.notices)
    done = _fulfilled(matter, min(way.event for way in told)) or _in_time(matter, told, known)
    if done and matter.rule.late and known and _later(min(done), min(known)):
        when = Notice("findings.duty.done_late", {"done": min(done).replace("T", " ")})
        yield Draft("late", min(known), told, notices=(when, *notices))
    elif not done and not known:
        yield Draft("undetermined", "", told, notices=notices)
    elif not done:
        yield _told(matter, _dated(matter, min(known), told, (), notices))


def _told(matter: Matter, draft: Draft) -> Draft:
    """Return a draft that is open where the law states no day and the file does not say whether it was done."""
    silent = all(matter.book.silent(matter.subject, name) for name in matter.rule.done)
    return draft.not_sure(matter.rule.done) if matter.rule.stated and silent and draft.status == "overdue" else draft


def _later(done: str, due: str) -> bool:
    """Return whether a moment lies after another: by the hour where both have one, else by the day."""
    shorter = min(len(done), len(due))
    return done[:shorter] > due[:shorter]


def _fulfilled(matter: Matter, event: str) -> tuple[str, ...]:
    """Return the days on which the duty was fulfilled: from its event on, unless the rule says otherwise."""
    rule = matter.rule
    found = matter.book.done(matter.subject, rule.done, matter.on.isoformat())
    since = min(matter.book.dates(matter.subject, rule.done_since), default="") if rule.done_since else event
    return found if rule.done_any else tuple(day for day in found if day[:10] >= since[:10])


def _in_time(matter: Matter, ways: tuple[Reckoning, ...], known: list[str]) -> tuple[str, ...]:
    """Return the days, from the event to the end of the term, of what stands for the duty in that time only."""
    found = matter.book.done(matter.subject, matter.rule.done_in_time, matter.on.isoformat())
    first, last = min(way.event for way in ways), min(known, default="")
    return tuple(day for day in found if first[:10] <= day[:10] <= last[:10])


def _dated(
    matter: Matter,
    due: str,
    ways: tuple[Reckoning, ...] = (),
    missing: tuple[str, ...] = (),
    notices: tuple[Notice, ...] = (),
) -> Draft:
    status: DutyStatus = "overdue" if due[:10] < matter.on.isoformat() else "due"
    return Draft(status, due, ways, missing, notices)


def _recurring(matter: Matter) -> Iterator[Draft]:
    """Yield when it is next due: the earliest of the ways to count from what was last done, or from the start."""
    ways: list[Way] = []
    missing: list[str] = []
    for count in matter.rule.count:
        amount = count.amount if not count.amount_of else _amount(matter, count.amount_of)
        dated = _last(matter, count)
        if amount is None:
            missing.append(count.amount_of)
        elif not dated.dates:
            missing += [name for name in count.names if name != EFFECTIVE]
        elif count.grid:
            ways.append(_anniversary(matter, count, dated))
        else:
            ways.append(_way(matter, count._replace(amount=amount), dated.name, dated.dates[-1]))
    known = [way.told.due for way in ways if way.told.due]
    told = tuple(way.told for way in ways)
    notices = tuple(notice for way in ways for notice in way.notices)
    if not known:
        yield Draft("undetermined", "", told, tuple(dict.fromkeys(missing)), notices)
    elif _within(matter, min(known)):
        yield _dated(matter, min(known), told, tuple(dict.fromkeys(missing)), notices)


def _within(matter: Matter, due: str) -> bool:
    """Return whether a duty is still one on the day that it is due."""
    return matter.rule.expiry is None or date.fromisoformat(due[:10]) < matter.rule.expiry


def _amount(matter: Matter, name: str) -> int | None:
    found = matter.book.fact(matter.subject, name)
    return int(found.value) if found is not None and isinstance(found.value, float) else None


def _last(matter: Matter, count: Count) -> Dated:
    """Return the days to count from; what is done counts up to the day of the question only."""
    for name in count.names:
        if name in matter.rule.done:
            dates = matter.book.done(matter.subject, (name,), matter.on.isoformat())
        else:
            dates = _anchors(matter, count._replace(names=(name,))).dates
        if dates:
            return Dated(name, dates)
    return Dated("", ())


def _anniversary(matter: Matter, count: Count, dated: Dated) -> Way:
    done = matter.book.done(matter.subject, matter.rule.done, matter.on.isoformat())
    start = date.fromisoformat(dated.dates[0][:10])
    months = count.amount * (12 if count.unit == "years" else 1)
    due = next_anniversary(start, months, date.fromisoformat(done[-1][:10]) if done else None)
    return Way(Reckoning(counted_from=dated.name, event=dated.dates[0], due=due.isoformat()))


def _yearly(matter: Matter) -> Iterator[Draft]:
    """Yield the days of the years that nothing was done for: those past since it was last done, and those asked for.

    Where nothing was ever done, of the past years the last one alone.
    """
    rule = matter.rule
    done = matter.book.years_done(rule.done, matter.on.isoformat(), rule.about == "previous_year")
    licensed = matter.book.dates(FACILITY, "first_licensed")
    start = max(rule.effective, date.fromisoformat(licensed[0]) if licensed else rule.effective)
    years = range(start.year, max(matter.last, matter.on).year + 2)
    days = [(year, day_of(rule, year)) for year in years if year not in done]
    days = [(year, day) for year, day in days if start <= day and _within(matter, day.isoformat())]
    past = [day for year, day in days if day < matter.on and (not done or year > done[-1])]
    for day in [*(past if done else past[-1:]), *(day for _, day in days if day >= matter.on)]:
        notices = () if done else (Notice("findings.duty.none_recorded"),)
        yield _dated(matter, day.isoformat(), notices=(*notices, *_boundary(rule)))


def day_of(rule: DutyRule, year: int) -> date:
    """Return the last day in time of a yearly duty in a year."""
    month, day = rule.day or YEAR_END
    return date(year, month, day) - timedelta(days=rule.boundary == "excluded")


def _boundary(rule: DutyRule) -> tuple[Notice, ...]:
    """Return what is to be said of the day that the text names: whether it is itself in time."""
    if rule.boundary == "end_of_month":
        return ()
    named = rule.on.isoformat() if rule.on else "{:02}-{:02}".format(*rule.day or YEAR_END)
    return (Notice(f"findings.duty.boundary_{rule.boundary}", {"day": named}),)


def _fixed(matter: Matter) -> Iterator[Draft]:
    rule = matter.rule
    if rule.on is None:
        return
    done = matter.book.done(matter.subject, rule.done, matter.on.isoformat())
    last = (rule.on - timedelta(days=rule.boundary == "excluded")).isoformat()
    if not done:
        yield _dated(matter, last, notices=_boundary(rule))
    elif rule.late and _later(min(done), last):
        yield Draft(
            "late",
            last,
            notices=(Notice("findings.duty.done_late", {"done": min(done).replace("T", " ")}), *_boundary(rule)),
        )


def _standing(matter: Matter) -> Iterator[Draft]:
    del matter
    yield Draft("standing")


TIMINGS: Mapping[str, Callable[[Matter], Iterator[Draft]]] = {
    "once": _once,
    "recurring": _recurring,
    "yearly": _yearly,
    "fixed": _fixed,
    "standing": _standing,
}
