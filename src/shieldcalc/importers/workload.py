"""The workload sheet: one row a protocol, the unit of each column in its head. See docs/import.md."""

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any, NamedTuple

from shieldcalc.errors import UnitError, hint, nearest
from shieldcalc.importers.refusal import ImportRefusedError
from shieldcalc.importers.xlsx import Page
from shieldcalc.units import DIMENSIONS, parse

TITLE = "workload"
MOST_PROTOCOLS, LONGEST_TEXT = 4000, 200
REGIONS = ("head", "body")
FROM_ZERO = ("in_busiest_hour", "film_to_skin")


class Column(NamedTuple):
    """A column: the key of the design file, its head, its dimension and unit; ``most`` as the design file allows.

    A key with a point is one of a table in the protocol.
    """

    key: str
    head: str
    kind: str
    unit: str = ""
    most: float = 1e5


COLUMNS = (
    Column("source", "source", "id"),
    Column("id", "id", "id"),
    Column("beam", "beam", "id"),
    Column("region", "region", "region"),
    Column("kv", "kV", "voltage", "kV", 1000),
    Column("charge", "mAs", "charge", "mAs", 1e6),
    Column("current", "mA", "current", "mA", 1e4),
    Column("time", "time (s)", "time", "s", 36_000),
    Column("dlp", "DLP (mGy*cm)", "dlp", "mGy*cm", 1e5),
    Column("scan_length", "scan length (cm)", "length", "cm", 300),
    Column("pitch", "pitch", "number", "", 10),
    Column("nctdi100", "nCTDI100 (mGy/mAs)", "output", "mGy/mAs", 10),
    Column("scan_time", "scan time (s)", "time", "s", 3600),
    Column("kap", "KAP (Gy*cm2)", "kap", "Gy*cm2", 1e4),
    Column("esd", "ESD (mGy)", "kerma", "mGy", 1e4),
    Column("ffd", "FFD (m)", "length", "m", 10),
    Column("film_to_skin", "film to skin (m)", "length", "m", 2),
    Column("scatter.air_kerma", "scatter (uGy)", "kerma", "uGy", 1e6),
    Column("scatter.rate", "scatter rate (mGy/h)", "kerma_rate", "mGy/h", 1e5),
    Column("scatter.at", "scatter at (m)", "length", "m", 5),
    Column("scatter.document", "scatter document", "text"),
    Column("per_week", "per week", "number", "", 100_000),
    Column("in_busiest_hour", "in busiest hour", "number", "", 100_000),
)
HEADS = {column.head.lower(): column for column in COLUMNS}
REMARK = "remark"
NEEDED = ("id", "per_week")
EXAMPLES = (
    {
        "source": "tube",
        "id": "chest",
        "beam": "wall",
        "kv": "120 kV",
        "charge": "4 mAs",
        "per_week": 100,
        "in_busiest_hour": 6,
    },
    {"source": "scanner", "id": "head", "region": "head", "dlp": "1200 mGy*cm", "scan_time": "20 s", "per_week": 30},
)

Protocol = dict[str, Any]


def protocols(page: Page) -> list[Protocol]:
    """Return the rows of a workload sheet as the design file writes them, key ``source`` included where it is given.

    Raises ImportRefusedError with every wrong cell: sheet, cell, value, what is allowed.
    """
    if not page.rows:
        raise ImportRefusedError("import.empty_sheet", sheet=page.title)
    columns, wrong = _columns(page)
    found = []
    for row in page.rows[1:]:
        if all(cell.value is None for cell in row):
            continue
        read: Protocol = {}
        for column, cell in zip(columns, row, strict=False):
            if column is not None and cell.value is not None:
                try:
                    _put(read, column.key, _value(column, cell.value))
                except ImportRefusedError as error:
                    wrong.append(_said(page, cell.place, cell.value, error.text()))
        wrong += (
            [
                _said(page, row[0].place, None, ImportRefusedError("import.cell_missing", head=_head(key)).text())
                for key in NEEDED
                if key not in read and any(c and c.key == key for c in columns)
            ]
            if not wrong
            else []
        )
        found.append(read)
    if wrong:
        raise ImportRefusedError("import.cells", cells="\n".join(wrong[:100]))
    if len(found) > MOST_PROTOCOLS:
        raise ImportRefusedError("import.sheet_bounds", file=page.title, what="protocols", most=MOST_PROTOCOLS)
    _unique(page, found)
    return found


