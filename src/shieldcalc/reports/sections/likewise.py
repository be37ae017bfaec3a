"""Parts that are calculated as at an earlier point: only the numbers that differ, and the results.

The points of a room share nearly every formula. A part (of one source, beam and kind) is derived in full at the first
point that has it; at the others it shows its own inputs and results, with digits that reproduce them.
"""

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from shieldcalc.model.result import Component, PointResult, Result
from shieldcalc.model.trace import Step
from shieldcalc.reports.formulas import RESULT_DIGITS, result_text, texts_of, with_texts
from shieldcalc.reports.numbers import EXACT

Group = tuple[str, Sequence[Step]]


class Row(NamedTuple):
    """What a part has of its own: symbols with printed numbers that differ, steps with printed results."""

    given: list[tuple[str, str]]
    results: list[tuple[Step, str]]


class Pair(NamedTuple):
    """A step and that of the part it is told as, with the results of the steps before it."""

    step: Step
    other: Step
    earlier: Set[float]


class Told(NamedTuple):
    """A part of a point: the point and part that it is told as with its numbers, None where it is derived in full."""

    part: Component
    like: tuple[PointResult, Component] | None = None
    row: Row | None = None


def parts_told(result: Result) -> dict[str, list[Told]]:
    """Return, by point, how each of its parts is told: as the first of the same formulas that is derived in full.

    A part is derived where the short form cannot say every number.
    """
    first: dict[tuple[object, ...], tuple[PointResult, Component]] = {}
    return {point.point.id: [_told(part, point, first) for part in point.components] for point in result.points}


def _told(part: Component, point: PointResult, first: dict[tuple[object, ...], tuple[PointResult, Component]]) -> Told:
    shape = part.kind, part.source, part.beam, part.room, _formulas(part.steps)
    like = first.setdefault(shape, (point, part))
    row = None if like[0] is point else row_of(part.steps, like[1].steps)
    return Told(part) if row is None else Told(part, like, row)


def _formulas(steps: Sequence[Step]) -> tuple[object, ...]:
    return tuple((step.symbol, step.expression, step.unit, step.source, step.label, *step.inputs) for step in steps)


def row_of(steps: Sequence[Step], others: Sequence[Step]) -> Row | None:
    """Return what differs from the steps of a part of the same formulas; None where that cannot say every number."""
    earlier = ({before.value for before in steps[:place]} for place in range(len(steps)))
    every = [Pair(*pair) for pair in zip(steps, others, earlier, strict=True)]
    pairs = [pair for pair in every if pair.step != pair.other]
    tries = (_given(pairs, digits) for digits in range(RESULT_DIGITS, EXACT + 1))
    given = next((found for found in tries if found is not None), None)
    return None if given is None else Row(list(given.items()), _results([pair.step for pair in pairs]))


def _given(pairs: Sequence[Pair], digits: int) -> dict[str, str] | None:
    """Return the inputs that no earlier step gives and the other point prints otherwise, if that is enough."""
    given: dict[str, str] = {}
    for pair in pairs:
        texts = with_texts(pair.step, _same(pair), digits) or with_texts(pair.step, {}, digits)
        if texts is None:
            return None
        there = texts_of(pair.other)
        for name in _own(pair):
            if texts[name] != there[name] and given.setdefault(name, texts[name]) != texts[name]:
                return None
    return given if all(_enough(pair, given) for pair in pairs) else None


def _own(pair: Pair) -> list[str]:
    """Return the inputs that are no earlier step's result."""
    return [name for name, (value, _) in pair.step.inputs.items() if value not in pair.earlier]


def _same(pair: Pair) -> dict[str, str]:
    """Return the inputs of its own that are equal at both points, as they are printed at the other."""
    texts = texts_of(pair.other)
    return {name: texts[name] for name in _own(pair) if pair.step.inputs[name] == pair.other.inputs[name]}


def _enough(pair: Pair, given: Mapping[str, str]) -> bool:
    """Say whether what is printed, here and at the other point, gives the step's result."""
    here = {name: given[name] for name in _own(pair) if name in given}
    return with_texts(pair.step, {**_same(pair), **here}, EXACT) is not None


def _results(steps: Sequence[Step]) -> list[tuple[Step, str]]:
    """Return the steps whose results no later step takes up, with their printed results."""
    taken = [
        {value for after in steps[place + 1 :] for value, _ in after.inputs.values()} for place in range(len(steps))
    ]
    return [
        (step, result_text(step.value)) for step, later in zip(steps, taken, strict=True) if step.value not in later
    ]
