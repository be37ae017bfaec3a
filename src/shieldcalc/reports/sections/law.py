"""Verdicts with their articles, what to build, assumptions and warnings."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from shieldcalc.errors import Notice
from shieldcalc.model.assessment import Assessment, BarrierVerdict
from shieldcalc.model.result import LEAD, Finding, Requirement
from shieldcalc.reports.blocks import Block, Cell, bullets, section, subheading, table, text, toned
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.numbers import clear_of, rounded_up
from shieldcalc.reports.words import STRONGEST_FIRST, Words, decisive

_FIRST = {"fail": 0, "undetermined": 1, "pass": 2, "not_applicable": 3}


def overview(assessment: Assessment, words: Words, marks: Mapping[str, str]) -> Block:
    """Return one row a barrier: tightest rule, margin, outcome and force."""
    names = (("mark", 0.55, "l"), ("barrier", 1.6, "l"), ("beyond", 1.8, "l"), ("value", 1.7, "r"), ("limit", 1.5, "r"))
    last = (("margin", 1.0, "r"), ("verdict", 1.8, "l"), *((("method", 0.9, "l"),) if words.several else ()))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in (*names, *last)]
    rows = (_overview_row(assessment, words, marks, verdict) for verdict in assessment.barriers)
    return table(columns, (row[: len(columns)] for row in rows))


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
        words.margin(found.margin if found else verdict.margin),
        verdict_cell(found, verdict, words),
        words.method(verdict.method),
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
    return sorted(findings, key=lambda f: (_FIRST[f.outcome], STRONGEST_FIRST.index(f.force), f.instrument, f.rule))


def verdicts(assessment: Assessment, words: Words) -> Block:
    """Return every finding below its rule; rules that do not apply stand in a table at the end."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    aside: dict[tuple[str, str], list[str]] = {}
    for finding in ordered(assessment.findings):
        if finding.outcome == "not_applicable":
            reason = words.notice(finding.reason) if finding.reason else words.say("dash")
            aside.setdefault((rule_of(finding, words), reason), []).append(visible(finding.subject))
        else:
            groups.setdefault((finding.rule, rule_of(finding, words)), []).append(finding)
    doses = [(rule, found) for (_, rule), found in groups.items() if found[0].dose_rule]
    others = [(rule, found) for (_, rule), found in groups.items() if not found[0].dose_rule]
    printed: dict[str, str] = {}
    blocks = [block for rule, found in doses for block in _rule_blocks(rule, found, printed, words)]
    blocks += [subheading(words.say("other_rules_title")), _other_rules(others, words)] if others else []
    rows = [[rule, ", ".join(dict.fromkeys(subjects)), reason] for (rule, reason), subjects in aside.items()]
    names = (("rule", 4.0, "l"), ("subject", 1.6, "l"), ("reason", 2.6, "l"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in names]
    last = [subheading(words.say("not_applicable_title")), table(columns, rows)] if rows else []
    return section(words.say("section.verdicts"), [text(words.say("note.margin")), *blocks, *last])


def _rule_blocks(rule: str, found: list[Finding], printed: dict[str, str], words: Words) -> list[Block]:
    """Return one rule's demand, what is said of all its findings, and a row for each.

    Where every row stands under earlier rules already (``printed``: which by row), these are named instead.
    """
    common, said = shared(found, words)
    names = (
        ("subject", 1.6, "l"),
        ("value", 1.3, "r"),
        ("limit", 1.2, "r"),
        ("margin", 0.8, "r"),
        ("verdict", 4.6, "l"),
    )
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in names]
    rows = [_finding_row(finding, own, words) for finding, own in zip(found, said, strict=True)]
    earlier = dict.fromkeys(printed.get(repr(row), "") for row in rows)
    for row, finding in zip(rows, found, strict=True):
        printed.setdefault(repr(row), _place_of(finding, words))
    same = "" not in earlier
    shown = text(words.say("rows_as", rules="; ".join(earlier))) if same else table(columns, rows)
    return [subheading(rule), text("; ".join(common)) if common else {}, shown]


