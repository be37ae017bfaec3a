"""Criteria of the engine's ladders as this desk shows them: each with what was compared, and its words."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from shieldcalc.accident.told import Said, say
from shieldcalc.errors import Notice
from shieldcalc.model.classification import ClassFound
from shieldcalc.model.result import Fact, Force
from shieldcalc.regulations.classes import Criterion, ladders
from shieldcalc.regulations.rules import Condition
from shieldcalc.regulations.status import NOT_LIVE, weakest

Value = float | bool | str
Known = float | bool | str | tuple[str, ...] | None


class Judged(NamedTuple):
    """A criterion with the value that was compared and whether it is met; None: the value is not known.

    ``informs``: the criterion is no part of the law of the place.
    """

    criterion: Criterion
    value: Value | None
    met: bool | None
    force: Force
    missing: tuple[str, ...] = ()
    informs: bool = False


@cache
def criteria(*names: str) -> tuple[Criterion, ...]:
    """Return every criterion of ladders by their full names, such as ``CN-449/grade``."""
    found = (ladder for name in names for ladder in ladders(name.partition("/")[0]) if ladder.full_id == name)
    return tuple(each for ladder in found for each in ladder.criteria)


def judged(found: ClassFound, facts: Iterable[Fact], *, informs: bool = False) -> Iterator[Judged]:
    """Yield the criteria of a class as they were read, with their values; what only informs is never verified."""
    values = {fact.quantity: fact.value for fact in facts}
    for each, read in zip(criteria(found.ladder), found.others, strict=True):
        force = weakest(read.force, "unverified") if informs else read.force
        yield Judged(each, _value(each, values), read.holds, force, read.missing, informs)


def strongest_first(found: Iterable[Judged]) -> tuple[Judged, ...]:
    """Return criteria by how far they bind."""
    forces: tuple[Force, ...] = ("binding", "secondary_source", "unverified", *NOT_LIVE)
    return tuple(sorted(found, key=lambda each: forces.index(each.force)))


def _value(each: Criterion, values: Mapping[str, object]) -> Value | None:
    found = values.get(conditions(each)[-1].quantity)
    return found if isinstance(found, float | bool | str) else None


def conditions(each: Criterion) -> tuple[Condition, ...]:
    """Return the comparisons of a criterion."""
    return conditions_of(each.when)


def conditions_of(when: Iterable[Condition | str]) -> tuple[Condition, ...]:
    """Return the comparisons among conditions."""
    return tuple(one for one in when if isinstance(one, Condition))


def bound(each: Criterion) -> float:
    """Return the number that a criterion compares with last, of two the lower."""
    value = conditions(each)[-1].value
    return float(str(value[0] if isinstance(value, tuple) else value))


def names(each: Criterion) -> tuple[str, ...]:
    """Return the names that a criterion takes."""
    value = conditions(each)[-1].value
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def facts(subject: str, values: Mapping[str, Known], sure: Mapping[str, str] | None = None) -> tuple[Fact, ...]:
    """Return facts of one subject; ``sure``: how well a value is known, where not as stated."""
    known = sure or {}
    told = (
        Fact(subject=subject, quantity=name, value=value, provenance=name, confidence=known.get(name, ""))
        for name, value in values.items()
    )
    return (Fact(subject=subject, quantity="subject", value=subject), *told)


def asks(each: Criterion) -> Notice:
    """Return what a criterion asks for, in words."""
    own = conditions(each)
    *rest, last = [_asked(one) for one in own if one.value is not True or len(own) == 1]
    for one in rest:
        last = say("ladder.both", first=one, second=last)
    return last


def _asked(one: Condition) -> Notice:
    quantity = say(f"ladder.quantity.{one.quantity}")
    values = one.value if isinstance(one.value, tuple) else (one.value,)
    if one.comparator in ("in", "includes", "==") and isinstance(values[0], str):
        return say("ladder.one_of", quantity=quantity, values=_named(one.quantity, [str(each) for each in values]))
    if one.comparator == "==":
        return quantity
    return _bounded(one, quantity)


def _named(quantity: str, values: list[str]) -> Said:
    if all(value.isdigit() for value in values):
        return ", ".join(values)
    found = say(f"ladder.value.{quantity}.{values[0]}")
    for value in values[1:]:
        found = say("ladder.either", first=found, second=say(f"ladder.value.{quantity}.{value}"))
    return found


def _bounded(one: Condition, quantity: Notice) -> Notice:
    codes = {">=": "least", ">": "over", "<=": "most", "<": "below"}
    if isinstance(one.value, tuple):
        low, high = (f"{float(each):g}" for each in one.value)
        code = {"[]": "between", "[)": "from_below", "(]": "over_to", "()": "over_below"}[one.bounds]
        return say(f"ladder.{code}", quantity=quantity, low=low, high=high)
    return say(f"ladder.{codes[one.comparator]}", quantity=quantity, bound=f"{float(str(one.value)):g}")


def row(each: Judged, language: str) -> dict[str, object]:
    """Return a criterion as a JSON object."""
    return {
        "rule": each.criterion.full_id,
        "grade": each.criterion.grade,
        "article": each.criterion.article,
        "text": asks(each.criterion).text(language),
        "value": each.value,
        "met": each.met,
        "force": each.force,
    }


def class_row(found: ClassFound) -> dict[str, object]:
    """Return a class by a ladder as a JSON object."""
    from dataclasses import asdict

    from shieldcalc.regulations.rules import load

    return {"number": load(found.instrument).number, **asdict(found)}


def rule_of(each: Criterion) -> str:
    """Return instrument and number of a criterion as people cite it: "CN-449 40.I.2"."""
    return f"{each.instrument} {each.id}"
