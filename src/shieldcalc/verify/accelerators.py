"""Readings beside accelerators and cobalt units: scaled by the dose rate at the isocentre, photons or neutrons.

The computed rate is that of one beam at its largest dose rate with the gantry turned to where it gives most at the
place. A reading with the beam elsewhere is lower and never stands for a lower dose. The field must be the largest one,
but for neutrons, which come from the head. A meter of neutrons is set beside the neutrons that the method computes.
"""

from shieldcalc.errors import Notice
from shieldcalc.model.accelerator import Accelerator, BeamEnergy
from shieldcalc.model.design import Source
from shieldcalc.model.result import Component, PointResult, Result
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


def pulsed(source: Source) -> bool:
    """Return whether the radiation comes in pulses, of which some meters miss a part."""
    return source.accelerator is not None and any(each.MV is not None for each in source.accelerator.energies)


def scale(reading: Reading, name: str, machine: Accelerator, *, neutrons: bool = False) -> float:
    """Return the largest dose rate of the beam over that of the reading; raise CannotSayError for a smaller field."""
    largest = 1000 * machine.field_m
    if not neutrons and (reading.field_mm or 0.0) < largest * (1 - rule("same_field")):
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


def rate(reading: Reading, source: Source, result: Result, steps: list[Notice], *, neutrons: bool = False) -> float:
    """Return the highest rate of photons, or of neutrons, (uSv/h or uGy/h) of one beam at the place of a reading."""
    if source.accelerator is None:
        raise CannotSayError(Notice(f"{WHY}.not_computed", {"method": result.method}))
    beam = _beam(reading, source.accelerator).words
    at = _places(reading, result)
    known = any(NEUTRONS in each.kind and each.beam == beam for place in at for each in place.components)
    if neutrons and not known:
        raise CannotSayError(Notice(f"{WHY}.no_neutrons", {"method": result.method}))
    found = [_sum(_parts(each, source.id, beam, neutrons=neutrons)) for each in at]
    if not found or None in found:
        raise CannotSayError(Notice(f"{WHY}.not_computed", {"method": result.method}))
    if known:
        steps.append(Notice(f"{WHY}.step_{'neutrons' if neutrons else 'photons'}", {}))
    return max(each or 0.0 for each in found)


def share_of_neutrons(reading: Reading, result: Result) -> float:
    """Return the largest share that neutrons have in any dose at the place: of rate, hour or week."""
    shares = [0.0]
    for place in _places(reading, result):
        parts = [each.kerma for each in place.components]
        own = [each.kerma for each in place.components if NEUTRONS in each.kind]
        for name in ("beam_on_uGy_per_h", "hour_uGy", "week_mGy"):
            whole, part = (sum(getattr(each, name) or 0.0 for each in rows) for rows in (parts, own))
            shares.append(part / whole if whole else 0.0)
    return max(shares)


def _places(reading: Reading, result: Result) -> list[PointResult]:
    ids = points(reading.subject, result)
    return [each for each in result.points if each.point.id in ids]


def _parts(at: PointResult, name: str, beam: str, *, neutrons: bool) -> list[Component]:
    """Return the photons or the neutrons of one beam; air kerma and H*(10) are one number in therapy methods."""
    own = [each for each in at.components if (each.source, each.beam, each.room) == (name, beam, "")]
    return [each for each in own if (NEUTRONS in each.kind) == neutrons]


def _sum(parts: list[Component]) -> float | None:
    rates = [each.kerma.beam_on_uGy_per_h for each in parts]
    return None if None in rates else sum(each or 0.0 for each in rates)
