"""Terms of a CT scanner: one a protocol, equal in all directions from the isocentre (section 5.6)."""

from functools import partial

from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.design import Protocol, Source
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics import ct, equations
from shieldcalc.physics.terms import Formula, Radiation, Term, everywhere, over_one_hour
from shieldcalc.physics.values import MODELS


def by_scans(source: Source) -> Radiation:
    """Return the secondary radiation of a scanner by its protocols: week, busiest hour, and while scanning.

    The hour is unknown where a protocol lacks ``in_busiest_hour``, the beam-on rate where one lacks ``scan_time``.
    Raises OutsideDataError for a scanner without kV, isocentre or protocols.
    """
    if source.ct_kv is None or source.isocentre is None or not source.protocols:
        raise OutsideDataError("ct_incomplete", source=source.id)
    found = Radiation(source=source.id, tables=[MODELS], notices=[Notice("assumptions.ct_isotropic", {})])
    without_hour = [each.id for each in source.protocols if each.in_busiest_hour is None]
    without_time = [each.id for each in source.protocols if each.scan_time_s is None]
    for quantity, key, missing in (("hour", "in_busiest_hour", without_hour), ("beam_on", "scan_time", without_time)):
        if missing:
            found.unknown.add(quantity)
            shown = {"source": source.id, "key": f"protocol {', '.join(missing)}: {key}"}
            found.notices.append(Notice(f"warnings.{quantity}_undetermined", shown))
    found.terms = [_term(source, protocol, found.unknown) for protocol in source.protocols]
    return found


def air_kerma_of_scan(protocol: Protocol) -> Step:
    """Return K1 (mGy at 1 m of one scan) by DLP, else by CTDI."""
    region = protocol.region or ""
    if protocol.dlp_mGy_cm is not None:
        return ct.by_dlp(region, protocol.dlp_mGy_cm, protocol.id)
    terms = (protocol.scan_length_cm, protocol.charge_mAs, protocol.pitch, protocol.nctdi100_mGy_per_mAs)
    length, charge, pitch, nctdi = (term or 0.0 for term in terms)
    return ct.by_ctdi(region, length, charge, pitch, nctdi, protocol.id)


def _term(source: Source, protocol: Protocol, unknown: set[str]) -> Term:
    k1 = air_kerma_of_scan(protocol)
    contrast = source.contrast_multiplier
    amounts = {"week": contrast * k1.value * protocol.per_week}
    formulas: dict[str, Formula] = {"week": partial(_week, k1, protocol.per_week, contrast, protocol.id)}
    if "hour" not in unknown:
        hourly = protocol.in_busiest_hour or 0.0
        amounts["hour"] = 1e3 * contrast * k1.value * hourly
        formulas["hour"] = partial(_hour, k1, hourly, contrast, f"{protocol.id}, busiest hour")
    if "beam_on" not in unknown:
        amounts["beam_on"] = 3.6e6 * k1.value / (protocol.scan_time_s or 1.0)
        formulas["beam_on"] = partial(_beam_on, k1, protocol.scan_time_s or 1.0, protocol.id)
    return Term(
        kind="ct",
        source=source.id,
        beam=protocol.id,
        starts=(source.isocentre or (0.0, 0.0, 0.0),),
        quality=Quality("ncrp147", "ct", f"{source.ct_kv:g}", "secondary"),
        amounts=amounts,
        formulas=formulas,
        gain=everywhere,
    )


def _week(k1: Step, scans: float, contrast: float, label: str, d: float, gain: float, B: float) -> tuple[Step, ...]:
    step = ct.weekly(k1.value * gain, scans, contrast, d, label)
    return k1, step, evaluate(equations.shielded_air_kerma, {"K": (step.value, step.unit), "B": (B, "")}, label)


def _hour(k1: Step, scans: float, contrast: float, label: str, d: float, gain: float, B: float) -> tuple[Step, ...]:
    steps = _week(k1, scans, contrast, label, d, gain, B)
    return (*over_one_hour(steps), evaluate(equations.hour_air_kerma, {"K": (steps[-1].value, "mGy")}, label))


def _beam_on(k1: Step, scan_time: float, label: str, d: float, gain: float, B: float) -> tuple[Step, ...]:
    inputs = {"K1": (k1.value * gain, "mGy"), "t_scan": (scan_time, "s"), "B": (B, ""), "d": (d, "m")}
    return k1, evaluate(equations.beam_on_ct, inputs, label)
