"""Every report on an accident: from whom, to whom, by when, counted from which event, in the place's own time."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any, NamedTuple

from shieldcalc.accident.grading import GRADES
from shieldcalc.accident.law import force_of
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.result import Duty, DutyStatus, Reckoning
from shieldcalc.resources import data_path

REPORTS_TABLE = "accident/reports.toml"
AT_ONCE = "at_once"
INCIDENT = "incident"


class Due(NamedTuple):
    """One report: the duty of the law, its kind, and when it is due.

    ``due`` is a moment, or the last day of a term in days; None where the event is not known or no term is stated.
    ``at_latest`` where it is not known: when every level before uses its whole term. ``applies`` None: not known.
    ``made``: when the next level is known to have received it.
    """

    id: str
    duty: Duty
    kind: str
    event: datetime | None
    term: str
    due: datetime | None
    at_latest: datetime | None
    applies: bool | None
    whole_day: bool
    made: datetime | None = None

    def passed(self, now: datetime | None) -> bool | None:
        """Return whether its time has passed; None where not asked, not known, already made, or it does not apply."""
        if now is None or self.due is None or self.applies is False or self.made is not None:
            return None
        return self._after(now, self.due)

    @property
    def late(self) -> bool:
        """Return whether a report with a stated term is known to have come after it."""
        if self.term == AT_ONCE or self.made is None or self.due is None:
            return False
        return self._after(self.made, self.due)

    def _after(self, moment: datetime, due: datetime) -> bool:
        return moment.date() > due.date() if self.whole_day else moment > due


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
    """Return the events that a report may be counted from, but for the discovery, and the receipts of reports."""
    links = [link["event"] for link in _data()["chain"]]
    names = dict.fromkeys([row["from"] for row in _data()["report"]] + links)
    return tuple(name for name in names if name != "discovered")


def places() -> tuple[str, ...]:
    """Return the places whose reports are held."""
    return tuple(row["jurisdiction"] for row in _data()["place"])


def place(jurisdiction: str) -> Place:
    """Return the place whose law holds there, the nearest that contains it; OutsideDataError where there is none."""
    here = f"{jurisdiction}/".lower()
    found = [row for row in _data()["place"] if here.startswith(f"{row['jurisdiction']}/".lower())]
    if not found:
        raise OutsideDataError("accident.no_reports", place=jurisdiction, held=", ".join(places()))
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
    where: Place,
    discovered: datetime,
    known: Mapping[str, datetime],
    grade: str | None = None,
    now: datetime | None = None,
) -> tuple[Due, ...]:
    """Return every report of a place, in the order of the file.

    ``known`` are the events that have happened; ``grade`` I to IV, None where it is not known; ``now`` the time at
    which a duty is told as overdue. Raises OutsideDataError for an event before the discovery.
    """
    for name, when in known.items():
        if when < discovered:
            raise OutsideDataError(
                "accident.before_discovery", event=name, time=shown(when), discovered=shown(discovered)
            )
    happened = {**known, "discovered": discovered}
    chain = _chain(where, happened)
    rows = [row for row in _data()["report"] if row["instrument"] in where.instruments]
    return tuple(_due(row, happened, chain, grade, now) for row in rows)


def _due(
    row: Mapping[str, Any],
    happened: Mapping[str, datetime],
    chain: Mapping[str, datetime],
    grade: str | None,
    now: datetime | None,
) -> Due:
    rule = _term(row)
    event = happened.get(row["from"])
    latest = chain.get(row["from"]) if event is None else None
    grades = row.get("grades", GRADES)
    found = Due(
        id=row["id"],
        duty=_duty(row, rule, happened["discovered"].date()),
        kind=row["kind"],
        event=event,
        term=row.get("term", AT_ONCE if rule.term == timedelta(0) else "stated"),
        due=_end(event, rule.term),
        at_latest=_end(latest, rule.term),
        applies=True if grades == GRADES else None if grade is None else grade in grades,
        whole_day=rule.term is not None and rule.term >= timedelta(days=1),
        made=min((happened[name] for name in _receipts(row["id"]) if name in happened), default=None),
    )
    return found._replace(duty=_dated(found, now))


def _duty(row: Mapping[str, Any], rule: "Term", on: date) -> Duty:
    """Return the duty of a report, without its day."""
    return Duty(
        rule=rule.id,
        instrument=row["instrument"],
        article=rule.article,
        what=f"report.accident.reports.kind.{row['kind']}",
        subject=INCIDENT,
        scope=INCIDENT,
        status="standing",
        force=force_of(row["instrument"], rule.confidence, on),
        due="",
        duty_holder=row["holder"],
        addressees=tuple(row["addressees"]),
        counted_from=row["from"],
    )


def _dated(found: Due, now: datetime | None) -> Duty:
    """Return the duty with its day and state: undetermined where its event or whether it applies is not known."""
    duty = found.duty
    day = "" if found.due is None else _iso(found.due, whole_day=found.whole_day)
    if found.event is not None:
        event = found.event.isoformat(timespec="minutes")
        way = Reckoning(counted_from=duty.counted_from, event=event, due=day)
        duty = replace(duty, due=day, ways=(way,) if day else ())
    elif found.term in (AT_ONCE, "stated"):
        duty = replace(duty, missing=(duty.counted_from,))
    if found.applies is None:
        duty = replace(duty, missing=(*duty.missing, "grade"))
    dated: DutyStatus = "late" if found.late else "overdue" if found.passed(now) else "due" if day else "standing"
    return replace(duty, status="undetermined" if duty.missing else dated)


def _iso(when: datetime, *, whole_day: bool) -> str:
    return when.date().isoformat() if whole_day else when.isoformat(timespec="minutes")


def _end(event: datetime | None, term: timedelta | None) -> datetime | None:
    return None if event is None or term is None else event + term


class Term(NamedTuple):
    """The rule of a report: its id, its term (None: the text states none), its article and how well that is known."""

    id: str
    term: timedelta | None
    article: str
    confidence: str


def _term(row: Mapping[str, Any]) -> Term:
    from shieldcalc.regulations.duty_rules import duties

    if "duty" not in row:
        term = timedelta(0) if row["term"] == AT_ONCE else None
        return Term(f"{row['instrument']}/{row['id']}", term, row["article"], row["confidence"])
    rule = next(each for each in duties(row["instrument"]) if each.id == row["duty"])
    count = rule.count[0]
    return Term(rule.full_id, timedelta(**{count.unit: count.amount}), rule.article, rule.confidence)


def _receipts(name: str) -> tuple[str, ...]:
    """Return the events by which a report is known to have been made: its receipt by the next level."""
    return tuple(link["event"] for link in _data()["chain"] if link["after"] == name)


def _chain(where: Place, happened: Mapping[str, datetime]) -> dict[str, datetime]:
    """Return when each level has the report at the latest, if every level before it uses its whole term."""
    found: dict[str, datetime] = dict(happened)
    rows = {row["id"]: row for row in _data()["report"] if row["instrument"] in where.instruments}
    for link in _data()["chain"]:
        row = rows.get(link["after"])
        if row is not None and row["from"] in found and link["event"] not in found:
            end = _end(found[row["from"]], _term(row).term)
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
    if any(each.duty.force == "repealed" for each in found):
        yield Notice("warnings.accident.vn_successor")
    if where.jurisdiction.startswith("VN"):
        yield Notice("warnings.accident.vn_no_hours")
    if where.jurisdiction == "CN":
        yield Notice("warnings.accident.cn_only_449")
