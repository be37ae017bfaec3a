"""The method ``srs47``: rooms for brachytherapy by RAKR and tenth value layers, rooms of accelerators.

Other sealed sources by the point kernel. Isotropic sources: U = 1. Of a maze one reflection counts: ``room_maze``.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from shieldcalc.errors import Notice
from shieldcalc.methods.srs47 import equations
from shieldcalc.methods.srs47.room_maze import RADIOGRAPHY, mazes_of, with_maze
from shieldcalc.methods.srs47.rooms import ACCELERATORS, TUBES, with_tubes
from shieldcalc.methods.srs47.transmit import OutOfSafe
from shieldcalc.methods.srs47.values import NUCLIDES, nuclide
from shieldcalc.model.design import Source, Xyz
from shieldcalc.model.result import Goal, Method, Requirement, Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.photons.nuclides import nuclide as icrp107
from shieldcalc.physics.gamma import brachytherapy, sealed
from shieldcalc.physics.gamma.brachytherapy import Treatment, Unit, at_point, dated
from shieldcalc.physics.gamma.emitter import Emitter
from shieldcalc.physics.gamma.passing import Rates
from shieldcalc.physics.gamma.room import gamma_method
from shieldcalc.physics.room import Names
from shieldcalc.physics.terms import Formula

NAMES = Names(
    "srs47",
    "IAEA SRS 47 (brachytherapy)",
    "IAEA Safety Reports Series No. 47 (2006), Section 8 and Tables 20 to 22; sources at rest, H*(10) and other sealed"
    " sources by the point kernel (ANSI/ANS-6.4.3-1991, ICRP Publications 74 and 107)",
)


def emitter_of(source: Source, scene: Scene) -> Emitter:
    """Return a source as an emitter: brachytherapy by SRS 47, other sealed sources by the point kernel."""
    if source.sealed is not None and source.sealed.brachytherapy is not None:
        return with_maze(brachytherapy.emitter(source, scene, treat), source, scene)
    made = sealed.emitter(source, scene)
    return with_maze(made, source, scene) if source.kind == RADIOGRAPHY else made


def treat(unit: Unit) -> Treatment:
    """Return the sources out of their safe by SRS 47; raises OutsideDataError for a nuclide that it does not have."""
    known = nuclide(icrp107(unit.sealed.nuclide).name)
    kernel = unit.bare
    kerma = equations.rate_at_1m(RAKR=known.rakr, A=unit.used_MBq)
    rates = Rates(kerma, kerma * kernel.rates.h10 / kernel.rates.kerma, 0.0)
    way = OutOfSafe(unit.source.id, known.name, rates, kernel)
    said = (Notice("assumptions.srs47_rakr", {"source": unit.source.id, "rakr": f"{known.rakr:g}"}),)
    return Treatment("srs47", way, partial(_formulas, unit, known.rakr), said, (NUCLIDES,))


def _formulas(unit: Unit, RAKR: float, hours: float) -> Mapping[str, Formula]:
    F2, share = unit.treated.tissue_air_ratio, unit.sealed.exposed_in_busiest_hour
    in_patient = {} if F2 is None else {"F2": (F2, "")}
    held = evaluate(equations.rate_at_1m, _strength(RAKR, unit.held_MBq), unit.sealed.nuclide)
    hour = equations.hour if F2 is None else equations.hour_in_patient
    return {
        "week": partial(at_point, (*dated(unit), _workload(unit, RAKR, hours)), equations.week, {}),
        "hour": partial(at_point, (held,), hour, {"t": (share, "h"), **in_patient}),
        "beam_on": partial(at_point, (held,), equations.rate, {}),
    }


def _workload(unit: Unit, RAKR: float, hours: float) -> Step:
    """Return the workload of the hours in which people are there: of as many treatments as these hold."""
    treated = unit.treated
    inputs = {
        **_strength(RAKR, unit.used_MBq),
        "t": (treated.treatment_h, "h"),
        "n": (hours / treated.treatment_h, "1/week"),
    }
    if treated.tissue_air_ratio is None:
        return evaluate(equations.workload, inputs, unit.sealed.nuclide)
    inputs = {"F2": (treated.tissue_air_ratio, ""), **inputs}
    return evaluate(equations.workload_in_patient, inputs, unit.sealed.nuclide)


def _strength(RAKR: float, A: float) -> dict[str, tuple[float, str]]:
    return {"RAKR": (RAKR, "uGy m2/(MBq h)"), "A": (A, "MBq")}


BRACHYTHERAPY = gamma_method(NAMES, (*sealed.KINDS, *brachytherapy.KINDS), emitter_of)


def _of(scene: Scene) -> Method:
    """Return the method of a room: with a tube or an accelerator that of these, gamma sources beside it added."""
    if with_tubes(scene):
        return TUBES
    return ACCELERATORS if any(each.accelerator is not None for each in scene.sources) else BRACHYTHERAPY


def compute(scene: Scene, points: tuple[Point, ...], options: Mapping[str, Any]) -> Result:
    """Return the doses of a room of accelerators or of brachytherapy."""
    method = _of(scene)
    found = method.compute(scene, points, options)
    return replace(found, mazes=tuple(mazes_of(scene))) if method is BRACHYTHERAPY else found


def require(
    scene: Scene, result: Result, barrier: str, goals: tuple[Goal, ...], materials: tuple[str, ...]
) -> tuple[Requirement, ...]:
    """Return the thickness of each material that keeps every goal."""
    asked = _of(scene).require
    return () if asked is None else asked(scene, result, barrier, goals, materials)


def dose_field(scene: Scene, quantity: str) -> Callable[[Xyz], float | None]:
    """Return one dose as a function of place."""
    field = _of(scene).dose_field
    return (lambda position: None) if field is None else field(scene, quantity)  # noqa: ARG005


METHOD = replace(
    BRACHYTHERAPY,
    valid_for=(*BRACHYTHERAPY.valid_for, *ACCELERATORS.valid_for, *TUBES.valid_for),
    compute=compute,
    require=require,
    dose_field=dose_field,
    xray=ACCELERATORS.xray._replace(of=lambda scene: TUBES.xray if with_tubes(scene) else ACCELERATORS.xray),
)
