"""Readings beside sealed sources and patients: the room computed with them alone, the energies of the meter.

A sealed source does not change with a technique: the measured rate is compared with the rate that the method gives on
the day of the reading, decay since the reference date included, while every named source is out. The meter must be
calibrated for the lines that make the dose: those with at least ``line_share`` of the air kerma outside a capsule.

Of patients a reading states the activity that they held when it was taken; it is scaled to the activity of the design.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from math import exp

from shieldcalc import plugins
from shieldcalc.errors import Notice, ShieldcalcError
from shieldcalc.model.build import fixed_points, scene_of
from shieldcalc.model.design import Design, Source
from shieldcalc.model.result import Method, PointResult, Result
from shieldcalc.verify.claimed import CannotSayError, points, refusal
from shieldcalc.verify.model import Instrument, Reading
from shieldcalc.verify.vocabulary import rule

WHY = "report.verify.reading"


def lacking(instrument: Instrument, of: tuple[Source, ...]) -> Iterator[Notice]:
    """Yield that the meter does not say its energies, or that lines of a source lie outside them."""
    low, high = instrument.energy_low_MeV, instrument.energy_high_MeV
    for key, value in (("energy_low", low), ("energy_high", high)):
        if value is None:
            yield Notice(f"{WHY}.instrument_missing", {"column": key, "instrument": instrument.id})
    held = [each.sealed or each.patients for each in of]
    for name in dict.fromkeys(each.nuclide for each in held if each is not None):
        least, most = _lines(name)
        if low is not None and high is not None and not (low <= least and most <= high):
            shown = {"low": 1000 * least, "high": 1000 * most, "nuclide": name, "instrument": instrument.id}
            yield Notice(f"{WHY}.energy", shown)


@cache
def _lines(name: str) -> tuple[float, float]:
    """Return the lowest and the highest energy (MeV) of the lines that make the air kerma outside a steel capsule.

    Without end where bremsstrahlung counts, of which only an upper bound is known: no reading is compared with that.
    """
    from shieldcalc.photons.dose import per_fluence
    from shieldcalc.photons.shield import layer
    from shieldcalc.photons.source import of_nuclide

    capsule = layer("steel", rule("capsule_steel"))

    def kerma_of(energy: float) -> float:
        return per_fluence(energy).kerma * exp(-capsule.depth(energy))

    emitted = of_nuclide(name, 1e9, counted=True)
    if emitted.betas:
        return 0.0, float("inf")
    kerma = [(each.energy_MeV, each.per_s * kerma_of(each.energy_MeV)) for each in emitted.lines]
    whole = sum(part for _, part in kerma)
    found = [energy for energy, part in kerma if part >= rule("line_share") * whole]
    return (min(found), max(found)) if found else (0.0, float("inf"))


def rate(reading: Reading, design: Design, of: tuple[Source, ...], method: str) -> float:
    """Return the highest rate (uSv/h or uGy/h) at the place of a reading on its day, these sources alone being there.

    Raises CannotSayError for what the method refuses on that day, and where it gives no rate.
    """
    result = alone(design, of, method, reading.on or design.on)
    ids = points(reading.subject, result)
    found = [_at(each, reading) for each in result.points if each.point.id in ids]
    if not found or any(each is None for each in found):
        raise CannotSayError(Notice(f"{WHY}.not_computed", {"method": method}))
    return max(each or 0.0 for each in found)


def share(reading: Reading, design: Design, source: Source, method: str) -> float:
    """Return the rate of the patients of a design over that of what they held when a reading was taken.

    The rate is proportional to the activity in them; what has decayed and been voided before is in both.
    """
    patients = source.patients
    if patients is None or not reading.activity_Bq:
        raise CannotSayError(Notice(f"{WHY}.missing", {"column": "activity"}))
    fresh = replace(source, patients=replace(patients, decay_h=0.0, voiding=1.0, number=1))
    whole = rate(reading, design, (fresh,), method) * reading.activity_Bq / patients.activity_Bq
    if not whole > 0:
        raise CannotSayError(Notice(f"{WHY}.not_computed", {"method": method}))
    return rate(reading, design, (source,), method) / whole


def alone(design: Design, of: tuple[Source, ...], method: str, day: date) -> Result:
    """Return what a method computes of some sources alone on a day; raise CannotSayError for what it refuses."""
    only = replace(design, sources=of)
    try:
        scene = replace(scene_of(only), on=day)
        return _computes(method, of).compute(scene, fixed_points(only, scene), {"plugins": design.plugins})
    except ShieldcalcError as refused:
        raise CannotSayError(Notice(f"{WHY}.not_on_day", {"method": method, "why": refusal(refused)})) from refused


def _computes(name: str, of: tuple[Source, ...]) -> Method:
    """Return a method; one of X-ray equipment counts gamma sources by the emitters of their kinds, as beside tubes."""
    found = plugins.method(name)
    if found.emitter_of is not None or not any(each.sealed or each.patients for each in of):
        return found
    from shieldcalc.physics.gamma.emitters import BY_KIND, emitter
    from shieldcalc.physics.gamma.room import gamma_method
    from shieldcalc.physics.room import Names

    return gamma_method(Names(found.name, found.title, found.reference), tuple(BY_KIND), emitter)


def _at(found: PointResult, reading: Reading) -> float | None:
    """Return the rate at a point, of one exposure where the reading names it."""
    kerma, h10 = found.doses.air_kerma_beam_on_uGy_per_h, found.doses.h10_beam_on_uSv_per_h
    whole = kerma if reading.shows == "air_kerma" else h10
    if not reading.beam or whole is None or not kerma:
        return whole
    named = [each.kerma.beam_on_uGy_per_h for each in found.components if each.beam == reading.beam]
    if not named:
        known = ", ".join(dict.fromkeys(each.beam for each in found.components))
        raise CannotSayError(Notice(f"{WHY}.which_protocol", {"known": known}))
    return None if None in named else sum(each or 0.0 for each in named) * whole / kerma
