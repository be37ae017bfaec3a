"""What does not look right in a design and its claims: asked about, never refused, never a verdict."""

from collections.abc import Iterator
from datetime import date
from math import dist, isfinite

from shieldcalc import plugins
from shieldcalc.errors import Notice
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Design, Layer, Source
from shieldcalc.model.scene import Barrier
from shieldcalc.units import significant
from shieldcalc.verify.around_room import of_room
from shieldcalc.verify.model import Drawn, Reading, Remark, Statement
from shieldcalc.verify.usual import of_source, say
from shieldcalc.verify.vocabulary import is_tube, rule


def remarks(found: Assessment, stated: Statement, name: str) -> Iterator[Remark]:
    """Yield what a reviewer should ask about one design: sources, layers, and what the plan shows."""
    for source in found.design.sources:
        yield from (Remark(subject=source.id, said=said) for said in of_source(source))
    yield from of_room(found)
    for barrier in found.scene.barriers:
        yield from (Remark(subject=barrier.id, said=said) for said in _barrier(barrier, found))
    for drawn in stated.drawn:
        if drawn.design == name:
            yield from (Remark(subject=drawn.barrier, said=said) for said in _drawn(drawn, found))
    for reading in stated.readings:
        if reading.design == name:
            yield from (Remark(subject=reading.subject, said=said) for said in _day(reading, stated, found))


def _day(reading: Reading, stated: Statement, found: Assessment) -> Iterator[Notice]:
    """Yield that a reading is dated after the submission, or after the day of the judgement."""
    for code, last in (("after_submission", stated.dated), ("after_today", date.fromisoformat(found.on))):
        if reading.on is not None and last is not None and reading.on > last:
            yield say(code, id=reading.id, on=reading.on.isoformat(), last=last.isoformat())
            return


def _barrier(barrier: Barrier, found: Assessment) -> Iterator[Notice]:
    for layer in barrier.layers:
        yield from _layer(layer, found.design)
    host = found.scene.by_id.get(barrier.host or "")
    own, wall = _whole(barrier.layers), _whole(host.layers) if host is not None else 0.0
    if host is not None and own > wall:
        yield say("opening_thicker", found=significant(own), wall=host.id, there=significant(wall))
    most = rule(f"thickest_{_beams(found.design)}")
    if own > most:
        yield say("very_thick", found=significant(own), most=most)


def _layer(layer: Layer, design: Design) -> Iterator[Notice]:
    material = plugins.catalog().materials.get(layer.material)
    density = layer.density_g_per_cm3
    usual = None if material is None else material.density_g_per_cm3
    if usual and density is not None and density > usual * rule("density_high"):
        yield say("density_high", material=layer.material, found=density, usual=usual)
    most = rule(f"thickest_lead_{_beams(design)}")
    if layer.material == "lead" and layer.thickness_mm > most:
        yield say("lead_thick", found=significant(layer.thickness_mm), most=most)


def _beams(design: Design) -> str:
    """Return what is to be held back: beams of diagnosis, harder ones of tubes, or gamma rays and accelerators."""
    if not all(map(is_tube, design.sources)):
        return "gamma"
    highest = max((kv for source in design.sources for kv in _potentials(source)), default=0.0)
    return "soft" if highest <= rule("diagnostic_kv") else "hard"


def _potentials(source: Source) -> Iterator[float]:
    technique, ct = source.max_technique, source.ct_kv
    yield from (kv for kv in (technique and technique.kv, ct, *(each.kv for each in source.protocols)) if kv)


def _whole(layers: tuple[Layer, ...]) -> float:
    return sum(layer.thickness_mm for layer in layers)


def _drawn(drawn: Drawn, found: Assessment) -> Iterator[Notice]:
    """Compare what is stated of the plan with the design file: thickness of a wall, distance from a source."""
    barrier = found.scene.by_id.get(drawn.barrier)
    if barrier is None:
        yield say("no_barrier", known=", ".join(found.scene.by_id))
        return
    layers = _whole(barrier.layers)
    if drawn.thickness_mm is not None and layers > drawn.thickness_mm * (1 + rule("thickness_rounding")):
        yield say("thicker_than_drawn", layers=significant(layers), drawn=significant(drawn.thickness_mm))
    if drawn.distance_m is not None:
        distance = _distance(drawn.source, barrier, found.design)
        if distance is None:
            yield say("no_source", source=drawn.source)
        elif abs(distance - drawn.distance_m) > rule("distance_tolerance"):
            yield say("distance", stated=significant(drawn.distance_m), plan=significant(distance), source=drawn.source)


def _distance(name: str, barrier: Barrier, design: Design) -> float | None:
    """Return the shortest distance in metres, on the plan, from a source to the inner face of a barrier."""
    places = [place for source in design.sources if source.id == name for place in _places(source)]
    if not places:
        return None
    if barrier.outline:
        level = 0.0 if barrier.kind == "floor" else design.height_m
        return min(abs(place[2] - level) for place in places)
    return min(_to_segment((place[0], place[1]), barrier.a, barrier.b) for place in places)


def _places(source: Source) -> Iterator[tuple[float, float, float]]:
    yield from (() if source.isocentre is None else (source.isocentre,))
    yield from source.gamma_places
    yield from (beam.focus for beam in source.beams)


def _to_segment(at: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    along = (b[0] - a[0], b[1] - a[1])
    length = along[0] ** 2 + along[1] ** 2
    share = 0.0 if not length else ((at[0] - a[0]) * along[0] + (at[1] - a[1]) * along[1]) / length
    share = min(1.0, max(0.0, share)) if isfinite(share) else 0.0
    return dist(at, (a[0] + share * along[0], a[1] + share * along[1]))
