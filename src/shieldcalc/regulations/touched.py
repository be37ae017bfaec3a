"""Which rules of an instrument may find something else when facts of some quantities change."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from shieldcalc.model.catalog import Instrument
from shieldcalc.records import replace
from shieldcalc.regulations.conditions import READ, Conditions
from shieldcalc.regulations.evaluate import WHOLE
from shieldcalc.regulations.geometry import GROSS
from shieldcalc.regulations.rules import LoadedInstrument, Rule
from shieldcalc.regulations.status import Library, library, resolve

_KEPT = 256


def touched(instrument: LoadedInstrument, quantities: frozenset[str], on: date, find: Library) -> LoadedInstrument:
    """Return the instrument with no other rules than those that read one of the quantities or act on such a rule.

    What the others find stays as it was. A rule that refers to others reads what these read on the day.
    """
    led = (rule.id for rule in _referring(instrument) if rule.reference is not None
           and not quantities.isdisjoint(_all_read(resolve(rule.reference, on, find).rules)))  # fmt: skip
    return _touched(instrument, quantities, frozenset(led))


@lru_cache(maxsize=_KEPT)
def _referring(instrument: LoadedInstrument) -> tuple[Rule, ...]:
    return tuple(rule for rule in instrument.rules if rule.reference is not None)


@lru_cache(maxsize=_KEPT)
def _all_read(rules: tuple[Rule, ...]) -> frozenset[str]:
    return frozenset().union(*map(_reads, rules))


@lru_cache(maxsize=_KEPT)
def _touched(instrument: LoadedInstrument, quantities: frozenset[str], led: frozenset[str]) -> LoadedInstrument:
    names = {rule.id for rule in instrument.rules if rule.id in led or not quantities.isdisjoint(_reads(rule))}
    while more := {other for rule in instrument.rules for other in _beside(rule, names)} - names:
        names |= more
    return replace(instrument, rules=tuple(rule for rule in instrument.rules if rule.id in names))


def bounded_above(instruments: Iterable[Instrument | str], quantities: frozenset[str]) -> bool:
    """Return whether instruments, with all that they lead to, know some quantities by upper bounds alone.

    Then a value that stays below its bound changes no finding: no rule depends on one or wants it larger.
    """
    given = tuple(instruments)
    find, names = library(given), [each if isinstance(each, str) else each.id for each in given]
    for name in names:
        names.extend(lead for lead in _leads(find(name)) if lead not in names)
    return all(_bounds_above(find(name), quantities) for name in names)


@lru_cache(maxsize=_KEPT)
def _leads(instrument: LoadedInstrument) -> tuple[str, ...]:
    """Return the instruments that one refers to, and the one that replaces it."""
    named = (*(rule.reference.instrument for rule in instrument.rules if rule.reference), instrument.replaced_by)
    return tuple(name for name in dict.fromkeys(named) if name)


@lru_cache(maxsize=_KEPT)
def _bounds_above(instrument: LoadedInstrument, quantities: frozenset[str]) -> bool:
    return all(
        quantities.isdisjoint(_asked(rule.when) | _asked(rule.unless))
        and (rule.quantity not in quantities or rule.comparator in ("<=", "<", "measured"))
        for rule in instrument.rules
    )


def _reads(rule: Rule) -> frozenset[str]:
    own = {rule.quantity, rule.reading, rule.value_of, WHOLE, GROSS, "modes", "facility_kind"}
    return frozenset(own | _asked(rule.when) | _asked(rule.unless))


def _asked(conditions: Conditions) -> set[str]:
    every = (READ[each] if isinstance(each, str) else {each.quantity} for each in conditions)
    return set[str]().union(*every)


def _beside(rule: Rule, names: set[str]) -> set[str]:
    """Return the rules that act on one of some rules, or that it acts on, with the limit that it takes a part of."""
    acts_on = {*rule.exception_to, *rule.alternative_to}
    found = set(acts_on) if rule.id in names else set()
    if not acts_on.isdisjoint(names):
        found.add(rule.id)
    if rule.id in names and rule.fraction_of:
        found.add(rule.fraction_of)
    return found
