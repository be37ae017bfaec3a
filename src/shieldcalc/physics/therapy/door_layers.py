"""What a door needs of lead and borated polyethylene together, from 10 MV: the polyethylene for half of each limit.

Neutrons alone (behind lead that stops all photons) are brought to half of the tightest limit, as NCRP 151 and SRS 47
share it out; the lead is the least that then keeps every goal, all parts together.
"""

from math import inf, log10

from shieldcalc.errors import OutsideDataError
from shieldcalc.model.design import Layer
from shieldcalc.model.result import Goal, Requirement, Result
from shieldcalc.physics.components import DosesAt
from shieldcalc.physics.field import Field
from shieldcalc.physics.judged import judged_at, places_to_judge
from shieldcalc.physics.preshielding import LEAD
from shieldcalc.physics.require import thickness_for
from shieldcalc.physics.therapy.document import Document
from shieldcalc.physics.therapy.stray import POLYETHYLENE

TOGETHER = "lead_and_borated_polyethylene"
ALL_PHOTONS_MM = 4000.0


def door_layers(
    document: Document, field: Field, doses_at: DosesAt, result: Result, barrier: str, goals: tuple[Goal, ...]
) -> Requirement:
    """Return the lead and the polyethylene instead of a door's layers; none with the reason where they cannot do."""
    points = {each.point.id: each.point for each in result.points}
    aimed = [(goal, points[goal.point]) for goal in goals if goal.point in points]
    places = list(places_to_judge(field, field.scene.by_id[barrier], aimed))
    judged = judged_at(field, doses_at, barrier, aimed, places)

    def over(lead_mm: float, bpe_mm: float) -> float:
        stack = ((LEAD, lead_mm), (POLYETHYLENE, bpe_mm))
        return judged({barrier: tuple(Layer(material=name, thickness_mm=mm) for name, mm in stack if mm)})

    try:
        share = over(ALL_PHOTONS_MM, 0.0) / document.rule("door_share")
        bpe = 0.0 if share <= 1 or share == inf else document.rule("door_bpe_tvl") * log10(share)
        lead = "undetermined" if share == inf else thickness_for(lambda mm: over(mm, bpe))
    except OutsideDataError:
        lead = "outside_data"
    if isinstance(lead, str):
        return Requirement(material=TOGETHER, required_mm=None, added_mm=None, reason=lead)
    layers = ((LEAD, lead), (POLYETHYLENE, bpe))
    return Requirement(material=TOGETHER, required_mm=lead + bpe, added_mm=None, layers=layers)
