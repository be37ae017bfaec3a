"""Where a design file states what: every ``key = value`` by line, place and path."""

import re
from typing import NamedTuple

HEADER = re.compile(r"^(\[\[?)([a-z_.]+)\]\]?")


PAIR = re.compile(r'([A-Za-z_0-9]+) = ("[^"]*"|\[[^\[\]{}]*\]|[-+0-9.a-z]+)')


TABLE_START = re.compile(r"([A-Za-z_0-9]+) = \{ ")
PLACES = ("focus", "patient", "isocentre")  # in the open they may be anywhere


class Site(NamedTuple):
    """One ``key = value``: its line (from 1), its place in that line, its path with indexes from 1."""

    line: int
    start: int
    end: int
    path: str
    key: str
    value: str
    table_line: int
    inline: bool


def sites(text: str) -> list[Site]:
    """Return every scalar, flat list and position of a file with its path."""
    found: list[Site] = []
    counts: dict[str, int] = {}
    table, table_line, listing, item = "", 0, "", 0
    for number, line in enumerate(text.splitlines(), 1):
        code = line.split("  #")[0]
        if code.startswith("#"):
            continue
        if header := HEADER.match(code):
            table, table_line = _table(header, counts), number
        elif opened := re.match(r"^([a-z_]+) = \[$", code):
            listing, item = f"{table}.{opened[1]}", 0
        elif listing and code.startswith("  {"):
            item += 1
            found += _inline(code, f"{listing}.{item}", number)
        elif code.startswith("]"):
            listing = ""
        else:
            found += _line(code, table, number, table_line)
    return found if "[[wall]]" in text else [site for site in found if site.key not in PLACES]


def _table(header: re.Match[str], counts: dict[str, int]) -> str:
    name = header[2]
    if name.startswith("source.") and header[1] == "[[":
        parent, child = f"source.{counts['source']}", name.removeprefix("source.")
        counts[f"{parent}.{child}"] = counts.get(f"{parent}.{child}", 0) + 1
        return f"{parent}.{child}.{counts[f'{parent}.{child}']}"
    if header[1] == "[[":
        counts[name] = counts.get(name, 0) + 1
        return f"{name}.{counts[name]}"
    return name


def _line(code: str, table: str, number: int, table_line: int) -> list[Site]:
    prefix = f"{table}." if table else ""
    if items := re.match(r"^([a-z_]+) = \[(\{.*\})\]", code):
        found: list[Site] = []
        at = 0
        for index, piece in enumerate(re.findall(r"\{[^{}]*\}", code), 1):
            at = code.index(piece, at)
            found += _pairs(code, at, at + len(piece), f"{prefix}{items[1]}.{index}", number, number, inline=True)
            at += len(piece)
        return found
    if opened := re.match(r"^([a-z_0-9]+) = \{ ", code):
        return _pairs(code, opened.end(), len(code), f"{prefix}{opened[1]}", number, number, inline=True)
    if code.startswith("plan = "):
        return []
    return _pairs(code, 0, len(code), table, number, table_line, inline=False)


def _inline(code: str, path: str, number: int) -> list[Site]:
    return _pairs(code, 0, len(code), path, number, number, inline=True)


def _pairs(code: str, start: int, end: int, table: str, number: int, table_line: int, *, inline: bool) -> list[Site]:
    if "[{" in code[start:end]:
        return []
    prefix = f"{table}." if table else ""
    return [
        Site(number, match.start(), match.end(), prefix + match[1], match[1], match[2], table_line, inline)
        for match in PAIR.finditer(code, start, end)
    ]


def replaced(text: str, site: Site, pair: str) -> str:
    lines = text.splitlines()
    line = lines[site.line - 1]
    lines[site.line - 1] = line[: site.start] + pair + line[site.end :]
    return "\n".join(lines) + "\n"
