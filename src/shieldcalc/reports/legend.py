"""The legend below a drawing: lines of text that stay within its width."""

import re
from collections.abc import Sequence

from shieldcalc.model.design import Xy
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.plan import WIDTH_MM, Sheet

Row = tuple[str, str]  # text and CSS style
LINE_MM, LEFT_MM = 4.0, 8.0
_LATIN_MM, _BOLD_MM, _EASTERN_MM = 1.65, 1.85, 3.05
_PIECE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+")


def sheet_with(corners: Sequence[Xy], rows: Sequence[Row]) -> tuple[Sheet, list[Row]]:
    """Return a sheet as wide as the page with room for a legend, and its rows broken to that width.

    The width does not follow the drawing: a narrow legend is a high one, which leaves the drawing less room still.
    """
    found = [(part, style) for text, style in rows for part in wrapped(text, WIDTH_MM - 2 * LEFT_MM, style)]
    return Sheet(corners, foot_mm=LINE_MM * (len(found) + 1), least_mm=WIDTH_MM), found


def legend(sheet: Sheet, rows: Sequence[Row]) -> list[str]:
    """Return the rows as text at the foot of the sheet."""
    top = sheet.height - sheet.foot + 2
    return [
        f'<text class="legend" x="{LEFT_MM:g}" y="{top + LINE_MM * row:.2f}" style="{style}">{visible(text)}</text>'
        for row, (text, style) in enumerate(rows)
    ]


def wrapped(text: str, width_mm: float, style: str = "") -> list[str]:
    """Return a text in lines of about a width, broken at spaces and between Chinese characters."""
    lines, line, taken = [], "", 0.0
    for piece in _PIECE.findall(text):
        wide = _width(piece, style)
        if line and taken + wide > width_mm:
            lines.append(line.rstrip())
            line, taken = "", 0.0
        line, taken = line + piece, taken + wide
    return [*lines, line.rstrip()]


def _width(piece: str, style: str) -> float:
    latin = _BOLD_MM if "bold" in style else _LATIN_MM
    return sum(_EASTERN_MM if char >= "\u2e80" else latin for char in piece)
