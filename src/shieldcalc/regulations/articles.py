"""Articles: what an instrument's text is made of, how it is cited, and what of it nothing here computes."""

import re
from functools import cache
from typing import Any, NamedTuple

from shieldcalc.resources import data_path

# What a citation may say of a part of an article that has no letter of its own.
PLACES = ("heading", "last paragraph", "first sentence", "second sentence")


class Articles(NamedTuple):
    """The articles of an instrument; ``complete``: all of a text that is held, else those that are known."""

    names: tuple[str, ...]
    complete: bool


class NotComputed(NamedTuple):
    """Articles that no rule, duty or class computes, wholly or in part, and why (``rules.not_computed.<reason>``).

    ``by`` names the rules, duties and ladders that carry them within something else, ``texts`` those they send to;
    ``equipment`` the kinds whose rooms they bind.
    """

    instrument: str
    articles: tuple[str, ...]
    reason: str
    confidence: str
    by: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()


@cache
def articles() -> dict[str, Articles]:
    """Return the articles of every instrument, by its id (``data/regulations/_articles.toml``)."""
    data = _read("_articles.toml")
    return {name: Articles(tuple(row["articles"]), row["complete"]) for name, row in data.items()}


@cache
def not_computed() -> tuple[NotComputed, ...]:
    """Return what is not computed, with its reason (``data/regulations/_not_computable.toml``)."""
    rows = _read("_not_computable.toml")["row"]
    return tuple(NotComputed(**{key: _frozen(value) for key, value in row.items()}) for row in rows)


def _read(name: str) -> dict[str, Any]:
    import tomllib

    with open(data_path("regulations", name), "rb") as file:
        return tomllib.load(file)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def cited(article: str) -> tuple[str, ...]:
    """Return the articles that a citation names: "Art. 11(2)a, c" is Art. 11(2)a and Art. 11(2)c."""
    found: list[str] = []
    base = ""
    for part in re.split(r", (?!part |Appendix )", article):
        if part in PLACES:
            continue
        if re.fullmatch("[a-zđ]", part):
            found.append(base + part)
            continue
        bare = article.startswith("Art. ") and re.fullmatch(r"\d+\(\d+\)[a-zđ]?", part)
        found.append(f"Art. {part}" if bare else part)
        base = re.sub("[a-zđ]$", "", found[-1])
    return tuple(found)


def article_of(instrument: str, said: str) -> str | None:
    """Return the article that somebody means by "Art. 33(2)", "33(2)" or "33.2", None where there is none such.

    What only stands above articles that are known is one too: "6.3.1" of "6.3.1a".
    """
    names = articles()[instrument].names if instrument in articles() else ()
    dotted = re.sub(r"^(\d+)\.(\d+)", r"\1(\2)", said)
    meant = (said, f"Art. {said}", f"Art. {dotted}")
    return next((one for one in meant if one and any(one == name or _below(one, name) for name in names)), None)


def cites(citation: str, article: str) -> bool:
    """Return whether a citation names an article or a part of it."""
    return any(one == article or _below(article, one) for one in cited(citation))


def leaves(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the articles that are not divided further."""
    return tuple(name for name in names if not any(_below(name, other) for other in names))


def _below(name: str, other: str) -> bool:
    rest = other[len(name) :] if other.startswith(name) else ""
    return rest.startswith(("(", ",", ".", " ")) or bool(re.fullmatch("[a-zđ]", rest))
