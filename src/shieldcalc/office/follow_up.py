"""What became of what was found: inspections and hazards that officers record, and the six statistics of them."""

from datetime import date
from sqlite3 import Row
from typing import Any, NamedTuple
from unicodedata import normalize

from shieldcalc.facility.hazards import Statistics, overdue, statistics
from shieldcalc.model.facility import Hazard, Inspection
from shieldcalc.office.ledger import Ledger
from shieldcalc.office.refusal import OfficeError

LONGEST = 200
TABLES = {"inspection": "inspection", "hazard": "follow_up"}
COMMANDS = {
    "inspection": "shieldcalc office inspection",
    "hazard": "shieldcalc office follow-up",
    "submission": "shieldcalc office list",
    "rule": "shieldcalc office show",
}


class Register(NamedTuple):
    """The inspections and hazards of a ledger, as a facility's file has them."""

    name: str
    inspections: tuple[Inspection, ...]
    hazards: tuple[Hazard, ...]
    ledger: bool | None = None


class Change(NamedTuple):
    """What an officer records of a hazard; None leaves what is held."""

    unit: str | None = None
    submission: str | None = None
    rule: str | None = None
    what: str | None = None
    inspection: str | None = None
    found: date | None = None
    deadline: date | None = None
    corrected: date | None = None


def register(ledger: Ledger) -> Register:
    """Return the inspections and hazards that a ledger holds."""
    visits = tuple(
        Inspection(id=row["id"], unit=row["unit"], date=date.fromisoformat(row["day"]),
                   officers=row["officers"], vehicles=row["vehicles"])
        for row in ledger.rows("SELECT * FROM inspection ORDER BY day, id")
    )  # fmt: skip
    hazards = tuple(
        Hazard(id=row["id"], what=row["what"], unit=row["unit"], inspection=row["inspection"],
               found=date.fromisoformat(row["found"]), deadline=_day(row["deadline"]), corrected=_day(row["corrected"]))
        for row in ledger.rows("SELECT * FROM follow_up ORDER BY found, id")
    )  # fmt: skip
    return Register("", visits, hazards)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def last_day(ledger: Ledger) -> date | None:
    """Return the last day of an inspection, a finding or a correction; None where nothing is recorded."""
    days = "SELECT day FROM inspection UNION SELECT found FROM follow_up UNION SELECT corrected FROM follow_up"
    return _day(next(ledger.rows(f"SELECT max(day) FROM ({days})"))[0])


def six(ledger: Ledger, on: date, period: str) -> tuple[Statistics, ...]:
    """Return the six statistics of each period up to a day (Shuozhou 42/2024, 4(5)), as of a facility's ledger."""
    return statistics(register(ledger), on, period)


def overdue_on(ledger: Ledger, on: date) -> tuple[Hazard, ...]:
    """Return the hazards open beyond their deadline on a day."""
    return tuple(each for each in register(ledger).hazards if overdue(each, on) and each.found <= on)


def inspected(ledger: Ledger, visit: Inspection) -> None:
    """Keep one visit in the place of what its id held; hazards found on it are of its unit.

    Raises OfficeError for what is no id or name, and where a hazard was found before the day.
    """
    _plain(visit.id, visit.unit)
    unit, day = normalize("NFC", visit.unit), visit.date.isoformat()
    found = list(ledger.rows("SELECT * FROM follow_up WHERE inspection = ?", (visit.id,)))
    for each in found:
        _not_before(each["id"], each["found"], visit.id, day)
    moved = [("follow_up", tuple({**_row(each), "unit": unit}.values())) for each in found]
    ledger.put(("inspection", (visit.id, unit, day, visit.officers, visit.vehicles)), *moved)


