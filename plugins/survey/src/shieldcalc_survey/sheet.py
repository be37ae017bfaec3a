"""A survey sheet: CSV or Excel with the columns point, rate and unit, and optionally background in the same unit."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any, NamedTuple

from shieldcalc.errors import PluginError, UnitError
from shieldcalc.units import parse

NAME = "survey"
REQUIRED = ("point", "rate", "unit")
COLUMNS = (*REQUIRED, "background")
PER_MSV = 1000.0


class Reading(NamedTuple):
    """One line: the point, the rate above background in uSv/h, the line of the sheet."""

    point: str
    rate_uSv_per_h: float
    line: int


def read(path: str) -> list[Reading]:
    """Return the readings of a sheet; raise PluginError with the line for whatever cannot be used."""
    rows = list(_excel(path) if path.lower().endswith(".xlsx") else _csv(path))
    head = [str(cell or "").strip().lower() for cell in rows[0]] if rows else []
    missing = [name for name in REQUIRED if name not in head]
    if missing:
        raise refused(f"{path}: no column {', '.join(missing)}")
    if twice := sorted({name for name in COLUMNS if head.count(name) > 1}):
        raise refused(f"{path}: column {', '.join(twice)} twice")
    lines = enumerate(rows[1:], 2)
    blank = dict.fromkeys(head, "")
    found = [_reading(path, line, {**blank, **dict(zip(head, row, strict=False))}) for line, row in lines if any(row)]
    if not found:
        raise refused(f"{path}: no readings")
    return found


def refused(words: str) -> PluginError:
    """Return a refusal of this plugin."""
    return PluginError("plugin_says", plugin=NAME, words=words)


def _reading(path: str, line: int, cells: dict[str, Any]) -> Reading:
    place = f"{path}:{line}"
    point = str(cells["point"] or "").strip()
    if not point:
        raise refused(f"{place}: no point")
    rate = _rate(place, cells["rate"], cells["unit"])
    background = cells.get("background")
    less = 0.0 if background in (None, "") else _rate(place, background, cells["unit"])
    if less > rate:
        raise refused(f"{place}: background {background} above the rate {cells['rate']}")
    return Reading(point, rate - less, line)


def _rate(place: str, number: Any, unit: Any) -> float:
    try:
        found = parse(f"{str(number).strip()} {str(unit or '').strip()}", "dose_rate")
    except UnitError as error:
        raise refused(f"{place}: {error.text()}") from error
    if not 0 <= found < float("inf"):
        raise refused(f"{place}: rate {number} below zero")
    return found * PER_MSV


def _csv(path: str) -> Iterator[list[Any]]:
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise refused(f"{path}: {error}") from error
    yield from csv.reader(StringIO(text))


def _excel(path: str) -> Iterator[list[Any]]:
    from zipfile import BadZipFile

    from shieldcalc.extras import require

    openpyxl = require("openpyxl", "excel")
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, KeyError, ValueError) as error:
        raise refused(f"{path}: {error}") from error
    yield from (list(row) for row in book.active.iter_rows(values_only=True))
