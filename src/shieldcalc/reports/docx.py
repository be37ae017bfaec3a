"""The report as a Word file (optional extra ``shieldcalc[word]``): the same content, formulas that Word can edit."""

from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from shieldcalc.errors import TextError
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.catalog import ReportKind
from shieldcalc.model.site import SiteAssessment
from shieldcalc.reports import omml, wordfile
from shieldcalc.reports.blocks import Block
from shieldcalc.reports.content import content
from shieldcalc.reports.pdf import picture

_EQUALS = {"t": "op", "s": "="}
_SIGN_MM = 14.0


def write(assessment: Assessment | SiteAssessment, language: str) -> bytes:
    """Return the Word report, the same bytes for the same assessment.

    Raises TextError where the language lacks a text or python-docx is not installed.
    """
    return rendered(content(assessment, language))


def rendered(report: dict[str, Any]) -> bytes:
    """Return any content of a report as a Word file; TextError where python-docx is not installed."""
    try:
        sheet = wordfile.Sheet(report, datetime.fromisoformat(report["date"]))
    except ImportError as error:
        raise TextError("no_word") from error
    sheet.title(report["title"])
    _facts(sheet, report["facts"])
    sheet.verdict(report["verdict"])
    for part in report["sections"]:
        if part.get("break"):
            sheet.new_page()
        sheet.heading(f"{part['number']}  {part['title']}", 1)
        for block in part["blocks"]:
            _WRITERS[block["type"]](sheet, block)
    return _same_bytes(sheet.saved())


def _same_bytes(made: bytes) -> bytes:
    """Return the zip with one fixed time for all of its members."""
    out = BytesIO()
    with ZipFile(BytesIO(made)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()


def _facts(sheet: wordfile.Sheet, block: Block) -> None:
    sheet.table(
        [32.0, 68.0], [[wordfile.Cell(label, bold=True), wordfile.Cell(value)] for label, value in block["rows"]]
    )


def _table(sheet: wordfile.Sheet, block: Block) -> None:
    columns = block["columns"]
    head = [wordfile.Cell(column["title"], bold=True, right=column["align"] == "r") for column in columns]
    rows = [[_cell(cell, column) for cell, column in zip(row, columns, strict=True)] for row in block["rows"]]
    sheet.table([column["share"] for column in columns], [head, *rows], head=True)


def _cell(cell: Mapping[str, str], column: Mapping[str, str]) -> wordfile.Cell:
    return wordfile.Cell(cell["text"], tone=cell["tone"], note=cell["note"], right=column["align"] == "r")


def _text(sheet: wordfile.Sheet, block: Block) -> None:
    sheet.paragraph(block["text"], tone=block["tone"])


def _subheading(sheet: wordfile.Sheet, block: Block) -> None:
    sheet.heading(block["text"], 2)


def _bullets(sheet: wordfile.Sheet, block: Block) -> None:
    for item in block["items"]:
        sheet.paragraph(item, style="List Bullet")


def _figure(sheet: wordfile.Sheet, block: Block) -> None:
    sheet.figure(picture(block["svg"], block["width_mm"], block["height_mm"]), block["width_mm"], block["alt"])
    sheet.paragraph(block["caption"], small=True)


def _signatures(sheet: wordfile.Sheet, block: Block) -> None:
    head = [wordfile.Cell(part, bold=True) for part in ("", *block["parts"])]
    rows = [[wordfile.Cell(role, bold=True), *(wordfile.Cell("") for _ in block["parts"])] for role in block["roles"]]
    sheet.table([1.2, 1.6, 1.0, 1.6], [head, *rows], head=True, row_mm=_SIGN_MM)


def _definitions(sheet: wordfile.Sheet, block: Block) -> None:
    for item in block["items"]:
        sheet.formula(f"({item['number']})  ", omml.inline(item["symbol"], _EQUALS, item["formula"]), "")
        sheet.units([(omml.inline(symbol), unit) for symbol, unit in item["units"]], item["source"])


def _steps(sheet: wordfile.Sheet, block: Block) -> None:
    sheet.heading(block["title"], 3)
    for item in block["items"]:
        terms = omml.inline(item["symbol"], _EQUALS, item["numbers"], _EQUALS, item["value"])
        after = "   ".join(part for part in (f" {item['unit']}", item["label"], item["remark"]) if part.strip())
        sheet.formula(f"({item['number']})  ", terms, f" {after}" if after else "")


def _varied(sheet: wordfile.Sheet, block: Block) -> None:
    sheet.math_table([2.2, 3.0, 4.2], block["heads"], [_varied_row(row) for row in block["rows"]])


def _varied_row(row: Block) -> list[list[tuple[str, str, str]]]:
    """Return the lines of three cells; a line is (before, formula, after)."""
    given = [("", omml.inline(name, _EQUALS, value), "") for name, value in row["given"]]
    results = [
        (
            f"({item['number']}) ",
            omml.inline(item["symbol"], _EQUALS, item["value"]),
            f" {item['unit']} {item['label']}".rstrip(),
        )
        for item in row["results"]
    ]
    return [[(row["title"], "", "")], given, results]


_WRITERS: dict[str, Callable[[wordfile.Sheet, Block], Any]] = {
    "facts": _facts,
    "table": _table,
    "text": _text,
    "subheading": _subheading,
    "bullets": _bullets,
    "figure": _figure,
    "signatures": _signatures,
    "definitions": _definitions,
    "steps": _steps,
    "varied": _varied,
}

KIND = ReportKind(name="docx", endings=(".docx",), write=write, holds_sites=True)
