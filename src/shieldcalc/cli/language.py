"""The language of what people read."""

from shieldcalc.errors import UnknownNameError


def known_language(language: str) -> str:
    """Return a language that has report texts; raise UnknownNameError otherwise."""
    from os import listdir

    from shieldcalc.resources import data_path

    known = sorted(listdir(data_path("texts")))
    if language not in known:
        raise UnknownNameError("language", language, known)
    return language
