"""What is in force on a day: the force of a rule, where a reference leads, and the state of each instrument."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from shieldcalc.model.catalog import Instrument
from shieldcalc.model.result import Force
from shieldcalc.regulations.rules import Change, LoadedInstrument, Reference, Rule, load

if TYPE_CHECKING:
    from shieldcalc.regulations.classes import Criterion
    from shieldcalc.regulations.duty_rules import DutyRule

NOT_LIVE: tuple[Force, ...] = ("repealed", "not_yet_valid")
_STRONGEST_FIRST: tuple[Force, ...] = ("binding", "secondary_source", "unverified", *NOT_LIVE)
_BY_CONFIDENCE: Mapping[str, Force] = {"seed": "binding", "seed+copy": "binding", "copy": "secondary_source"}
Library = Callable[[str], LoadedInstrument]
_KEPT = 1 << 14


def library(instruments: Iterable[Instrument | str]) -> Library:
    """Return the way from an id to its instrument: those given first, then those that are shipped."""
    given = {item.id: item for item in instruments if isinstance(item, Instrument)}

    @cache
    def held(name: str) -> LoadedInstrument:
        return load(given.get(name, name))

    return held


@lru_cache(maxsize=_KEPT)
def stands_since(instrument: LoadedInstrument, on: date) -> date:
    """Return the last day up to a given one on which anything of an instrument changed: it stands on both alike."""
    days = [instrument.effective, *(rule.effective for rule in instrument.rules)]
    days += [change.on for change in instrument.changes]
    days += [end for end in (instrument.expiry, *(rule.expiry for rule in instrument.rules)) if end is not None]
    return max((day for day in days if day <= on), default=date.min)


@lru_cache(maxsize=_KEPT)
def force(rule: Rule, instrument: LoadedInstrument, on: date) -> Force:
    """Return how far a rule binds on a day.

    Its dates come first; then the weakest of how well its text is known, whether its instrument is law or advice,
    whether a change that we hold no text of has touched it, and the limit that it takes a fraction of.
    """
    own = own_force(rule, instrument, on)
    if not rule.fraction_of or own in NOT_LIVE:
        return own
    return weakest(own, force(instrument.rule(rule.fraction_of), instrument, on))


def own_force(rule: "Rule | DutyRule | Criterion", instrument: LoadedInstrument, on: date | None) -> Force:
    """Return how far a rule, a duty or a criterion binds on a day, whatever it takes from others.

    Without a day what has an end is told as repealed, everything else as its text stands.
    """
    if on is not None and on < max(rule.effective, instrument.effective):
        return "not_yet_valid"
    if any(end is not None and (on is None or on >= end) for end in (rule.expiry, instrument.expiry)):
        return "repealed"
    found: list[Force] = [by_confidence(rule.confidence)]
    if instrument.kind != "law":
        found.append("secondary_source")
    if on is not None and unheld(instrument, on):
        found.append("unverified")
    return weakest(*found)


def by_confidence(confidence: str) -> Force:
    """Return how far what is known so well can bind at most."""
    return _BY_CONFIDENCE.get(confidence, "unverified")


def weakest(*forces: Force) -> Force:
    """Return the weakest of several forces."""
    return max(forces, key=_STRONGEST_FIRST.index)


@lru_cache(maxsize=_KEPT)
def unheld(instrument: LoadedInstrument, on: date) -> tuple[Change, ...]:
    """Return the changes up to a day whose text is not held."""
    return tuple(change for change in instrument.changes if change.on <= on and not change.text_held)


class Resolved(NamedTuple):
    """Where a reference leads on a day; where the successor named in ``lost`` is not held: the last known rules."""

    instrument: LoadedInstrument
    rules: tuple[Rule, ...]
    lost: str = ""


def resolve(reference: Reference, on: date, find: Library) -> Resolved:
    """Return the rules that a reference means on a day, following ``replaced_by`` from instrument to instrument."""
    found = find(reference.instrument)
    rules, part = _part(found, reference.part), reference.part
    seen = {found.id}
    while found.expiry is not None and on >= found.expiry:
        successor = find(found.replaced_by) if found.replaced_by else None
        wanted = f"{found.id}#{part}"
        heirs = tuple(rule for rule in successor.rules if wanted in rule.continues) if successor else ()
        if successor is None or not heirs or successor.id in seen:
            return Resolved(found, rules, successor.number if successor else found.number)
        seen.add(successor.id)
        found, rules, part = successor, heirs, heirs[0].part
    return Resolved(found, rules)


@lru_cache(maxsize=_KEPT)
def _part(instrument: LoadedInstrument, part: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in instrument.rules if rule.part == part)


def status(instruments: Iterable[Instrument | str], on: date) -> tuple[Mapping[str, str], ...]:
    """Return for each instrument, and each one that they lead to, its state on a day, its dates and what replaces it.

    ``state`` is in_force, amended, force_not_verified, not_yet_valid or repealed; ``text_held`` yes or no;
    ``title_code`` and the codes in ``not_held`` (separated by blanks, under ``rules.not_held.``) are texts.
    """
    given = tuple(instruments)
    find = library(given)
    names = [item if isinstance(item, str) else item.id for item in given]
    for name in names:
        found = find(name)
        leads = [rule.reference.instrument for rule in found.rules if rule.reference is not None]
        names.extend(lead for lead in (*leads, found.replaced_by) if lead and lead not in names)
    return tuple(_row(find(name), on) for name in dict.fromkeys(names))


def _row(instrument: LoadedInstrument, on: date) -> Mapping[str, str]:
    touched = unheld(instrument, on)
    return {
        "id": instrument.id,
        "number": instrument.number,
        "title": instrument.title_orig,
        "title_code": f"rules.{instrument.id}.title",
        "state": _state(instrument, on),
        "effective": instrument.effective.isoformat(),
        "effective_confidence": instrument.effective_confidence,
        "expiry": instrument.expiry.isoformat() if instrument.expiry else "",
        "replaced_by": instrument.replaced_by,
        "replaces": ", ".join(instrument.replaces),
        "changed_on": touched[-1].on.isoformat() if touched else "",
        "changed_by": touched[-1].by if touched else "",
        "text_held": "yes" if instrument.text_held else "no",
        "not_held": " ".join(instrument.not_held),
        "source": instrument.source,
    }


def _state(instrument: LoadedInstrument, on: date) -> str:
    if on < instrument.effective:
        return "not_yet_valid"
    if instrument.expiry is not None and on >= instrument.expiry:
        return "repealed"
    touched = unheld(instrument, on)
    return touched[-1].kind if touched else "in_force"
