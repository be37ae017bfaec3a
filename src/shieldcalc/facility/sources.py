"""Sealed sources on a day: activity, the nuclide of the table of D values, where they are kept."""

from datetime import date
from math import exp, log
from typing import NamedTuple

from shieldcalc.model.facility import MOST_BQ, Facility, HeldSource
from shieldcalc.photons.dangerous import d_row, parent_of
from shieldcalc.photons.nuclides import nuclide

SECONDS_PER_DAY = 86_400


class Held(NamedTuple):
    """A source on a day: activity in Bq, undecayed where its half-life is not known, None where that is not known."""

    source: HeldSource
    activity_Bq: float | None

    @property
    def listed(self) -> str:
        """Return its nuclide as the table of D values names it, its own name where that holds none."""
        row = d_row(self.source.nuclide)
        return self.source.nuclide if row is None else row["nuclide"]


def held_sources(facility: Facility, on: date) -> tuple[Held, ...]:
    """Return the sources that are there on a day: not withdrawn, acquired by then or without a day."""
    return tuple(Held(each, activity_on(each, on)) for each in facility.sources if _there(each, on))


def _there(source: HeldSource, on: date) -> bool:
    came = source.events.get("acquired", ())
    return (source.withdrawn is None or source.withdrawn > on) and all(day <= on for day in came)


def activity_on(source: HeldSource, on: date) -> float | None:
    """Return the activity in Bq on a day: A = A0 exp(-ln 2 t / T); before the reference date it was more.

    So many half-lives before it that no source holds as much, it is not known: None.
    """
    return decayed(source.nuclide, source.activity_Bq, source.reference_date, on)


def decayed(name: str, activity_Bq: float, reference: date, on: date) -> float | None:
    """Return what an activity of the reference day is on a day, as ``activity_on`` does."""
    parent, days = parent_of(name), (on - reference).days
    if parent is None or not days:
        return activity_Bq
    decay = -nuclide(parent).decay_constant * days * SECONDS_PER_DAY
    return activity_Bq * exp(decay) if decay + log(activity_Bq) <= log(MOST_BQ) else None


def place_of(source: HeldSource, facility: Facility) -> str:
    """Return the room that a source is kept in, its own or that of its device; "" where none is given."""
    rooms = {device.id: device.room for device in facility.devices}
    return source.room or rooms.get(source.device, "")
