"""Sealed sources on a day: activity, the nuclide of the table of D values, where they are kept."""

import re
from collections.abc import Mapping
from datetime import date
from math import exp, log
from typing import NamedTuple

from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.model.facility import MOST_BQ, Facility, HeldSource
from shieldcalc.photons.nuclides import nuclide, spelled
from shieldcalc.regulations.derive import D_VALUES
from shieldcalc.tables import table

NEUTRONS = "nuclides/neutron_sources.csv"
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


def parent_of(name: str) -> str | None:
    """Return the nuclide that a source decays with: of "Am-241/Be" or "Am-Be" that is Am-241; None where not known."""
    try:
        return nuclide(name).name
    except OutsideDataError:
        found = re.match(r"[A-Za-z]{1,2}-?[0-9]{1,3}m?", _mixture(name))
        return spelled(found[0]) if found else None
    except UnknownNameError:
        return None


def _mixture(name: str) -> str:
    """Return the full name of a neutron source where its own does not say which nuclide it holds."""
    if re.search(r"[0-9]", name):
        return name
    row = next(table(NEUTRONS).where(key=re.sub(r"[^a-z]", "", name.lower())), None)
    return row["source"] if row is not None and " or " not in row["source"] else name


def d_row(name: str) -> Mapping[str, str] | None:
    """Return the row of D values for a nuclide or a neutron source, that of its parent where it has none of its own."""
    rows = {row["nuclide"].lower(): row for row in table(D_VALUES).rows}
    wanted = (_mixture(name), spelled(name), parent_of(name) or "")
    return next((rows[each.lower()] for each in wanted if each.lower() in rows), None)


def place_of(source: HeldSource, facility: Facility) -> str:
    """Return the room that a source is kept in, its own or that of its device; "" where none is given."""
    rooms = {device.id: device.room for device in facility.devices}
    return source.room or rooms.get(source.device, "")
