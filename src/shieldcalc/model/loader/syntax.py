"""What is said of a text that is no TOML, or more than can be read: its line, the key there, the reason."""

import re
import tomllib
from typing import Any

from shieldcalc.errors import InputError, Problem
from shieldcalc.model.loader.limits import limit
from shieldcalc.model.loader.lines import Path, dotted, key_lines, last_key

_PART = r"""(?:"[^"\n]*"|'[^'\n]*'|[\w-]+)"""
_MOST_DOTS = 50  # of a key: tomllib takes minutes over thousands
_LONG_KEY = re.compile(rf"(?<![\w-]){_PART}(?:[ \t]*\.[ \t]*{_PART}){{{_MOST_DOTS}}}")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_STATEMENT = re.compile(r"[ \t]*(?:\[\[?[^\]\n]*\]\]?|[^=\n#]+=)")
_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate")
_WRITTEN = r'''"""(?:[^\\]|\\.)*?"{3,5}|"(?:[^"\\\n]|\\.)*"|''' r"""'''.*?'{3,5}|'[^'\n]*'|#[^\n]*"""
_TOKEN = re.compile(_WRITTEN + r"|[\[\]{}]|(?<![\w-])[0-9][0-9_]*", re.DOTALL)
_QUOTED, _NO_BRACKETS = re.compile(_WRITTEN, re.DOTALL), re.compile(r"[^\[\]{}]+")


def read_toml(path: str, text: str) -> dict[str, Any]:
    """Return the parsed tables; raise InputError with the line, and where it can be said the key, of what is wrong."""
    _bounded(path, text)
    try:
        parsed = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refused(path, text, str(error)) from error
    for place, line in key_lines(text).items() if _deep(parsed) else ():
        if len(place) > limit("nesting"):
            raise InputError([Problem(path, line, dotted(place), "design.too_deep", {"most": limit("nesting")})])
    return parsed


def _bounded(path: str, text: str) -> None:
    """Refuse what the parser would take minutes over, or could not: long keys, deep nesting, endless numbers."""
    dotted_lines = any(line.count(".") >= _MOST_DOTS for line in text.split("\n"))
    if dotted_lines and (long_key := _LONG_KEY.search(text)):
        line = text.count("\n", 0, long_key.start()) + 1
        raise InputError([Problem(path, line, "", "design.too_deep", {"most": limit("nesting")})])
    if _shallow(text):
        return
    depth, opened = 0, 0
    for token in _TOKEN.finditer(text):
        first, start = token[0][0], token.start()
        if first in "[{":
            opened = opened if depth else start
            depth += 1
        elif first in "]}":
            depth = max(0, depth - 1)
        if depth > limit("nesting"):
            raise _unfit(path, text, start, opened, "design.too_deep", most=limit("nesting"))
        if first.isdigit() and len(token[0]) > limit("number_digits"):
            raise _unfit(path, text, start, start, "design.long_number", most=limit("number_digits"))


def _shallow(text: str) -> bool:
    """Return whether brackets pair off within the nesting allowed and no number is long: of most texts, at a glance."""
    left = _NO_BRACKETS.sub("", _QUOTED.sub("", text))
    for _ in range(limit("nesting")):
        left = left.replace("[]", "").replace("{}", "")
        if not left:
            return re.search(f"[0-9][0-9_]{{{limit('number_digits')}}}", text) is None
    return False


def _unfit(path: str, text: str, place: int, value: int, code: str, **params: object) -> InputError:
    """Return the refusal of what stands at a place, in a value that begins at ``value``."""
    key, _ = _key(text[:value] + "0")
    return InputError([Problem(path, text.count("\n", 0, place) + 1, dotted(key), code, params)])


def _key(text: str) -> tuple[Path, dict[Path, int]]:
    """Return the key in which a text ends and the lines of all; an empty one when the text does not lead to a key."""
    try:
        return last_key(text)
    except (ValueError, LookupError, RecursionError):
        return (), {}


def _refused(path: str, text: str, words: str) -> InputError:
    place = _PLACE.search(words)
    reason = words[: place.start()] if place else words
    if place is None or place[1] is None:
        last = text.rstrip().count("\n") + 1
        return InputError([Problem(path, last, "", "design.syntax_end", {"reason": reason})])
    line, column = int(place[1]), place[2]
    lines = text.split("\n")
    begun = _STATEMENT.match(lines[line - 1])
    before = "".join(f"{each}\n" for each in lines[: line - 1])
    key, known = _key(f"{before}{begun[0]} {'0' if begun[0].endswith('=') else ''}") if begun else ((), {})
    if key and reason.startswith(_TWICE):
        key = key[:-1] if isinstance(key[-1], int) else key
        return InputError([Problem(path, line, dotted(key), "design.defined_twice", {"line": known[key]})])
    shown = {"reason": reason, "column": column}
    return InputError([Problem(path, line, dotted(key), "design.syntax", shown)])


def _deep(parsed: dict[str, Any]) -> bool:
    """Return whether tables and lists nest deeper than any design file does."""
    level: list[Any] = [parsed]
    for _ in range(limit("nesting")):
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, dict | list)
        ]
    return bool(level)
