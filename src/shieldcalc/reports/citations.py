"""Citations in the reader's language: the words around titles and numbers (section, table, with), never the titles.

A method cites in English, in the words that ``report.cite`` holds; each is replaced by the language's own, the longest
first. What stands between them (titles, numbers of tables, names) stays.
"""

import re
from functools import cache

from shieldcalc.texts import catalogue, sentence

_CITE, _STEP = "report.cite.", "report.step."
_ARTICLE = re.compile(r"Art\. (?P<n>\d+)(?:\((?P<m>\d+)\))?(?P<p>[a-zđ])?(?![\w.])")


def told(text: str, language: str) -> str:
    """Return a citation with its words in the language."""
    if language == "en":
        return text
    pattern, words = _phrases(language)
    return pattern.sub(lambda found: words[found[0].lower()], text)


def article(text: str, language: str) -> str:
    """Return the place of a rule, such as "Art. 15(3)d, heading", as the language cites it."""
    return told(_ARTICLE.sub(lambda found: _place(found, language), text), language)


def label(text: str, language: str) -> str:
    """Return the words of a step's label; empty where it is a name."""
    return catalogue(language).get(_STEP + text, "")


def _place(found: re.Match[str], language: str) -> str:
    level = "point" if found["p"] and found["m"] else "clause" if found["m"] else "letter" if found["p"] else "article"
    return sentence(f"report.article.{level}", language, **found.groupdict())


@cache
def _phrases(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern that finds every phrase as whole words, and what each becomes."""
    words = {code.removeprefix(_CITE): text for code, text in catalogue(language).items() if code.startswith(_CITE)}
    longest_first = sorted(words, key=lambda phrase: (-len(phrase), phrase))
    choice = "|".join(map(re.escape, longest_first))
    whole = re.compile(rf"(?<![\w.'-])(?:{choice})(?![\w'-]|\.\w)", re.IGNORECASE)
    return whole, {phrase.lower(): text for phrase, text in words.items()}
