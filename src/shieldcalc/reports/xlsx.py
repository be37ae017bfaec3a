"""The point table as an Excel workbook: every point with all its doses, every judged dose rule, numbers unrounded."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.catalog import ReportKind
from shieldcalc.model.result import Doses, Finding, PointResult, Result
from shieldcalc.model.site import SiteAssessment
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.sections.law import ordered
from shieldcalc.reports.words import Words, pretty
from shieldcalc.sheets import Cell, Sheet, workbook

_AXES = ("x (m)", "y (m)", "z (m)")


def write(assessment: Assessment | SiteAssessment, language: str) -> bytes:
    """Return the workbook, the same bytes for the same assessment; of a site with the room before every row.

    Raises TextError where the language lacks a text, MissingExtraError without openpyxl.
    """
    words = Words(language)
    if isinstance(assessment, SiteAssessment):
        sheets = _of_rooms(assessment, words)
    else:
        sheets = [_points(assessment, words), _limits(assessment, words)]
    first = assessment.rooms[0] if isinstance(assessment, SiteAssessment) else assessment
    if first.plugins:
        sheets.append(_plugins(first, words))
    return workbook(sheets, date.fromisoformat(assessment.on))


def _plugins(assessment: Assessment, words: Words) -> Sheet:
    """Return one row a plugin in use."""
    rows: list[list[Cell]] = [[visible(f"{each.name} {each.version}"), each.sha256] for each in assessment.plugins]
    return Sheet(words.say("label.plugins"), [words.say("label.plugins"), words.say("column.digest")], rows)


def _of_rooms(assessment: SiteAssessment, words: Words) -> list[Sheet]:
    """Return the sheets of every room as one, each row after its room's id. Coordinates are those of the room."""
    rooms = [visible(room.id) for room in assessment.site.rooms]
    sheets = []
    for make in (_points, _limits):
        parts = [make(found, words) for found in assessment.rooms]
        rows = [[room, *row] for room, part in zip(rooms, parts, strict=True) for row in part.rows]
        sheets.append(Sheet(parts[0].title, [words.say("site.room"), *parts[0].heads], rows))
    return sheets


def _points(assessment: Assessment, words: Words) -> Sheet:
    """Return one row a point and method; its verdict is that of the method's dose rule nearest to failing or failed."""
    before = [words.say(f"column.{name}") for name in ("method", "point", "behind")]
    place = [words.say(f"column.{name}") for name in ("beyond", "occupancy", "designation")]
    doses = [words.say(f"dose.{field.name}") for field in fields(Doses)]
    after = [words.say(f"column.{name}") for name in ("rule", "value", "limit")]
    last = [words.say("workbook.unit"), words.say("column.margin"), words.say("column.verdict")]
    rows = [_row(assessment, result, found, words) for result in assessment.results for found in result.points]
    return Sheet(words.say("section.doses"), [*before, *_AXES, *place, *doses, *after, *last], rows)


def _row(assessment: Assessment, result: Result, found: PointResult, words: Words) -> list[Cell]:
    point, beyond = found.point, found.point.beyond
    people = f"{words.say(f'designation.{beyond.designation}')}; {words.named('person', beyond.person)}"
    place = point.position if point.distance_m is None else [None] * len(_AXES)
    about = [result.method, visible(point.id), visible(point.barrier or ""), *place]
    doses = [getattr(found.doses, field.name) for field in fields(Doses)]
    judged = ordered(f for f in assessment.findings if f.subject == point.id and f.dose_rule and f.by(result.method))
    judged = [f for f in judged if f.outcome != "not_applicable"]
    first = [f for f in judged if (f.outcome, f.force) == (judged[0].outcome, judged[0].force)]
    decides = min(first, key=lambda f: float("inf") if f.margin is None else f.margin, default=None)
    verdict = _verdict(decides, words) if decides else [None] * 6
    return [*about, words.beyond(beyond), beyond.occupancy, people, *doses, *verdict]


def _verdict(finding: Finding, words: Words) -> list[Cell]:
    value, limit = (_cell(part, words) for part in (finding.value, finding.limit))
    outcome = words.verdict(finding.outcome, finding.force)
    return [finding.rule, value, limit, pretty(finding.limit_unit or finding.unit), finding.margin, outcome]


def _cell(value: object, words: Words) -> Cell:
    return value if value is None or isinstance(value, float | int) else words.value(value, "")


def _limits(assessment: Assessment, words: Words) -> Sheet:
    """Return one row a finding of a dose rule that applies."""
    heads = [words.say(f"column.{name}") for name in ("point", "method", "rule")]
    heads += [
        words.say("workbook.article"),
        words.say("workbook.averaging"),
        words.say("column.value"),
        words.say("workbook.unit"),
    ]
    heads += [words.say("workbook.comparator"), words.say("column.limit"), words.say("workbook.unit")]
    heads += [words.say("column.margin"), words.say("column.verdict"), words.say("column.reason")]
    return Sheet(words.say("section.verdicts"), heads, list(_limit_rows(assessment, words)))


def _limit_rows(assessment: Assessment, words: Words) -> Iterator[list[Cell]]:
    for finding in ordered(assessment.findings):
        if not finding.dose_rule or finding.outcome == "not_applicable":
            continue
        value, limit = (_cell(part, words) for part in (finding.value, finding.limit))
        yield [
            *(visible(finding.subject), finding.method, finding.rule),
            *(words.article(finding.article), words.named("averaging", finding.averaging)),
            *(value, pretty(finding.unit), finding.comparator, limit, pretty(finding.limit_unit)),
            *(finding.margin, words.verdict(finding.outcome, finding.force)),
            words.notice(finding.reason) if finding.reason else None,
        ]


KIND = ReportKind(name="xlsx", endings=(".xlsx",), write=write, holds_sites=True)
