"""What a submission holds, before anything is computed."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from shieldcalc.reports.blocks import Block, facts, section, table
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.words import Words
from shieldcalc.verify.quantities import BY_FIELD
from shieldcalc.verify.run import Submission


def content(read: Submission, language: str) -> dict[str, Any]:
    """Return what a submission holds as the content of a report."""
    words, stated = Words(language), read.statement
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
        "sections": [part for part in _sections(read, words) if part["blocks"]],
    }


def _sections(read: Submission, words: Words) -> Iterator[Block]:
    """Yield claims, readings and files, each as a table; empty where there are none."""
    stated = read.statement

    def listed(title: str, columns: tuple[str, ...], rows: Iterable[list[str]]) -> Block:
        heads = [(words.say(f"verify.column.{name}"), 1.0, "l") for name in columns]
        return section(words.say(f"verify.{title}"), [table(heads, rows)])

    claims = (
        [each.id, each.subject, BY_FIELD.get(each.quantity, each.quantity), each.written, each.method]
        for each in stated.claims
    )
    yield listed(
        "label.claims", ("id", "place", "quantity", "claim", "by"), (list(map(visible, row)) for row in claims)
    )
    rows = ([each.id, each.subject, each.instrument, each.file] for each in stated.readings)
    yield listed("label.readings", ("id", "place", "instrument", "file"), (list(map(visible, row)) for row in rows))
    yield listed("section.files", ("file", "sha256"), ([visible(name), value] for name, value in read.hashes.items()))


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
