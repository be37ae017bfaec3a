"""From a path to parsed TOML: everything that can go wrong before a key has a meaning."""

import os
from typing import Any

from shieldcalc.errors import InputError, Problem
from shieldcalc.model.loader.limits import limit
from shieldcalc.model.loader.syntax import read_toml

_AT_ONCE = getattr(os, "O_NONBLOCK", 0)


def read_bytes(path: str) -> bytes:
    """Return the content of a design file; raise InputError when it cannot be read or is too large.

    A pipe is read to its end; one that nobody writes to is empty, never waited for.
    """
    try:
        if os.path.isdir(path):
            raise _refusal(path, None, "design.folder")
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _AT_ONCE)) as file:
            os.set_blocking(file.fileno(), True)
            content = file.read(limit("bytes") + 1)
    except (OSError, ValueError) as error:
        code = "design.no_file" if isinstance(error, FileNotFoundError) else "design.unreadable"
        raise _refusal(path, None, code, reason=getattr(error, "strerror", None) or str(error)) from error
    return fitting(path, content)


def fitting(path: str, content: bytes) -> bytes:
    """Return the content of a design file; raise InputError when it is too large."""
    if len(content) > limit("bytes"):
        raise _refusal(path, None, "design.too_large", most=limit("bytes"))
    return content


def parse(path: str, content: bytes, *, start: str = "") -> tuple[str, dict[str, Any]]:
    """Return the text and its parsed tables; raise InputError with line, column and key of what is no TOML.

    ``start`` names what ``shieldcalc new`` writes of the kind, told where the file is empty; "" for nothing.
    """
    text = _decoded(path, content)
    if not text.strip():
        raise _refusal(path, 1, "design.empty" if start else "design.nothing", start=start)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > limit("line_characters"):
            raise _refusal(path, number, "design.long_line", most=limit("line_characters"))
    return text, read_toml(path, text)


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
