"""Survey tables, CSV or Excel, to Readings: quantities with their units, one row a reading, bounded."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import StringIO
from typing import Any, NamedTuple

from shieldcalc.errors import InputError, Problem, UnitError, hint, nearest
from shieldcalc.importers.refusal import ImportRefusedError
from shieldcalc.importers.xlsx import read_pages
from shieldcalc.model.loader.limits import limit
from shieldcalc.units import parse
from shieldcalc.verify.archive import Files
from shieldcalc.verify.model import Reading
from shieldcalc.verify.names import spelt
from shieldcalc.verify.workplace import Workplace

COLUMNS = (
    *("id", "at", "instrument", "date", "reading", "background", "source", "beam", "kv", "current", "charge", "dlp"),
    *("time", "filtration", "phantom", "activity", "dose_rate", "gantry", "field"),
)
NEEDED = ("at", "instrument", "reading")
LONGEST_CELL, LONGEST_TEXT, MOST_COLUMNS = 1000, 200, 40
_SHOWN_BY = (
    ("h10", False, "dose_rate"),
    ("h10", True, "dose"),
    ("air_kerma", False, "kerma_rate"),
    ("air_kerma", True, "kerma"),
)
_QUANTITIES = {
    "kv": ("kv", "voltage"),
    "current": ("current_mA", "current"),
    "charge": ("charge_mAs", "charge"),
    "dlp": ("dlp_mGy_cm", "dlp"),
    "time": ("time_s", "time"),
    "filtration": ("filtration_mmAl", "filtration"),
    "activity": ("activity_Bq", "activity"),
    "dose_rate": ("dose_rate_Gy_per_h", "kerma_rate"),
    "gantry": ("gantry_deg", "angle"),
    "field": ("field_mm", "length"),
}
_MAY_BE_ZERO = ("gantry",)
_OF_BASE = {"dose_rate": 1e-3}  # mGy/h to Gy/h


class Row(NamedTuple):
    """One line of a table below its head: its number, and its cells by column."""

    number: int
    cells: Mapping[str, Any]


def readings(files: Files, place: Workplace, surveys: Sequence[tuple[str, str]]) -> tuple[Reading, ...]:
    """Return the readings of every survey file; ``place`` holds the files on disk.

    Raises InputError with everything that is wrong in one file, and what the reader of workbooks refuses.
    """
    found: list[Reading] = []
    for name, design in surveys:
        table = _workbook(name, place) if name.lower().endswith(".xlsx") else _csv(name, files[name])
        problems: list[Problem] = []
        for row in _rows(name, table):
            if len(found) >= limit("submission_readings"):
                raise _refused(name, row.number, "", "submission.many_readings", most=limit("submission_readings"))
            reading = _reading(name, design, row, len(found) + 1, problems)
            if reading is not None:
                found.append(reading)
            if len(problems) > 50:
                break
        if problems:
            raise InputError(problems)
    return tuple(found)


def _refused(name: str, line: int | None, key: str, code: str, **params: object) -> InputError:
    return InputError([Problem(name, line, key, code, params)])


def _csv(name: str, content: bytes) -> Iterator[Sequence[Any]]:
    import csv

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused(name, line, "", "design.not_utf8", byte=f"0x{content[error.start]:02x}") from error
    head = text.partition("\n")[0]
    reader = csv.reader(
        StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",", strict=True
    )
    try:
        yield from reader
    except csv.Error as error:
        raise _refused(name, reader.line_num, "", "submission.bad_csv", reason=str(error)[:120]) from error


def _workbook(name: str, place: Workplace) -> Iterator[Sequence[Any]]:
    try:
        page = read_pages(place.path(name))[0]
    except ImportRefusedError as refused:  # names the file as the submission does
        raise ImportRefusedError(refused.code, **{**refused.params, "file": name}) from refused
    for row in page.rows:
        yield [cell.value for cell in row]


def _rows(name: str, table: Iterator[Sequence[Any]]) -> Iterator[Row]:
    columns: list[str] = []
    for number, cells in enumerate(table, 1):
        if number > limit("submission_lines"):
            raise _refused(name, number, "", "submission.many_lines", most=limit("submission_lines"))
        if len(cells) > MOST_COLUMNS or any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells):
            raise _refused(name, number, "", "submission.long_row", columns=MOST_COLUMNS, most=LONGEST_CELL)
        filled = [cell.strip() if isinstance(cell, str) else cell for cell in cells]
        if not any(cell not in ("", None) for cell in filled) or str(filled[0]).startswith("#"):
            continue
        if not columns:
            columns = _head(name, number, [str(cell or "").lower() for cell in filled])
        elif len(filled) > len(columns) and any(cell not in ("", None) for cell in filled[len(columns) :]):
            raise _refused(name, number, "", "submission.cells", found=len(filled), wanted=len(columns))
        else:
            yield Row(number, {key: cell for key, cell in zip(columns, filled, strict=False) if cell not in ("", None)})
    if not columns:
        raise _refused(name, None, "", "submission.no_head", allowed=", ".join(COLUMNS))


def _head(name: str, number: int, columns: list[str]) -> list[str]:
    for column in columns:
        if column not in COLUMNS:
            guess = nearest(column[:60], COLUMNS)
            said: dict[str, object] = {"allowed": ", ".join(COLUMNS), "guess": guess, "hint": hint(guess)}
            raise InputError([Problem(name, number, "", "design.unknown_key", {"key": spelt(column), **said})])
        if columns.count(column) > 1:
            raise _refused(name, number, column, "submission.column_twice")
    if lacking := [column for column in NEEDED if column not in columns]:
        raise _refused(name, number, ", ".join(lacking), "submission.no_head", allowed=", ".join(COLUMNS))
    return columns


def _reading(name: str, design: str, row: Row, number: int, problems: list[Problem]) -> Reading | None:
    """Return one reading, or None where a problem was added."""
    before = len(problems)

    def say(key: str, code: str, **params: object) -> None:
        problems.append(Problem(name, row.number, key, code, params))

    for key in NEEDED:
        if key not in row.cells:
            say(key, "submission.cell_missing", column=key)
    texts = {key: _text(key, row, say) for key in ("id", "at", "instrument", "source", "beam", "phantom")}
    shown = _amount("reading", row, say) if "reading" in row.cells else None
    background = _amount("background", row, say) if "background" in row.cells else None
    if shown is not None and background is not None and background[1:] != shown[1:]:
        say("background", "submission.background_unit", value=str(row.cells["background"]))
    own = {field: _quantity(key, dimension, row, say) for key, (field, dimension) in _QUANTITIES.items()}
    day = _day(row, say)
    if len(problems) > before or shown is None:
        return None
    return Reading(
        id=texts["id"] or f"reading_{number}",
        design=design,
        subject=texts["at"],
        instrument=texts["instrument"],
        file=name,
        row=row.number,
        value=shown[0],
        shows="h10" if shown[1] == "h10" else "air_kerma",
        integrated=shown[2],
        background=None if background is None else background[0],
        on=day,
        source=texts["source"],
        beam=texts["beam"],
        phantom=texts["phantom"],
        **own,
    )


def _text(key: str, row: Row, say: Any) -> str:
    value = row.cells.get(key, "")
    text = str(value)
    if isinstance(value, bool | float) or len(text) > LONGEST_TEXT or not text.isprintable():
        say(
            key,
            "design.text_control" if not text.isprintable() else "design.text_length",
            value=spelt(text),
            longest=LONGEST_TEXT,
        )
    return text


def _amount(key: str, row: Row, say: Any) -> tuple[float, str, bool] | None:
    """Return a reading in uSv/h, uSv, uGy/h or uGy with what it shows and whether it is integrated."""
    value, refused = row.cells[key], None
    for shows, integrated, dimension in _SHOWN_BY:
        try:
            number = 1e3 * parse(value, dimension)
        except UnitError as error:
            refused = refused or error
            if error.code != "wrong_unit":
                break
        else:
            if number >= 0:
                return number, shows, integrated
            refused = UnitError("not_negative", value=value)
            break
    if refused is not None and refused.code == "wrong_unit":
        say(key, "submission.reading_unit", value=spelt(str(value)))
    elif refused is not None:
        say(key, refused.code, **{**refused.params, "value": spelt(str(value))})
    return None


def _quantity(key: str, dimension: str, row: Row, say: Any) -> float | None:
    if key not in row.cells:
        return None
    value = row.cells[key]
    try:
        number = parse(value, dimension)
        if number < 0 or (number == 0 and key not in _MAY_BE_ZERO):
            raise UnitError("not_positive", value=value)
    except UnitError as error:
        say(key, error.code, **{**error.params, "value": spelt(str(value))})
        return None
    return number * _OF_BASE.get(key, 1.0)


def _day(row: Row, say: Any) -> date | None:
    value = row.cells.get("date")
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        say("date", "submission.day", value=spelt(str(value)))
        return None
