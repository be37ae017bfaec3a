"""What the office tells as JSON and as tables; names are only ever added within one major version of a schema."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from shieldcalc.facility.audit_ledger import SIX
from shieldcalc.facility.hazards import Statistics, Sum
from shieldcalc.office.codec import notice_of, refusal_of
from shieldcalc.office.summary import Summary, worst
from shieldcalc.office.table import Table
from shieldcalc.office.what_if import Rejudged
from shieldcalc.reports.words import Words

_COLUMNS = (
    ("part", str), ("name", str), ("article", str), ("rule", str), ("outcome", str), ("submission", str),
    ("design", str), ("place", str), ("count", int), ("value", float), ("text", str), ("force", str), ("on", str),
    ("before", int), ("after", int),
)  # fmt: skip
_LISTED = (
    ("name", str), ("applicant", str), ("reference", str), ("dated", str), ("outcome", str), ("exit_code", int),
    ("margin", float), ("gone", bool),
)  # fmt: skip
_CHANGED = (
    ("submission", str), ("applicant", str), ("design", str), ("on", str), ("before", int), ("after", int),
    ("rules", str),
)  # fmt: skip


def report(found: Summary, language: str) -> dict[str, Any]:
    """Return a report."""
    return {
        "schema": "shieldcalc/office-report/1",
        "language": language,
        "ledger": found.ledger,
        "on": found.on.isoformat() if found.on else None,
        "submissions": found.submissions,
        "units": found.units,
        "rooms": found.rooms,
        "gone": found.gone,
        "copies": found.copies,
        "outcomes": dict(found.outcomes),
        "findings": list(found.findings),
        "kinds": list(found.kinds),
        "margins": list(found.margins),
        "newest_law": [_rejudged(each) for each in found.newest],
        "statistics": [_statistics(row) for row in found.statistics],
        "overdue": [{"id": each.id, "unit": each.unit, "deadline": str(each.deadline)} for each in found.overdue],
        "refused": [{"submission": name, "text": said} for name, said in found.refused],
        "warnings": [],
    }


def _statistics(row: Statistics) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in SIX}
    plain = {name: value.known if isinstance(value, Sum) else value for name, value in values.items()}
    missing = [*row.officers.missing, *row.vehicles.missing]
    told = {"neither": row.neither, "over": row.over, "corrected": row.corrected, "overdue": row.overdue}
    return {"period": row.period, "unit": row.unit or None, **plain, **told, "missing": missing}


def _rejudged(each: Rejudged) -> dict[str, Any]:
    return {
        "submission": each.submission,
        "design": each.design,
        "on": each.on,
        "instruments": list(each.instruments),
        "before": each.before,
        "after": each.after,
        "findings": [
            own._asdict()
            for own in each.findings
        ],
    }  # fmt: skip


def what_if(ledger: str, found: Sequence[Rejudged]) -> dict[str, Any]:
    """Return what another law would do."""
    rooms = [_rejudged(each) for each in found]
    told = {"schema": "shieldcalc/office-what-if/1", "ledger": ledger, "changes": worst(found)}
    return {**told, "rooms": rooms, "warnings": []}


def what_if_table(found: Iterable[Rejudged]) -> Table:
    """Return one row a room; ``after`` is empty where it must be verified again."""
    rows = (
        [each.submission, each.applicant, each.design, each.on, each.before, each.after, _rules(each)]
        for each in found
    )  # fmt: skip
    return Table(_CHANGED, rows)


def _rules(each: Rejudged) -> str:
    return "; ".join(dict.fromkeys(own.rule for own in each.findings))


def listing(rows: Sequence[Mapping[str, Any]], ledger: str) -> dict[str, Any]:
    """Return submissions."""
    return {"schema": "shieldcalc/office-list/1", "ledger": ledger, "submissions": list(rows), "warnings": []}


def listing_table(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return submissions as a table."""
    return Table(_LISTED, ([row[name] for name, _ in _LISTED] for row in rows))


def submission(found: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return what is held of one submission, sentences in the language."""
    words = Words(language)
    own = {key: value for key, value in found.items() if key not in ("refusal", "again")}
    own |= {key: json.loads(own[key]) for key in ("asked", "plugins")}
    own |= {key: bool(own[key]) for key in ("manifest", "gone")}
    own["reasons"] = [
        {**{key: value for key, value in row.items() if key not in ("submission", "said")},
         "text": words.notice(notice_of(row["said"]))} for row in found["reasons"]
    ]  # fmt: skip
    own["rooms"] = [
        {**row, **{key: json.loads(row[key]) for key in ("instruments", "methods")}} for row in own["rooms"]
    ]
    refused = refusal_of(found["refusal"]).text(language) if found["refusal"] else None
    return {"schema": "shieldcalc/office-show/1", "language": language, **own, "refused": refused, "warnings": []}


def report_table(found: Summary) -> Table:
    """Return every number of a report as one table: ``part`` says what a row is of."""
    return Table(_COLUMNS, ([row.get(name) for name, _ in _COLUMNS] for row in _rows(found)))


def _rows(found: Summary) -> Iterator[dict[str, object]]:
    held = (("submissions", found.submissions), ("units", found.units), ("rooms", found.rooms))
    for name, count in (*held, ("gone", found.gone), ("copies", found.copies)):
        yield {"part": "held", "name": name, "count": count}
    for name, count in found.outcomes.items():
        yield {"part": "outcome", "outcome": name, "count": count}
    for row in found.findings:
        law = {"name": row["instrument"], "article": row["article"], "rule": row["rule"], "outcome": row["outcome"]}
        yield {"part": "finding", **law, "force": row["force"], "count": row["submissions"], "value": row["places"]}
    for row in found.kinds:
        yield {"part": "kind", "name": row["code"], "outcome": row["weight"], "count": row["submissions"]}
    for row in found.margins:
        place = {"submission": row["submission"], "design": row["design"], "place": row["subject"]}
        yield {"part": "margin", **place, "rule": row["rule"], "outcome": row["outcome"], "value": row["margin"]}
    for each in found.newest:
        room = {"submission": each.submission, "design": each.design}
        law = {"on": each.on, "name": "; ".join(each.instruments), "rule": _rules(each)}
        yield {"part": "newest_law", **room, **law, "value": each.after, "before": each.before, "after": each.after}
    for stat in found.statistics:
        told = _statistics(stat)
        for name in (*SIX, "neither", "corrected", "overdue"):
            value = getattr(stat, name)
            missing = "; ".join(value.missing) if isinstance(value, Sum) else ""
            row = {"part": f"statistic {stat.period}", "name": name, "place": stat.unit, "count": told[name]}
            yield {**row, "on": str(found.on), "text": missing}
    for late in found.overdue:
        yield {"part": "overdue", "name": late.id, "place": late.unit, "text": late.what, "on": str(late.deadline)}
    for name, said in found.refused:
        yield {"part": "refused", "submission": name, "text": said}
