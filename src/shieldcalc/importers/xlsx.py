"""Reading Excel workbooks (openpyxl, the extra ``excel``): cells as data, bounded; formulas and macros are refused."""

import warnings
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from shieldcalc.extras import require
from shieldcalc.importers.refusal import ImportRefusedError, read_bounded

LARGEST_FILE = 5_000_000
MOST_PARTS, MOST_UNPACKED = 500, 60_000_000
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 20_000, 50, 50
_UNWANTED = (b"<!DOCTYPE", b"<!ENTITY")


class Cell(NamedTuple):
    """One cell: where it stands, as Excel says it, and its value; an empty one is None."""

    place: str
    value: Any


class Page(NamedTuple):
    """One sheet: its title and its rows of cells, without empty rows at the end."""

    title: str
    rows: Sequence[Sequence[Cell]]


def read_pages(path: str) -> list[Page]:
    """Return every sheet of a workbook; raise ImportRefusedError for what is none, is out of bounds or has formulas."""
    openpyxl = require("openpyxl", "excel")
    content = read_bounded(path, LARGEST_FILE)
    _unpackable(path, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
            if len(book.sheetnames) > MOST_SHEETS:
                raise ImportRefusedError("import.sheet_bounds", file=path, what="sheets", most=MOST_SHEETS)
            return [Page(page.title, list(_rows(path, page))) for page in book.worksheets]
    except (ImportRefusedError, MemoryError):
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part runs into
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise ImportRefusedError("import.workbook", file=path, reason=reason) from error


def _unpackable(path: str, content: bytes) -> None:
    """Refuse what is no zip, would unpack to too much, holds macros, or declares entities."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ImportRefusedError("import.old_workbook", file=path)
    try:
        with ZipFile(BytesIO(content)) as parts:
            names = parts.infolist()
            if len(names) > MOST_PARTS or sum(part.file_size for part in names) > MOST_UNPACKED:
                raise ImportRefusedError("import.workbook_large", file=path, most=MOST_UNPACKED)
            if any("vbaproject" in part.filename.lower() for part in names):
                raise ImportRefusedError("import.macros", file=path)
            for part in names:
                with parts.open(part) as unpacked:
                    plain = unpacked.read().replace(b"\0", b"")  # UTF-16 and UTF-32 as well
                if any(word in plain for word in _UNWANTED):
                    raise ImportRefusedError("import.workbook", file=path, reason="it declares XML entities")
    except (BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError, zlib.error) as error:
        raise ImportRefusedError("import.workbook", file=path, reason=str(error)[:120]) from error


def _rows(path: str, page: Any) -> Iterator[list[Cell]]:
    """Yield the rows down to the last that holds anything."""
    empty: list[list[Cell]] = []
    page.reset_dimensions()
    for number, row in enumerate(page.iter_rows(), 1):
        if number > MOST_ROWS:
            raise ImportRefusedError("import.sheet_bounds", file=path, what="rows", most=MOST_ROWS)
        if len(row) > MOST_COLUMNS and any(cell.value is not None for cell in row[MOST_COLUMNS:]):
            raise ImportRefusedError("import.sheet_bounds", file=path, what="columns", most=MOST_COLUMNS)
        cells = [_cell(page.title, number, column, cell) for column, cell in enumerate(row[:MOST_COLUMNS], 1)]
        empty.append(cells)
        if any(cell.value is not None for cell in cells):
            yield from empty
            empty = []


def _cell(sheet: str, row: int, column: int, cell: Any) -> Cell:
    from openpyxl.utils import get_column_letter

    place = f"{get_column_letter(column)}{row}"
    if cell.value is not None and cell.data_type == "f":
        raise ImportRefusedError("import.formula", sheet=sheet, cell=place, value=str(cell.value)[:60])
    if cell.value is not None and cell.data_type == "e":
        raise ImportRefusedError("import.error_cell", sheet=sheet, cell=place, value=str(cell.value)[:60])
    blank = isinstance(cell.value, str) and not cell.value.strip()
    return Cell(place, None if blank else cell.value)
