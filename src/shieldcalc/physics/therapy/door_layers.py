"""What a door needs of lead and borated polyethylene together, from 10 MV: the polyethylene for half of each limit.

Neutrons alone (behind lead that stops all photons) are brought to half of the tightest limit, as NCRP 151 and SRS 47
share it out; the lead is the least that then keeps every goal, all parts together. With that door built the worst
places are searched again until nothing is over there.
"""

from math import inf, log10

from shieldcalc.errors import OutsideDataError
from shieldcalc.model.design import Layer
from shieldcalc.model.result import Goal, Requirement, Result
from shieldcalc.model.search import FULL
from shieldcalc.physics.components import DosesAt
from shieldcalc.physics.field import Field
from shieldcalc.physics.judged import Judged, judged_at, places_to_judge, with_thickness, worst_with
from shieldcalc.physics.preshielding import LEAD
from shieldcalc.physics.require import MORE_SEARCHES, SPARE, thickness_for
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
    here, built = field.scene.by_id[barrier], field
    places = list(places_to_judge(field, here, aimed))
    for _ in range(MORE_SEARCHES):
        judged = judged_at(built, doses_at, barrier, aimed, places)
        found = _least(document, judged, barrier)
        if isinstance(found, str):
            return Requirement(material=TOGETHER, required_mm=None, added_mm=None, reason=found)
        thickness_m, leaf = sum(found) / 1000, _leaf(*found)
        places += worst_with(field, here, {barrier: (thickness_m, leaf)}, aimed, places, FULL)
        built = field.in_scene(with_thickness(field.scene, here, thickness_m))
        if judged_at(built, doses_at, barrier, aimed, places)({barrier: leaf}) <= 1:
            layers = tuple(zip((LEAD, POLYETHYLENE), found, strict=True))
            return Requirement(material=TOGETHER, required_mm=sum(found), added_mm=None, layers=layers)
    return Requirement(material=TOGETHER, required_mm=None, added_mm=None, reason="undetermined")


def _least(document: Document, judged: Judged, barrier: str) -> tuple[float, float] | str:
    """Return lead and polyethylene in mm at the places that are judged, else the reason."""

    def over(lead_mm: float, bpe_mm: float) -> float:
        return judged({barrier: _leaf(lead_mm, bpe_mm)})

    try:
        share = over(ALL_PHOTONS_MM, 0.0) / document.rule("door_share")
        bpe = 0.0 if share <= 1 or share == inf else document.rule("door_bpe_tvl") * log10(share)
        lead = "undetermined" if share == inf else thickness_for(lambda mm: over(mm, bpe), SPARE)
    except OutsideDataError:
        return "outside_data"
    return lead if isinstance(lead, str) else (lead, bpe)


def _leaf(lead_mm: float, bpe_mm: float) -> tuple[Layer, ...]:
    """Return the layers of a door from the inside."""
    stack = ((LEAD, lead_mm), (POLYETHYLENE, bpe_mm))
    return tuple(Layer(material=name, thickness_mm=mm) for name, mm in stack if mm)
