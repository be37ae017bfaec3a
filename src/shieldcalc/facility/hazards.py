"""The ledger of hazards on a day, and its six statistics by period and unit (Shuozhou 42/2024, 4(5))."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, Protocol

from shieldcalc.model.facility import Hazard, Inspection

PERIODS = ("year", "half_year", "quarter", "month")
STATES = ("corrected_on_the_spot", "corrected", "corrected_late", "in_time", "overdue", "open")
INSTRUMENT, RULE, ARTICLE = "CN-SZ-42-2024", "CN-SZ-42-2024/4.5", "4(5)"
_MONTHS = {"year": 12, "half_year": 6, "quarter": 3, "month": 1}


class Register(Protocol):
    """What holds hazards and inspections: a facility's file, or the ledger of an office."""

    @property
    def name(self) -> str:
        """Return who it is: the unit of a hazard that names none."""

    @property
    def inspections(self) -> tuple[Inspection, ...]:
        """Return the visits."""

    @property
    def hazards(self) -> tuple[Hazard, ...]:
        """Return the hazards."""

    @property
    def ledger(self) -> bool | None:
        """Return whether a ledger is kept, also one without entries; None where that is not said."""


class Sum(NamedTuple):
    """A count of people or vehicles sent, and the inspections of which it is not known."""

    known: int
    missing: tuple[str, ...] = ()


class Statistics(NamedTuple):
    """What is reported of one period, of one unit or ("") of all: the six numbers, and how many hazards are neither.

    ``ordered``: with a deadline; ``neither``: not on the spot and without one. ``corrected`` and ``overdue`` of the
    hazards found in the period are those of the day of the question. ``over``: the period is.
    """

    period: str
    unit: str
    units_inspected: int
    hazards_found: int
    on_the_spot: int
    ordered: int
    officers: Sum
    vehicles: Sum
    neither: int
    over: bool
    corrected: int
    overdue: int


class _Period(NamedTuple):
    """The visits of one period, and the hazards found in it with their units."""

    visits: list[Inspection]
    hazards: list[tuple[Hazard, str]]


class Entry(NamedTuple):
    """One hazard of the ledger with its unit, its state on the day, and how many days it is overdue or late."""

    hazard: Hazard
    unit: str
    state: str
    days: int


def on_the_spot(hazard: Hazard) -> bool:
    """Return whether a hazard was corrected on the day it was found, without a deadline."""
    return hazard.deadline is None and hazard.corrected == hazard.found


def overdue(hazard: Hazard, on: date) -> bool | None:
    """Return whether a hazard is open beyond its deadline on a day; None where it is open and has none."""
    if hazard.corrected is not None and hazard.corrected <= on:
        return False
    return None if hazard.deadline is None else on > hazard.deadline


def ledger(facility: Register, on: date) -> tuple[Entry, ...]:
    """Return the hazards found by a day, in the order of finding."""
    found = sorted((each for each in facility.hazards if each.found <= on), key=lambda each: (each.found, each.id))
    return tuple(_entry(each, unit_of(each, facility), on) for each in found)


def unit_of(hazard: Hazard, facility: Register) -> str:
    """Return where a hazard was found: its unit, that of its inspection, or this facility."""
    visited = next((each.unit for each in facility.inspections if each.id == hazard.inspection), "")
    return hazard.unit or visited or facility.name


def _entry(hazard: Hazard, unit: str, on: date) -> Entry:
    closed = hazard.corrected if hazard.corrected is not None and hazard.corrected <= on else None
    late = 0 if hazard.deadline is None else ((closed or on) - hazard.deadline).days
    if closed is not None:
        state = "corrected_on_the_spot" if on_the_spot(hazard) else "corrected_late" if late > 0 else "corrected"
    else:
        state = "open" if hazard.deadline is None else "overdue" if late > 0 else "in_time"
    return Entry(hazard, unit, state, max(late, 0))


def period_of(day: date, kind: str) -> str:
    """Return the period of a day: "2025", "2025-H1", "2025-Q3", "2025-07"."""
    number = (day.month - 1) // _MONTHS[kind] + 1
    ending = {"year": "", "half_year": f"-H{number}", "quarter": f"-Q{number}", "month": f"-{number:02}"}
    return f"{day.year}{ending[kind]}"


def statistics(facility: Register, on: date, kind: str = "year") -> tuple[Statistics, ...]:
    """Return the six statistics of each period up to a day: of all units first, then unit by unit.

    From the first day of the ledger on every period has its row, of zeros where nothing was inspected or found. Units
    inspected are counted once a period. People and vehicles are of the inspections of the period; hazards are
    counted in the period in which they were found, also those that the unit found itself.
    """
    visits = [each for each in facility.inspections if each.date <= on]
    where = {each.id: each.unit for each in facility.inspections}
    hazards = [
        (each, each.unit or where.get(each.inspection) or facility.name)
        for each in facility.hazards if each.found <= on
    ]  # fmt: skip
    days = [each.date for each in visits] + [each.found for each, _ in hazards]
    if not days and facility.ledger is not True:
        return ()
    periods = {period: _Period([], []) for period in _periods(min(days, default=on), on, kind)}
    for visit in visits:
        periods[period_of(visit.date, kind)].visits.append(visit)
    for hazard in hazards:
        periods[period_of(hazard[0].found, kind)].hazards.append(hazard)
    last = period_of(on, kind)
    return tuple(row for period, held in periods.items() for row in _of_period(period, held, on, period != last))


def _periods(first: date, last: date, kind: str) -> Iterable[str]:
    """Return the periods from one day to another, each once."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return dict.fromkeys(period_of(date(month // 12, month % 12 + 1, 1), kind) for month in months)


def _of_period(period: str, held: _Period, on: date, over: bool) -> Iterator[Statistics]:
    yield _row(period, "", held.visits, [each for each, _ in held.hazards], on, over)
    units: dict[str, tuple[list[Inspection], list[Hazard]]] = {}
    for visit in held.visits:
        units.setdefault(visit.unit, ([], []))[0].append(visit)
    for hazard, unit in held.hazards:
        units.setdefault(unit, ([], []))[1].append(hazard)
    for unit, (visits, hazards) in sorted(units.items()):
        yield _row(period, unit, visits, hazards, on, over)


def _row(period: str, unit: str, visits: list[Inspection], hazards: list[Hazard], on: date, over: bool) -> Statistics:
    spot = sum(map(on_the_spot, hazards))
    ordered = sum(each.deadline is not None for each in hazards)
    return Statistics(
        period=period,
        unit=unit,
        units_inspected=len({each.unit for each in visits}),
        hazards_found=len(hazards),
        on_the_spot=spot,
        ordered=ordered,
        officers=_sum((each.id, "officers", each.officers) for each in visits),
        vehicles=_sum((each.id, "vehicles", each.vehicles) for each in visits),
        neither=len(hazards) - spot - ordered,
        over=over,
        corrected=sum(each.corrected is not None and each.corrected <= on for each in hazards),
        overdue=sum(overdue(each, on) is True for each in hazards),
    )


def _sum(counts: Iterable[tuple[str, str, int | None]]) -> Sum:
    found = list(counts)
    missing = tuple(f"{name}: inspection.{key}" for name, key, count in found if count is None)
    return Sum(sum(count for _, _, count in found if count is not None), missing)
