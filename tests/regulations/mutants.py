"""Mutants of a rule: one thing of it changed each time, as a slip of the pen would change it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from shieldcalc.regulations.rules import Condition, LoadedInstrument, Rule

_OTHER = {
    "<=": ("<", ">=", ">"), "<": ("<=", ">", ">="), ">=": (">", "<=", "<"), ">": (">=", "<", "<="),
    "==": ("<", ">"), "in": ("excludes",), "excludes": ("includes",), "includes": ("excludes",), "measured": ("<=",),
    "is_a": ("excludes",), "all_are": ("excludes",), "includes_all": ("includes",), "between": (),
}  # fmt: skip
COUNTS = ("devices_per_room", "tubes_in_room", "acute_deaths", "severe_sickness_or_disability")
_DAY = timedelta(days=1)
_LISTS = (
    *("equipment", "not_equipment", "mode", "place", "not_place", "person", "facility"),
    *("exception_to", "alternative_to", "when", "unless"),
)


def mutants(instrument: LoadedInstrument, rule: Rule) -> Iterator[tuple[str, LoadedInstrument]]:
    """Yield (what was changed, the instrument with it).

    Not changed, because nothing could tell: the change of an instrument under a rule that refers (what it refers to is
    weaker) or that is weak by itself, the comparator of a limit that is only there to take a fraction of.
    """
    for name, changed in _rules(rule):
        yield name, replace(instrument, rules=tuple(changed if one.id == rule.id else one for one in instrument.rules))
    if rule.effective == instrument.effective:
        early = instrument.effective - _DAY
        rules = tuple(replace(one, effective=early) for one in instrument.rules)
        yield "effective a day earlier", replace(instrument, effective=early, rules=rules)
    told = rule.reference is None and rule.confidence not in ("recalled", "unverified")
    for index, change in enumerate(instrument.changes if told else ()):
        for days in (-_DAY, _DAY):
            moved = (
                *instrument.changes[:index],
                change._replace(on=change.on + days),
                *instrument.changes[index + 1 :],
            )
            yield f"{change.kind} moved by {days.days} day", replace(instrument, changes=moved)


def _rules(rule: Rule) -> Iterator[tuple[str, Rule]]:
    if rule.reference is None and rule.comparator != "measured" and not rule.value_of:
        for value in _values(rule.value, whole=rule.unit == "count"):
            yield f"value {value!r}", replace(rule, value=value)
    same = rule.comparator == "includes_all" and isinstance(rule.value, tuple) and len(rule.value) == 1
    for comparator in () if rule.scope == "person" or same else _OTHER.get(rule.comparator, ()):
        yield f"comparator {comparator}", replace(rule, comparator=comparator)
    yield from _taken(rule)
    if rule.reference is not None:
        yield "another part", replace(rule, reference=rule.reference._replace(part="another"))
    yield "effective a day later", replace(rule, effective=rule.effective + _DAY)
    if rule.expiry is not None:
        yield "expiry a day earlier", replace(rule, expiry=rule.expiry - _DAY)
    for key in _LISTS:
        items = getattr(rule, key)
        for index, item in enumerate(items):
            yield f"{key} without {item}", replace(rule, **{key: (*items[:index], *items[index + 1 :])})
            if isinstance(item, Condition):
                for other in condition_mutants(item):
                    yield f"{key}: {other}", replace(rule, **{key: (*items[:index], other, *items[index + 1 :])})


def _taken(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """Yield other distances, areas, ends of a range and ways with the background."""
    for key in ("distance", "averaging_area"):
        known = getattr(rule, key)
        for value in () if known is None else (known * (1 + 1e-6), known * (1 - 1e-6)):
            yield f"{key} {value!r}", replace(rule, **{key: value})
    if rule.background:
        yield "no background named", replace(rule, background="")
    for bounds in {"[]", "[)", "(]", "()"} - {rule.bounds} if rule.comparator == "between" else ():
        yield f"bounds {bounds}", replace(rule, bounds=bounds)


def condition_mutants(condition: Condition) -> Iterator[Condition]:
    if condition.comparator == "between":
        yield from (condition._replace(bounds=ends) for ends in ("[]", "[)", "(]", "()") if ends != condition.bounds)
        assert isinstance(condition.value, tuple)
        yield from (condition._replace(value=ends) for ends in _ends(condition.value, condition.quantity in COUNTS))
        return
    yield from (
        condition._replace(value=value) for value in _values(condition.value, whole=condition.quantity in COUNTS)
    )
    yield from (
        condition._replace(comparator=other) for other in _OTHER[condition.comparator] if _fits(condition, other)
    )


def _ends(ends: tuple[Any, ...], whole: bool) -> Iterator[tuple[float, float]]:
    low, high = ends
    for step in (1.0, -1.0) if whole else (1e-6, -1e-6):
        by = step if whole else step * high
        yield (low + (step if whole else step * low), high) if low else (low + by / 1e3, high)
        yield low, high + by


def _fits(condition: Condition, comparator: str) -> bool:
    """Return whether a comparator can be computed on the condition's values at all: others would be refused loudly."""
    return comparator not in ("in", "excludes", "includes") or condition.comparator in ("excludes", "includes")


def _values(value: Any, *, whole: bool = False) -> tuple[Any, ...]:
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, float):
        step = 1.0 if whole else 1e-6 * (value or 1.0)
        near = (value + step, value - step, value * 10 + step, value / 10)
        return tuple(dict.fromkeys(other for other in near if other != value))
    if isinstance(value, tuple):
        return tuple((*value[:index], *value[index + 1 :]) for index in range(len(value)))
    return (value + "_other",)
