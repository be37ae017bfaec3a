"""When a rule applies: comparisons of facts and a few named predicates, each true, false or not known."""

import operator
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from shieldcalc.model.result import Fact
from shieldcalc.regulations.rules import CLOSED, Condition, Value
from shieldcalc.regulations.taxonomy import is_a, taxonomy
from shieldcalc.regulations.view import FACILITY, ROOM, Subject, View


class Truth(NamedTuple):
    """Whether something holds; None is not known, and ``missing`` are the facts that would say."""

    holds: bool | None
    missing: tuple[Fact, ...] = ()


Conditions = tuple[Condition | str, ...]
_ALWAYS, _NEVER = Truth(True), Truth(False)
BETWEEN = "between"
GROWING = (">=", ">")  # what the known part of a sum keeps, the whole keeps
COMPARATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
    "==": operator.eq,
    "in": lambda value, bound: value in bound,
    "excludes": lambda value, bound: set(value).isdisjoint(bound),
    "includes_all": lambda value, bound: set(bound) <= set(value),
    "between": lambda value, bound: bound[0] <= value <= bound[1],
    "includes": lambda value, bound: not set(value).isdisjoint(bound),
    "is_a": lambda value, bound: is_a(taxonomy().person, value, bound),
    "all_are": lambda value, bound: bool(value) and all(is_a(taxonomy().equipment, name, bound) for name in value),
}


def compare(comparator: str, value: Value, bound: Value, bounds: str = CLOSED) -> bool:
    """Return whether an unrounded value keeps a bound, at the bound exactly as the comparator is printed.

    ``bounds`` says which ends of "between" are in.
    """
    if comparator == BETWEEN and isinstance(bound, tuple):
        ends = zip(bounds, bound, strict=True)
        if any(value == end for bracket, end in ends if bracket in "()"):
            return False
    return COMPARATORS[comparator](value, bound)


def all_of(conditions: Conditions, view: View, subject: Subject) -> Truth:
    """Return whether every condition holds for a subject: one false settles it, else one unknown leaves it open."""
    if len(conditions) < 2:
        return _one(conditions[0], view, subject) if conditions else _ALWAYS
    missing: list[Fact] = []
    holds: bool | None = True
    for condition in conditions:
        truth = _one(condition, view, subject)
        if truth.holds is False:
            return _NEVER
        holds = None if truth.holds is None else holds
        missing += truth.missing
    return Truth(holds, tuple(missing))


def _one(condition: Condition | str, view: View, subject: Subject) -> Truth:
    if isinstance(condition, str):
        return PREDICATES[condition](view)
    quantity, comparator, wanted, of, bounds, averaging = condition
    owner = view.room if of == ROOM else view.facility if of == FACILITY else subject
    value: Value | None
    if quantity == "equipment":
        value = owner.equipment
    elif quantity == "person":
        value = owner.person
    else:
        fact = _fact(view, owner, quantity, averaging)
        value = fact.value
        if value is None:
            least = fact.at_least if comparator in GROWING else None
            kept = least is not None and compare(comparator, least, wanted)
            return _ALWAYS if kept else Truth(None, (fact,))
    return _ALWAYS if compare(comparator, value, wanted, bounds) else _NEVER


def _fact(view: View, owner: Subject, quantity: str, averaging: str = "") -> Fact:
    found = view.fact(owner.id, quantity, averaging)
    return found or Fact(
        subject=owner.id, quantity=quantity, value=None, provenance=quantity, averaging=averaging or "none"
    )


def of_room(condition: Condition | str) -> bool:
    """Return whether a condition asks about the room or facility, so that it is the same for each of its subjects."""
    return isinstance(condition, str) or condition.of != "subject"


def _beside_dwelling_or_in_residential_area(view: View) -> Truth:
    """Return whether a dwelling adjoins the room or its facility is declared to lie in a residential area."""
    places = _fact(view, view.room, "adjacent_places")
    area = _fact(view, view.room, "in_residential_area")
    wanted = ("outside_room_residential_adjacent",)
    if area.value is True or (isinstance(places.value, tuple) and compare("includes", places.value, wanted)):
        return Truth(True)
    missing = tuple(fact for fact in (places, area) if fact.value is None)
    return Truth(None if missing else False, missing)


def _used_at_bedside(view: View) -> Truth:
    """Return whether the room is a ward that mobile units are brought to; a case that does not say so is none."""
    found = view.fact(view.room.id, "used_at_bedside")
    return Truth(found is not None and found.value is True)


READ: Mapping[str, frozenset[str]] = {  # the quantities that each predicate reads
    "used_at_bedside": frozenset({"used_at_bedside"}),
    "beside_dwelling_or_in_residential_area": frozenset({"adjacent_places", "in_residential_area"}),
}
PREDICATES: Mapping[str, Callable[[View], Truth]] = {
    "used_at_bedside": _used_at_bedside,
    "beside_dwelling_or_in_residential_area": _beside_dwelling_or_in_residential_area,
}
