"""How what is found by one instrument's rules act on one another: exceptions, alternatives, applicability not known."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.result import Fact, Outcome
from shieldcalc.regulations.drafts import Draft
from shieldcalc.regulations.evaluate import not_known
from shieldcalc.regulations.rules import LoadedInstrument, Rule
from shieldcalc.regulations.status import NOT_LIVE, weakest

_WORST_FIRST: tuple[Outcome, ...] = ("fail", "undetermined", "pass")


Drafts = Mapping[str, tuple[Draft, ...]]


class _Beside(NamedTuple):
    """A rule with those that are exceptions to it, and those that are alternatives to it."""

    rule: Rule
    exceptions: tuple[Rule, ...]
    partners: tuple[Rule, ...]


@lru_cache(maxsize=256)
def _beside(instrument: LoadedInstrument) -> Mapping[str, _Beside]:
    """Return the rules of an instrument by their ids, each with those that act on it."""
    rules = instrument.rules
    return {
        rule.id: _Beside(
            rule,
            tuple(other for other in rules if rule.id in other.exception_to),
            tuple(other for other in rules if rule.id in other.alternative_to or other.id in rule.alternative_to),
        )
        for rule in rules
    }


def combined(instrument: LoadedInstrument, drafts: Drafts) -> Iterator[Draft]:
    """Return what an instrument's rules find, in order, after exceptions and alternatives; of a rule left out nothing.

    An exception that applies replaces its rule. While it is not known whether it applies, the rule stands where both
    come out alike and is undetermined otherwise. Of alternatives, one that is met suffices.
    """
    beside = _beside(instrument)
    for name, found in drafts.items():
        rule, exceptions, partners = beside[name]
        for draft in found:
            if not exceptions and not partners:
                yield _as_exception(draft) if rule.exception_to else _settled(draft)
            else:
                yield _beside_others(rule, draft, exceptions, partners, drafts)


def _beside_others(
    rule: Rule, draft: Draft, exceptions: Iterable[Rule], partners: Iterable[Rule], drafts: Drafts
) -> Draft:
    settled = _after_exceptions(draft, [found for other in exceptions for found in drafts.get(other.id, ())])
    met = [found for other in partners for found in _met(drafts.get(other.id, ()), draft)]
    if met and settled.outcome in ("fail", "undetermined"):
        return _by_alternative(settled, met)
    return _as_exception(draft) if rule.exception_to else settled


def _met(drafts: Iterable[Draft], found: Draft) -> list[Draft]:
    """Return an alternative's drafts for the subject by the same method where every one of them passes, else none."""
    method = found.method
    same = [each for each in drafts if each.subject == found.subject and (not method or each.by(method))]
    kept = all(each.outcome == "pass" and not each.missing for each in same)
    return [each for each in same if kept and each.force not in NOT_LIVE]


def _by_alternative(found: Draft, met: list[Draft]) -> Draft:
    """Return a draft whose alternative is met: not applicable, undetermined where the alternative is weaker."""
    enough = [other for other in met if weakest(other.force, found.force) == found.force]
    if enough:
        return _not_applicable(found, "alternative_met", enough[0].law.name)
    if found.outcome == "undetermined":
        return found
    reason = Notice("findings.alternative_weaker", {"rule": met[0].law.name, "force": met[0].force})
    return found._replace(outcome="undetermined", reason=reason)


def _not_applicable(found: Draft, code: str, rule: str) -> Draft:
    reason = Notice(f"findings.{code}", {"rule": rule})
    return found._replace(outcome="not_applicable", reason=reason, bounded=False)


def _as_exception(draft: Draft) -> Draft:
    """Return what an exception itself finds: not applicable until it is known that it is needed."""
    if not draft.missing:
        return draft
    reason = Notice("findings.exception_open", _key(draft.missing))
    return draft._replace(outcome="not_applicable", reason=reason)


def _key(missing: tuple[Fact, ...]) -> dict[str, object]:
    return dict(not_known(missing[0].quantity, missing[0]).params)


def _after_exceptions(draft: Draft, exceptions: list[Draft]) -> Draft:
    found = _settled(draft)
    if found.outcome == "not_applicable":
        return found
    live = [other for other in exceptions if _replaces(other, found)]
    if not live:
        return found
    missing = tuple(fact for other in live for fact in other.missing)
    if not missing:
        return _not_applicable(found, "replaced_by_exception", live[0].law.name)
    other = next(outcome for outcome in _WORST_FIRST if any(item.outcome == outcome for item in live))
    if found.outcome in (other, "undetermined"):
        return found
    return found._replace(outcome="undetermined", reason=Notice("findings.exception_open", _key(missing)))


def _replaces(exception: Draft, found: Draft) -> bool:
    """Return whether an exception is in force, applies, and is no weaker than the rule that it would replace."""
    if exception.outcome == "not_applicable" or exception.force in NOT_LIVE:
        return False
    return weakest(exception.force, found.force) == found.force


def _settled(draft: Draft) -> Draft:
    """Return a draft whose applicability may be open: a bound kept anyway stands, unless it is a dose rule's."""
    if not draft.missing or (draft.outcome == "pass" and not draft.dose_rule):
        return draft
    reason = not_known(draft.missing[0].quantity, draft.missing[0])
    return draft._replace(outcome="undetermined", reason=reason)
