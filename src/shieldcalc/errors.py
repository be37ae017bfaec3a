"""Every way in which shieldcalc refuses, as one tree; all of it exits with code 2, what a broken plugin lacks with 3.

ShieldcalcError
├── InputError          a file or an argument that cannot be used; carries Problems with file, line, key, guess
├── UnitError           a quantity without its unit, with the wrong one, or not a number
├── UnknownNameError    a name that the run does not know, with the allowed ones and the nearest guess
├── OutsideDataError    a question outside the range of the tables: refused, never extrapolated
├── DataError           a data file of ours that cannot be read or contradicts itself
├── PluginError         a plugin that cannot be used, or two that claim one name
└── TextError           a text or glyph missing in the language asked for

An error is a code with parameters; its sentence is in ``data/texts``. ``Notice`` is the same for warnings and
assumptions, which accompany a result instead of replacing it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shieldcalc.texts import MissingTextError, said, sentence

LOST = "plugin_lost"  # a name that a plugin would give that cannot be used
UNDETERMINED = 3
MOST_LISTED, NEAREST_LISTED = 300, 20  # known names in one sentence; of more only the nearest
_AS_GIVEN = ("value", "name", "guess", "file", "id", "unit", "key")  # what the user wrote


class Notice(NamedTuple):
    """A warning, an assumption or a refusal told as one: a code in the texts and its parameters.

    A parameter may itself be a Notice, told in the same language.
    """

    code: str
    params: Mapping[str, object] = {}

    def text(self, language: str = "en") -> str:
        """Return the sentence in one language."""
        return sentence(self.code, language, **told(self.params, language))


class ShieldcalcError(Exception):
    """Base of every refusal. ``code`` is a key under ``errors.`` in the texts; ``params`` fill its sentence."""

    exit_code = 2

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def notice(self) -> Notice:
        """Return the refusal as a notice, where it accompanies a result."""
        return Notice(f"errors.{self.code}", self.params)

    def text(self, language: str = "en") -> str:
        """Return the sentence in one language."""
        return self.notice().text(language)

    def __str__(self) -> str:
        try:
            return self.text()
        except MissingTextError:
            return f"{self.code} {self.params}"


class Problem(NamedTuple):
    """One thing wrong with an input: where it stands, what is allowed there, which of several methods refuses."""

    file: str
    line: int | None
    key: str
    code: str
    params: Mapping[str, object] = {}
    method: str = ""

    def text(self, language: str = "en") -> str:
        """Return ``file:line: key: sentence``."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        words = Notice(f"errors.{self.code}", self.params).text(language)
        if self.method:
            words = sentence("errors.method_refuses", language, method=self.method, reason=words)
        return f"{place}: {self.key}: {words}" if self.key else f"{place}: {words}"


class InputError(ShieldcalcError):
    """A file or an argument that cannot be used; ``problems`` lists everything found at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("input", count=len(self.problems))
        if self.problems and all(problem.code.endswith(LOST) for problem in self.problems):
            self.exit_code = UNDETERMINED

    def text(self, language: str = "en") -> str:
        """Return every problem on a line of its own."""
        return "\n".join(problem.text(language) for problem in self.problems)


class UnitError(ShieldcalcError):
    """A quantity without its unit, with the wrong one, or not a number."""


class UnknownNameError(ShieldcalcError):
    """A name that this run does not know; ``code`` where more can be said of it than that."""

    def __init__(self, kind: str, name: str, allowed: Iterable[str], code: str = "unknown_name") -> None:
        names = sorted(allowed)
        guess = nearest(name, names)
        super().__init__(code, kind=kind, name=name, allowed=listed(names, name), guess=guess, hint=hint(guess))


class OutsideDataError(ShieldcalcError):
    """A question outside the range of the tables."""


class DataError(ShieldcalcError):
    """A data file of ours that cannot be read or contradicts itself."""


class PluginError(ShieldcalcError):
    """A plugin that cannot be used, or two that claim one name; exit code 3 where a result needed what it lacks."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, **params)
        if code == LOST:
            self.exit_code = UNDETERMINED


class TextError(ShieldcalcError):
    """A text or glyph missing in the language asked for."""


def nearest(name: str, allowed: Iterable[str]) -> str:
    """Return the allowed name nearest to a misspelt one, capitals aside, or an empty string when none is near.

    A name of the same characters in another order (Cs-173 of Cs-137) is nearer than any other.
    """
    from difflib import get_close_matches

    by_small = {each.lower(): each for each in allowed}
    turned = [each for each in by_small if sorted(each) == sorted(name.lower())]
    found = get_close_matches(name.lower(), turned or list(by_small), n=1, cutoff=0.5)
    return by_small[found[0]] if found else ""


def listed(names: Sequence[str], name: str) -> str:
    """Return known names for a sentence: all up to MOST_LISTED; of more those nearest to a name, and how many."""
    if len(names) <= MOST_LISTED:
        return ", ".join(names)
    from difflib import get_close_matches

    near = get_close_matches(name, names, n=NEAREST_LISTED, cutoff=0.0)
    return f"{', '.join(sorted(near))}, ... ({len(names)})"


def hint(guess: str, language: str = "en") -> str:
    """Return the words that offer a guess, or an empty string when there is none."""
    return sentence("errors.hint", language, guess=guess) if guess else ""


def told(params: Mapping[str, object], language: str) -> Mapping[str, object]:
    """Return parameters in the language: notices, the offer of a guess, and the words that ``errors.said`` holds."""
    shown = {key: value.text(language) if isinstance(value, Notice) else value for key, value in params.items()}
    if language == "en":
        return shown
    shown = {
        key: said(value, language) if isinstance(value, str) and key not in _AS_GIVEN else value
        for key, value in shown.items()
    }
    guess = params.get("guess")
    return {**shown, "hint": hint(str(guess), language)} if guess and "hint" in params else shown
