"""DutyRule: what an instrument wants done, by whom, and how its day is counted (format: docs/rules.md)."""

from datetime import date
from functools import cache
from os.path import isfile
from typing import Any, NamedTuple

from shieldcalc.records import dataclass
from shieldcalc.regulations.rules import Condition, LoadedInstrument, load
from shieldcalc.resources import data_path

UNITS = ("hours", "days", "working_days", "months", "years")


class Count(NamedTuple):
    """One way to count: an amount of a unit after, or ``ahead`` of, the first of ``names`` that has a date.

    ``grid``: on each anniversary of it; ``amount_of`` names the fact that holds the amount.
    """

    names: tuple[str, ...]
    unit: str
    amount: int
    ahead: bool = False
    grid: bool = False
    amount_of: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyRule:
    """One duty of an instrument. ``timing``: once after each event, recurring, yearly on a day, fixed, standing.

    ``day`` is (month, day) of a yearly duty, ``on`` the day of a fixed one; ``boundary`` says whether that day itself
    is in time. ``done`` names the events that fulfil it from the event counted from on; with ``done_since`` from that
    other event on, with ``done_any`` whenever they were. ``done_in_time`` names those that do so within the term only.
    ``stated``: the law states no day, so that it is overdue only where the file says that it was not done.
    """

    id: str
    instrument: str
    article: str
    scope: str
    timing: str
    confidence: str
    effective: date
    expiry: date | None
    holder: str
    addressee: tuple[str, ...] = ()
    facility: tuple[str, ...] = ()
    not_facility: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    not_equipment: tuple[str, ...] = ()
    meter: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    not_role: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    count: tuple[Count, ...] = ()
    day: tuple[int, int] | None = None
    on: date | None = None
    boundary: str = "included"
    about: str = ""
    day_one: str = "not_counted"
    done: tuple[str, ...] = ()
    done_any: bool = False
    done_since: str = ""
    done_in_time: tuple[str, ...] = ()
    needs_anchor: bool = False
    late: bool = False
    stated: bool = False
    notes: tuple[str, ...] = ()

    @property
    def full_id(self) -> str:
        """Return the id that is unique over all instruments: ``VN-LC-24-2015/6.1a.xray``."""
        return f"{self.instrument}/{self.id}"

    @property
    def paraphrase(self) -> str:
        """Return the code of the duty's paraphrase in the texts."""
        return f"rules.{self.instrument}.duty.{self.id}"


def duties(instrument: str) -> tuple[DutyRule, ...]:
    """Return the duties of a shipped instrument, none where it has no file of duties.

    Raises InputError with file, line, key and nearest guess for anything in the file that the format does not know.
    """
    path = data_path("regulations", "duties", f"{instrument.lower()}.toml")
    return _read(path, instrument) if isfile(path) else ()


@cache
def _read(path: str, instrument: str) -> tuple[DutyRule, ...]:
    from shieldcalc.regulations.duty_schema import read

    head = load(instrument)
    return tuple(_rule(head, row) for row in read(path, instrument))


def _rule(head: LoadedInstrument, row: dict[str, Any]) -> DutyRule:
    own: dict[str, Any] = {"effective": head.effective, "expiry": head.expiry}
    own |= {key: value for key, value in row.items() if value is not None and key not in ("day", "date")}
    own |= {key: tuple(map(_condition, row[key] or ())) for key in ("when", "unless")}
    own["count"] = tuple(map(_count, row["count"] or ()))
    month, _, day = (row["day"] or "").partition("-")
    return DutyRule(**own, instrument=head.id, day=(int(month), int(day)) if month else None, on=row["date"])


def _condition(row: dict[str, Any]) -> Condition:
    return Condition(row["quantity"], row["comparator"], row["value"])


def _count(row: dict[str, Any]) -> Count:
    unit = next((unit for unit in UNITS if row[unit] is not None), "months")
    return Count(
        names=row["from"],
        unit=unit,
        amount=int(row[unit] or 0),
        ahead=bool(row["ahead"]),
        grid=bool(row["grid"]),
        amount_of=row["months_of"] or "",
    )