def _put(row: Protocol, key: str, value: Any) -> None:
    table, point, name = key.partition(".")
    if point:
        row.setdefault(table, {})[name] = value
    else:
        row[key] = value


def _columns(page: Page) -> tuple[list[Column | None], list[str]]:
    """Return the column of each head; None for remarks."""
    columns: list[Column | None] = []
    wrong: list[str] = []
    for cell in page.rows[0]:
        name = " ".join(str(cell.value or "").split()).lower()
        column = HEADS.get(name)
        if column is None and name and not name.startswith(REMARK):
            allowed = ", ".join(c.head for c in COLUMNS)
            error = ImportRefusedError("import.head", allowed=f"{allowed}, {REMARK}", hint=hint(nearest(name, HEADS)))
            wrong.append(_said(page, cell.place, cell.value, error.text()))
        if column is not None and column in columns:
            wrong.append(_said(page, cell.place, cell.value, ImportRefusedError("import.head_twice").text()))
        columns.append(column)
    lacking = [_head(key) for key in NEEDED if not any(c and c.key == key for c in columns)]
    if lacking and not wrong:
        raise ImportRefusedError("import.head_missing", sheet=page.title, heads=", ".join(lacking))
    return columns, wrong


def _head(key: str) -> str:
    return next(column.head for column in COLUMNS if column.key == key)


def _said(page: Page, place: str, value: object, words: str) -> str:
    shown = "" if value is None else f" {str(value)[:60]!r}"
    return f"sheet {page.title!r}, cell {place}:{shown}: {words}"


def _value(column: Column, value: Any) -> Any:
    """Return one cell as the design file writes it: a text with its unit, a number, a name."""
    if column.kind in ("id", "region"):
        return _name(column, value)
    if column.kind == "text":
        return str(value).strip()[:LONGEST_TEXT]
    if isinstance(value, str) and column.unit:
        try:
            number = parse(value, column.kind) / parse(f"1 {column.unit}", column.kind)
        except UnitError as error:
            raise ImportRefusedError("import.cell_text", reason=error.text(), unit=column.unit) from error
    elif isinstance(value, bool) or not isinstance(value, int | float):
        raise ImportRefusedError("import.cell_number")
    else:
        number = value
    from_zero = column.key in FROM_ZERO
    least = number >= 0 if from_zero else number > 0
    if not (isfinite(number) and least and number <= column.most):
        low = "at least 0" if from_zero else "more than 0"
        raise ImportRefusedError("import.cell_range", low=low, most=f"{column.most:g}", unit=column.unit)
    return f"{number!r} {column.unit}" if column.unit else number


def _name(column: Column, value: Any) -> str:
    text = str(value).strip()
    if column.kind == "region":
        if text.lower() not in REGIONS:
            raise ImportRefusedError("import.cell_region", allowed=", ".join(REGIONS))
        return text.lower()
    plain = text.replace("_", "a").replace("-", "a")
    if not isinstance(value, str) or not (text.isascii() and plain.isalnum() and text[0].isalpha() and len(text) <= 40):
        raise ImportRefusedError("import.cell_id")
    return text


def _unique(page: Page, found: Iterable[Protocol]) -> None:
    seen: set[tuple[object, object]] = set()
    for row in found:
        name = (row.get("source"), row["id"])
        if name in seen:
            raise ImportRefusedError("import.protocol_twice", sheet=page.title, id=row["id"])
        seen.add(name)


def sheet_rows(rows: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """Return protocols as rows of the sheet, numbers in the unit of their column."""
    return [[_plain(column, _at(row, column.key)) for column in COLUMNS] for row in rows]


def _at(row: Mapping[str, Any], key: str) -> Any:
    table, point, name = key.partition(".")
    return (row.get(table) or {}).get(name) if point else row.get(key)


def _plain(column: Column, value: Any) -> Any:
    """Return a quantity as a number in the column's unit, exactly where that unit is the written one."""
    if not column.unit or not isinstance(value, str):
        return value
    scale = DIMENSIONS[column.kind][column.unit.replace(" ", "")]
    number = parse(value, column.kind) * scale[1] / scale[0]
    return int(number) if number == int(number) and abs(number) < 1e15 else number


def heads() -> Sequence[str]:
    """Return the heads of the sheet."""
    return [column.head for column in COLUMNS]
