"""Which days are worked: ``data/calendars``, one file a country, over the years that are known."""

from datetime import date, timedelta
from functools import cache
from os.path import isfile
from typing import NamedTuple

from shieldcalc.resources import data_path

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Calendar(NamedTuple):
    """Days off and days made up for between two days; ``uncertain`` ones count as worked."""

    id: str
    first: date
    last: date
    rest_days: frozenset[int]
    off: frozenset[date]
    working: frozenset[date]
    uncertain: frozenset[date]

    def holds(self, day: date) -> bool:
        """Return whether it is known of a day if it is worked."""
        return self.first <= day <= self.last

    def worked(self, day: date) -> bool:
        """Return whether a day is worked; where sources differ it is, so that a term can only end earlier."""
        if day in self.working or day in self.uncertain:
            return True
        return day.weekday() not in self.rest_days and day not in self.off


@cache
def calendar(country: str) -> Calendar | None:
    """Return the calendar of a country by its two letters, None where there is none."""
    import tomllib

    path = data_path("calendars", f"{country.lower()}.toml")
    if not isfile(path):
        return None
    with open(path, "rb") as file:
        data = tomllib.load(file)
    head = data["calendar"]
    return Calendar(
        id=head["id"],
        first=head["first"],
        last=head["last"],
        rest_days=frozenset(map(_WEEK.index, head["rest_days"])),
        off=frozenset(head["off"]),
        working=frozenset(head["working"]),
        uncertain=frozenset(head["uncertain"]),
    )


def after_working_days(start: date, days: int, known: Calendar) -> tuple[date | None, bool]:
    """Return the last of ``days`` worked days after a day, and whether an uncertain one is among those passed.

    None where the term leaves the years that the calendar holds.
    """
    day, left, doubtful = start, days, False
    while left:
        day += timedelta(days=1)
        if not known.holds(day):
            return None, doubtful
        left -= known.worked(day)
        doubtful = doubtful or day in known.uncertain
    return day, doubtful
