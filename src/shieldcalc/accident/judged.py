"""Criteria of the ladders in ``data/regulations/classes`` as this desk judges them: each with the value compared."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from shieldcalc.accident.law import force_of
from shieldcalc.model.result import Fact, Force
from shieldcalc.regulations.classes import Criterion, ladders
from shieldcalc.regulations.conditions import all_of
from shieldcalc.regulations.rules import Condition
from shieldcalc.regulations.status import by_confidence, weakest
from shieldcalc.regulations.view import Subject, View

Value = float | bool | str | tuple[str, ...]


class Judged(NamedTuple):
    """A criterion with the value that was compared and whether it is met; None: the value is not known.

    ``informs``: the criterion is no part of the law of the place.
    """

    criterion: Criterion
    value: Value | None
    met: bool | None
    force: Force
    informs: bool = False


class Asked(NamedTuple):
    """What a criterion asks of its quantity: a kind of bounds with its ends, or the names that it takes."""

    quantity: str
    kind: str
    low: float | None = None
    high: float | None = None
    names: tuple[str, ...] = ()


def criteria(instrument: str, ladder: str) -> tuple[Criterion, ...]:
    """Return the criteria of one ladder of an instrument."""
    return next(each.criteria for each in ladders(instrument) if each.id == ladder)


def facts(scope: str, values: Mapping[str, Value | None], sure: Mapping[str, str] | None = None) -> tuple[Fact, ...]:
    """Return facts of one subject; ``sure``: how well a value is known, where not as stated."""
    known = sure or {}
    return (
        Fact(subject=scope, quantity="subject", value=scope),
        *(Fact(subject=scope, quantity=name, value=value, confidence=known.get(name, ""))
          for name, value in values.items()),
    )  # fmt: skip


def judge(rows: Iterable[Criterion], given: Sequence[Fact], on: date | None) -> tuple[Judged, ...]:
    """Return each criterion judged by the facts, with its force on a day (None: as its text stands)."""
    view = View(given)
    subject = next(iter(view.subjects(str(given[0].value))))
    return tuple(_judged(each, view, subject, on) for each in rows)


def _judged(each: Criterion, view: View, subject: Subject, on: date | None) -> Judged:
    found = [view.fact(subject.id, condition.quantity, condition.averaging) for condition in conditions(each)]
    weak = [by_confidence(fact.confidence) for fact in found if fact is not None and fact.confidence]
    force = weakest(force_of(each.instrument, each.confidence, on), *weak)
    value = found[-1].value if found[-1] is not None else None
    return Judged(each, value, all_of(each.when, view, subject).holds, force)


def conditions(criterion: Criterion) -> tuple[Condition, ...]:
    """Return the comparisons of a criterion."""
    return tuple(each for each in criterion.when if isinstance(each, Condition))


def asked(criterion: Criterion) -> Asked:
    """Return what a criterion asks of the quantity that it compares last."""
    own = conditions(criterion)
    quantity = own[-1].quantity
    bounds = [each for each in own if each.quantity == quantity]
    if len(bounds) > 1:
        ends = {each.comparator[0]: _number(each.value) for each in bounds}
        return Asked(quantity, "over_to", ends.get(">"), ends.get("<"))
    (last,) = bounds
    if isinstance(last.value, tuple) and last.comparator == "between":
        kind = {"[]": "between", "[)": "from_below", "()": "below", "(]": "over_to"}[last.bounds]
        low, high = map(_number, last.value)
        return Asked(quantity, kind, low, high)
    if isinstance(last.value, float) and last.comparator in _KINDS:
        kind, upper = _KINDS[last.comparator]
        return Asked(quantity, kind, None if upper else last.value, last.value if upper else None)
    names = last.value if isinstance(last.value, tuple) else (last.value,)
    return Asked(quantity, "", names=tuple(str(each) for each in names if isinstance(each, str)))


_KINDS: Mapping[str, tuple[str, bool]] = {
    ">=": ("least", False), ">": ("over", False), "<=": ("most", True), "<": ("below", True),
}  # fmt: skip


def _number(value: object) -> float:
    return float(str(value))
