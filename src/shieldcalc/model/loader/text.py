"""From a path to parsed TOML: everything that can go wrong before a key has a meaning."""

import os
import re
import tomllib
from typing import Any

from shieldcalc.errors import InputError, Problem
from shieldcalc.model.loader.schema import DEEPEST, LARGEST_FILE, LONGEST_LINE

_PART = r"""(?:"[^"\n]*"|'[^'\n]*'|[\w-]+)"""
_LONG_KEY = re.compile(rf"(?<![\w-]){_PART}(?:[ \t]*\.[ \t]*{_PART}){{50}}")  # tomllib takes minutes over thousands
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_bytes(path: str) -> bytes:
    """Return the content of a design file; raise InputError when it cannot be read or is too large."""
    try:
        if os.path.isdir(path):
            raise _refusal(path, None, "design.folder")
        with open(path, "rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        code = "design.no_file" if isinstance(error, FileNotFoundError) else "design.unreadable"
        raise _refusal(path, None, code, reason=error.strerror or str(error)) from error
    if len(content) > LARGEST_FILE:
        raise _refusal(path, None, "design.too_large", most=LARGEST_FILE)
    return content


def parse(path: str, content: bytes) -> tuple[str, dict[str, Any]]:
    """Return the text and its parsed tables; raise InputError with line and column of what is no TOML."""
    text = _decoded(path, content)
    if not text.strip():
        raise _refusal(path, 1, "design.empty")
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise _refusal(path, number, "design.long_line", most=LONGEST_LINE)
    if long_key := _LONG_KEY.search(text):
        raise _refusal(path, text.count("\n", 0, long_key.start()) + 1, "design.too_deep", most=DEEPEST)
    try:
        parsed = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _syntax(path, text, error) from error
    if _deep(parsed):
        raise _refusal(path, 1, "design.too_deep", most=DEEPEST)
    return text, parsed


def _refusal(path: str, line: int | None, code: str, **params: object) -> InputError:
    return InputError([Problem(path, line, "", code, params)])


def _decoded(path: str, content: bytes) -> str:
    if content.startswith(b"\xef\xbb\xbf"):
        raise _refusal(path, 1, "design.byte_order_mark")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refusal(path, line, "design.not_utf8", byte=f"0x{content[error.start]:02x}") from error


def _syntax(path: str, text: str, error: Exception) -> InputError:
    if isinstance(error, RecursionError):
        return _refusal(path, 1, "design.too_deep", most=DEEPEST)
    words = str(error)
    place = _PLACE.search(words)
    reason = words[: place.start()] if place else words
    if place is None or place[1] is None:
        last = text.rstrip().count("\n") + 1
        return _refusal(path, last, "design.syntax_end", reason=reason)
    return _refusal(path, int(place[1]), "design.syntax", reason=reason, column=place[2])


def _deep(parsed: dict[str, Any]) -> bool:
    """Return whether tables and lists nest deeper than any design file does."""
    level: list[Any] = [parsed]
    for _ in range(DEEPEST):
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, dict | list)
        ]
    return bool(level)
