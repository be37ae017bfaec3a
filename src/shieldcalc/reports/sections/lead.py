"""What each barrier is worth in lead against what is required of it, verified and unverified rows of the law apart."""

from collections.abc import Iterable, Iterator
from typing import Any

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.result import LEAD, Finding
from shieldcalc.reports.blocks import Block, Cell, section, subheading, table, text, toned
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.sections.law import tone
from shieldcalc.reports.words import Words

COLUMNS = (("barrier", 1.5, "l"), ("radiating", 1.0, "l"), ("direction", 1.3, "l"), ("lead", 1.1, "r"))
_LAST = (("lead_required", 1.3, "r"), ("article", 1.2, "l"), ("verdict", 1.8, "l"))
_NOT_LIVE = ("repealed", "not_yet_valid")


def judged(assessment: Assessment) -> list[Finding]:
    """Return the findings on lead equivalents that apply on the day."""
    own = (finding for finding in assessment.findings if finding.quantity in LEAD)
    return [each for each in own if each.outcome != "not_applicable" and each.force not in _NOT_LIVE]


def groups(assessment: Assessment) -> Iterator[tuple[str, list[Finding]]]:
    """Yield "verified" and "unverified" with the findings by rows of that standing, where there are any."""
    found = judged(assessment)
    for name, wanted in (("verified", False), ("unverified", True)):
        same = [finding for finding in found if (finding.force == "unverified") is wanted]
        if same:
            yield name, same


def columns(words: Words) -> list[tuple[str, float, str]]:
    """Return the heads of the table."""
    return [(words.say(f"column.{name}"), share, align) for name, share, align in (*COLUMNS, *_LAST)]


def rows(found: Iterable[Finding], words: Words) -> Iterator[list[Cell]]:
    """Yield barrier, source, direction, what it is worth, what is required, where, and the outcome."""
    for each in found:
        barrier, _, source = each.subject.rpartition("/")
        value, limit = words.compared(each)
        direction = words.say(f"direction.{each.quantity.removeprefix('lead_equivalent_')}")
        outcome = toned(words.verdict(each.outcome, each.force), tone(each))
        yield [visible(barrier), visible(source), direction, value, limit, words.article(each.article), outcome]


def lead(assessment: Assessment, words: Words) -> Iterator[Block]:
    """Yield the section on lead equivalents; nothing where no rule asks for them."""
    blocks: list[Block] = []
    for name, found in groups(assessment):
        said = text(words.say(f"lead.note_{name}"), "undetermined" if name == "unverified" else "")
        blocks += [subheading(words.say(f"lead.{name}")), said, table(columns(words), rows(found, words))]
    if blocks:
        yield section(words.say("section.lead"), [text(words.say("note.lead")), *blocks])


def listed(assessment: Assessment) -> Iterator[dict[str, Any]]:
    """Yield each lead equivalent that was judged, as data: numbers unrounded."""
    for each in judged(assessment):
        barrier, _, source = each.subject.rpartition("/")
        yield {
            "barrier": barrier,
            "source": source,
            "method": each.method,
            "direction": each.quantity.removeprefix("lead_equivalent_"),
            "lead_mm": each.value,
            "required_mm": each.limit,
            "rule": each.rule,
            "verified": each.force != "unverified",
            "outcome": each.outcome,
            "force": each.force,
        }
