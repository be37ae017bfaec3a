"""What a barrier needs: the larger of what the goals on dose ask, mode by mode, and the required lead equivalent."""

from collections.abc import Callable
from dataclasses import replace
from functools import reduce

from shieldcalc import beams
from shieldcalc.errors import OutsideDataError
from shieldcalc.methods.gbz130.doses import doses_at
from shieldcalc.methods.gbz130.lead import quality_of
from shieldcalc.methods.gbz130.modes import mode_fields, mode_quantity
from shieldcalc.methods.gbz130.scene_sources import field_of, placed
from shieldcalc.model.design import Layer, Source
from shieldcalc.model.result import LEAD, Goal, Requirement, Result
from shieldcalc.model.scene import Scene
from shieldcalc.physics.preshielding import LEAD as LEAD_MATERIAL
from shieldcalc.physics.require import keeping_both, thickness_for
from shieldcalc.physics.require import require as requirements
from shieldcalc.physics.room import Solve

BEAM_ON = "h10_beam_on_uSv_per_h"
DOSE = "dose"


def require(
    scene: Scene,
    result: Result,
    barrier: str,
    goals: tuple[Goal, ...],
    materials: tuple[str, ...],
    solve: Solve = requirements,
) -> tuple[Requirement, ...]:
    """Return what each material would have to measure for every goal to hold at the barrier.

    The larger of three needs: of the goals on dose, of those on the rate of a single mode, and of the lead equivalents
    that rules require; ``governed_by`` says whether dose or which rule on lead asks for most. ``solve`` answers the
    first two: the room's own equipment alone, or with what radiates beside it.
    """
    scene = placed(scene)
    fields = mode_fields(scene)
    own = {mode_quantity(mode): field for mode, field in fields.items()}
    plain = tuple(goal for goal in goals if goal.quantity not in own and goal.quantity not in LEAD)
    found = [solve(field_of(scene), doses_at, result, barrier, plain, materials)] if plain else []
    for quantity, field in own.items():
        moded = tuple(replace(goal, quantity=BEAM_ON) for goal in goals if goal.quantity == quantity)
        found += [solve(field, doses_at, result, barrier, moded, materials)] if moded else []
    by_dose = tuple(reduce(keeping_both, needs) for needs in zip(*found, strict=True))
    leads = [goal for goal in goals if goal.quantity in LEAD]
    for goal in leads:
        by_lead = lead_needs(scene, barrier, goal, materials)
        by_dose = tuple(map(governing, by_dose, by_lead)) if by_dose else by_lead
    return by_dose


def governing(one: Requirement, lead: Requirement) -> Requirement:
    """Return what keeps both a need so far and one of lead, and which of them asks for more material in all."""
    more = one.required_mm is not None and (lead.required_mm is None or lead.required_mm > one.required_mm)
    return replace(keeping_both(one, lead), governed_by=lead.governed_by if more else one.governed_by or DOSE)


def lead_needs(scene: Scene, barrier: str, goal: Goal, materials: tuple[str, ...]) -> tuple[Requirement, ...]:
    """Return what each material must measure for a barrier to be worth the goal's lead against the goal's source."""
    name = goal.point.removeprefix(f"{barrier}/")
    source = next(each for each in scene.sources if each.id == name)
    layers = scene.by_id[barrier].layers
    return tuple(_lead_need(source, layers, goal, material) for material in materials)


def _lead_need(source: Source, layers: tuple[Layer, ...], goal: Goal, material: str) -> Requirement:
    component = goal.quantity.removeprefix("lead_equivalent_")
    try:
        required, added = (_amount(_short_of(source, component, stand, goal.limit, material), material, goal.limit)
                           for stand in ((), layers))  # fmt: skip
    except OutsideDataError:
        required = added = None
    reason = "" if required is not None and added is not None else "outside_data"
    return Requirement(material=material, required_mm=required, added_mm=added, reason=reason, governed_by=goal.rule)


Short = Callable[[float], float]


def _short_of(source: Source, component: str, stand: tuple[Layer, ...], limit: float, material: str) -> Short:
    """Return by how much a stack with more of one material falls short of the lead required: 1 is enough, 2 is none."""
    quality, form = quality_of(source, component), "solid" if material == "brick" else None

    def short(x: float) -> float:
        extra = (Layer(material=material, thickness_mm=x, form=form),) if x else ()
        return 2 - beams.lead_equivalent_mm(quality, (*stand, *extra)) / limit

    return short


def _amount(short: Short, material: str, limit: float) -> float | None:
    """Return the thickness with which nothing is short; of lead what is missing where that is enough."""
    missing = limit * (short(0.0) - 1)
    if material == LEAD_MATERIAL and missing > 0 and short(missing) <= 1:
        return missing
    found = thickness_for(short)
    return None if isinstance(found, str) else found
