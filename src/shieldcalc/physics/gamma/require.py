"""What a barrier needs: goals in H*(10) by its own field, those in air kerma by theirs, the larger thickness."""

from collections.abc import Callable, Sequence

from shieldcalc.model.result import Doses, Goal, Requirement, Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.model.trace import Step
from shieldcalc.physics import require as requirements
from shieldcalc.physics.gamma.doses import doses_of
from shieldcalc.physics.gamma.field import Fields
from shieldcalc.physics.gamma.presence import whole_week

Require = Callable[[Scene, Result, str, tuple[Goal, ...], tuple[str, ...]], tuple[Requirement, ...]]


def requirer(fields_of: Callable[[Scene], Fields]) -> Require:
    """Return what gives the thickness of each material with which every goal holds at a barrier's points.

    Thicknesses at the density of the gamma data; see ``physics.require`` for the reasons where there is none.
    """

    def require(
        scene: Scene, result: Result, barrier: str, goals: tuple[Goal, ...], materials: tuple[str, ...]
    ) -> tuple[Requirement, ...]:
        return _require(fields_of(scene), result, barrier, goals, materials)

    return require


def _require(
    fields: Fields, result: Result, barrier: str, goals: tuple[Goal, ...], materials: tuple[str, ...]
) -> tuple[Requirement, ...]:
    beyond = fields.scene.by_id[barrier].beyond
    kerma, h10 = fields.pair(whole=beyond is not None and whole_week(beyond))
    in_h10 = tuple(goal for goal in goals if goal.quantity.startswith("h10"))
    in_kerma = tuple(goal for goal in goals if not goal.quantity.startswith("h10"))
    asked = [(field, own) for field, own in ((h10, in_h10), (kerma, in_kerma)) if own]
    found = [requirements.require(field, alike, result, barrier, own, materials) for field, own in asked]
    return tuple(_larger(each) for each in zip(*found, strict=True))


def alike(point: Point, own: Sequence[float | None]) -> tuple[Doses, tuple[Step, ...]]:
    """Return doses of which those in the quantity of ``own`` hold, be it H*(10) or air kerma."""
    return doses_of(point, own, own)


def _larger(each: tuple[Requirement, ...]) -> Requirement:
    """Return the one that asks for more; one without a thickness stands for all."""
    unknown = next((one for one in each if one.required_mm is None), None)
    return unknown or max(each, key=lambda one: one.required_mm or 0.0)
