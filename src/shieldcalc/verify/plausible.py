"""What does not look right in a design and its claims: asked about, never refused, never a verdict."""

from collections.abc import Iterator, Mapping
from datetime import date
from math import dist, isfinite

from shieldcalc import plugins
from shieldcalc.errors import Notice, ShieldcalcError
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Design, Layer, Source
from shieldcalc.model.scene import Barrier
from shieldcalc.physics.techniques import tube_output
from shieldcalc.tables import table
from shieldcalc.units import significant
from shieldcalc.verify.model import Drawn, Reading, Remark, Statement
from shieldcalc.verify.vocabulary import is_tube, rule

SAID = "report.verify.plausible"
MICRO = 1000.0


def remarks(found: Assessment, stated: Statement, name: str) -> Iterator[Remark]:
    """Yield what a reviewer should ask about one design: sources, layers, and what the plan shows."""
    for source in found.design.sources:
        yield from (Remark(subject=source.id, said=said) for said in _source(source))
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
            yield _say(code, id=reading.id, on=reading.on.isoformat(), last=last.isoformat())
            return


def _say(code: str, **params: object) -> Notice:
    return Notice(f"{SAID}.{code}", params)


def _source(source: Source) -> Iterator[Notice]:
    usual = next(table("verify/plausible_kinds.csv").where(kind=source.kind), {})
    yield from _workload(source, usual)
    yield from _potentials(source, usual)
    yield from _outputs(source)
    yield from _doses(source, usual)
    technique, leakage = source.max_technique, source.leakage
    if technique is not None and technique.kv * technique.current_mA > MICRO * rule("highest_power"):
        yield _say("power", kw=significant(technique.kv * technique.current_mA / MICRO), most=rule("highest_power"))
    if leakage is not None and leakage.declared and leakage.rate_mGy_per_h < rule("leakage_low"):
        yield _say("leakage_low", value=significant(leakage.rate_mGy_per_h), least=rule("leakage_low"))


def _workload(source: Source, usual: Mapping[str, str]) -> Iterator[Notice]:
    week = source.patients_per_week or sum(each.per_week for each in source.protocols)
    hour = source.patients_in_busiest_hour
    if usual.get("patients_high") and week > rule("patients_high") * float(usual["patients_high"]):
        yield _say("workload_high", found=significant(week), usual=usual["patients_high"], kind=source.kind)
    if usual.get("patients_high") and 0 < week < rule("patients_low") * float(usual["patients_high"]):
        yield _say("workload_low", found=significant(week), usual=usual["patients_high"], kind=source.kind)
    if hour is not None and source.patients_per_week and hour > source.patients_per_week:
        yield _say("hour_above_week", hour=significant(hour), week=significant(source.patients_per_week))


def _potentials(source: Source, usual: Mapping[str, str]) -> Iterator[Notice]:
    if not usual.get("kv_low"):
        return
    low, high = float(usual["kv_low"]), float(usual["kv_high"])
    technique = source.max_technique
    found = [technique.kv if technique else None, source.ct_kv, *(each.kv for each in source.protocols)]
    for kv in dict.fromkeys(each for each in found if each is not None):
        if not low <= kv <= high:
            yield _say("kv", found=significant(kv), low=low, high=high, kind=source.kind)


def _outputs(source: Source) -> Iterator[Notice]:
    for output in source.outputs:
        try:
            usual = tube_output(output.kv, source.filtration_mmAl).Y
        except ShieldcalcError:
            continue  # the table does not reach there: nothing to compare with
        share = output.mGy_m2_per_mAs / usual
        if not rule("output_low") <= share <= rule("output_high"):
            yield _say("output", kv=output.kv, times=significant(share))


def _doses(source: Source, usual: Mapping[str, str]) -> Iterator[Notice]:
    for protocol in source.protocols:
        dlp, time = protocol.dlp_mGy_cm, protocol.scan_time_s
        if dlp is not None and usual.get("dlp_low") and not float(usual["dlp_low"]) <= dlp <= float(usual["dlp_high"]):
            yield _say(
                "dlp", protocol=protocol.id, found=significant(dlp), low=usual["dlp_low"], high=usual["dlp_high"]
            )
        if time is not None and time > rule("longest_scan"):
            yield _say("scan_time", protocol=protocol.id, found=significant(time), most=rule("longest_scan"))


def _barrier(barrier: Barrier, found: Assessment) -> Iterator[Notice]:
    for layer in barrier.layers:
        yield from _layer(layer, found.design)
    host = found.scene.by_id.get(barrier.host or "")
    own, wall = _whole(barrier.layers), _whole(host.layers) if host is not None else 0.0
    if host is not None and own > wall:
        yield _say("opening_thicker", found=significant(own), wall=host.id, there=significant(wall))
    if own > rule("thickest"):
        yield _say("very_thick", found=significant(own), most=rule("thickest"))


def _layer(layer: Layer, design: Design) -> Iterator[Notice]:
    material = plugins.catalog().materials.get(layer.material)
    density = layer.density_g_per_cm3
    usual = None if material is None else material.density_g_per_cm3
    if usual and density is not None and density > usual * rule("density_high"):
        yield _say("density_high", material=layer.material, found=density, usual=usual)
    most = rule("thickest_lead" if all(map(is_tube, design.sources)) else "thickest_lead_gamma")
    if layer.material == "lead" and layer.thickness_mm > most:
        yield _say("lead_thick", found=significant(layer.thickness_mm), most=most)


def _whole(layers: tuple[Layer, ...]) -> float:
    return sum(layer.thickness_mm for layer in layers)


def _drawn(drawn: Drawn, found: Assessment) -> Iterator[Notice]:
    """Compare what is stated of the plan with the design file: thickness of a wall, distance from a source."""
    barrier = found.scene.by_id.get(drawn.barrier)
    if barrier is None:
        yield _say("no_barrier", known=", ".join(found.scene.by_id))
        return
    layers = _whole(barrier.layers)
    if drawn.thickness_mm is not None and layers > drawn.thickness_mm * (1 + rule("thickness_rounding")):
        yield _say("thicker_than_drawn", layers=significant(layers), drawn=significant(drawn.thickness_mm))
    if drawn.distance_m is not None:
        distance = _distance(drawn.source, barrier, found.design)
        if distance is None:
            yield _say("no_source", source=drawn.source)
        elif abs(distance - drawn.distance_m) > rule("distance_tolerance"):
            yield _say(
                "distance", stated=significant(drawn.distance_m), plan=significant(distance), source=drawn.source
            )


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
