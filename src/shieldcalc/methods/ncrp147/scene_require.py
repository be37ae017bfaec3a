"""What a barrier needs: of each candidate material, alone or on top of what stands, how much keeps all goals.

The dose is computed again with the barrier's layers replaced, its points kept, so that what passes beside the barrier
stays; the thickness found keeps every goal (it is the safe end of the last bracket).
"""

from collections.abc import Callable
from math import dist, log

from shieldcalc.errors import OutsideDataError
from shieldcalc.methods.ncrp147.components import doses_at
from shieldcalc.methods.ncrp147.scene_field import Field
from shieldcalc.methods.ncrp147.scene_rules import rule
from shieldcalc.model.design import Layer
from shieldcalc.model.paths import Key
from shieldcalc.model.result import Goal, Requirement, Result
from shieldcalc.model.scene import Point, Scene

TOLERANCE_MM = 1e-3
NEARLY = 1e-3
ROUNDS = 60
Excess = Callable[[tuple[Layer, ...]], float]
Lines = list[tuple[float, Key]]


def require(
    scene: Scene, result: Result, barrier: str, goals: tuple[Goal, ...], materials: tuple[str, ...]
) -> tuple[Requirement, ...]:
    """Return what each material would have to measure for every goal to hold at the barrier's points.

    ``required_mm`` instead of the barrier's layers, ``added_mm`` on top of them; None with the code of the reason:
    "passes_beside" (dose reaches a point round the barrier), "outside_data" (the tables refuse), "undetermined" (a goal
    on a quantity that is not known).
    """
    points = {each.point.id: each.point for each in result.points}
    judged = [(goal, points[goal.point]) for goal in goals if goal.point in points]
    excess = _excess(Field(scene), barrier, judged)
    standing = scene.by_id[barrier].layers
    return tuple(_requirement(excess, standing, material) for material in materials)


def _excess(field: Field, barrier: str, judged: list[tuple[Goal, Point]]) -> Excess:
    """Return the largest dose over limit of all goals as a function of the barrier's layers (inf: not known)."""
    lines: dict[str, Lines] = {
        point.id: [(dist(start, point.position), field.rays.key(start, point.position)) for start in field.starts]
        for _, point in judged
    }

    def excess(layers: tuple[Layer, ...]) -> float:
        changed = field.replacing(barrier, layers)
        doses = {point.id: doses_at(point, changed.sums(point.position, lines[point.id]))[0] for _, point in judged}
        return max((_over(getattr(doses[point.id], goal.quantity), goal.limit) for goal, point in judged), default=0.0)

    return excess


def _over(dose: float | None, limit: float) -> float:
    if dose is None:
        return float("inf")
    if limit <= 0:
        return 0.0 if dose <= 0 else float("inf")
    return dose / limit


def _requirement(excess: Excess, standing: tuple[Layer, ...], material: str) -> Requirement:
    try:
        alone, reason = _thickness(lambda x: excess((_layer(material, x),)) if x else excess(()))
        added, beside = _thickness(lambda x: excess((*standing, _layer(material, x))) if x else excess(standing))
    except OutsideDataError:
        return Requirement(material=material, required_mm=None, added_mm=None, reason="outside_data")
    return Requirement(material=material, required_mm=alone, added_mm=added, reason=reason or beside)


def _layer(material: str, thickness_mm: float) -> Layer:
    return Layer(material=material, thickness_mm=thickness_mm, form="solid" if material == "brick" else None)


def _thickness(over: Callable[[float], float]) -> tuple[float | None, str]:
    """Return the smallest thickness (to TOLERANCE_MM, never less than needed) at which nothing is over its limit."""
    if over(0.0) <= 1:
        return 0.0, ""
    if over(0.0) == float("inf"):
        return None, "undetermined"
    thickest = rule("thickest_mm")
    if over(thickest) > 1:
        return None, "passes_beside"
    low, high = 0.0, 1.0
    while over(high) > 1:
        low, high = high, min(4 * high, thickest)
    return _between(over, low, high), ""


def _between(over: Callable[[float], float], low: float, high: float) -> float:
    """Return the safe end of a bracket narrowed by the secant through ln(dose/limit), else by halves."""
    for round_ in range(ROUNDS):
        if high - low <= max(TOLERANCE_MM, 1e-5 * high):
            break
        a, b = log(max(over(low), 1e-300)), log(max(over(high), 1e-300))
        part = 0.5 if round_ % 3 == 2 or not a > b else min(0.999, max(0.001, a / (a - b)))
        middle = low + part * (high - low)
        for at in (middle, min(high, middle + NEARLY * max(1.0, middle)), max(low, middle - NEARLY * max(1.0, middle))):
            if low < at < high:
                low, high = (at, high) if over(at) > 1 else (low, at)
    return high
