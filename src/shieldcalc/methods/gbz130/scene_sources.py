"""What each source gives by rates: beam-on at its maximum technique, the week by its hours; fluoroscopy by itself."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.methods.gbz130 import equations
from shieldcalc.methods.gbz130.hours import beam_time, scan_time
from shieldcalc.model.design import Source
from shieldcalc.model.scene import Neighbour, Scene
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.ct_terms import by_scans
from shieldcalc.physics.field import Field, others_of
from shieldcalc.physics.rules import rule
from shieldcalc.physics.technique_terms import at_maximum
from shieldcalc.physics.terms import Formula, Radiation, Term

CT = "ct"
FLUOROSCOPES = (
    *("fluoroscopy", "radiography_fluoroscopy", "angiography", "cardiac_angiography", "interventional", "c_arm"),
)
BEAM_ON = "beam_on"
T = TypeVar("T")


def field_of(scene: Scene) -> Field:
    """Return the dose field of a room: beam-on rates, and the week by rate and hours."""
    return Field(scene, radiation_of, others_of(scene, field_of))


def fluoroscopy_field(scene: Scene) -> Field | None:
    """Return the field of the sources that can do fluoroscopy, at their maximum fluoroscopy technique.

    Those of other rooms of the site count too. None where the room has no such source, or one counted does not say its
    technique.
    """
    others = [each for each in scene.others if fluoroscopes(each.scene)]
    if not fluoroscopes(scene) or any(_unsaid(each) for each in (scene, *(other.scene for other in others))):
        return None
    return _rate_field(_screened(scene, tuple(replace(each, scene=_screened(each.scene)) for each in others)))


def fluoroscopes(scene: Scene) -> tuple[Source, ...]:
    """Return the sources of a room that can do fluoroscopy."""
    return tuple(source for source in scene.sources if source.kind in FLUOROSCOPES)


def _unsaid(scene: Scene) -> bool:
    return any(source.fluoroscopy_technique is None for source in fluoroscopes(scene))


def _screened(scene: Scene, others: tuple[Neighbour, ...] = ()) -> Scene:
    found = tuple(replace(source, max_technique=source.fluoroscopy_technique) for source in fluoroscopes(scene))
    return replace(scene, sources=found, others=others)


def _rate_field(scene: Scene) -> Field:
    return Field(scene, _rates, others_of(scene, _rate_field))


def radiation_of(source: Source) -> list[Radiation]:
    """Return the beam-on rates of one source with the week that its hours make of them.

    Raises OutsideDataError for a source whose beam-on rate cannot be said: this method has nothing else.
    """
    (found,) = _rates(source)
    beams = {beam.id: beam for beam in source.beams}
    protocols = {protocol.id: protocol for protocol in source.protocols}
    time = {
        (term.kind, term.beam): scan_time(source, protocols[term.beam])
        if source.kind == CT
        else beam_time(source, beams[term.beam], term.kind)
        for term in found.terms
    }
    found.terms = [_with_week(term, time[term.kind, term.beam]) for term in found.terms]
    return [found]


def _rates(source: Source) -> list[Radiation]:
    found = by_scans(source) if source.kind == CT else at_maximum(source, rule("beam_margin_m"))
    if BEAM_ON in found.unknown:
        raise OutsideDataError("gbz130_no_rate", source=source.id, reason=_why(found.notices))
    found.unknown = {"hour"}
    found.notices = [notice for notice in found.notices if notice.code != "warnings.hour_undetermined"]
    found.terms = [replace(term, amounts=_only(term.amounts), formulas=_only(term.formulas)) for term in found.terms]
    return [found]


def _why(notices: list[Notice]) -> str:
    return next((each.text() for each in notices if each.code.startswith("warnings.beam_on")), "")


def _only(by_quantity: Mapping[str, T]) -> dict[str, T]:
    return {BEAM_ON: by_quantity[BEAM_ON]}


def _with_week(term: Term, time: Step) -> Term:
    rate = term.formulas[BEAM_ON]
    formulas: dict[str, Formula] = {BEAM_ON: rate, "week": partial(_week, rate, time)}
    amounts = {BEAM_ON: term.amounts[BEAM_ON], "week": 1e-3 * term.amounts[BEAM_ON] * time.value}
    return replace(term, amounts=amounts, formulas=formulas)


def _week(rate: Formula, time: Step, d: float, gain: float, B: float) -> tuple[Step, ...]:
    last = rate(d, gain, B)[-1]
    inputs = {"K_rate": (last.value, "uGy/h"), "t": (time.value, "h/week")}
    return time, evaluate(equations.air_kerma_of_week, inputs, last.label)
