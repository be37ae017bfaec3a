"""Readings beside accelerators and cobalt units: scaled by the dose rate at the isocentre, photons only.

The computed rate is that of one beam at its largest dose rate with the gantry turned to where it gives most at the
place. A reading with the beam elsewhere is lower and never stands for a lower dose. The field must be the largest one.
"""

from shieldcalc.errors import Notice
from shieldcalc.model.accelerator import Accelerator, BeamEnergy
from shieldcalc.model.design import Source
from shieldcalc.model.result import PointResult, Result
from shieldcalc.verify.claimed import CannotSayError, points
from shieldcalc.verify.model import Reading
from shieldcalc.verify.vocabulary import rule

WHY = "report.verify.reading"
NEUTRONS = "neutron"


def wanted(reading: Reading, source: Source) -> dict[str, object]:
    """Return the columns that a reading of an accelerator needs, with what it states."""
    own: dict[str, object] = {"dose_rate": reading.dose_rate_Gy_per_h, "field": reading.field_mm}
    turns = source.accelerator is not None and bool(source.accelerator.gantry)
    return {**own, **({"gantry": reading.gantry_deg} if turns else {})}


def scale(reading: Reading, name: str, machine: Accelerator) -> float:
    """Return the largest dose rate of the beam over that of the reading; raise CannotSayError for a smaller field."""
    largest = 1000 * machine.field_m
    if (reading.field_mm or 0.0) < largest * (1 - rule("same_field")):
        raise CannotSayError(
            Notice(f"{WHY}.other_field", {"found": reading.field_mm, "wanted": largest, "source": name})
        )
    return _beam(reading, machine).dose_rate_Gy_per_h / (reading.dose_rate_Gy_per_h or 1.0)


def _beam(reading: Reading, machine: Accelerator) -> BeamEnergy:
    found = [each for each in machine.energies if reading.beam == each.words]
    found = found or [each for each in machine.energies if not reading.beam and len(machine.energies) == 1]
    if not found:
        raise CannotSayError(
            Notice(f"{WHY}.which_protocol", {"known": ", ".join(each.words for each in machine.energies)})
        )
    return found[0]


def rate(reading: Reading, source: Source, result: Result, steps: list[Notice]) -> float:
    """Return the highest rate of photons (uSv/h or uGy/h) of one beam at the place of a reading."""
    if source.accelerator is None:
        raise CannotSayError(Notice(f"{WHY}.not_computed", {"method": result.method}))
    beam = _beam(reading, source.accelerator).words
    ids = points(reading.subject, result)
    at = [each for each in result.points if each.point.id in ids]
    found = [_photons(each, source.id, beam) for each in at]
    if not found or None in found:
        raise CannotSayError(Notice(f"{WHY}.not_computed", {"method": result.method}))
    if any(NEUTRONS in each.kind and each.beam == beam for place in at for each in place.components):
        steps.append(Notice(f"{WHY}.step_photons", {}))
    return max(each or 0.0 for each in found)


def _photons(at: PointResult, name: str, beam: str) -> float | None:
    """Return the rate of photons of one beam at a point; air kerma and H*(10) are one number in therapy methods."""
    parts = [each for each in at.components if (each.source, each.beam, each.room) == (name, beam, "")]
    rates = [each.kerma.beam_on_uGy_per_h for each in parts if NEUTRONS not in each.kind]
    return None if None in rates else sum(each or 0.0 for each in rates)
