"""The verdict of each barrier: the bounds that the rules set at its points, the tightest one, and what to build."""

from collections.abc import Iterable

from shieldcalc.model.assessment import BarrierVerdict
from shieldcalc.model.result import BarrierResult, Finding, Goal, Method, Requirement, Result
from shieldcalc.model.scene import Scene

CANDIDATES = ("lead", "concrete", "brick", "barium_plaster", "steel", "gypsum", "plate_glass", "wood")
_WORST_FIRST = ("fail", "undetermined", "pass", "not_applicable")
_JUDGED = ("pass", "fail", "undetermined")
_IN_FORCE = ("binding", "secondary_source", "unverified")


def barrier_verdicts(
    scene: Scene, method: Method, result: Result, findings: tuple[Finding, ...]
) -> tuple[BarrierVerdict, ...]:
    """Return one verdict a barrier, from the dose rules in force that judged its points."""
    return tuple(_verdict(scene, method, result, barrier, findings) for barrier in result.barriers)


def _verdict(
    scene: Scene, method: Method, result: Result, barrier: BarrierResult, findings: tuple[Finding, ...]
) -> BarrierVerdict:
    judged = [finding for finding in findings if finding.subject in barrier.points and _counts(finding)]
    tightest = min(judged, key=_tightness, default=None)
    goals = tuple(dict.fromkeys(goal for finding in judged for goal in goals_of(finding)))
    return BarrierVerdict(
        barrier=barrier.barrier,
        method=method.name,
        goals=goals,
        margin=None if tightest is None else tightest.margin,
        governing_rule="" if tightest is None else tightest.rule,
        outcome=_worst(finding.outcome for finding in judged),
        requirements=_requirements(scene, method, result, barrier.barrier, goals),
    )


def _counts(finding: Finding) -> bool:
    return finding.dose_rule and finding.outcome in _JUDGED and finding.force in _IN_FORCE


def _tightness(finding: Finding) -> float:
    return float("inf") if finding.margin is None else finding.margin


def _worst(outcomes: Iterable[str]) -> str:
    found = set(outcomes)
    return next((outcome for outcome in _WORST_FIRST if outcome in found), "undetermined")


def goals_of(finding: Finding) -> tuple[Goal, ...]:
    """Return the bounds on fields of Doses that keep one finding's rule at its point, whatever reading decides."""
    return tuple(
        Goal(quantity=field, limit=limit, rule=finding.rule, point=finding.subject)
        for field, limit in finding.bounds.items()
    )


def _requirements(
    scene: Scene, method: Method, result: Result, barrier: str, goals: tuple[Goal, ...]
) -> tuple[Requirement, ...]:
    if method.require is None or not goals:
        return ()
    return method.require(scene, result, barrier, goals, CANDIDATES)
