"""On which line each key of a TOML text stands.

A small scanner for text that ``tomllib`` has already accepted: it follows the grammar far enough to tell keys from
values (strings of four kinds, arrays, inline tables, dotted and quoted keys, arrays of tables) and computes no value.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from tomllib import loads

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\n]*")
_STRINGS = (
    re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}(?!")', re.DOTALL),
    re.compile(r"'''.*?'{3,5}(?!')", re.DOTALL),
    re.compile(r'"(?:[^"\\]|\\.)*"'),
    re.compile(r"'[^']*'"),
)


def key_lines(text: str) -> dict[Path, int]:
    """Return the line (from 1) of every key, header and array element, by its path (indexes from 0).

    A path that the text builds up in several places has the line of the first.
    """
    return _Scanner(text.replace("\r\n", "\n")).scan()


class KeyLines(Mapping[Path, int]):
    """The lines of ``key_lines``, looked for when one is asked for: nobody does where nothing is wrong."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _found(self) -> dict[Path, int]:
        return key_lines(self._text)

    def __getitem__(self, path: Path) -> int:
        return self._found[path]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class DottedLines(Mapping[str, int]):
    """The same by the path as people write it."""

    def __init__(self, lines: Mapping[Path, int]) -> None:
        self._lines = lines

    @cached_property
    def _found(self) -> dict[str, int]:
        return {dotted(place): line for place, line in self._lines.items()}

    def __getitem__(self, key: str) -> int:
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def last_key(text: str) -> tuple[Path, dict[Path, int]]:
    """Return the path that a text, which may break off inside a value, ends in, and the lines of all paths."""
    scanner = _Scanner(text.replace("\r\n", "\n"))
    lines = scanner.scan()
    return scanner.last, lines


def dotted(path: Path) -> str:
    """Return a path as people write it, indexes from 1: ``wall.2.layers.1.thickness``."""
    return ".".join(str(part + 1) if isinstance(part, int) else _quoted(part) for part in path)


def _quoted(part: str) -> str:
    return part if _BARE_KEY.fullmatch(part) else '"' + part.encode("unicode_escape").decode().replace('"', '\\"') + '"'


class _Scanner:
    """One pass over one text; ``at`` is the place reached."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, int] = {}
        self.last: Path = ()
        self.elements: dict[Path, int] = {}
        self.newlines = [match.start() for match in re.finditer("\n", text)]

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip_blank():
            table = self._header() if self.text[self.at] == "[" else self._pair(table)
        return self.found

    def _skip_blank(self) -> bool:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at < len(self.text)

    def _mark(self, path: Path, place: int) -> None:
        self.last = path
        self.found.setdefault(path, bisect_right(self.newlines, place - 1) + 1)

    def _header(self) -> Path:
        start, array = self.at, self.text.startswith("[[", self.at)
        self.at += 2 if array else 1
        parts = self._key()
        self.at += 2 if array else 1
        path: Path = ()
        for part in parts[:-1]:
            path = self._entered((*path, part), start)
        path = (*path, parts[-1])
        if array:
            self._mark(path, start)
            self.elements[path] = self.elements.get(path, 0) + 1
        return self._entered(path, start)

    def _entered(self, path: Path, place: int) -> Path:
        """Return the path of a table named by a header: inside an array of tables, that of its last element."""
        self._mark(path, place)
        if path in self.elements:
            path = (*path, self.elements[path] - 1)
            self._mark(path, place)
        return path

    def _key(self) -> list[str]:
        parts = []
        while True:
            self._skip_blank()
            parts.append(self._key_part())
            self._skip_blank()
            if self.text[self.at] != ".":
                return parts
            self.at += 1

    def _key_part(self) -> str:
        start = self.at
        if self.text[start] in "\"'":
            self._string()
            token = self.text[start : self.at]
            return str(loads(f"key = {token}")["key"])
        match = _BARE_KEY.match(self.text, start)
        self.at = match.end() if match else start + 1
        return self.text[start : self.at]

    def _pair(self, table: Path) -> Path:
        """Read ``key = value`` inside one table and return that table."""
        start = self.at
        path = table
        for part in self._key():
            path = (*path, part)
            self._mark(path, start)
        self.at += 1
        self._skip_blank()
        self._value(path)
        return table

    def _value(self, path: Path) -> None:
        first = self.text[self.at]
        if first in "\"'":
            self._string()
        elif first == "[":
            self._array(path)
        elif first == "{":
            self._inline_table(path)
        else:
            match = _BARE_VALUE.match(self.text, self.at)
            self.at = match.end() if match else len(self.text)

    def _string(self) -> None:
        for pattern in _STRINGS:
            match = pattern.match(self.text, self.at)
            if match:
                self.at = match.end()
                return
        self.at = len(self.text)

    def _array(self, path: Path) -> None:
        for index, _ in enumerate(self._items("]")):
            self._mark((*path, index), self.at)
            self._value((*path, index))

    def _inline_table(self, path: Path) -> None:
        for _ in self._items("}"):
            self._pair(path)

    def _items(self, end: str) -> Iterator[None]:
        """Stop at the start of each item of a bracketed list and step over its closing bracket."""
        self.at += 1
        while self._skip_blank() and self.text[self.at] != end:
            if self.text[self.at] == ",":
                self.at += 1
            else:
                yield
        self.at += 1
