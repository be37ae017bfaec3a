"""Writing Excel workbooks (openpyxl, the extra ``excel``): plain cells only, the same bytes for the same content."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from shieldcalc.extras import require

Cell = str | int | float | bool | date | None
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_CELLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_OLDEST = (1980, 1, 1, 0, 0, 0)
LONGEST_TITLE, LONGEST_CELL = 31, 32_000
WIDEST, NARROWEST = 60, 9


class Sheet(NamedTuple):
    """One sheet: its title, the heads of its columns, its rows."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def workbook(sheets: Sequence[Sheet], when: date) -> bytes:
    """Return an .xlsx file, dated ``when``. Text is text, also where it begins like a formula.

    Raises MissingExtraError without openpyxl.
    """
    openpyxl = require("openpyxl", "excel")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(_NOT_IN_TITLES.sub("-", sheet.title)[:LONGEST_TITLE]), sheet)
    raw = BytesIO()
    book.save(raw)
    return _dated(raw.getvalue(), when)


def _fill(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for number, row in enumerate([sheet.heads, *sheet.rows], 1):
        for column, value in enumerate(row, 1):
            _put(page.cell(number, column), value)
    for column, head in enumerate(sheet.heads, 1):
        top = page.cell(1, column)
        top.font, top.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        longest = max([len(str(row[column - 1] or "")) for row in sheet.rows[:200]], default=0)
        page.column_dimensions[get_column_letter(column)].width = min(
            WIDEST, max(NARROWEST, longest + 2, len(head) // 2)
        )
    page.freeze_panes = "A2"


def _put(cell: Any, value: Cell) -> None:
    if isinstance(value, str):
        cell.value = _NOT_IN_CELLS.sub("\N{REPLACEMENT CHARACTER}", value)[:LONGEST_CELL]
        cell.data_type = "s"  # never a formula
    else:
        cell.value = value


def _dated(raw: bytes, when: date) -> bytes:
    """Return the same workbook with one date for all of its parts."""
    stamp = datetime(when.year, when.month, when.day).isoformat().encode() + b"Z"
    target = BytesIO()
    with ZipFile(BytesIO(raw)) as source, ZipFile(target, "w", ZIP_DEFLATED) as sink:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _TIME.sub(rb"\g<1>" + stamp, content)
            part = ZipInfo(name, _OLDEST)
            part.compress_type = ZIP_DEFLATED
            sink.writestr(part, content)
    return target.getvalue()
