"""Phases of a response with their goals as a checklist (circular 24/2012, Annex II)."""

from collections.abc import Iterable
from typing import NamedTuple

from shieldcalc.errors import UnknownNameError
from shieldcalc.tables import table

PHASES_TABLE = "accident/phases.csv"


class Goal(NamedTuple):
    """One goal of a phase, and whether it has been reached."""

    phase: str
    goal: str
    done: bool


def names() -> tuple[str, ...]:
    """Return the names of phases and goals."""
    rows = table(PHASES_TABLE).rows
    return tuple(dict.fromkeys([row["phase"] for row in rows] + [row["goal"] for row in rows]))


def checklist(done: Iterable[str]) -> tuple[Goal, ...]:
    """Return every goal; ``done`` names goals ("4.2") or whole phases ("1").

    Raises UnknownNameError for another name.
    """
    rows = table(PHASES_TABLE).rows
    wanted = set(done)
    for name in wanted:
        if name not in names():
            raise UnknownNameError("goal", name, names())
    return tuple(Goal(row["phase"], row["goal"], bool(wanted & {row["phase"], row["goal"]})) for row in rows)
