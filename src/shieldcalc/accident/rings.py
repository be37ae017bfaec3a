"""A drawing of a perimeter: rings round the source with their radii, as SVG."""

from collections.abc import Sequence
from html import escape
from math import log10
from typing import NamedTuple

SIDE, MARGIN, LINE = 170.0, 8.0, 5.0


class Ring(NamedTuple):
    """A circle round the source: radius in m, what it is, its colour, whether its line is broken."""

    radius_m: float
    text: str
    colour: str
    dashed: bool = False


class Picture(NamedTuple):
    """An SVG drawing and its size in mm."""

    svg: str
    width_mm: float
    height_mm: float


def drawn(title: str, rings: Sequence[Ring]) -> Picture:
    """Return the rings to scale with a legend and a scale bar, largest first."""
    ordered = sorted(rings, key=lambda each: -each.radius_m)
    half = SIDE / 2
    per_m = (half - MARGIN) / max(each.radius_m for each in ordered)
    height = SIDE + 14 + LINE * (len(ordered) + 1)
    parts = [_text(half, 6, title, 4.5, "middle")]
    top = 10.0
    for each in ordered:
        dash = ' stroke-dasharray="2 1.5"' if each.dashed else ""
        parts.append(
            f'<circle cx="{half}" cy="{top + half}" r="{per_m * each.radius_m:.3f}" fill="none" '
            f'stroke="{each.colour}" stroke-width="0.6"{dash}/>'
        )
    parts.append(f'<circle cx="{half}" cy="{top + half}" r="1" fill="#000"/>')
    for number, each in enumerate(ordered):
        y = top + SIDE + LINE * (number + 1)
        dash = ' stroke-dasharray="2 1.5"' if each.dashed else ""
        parts.append(f'<path d="M8 {y - 1.2:.1f}H20" stroke="{each.colour}" stroke-width="0.8"{dash}/>')
        parts.append(_text(23, y, each.text, 3.6))
    parts += _bar(per_m, top + SIDE - 3)
    body = "".join(parts)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}mm" height="{height}mm" '
        f'viewBox="0 0 {SIDE} {height}" font-family="Noto Sans, Noto Sans CJK SC, sans-serif">'
        f'<rect width="{SIDE}" height="{height}" fill="#fff"/>{body}</svg>\n'
    )
    return Picture(svg, SIDE, height)


def _text(x: float, y: float, words: str, size: float, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}">{escape(words)}</text>'


def _bar(per_m: float, y: float) -> list[str]:
    """Return a scale bar of 1, 2 or 5 times a power of ten, about a quarter of the width."""
    wanted = SIDE / 4 / per_m
    power = 10.0 ** int(log10(wanted) // 1)
    length = max(step * power for step in (1, 2, 5) if step * power <= wanted)
    x = SIDE - MARGIN
    return [
        f'<path d="M{x - length * per_m:.3f} {y:.1f}H{x}" stroke="#000" stroke-width="0.8"/>',
        _text(x, y - 1.5, f"{length:g} m", 3.2, "end"),
    ]
