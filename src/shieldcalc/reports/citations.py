"""Citations in the reader's language: the words around titles and numbers (section, table, with), never the titles.

A method cites in English, in the words that ``report.cite`` holds; each is replaced by the language's own, the longest
first; ``#`` in one is a number such as 4, 4.5, C.2 or 118-121. What stands between them (titles, names) stays. Beside
Chinese characters commas, semicolons and colons are Chinese ones.
"""

import re
from functools import cache, reduce

from shieldcalc.texts import catalogue, known, sentence

_CITE, _STEP = "report.cite.", "report.step."
_NUMBER = re.compile(r"(?<![\w.])(?:(?:[A-Z]\.)?\d[\d.-]*(?<=\d)(?!\w)|(?-i:[A-Z])(?![\w.]))")
_ARTICLE = re.compile(r"Art\. (?P<n>\d+)(?:\((?P<m>\d+)\))?(?P<p>[a-zđ](?:, [a-zđ](?!\w))*)?(?![\w.])")
_TITLE = re.compile(r"(“[^”]*”)")
_WIDE = r"[\u3000-\uffef]"
_STOP = re.compile(rf"(?<={_WIDE})[,;:] |[,;:] (?={_WIDE})")
_STOPS = {",": "，", ";": "；", ":": "："}
_FURTHER = re.compile(r"(?<=[\w)]), (?=\d+\(\d+\))")  # of "Art. 14(3), 20(1)"


def told(text: str, language: str) -> str:
    """Return a citation with its words in the language; what stands in “ ” is a title and stays."""
    if language == "en":
        return text
    pattern, words = _phrases(language)
    parts = _TITLE.split(text)
    parts[::2] = (pattern.sub(lambda found: _said(found[0], words), part) for part in parts[::2])
    return _STOP.sub(lambda found: _STOPS[found[0][0]], "".join(parts))


def _said(found: str, words: dict[str, str]) -> str:
    """Return the language's words for a phrase; the numbers in it go where they hold a ``#``."""
    if found.lower() in words:
        return words[found.lower()]
    numbers = iter(_NUMBER.findall(found))
    return re.sub("#", lambda _: next(numbers), words[_NUMBER.sub("#", found).lower()])


def article(text: str, language: str) -> str:
    """Return the place of a rule, such as "Art. 15(3)d, heading" or "Art. 6(1)a, b", as the language cites it."""
    if language != "en" and text.startswith("Art."):
        text = _FURTHER.sub(", Art. ", text)
    return told(_ARTICLE.sub(lambda found: _place(found, language), text), language)


def label(text: str, language: str) -> str:
    """Return the words of a step's label; empty where it is a name."""
    return known(_STEP + text, language) or ""


def _place(found: re.Match[str], language: str) -> str:
    level = "point" if found["p"] and found["m"] else "clause" if found["m"] else "letter" if found["p"] else "article"
    points = reduce(lambda left, right: _listed(left, right, language), (found["p"] or "").split(", "))
    return sentence(f"report.article.{level}", language, **{**found.groupdict(), "p": points})


def _listed(left: str, right: str, language: str) -> str:
    return sentence("report.due.list", language, left=left, right=right)


@cache
def _phrases(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern that finds every phrase as whole words, and what each becomes."""
    words = {code.removeprefix(_CITE): text for code, text in catalogue(language).items() if code.startswith(_CITE)}
    longest_first = sorted(words, key=lambda phrase: (-len(phrase), phrase))
    choice = "|".join(re.escape(phrase).replace(r"\#", _NUMBER.pattern) for phrase in longest_first)
    whole = re.compile(rf"(?<![\w.'-])(?i:{choice})(?![\w'-]|\.\w)")
    return whole, {phrase.lower(): text for phrase, text in words.items()}
