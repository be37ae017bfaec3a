"""The report as PDF/A-2b by typst: data go in as JSON, fonts are ours, the time is that of the evaluation date."""

import re
from datetime import UTC, datetime
from json import dumps
from typing import Any

from shieldcalc.errors import TextError
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.catalog import ReportKind
from shieldcalc.model.site import SiteAssessment
from shieldcalc.reports.content import content
from shieldcalc.reports.fonts import require_glyphs
from shieldcalc.resources import data_path

_LONGEST_UNBROKEN = 14
_SHORTEST_JOINTED = 10
_MAY_BREAK = "\u200b"
_JOINTS = "_-/.,"
_WORD = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef]+")  # Chinese breaks between its characters by itself
_NOT_TEXT = ("svg", "symbol", "formula", "numbers", "value")  # the drawing, and formulas in the font of mathematics


def write(assessment: Assessment | SiteAssessment, language: str) -> bytes:
    """Return the PDF report, the same bytes for the same assessment.

    Raises TextError where the language lacks a text or the fonts lack a character.
    """
    return laid_out(content(assessment, language))


def laid_out(report: dict[str, Any]) -> bytes:
    """Return any content of a report as PDF; TextError where the fonts lack a character."""
    when = datetime.fromisoformat(report["date"]).replace(tzinfo=UTC)
    data = {**_printable(report), "year": when.year, "month": when.month, "day": when.day}
    return _compiled(dumps(data, ensure_ascii=False), when)


def _compiled(data: str, when: datetime) -> bytes:
    import typst

    try:
        pdf, warnings = typst.compile_with_warnings(
            data_path("templates_report", "report.typ"),
            root=data_path("templates_report"),
            font_paths=[data_path("fonts")],
            ignore_system_fonts=True,
            pdf_standards=["a-2b"],
            sys_inputs={"data": data},
            timestamp=when,
        )
    except typst.TypstError as error:
        raise TextError("typst", reason=error.message) from error
    if warnings or not isinstance(pdf, bytes):
        raise TextError("typst", reason="; ".join(warning.message for warning in warnings))
    return pdf


def picture(svg: str, width_mm: float, height_mm: float, dots_per_inch: float = 220.0) -> bytes:
    """Return a drawing as PNG, the same bytes for the same drawing, in our fonts."""
    import typst

    data = dumps({"svg": svg, "width_mm": width_mm, "height_mm": height_mm}, ensure_ascii=False)
    png = typst.compile(
        data_path("templates_report", "picture.typ"),
        root=data_path("templates_report"),
        font_paths=[data_path("fonts")],
        ignore_system_fonts=True,
        format="png",
        ppi=dots_per_inch,
        sys_inputs={"data": data},
    )
    return png if isinstance(png, bytes) else bytes(png[0])


def _printable(node: Any) -> Any:
    """Return the data with every text checked against the fonts and long words made breakable."""
    match node:
        case str():
            return _breakable(require_glyphs(node))
        case dict():
            return {key: child if key in _NOT_TEXT else _printable(child) for key, child in node.items()}
        case list():
            return [_printable(child) for child in node]
    return node


def _breakable(text: str) -> str:
    """Return a text whose long words may break: after their joints, and anywhere in a part that is long itself."""
    return _WORD.sub(lambda found: _opened(found[0]) if _long(found[0]) else found[0], text)


def _long(word: str) -> bool:
    return len(word) >= _SHORTEST_JOINTED and any(char.isalpha() for char in word)


def _opened(word: str) -> str:
    for joint in _JOINTS:
        word = word.replace(joint, joint + _MAY_BREAK)
    parts = word.split(_MAY_BREAK)
    return _MAY_BREAK.join(_MAY_BREAK.join(part) if len(part) > _LONGEST_UNBROKEN else part for part in parts)


KIND = ReportKind(name="pdf", endings=(".pdf",), write=write, holds_sites=True)
