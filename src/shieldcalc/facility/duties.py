"""The list of what is due at a facility: instruments chosen, day and window settled, duties found."""

from collections.abc import Mapping
from datetime import date

from shieldcalc import plugins
from shieldcalc.errors import Notice, OutsideDataError, UnknownNameError
from shieldcalc.facility.exemption import exempt_by_law
from shieldcalc.facility.facts import facts
from shieldcalc.facility.jurisdiction import instruments_of
from shieldcalc.model.catalog import Instrument
from shieldcalc.model.facility import Facility
from shieldcalc.model.result import Duty, Force
from shieldcalc.records import dataclass
from shieldcalc.regulations.days import shifted
from shieldcalc.regulations.due import Window, due
from shieldcalc.regulations.duty_rules import DutyRule, duties
from shieldcalc.regulations.status import status

EARLIEST, LATEST = date(1950, 1, 1), date(2150, 12, 31)


@dataclass(frozen=True, kw_only=True, slots=True)
class DueList:
    """What is due at a facility on a day, and between two days; and the instruments that say so with their state."""

    facility: Facility
    window: Window
    duties: tuple[Duty, ...]
    not_in_force: tuple[tuple[DutyRule, Force], ...]
    instruments: tuple[Mapping[str, str], ...]
    without_duties: tuple[str, ...]
    lost: tuple[Notice, ...] = ()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Return what is to be said of the whole list: instruments of broken plugins; that nothing is in force."""
        live = [row for row in self.instruments if row["state"] not in ("repealed", "not_yet_valid")]
        held = any(row["id"] not in self.without_duties for row in live)
        return self.lost if held else (*self.lost, Notice("findings.duty.none_held"))


def due_list(
    facility: Facility,
    known: Mapping[str, Instrument],
    *,
    on: str | None = None,
    first: str | None = None,
    last: str | None = None,
) -> DueList:
    """Return what is due by the instruments that the file names, else by those of the facility's place.

    ``on`` (ISO date) replaces the file's date; ``first`` and ``last`` bound what is not overdue: from ``on``, for a
    year, where they are not given. Raises OutsideDataError where no day is given, one is none, or the bounds are the
    wrong way round.
    """
    day = _day("--on", on) or facility.on
    if day is None:
        raise OutsideDataError("facility.no_date")
    begin = _day("--from", first) or day
    window = Window(day, begin, _day("--to", last) or shifted(begin, 12))
    if window.last < window.first:
        raise OutsideDataError("facility.window", first=window.first.isoformat(), last=window.last.isoformat())
    chosen = asked(facility, known)
    facility = exempt_by_law(facility, chosen, day)
    with_duties = tuple(each for each in chosen if duties(each.id))
    found = due(facts(facility, day), with_duties, window)
    return DueList(
        facility=facility,
        window=window,
        duties=found.duties,
        not_in_force=found.not_in_force,
        instruments=tuple(row for row in status(chosen, day) if row["id"] in {each.id for each in chosen}),
        without_duties=tuple(each.id for each in chosen if not duties(each.id)),
        lost=lost_instruments(facility),
    )


def asked(facility: Facility, known: Mapping[str, Instrument]) -> tuple[Instrument, ...]:
    """Return the instruments that the file names, without what broken plugins lack; else those of its place."""
    lost = {notice.params["instrument"] for notice in lost_instruments(facility)}
    named = tuple(_named(name, known) for name in facility.instruments if name not in lost)
    return named if facility.instruments else instruments_of(facility, known.values())


def lost_instruments(facility: Facility) -> tuple[Notice, ...]:
    """Return why instruments that the file names cannot be asked: those that a plugin would give that is broken."""
    return tuple(filter(None, map(plugins.lost_instrument, facility.instruments)))


def _named(name: str, known: Mapping[str, Instrument]) -> Instrument:
    if name not in known:
        raise UnknownNameError("instrument", name, known)
    return known[name]


def _day(option: str, text: str | None) -> date | None:
    """Return the day of an option, None where it is not given."""
    if text is None:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise OutsideDataError("facility.not_a_day", option=option, value=text) from None
    if not EARLIEST <= found <= LATEST:
        raise OutsideDataError("facility.day_outside", option=option, value=text, first=EARLIEST, last=LATEST)
    return found
