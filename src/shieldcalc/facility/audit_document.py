"""An audit as one JSON object and as a table of its findings."""

from dataclasses import asdict
from typing import Any

from shieldcalc import __version__
from shieldcalc.errors import Notice
from shieldcalc.facility.audit import Audit, RoomAudit, counts
from shieldcalc.facility.audit_ledger import entries, statistics
from shieldcalc.facility.audit_words import reasons, room_items, room_systems
from shieldcalc.facility.csv_table import csv_of
from shieldcalc.facility.document import document as due_document
from shieldcalc.facility.doses import Known, PersonYear
from shieldcalc.facility.items import Item, system_of
from shieldcalc.model.classification import ClassFound
from shieldcalc.model.facility import Document
from shieldcalc.regulations.rules import load
from shieldcalc.reports.json import document as check_document
from shieldcalc.reports.words import Words

COLUMNS = (
    "system", "room", "subject", "rule", "instrument", "article", "outcome", "force", "value", "unit", "comparator",
    "limit", "missing", "what", "reason",
)  # fmt: skip


def document(found: Audit, language: str) -> dict[str, Any]:
    """Return everything that the audit found; doses in mSv, days as ISO dates, null where not known."""
    words, dues = Words(language), due_document(found.dues, language)
    return {
        "schema": "shieldcalc/audit/1",
        "version": __version__,
        "language": language,
        "facility": dues["facility"],
        "on": found.on.isoformat(),
        "exit_code": found.exit_code,
        "verdict": words.say(f"audit.headline.{found.exit_code}"),
        "instruments": dues["instruments"],
        "asked_by_name": list(found.asked_by_name),
        "counts": dict(counts(found.items)),
        "findings": [finding_row(item, words) for item in found.items],
        "rooms": [_room(room, language) for room in found.rooms],
        "doses": [_year(each) for each in found.years],
        "licences": [dict(each._asdict()) for each in found.licences],
        "classifications": [_class(each) for each in found.classes],
        "unused": [{"subject": name, **_told(said, words)} for name, said in found.unused],
        "emergency": None if found.desk is None else found.desk.document(language),
        "neighbours": [dict(asdict(each)) for each in found.facility.neighbours],
        "documents": [_document(each, found.on.isoformat()) for each in found.documents],
        "hazards": entries(found),
        "statistics": statistics(found),
        "duties": dues["duties"],
        "not_in_force": dues["not_in_force"],
    }


def _class(each: ClassFound) -> dict[str, Any]:
    return {"system": system_of(each.ladder), "number": load(each.instrument).number, **asdict(each)}


def finding_row(item: Item, words: Words) -> dict[str, Any]:
    """Return one finding: codes, values unrounded, and its words."""
    finding = item.finding
    return {
        "system": item.system,
        "subject": finding.subject,
        "rule": finding.rule,
        "instrument": finding.instrument,
        "article": finding.article,
        "what": words.paraphrase(finding),
        "outcome": finding.outcome,
        "force": finding.force,
        "quantity": finding.quantity,
        "averaging": finding.averaging,
        "value": _plain(finding.value),
        "unit": finding.unit,
        "comparator": finding.comparator,
        "limit": _plain(finding.limit),
        "missing": list(item.missing),
        "reason": None if finding.reason is None else _told(finding.reason, words),
        "notices": [_told(notice, words) for notice in finding.notices],
    }


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _told(notice: Notice, words: Words) -> dict[str, str]:
    return {"code": notice.code, "text": words.notice(notice)}


def _room(room: RoomAudit, language: str) -> dict[str, Any]:
    own = {"id": room.room.id, "file": room.room.file, "sha256": room.room.sha256}
    systems = room_systems(room)
    return {
        **own,
        "exit_code": room.exit_code,
        "systems": systems,
        "check": None if room.found is None else check_document(room.found, language),
    }


def _document(each: Document, on: str) -> dict[str, Any]:
    days = {"date": each.dated, "expiry": each.expiry}
    told = {name: None if day is None else day.isoformat() for name, day in days.items()}
    expired = None if each.expiry is None else each.expiry.isoformat() < on
    return {"id": each.id, "title": each.title, "number": each.number or None, **told, "expired": expired}


def _year(each: PersonYear) -> dict[str, Any]:
    return {
        "person": each.person,
        "year": each.year,
        "kind": each.kind,
        "employers": list(each.employers),
        "doses_mSv": {tissue: _known(known) for tissue, known in each.doses.items()},
        "five_years": {"first": each.period[0], "last": each.period[1]},
        "five_years_mSv": {tissue: _known(known) for tissue, known in each.five_years.items()},
        "fetus_mSv": None if each.fetus is None else _known(each.fetus),
        "over": each.over,
    }


def _known(known: Known) -> dict[str, Any]:
    return {"recorded": float(known.mSv), "missing": list(known.missing)}


def findings_csv(found: Audit, language: str) -> bytes:
    """Return every finding as one row of a table (RFC 4180, UTF-8), those of rooms with the room's id."""
    words = Words(language)
    rows = [_cells("", item, words) for item in found.items]
    rows += [_cells(room.room.id, item, words) for room in found.rooms for item in room_items(room)]
    return csv_of(COLUMNS, rows)


def _cells(room: str, item: Item, words: Words) -> list[object]:
    row = finding_row(item, words) | {"room": room, "missing": "; ".join(item.missing)}
    row["reason"] = "; ".join(reasons(item, words))
    return ["; ".join(map(str, row[name])) if isinstance(row[name], list) else row[name] for name in COLUMNS]
