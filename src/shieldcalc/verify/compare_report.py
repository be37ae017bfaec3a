"""A comparison of two designs in words, and as one JSON object."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from shieldcalc.reports.blocks import Block, Cell, bullets, facts, section, table, text, toned
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.sections.provenance import plugins_in_use
from shieldcalc.reports.words import Words
from shieldcalc.units import significant
from shieldcalc.verify.changes import Changed
from shieldcalc.verify.compare import UNITS, Compared, DoseChange, LicenceCase, VerdictChange
from shieldcalc.verify.quantities import BY_FIELD

_TONES = {"pass": "pass", "fail": "fail", "undetermined": "undetermined"}
_EXIT_TONES = {0: "pass", 1: "fail", 3: "undetermined"}
LONGEST = 60


def content(found: Compared, language: str) -> dict[str, Any]:
    """Return a comparison as the content of a report. Raises TextError where the language lacks a text."""
    words = Words(language)
    one, two = found.before.design, found.after.design
    head = [
        (words.say("verify.column.before"), f"{visible(one.file)} · {visible(one.identity.room)}"),
        (words.say("verify.column.after"), f"{visible(two.file)} · {visible(two.identity.room)}"),
        (words.say("label.on"), found.after.on),
        (words.say("label.instruments"), ", ".join(found.after.instruments)),
        *plugins_in_use(found.after.plugins, words),
    ]
    counted = (
        words.say("verify.compare.changed", count=len(found.changes))
        if found.changes
        else words.say("verify.compare.same")
    )
    code = found.exit_code
    return {
        "lang": language,
        "date": found.after.on,
        "title": words.say("verify.compare.title"),
        "running": visible(two.identity.facility)[:LONGEST],
        "page": words.say("page"),
        "facts": facts(head),
        "verdict": {"text": counted, "note": words.say(f"verify.compare.exit.{code}"), "tone": _EXIT_TONES[code]},
        "sections": [{**part, "number": str(number)} for number, part in enumerate(_sections(found, words), 1)],
    }


def _sections(found: Compared, words: Words) -> Iterator[Block]:
    columns = _columns(words, ("what", 2.0, "l"), ("before", 1.6, "l"), ("after", 1.6, "l"))
    rows = [_changed(each, words) for each in found.changes]
    yield section(words.say("verify.compare.section.changes"), [table(columns, rows)])
    heads = (
        ("place", 1.4, "l"),
        ("quantity", 1.6, "l"),
        ("before", 1.2, "r"),
        ("after", 1.2, "r"),
        ("times", 1.0, "r"),
    )
    moved = [_dose(each, words) for each in found.doses if each.before != each.after]
    yield section(
        words.say("verify.compare.section.doses"), [table(_columns(words, *heads), moved), *_troubles(found, words)]
    )
    yield section(words.say("verify.compare.section.verdicts"), _verdicts(found.verdicts, words))
    if found.asked:
        yield section(words.say("verify.compare.section.licence"), list(_licence(found, words)))


def _troubles(found: Compared, words: Words) -> list[Block]:
    """Return what was wrong with plugins: a method that fails leaves nothing to compare."""
    return [bullets(map(words.notice, found.troubles))] if found.troubles else []


def _columns(words: Words, *columns: tuple[str, float, str]) -> list[tuple[str, float, str]]:
    return [(words.say(f"verify.column.{name}"), share, align) for name, share, align in columns]


def _changed(change: Changed, words: Words) -> list[Cell]:
    return [visible(change.key), *(_value(each, words) for each in (change.before, change.after))]


def _value(value: Any, words: Words) -> str:
    if value is None:
        return words.say("dash")
    if isinstance(value, bool):
        return words.value(value, "bool")
    if isinstance(value, float):
        return words.shortest(value)
    if isinstance(value, tuple | list):
        return "; ".join(_value(each, words) for each in value)
    told = visible(str(value))
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"


def _dose(change: DoseChange, words: Words) -> list[Cell]:
    unit = UNITS[change.quantity]
    shown = [
        words.say("dash") if x is None else words.amount(words.number(significant(x)), unit)
        for x in (change.before, change.after)
    ]
    ratio = (
        words.number(significant(change.after / change.before))
        if change.before and change.after is not None
        else words.say("dash")
    )
    name = words.say(f"verify.quantity.{BY_FIELD[change.quantity]}")
    return [visible(change.place), name, *shown, ratio]


def _verdicts(found: tuple[VerdictChange, ...], words: Words) -> list[Block]:
    if not found:
        return [text(words.say("verify.compare.no_verdicts"))]
    heads = (("place", 1.4, "l"), ("article", 2.4, "l"), ("before", 1.2, "l"), ("after", 1.2, "l"))
    return [table(_columns(words, *heads), (_verdict(each, words) for each in found))]


def _verdict(change: VerdictChange, words: Words) -> list[Cell]:
    instrument, _, article = change.article.partition(" ")
    cited = f"{visible(instrument)}, {words.article(article)}" if article else visible(instrument)
    outcomes = [_outcome(each, words) for each in (change.before, change.after)]
    return [visible(change.subject), toned(cited, "", words.named("force", change.force)), *outcomes]


def _outcome(outcome: str, words: Words) -> Cell:
    told = words.say(f"verify.outcome.{outcome}") if outcome else words.say("dash")
    return toned(told, _TONES.get(outcome, ""))


def _licence(found: Compared, words: Words) -> Iterator[Block]:
    if not found.in_force:
        yield text(words.say("verify.compare.not_in_force", on=found.after.on), "undetermined")
    if not found.cases:
        yield text(words.say("verify.compare.no_licence"))
    yield bullets(_case(each, found, words) for each in found.cases)


def _case(case: LicenceCase, found: Compared, words: Words) -> str:
    what = words.say(f"verify.compare.class.{case.id}")
    shown = {"what": what, "keys": ", ".join(map(visible, case.keys))}
    if case.only_if_safety:
        return words.say("verify.compare.only_if_safety", factor=words.number(significant(found.most)), **shown)
    return words.say("verify.compare.new_licence", **shown)


def document(found: Compared, language: str) -> dict[str, Any]:
    """Return a comparison as one JSON object; numbers unrounded."""
    words = Words(language)
    return {
        "schema": "shieldcalc/compare/1",
        "version": found.version,
        "language": language,
        "before": {
            "file": found.before.design.file,
            "sha256": found.before.design.sha256,
            "check_exit_code": found.before.exit_code,
        },
        "after": {
            "file": found.after.design.file,
            "sha256": found.after.design.sha256,
            "check_exit_code": found.after.exit_code,
        },
        "on": found.after.on,
        "instruments": list(found.after.instruments),
        "changes": [each._asdict() for each in found.changes],
        "doses": [asdict(each) for each in found.doses],
        "verdicts": [asdict(each) for each in found.verdicts],
        "licence": {
            "asked": found.asked,
            "in_force": found.in_force,
            "cases": [{**asdict(each), "text": _case(each, found, words)} for each in found.cases],
        },
        "largest_factor": found.most,
        "exit_code": found.exit_code,
        "warnings": [{"code": each.code, "text": words.notice(each)} for each in found.troubles],
    }
