"""Ladders of classes (``data/ladders``): the first class whose conditions hold, and all others with why not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from os import listdir
from typing import Any, NamedTuple

from shieldcalc.model.classification import Classification
from shieldcalc.model.result import Fact, Force
from shieldcalc.regulations.conditions import Truth, all_of
from shieldcalc.regulations.rules import Condition, load
from shieldcalc.regulations.status import by_confidence, unheld, weakest
from shieldcalc.regulations.view import Subject, View
from shieldcalc.resources import data_path

FOLDER = "ladders"
CONFIDENCE = "data_confidence"  # of a subject's facts: that of the rows that they were made from


class Rung(NamedTuple):
    """One class of a ladder: its grade, where it stands, when it holds; without conditions, always."""

    grade: str
    article: str
    confidence: str
    when: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ladder:
    """Classes from the gravest down. ``partial``: what fits none is of no class; else it is not known."""

    id: str
    number: str
    jurisdiction: str
    kind: str
    scope: str
    system: str
    effective: date
    rungs: tuple[Rung, ...]
    instrument: str = ""
    partial: bool = False


@cache
def ladders() -> tuple[Ladder, ...]:
    """Return the shipped ladders."""
    names = sorted(name for name in listdir(data_path(FOLDER)) if name.endswith(".toml"))
    return tuple(map(_read, names))


def _read(name: str) -> Ladder:
    import tomllib

    with open(data_path(FOLDER, name), "rb") as file:
        data = tomllib.load(file)
    return Ladder(**data["ladder"], rungs=tuple(map(_rung, data["class"])))


def _rung(row: dict[str, Any]) -> Rung:
    when = tuple(_condition(entry) for entry in row.get("when", ()))
    return Rung(row["grade"], row["article"], row["confidence"], when)


def _condition(entry: dict[str, Any]) -> Condition:
    value = tuple(entry["value"]) if isinstance(entry["value"], list) else entry["value"]
    return Condition(entry["quantity"], entry["comparator"], value)


def classified(facts: Iterable[Fact], ladder: Ladder, on: date) -> Iterator[Classification]:
    """Yield the class of every subject of a ladder's scope.

    A class whose conditions are not known leaves the grade open ("", with what is missing), unless another of the same
    grade holds. Nothing is classed before the ladder's first day.
    """
    view = View(facts)
    for subject in view.subjects(ladder.scope) if on >= ladder.effective else ():
        found = _of(ladder, view, subject)
        if found is not None:
            yield replace(found, force=weakest(found.force, *_instrument(ladder, on)))


def _instrument(ladder: Ladder, on: date) -> list[Force]:
    """Return what the state of a ladder's instrument makes of it: unverified after a change that is not held."""
    return ["unverified"] if ladder.instrument and unheld(load(ladder.instrument), on) else []


def _of(ladder: Ladder, view: View, subject: Subject) -> Classification | None:
    truths = [(rung, all_of(rung.when, view, subject)) for rung in ladder.rungs]
    index = next((number for number, (_, truth) in enumerate(truths) if truth.holds), None)
    holding = None if index is None else truths[index][0]
    before = truths if index is None else truths[:index]
    opened = [(rung, truth) for rung, truth in before if truth.holds is None]
    if holding is not None and all(rung.grade == holding.grade for rung, _ in opened):
        opened = []
    if holding is None and not opened and ladder.partial:
        return None
    return _classification(ladder, view, subject, holding if not opened else None, opened, truths)


def _classification(
    ladder: Ladder,
    view: View,
    subject: Subject,
    rung: Rung | None,
    opened: list[tuple[Rung, Truth]],
    truths: list[tuple[Rung, Truth]],
) -> Classification:
    missing = dict.fromkeys(fact.provenance for _, truth in opened for fact in truth.missing)
    shown = rung or (opened[0][0] if opened else ladder.rungs[-1])
    measured = next((each for each in shown.when if each.comparator in ("<=", "<", ">=", ">")), None)
    fact = view.fact(subject.id, measured.quantity) if measured is not None else None
    return Classification(
        ladder=ladder.id,
        subject=subject.id,
        grade="" if rung is None else rung.grade,
        decided_by="" if rung is None else rung.article,
        others=tuple(dict.fromkeys(each.grade for each, _ in truths if rung is None or each.grade != rung.grade)),
        system=ladder.system,
        number=ladder.number,
        force=_force(ladder, shown, view, subject),
        quantity="" if measured is None else measured.quantity,
        value=fact.value if fact is not None and isinstance(fact.value, float) else None,
        missing=tuple(missing),
    )


def _force(ladder: Ladder, rung: Rung, view: View, subject: Subject) -> Force:
    """Return how far a class binds: the weakest of its text, of law or advice, of the data that were compared."""
    data = view.fact(subject.id, CONFIDENCE)
    sure = [rung.confidence, *([str(data.value)] if data is not None and data.value else [])]
    advice: list[Force] = ["secondary_source"] if ladder.kind != "law" else []
    return weakest(*(by_confidence(each) for each in sure), *advice)
