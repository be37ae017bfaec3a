"""Data as TOML text: one key a line, tables with an id under a heading of their own, everything else in line."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from json import dumps
from math import isfinite
from typing import Any


def value_text(value: Any) -> str:
    """Return one value as TOML writes it; raise TypeError for what TOML cannot say."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | date():
            return str(value)
        case float() if isfinite(value):
            return repr(value)
        case str():
            return dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case Mapping():
            inner = ", ".join(f"{key_text(key)} = {value_text(child)}" for key, child in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case list() | tuple():
            return f"[{', '.join(map(value_text, value))}]"
    raise TypeError(f"no TOML for {value!r}")


def key_text(key: str) -> str:
    """Return a key, in quotes where it needs them."""
    bare = key.isascii() and key.replace("-", "a").replace("_", "a").isalnum()
    return key if bare else value_text(key)


def document_text(tree: Mapping[str, Any]) -> str:
    """Return a whole file."""
    return "\n".join(_table((), tree)).strip("\n") + "\n"


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of one table: its own keys, then the tables below it."""
    below = {key: value for key, value in table.items() if _own_heading(path, value)}
    for key, value in table.items():
        if key not in below:
            yield f"{key_text(key)} = {value_text(value)}"
    for key, value in below.items():
        name = ".".join(map(key_text, (*path, key)))
        if isinstance(value, Mapping):
            yield from ("", f"[{name}]", *_table((*path, key), value))
        else:
            for row in value:
                yield from ("", f"[[{name}]]", *_table((*path, key), row))


def _own_heading(path: tuple[str, ...], value: Any) -> bool:
    if isinstance(value, Mapping):
        return not path
    return (
        isinstance(value, Sequence) and bool(value) and all(isinstance(row, Mapping) and "id" in row for row in value)
    )
