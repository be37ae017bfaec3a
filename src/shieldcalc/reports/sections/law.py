"""Verdicts with their articles, what to build, assumptions and warnings."""

from collections.abc import Iterable, Mapping

from shieldcalc.errors import Notice
from shieldcalc.model.assessment import Assessment, BarrierVerdict
from shieldcalc.model.result import Finding, Requirement
from shieldcalc.reports.blocks import Block, Cell, bullets, section, subheading, table, text, toned
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.numbers import clear_of, rounded_up
from shieldcalc.reports.words import Words, decisive

_FIRST = {"fail": 0, "undetermined": 1, "pass": 2, "not_applicable": 3}
_FORCES = {"binding": 0, "secondary_source": 1, "unverified": 2, "repealed": 3, "not_yet_valid": 4}


def overview(assessment: Assessment, words: Words, marks: Mapping[str, str]) -> Block:
    """Return one row a barrier: tightest rule, margin, outcome and force."""
    names = (("mark", 0.55, "l"), ("barrier", 1.6, "l"), ("beyond", 2.0, "l"), ("value", 1.4, "r"), ("limit", 1.4, "r"))
    last = (("margin", 1.0, "r"), ("verdict", 1.8, "l"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in (*names, *last)]
    return table(columns, (_overview_row(assessment, words, marks, verdict) for verdict in assessment.barriers))


def _overview_row(
    assessment: Assessment, words: Words, marks: Mapping[str, str], verdict: BarrierVerdict
) -> list[Cell]:
    dash = words.say("dash")
    barrier = assessment.scene.by_id.get(verdict.barrier)
    found = decisive(assessment, verdict)
    value, limit = words.compared(found) if found else (dash, dash)
    return [
        marks.get(verdict.barrier, dash),
        visible(verdict.barrier),
        words.beyond(barrier.beyond if barrier else None),
        value,
        limit,
        words.margin(verdict.margin),
        verdict_cell(found, verdict, words),
    ]


def verdict_cell(found: Finding | None, verdict: BarrierVerdict, words: Words) -> Cell:
    """Return outcome and force of a barrier; without a judging rule it is undetermined, and says so."""
    if found is None:
        return toned(words.no_rule(verdict), "undetermined")
    return toned(words.verdict(found.outcome, found.force), tone(found))


def tone(finding: Finding) -> str:
    """Return the tone of a finding; a rule without legal effect has none."""
    return finding.outcome if finding.force in ("binding", "secondary_source") else ""


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with the failing and the binding first."""
    return sorted(findings, key=lambda f: (_FIRST[f.outcome], _FORCES[f.force], f.instrument, f.rule))


def verdicts(assessment: Assessment, words: Words) -> Block:
    """Return every finding by subject; rules that do not apply stand in a list below."""
    judged = [finding for finding in ordered(assessment.findings) if finding.outcome != "not_applicable"]
    aside = [finding for finding in ordered(assessment.findings) if finding.outcome == "not_applicable"]
    names = (("rule", 3.6, "l"), ("subject", 1.3, "l"), ("value", 1.4, "r"), ("limit", 1.4, "r"), ("margin", 1.0, "r"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in (*names, ("verdict", 1.8, "l"))]
    blocks = [table(columns, (_finding_row(finding, words) for finding in judged))]
    if aside:
        short = [(words.say("column.rule"), 4.0, "l"), (words.say("column.subject"), 1.4, "l")]
        short.append((words.say("column.reason"), 2.6, "l"))
        blocks += [subheading(words.say("not_applicable_title")), table(short, (_aside_row(f, words) for f in aside))]
    return section(words.say("section.verdicts"), blocks)


def rule_of(finding: Finding, words: Words) -> str:
    """Return instrument, article and demand of a finding's rule."""
    place = words.say("article", instrument=visible(finding.instrument), article=visible(finding.article))
    return words.say("rule_text", place=place, text=words.paraphrase(finding))


def shown_values(finding: Finding, value: str, words: Words) -> str:
    """Return a finding's value, with the other averagings looked at where there are several."""
    if len(finding.shown) < 2:
        return value
    bound = finding.limit if isinstance(finding.limit, float) else None
    texts = (
        words.say("shown", name=words.named("averaging", name), value=words.amount(_clear(number, bound), finding.unit))
        for name, number in finding.shown.items()
    )
    return f"{value} ({'; '.join(texts)})"


def _clear(number: float, bound: float | None) -> str:
    return clear_of(number, [] if bound is None else [bound])


def _finding_row(finding: Finding, words: Words) -> list[Cell]:
    value, limit = words.compared(finding)
    reasons = [words.notice(notice) for notice in (finding.reason, *finding.notices) if notice is not None]
    value = shown_values(finding, value, words)
    return [
        rule_of(finding, words),
        visible(finding.subject),
        value,
        limit,
        words.margin(finding.margin),
        toned(words.verdict(finding.outcome, finding.force), tone(finding), " ".join(reasons)),
    ]


def _aside_row(finding: Finding, words: Words) -> list[Cell]:
    reason = words.notice(finding.reason) if finding.reason else words.say("dash")
    return [rule_of(finding, words), visible(finding.subject), reason]


def to_build(assessment: Assessment, words: Words) -> Block:
    """Return what is missing at barriers that do not keep every goal, and the full need of each barrier by material."""
    missing = [_missing_row(verdict, need, words) for verdict in assessment.barriers for need in lacking(verdict)]
    names = (("barrier", 2.0, "l"), ("material", 2.0, "l"), ("added", 1.6, "r"), ("required", 1.6, "r"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in (*names, ("reason", 2.6, "l"))]
    blocks = [text(words.say("note.missing" if missing else "note.nothing_missing")), table(columns, missing)]
    matrix = _needs(assessment, words)
    return section(words.say("section.build"), [*blocks, text(words.say("note.needs")) if matrix else {}, matrix])


def lacking(verdict: BarrierVerdict) -> list[Requirement]:
    """Return the requirements of a barrier that lacks something; empty where what stands suffices."""
    needed = any(need.added_mm is not None and need.added_mm > 0 for need in verdict.requirements)
    return list(verdict.requirements) if needed or verdict.outcome == "fail" else []


def _missing_row(verdict: BarrierVerdict, need: Requirement, words: Words) -> list[Cell]:
    material, reason = words.named("material", need.material), words.reason(need.reason)
    added = toned(thickness(need.added_mm, words), "fail" if need.added_mm else "")
    return [visible(verdict.barrier), material, added, thickness(need.required_mm, words), reason]


def _needs(assessment: Assessment, words: Words) -> Block:
    """Return the total thickness of each material alone, one row a barrier."""
    materials = list(dict.fromkeys(need.material for verdict in assessment.barriers for need in verdict.requirements))
    columns = [(words.say("column.barrier"), 1.8, "l"), *((words.named("material", m), 1.0, "r") for m in materials)]
    return table(columns, (_needs_row(verdict, materials, words) for verdict in assessment.barriers if materials))


def _needs_row(verdict: BarrierVerdict, materials: list[str], words: Words) -> list[str]:
    found = {need.material: need.required_mm for need in verdict.requirements}
    return [visible(verdict.barrier), *(thickness(found.get(material), words) for material in materials)]


def thickness(value: float | None, words: Words) -> str:
    """Return a thickness to build, rounded up."""
    return words.say("dash") if value is None else f"{rounded_up(value)} mm"


def remarks(assessment: Assessment, words: Words) -> Block:
    """Return assumptions and warnings apart."""
    groups = (("assumptions", True), ("warnings", False))
    blocks: list[Block] = []
    for name, assumed in groups:
        found = [words.notice(notice) for notice in assessment.notices if is_assumption(notice) == assumed]
        listed = bullets(dict.fromkeys(found)) or text(words.say("none_made"))
        blocks += [subheading(words.say(f"{name}_title")), listed]
    return section(words.say("section.remarks"), blocks)


def is_assumption(notice: Notice) -> bool:
    """Say whether a notice is an assumption; every other one is a warning."""
    return notice.code.startswith("assumptions.")
