"""How the findings of one instrument's rules act on one another: exceptions, alternatives, applicability not known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.result import Fact, Finding, Outcome
from shieldcalc.regulations.evaluate import not_known
from shieldcalc.regulations.rules import LoadedInstrument, Rule
from shieldcalc.regulations.status import NOT_LIVE, weakest

_WORST_FIRST: tuple[Outcome, ...] = ("fail", "undetermined", "pass")


class Draft(NamedTuple):
    """A finding as if its rule applied; ``missing`` are the facts without which it is not known whether it does."""

    finding: Finding
    missing: tuple[Fact, ...] = ()


Drafts = Mapping[str, tuple[Draft, ...]]


class _Beside(NamedTuple):
    """A rule with those that are exceptions to it, and those that are alternatives to it."""

    rule: Rule
    exceptions: tuple[Rule, ...]
    partners: tuple[Rule, ...]


@lru_cache(maxsize=256)
def _beside(instrument: LoadedInstrument) -> tuple[_Beside, ...]:
    """Return the rules of an instrument, in order, each with those that act on it."""
    rules = instrument.rules
    return tuple(
        _Beside(
            rule,
            tuple(other for other in rules if rule.id in other.exception_to),
            tuple(other for other in rules if rule.id in other.alternative_to or other.id in rule.alternative_to),
        )
        for rule in rules
    )


def combined(instrument: LoadedInstrument, drafts: Drafts) -> Iterator[Finding]:
    """Return the findings of an instrument's rules, in order, after exceptions and alternatives.

    An exception that applies replaces its rule. While it is not known whether it applies, the rule stands where both
    come out alike and is undetermined otherwise. Of alternatives, one that is met suffices.
    """
    for rule, exceptions, partners in _beside(instrument):
        for draft in drafts[rule.id]:
            settled = _after_exceptions(draft, [found for other in exceptions for found in drafts[other.id]])
            met = [found for other in partners for found in _met(drafts[other.id], draft.finding)]
            if met and settled.outcome in ("fail", "undetermined"):
                yield _by_alternative(settled, met)
            else:
                yield settled if rule.exception_to == () else _as_exception(draft)


def _met(drafts: Iterable[Draft], finding: Finding) -> list[Finding]:
    """Return an alternative's findings for the subject by the same method where every one of them passes, else none."""
    same = [draft for draft in drafts if draft.finding.subject == finding.subject]
    found = [draft for draft in same if not finding.method or draft.finding.by(finding.method)]
    kept = all(draft.finding.outcome == "pass" and not draft.missing for draft in found)
    return [draft.finding for draft in found if kept and draft.finding.force not in NOT_LIVE]


def _by_alternative(finding: Finding, met: list[Finding]) -> Finding:
    """Return a finding whose alternative is met: not applicable, undetermined where the alternative is weaker."""
    enough = [other for other in met if weakest(other.force, finding.force) == finding.force]
    if enough:
        return _not_applicable(finding, "alternative_met", enough[0].rule)
    if finding.outcome == "undetermined":
        return finding
    reason = Notice("findings.alternative_weaker", {"rule": met[0].rule, "force": met[0].force})
    return replace(finding, outcome="undetermined", reason=reason)


def _not_applicable(finding: Finding, code: str, rule: str) -> Finding:
    return replace(finding, outcome="not_applicable", reason=Notice(f"findings.{code}", {"rule": rule}), bounds={})


def _as_exception(draft: Draft) -> Finding:
    """Return an exception's own finding: not applicable until it is known that it is needed."""
    if not draft.missing:
        return draft.finding
    reason = Notice("findings.exception_open", _key(draft.missing))
    return replace(draft.finding, outcome="not_applicable", reason=reason)


def _key(missing: tuple[Fact, ...]) -> dict[str, object]:
    return dict(not_known(missing[0].quantity, missing[0]).params)


def _after_exceptions(draft: Draft, exceptions: list[Draft]) -> Finding:
    finding = _settled(draft)
    live = [other for other in exceptions if _replaces(other.finding, finding)]
    if not live or finding.outcome == "not_applicable":
        return finding
    missing = tuple(fact for other in live for fact in other.missing)
    if not missing:
        return _not_applicable(finding, "replaced_by_exception", live[0].finding.rule)
    other = next(outcome for outcome in _WORST_FIRST if any(item.finding.outcome == outcome for item in live))
    if finding.outcome in (other, "undetermined"):
        return finding
    return replace(finding, outcome="undetermined", reason=Notice("findings.exception_open", _key(missing)))


def _replaces(exception: Finding, finding: Finding) -> bool:
    """Return whether an exception is in force, applies, and is no weaker than the rule that it would replace."""
    weaker = weakest(exception.force, finding.force) != finding.force
    return exception.outcome != "not_applicable" and exception.force not in NOT_LIVE and not weaker


def _settled(draft: Draft) -> Finding:
    """Return a finding whose applicability may be open: a bound kept anyway stands, unless it is a dose rule's."""
    finding = draft.finding
    if not draft.missing or (finding.outcome == "pass" and not finding.dose_rule):
        return finding
    return replace(finding, outcome="undetermined", reason=not_known(draft.missing[0].quantity, draft.missing[0]))
