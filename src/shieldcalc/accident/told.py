"""What an answer says to people: lines of words, each a code with parameters, under headings."""

import re
from collections.abc import Callable, Iterable, Iterator
from math import ceil, floor, log10
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.texts import MissingTextError, sentence

Said = Notice | str | Callable[[str], str]
MOST_DIGITS = 17
MOST_PLACES = 4
LAST_BITS = 1e-9
_ARTICLE = re.compile(r"Art\. (?P<n>\d+)(?:\((?P<m>\d+)\))?(?P<p>[a-zđ])?")


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


def place(article: str) -> Said:
    """Return where a rule stands, "Art. 29(1)c" or "Annex III, part IV", in words of any language."""
    if found := _ARTICLE.fullmatch(article):
        point, clause = found["p"], found["m"]
        level = "point" if point and clause else "clause" if clause else "letter" if point else "article"
        return Notice(f"report.article.{level}", found.groupdict())
    try:
        sentence(f"report.accident.place.{article}")
    except MissingTextError:
        return article
    return say(f"place.{article}")


def cited(instrument: str, article: str) -> Notice:
    """Return an instrument with the place in it."""
    return say("cited", instrument=instrument, article=place(article))


def kept(value: float, bounds: Iterable[float], digits: int = 3) -> str:
    """Return a number with so many significant digits, or as many more as keep it on its side of every bound."""
    from shieldcalc.units import significant

    every = tuple(bounds)
    for number in range(digits, MOST_DIGITS):
        text = significant(value, number)
        if all((float(text) >= bound) == (value >= bound) for bound in every):
            return text
    return repr(value)


def up(value: float, digits: int = 3) -> str:
    """Return a number rounded up: a radius is never shown smaller than it is, nor finer than a tenth of a mm."""
    return _rounded(value, digits, lambda each: max(1, ceil(each - LAST_BITS)))


def down(value: float, digits: int = 3) -> str:
    """Return a number rounded down: a time to stay is never shown longer than it is."""
    return _rounded(value, digits, lambda each: floor(each + LAST_BITS))


def _rounded(value: float, digits: int, way: Callable[[float], int]) -> str:
    if value <= 0:
        return "0"
    places = min(max(0, digits - 1 - floor(log10(value))), MOST_PLACES)
    whole = way(value * 10**places)
    return f"{whole / 10**places:.{places}f}" if whole else "0"


def once(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Return notices without those that were said before."""
    return tuple({repr(each): each for each in notices}.values())


def words(said: Said, language: str) -> str:
    """Return one line in a language."""
    if isinstance(said, Notice):
        return said.text(language)
    return said if isinstance(said, str) else said(language)


def text_lines(parts: Iterable[Part], language: str) -> Iterator[str]:
    """Yield an answer line by line: headings, and below each its lines, indented."""
    for number, each in enumerate(parts):
        if number:
            yield ""
        yield each.title.text(language)
        yield from (f"  {words(line, language)}" for line in each.lines)
