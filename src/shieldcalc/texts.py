"""Sentences in the reader's language: the only place they live is ``data/texts/<language>/<folder>/<area>.toml``.

Findings, warnings and errors are codes with parameters; this module turns them into words.
"""

from functools import cache
from os import listdir
from typing import TYPE_CHECKING, Any

from shieldcalc.resources import data_path

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

LANGUAGES = ("en", "vi", "zh")


class MissingTextError(LookupError):
    """A text that a report needs does not exist in the asked language."""


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return every text of one language, keyed by its dotted code (``errors.unknown_name``).

    The folder's name is the first part of the key (``errors/design.toml`` holds ``errors.*``), tables inside a file
    add the next parts. Raises MissingTextError when the language has no texts or a code is defined twice.
    """
    found: dict[str, str] = {}
    for folder in _names(language):
        found |= _folder(language, folder)
    return found


def sentence(code: str, language: str = "en", /, **params: object) -> str:
    """Return the text of one code with its parameters put in.

    Raises MissingTextError when the language has no such text or a parameter is missing.
    """
    try:
        text = known(code, language)
        if text is None:
            raise KeyError(code)
        return text.format(**params)
    except (KeyError, IndexError) as error:
        raise MissingTextError(f"no text {code!r} in language {language!r} ({error})") from error


def said(text: str, language: str) -> str:
    """Return words that stand in a refusal's sentence in the language, or the text itself where it is none of them.

    ``errors.said`` holds them; ``{}`` in one stands for a value; several bounds are told one by one.
    """
    known, patterns = _fragments(language)
    if text in known:
        return known[text]
    parts = text.split(", ")
    told = [known.get(part) or _filled(part, patterns) for part in (text, *parts)]
    return told[0] or (", ".join(map(str, told[1:])) if all(told[1:]) else text)


def _filled(text: str, patterns: "Iterable[tuple[re.Pattern[str], str]]") -> str:
    found = ((pattern.fullmatch(text), words) for pattern, words in patterns)
    return next((words.format(*match.groups()) for match, words in found if match), "")


@cache
def _fragments(language: str) -> "tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]":
    """Return the words that stand by themselves, and the patterns of those with a value in them, longest first."""
    import re

    prefix = "errors.said."
    words = {
        code.removeprefix(prefix): text for code, text in _folder(language, "errors").items() if code.startswith(prefix)
    }
    forms = sorted((phrase for phrase in words if "{}" in phrase), key=len, reverse=True)
    patterns = [(re.compile(re.escape(phrase).replace(r"\{\}", "([^,]+)")), words[phrase]) for phrase in forms]
    return {phrase: text for phrase, text in words.items() if phrase not in forms}, patterns


@cache
def known(code: str, language: str) -> str | None:
    """Return one text, None where the language has none: only files in which its name stands at all are parsed.

    Raises MissingTextError when the language has no texts.
    """
    folder, _, rest = code.partition(".")
    name = rest.rpartition(".")[2].encode()
    for file in _names(language, folder) if folder in _names(language) else ():
        if name in _written(language, folder, file):
            text = _texts(language, folder, file).get(code)
            if text is not None:
                return text
    return None


@cache
def _folder(language: str, folder: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _names(language, folder):
        for code, text in _texts(language, folder, name).items():
            if code in found:
                raise MissingTextError(f"text {code!r} is defined twice")
            found[code] = text
    return found


@cache
def _texts(language: str, folder: str, name: str) -> dict[str, str]:
    """Return the texts of one file by their codes."""
    return read_texts(folder, _written(language, folder, name).decode())


def read_texts(prefix: str, written: str) -> dict[str, str]:
    """Return the texts of a TOML file by their codes under ``prefix``, read line by line where that is enough.

    Most lines are ``key = "words"``: these are taken as they stand, at a tenth of the time of a TOML reader. A line of
    another form is given to it by itself, and the whole file where a line by itself is no TOML or a code comes twice.
    """
    found: dict[str, str] = {}
    try:
        for code, text in _lines(prefix, written):
            if code in found:
                raise ValueError(code)
            found[code] = text
    except ValueError:
        found.clear()
        _flatten(prefix, _toml(written), found)
    return found


def _lines(prefix: str, written: str) -> "Iterator[tuple[str, str]]":
    """Yield code and text of each line; raises ValueError for lines that say nothing by themselves."""
    table = prefix
    for line in written.splitlines():
        key, _, value = line.partition(" = ")
        words, name = _within_quotes(value), key if _is_bare(key) else _within_quotes(key)
        if words is not None and name is not None:
            yield f"{table}.{name}", words
        elif line.startswith("["):
            table = ".".join((prefix, *_path(line)))
        elif line and line[0] != "#":
            found: dict[str, str] = {}
            _flatten(table, _toml(line), found)
            yield from found.items()


def _path(line: str) -> "Iterator[str]":
    """Yield the names in the head of a table; raises ValueError for that of a list."""
    node: Any = _toml(line)
    while node:
        if not isinstance(node, dict):
            raise ValueError(line)
        ((name, node),) = node.items()
        yield name


def _within_quotes(word: str) -> str | None:
    """Return what a plain quoted word holds, None where it is none."""
    plain = word[:1] == word[-1:] == '"' and word.count('"') == 2 and "\\" not in word
    return word[1:-1] if plain else None


def _is_bare(key: str) -> bool:
    return key.isascii() and key.replace("_", "").replace("-", "").isalnum()


def _toml(written: str) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(written)


@cache
def _written(language: str, folder: str, name: str) -> bytes:
    with open(data_path("texts", language, folder, name), "rb") as file:
        return file.read()


@cache
def _names(*folders: str) -> list[str]:
    try:
        return sorted(listdir(data_path("texts", *folders)))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingTextError(f"no texts {'/'.join(folders)!r}") from error


def _flatten(prefix: str, node: dict[str, Any] | str, found: dict[str, str]) -> None:
    if isinstance(node, dict):
        for key, child in node.items():
            _flatten(f"{prefix}.{key}", child, found)
    else:
        found[prefix] = str(node)
