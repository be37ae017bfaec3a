"""What a source says of itself beside what equipment of its kind usually has (data/verify/plausible_*.csv)."""

from collections.abc import Iterator, Mapping

from shieldcalc.errors import Notice, ShieldcalcError
from shieldcalc.model.accelerator import Accelerator
from shieldcalc.model.design import Protocol, SealedSource, Source
from shieldcalc.model.patients import Patients
from shieldcalc.physics.techniques import tube_output
from shieldcalc.tables import table
from shieldcalc.units import significant
from shieldcalc.verify.vocabulary import is_tube, rule

SAID = "report.verify.plausible"
KILO, MEGA, GIGA = 1e3, 1e6, 1e9
MINUTES = 60.0
Figure = tuple[str, float | None]


def say(code: str, **params: object) -> Notice:
    """Return a question of a reviewer."""
    return Notice(f"{SAID}.{code}", params)


def of_source(source: Source) -> Iterator[Notice]:
    """Yield what a reviewer should ask about a source: its work, its technique, its output, its leakage."""
    usual = next(table("verify/plausible_kinds.csv").where(kind=source.kind), {})
    yield from _workload(source, usual)
    yield from _potentials(source, usual)
    yield from _outputs(source)
    yield from _doses(source, usual)
    yield from _leakage(source)
    technique = source.max_technique
    if technique is not None and technique.kv * technique.current_mA > KILO * rule("highest_power"):
        yield say("power", kw=significant(technique.kv * technique.current_mA / KILO), most=rule("highest_power"))
    yield from _outside(source)


def _outside(source: Source) -> Iterator[Notice]:
    """Yield the figures that lie outside what equipment of the kind usually has."""
    usual = {row["figure"]: row for row in table("verify/plausible_figures.csv").where(kind=source.kind)}
    for name, value in dict.fromkeys(_figures(source)):
        row = usual.get(name)
        if row is not None and value is not None and not float(row["low"]) <= value <= float(row["high"]):
            figure = Notice(f"report.verify.figure.{name}", {})
            shown = {"low": float(row["low"]), "high": float(row["high"])}
            yield say("unusual", figure=figure, found=significant(value), **shown)


def _figures(source: Source) -> Iterator[Figure]:
    """Yield figures by the names of the table, in its units; None where the file does not say one."""
    if source.sealed is not None:
        yield from _of_sealed(source.sealed)
    elif source.patients is not None:
        yield from _of_patients(source.patients)
    elif source.accelerator is not None:
        yield from _of_accelerator(source.accelerator)
    else:
        yield from _of_tube(source)


def _of_sealed(sealed: SealedSource) -> Iterator[Figure]:
    yield "activity_GBq", sealed.activity_Bq * sealed.number / GIGA
    if sealed.brachytherapy is not None:
        yield "exposures_week", sealed.brachytherapy.treatments_per_week
    if sealed.exposures:
        yield "exposures_week", sum(each.per_week for each in sealed.exposures)


def _of_patients(patients: Patients) -> Iterator[Figure]:
    yield "administered_MBq", patients.activity_Bq / MEGA
    yield "patients_week", patients.per_week


def _of_accelerator(machine: Accelerator) -> Iterator[Figure]:
    yield "week_Gy", sum(each.per_week_Gy for each in machine.energies)
    yield "leakage_share", machine.leakage_fraction
    for each in machine.energies:
        yield "dose_rate_Gy_min", each.dose_rate_Gy_per_h / MINUTES


def _of_tube(source: Source) -> Iterator[Figure]:
    technique = source.max_technique
    if technique is not None:
        yield "kv", technique.kv
        yield "current_mA", technique.current_mA
    if source.protocols:
        yield "exposures_week", sum(each.per_week for each in source.protocols)
    for each in source.protocols:
        yield "kv", each.kv
        yield "charge_mAs", each.charge_mAs


def _workload(source: Source, usual: Mapping[str, str]) -> Iterator[Notice]:
    week = source.patients_per_week or sum(each.per_week for each in source.protocols)
    hour = source.patients_in_busiest_hour
    if usual.get("patients_high") and week > rule("patients_high") * float(usual["patients_high"]):
        yield say("workload_high", found=significant(week), usual=usual["patients_high"], kind=source.kind)
    if usual.get("patients_high") and 0 < week < rule("patients_low") * float(usual["patients_high"]):
        yield say("workload_low", found=significant(week), usual=usual["patients_high"], kind=source.kind)
    if hour is not None and source.patients_per_week and hour > source.patients_per_week:
        yield say("hour_above_week", hour=significant(hour), week=significant(source.patients_per_week))


def _potentials(source: Source, usual: Mapping[str, str]) -> Iterator[Notice]:
    if not usual.get("kv_low"):
        return
    low, high = float(usual["kv_low"]), float(usual["kv_high"])
    technique = source.max_technique
    found = [technique.kv if technique else None, source.ct_kv, *(each.kv for each in source.protocols)]
    for kv in dict.fromkeys(each for each in found if each is not None):
        if not low <= kv <= high:
            yield say("kv", found=significant(kv), low=low, high=high, kind=source.kind)


def _outputs(source: Source) -> Iterator[Notice]:
    for output in source.outputs:
        try:
            usual = tube_output(output.kv, source.filtration_mmAl).Y
        except ShieldcalcError:  # the table does not reach there
            low, high = rule("least_output"), rule("most_output")
            if not low <= output.mGy_m2_per_mAs <= high:
                yield say("output_any", kv=output.kv, found=output.mGy_m2_per_mAs, low=low, high=high)
            continue
        share = output.mGy_m2_per_mAs / usual
        if not rule("output_low") <= share <= rule("output_high"):
            yield say("output", kv=output.kv, times=significant(share))


def _doses(source: Source, usual: Mapping[str, str]) -> Iterator[Notice]:
    for protocol in source.protocols:
        dlp, time = _dlp(protocol), protocol.scan_time_s
        if dlp is not None and usual.get("dlp_low") and not float(usual["dlp_low"]) <= dlp <= float(usual["dlp_high"]):
            yield say("dlp", protocol=protocol.id, found=significant(dlp), low=usual["dlp_low"], high=usual["dlp_high"])
        if time is not None and time > rule("longest_scan"):
            yield say("scan_time", protocol=protocol.id, found=significant(time), most=rule("longest_scan"))


def _dlp(protocol: Protocol) -> float | None:
    """Return the dose-length product of a scan in mGy cm, by its terms of CTDI where it is not stated itself."""
    terms = (protocol.nctdi100_mGy_per_mAs, protocol.charge_mAs, protocol.scan_length_cm)
    if protocol.dlp_mGy_cm is not None or None in terms:
        return protocol.dlp_mGy_cm
    nctdi, charge, length = (each or 0.0 for each in terms)
    return nctdi * charge * length / (protocol.pitch or 1.0)


def _leakage(source: Source) -> Iterator[Notice]:
    """Yield a leakage that no housing has, and a leakage technique that no tube bears for an hour."""
    leakage = source.leakage
    if leakage is None or not leakage.declared:
        return
    rate, power = leakage.rate_mGy_per_h, leakage.kv * leakage.current_mA / KILO
    if rate < rule("leakage_low"):
        yield say("leakage_low", value=significant(rate), least=rule("leakage_low"))
    if rate > rule("leakage_high"):
        yield say("leakage_high", value=significant(rate), most=rule("leakage_high"))
    if is_tube(source) and power > rule("leakage_power"):
        yield say("leakage_power", kw=significant(power), most=rule("leakage_power"))
