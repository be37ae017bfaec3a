"""What the office tells as JSON and as tables; names are only ever added within one major version of a schema."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from shieldcalc.facility.audit_ledger import SIX
from shieldcalc.facility.csv_table import csv_of
from shieldcalc.facility.hazards import Statistics, Sum
from shieldcalc.office.codec import notice_of, refusal_of
from shieldcalc.office.summary import Summary, worst
from shieldcalc.office.what_if import Rejudged
from shieldcalc.reports.words import Words

_COLUMNS = ("part", "name", "article", "rule", "outcome", "submission", "design", "place", "count", "value")
_LISTED = ("name", "applicant", "reference", "dated", "outcome", "exit_code", "margin")
_CHANGED = ("submission", "applicant", "design", "on", "before", "after", "rules")


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
            {"rule": own.rule, "article": own.article, "subject": own.subject, "outcome": own.outcome,
             "force": own.force, "margin": own.margin, "method": own.method}
            for own in each.findings
        ],
    }  # fmt: skip


def what_if(ledger: str, found: Sequence[Rejudged]) -> dict[str, Any]:
    """Return what another law would do."""
    rooms = [_rejudged(each) for each in found]
    told = {"schema": "shieldcalc/office-what-if/1", "ledger": ledger, "changes": worst(found)}
    return {**told, "rooms": rooms, "warnings": []}


def what_if_csv(found: Iterable[Rejudged]) -> bytes:
    """Return one row a room; ``after`` is empty where it must be verified again."""
    rows = (
        [each.submission, each.applicant, each.design, each.on, each.before, each.after,
         "; ".join(dict.fromkeys(own.rule for own in each.findings))]
        for each in found
    )  # fmt: skip
    return csv_of(_CHANGED, rows)


def listing(rows: Sequence[Mapping[str, Any]], ledger: str) -> dict[str, Any]:
    """Return submissions."""
    return {"schema": "shieldcalc/office-list/1", "ledger": ledger, "submissions": list(rows), "warnings": []}


def listing_csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return submissions as a table."""
    return csv_of(_LISTED, ([row[name] for name in _LISTED] for row in rows))


def submission(found: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return what is held of one submission, sentences in the language."""
    words = Words(language)
    own = {key: value for key, value in found.items() if key not in ("refusal", "again")}
    own |= {key: json.loads(own[key]) for key in ("asked", "plugins")} | {"manifest": bool(own["manifest"])}
    own["reasons"] = [
        {**{key: value for key, value in row.items() if key not in ("submission", "said")},
         "text": words.notice(notice_of(row["said"]))} for row in found["reasons"]
    ]  # fmt: skip
    own["rooms"] = [
        {**row, **{key: json.loads(row[key]) for key in ("instruments", "methods")}} for row in own["rooms"]
    ]
    refused = refusal_of(found["refusal"]).text(language) if found["refusal"] else None
    return {"schema": "shieldcalc/office-show/1", "language": language, **own, "refused": refused, "warnings": []}


def report_csv(found: Summary) -> bytes:
    """Return every number of a report as one table: ``part`` says what a row is of."""
    return csv_of(_COLUMNS, ([row.get(name, "") for name in _COLUMNS] for row in _rows(found)))


def _rows(found: Summary) -> Iterator[dict[str, object]]:
    for name, count in found.outcomes.items():
        yield {"part": "outcome", "outcome": name, "count": count}
    for row in found.findings:
        law = {"name": row["instrument"], "article": row["article"], "rule": row["rule"], "outcome": row["outcome"]}
        yield {"part": "finding", **law, "count": row["submissions"], "value": row["places"]}
    for row in found.kinds:
        yield {"part": "kind", "name": row["code"], "outcome": row["weight"], "count": row["submissions"]}
    for row in found.margins:
        place = {"submission": row["submission"], "design": row["design"], "place": row["subject"]}
        yield {"part": "margin", **place, "rule": row["rule"], "outcome": row["outcome"], "value": row["margin"]}
    for each in found.newest:
        room = {"submission": each.submission, "design": each.design}
        yield {"part": "newest_law", **room, "value": "" if each.after is None else each.after}
    for stat in found.statistics:
        told = _statistics(stat)
        for name in (*SIX, "overdue"):
            yield {"part": f"statistic {stat.period}", "name": name, "place": stat.unit, "count": told[name]}
    for name, said in found.refused:
        yield {"part": "refused", "submission": name, "value": said}
