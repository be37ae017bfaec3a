"""Counts as bars, drawn as SVG."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

_COLOURS = {"pass": "#3a7d44", "fail": "#b3261e", "undetermined": "#b57b00", "": "#6b6b6b"}
_WIDE, _ROW, _TEXT, _BAR, _THICK = 720, 26, 330, 320, 16


def bars(rows: Sequence[tuple[str, int, str]]) -> str:
    """Return one bar for each name and count, in the colour of its tone, the longest for the largest count."""
    most = max((count for _, count, _ in rows), default=0) or 1
    drawn = "".join(_bar(number, *row, most) for number, row in enumerate(rows))
    high = _ROW * len(rows)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {high}" width="{_WIDE}" height="{high}"'
    return f'{head} font-family="Noto Sans, Noto Sans CJK SC, sans-serif" font-size="13">{drawn}</svg>'


def _bar(number: int, name: str, count: int, tone: str, most: int) -> str:
    top, wide = number * _ROW + (_ROW - _THICK) / 2, max(1.0, _BAR * count / most)
    base = top + _THICK - 3
    return (
        f'<text x="{_TEXT - 8}" y="{base:g}" text-anchor="end">{escape(name)}</text>'
        f'<rect x="{_TEXT}" y="{top:g}" width="{wide:.1f}" height="{_THICK}" fill="{_COLOURS[tone]}"/>'
        f'<text x="{_TEXT + wide + 6:.1f}" y="{base:g}">{count}</text>'
    )
