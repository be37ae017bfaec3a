"""What an answer says to people: lines of words, each a code with parameters, under headings."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shieldcalc.errors import Notice

Said = Notice | str


class Part(NamedTuple):
    """A heading with its lines."""

    title: Notice
    lines: tuple[Said, ...]


def say(code: str, **params: object) -> Notice:
    """Return words of this desk: a code under ``report.accident.``."""
    return Notice(f"report.accident.{code}", params)


def part(code: str, lines: Iterable[Said], **params: object) -> Part:
    """Return a part of an answer by the code of its heading."""
    return Part(say(code, **params), tuple(lines))


def words(said: Said, language: str) -> str:
    """Return one line in a language."""
    return said if isinstance(said, str) else said.text(language)


def text_lines(parts: Iterable[Part], language: str) -> Iterator[str]:
    """Yield an answer line by line: headings, and below each its lines, indented."""
    for number, each in enumerate(parts):
        if number:
            yield ""
        yield each.title.text(language)
        yield from (f"  {words(line, language)}" for line in each.lines)
