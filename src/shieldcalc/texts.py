"""Sentences in the reader's language: the only place they live is ``data/texts/<language>/*.toml``.

Findings, warnings and errors are codes with parameters; this module turns them into words.
"""

from functools import cache
from os import listdir

from shieldcalc.resources import data_path

LANGUAGES = ("en", "vi", "zh")


class MissingTextError(LookupError):
    """A text that a report needs does not exist in the asked language."""


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return every text of one language, keyed by its dotted code (``errors.unknown_name``).

    The folder's name is the first part of the key (``errors/design.toml`` holds ``errors.*``), tables inside a file
    add the next parts.
    """
    import tomllib

    found: dict[str, str] = {}
    for folder in sorted(listdir(data_path("texts", language))):
        for name in sorted(listdir(data_path("texts", language, folder))):
            with open(data_path("texts", language, folder, name), "rb") as file:
                _flatten(folder, tomllib.load(file), found)
    return found


def _flatten(prefix: str, node: object, found: dict[str, str]) -> None:
    if isinstance(node, dict):
        for key, child in node.items():
            _flatten(f"{prefix}.{key}", child, found)
    elif prefix in found:
        raise MissingTextError(f"text {prefix!r} is defined twice")
    else:
        found[prefix] = str(node)


def sentence(code: str, language: str = "en", /, **params: object) -> str:
    """Return the text of one code with its parameters put in.

    Raises MissingTextError when the language has no such text or a parameter is missing.
    """
    try:
        return catalogue(language)[code].format(**params)
    except (KeyError, IndexError, FileNotFoundError) as error:
        raise MissingTextError(f"no text {code!r} in language {language!r} ({error})") from error
