"""The exit code of a judgement."""

from collections.abc import Iterable

from shieldcalc.model.result import Fact, Finding
from shieldcalc.regulations.judge import occupied
from shieldcalc.regulations.status import NOT_LIVE
from shieldcalc.regulations.view import View


def exit_code(findings: Iterable[Finding], facts: Iterable[Fact], asked_by_name: frozenset[str]) -> int:
    """Return 0, 1 or 3 for what was found.

    1: a binding rule fails, or one of secondary source in an instrument that was asked for by name. 3: anything else
    fails or is undetermined, or an occupied point has no binding dose rule that passed, or there is no such point.
    0: none of these. Rules that are repealed or not yet valid never count.
    """
    live = [finding for finding in findings if finding.force not in NOT_LIVE]
    if any(finding.outcome == "fail" and _weighs(finding, asked_by_name) for finding in live):
        return 1
    if any(finding.outcome in ("fail", "undetermined") for finding in live):
        return 3
    kept = {item.subject for item in live if item.dose_rule and item.force == "binding" and item.outcome == "pass"}
    points = [point.id for point in occupied(View(facts))]
    return 0 if points and kept.issuperset(points) else 3


def _weighs(finding: Finding, asked_by_name: frozenset[str]) -> bool:
    asked = finding.instrument in asked_by_name
    return finding.force == "binding" or (finding.force == "secondary_source" and asked)
