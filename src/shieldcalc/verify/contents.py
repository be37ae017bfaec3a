"""What a submission holds, before anything is computed."""

from dataclasses import asdict
from datetime import date
from typing import Any

from shieldcalc.reports.blocks import facts, section, table
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.words import Words
from shieldcalc.verify.quantities import BY_FIELD
from shieldcalc.verify.run import Submission


def content(read: Submission, language: str) -> dict[str, Any]:
    """Return what a submission holds as the content of a report."""
    words, stated = Words(language), read.statement

    def column(name: str, align: str = "l") -> tuple[str, float, str]:
        return words.say(f"verify.column.{name}"), 1.0, align

    claims = (
        [
            visible(each.id),
            visible(each.subject),
            BY_FIELD.get(each.quantity, each.quantity),
            visible(each.written),
            visible(each.method),
        ]
        for each in stated.claims
    )
    rows = (
        [visible(each.id), visible(each.subject), visible(each.instrument), visible(each.file)]
        for each in stated.readings
    )
    files = ([visible(name), digest] for name, digest in read.hashes.items())
    sections = [
        section(
            words.say("verify.label.claims"),
            [table([*map(column, ("id", "place", "quantity", "claim", "by"))], claims)],
        ),
        section(
            words.say("verify.label.readings"), [table([*map(column, ("id", "place", "instrument", "file"))], rows)]
        ),
        section(words.say("verify.section.files"), [table([*map(column, ("file", "sha256"))], files)]),
    ]
    head = [
        (words.say("verify.label.applicant"), visible(stated.applicant)),
        (words.say("verify.label.designs"), ", ".join(map(visible, stated.designs))),
    ]
    sealed = words.say("verify.manifest" if read.manifest else "verify.no_manifest")
    return {
        "title": words.say("verify.submission"),
        "running": visible(read.name),
        "facts": facts(head),
        "verdict": {"text": sealed, "note": "", "tone": "pass" if read.manifest else "undetermined"},
        "sections": [part for part in sections if part["blocks"]],
    }


def document(read: Submission) -> dict[str, Any]:
    """Return what a submission holds as JSON-like data."""
    stated = read.statement
    return {
        "applicant": stated.applicant,
        "reference": stated.reference,
        "date": stated.dated.isoformat() if stated.dated else None,
        "designs": list(stated.designs),
        "manifest": read.manifest,
        "files": read.hashes,
        "claims": [asdict(each) for each in stated.claims],
        "readings": [{key: _plain(value) for key, value in asdict(each).items()} for each in stated.readings],
        "attachments": [asdict(each) for each in stated.attachments],
        "warnings": [],
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
