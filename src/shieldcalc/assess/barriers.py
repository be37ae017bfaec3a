"""The verdict of each barrier by one method: the bounds that the rules set at its points and on its lead equivalent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from shieldcalc.assess.facts import BY_MODE, WHOLE_ROOM
from shieldcalc.model.assessment import BarrierVerdict
from shieldcalc.model.result import LEAD, BarrierResult, Doses, Finding, Goal, Method, Requirement, Result
from shieldcalc.model.scene import Scene

CANDIDATES = ("lead", "concrete", "brick", "barium_plaster", "steel", "gypsum", "plate_glass", "wood")
Wanted = Mapping[str, tuple[str, ...]]
_WORST_FIRST = ("fail", "undetermined", "pass", "not_applicable")
_JUDGED = ("pass", "fail", "undetermined")
_MODES = tuple(f"h10_beam_on_{mode}_uSv_per_h" for mode in BY_MODE)
WEEKLY, PER_WEEK, USV_PER_MSV = "ambient_dose_equivalent", "per_week", 1e3
_IN_FORCE = ("binding", "secondary_source", "unverified")


def as_computed(findings: Iterable[Finding], results: Iterable[Result]) -> tuple[Finding, ...]:
    """Return the findings with the rate of a mode that the method has no column of bounded as the whole room's.

    That is what was judged in its place (assess/facts.py).
    """
    doses = {(result.method, point.point.id): point.doses for result in results for point in result.points}
    return tuple(_as_computed(finding, doses.get((finding.method, finding.subject))) for finding in findings)


def _as_computed(finding: Finding, doses: Doses | None) -> Finding:
    if doses is None or all(getattr(doses, name) is not None or name not in _MODES for name in finding.bounds):
        return finding
    return replace(finding, bounds={WHOLE_ROOM if name in _MODES else name: x for name, x in finding.bounds.items()})


def barrier_verdicts(
    scene: Scene, method: Method, result: Result, findings: tuple[Finding, ...], wanted: Wanted | None = None
) -> tuple[BarrierVerdict, ...]:
    """Return one verdict a barrier, from the rules in force that judged its points and its lead equivalents.

    Findings by another method have no part in it. The margin is that of the tightest dose rule; where lead
    alone decides, that of lead. ``wanted``: the materials of each barrier whose thickness is worked out; None: all.
    """
    return tuple(
        _verdict(
            scene, method, result, barrier, findings, CANDIDATES if wanted is None else wanted.get(barrier.barrier, ())
        )
        for barrier in result.barriers
    )


def _verdict(
    scene: Scene,
    method: Method,
    result: Result,
    barrier: BarrierResult,
    findings: tuple[Finding, ...],
    materials: tuple[str, ...],
) -> BarrierVerdict:
    own = [finding for finding in findings if finding.by(method.name) and _in_force(finding)]
    doses = [finding for finding in own if finding.subject in barrier.points and finding.dose_rule]
    lead = [finding for finding in own if finding.quantity in LEAD and finding.subject in _subjects(barrier)]
    judged = [*doses, *lead]
    outcome = _worst(finding.outcome for finding in (judged if doses else []))
    by_lead = bool(doses) and outcome not in {finding.outcome for finding in doses}
    tightest = min(lead if by_lead else doses, key=_tightness, default=None)
    occupancy = {point.point.id: point.point.beyond.occupancy for point in result.points}
    goals = tuple(dict.fromkeys(goal for each in judged for goal in (*goals_of(each), *_of_a_week(each, occupancy))))
    return BarrierVerdict(
        barrier=barrier.barrier,
        method=method.name,
        goals=goals,
        margin=None if tightest is None else tightest.margin,
        governing_rule="" if tightest is None else tightest.rule,
        outcome=outcome,
        requirements=_requirements(scene, method, result, barrier.barrier, goals, materials),
    )


def _in_force(finding: Finding) -> bool:
    return finding.outcome in _JUDGED and finding.force in _IN_FORCE


def _subjects(barrier: BarrierResult) -> frozenset[str]:
    return frozenset(f"{barrier.barrier}/{each.source}" for each in barrier.lead_equivalents)


def _tightness(finding: Finding) -> float:
    return float("inf") if finding.margin is None else finding.margin


def _worst(outcomes: Iterable[str]) -> str:
    found = set(outcomes)
    return next((outcome for outcome in _WORST_FIRST if outcome in found), "undetermined")


def goals_of(finding: Finding) -> tuple[Goal, ...]:
    """Return the bounds that keep one finding's rule: on fields of Doses, whatever reading decides, or on lead."""
    if finding.quantity in LEAD and isinstance(finding.limit, float):
        return (Goal(quantity=finding.quantity, limit=finding.limit, rule=finding.rule, point=finding.subject),)
    return tuple(
        Goal(quantity=field, limit=limit, rule=finding.rule, point=finding.subject)
        for field, limit in finding.bounds.items()
    )


def _of_a_week(finding: Finding, occupancy: Mapping[str, float]) -> Iterator[Goal]:
    """Yield the bound of a rule on H*(10) of a week with occupancy, as one on the week without it."""
    T, limit = occupancy.get(finding.subject, 0.0), finding.limit
    weekly = finding.quantity == WEEKLY and finding.averaging == PER_WEEK and finding.comparator in ("<=", "<")
    if weekly and T > 0 and isinstance(limit, float):
        week = limit / USV_PER_MSV / T
        yield Goal(quantity="h10_week_mSv", limit=week, rule=finding.rule, point=finding.subject)


def _requirements(
    scene: Scene, method: Method, result: Result, barrier: str, goals: tuple[Goal, ...], materials: tuple[str, ...]
) -> tuple[Requirement, ...]:
    if method.require is None or not goals or not materials:
        return ()
    return method.require(scene, result, barrier, goals, materials)
