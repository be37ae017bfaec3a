"""Beam-on time a week of each beam: declared by the year, or from the workload at the highest tube current."""

from shieldcalc.errors import OutsideDataError
from shieldcalc.methods.gbz130 import equations
from shieldcalc.methods.gbz130.values import value
from shieldcalc.model.design import Beam, Protocol, Source
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.kerma import beam_shares
from shieldcalc.physics.technique_terms import directions
from shieldcalc.physics.values import wnorm

PRIMARY = "primary"


def beam_time(source: Source, beam: Beam, kind: str) -> Step:
    """Return the hours a week that one beam of a tube is on, for its primary or for its scatter and leakage.

    Primary: by the use factor. Scatter and leakage: by the beam's share of the tube's workload.
    """
    weeks = (value("weeks_per_year"), "1/year")
    if source.beam_on_hours_per_year is not None:
        use = beam.use_factor if kind == PRIMARY else _share(source, beam)
        inputs = {"U": (use, ""), "t_year": (source.beam_on_hours_per_year, "h/year"), "weeks": weeks}
        return evaluate(equations.time_declared, inputs, beam.id)
    charge = _by_protocols(source, beam, kind) if source.protocols else _by_patients(source, beam, kind)
    current = source.max_technique.current_mA if source.max_technique else 0.0
    return evaluate(equations.time_by_charge, {"W": (charge, "mA min/week"), "I": (current, "mA")}, beam.id)


def _share(source: Source, beam: Beam) -> float:
    total = sum(each.use_factor for each in source.beams)
    return beam.use_factor / total if total else 1 / len(source.beams)


def _by_protocols(source: Source, beam: Beam, kind: str) -> float:
    return sum(
        protocol.per_week * _charge(source, protocol) * (use if kind == PRIMARY else share) / 60
        for protocol in source.protocols
        for each, use, share in directions(source, protocol)
        if each.id == beam.id
    )


def _charge(source: Source, protocol: Protocol) -> float:
    """Return the charge of one exposure in mAs; by its time at the highest tube current where that alone is said.

    Raises OutsideDataError where neither is: the hours of a year would be unknown, not zero.
    """
    if protocol.charge_mAs is not None:
        return protocol.charge_mAs
    if protocol.time_s is None or source.max_technique is None:
        raise OutsideDataError("gbz130_no_hours", source=source.id, protocol=protocol.id)
    return protocol.time_s * source.max_technique.current_mA


def _by_patients(source: Source, beam: Beam, kind: str) -> float:
    if source.distribution is None:
        raise OutsideDataError("gbz130_no_hours_by_kap", source=source.id)
    patients, own = source.patients_per_week or 0.0, source.distribution or ""
    if kind == PRIMARY:
        return patients * beam.use_factor * wnorm(beam.distribution or own)
    uses = tuple((each.use_factor, each.distribution or own) for each in source.beams)
    return patients * beam_shares(uses)[source.beams.index(beam)] * wnorm(own)


def scan_time(source: Source, protocol: Protocol) -> Step:
    """Return the hours a week that a scanner is on for one protocol."""
    if source.beam_on_hours_per_year is not None:
        each = [one.per_week * (one.scan_time_s or 0.0) for one in source.protocols]
        total = sum(each)
        share = protocol.per_week * (protocol.scan_time_s or 0.0) / total if total else 1 / len(each)
        weeks = (value("weeks_per_year"), "1/year")
        inputs = {"U": (share, ""), "t_year": (source.beam_on_hours_per_year, "h/year"), "weeks": weeks}
        return evaluate(equations.time_declared, inputs, protocol.id)
    scans = {"m": (source.contrast_multiplier, ""), "N": (protocol.per_week, "1/week")}
    return evaluate(equations.time_by_scans, {**scans, "t_scan": (protocol.scan_time_s or 0.0, "s")}, protocol.id)
