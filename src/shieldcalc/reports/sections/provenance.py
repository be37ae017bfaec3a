"""Where the numbers and rules come from, what computed them, and the lines to sign on."""

from collections.abc import Iterable, Mapping

from shieldcalc.model.assessment import Assessment, PluginUsed
from shieldcalc.reports.blocks import Block, facts, section, subheading, table, text
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.words import Words

_CONFIDENCE = (
    ("cross-checked", "cross_checked"),
    ("per row", "per_row"),
    ("computed", "computed"),
    ("own", "own"),
    ("recalled", "recalled"),
    ("printed", "printed"),
)
_TABLE_COLUMNS = (("data_file", 1.8), ("title", 1.7), ("source", 2.2), ("confidence", 1.6), ("digest", 1.7))


def sources(assessment: Assessment, words: Words) -> Block:
    """Return methods, tables, program and plugins."""
    methods = table(
        [(words.say("column.method"), 1.0, "l"), (words.say("column.source"), 3.0, "l")],
        ([visible(result.method), words.citation(result.reference)] for result in assessment.results),
    )
    blocks = [subheading(words.say("methods_title")), methods, subheading(words.say("tables_title"))]
    blocks += [_files(assessment, words), subheading(words.say("program_title")), _program(assessment, words)]
    return section(words.say("section.sources"), blocks)


def _files(assessment: Assessment, words: Words) -> Block:
    columns = [(words.say(f"column.{name}"), share, "l") for name, share in _TABLE_COLUMNS]
    return table(columns, (_file_row(used, words) for used in assessment.tables))


def _file_row(used: Mapping[str, str], words: Words) -> list[str]:
    source, sure = words.citation(used.get("source", "")), _confidence(used.get("confidence", ""), words)
    digest = visible(used.get("sha256", ""))
    return [visible(used.get("name", "")), title_of(used, words), source, sure, digest]


def title_of(used: Mapping[str, str], words: Words) -> str:
    """Return the title of a data file in the language, or as the file gives it."""
    name = used.get("name", "")
    known = words.has(f"report.data_title.{name}")
    return words.named("data_title", name) if known else visible(used.get("title", ""))


def _confidence(sure: str, words: Words) -> str:
    """Return how sure a file is: its own words in English, else the class that they begin with."""
    if words.language == "en":
        return visible(sure)
    begins = next((name for start, name in _CONFIDENCE if start in sure.lower()), "other")
    return words.say(f"confidence.{begins}")


def force(assessment: Assessment, words: Words) -> Block:
    """Return what each instrument is worth on the day."""
    return force_of(assessment.instrument_status, assessment.on, words)


def force_of(statuses: Iterable[Mapping[str, str]], on: str, words: Words) -> Block:
    """Return the state of instruments on a day."""
    names = (("instrument", 1.6), ("number_of", 1.8), ("title", 3.0), ("status", 3.0))
    columns = [(words.say(f"column.{name}"), share, "l") for name, share in names]
    rows = (_instrument_row(status, words) for status in statuses)
    note = text(words.say("note.force", on=on))
    return section(words.say("section.force"), [note, table(columns, rows)])


def _instrument_row(status: Mapping[str, str], words: Words) -> list[str]:
    names = [visible(str(status.get(key, ""))) or words.say("dash") for key in ("id", "number")]
    return [*names, words.instrument(status), words.status(status)]


def _program(assessment: Assessment, words: Words) -> Block:
    return facts(
        [
            (words.say("label.program"), f"shieldcalc {assessment.version}"),
            *(plugins_in_use(assessment.plugins, words) or [(words.say("label.plugins"), words.say("none"))]),
            (words.say("label.input_file"), visible(assessment.design.file)),
            (words.say("label.input_hash"), assessment.design.sha256),
        ]
    )


def plugins_in_use(used: Iterable[PluginUsed], words: Words) -> list[tuple[str, str]]:
    """Return the line that names every plugin in use with version and digest; nothing where there is none."""
    named = "; ".join(visible(f"{each.name} {each.version} SHA-256 {each.sha256}") for each in used)
    return [(words.say("label.plugins"), named)] if named else []


def signatures(words: Words) -> Block:
    """Return empty lines for those who sign."""
    roles = [words.say(f"sign.{role}") for role in ("prepared", "checked", "approved")]
    parts = [words.say(f"sign.{part}") for part in ("name", "date", "signature")]
    block = {"type": "signatures", "roles": roles, "parts": parts}
    return section(words.say("section.signatures"), [text(words.say("note.signatures")), block])
