"""The pieces a report is made of, as plain dictionaries: what the HTML writer and the typst template know to lay out.

A cell is text, or a dictionary with text, tone (pass, fail, undetermined or none) and a note below.
"""

from collections.abc import Iterable, Sequence
from typing import Any

Block = dict[str, Any]
Cell = str | dict[str, str]


def section(title: str, blocks: Iterable[Block]) -> Block:
    """Return a section with its heading."""
    return {"title": title, "blocks": [block for block in blocks if block]}


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    """Return labels with their values."""
    return {"type": "facts", "rows": [list(row) for row in rows]}


def table(columns: Sequence[tuple[str, float, str]], rows: Iterable[Sequence[Cell]]) -> Block:
    """Return a table; a column is (title, share of the width, "l" or "r"). Empty where it has no rows."""
    heads = [{"title": title, "share": share, "align": align} for title, share, align in columns]
    body = [[cell if isinstance(cell, dict) else toned(cell, "") for cell in row] for row in rows]
    return {"type": "table", "columns": heads, "rows": body} if body else {}


def text(words: str, tone: str = "") -> Block:
    """Return a paragraph."""
    return {"type": "text", "text": words, "tone": tone}


def subheading(words: str) -> Block:
    """Return a heading below a section's."""
    return {"type": "subheading", "text": words}


def bullets(items: Iterable[str]) -> Block:
    """Return a list; empty where it has no items."""
    found = list(items)
    return {"type": "bullets", "items": found} if found else {}


def toned(words: str, tone: str, note: str = "") -> dict[str, str]:
    """Return a cell whose outcome shows."""
    return {"text": words, "tone": tone, "note": note}
