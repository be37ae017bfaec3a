"""What each barrier is worth in lead against each source, at the declared maximum voltage (Table 3 and Annex C)."""

from typing import Literal

from shieldcalc import beams
from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.methods.gbz130.scene_sources import CT
from shieldcalc.methods.gbz130.values import ANNEX_C, inferred
from shieldcalc.model.aim import barriers_met
from shieldcalc.model.design import Source
from shieldcalc.model.result import LeadEquivalent
from shieldcalc.model.scene import Barrier, Scene

Direction = Literal["primary", "secondary"]
TABLES = (ANNEX_C,)


def aimed_at(scene: Scene, source: Source) -> frozenset[str]:
    """Return the ids of the barriers in the direction of a source's useful beam; none for a CT scanner."""
    named = {protocol.beam for protocol in source.protocols}
    used = [beam for beam in source.beams if beam.use_factor > 0 or beam.id in named]
    return frozenset(barrier.id for beam in used for barrier in barriers_met(scene, beam))


def lead_equivalents(barrier: Barrier, source: Source, aimed: frozenset[str]) -> tuple[LeadEquivalent, ...]:
    """Return a barrier's lead equivalents against one source: primary where its useful beam goes, else secondary.

    The layers are brought to lead at equal transmission, at the row of NCRP 147 or BIR that the inferred row of Annex C
    equals. None with the reason where the tables do not reach.
    """
    component: Direction = "primary" if barrier.id in aimed else "secondary"
    quality = quality_of(source, component)
    lead, reason = None, None
    try:
        lead = beams.lead_equivalent_mm(quality, barrier.layers)
    except OutsideDataError as refused:
        reason = refused.notice()
    words = words_of(quality)
    return (LeadEquivalent(source=source.id, component=component, beam=words, lead_mm=lead, reason=reason),)


def quality_of(source: Source, component: str) -> Quality:
    """Return the beam at which a barrier's lead equivalent against a source is taken."""
    if source.kind == CT:
        return Quality("ncrp147", "ct", f"{source.ct_kv:g}", "secondary")
    kv = source.max_technique.kv if source.max_technique is not None else 0.0
    return Quality("ncrp147", "kvp", f"{kv:g}", component)


def words_of(quality: Quality) -> str:
    """Return a beam in words, for example "125 kV primary" or "CT 120 kV secondary"."""
    return f"{'CT ' if quality.key_type == CT else ''}{quality.key} kV {quality.component}"


def annex_notices(scene: Scene) -> tuple[Notice, ...]:
    """Return for each source what is not verified of Annex C: its row is inferred, or nothing is known of it."""
    found = []
    for source in scene.sources:
        quality = quality_of(source, "primary")
        key = f"ct {quality.key}" if quality.key_type == CT else quality.key
        known = inferred(key, quality.component)
        code = "gbz130_annex_c_inferred" if known else "gbz130_annex_c_unknown"
        found.append(Notice(f"warnings.{code}", {"source": source.id, "kv": quality.key}))
    return tuple(found)
