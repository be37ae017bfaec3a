"""The list of everything wrong with one design file, each with the line of its key."""

from collections.abc import Iterable, Mapping

from shieldcalc.errors import Problem, hint, listed, nearest
from shieldcalc.model.loader.lines import Path, dotted
from shieldcalc.model.loader.values import SHOWN, shown

MOST_REPORTED = 100


class Problems:
    """Collects problems by path; the line of a missing key is that of the table that lacks it."""

    def __init__(self, file: str, lines: Mapping[Path, int]) -> None:
        self.file = file
        self.lines = lines
        self.found: list[Problem] = []
        self.misspelt: set[Path] = set()

    def say(self, path: Path, code: str, **params: object) -> None:
        """Add one problem; ``code`` is a key under ``errors.``."""
        if len(self.found) < MOST_REPORTED:
            self.found.append(Problem(self.file, self.line(path), dotted(path), code, params))

    def unknown(self, path: Path, kind: str, name: object, allowed: Iterable[str]) -> None:
        """Add a name that is not among the allowed ones, with the nearest of them."""
        names = sorted(allowed)
        guess = nearest(str(name)[:SHOWN], names)
        told = listed(names, str(name)[:SHOWN]) or "none"
        self.say(path, "design.unknown_name", kind=kind, name=shown(name), allowed=told, guess=guess, hint=hint(guess))

    def about(self, path: Path) -> bool:
        """Return whether a key has been refused already, or stands there misspelt."""
        key = dotted(path)
        return path in self.misspelt or any(
            problem.key == key or problem.key.startswith(key + ".") for problem in self.found
        )

    def line(self, path: Path) -> int | None:
        """Return the line of a path, or of the nearest table above it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1

    def sorted(self) -> list[Problem]:
        """Return the problems in the order of the file; the last one says when there are more than are listed."""
        ordered = sorted(self.found, key=lambda problem: problem.line or 0)
        if len(ordered) == MOST_REPORTED:
            ordered.append(Problem(self.file, None, "", "design.more", {"most": MOST_REPORTED}))
        return ordered
