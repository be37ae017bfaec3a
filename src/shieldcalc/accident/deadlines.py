"""Every report on an accident: from whom, to whom, by when, counted from which event, in the place's own time."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Any, NamedTuple

from shieldcalc.accident.grading import GRADES
from shieldcalc.accident.law import force_of
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.result import Force
from shieldcalc.resources import data_path

REPORTS_TABLE = "accident/reports.toml"
AT_ONCE = "at_once"


class Due(NamedTuple):
    """One report: who, to whom, of which kind, counted from which event, due when.

    ``due`` is a moment, or the last day of a term in days; None where the event is not known or no term is stated.
    ``at_latest`` where it is not known: when every level before uses its whole term. ``applies`` None: not known.
    """

    id: str
    instrument: str
    article: str
    kind: str
    holder: str
    addressees: tuple[str, ...]
    counted_from: str
    event: datetime | None
    term: str
    due: datetime | None
    at_latest: datetime | None
    applies: bool | None
    force: Force
    whole_day: bool


class Place(NamedTuple):
    """Where: jurisdiction as the data name it, its time zone, the instruments of its reports."""

    jurisdiction: str
    zone: timezone
    instruments: tuple[str, ...]


@cache
def _data() -> dict[str, Any]:
    import tomllib

    with open(data_path(*REPORTS_TABLE.split("/")), "rb") as file:
        return tomllib.load(file)


def events() -> tuple[str, ...]:
    """Return the events that a report may be counted from, but for the discovery."""
    names = dict.fromkeys(row["from"] for row in _data()["report"])
    return tuple(name for name in names if name != "discovered")


def place(jurisdiction: str) -> Place:
    """Return the place whose law holds there, the nearest that contains it; OutsideDataError where there is none."""
    here = f"{jurisdiction}/".lower()
    found = [row for row in _data()["place"] if here.startswith(f"{row['jurisdiction']}/".lower())]
    if not found:
        held = ", ".join(row["jurisdiction"] for row in _data()["place"])
        raise OutsideDataError("accident.no_reports", place=jurisdiction, held=held)
    row = max(found, key=lambda each: len(each["jurisdiction"]))
    return Place(row["jurisdiction"], _zone(row["zone"]), tuple(row["instruments"]))


def _zone(text: str) -> timezone:
    hours, minutes = text[1:].split(":")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if text[0] == "-" else offset)


def moment(option: str, text: str, zone: timezone) -> tuple[datetime, bool]:
    """Return a written time in a zone, and whether its hour was said; without offset it is the place's own time.

    A day without an hour counts from its first minute, which is the safe side.
    """
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise OutsideDataError("accident.not_a_time", option=option, value=text) from None
    if not 1950 <= found.year <= 2150:
        raise OutsideDataError("accident.not_a_time", option=option, value=text)
    own = found.replace(tzinfo=zone) if found.tzinfo is None else found.astimezone(zone)
    return own, len(text.strip()) > len("2026-01-01")


def dues(
    where: Place, discovered: datetime, known: Mapping[str, datetime], grade: str | None = None
) -> tuple[Due, ...]:
    """Return every report of a place, in the order of the file.

    ``known`` are the events that have happened; ``grade`` I to IV, None where it is not known. Raises OutsideDataError
    for an event before the discovery.
    """
    for name, when in known.items():
        if when < discovered:
            raise OutsideDataError(
                "accident.before_discovery", event=name, time=shown(when), discovered=shown(discovered)
            )
    happened = {**known, "discovered": discovered}
    return tuple(_dues(where, happened, grade))


def _dues(where: Place, happened: Mapping[str, datetime], grade: str | None) -> Iterator[Due]:
    chain = _chain(where, happened)
    for row in _data()["report"]:
        if row["instrument"] in where.instruments:
            yield _due(row, happened, chain, grade)


def _due(
    row: Mapping[str, Any], happened: Mapping[str, datetime], chain: Mapping[str, datetime], grade: str | None
) -> Due:
    term, article, confidence = _term(row)
    event = happened.get(row["from"])
    latest = chain.get(row["from"]) if event is None else None
    grades = row.get("grades", GRADES)
    on = happened["discovered"].date()
    return Due(
        row["id"],
        row["instrument"],
        article,
        row["kind"],
        row["holder"],
        tuple(row["addressees"]),
        row["from"],
        event,
        row.get("term", AT_ONCE if term == timedelta(0) else "stated"),
        _end(event, term),
        _end(latest, term),
        True if grades == GRADES else None if grade is None else grade in grades,
        _force(row, confidence, on),
        term is not None and term >= timedelta(days=1),
    )


def _force(row: Mapping[str, Any], confidence: str, on: date) -> Force:
    return force_of(row["instrument"], confidence, on)


def _end(event: datetime | None, term: timedelta | None) -> datetime | None:
    return None if event is None or term is None else event + term


def _term(row: Mapping[str, Any]) -> tuple[timedelta | None, str, str]:
    """Return the term of a report (None: the text states none), its article and how well that is known."""
    from shieldcalc.regulations.duty_rules import duties

    if "duty" not in row:
        return timedelta(0) if row["term"] == AT_ONCE else None, row["article"], row["confidence"]
    rule = next(each for each in duties(row["instrument"]) if each.id == row["duty"])
    count = rule.count[0]
    return timedelta(**{count.unit: count.amount}), rule.article, rule.confidence


def _chain(where: Place, happened: Mapping[str, datetime]) -> dict[str, datetime]:
    """Return when each level has the report at the latest, if every level before it uses its whole term."""
    found: dict[str, datetime] = dict(happened)
    rows = {row["id"]: row for row in _data()["report"] if row["instrument"] in where.instruments}
    for link in _data()["chain"]:
        row = rows.get(link["after"])
        if row is not None and row["from"] in found and link["event"] not in found:
            end = _end(found[row["from"]], _term(row)[0])
            if end is not None:
                found[link["event"]] = end
    return found


def shown(when: datetime) -> str:
    """Return a moment with its zone: "2026-03-01 10:15 +07:00"."""
    text = when.isoformat(sep=" ", timespec="minutes")
    return f"{text[:16]} {text[16:]}"


def notices(found: tuple[Due, ...], where: Place, hour_said: bool) -> Iterator[Notice]:
    """Yield what is to be said of all reports together."""
    if not hour_said:
        yield Notice("warnings.accident.no_hour")
    if any(each.force == "repealed" for each in found):
        yield Notice("warnings.accident.vn_successor")
    if where.jurisdiction.startswith("VN"):
        yield Notice("warnings.accident.vn_no_hours")
    if where.jurisdiction == "CN":
        yield Notice("warnings.accident.cn_only_449")


def utc(when: datetime) -> str:
    """Return a moment in universal time."""
    return when.astimezone(UTC).isoformat(timespec="minutes")
