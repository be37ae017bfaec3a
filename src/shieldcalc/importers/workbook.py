"""A design as a workbook and back: sheet ``workload`` holds the protocols, sheet ``design`` every other key.

``design`` has two columns, the dotted key (numbers count from 1) and the value as the design file says it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from shieldcalc.importers.imported import Imported
from shieldcalc.importers.refusal import ImportRefusedError
from shieldcalc.importers.toml_text import document_text, key_text
from shieldcalc.importers.workload import EXAMPLES, TITLE, Protocol, heads, protocols, sheet_rows
from shieldcalc.importers.xlsx import Cell, Page, read_pages
from shieldcalc.sheets import Sheet, workbook

DESIGN = "design"
HEADS = ("key", "value")
WRITTEN = date(2000, 1, 1)
_PART = re.compile(r'"((?:[^"\\]|\\.)*)"|([A-Za-z0-9_-]+)')
EMPTY: dict[str, Any] = {"(empty table)": {}, "(empty list)": []}
Tree = dict[str, Any]


def read_workload(path: str) -> Imported:
    """Return a workbook as text: a whole design file where it has a sheet ``design``, else protocols.

    Raises ImportRefusedError with every wrong cell; MissingExtraError without openpyxl.
    """
    pages = read_pages(path)
    by_title = {page.title.strip().lower(): page for page in pages}
    chosen = by_title.get(TITLE) or (pages[0] if len(pages) == 1 and DESIGN not in by_title else None)
    rows = protocols(chosen) if chosen else []
    if DESIGN in by_title:
        tree = _with_protocols(_tree(by_title[DESIGN]), rows)
        return Imported(document_text(tree), facts=(("protocols", len(rows)),))
    if chosen is None:
        raise ImportRefusedError("import.no_sheet", file=path, titles=", ".join(page.title for page in pages)[:200])
    return Imported(_snippets(rows), facts=(("protocols", len(rows)),))


def _snippets(rows: Sequence[Protocol]) -> str:
    """Return protocols to put below their source, grouped by it."""
    parts = []
    for source in dict.fromkeys(row.get("source") for row in rows):
        own = [_without(row, "source") for row in rows if row.get("source") == source]
        head = f"# Protocols of source {source}: put them below its [[source]].\n" if source else ""
        parts.append(head + document_text({"source": [{"id": "x", "protocol": own}]}).split("\n\n", 1)[1])
    return "\n".join(parts)


def _without(row: Mapping[str, Any], key: str) -> Tree:
    return {name: value for name, value in row.items() if name != key}


def _with_protocols(tree: Tree, rows: Sequence[Protocol]) -> Tree:
    """Put each protocol into its source; one without a source belongs to the only one."""
    sources = [each for each in tree.get("source", ()) if isinstance(each, dict)]
    ids = [source.get("id") for source in sources]
    for row in rows:
        name = row.get("source", ids[0] if len(ids) == 1 else None)
        if name not in ids:
            allowed = ", ".join(map(str, ids)) or "none"
            raise ImportRefusedError("import.protocol_source", id=row["id"], name=str(name), allowed=allowed)
        sources[ids.index(name)].setdefault("protocol", []).append(_without(row, "source"))
    return tree


def _tree(page: Page) -> Tree:
    """Return the tables and lists that the keys of sheet ``design`` spell."""
    root: Tree = {}
    for row in page.rows[1:]:
        key, value = ([*row, Cell("", None), Cell("", None)])[:2]
        if key.value is None and value.value is None:
            continue
        if value.value is None:
            raise ImportRefusedError("import.cell_empty", sheet=page.title, cell=key.place)
        try:
            _put(root, _path(str(key.value)), _said(value.value))
        except (ValueError, KeyError, IndexError, TypeError) as error:
            said = {"sheet": page.title, "cell": key.place, "value": str(key.value)[:60]}
            raise ImportRefusedError("import.cell_key", **said) from error
    return root


def _path(text: str) -> list[str | int]:
    parts: list[str | int] = []
    at = 0
    while at < len(text):
        found = _PART.match(text, at)
        if found is None or len(parts) > 12:
            raise ValueError(text)
        plain = found[2]
        parts.append(int(plain) - 1 if plain and plain.isdecimal() else _unquoted(found[1]) if plain is None else plain)
        at = found.end()
        if at < len(text):
            if text[at] != "." or at + 1 == len(text):
                raise ValueError(text)
            at += 1
    return parts


def _unquoted(text: str) -> str:
    import json

    return str(json.loads(f'"{text}"'))


def _said(value: Any) -> Any:
    if isinstance(value, datetime):
        if (value.hour, value.minute, value.second) != (0, 0, 0):
            raise ValueError(value)
        return value.date()
    if isinstance(value, str) and value in EMPTY:
        return type(EMPTY[value])()
    return value


def _put(root: Tree, path: Sequence[str | int], value: Any) -> None:
    """Put a value at its path; a list grows by one at a time, in the order of the sheet."""
    node: Any = root
    for here, after in zip(path, [*path[1:], None], strict=True):
        if isinstance(node, list) != isinstance(here, int):
            raise KeyError(here)
        fresh = value if after is None else ([] if isinstance(after, int) else {})
        if isinstance(node, list):
            if not isinstance(here, int) or not 0 <= here <= len(node):
                raise IndexError(here)
            if here == len(node):
                node.append(fresh)
            elif after is None:
                raise KeyError(here)
        elif here in node and after is None:
            raise KeyError(here)
        else:
            node.setdefault(here, fresh)
        node = node[here]


def write_workbook(tree: Tree | None) -> bytes:
    """Return a design's parsed tables as a workbook; None gives an empty workload sheet with two example rows.

    Raises MissingExtraError without openpyxl.
    """
    if tree is None:
        return workbook([Sheet(TITLE, heads(), sheet_rows(EXAMPLES))], WRITTEN)
    rows = [{"source": source["id"], **row} for source in tree["source"] for row in source.get("protocol", ())]
    rest = {**tree, "source": [_without(source, "protocol") for source in tree["source"]]}
    design = Sheet(DESIGN, HEADS, list(_flat((), rest)))
    return workbook([Sheet(TITLE, heads(), sheet_rows(rows)), design], WRITTEN)


def _flat(path: tuple[str | int, ...], node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict | list) and node:
        pairs = node.items() if isinstance(node, dict) else enumerate(node, 1)
        for key, child in pairs:
            yield from _flat((*path, key), child)
        return
    name = ".".join(str(part) if isinstance(part, int) else _quoted(part) for part in path)
    yield name, ("(empty table)" if node == {} else "(empty list)") if isinstance(node, dict | list) else node


def _quoted(key: str) -> str:
    text = key_text(key)
    return f'"{text}"' if text.isdecimal() else text
