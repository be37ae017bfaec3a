"""Points that are calculated as another one behind the same barrier: only the numbers that differ, and the results.

The places of the worst week, hour and beam-on rate behind a barrier lie close together and share every formula. The
first is derived in full; of the others each part shows its own inputs and results, with digits that reproduce them.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shieldcalc.model.result import PointResult, Result
from shieldcalc.model.trace import Step
from shieldcalc.reports.formulas import RESULT_DIGITS, result_text, texts_of, with_texts
from shieldcalc.reports.numbers import EXACT

Group = tuple[str, Sequence[Step]]


class Row(NamedTuple):
    """One part of a point: its title, symbols with printed numbers that differ, steps with printed results."""

    title: str
    given: list[tuple[str, str]]
    results: list[tuple[Step, str]]


def first_alike(result: Result) -> dict[str, PointResult]:
    """Return, by point, the first point behind the same barrier with the same parts, formulas and layers crossed."""
    first: dict[tuple[object, ...], PointResult] = {}
    return {point.point.id: first.setdefault(_shape(point), point) for point in result.points}


def _shape(point: PointResult) -> tuple[object, ...]:
    parts = tuple((part.kind, part.source, part.beam, part.crossed, _formulas(part.steps)) for part in point.components)
    return point.point.barrier or point.point.id, parts, _formulas(point.steps)


def _formulas(steps: Sequence[Step]) -> tuple[object, ...]:
    return tuple((step.symbol, step.expression, step.unit, step.source, step.label, *step.inputs) for step in steps)


def varied(groups: Sequence[Group], others: Sequence[Group]) -> list[Row] | None:
    """Return one row a group; None where the short form cannot say every number, so that the point is derived."""
    rows = [_row(title, steps, as_those) for (title, steps), (_, as_those) in zip(groups, others, strict=True)]
    known = [row for row in rows if row is not None]
    return known if len(known) == len(rows) else None


def _row(title: str, steps: Sequence[Step], others: Sequence[Step]) -> Row | None:
    pairs = [(step, other) for step, other in zip(steps, others, strict=True) if step != other]
    tries = (_given(pairs, digits) for digits in range(RESULT_DIGITS, EXACT + 1))
    given = next((found for found in tries if found is not None), None)
    return None if given is None else Row(title, list(given.items()), _results([step for step, _ in pairs]))


def _given(pairs: Sequence[tuple[Step, Step]], digits: int) -> dict[str, str] | None:
    """Return the inputs that no earlier step gives and the other point prints otherwise, if that is enough."""
    given: dict[str, str] = {}
    for place, (step, other) in enumerate(pairs):
        texts = with_texts(step, _same(step, other), digits) or with_texts(step, {}, digits)
        if texts is None:
            return None
        there = texts_of(other)
        for name in _own(step, pairs[:place]):
            if texts[name] != there[name] and given.setdefault(name, texts[name]) != texts[name]:
                return None
    enough = (_enough(step, other, given, _own(step, pairs[:place])) for place, (step, other) in enumerate(pairs))
    return given if all(enough) else None


def _own(step: Step, before: Sequence[tuple[Step, Step]]) -> list[str]:
    """Return the inputs that are no earlier step's result."""
    results = {earlier.value for earlier, _ in before}
    return [name for name, (value, _) in step.inputs.items() if value not in results]


def _same(step: Step, other: Step) -> dict[str, str]:
    """Return the inputs that are equal at both points, as they are printed at the other."""
    texts = texts_of(other)
    return {name: texts[name] for name, value in step.inputs.items() if value == other.inputs[name]}


def _enough(step: Step, other: Step, given: Mapping[str, str], own: Sequence[str]) -> bool:
    """Say whether what is printed, here and at the other point, gives the step's result."""
    here = {name: given[name] for name in own if name in given}
    return with_texts(step, {**_same(step, other), **here}, EXACT) is not None


def _results(steps: Sequence[Step]) -> list[tuple[Step, str]]:
    """Return the steps whose results no later step takes up, with their printed results."""
    taken = [
        {value for after in steps[place + 1 :] for value, _ in after.inputs.values()} for place in range(len(steps))
    ]
    return [
        (step, result_text(step.value)) for step, later in zip(steps, taken, strict=True) if step.value not in later
    ]
