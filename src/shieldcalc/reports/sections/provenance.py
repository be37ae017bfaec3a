"""Where the numbers and rules come from, what computed them, and the lines to sign on."""

from shieldcalc.model.assessment import Assessment
from shieldcalc.reports.blocks import Block, facts, section, subheading, table, text
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.words import Words

_TABLE_COLUMNS = (("data_file", 1.8), ("title", 1.7), ("source", 2.2), ("confidence", 1.6), ("digest", 1.7))


def sources(assessment: Assessment, words: Words) -> Block:
    """Return methods, tables, instruments with their status, program and plugins."""
    methods = table(
        [(words.say("column.method"), 1.0, "l"), (words.say("column.source"), 3.0, "l")],
        ([visible(result.method), visible(result.reference)] for result in assessment.results),
    )
    on = words.say("instruments_title", on=assessment.on)
    blocks = [subheading(words.say("methods_title")), methods, subheading(words.say("tables_title"))]
    blocks += [_files(assessment, words), subheading(on), _instruments(assessment, words)]
    blocks += [subheading(words.say("program_title")), _program(assessment, words)]
    return section(words.say("section.sources"), blocks)


def _files(assessment: Assessment, words: Words) -> Block:
    keys = ("name", "title", "source", "confidence", "sha256")
    columns = [(words.say(f"column.{name}"), share, "l") for name, share in _TABLE_COLUMNS]
    return table(columns, ([visible(str(used.get(key, ""))) for key in keys] for used in assessment.tables))


def _instruments(assessment: Assessment, words: Words) -> Block:
    columns = [(words.say("column.instrument"), 1.6, "l"), (words.say("column.title"), 3.0, "l")]
    columns.append((words.say("column.status"), 2.6, "l"))
    rows = (
        [visible(str(status.get("id", ""))), words.instrument(status), words.status(status)]
        for status in assessment.instrument_status
    )
    return table(columns, rows)


def _program(assessment: Assessment, words: Words) -> Block:
    plugins = ", ".join(visible(f"{name} {version}") for name, version in assessment.plugins)
    return facts(
        [
            (words.say("label.program"), f"shieldcalc {assessment.version}"),
            (words.say("label.plugins"), plugins or words.say("none")),
            (words.say("label.input_file"), visible(assessment.design.file)),
            (words.say("label.input_hash"), assessment.design.sha256),
        ]
    )


def signatures(words: Words) -> Block:
    """Return empty lines for those who sign."""
    roles = [words.say(f"sign.{role}") for role in ("prepared", "checked", "approved")]
    parts = [words.say(f"sign.{part}") for part in ("name", "date", "signature")]
    block = {"type": "signatures", "roles": roles, "parts": parts}
    return section(words.say("section.signatures"), [text(words.say("note.signatures")), block])
