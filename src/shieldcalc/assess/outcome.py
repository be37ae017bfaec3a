"""The exit code of a judgement."""

from collections.abc import Iterable
from typing import Protocol

from shieldcalc.model.result import Fact, Finding, Force, Outcome
from shieldcalc.regulations.judge import occupied
from shieldcalc.regulations.status import NOT_LIVE
from shieldcalc.regulations.view import View


class Judged(Protocol):
    """What counts of something found: how it comes out, how far that binds, by what, of what."""

    @property
    def outcome(self) -> Outcome: ...  # noqa: D102

    @property
    def force(self) -> Force: ...  # noqa: D102

    @property
    def instrument(self) -> str: ...  # noqa: D102

    @property
    def subject(self) -> str: ...  # noqa: D102

    @property
    def dose_rule(self) -> bool: ...  # noqa: D102


def exit_code(findings: Iterable[Finding], facts: Iterable[Fact], asked_by_name: frozenset[str]) -> int:
    """Return 0, 1 or 3 for what was found.

    1: a binding rule fails, or one of secondary source in an instrument that was asked for by name. 3: anything else
    fails or is undetermined, or an occupied point has no binding dose rule that passed, or there is no such point.
    0: none of these. Rules that are repealed or not yet valid never count.
    """
    return code_of(findings, View(facts), asked_by_name)


def code_of(found: Iterable[Judged], view: View, asked_by_name: frozenset[str]) -> int:
    """Return what ``exit_code`` returns of what was found in a view of the facts."""
    live = [each for each in found if each.force not in NOT_LIVE]
    if any(each.outcome == "fail" and _weighs(each, asked_by_name) for each in live):
        return 1
    if any(each.outcome in ("fail", "undetermined") for each in live):
        return 3
    kept = {item.subject for item in live if item.dose_rule and item.force == "binding" and item.outcome == "pass"}
    points = [point.id for point in occupied(view)]
    return 0 if points and kept.issuperset(points) else 3


def _weighs(found: Judged, asked_by_name: frozenset[str]) -> bool:
    asked = found.instrument in asked_by_name
    return found.force == "binding" or (found.force == "secondary_source" and asked)
