"""What the mobile units of a ward give at 1 m with nothing around: the base of zones and of what to keep in mind."""

from collections.abc import Iterator
from dataclasses import replace
from math import dist

from shieldcalc.errors import Notice
from shieldcalc.model.build import OPERATOR, operator_id
from shieldcalc.model.design import Beam, Layer, Source
from shieldcalc.model.result import Doses, PointResult, Unshielded
from shieldcalc.model.scene import Kind, Point, Scene
from shieldcalc.physics.components import DosesAt, point_result
from shieldcalc.physics.field import Field
from shieldcalc.physics.preshielding import LEAD, passed
from shieldcalc.physics.rules import rule
from shieldcalc.physics.terms import QUANTITIES, inside_field

PARTS: tuple[Kind, ...] = ("wall", "floor", "ceiling")
ONE_METRE = Point(id="1 m", position=(0.0, 0.0, 0.0), barrier=None, beyond=OPERATOR, role="operator", distance_m=1.0)


def unshielded(field: Field, doses_at: DosesAt) -> Unshielded | None:
    """Return what everything in a ward gives at 1 m, as if all of it were done at one bed; None in a built room.

    Whoever is d metres and more from every tube and patient, outside the primary beams, gets at most 1/d2 of ``aside``,
    wherever the beds are and however the exposures are shared among them. Air kerma rates as ``QUANTITIES``.
    """
    if not field.scene.ward:
        return None
    aside = point_result(field, ONE_METRE, doses_at)[0]
    beams = [beam for source in field.scene.sources for beam in source.beams]
    return Unshielded(
        aside=aside,
        primary=_primary(field, doses_at),
        focus_to_patient_m=max((dist(beam.focus, beam.patient) for beam in beams), default=0.0),
        least_m=rule("zone_least_m"),
        protected=tuple(_protected(field, doses_at)),
    )


def _protected(field: Field, doses_at: DosesAt) -> Iterator[tuple[float, PointResult]]:
    """Yield the doses of each operator behind the lead worn or stood behind, of those that declare it."""
    for source in field.scene.sources:
        operator = source.operator
        if operator is not None and operator.protection_mm_lead is not None:
            worn = (Layer(material=LEAD, thickness_mm=operator.protection_mm_lead),)
            point = replace(ONE_METRE, id=operator_id(source), distance_m=operator.distance_m, worn=worn)
            yield operator.protection_mm_lead, point_result(field, point, doses_at)[0]


def _primary(field: Field, doses_at: DosesAt) -> Doses | None:
    """Return the doses of all primary beams at 1 m from the focus, what stands in them counted at its least."""
    terms = [term for term in field.terms if term.kind == "primary"]
    if not terms:
        return None
    sums = dict.fromkeys(QUANTITIES[:2], 0.0)
    rates: dict[str, float] = {}
    for term in terms:
        B = passed(term, ()).transmission
        for name in sums:
            sums[name] += B * term.amounts.get(name, 0.0)
        rates[term.source] = max(rates.get(term.source, 0.0), B * term.amounts.get("beam_on", 0.0))
    beam_on = (sum if field.together else max)(rates.values())
    known = {name: None if name in field.unknown else value for name, value in (*sums.items(), ("beam_on", beam_on))}
    return doses_at(ONE_METRE, tuple(known[name] for name in QUANTITIES))[0]


def ward_notices(scene: Scene, points: tuple[PointResult, ...]) -> Iterator[Notice]:
    """Yield what a reader of a ward's doses has to know: what is not credited, who is near, where a beam goes."""
    if not scene.ward:
        return
    there = {barrier.kind for barrier in scene.barriers}
    yield from (Notice(f"assumptions.ward_open_{name}", {}) for name in PARTS if name not in there)
    yield Notice("assumptions.zones_whole_workload", {})
    least = rule("zone_least_m")
    for found in points:
        d = min((part.distance_m for part in found.components if part.transmission is not None), default=least)
        if d < least:
            yield Notice("warnings.nearer_than_zones", {"point": found.point.id, "value": d, "least": least})
    for source in scene.sources:
        yield from (_open_beam(source, beam, points) for beam in source.beams if _leaves(scene, beam))


def _leaves(scene: Scene, beam: Beam) -> bool:
    """Return whether a primary beam leaves the ward with nothing built in its way."""
    from shieldcalc.model.aim import barriers_met

    return not beam.stopped_by_receptor and not barriers_met(scene, beam)


def _open_beam(source: Source, beam: Beam, points: tuple[PointResult, ...]) -> Notice:
    inside = inside_field(beam, rule("beam_margin_m"))
    hit = [each.point.id for each in points if each.point.distance_m is None and inside(each.point.position)]
    said = {"source": source.id, "beam": beam.id, "points": ", ".join(hit)}
    return Notice("warnings.ward_primary_on" if hit else "warnings.ward_primary_open", said)
