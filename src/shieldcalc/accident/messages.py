"""Public messages and the call form, filled from facts; what is not known stands in brackets. Nothing is sent."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from shieldcalc.accident.told import say
from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.resources import data_path
from shieldcalc.texts import LANGUAGES

MESSAGES_TABLE = "accident/messages.toml"
UNSENT = "unsent"


class Message(NamedTuple):
    """A message in every language by line, and the facts that are missing."""

    name: str
    lines: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]


@cache
def _data() -> dict[str, Any]:
    import tomllib

    with open(data_path(*MESSAGES_TABLE.split("/")), "rb") as file:
        return tomllib.load(file)


def names() -> tuple[str, ...]:
    """Return the names of the messages."""
    return tuple(row["name"] for row in _data()["message"])


def facts() -> tuple[str, ...]:
    """Return the names of all facts that messages and the call form are filled from."""
    every = [name for row in _data()["message"] for name in row["facts"]]
    return tuple(dict.fromkeys([*every, *_data()["call_form"]["fields"]]))


def given_facts(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return facts by name, without those that say nothing.

    Raises UnknownNameError for one that no message and no form has, OutsideDataError for one that is said twice and
    for words with line breaks or control characters, which would read as lines of the message's own.
    """
    found: dict[str, str] = {}
    for name, words in pairs:
        check_facts((name,))
        if name in found:
            raise OutsideDataError("accident.fact_twice", fact=name)
        if not words.isprintable():
            raise OutsideDataError("accident.fact_control", fact=name, value=ascii(words))
        found[name] = words.strip()
    return {name: words for name, words in found.items() if words}


def check_facts(names_given: Iterable[str]) -> None:
    """Raise UnknownNameError for a fact that no message and no form has."""
    for name in names_given:
        if name not in facts():
            raise UnknownNameError("fact", name, facts())


def message(name: str, given: Mapping[str, str], amounts: Mapping[str, str]) -> Message:
    """Return one message in Vietnamese, English and Chinese; ``amounts`` are distances in words of numbers.

    Raises UnknownNameError for a message or a fact that nobody knows.
    """
    row = next((row for row in _data()["message"] if row["name"] == name), None)
    if row is None:
        raise UnknownNameError("message", name, names())
    check_facts(given)
    lines = {language: tuple(_lines(row, given, amounts, language)) for language in LANGUAGES}
    return Message(name, lines, tuple(fact for fact in row["facts"] if fact not in given))


def _lines(row: Mapping[str, Any], given: Mapping[str, str], amounts: Mapping[str, str], language: str) -> list[str]:
    filled = {fact: given.get(fact) or f"[{say(f'fact.{fact}').text(language)}]" for fact in row["facts"]}
    return [
        say(f"message.{row['name']}.{number}", **filled, **amounts).text(language)
        for number in range(1, row["lines"] + 1)
    ]


def advice(language: str, amounts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the advice on the safety of the public at the scene."""
    return tuple(say(f"advice.{n}", **amounts).text(language) for n in range(1, _data()["advice"]["lines"] + 1))


def call_form(given: Mapping[str, str], language: str) -> tuple[tuple[str, str, str], ...]:
    """Return the fields of the form for a call that comes in: code, label, what is known."""
    check_facts(given)
    return tuple(
        (name, say(f"fact.{name}").text(language), given.get(name, "")) for name in _data()["call_form"]["fields"]
    )
