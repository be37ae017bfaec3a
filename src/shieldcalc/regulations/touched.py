"""Which rules of an instrument may find something else when facts of some quantities change."""

from dataclasses import replace
from functools import lru_cache

from shieldcalc.regulations.conditions import Conditions
from shieldcalc.regulations.evaluate import WHOLE
from shieldcalc.regulations.geometry import GROSS
from shieldcalc.regulations.rules import LoadedInstrument, Rule

_KEPT = 256


@lru_cache(maxsize=_KEPT)
def touched(instrument: LoadedInstrument, quantities: frozenset[str]) -> LoadedInstrument:
    """Return the instrument with no other rules than those that read one of the quantities or act on such a rule.

    What the others find stays as it was. A rule that refers to another instrument, or asks a predicate, always counts.
    """
    names = {rule.id for rule in instrument.rules if _open(rule) or not quantities.isdisjoint(_reads(rule))}
    while more := {other for rule in instrument.rules for other in _beside(rule, names)} - names:
        names |= more
    return replace(instrument, rules=tuple(rule for rule in instrument.rules if rule.id in names))


def _open(rule: Rule) -> bool:
    return rule.reference is not None or any(isinstance(each, str) for each in (*rule.when, *rule.unless))


def _reads(rule: Rule) -> frozenset[str]:
    own = {rule.quantity, rule.reading, rule.value_of, WHOLE, GROSS, "modes", "facility_kind"}
    return frozenset(own | _asked(rule.when) | _asked(rule.unless))


def _asked(conditions: Conditions) -> set[str]:
    return {each.quantity for each in conditions if not isinstance(each, str)}


def _beside(rule: Rule, names: set[str]) -> set[str]:
    """Return the rules that act on one of some rules, or that it acts on, with the limit that it takes a part of."""
    acts_on = {*rule.exception_to, *rule.alternative_to}
    found = set(acts_on) if rule.id in names else set()
    if not acts_on.isdisjoint(names):
        found.add(rule.id)
    if rule.id in names and rule.fraction_of:
        found.add(rule.fraction_of)
    return found
