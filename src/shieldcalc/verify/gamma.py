"""Readings beside sealed sources: the room computed on the day of the survey, the meter's energies beside the lines.

A sealed source does not change with a technique: the measured rate is compared with the rate that the method gives on
the day of the reading, decay since the reference date included, while every named source is out. The meter must be
calibrated for the lines that make the dose: those with at least ``line_share`` of the air kerma outside a capsule.
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
from shieldcalc.model.result import PointResult, Result
from shieldcalc.verify.claimed import CannotSayError, points, refusal
from shieldcalc.verify.model import Instrument, Reading
from shieldcalc.verify.vocabulary import rule

WHY = "report.verify.reading"


def sources(reading: Reading, design: Design) -> tuple[Source, ...]:
    """Return the sealed sources that a reading is of: the one it names, or all where it names none; else nothing."""
    named = [each for each in design.sources if reading.source in ("", each.id)]
    return tuple(named) if all(each.sealed is not None for each in named) else ()


def lacking(instrument: Instrument, of: tuple[Source, ...]) -> Iterator[Notice]:
    """Yield that the meter does not say its energies, or that lines of a source lie outside them."""
    low, high = instrument.energy_low_MeV, instrument.energy_high_MeV
    for key, value in (("energy_low", low), ("energy_high", high)):
        if value is None:
            yield Notice(f"{WHY}.instrument_missing", {"column": key, "instrument": instrument.id})
    for name in dict.fromkeys(each.sealed.nuclide for each in of if each.sealed is not None):
        least, most = _lines(name)
        if low is not None and high is not None and not (low <= least and most <= high):
            shown = {"low": 1000 * least, "high": 1000 * most, "nuclide": name, "instrument": instrument.id}
            yield Notice(f"{WHY}.energy", shown)


@cache
def _lines(name: str) -> tuple[float, float]:
    """Return the lowest and the highest energy (MeV) of the lines that make the air kerma outside a steel capsule."""
    from shieldcalc.photons.dose import per_fluence
    from shieldcalc.photons.shield import layer
    from shieldcalc.photons.source import of_nuclide

    capsule = layer("steel", rule("capsule_steel"))

    def kerma_of(energy: float) -> float:
        return per_fluence(energy).kerma * exp(-capsule.depth(energy))

    kerma = [(each.energy_MeV, each.per_s * kerma_of(each.energy_MeV)) for each in of_nuclide(name, 1e9).lines]
    whole = sum(part for _, part in kerma)
    found = [energy for energy, part in kerma if part >= rule("line_share") * whole]
    return (min(found), max(found)) if found else (0.0, float("inf"))


def rate(reading: Reading, design: Design, of: tuple[Source, ...], method: str) -> float:
    """Return the highest rate (uSv/h or uGy/h) at the place of a reading on its day, these sources alone being there.

    Raises CannotSayError for what the method refuses on that day, and where it gives no rate.
    """
    try:
        result = _computed(replace(design, sources=of), method, reading.on or design.on)
    except ShieldcalcError as refused:
        raise CannotSayError(Notice(f"{WHY}.not_on_day", {"method": method, "why": refusal(refused)})) from refused
    ids = points(reading.subject, result)
    found = [_at(each, reading) for each in result.points if each.point.id in ids]
    if not found or any(each is None for each in found):
        raise CannotSayError(Notice(f"{WHY}.not_computed", {"method": method}))
    return max(each or 0.0 for each in found)


def _computed(design: Design, method: str, day: date) -> Result:
    scene = replace(scene_of(design), on=day)
    return plugins.method(method).compute(scene, fixed_points(design, scene), {"plugins": design.plugins})


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
