"""What each source gives by rates: beam-on at its maximum technique, the week by its hours."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.methods.gbz130 import equations
from shieldcalc.methods.gbz130.doses import doses_at
from shieldcalc.methods.gbz130.hours import beam_time, scan_time
from shieldcalc.methods.gbz130.values import value
from shieldcalc.model.design import Source
from shieldcalc.model.scene import Scene
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.beside import others_of
from shieldcalc.physics.ct_terms import by_scans
from shieldcalc.physics.field import Field
from shieldcalc.physics.last_scene import of_last_scene
from shieldcalc.physics.rules import rule
from shieldcalc.physics.terms import Formula, Radiation, Term
from shieldcalc.physics.tubes import VETERINARY, at_maximum, notices_of_kind

CT = "ct"
FLUOROSCOPES = (
    *("fluoroscopy", "radiography_fluoroscopy", "angiography", "cardiac_angiography"),
    *("interventional", "c_arm", "mobile_c_arm"),
)
BEAM_ON = "beam_on"
T = TypeVar("T")


def placed(scene: Scene) -> Scene:
    """Return the scene with its points overhead at the height of the standard."""
    overhead = value("above_floor_of_room_above_m")
    placed_already = scene.above_floor_of_room_above_m == overhead
    return scene if placed_already else replace(scene, above_floor_of_room_above_m=overhead)


@of_last_scene
def field_of(scene: Scene) -> Field:
    """Return the dose field of a room: beam-on rates, and the week by rate and hours."""
    return Field(scene, radiation_of, others_of(scene, field_of, doses_at, "gbz130"))


def radiation_of(source: Source) -> list[Radiation]:
    """Return the beam-on rates of one source with the week that its hours make of them.

    Raises OutsideDataError for a source whose beam-on rate cannot be said: this method has nothing else; and for
    veterinary equipment, which the standard does not treat.
    """
    if source.kind == VETERINARY:
        raise OutsideDataError("gbz130_medical_only", source=source.id)
    (found,) = rates_of(source)
    found.notices += notices_of_kind(source)
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


def rates_of(source: Source) -> list[Radiation]:
    """Return the beam-on rates of one source alone. Raises OutsideDataError where they cannot be said."""
    found = by_scans(source) if source.kind == CT else at_maximum(source, rule("beam_margin_m"))
    if BEAM_ON in found.unknown:
        raise OutsideDataError("gbz130_no_rate", source=source.id, reason=_why(found.notices))
    found.unknown = {"hour"}
    found.notices = [notice for notice in found.notices if notice.code != "warnings.hour_undetermined"]
    found.terms = [replace(term, amounts=_only(term.amounts), formulas=_only(term.formulas)) for term in found.terms]
    return [found]


def _why(notices: list[Notice]) -> Notice | str:
    return next((each for each in notices if each.code.startswith("warnings.beam_on")), "")


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