def withdrawn(ledger: Ledger, kind: str, name: str) -> None:
    """Take an "inspection" or a "hazard" that was recorded by mistake out of the ledger.

    Raises OfficeError where it is not held, and for an inspection on which hazards were found.
    """
    table = TABLES[kind]
    if not any(ledger.rows(f"SELECT 1 FROM {table} WHERE id = ?", (name,))):
        raise OfficeError(f"office.unknown_{kind}", name=name, command=COMMANDS[kind])
    found = [row["id"] for row in ledger.rows("SELECT id FROM follow_up WHERE inspection = ? ORDER BY id", (name,))]
    if kind == "inspection" and found:
        raise OfficeError("office.used", name=name, hazards=", ".join(found))
    ledger.drop(table, name)


def followed_up(ledger: Ledger, name: str, change: Change) -> Hazard:
    """Record a hazard, or what has become of one that is held, and return it as it stands then.

    Found on an inspection, its unit and its day are those of the inspection where they are not said. Raises OfficeError
    where its day of finding or its unit is not said, a day comes before that of finding or of the inspection, the unit
    is not that of the inspection, and where the submission, its rule or the inspection is not in the ledger.
    """
    _plain(name, *(each for each in change[:5] if each))
    held = next(ledger.rows("SELECT * FROM follow_up WHERE id = ?", (name,)), None)
    old = {} if held is None else _row(held)
    new = {key: value.isoformat() if isinstance(value, date) else value for key, value in change._asdict().items()}
    row = {key: old.get(key) if value is None else value for key, value in new.items()}
    row |= {key: "" for key in ("unit", "submission", "rule", "what", "inspection") if row[key] is None}
    visit = next(ledger.rows("SELECT * FROM inspection WHERE id = ?", (row["inspection"],)), None)
    row["unit"] = normalize("NFC", row["unit"] or _unit(ledger, row, visit))
    row["found"] = row["found"] or (visit["day"] if visit else None)
    _check(ledger, name, row, visit)
    keys = ("unit", "submission", "rule", "what", "inspection", "found", "deadline", "corrected")
    ledger.put(("follow_up", (name, *(row[key] for key in keys))))
    return next(each for each in register(ledger).hazards if each.id == name)


def _row(held: Row) -> dict[str, Any]:
    return dict(zip(held.keys(), tuple(held), strict=True))


def _not_before(hazard: str, found: str, inspection: str, day: str) -> None:
    if found < day:
        raise OfficeError("office.before_visit", id=hazard, value=found, inspection=inspection, day=day)


def _plain(*texts: str) -> None:
    for text in texts:
        if not text.strip() or len(text) > LONGEST or not text.isprintable():
            raise OfficeError("office.text", value=text[:60], longest=LONGEST)


def _unit(ledger: Ledger, row: dict[str, Any], visit: Row | None) -> str:
    """Return the unit that the inspection visited, or that the submission is of."""
    if visit:
        return str(visit["unit"])
    held = ledger.rows("SELECT applicant FROM submission WHERE name = ?", (row["submission"],))
    return next((str(each["applicant"]) for each in held), "")


def _check(ledger: Ledger, name: str, row: dict[str, Any], visit: Row | None) -> None:
    for table, key in (("inspection", "id"), ("submission", "name")):
        if row[table] and not list(ledger.rows(f"SELECT {key} FROM {table} WHERE {key} = ?", (row[table],))):
            raise OfficeError(f"office.unknown_{table}", name=row[table], command=COMMANDS[table])
    if row["rule"] and not list(
        ledger.rows("SELECT rule FROM finding WHERE submission = ? AND rule = ?", (row["submission"], row["rule"]))
    ):
        raise OfficeError("office.unknown_rule", name=row["submission"], rule=row["rule"], command=COMMANDS["rule"])
    if not row["found"] or not row["unit"]:
        raise OfficeError("office.hazard_needs", id=name, days="--found", units="--unit, --submission, --inspection")
    if visit:
        _not_before(name, row["found"], visit["id"], visit["day"])
        if row["unit"] != visit["unit"]:
            told = {"value": row["unit"], "inspection": visit["id"], "unit": visit["unit"]}
            raise OfficeError("office.hazard_elsewhere", id=name, **told)
    for key in ("deadline", "corrected"):
        if row[key] and str(row[key]) < row["found"]:
            raise OfficeError("office.before_found", id=name, value=row[key], found=row["found"])
