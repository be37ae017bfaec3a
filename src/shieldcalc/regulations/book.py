"""Book: the facts of a facility, found by subject and name; what is not the subject's own is the facility's."""

from collections.abc import Iterable
from typing import NamedTuple

from shieldcalc.model.result import Fact
from shieldcalc.regulations.view import FACILITY as FACILITY

EFFECTIVE = "effective"
FOR_YEAR = ".for_year"


class Dated(NamedTuple):
    """The first of several names that has a date, with its dates in order; no name where none has."""

    name: str
    dates: tuple[str, ...]


class Book:
    """Facts by subject and name; a subject is what has a fact ``subject`` that names its scope."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts = {(fact.subject, fact.quantity): fact for fact in facts}

    def subjects(self, scope: str) -> tuple[Fact, ...]:
        """Return the facts that name the subjects of one scope, in their order."""
        return tuple(fact for fact in self._facts.values() if fact.quantity == "subject" and fact.value == scope)

    def fact(self, subject: str, name: str) -> Fact | None:
        """Return a fact of a subject, else of the facility."""
        return self._facts.get((subject, name)) or self._facts.get((FACILITY, name))

    def dates(self, subject: str, name: str) -> tuple[str, ...]:
        """Return the days of one event as ISO dates, none where it is not known to have happened."""
        found = self.fact(subject, name)
        if found is None or found.value is None or found.value is False:
            return ()
        return found.value if isinstance(found.value, tuple) else (str(found.value),)

    def silent(self, subject: str, name: str) -> bool:
        """Return whether nothing is said of an event: neither a day nor that it has not happened."""
        found = self.fact(subject, name)
        return found is None or found.value is None

    def first_dated(self, subject: str, names: Iterable[str]) -> Dated:
        """Return the first of the names that has a date."""
        found = ((name, self.dates(subject, name)) for name in names)
        return next((Dated(name, dates) for name, dates in found if dates), Dated("", ()))

    def done(self, subject: str, names: Iterable[str], until: str) -> tuple[str, ...]:
        """Return the days up to one, that day included, on which something of the names happened."""
        every = (day for name in names for day in self.dates(subject, name))
        return tuple(sorted(day for day in every if day[:10] <= until))

    def years_done(self, names: Iterable[str], until: str, about_previous: bool) -> tuple[int, ...]:
        """Return the years whose yearly duty of the facility something up to a day has fulfilled."""
        years: set[int] = set()
        for name in names:
            dates, about = self.dates(FACILITY, name), self.dates(FACILITY, name + FOR_YEAR)
            for day, year in zip(dates, about, strict=True):
                if day <= until:
                    years.add(int(year) + about_previous if year else int(day[:4]))
        return tuple(sorted(years))
