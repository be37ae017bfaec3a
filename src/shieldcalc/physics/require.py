"""What a barrier needs: of each candidate material, alone or on top of what stands, how much keeps all goals.

The dose is computed again with the barrier's layers replaced, its points kept, so that what passes beside the barrier
stays; the thickness found keeps every goal (it is the safe end of the last bracket).
"""

from collections.abc import Callable, Mapping
from math import dist, log
from typing import NamedTuple

from shieldcalc.errors import OutsideDataError
from shieldcalc.model.design import Layer
from shieldcalc.model.paths import Key
from shieldcalc.model.result import Goal, Requirement, Result
from shieldcalc.model.scene import Barrier, Point, Scene
from shieldcalc.physics.components import DosesAt
from shieldcalc.physics.field import Field
from shieldcalc.physics.rules import rule

TOLERANCE_MM = 1e-3
NEARLY = 1e-3
ROUNDS = 60
Stacks = Mapping[str, tuple[Layer, ...]]
Excess = Callable[[Stacks], float]
Lines = list[tuple[float, Key]]


def require(
    field: Field, doses_at: DosesAt, result: Result, barrier: str, goals: tuple[Goal, ...], materials: tuple[str, ...]
) -> tuple[Requirement, ...]:
    """Return what each material would have to measure for every goal to hold at the barrier's points.

    ``required_mm`` instead of the barrier's layers, ``added_mm`` on top of them. Where dose reaches a point through the
    doors, windows and walls on the same edge, so that this barrier alone cannot do, the figures hold with as much on
    top of each of those too: reason "with_neighbours". None with the code of the reason: "passes_beside" (dose reaches
    a point round them all), "outside_data" (the tables refuse), "undetermined" (a goal on a quantity not known).
    """
    points = {each.point.id: each.point for each in result.points}
    judged = [(goal, points[goal.point]) for goal in goals if goal.point in points]
    room = _Room(_excess(field, doses_at, judged), field.scene.by_id[barrier], _beside(field.scene, barrier))
    return tuple(_requirement(room, material) for material in materials)


class _Room(NamedTuple):
    """The excess as a function of layers, the barrier asked about, the barriers beside it on its edge."""

    excess: Excess
    barrier: Barrier
    beside: tuple[Barrier, ...]


def _beside(scene: Scene, barrier: str) -> tuple[Barrier, ...]:
    edge = scene.by_id[barrier].edge
    return tuple(each for each in scene.barriers if edge is not None and each.edge == edge and each.id != barrier)


def _excess(field: Field, doses_at: DosesAt, judged: list[tuple[Goal, Point]]) -> Excess:
    """Return the largest dose over limit of all goals as a function of layers in barriers (inf: not known)."""
    at = {point.id: point for _, point in judged}
    lines: dict[str, Lines] = {
        name: [(dist(start, point.position), field.rays.key(start, point.position)) for start in field.starts]
        for name, point in at.items()
    }

    def excess(layers: Stacks) -> float:
        changed = field.replacing(layers)
        doses = {name: doses_at(at[name], changed.sums(at[name].position, lines[name]))[0] for name in at}
        return max((_over(getattr(doses[point.id], goal.quantity), goal.limit) for goal, point in judged), default=0.0)

    return excess


def _over(dose: float | None, limit: float) -> float:
    if dose is None:
        return float("inf")
    if limit <= 0:
        return 0.0 if dose <= 0 else float("inf")
    return dose / limit


def _requirement(room: _Room, material: str) -> Requirement:
    reason = ""
    try:
        alone, added = (_thickness(_with(room, stack, (), material)) for stack in ((), room.barrier.layers))
        if "passes_beside" in (alone, added) and room.beside:
            reason = "with_neighbours"
            alone, added = (
                _thickness(_with(room, stack, room.beside, material)) for stack in ((), room.barrier.layers)
            )
    except OutsideDataError:
        return Requirement(material=material, required_mm=None, added_mm=None, reason="outside_data")
    reasons = [each for each in (alone, added) if isinstance(each, str)]
    figures = [None if isinstance(each, str) else each for each in (alone, added)]
    reason = reasons[0] if reasons else reason
    return Requirement(material=material, required_mm=figures[0], added_mm=figures[1], reason=reason)


def _with(
    room: _Room, standing: tuple[Layer, ...], beside: tuple[Barrier, ...], material: str
) -> Callable[[float], float]:
    """Return the excess as a function of the thickness of one material, each computed once.

    The material stands on top of ``standing`` in the barrier, and on top of their own layers in those beside it.
    """
    known: dict[float, float] = {}

    def over(x: float) -> float:
        if x not in known:
            extra = (_layer(material, x),) if x else ()
            layers = {each.id: (*each.layers, *extra) for each in beside}
            known[x] = room.excess({**layers, room.barrier.id: (*standing, *extra)})
        return known[x]

    return over


def _layer(material: str, thickness_mm: float) -> Layer:
    return Layer(material=material, thickness_mm=thickness_mm, form="solid" if material == "brick" else None)


def _thickness(over: Callable[[float], float]) -> float | str:
    """Return the smallest thickness at which nothing is over (to TOLERANCE_MM, never too small), else the reason."""
    if over(0.0) <= 1:
        return 0.0
    if over(0.0) == float("inf"):
        return "undetermined"
    thickest = rule("thickest_mm")
    if over(thickest) > 1:
        return "passes_beside"
    low, high = 0.0, 1.0
    while over(high) > 1:
        low, high = high, min(4 * high, thickest)
    return _between(over, low, high)


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