def _other_rules(groups: list[tuple[str, list[Finding]]], words: Words) -> Block:
    """Return the rules that bound no dose in one table, one row for all of which the same is found."""
    names = (("rule", 3.0, "l"), ("subject", 2.0, "l"), ("value", 1.1, "l"), ("limit", 1.1, "l"), ("verdict", 2.6, "l"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in names]
    rows: dict[str, tuple[list[str], list[Cell]]] = {}
    for rule, found in groups:
        for each in found:
            subject, value, limit, _, verdict = _finding_row(each, _remarks_of(each, words), words)
            subjects, _ = rows.setdefault(repr((rule, value, limit, verdict)), ([], [rule, value, limit, verdict]))
            subjects.append(str(subject))
    return table(columns, ([rule, ", ".join(subjects), *told] for subjects, (rule, *told) in rows.values()))


def shared(found: list[Finding], words: Words) -> tuple[list[str], list[list[str]]]:
    """Return the remarks that all of several findings carry, and what each says beyond them."""
    said = [_remarks_of(finding, words) for finding in found]
    common = [remark for remark in said[0] if len(found) > 1 and all(remark in own for own in said)]
    return common, [[remark for remark in own if remark not in common] for own in said]


def _remarks_of(finding: Finding, words: Words) -> list[str]:
    return [words.notice(notice) for notice in (finding.reason, *finding.notices) if notice is not None]


def rule_of(finding: Finding, words: Words) -> str:
    """Return instrument, article and demand of a finding's rule."""
    place = _place_of(finding, words)
    return words.say("rule_text", place=place, text=words.paraphrase(finding)) if place else words.paraphrase(finding)


def _place_of(finding: Finding, words: Words) -> str:
    """Return instrument and article of a finding's rule, as far as it names them."""
    places = (visible(finding.instrument), words.article(finding.article))
    return ", ".join(name for name in places if name.strip("- "))


def shown_values(finding: Finding, words: Words) -> str:
    """Return the values of every averaging looked at where there are several."""
    if len(finding.shown) < 2:
        return ""
    limits = [finding.limit] if isinstance(finding.limit, float) else []
    texts = (
        words.say(
            "shown",
            name=words.named("averaging", name),
            value=words.amount(words.number(clear_of(number, limits)), finding.unit),
        )
        for name, number in finding.shown.items()
    )
    return "; ".join(texts)


def _finding_row(finding: Finding, remarks: list[str], words: Words) -> list[Cell]:
    value, limit = words.compared(finding)
    note = "; ".join(part for part in (shown_values(finding, words), *remarks) if part)
    verdict = toned(words.verdict(finding.outcome, finding.force), tone(finding), note)
    return [words.subject(finding), value, limit, words.margin(finding.margin), verdict]


def to_build(assessment: Assessment, words: Words) -> Block:
    """Return what is missing at barriers that do not keep every goal, and the full need of each barrier by material."""
    missing = _missing(assessment, words)
    blocks = [text(words.say("note.missing" if missing else "note.nothing_missing")), missing]
    matrix = _by_material(assessment.barriers, lambda need: needed(need, words), words)
    said = bullets(_reasons(assessment.barriers, words))
    return section(words.say("section.build"), [*blocks, text(words.say("note.needs")) if matrix else {}, matrix, said])


def _reasons(verdicts: Iterable[BarrierVerdict], words: Words) -> Iterator[str]:
    """Yield each reason once, with its barriers, and with the materials where it is not said of all."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for verdict in verdicts:
        for reason, materials in _reasons_of(verdict, words):
            found.setdefault((reason, tuple(materials)), []).append(visible(verdict.barrier))
    for (reason, said_of), barriers in found.items():
        told = words.say("barrier_reason", barrier=", ".join(said_of), reason=reason) if said_of else reason
        yield words.say("barrier_reason", barrier=", ".join(barriers), reason=told)


def _reasons_of(verdict: BarrierVerdict, words: Words) -> Iterator[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {}
    for need in verdict.requirements:
        groups.setdefault(words.reason(need.reason), []).append(words.named("material", need.material))
    for reason, materials in groups.items():
        if reason:
            yield reason, materials if len(materials) < len(verdict.requirements) else []
    yield from ((said, []) for said in governing(verdict, words))


def governing(verdict: BarrierVerdict, words: Words) -> list[str]:
    """Return what asks for most of each material, the dose or a lead equivalent, where rules ask for both."""
    found: dict[str, list[str]] = {}
    for need in verdict.requirements:
        if need.governed_by and need.required_mm is not None:
            found.setdefault(need.governed_by, []).append(words.named("material", need.material))
    limits = {goal.rule: goal.limit for goal in verdict.goals if goal.quantity in LEAD}
    return [_governing(rule, limits, materials, words) for rule, materials in found.items()]


def _governing(rule: str, limits: Mapping[str, float], materials: list[str], words: Words) -> str:
    listed = ", ".join(materials)
    if rule not in limits:
        return words.say("governs.dose", materials=listed)
    limit = words.amount(words.shortest(limits[rule]), "mmPb")
    return words.say("governs.lead", materials=listed, rule=visible(rule), limit=limit)


def lacking(verdict: BarrierVerdict) -> list[Requirement]:
    """Return the requirements of a barrier that lacks something; empty where what stands suffices."""
    needed = any(need.added_mm is not None and need.added_mm > 0 for need in verdict.requirements)
    return list(verdict.requirements) if needed or verdict.outcome == "fail" else []


def _missing(assessment: Assessment, words: Words) -> Block:
    """Return what to add of each material alone to the barriers that lack something."""
    short = [verdict for verdict in assessment.barriers if lacking(verdict)]
    tones = ("", "fail")
    return _by_material(short, lambda need: toned(thickness(need.added_mm, words), tones[bool(need.added_mm)]), words)


def _by_material(verdicts: Iterable[BarrierVerdict], told: Callable[[Requirement], Cell], words: Words) -> Block:
    """Return one row a barrier with a thickness of each material; a dash where there is none."""
    rows = [
        (visible(verdict.barrier), {need.material: told(need) for need in verdict.requirements}) for verdict in verdicts
    ]
    materials = list(dict.fromkeys(material for _, found in rows for material in found))
    columns = [(words.say("column.barrier"), 1.8, "l"), *((words.named("material", m), 1.0, "r") for m in materials)]
    dash = words.say("dash")
    return table(columns, ([name, *(found.get(each, dash) for each in materials)] for name, found in rows if materials))


def needed(need: Requirement, words: Words) -> str:
    """Return the thickness of a requirement, of several materials together that of each."""
    if not need.layers:
        return thickness(need.required_mm, words)
    return " + ".join(thickness(mm, words) for _, mm in need.layers)


def thickness(value: float | None, words: Words) -> str:
    """Return a thickness to build, rounded up."""
    return words.say("dash") if value is None else f"{words.number(rounded_up(value))} mm"


def remarks(assessment: Assessment, words: Words) -> Block:
    """Return assumptions and warnings apart."""
    groups = (("assumptions", True), ("warnings", False))
    blocks: list[Block] = []
    for name, assumed in groups:
        found = words.notices(notice for notice in assessment.notices if is_assumption(notice) == assumed)
        listed = bullets(found) or text(words.say("none_made"))
        blocks += [subheading(words.say(f"{name}_title")), listed]
    return section(words.say("section.remarks"), blocks)


def is_assumption(notice: Notice) -> bool:
    """Say whether a notice is an assumption; every other one is a warning."""
    return notice.code.startswith("assumptions.")
