"""Survey readings beside the calculation: which count, scaled to the maximum technique, and measured / computed.

net = (reading - background) x calibration factor / (1 - exp(-t / tau)) where the exposure is short of three time
constants; then x maximum current / current (rates) or x maximum current / charge (integrated), at the same tube
potential and filtration and with a phantom only. Of sealed sources and patients: the gamma module, of accelerators
theirs. docs/verify.md states it in full.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from math import exp

from shieldcalc.errors import Notice
from shieldcalc.model.design import Design, Protocol, Source
from shieldcalc.model.result import PointResult, Result
from shieldcalc.verify import accelerators, gamma
from shieldcalc.verify.claimed import CannotSayError, points, slip_of
from shieldcalc.verify.model import Instrument, Measured, Reading
from shieldcalc.verify.vocabulary import is_tube, rule, toml

WHY = "report.verify.reading"
SECONDS = 3600.0
NEUTRONS = "neutron_h10"
PULSED = f"{WHY}.step_pulsed"
COUNTERS = ("geiger",)  # count one particle a pulse, however many there are


class NotCountedError(Exception):
    """Why a reading does not count."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.code)
        self.notice = notice


def _unfit(code: str, **params: object) -> NotCountedError:
    return NotCountedError(Notice(f"{WHY}.{code}", params))


def measured(reading: Reading, instrument: Instrument | None, design: Design, result: Result) -> Measured:
    """Return one reading beside the beam-on rate that a method computes there: agrees, below, above, or not counted."""
    steps: list[Notice] = []
    if instrument is None:
        why = Notice(f"{WHY}.no_instrument", {"instrument": reading.instrument})
        return Measured(reading=reading, status="not_counted", why=(why,))
    net: float | None = None
    try:
        of = sources(reading, design)
        if lacking := tuple(_lacking(reading, instrument, of)):
            return Measured(reading=reading, status="not_counted", why=lacking)
        net = _net(reading, instrument, steps)
        neutrons = instrument.shows == NEUTRONS
        scale, computed = _beside(reading, of, design, result, steps, neutrons=neutrons)
        scaled = net * scale
        if not computed > 0:
            raise _unfit("not_computed", method=result.method)
    except (NotCountedError, CannotSayError) as unknown:
        return Measured(reading=reading, status="not_counted", why=(unknown.notice,), net=net, steps=tuple(steps))
    stated = rule("reading_uncertainty") if instrument.uncertainty is None else instrument.uncertainty
    band = min(stated, rule("largest_reading_uncertainty"))
    ratio = scaled / computed
    hidden = _hidden(reading, instrument) * scale / computed
    status = "above" if ratio > 1 + band else "below" if ratio < 1 / (1 + band) else "agrees"
    if status == "above" and (hidden or (net - _wavering(reading, instrument)) * scale <= computed * (1 + band)):
        status = "agrees"
    if accelerators.pulsed(of[0]) and not instrument.detector:
        steps.append(Notice(PULSED, {"instrument": instrument.id}))
    return Measured(
        reading=reading,
        status=status,  # type: ignore[arg-type]
        net=net,
        scale=scale,
        scaled=scaled,
        computed=computed,
        ratio=ratio,
        hidden=hidden or None,
        uncertainty=band,
        share=accelerators.share_of_neutrons(reading, result) if neutrons else 1.0,
        slip=None if hidden else _slip(status, ratio),
        steps=tuple(steps),
    )


def _slip(status: str, ratio: float) -> Notice | None:
    """Return which unit may be mistaken: of a reading above, or about a thousand times below the calculation."""
    if status == "above":
        return slip_of(ratio)
    thousandth = ratio > 0 and abs(1000 * ratio - 1) <= rule("reading_slip")
    return slip_of(1 / ratio) if thousandth else None


def sources(reading: Reading, design: Design) -> tuple[Source, ...]:
    """Return what a reading is of: the source that it names, else all where all are sealed, else the only one it fits.

    A reading that states an activity is of patients, one that states a dose rate at the isocentre of an accelerator.
    Raises NotCountedError where several may be meant, or none.
    """
    found = [each for each in design.sources if each.id == reading.source]
    if not reading.source:
        if all(each.sealed is not None for each in design.sources):
            return design.sources
        found = [each for each in design.sources if _fits(reading, each)]
        found = found or list(design.sources)
    if len(found) != 1:
        raise _unfit("which_source", known=", ".join(each.id for each in design.sources))
    return tuple(found)


def _fits(reading: Reading, source: Source) -> bool:
    if reading.activity_Bq is not None:
        return source.patients is not None
    return source.accelerator is not None if reading.dose_rate_Gy_per_h is not None else is_tube(source)


def _beside(
    reading: Reading, of: tuple[Source, ...], design: Design, result: Result, steps: list[Notice], *, neutrons: bool
) -> tuple[float, float]:
    """Return what a net reading is multiplied by, and the rate that the method gives of the sources it is of, alone."""
    first = of[0]
    if first.sealed is not None:
        return per_hour(reading), gamma.rate(reading, design, of, result.method)
    if first.patients is not None:
        computed = gamma.rate(reading, design, of, result.method)
        scale = per_hour(reading) * gamma.share(reading, design, first, result.method)
        steps.append(Notice(f"{WHY}.step_activity", {"factor": scale}))
        return scale, computed
    if not all(map(is_tube, design.sources)) and len(design.sources) > 1:
        result = gamma.alone(design, of, result.method, design.on)
    if first.accelerator is not None:
        scale = per_hour(reading) * accelerators.scale(reading, first.id, first.accelerator, neutrons=neutrons)
        steps.append(Notice(f"{WHY}.step_scale", {"factor": scale}))
        return scale, accelerators.rate(reading, first, result, steps, neutrons=neutrons)
    return _scale(reading, first, steps), _computed(reading, first, result)


def _hidden(reading: Reading, instrument: Instrument) -> float:
    """Return the highest net reading that may be there where the meter cannot tell it from the background; else 0.

    Reading r and background b, each wavering by a share s, are told apart where r (1 - s) > b (1 + s).
    """
    background, share = reading.background or 0.0, rule("background_noise")
    if reading.value * (1 - share) > background * (1 + share):
        return 0.0
    return (reading.value * (1 + share) - background * (1 - share)) * (instrument.factor or 1.0)


def _wavering(reading: Reading, instrument: Instrument) -> float:
    """Return by how much a net reading may be too high where the background wavers by a share, at each of two times."""
    return 2 * rule("background_noise") * (reading.background or 0.0) * (instrument.factor or 1.0)


def per_hour(reading: Reading) -> float:
    """Return what a rate (1) or a dose in the time of the reading is multiplied by to be a rate per hour."""
    return SECONDS / (reading.time_s or SECONDS) if reading.integrated else 1.0


def _lacking(reading: Reading, instrument: Instrument, of: tuple[Source, ...]) -> Iterator[Notice]:
    """Yield everything that a reading needs to count and has not; of sealed sources it needs no technique."""
    if instrument.shows.removeprefix("neutron_") != reading.shows:
        yield Notice(f"{WHY}.other_quantity", {"instrument": instrument.id})
    for key, value in (
        ("calibrated", instrument.calibrated),
        ("factor", instrument.factor),
        ("response_time", instrument.response_s),
    ):
        if value is None:
            yield Notice(f"{WHY}.instrument_missing", {"column": key, "instrument": instrument.id})
    for key, stated in _wanted(reading, of[0]).items():
        if stated is None:
            yield Notice(f"{WHY}.missing", {"column": key})
    if not is_tube(of[0]) and of[0].accelerator is None:
        yield from gamma.lacking(instrument, of)
    yield from _unfit_for(reading, instrument, of[0])
    yield from _odd(reading, instrument)
    yield from _calibration(reading, instrument)
    yield from _range(reading, instrument)


def _unfit_for(reading: Reading, instrument: Instrument, source: Source) -> Iterator[Notice]:
    """Yield a meter that does not show what the source gives, and a phantom that is none or of another region."""
    if instrument.shows == NEUTRONS and source.accelerator is None:
        yield Notice(f"{WHY}.no_neutrons", {"method": source.kind})
    if accelerators.pulsed(source) and instrument.detector in COUNTERS and instrument.shows != NEUTRONS:
        yield Notice(f"{WHY}.pulsed", {"instrument": instrument.id})
    if source.sealed is not None:
        return
    phantom, words = " ".join(reading.phantom.lower().split()), toml("phantoms.toml")
    if phantom in words["none"]:
        yield Notice(f"{WHY}.no_phantom", {"found": reading.phantom})
    region = next((each.region for each in source.protocols if each.id == reading.beam), None)
    said = {name for name in ("head", "body") if any(word in phantom for word in words[name])}
    if region is not None and said and region not in said:
        yield Notice(f"{WHY}.other_phantom", {"found": reading.phantom, "beam": reading.beam})


def _wanted(reading: Reading, source: Source) -> dict[str, object]:
    """Return the columns that a reading of such a source needs, with what it states."""
    wanted: dict[str, object] = {"date": reading.on, "background": reading.background}
    steady = source.sealed is not None or source.patients is not None
    if reading.integrated == steady:
        wanted["time"] = reading.time_s
    if source.sealed is not None:
        return wanted
    wanted["phantom"] = reading.phantom or None
    if source.patients is not None:
        return {**wanted, "activity": reading.activity_Bq}
    return {**wanted, **(accelerators.wanted(reading, source) if source.accelerator else {"kv": reading.kv})}


def _odd(reading: Reading, instrument: Instrument) -> Iterator[Notice]:
    """Yield a calibration factor that no meter in order has, and a background that nature does not give."""
    low, high = rule("calibration_factor_low"), rule("calibration_factor_high")
    if instrument.factor is not None and not low <= instrument.factor <= high:
        shown = {"instrument": instrument.id, "found": instrument.factor, "low": low, "high": high}
        yield Notice(f"{WHY}.factor", shown)
    background, most = (reading.background or 0.0) * per_hour(reading), rule("background_high")
    if background > most:
        yield Notice(f"{WHY}.background", {"found": background, "most": most})
    share, value = rule("background_noise"), reading.value * per_hour(reading)
    if value * (1 + share) < background * (1 - share):
        yield Notice(f"{WHY}.background_above", {"found": background, "reading": value})


def _calibration(reading: Reading, instrument: Instrument) -> Iterator[Notice]:
    """Yield that a reading lies outside the validity of the calibration; what is stated can only shorten it."""
    first = instrument.calibrated
    if first is None or reading.on is None:
        return
    usual = _months_later(first, int(rule("calibration_months")))
    last = min(usual, instrument.valid_until or usual)
    if not first <= reading.on <= last:
        shown = {"first": first.isoformat(), "last": last.isoformat(), "on": reading.on.isoformat()}
        yield Notice(f"{WHY}.calibration", {"instrument": instrument.id, **shown})


def _months_later(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _range(reading: Reading, instrument: Instrument) -> Iterator[Notice]:
    low, high = instrument.least_uSv_per_h, instrument.most_uSv_per_h
    above = high is not None and reading.value > high
    if not reading.integrated and (above or (low is not None and reading.value < low)):
        yield Notice(f"{WHY}.range", {"instrument": instrument.id})


def _net(reading: Reading, instrument: Instrument, steps: list[Notice]) -> float:
    """Return the reading without background, corrected for calibration and for the response of the meter."""
    factor, background = instrument.factor or 1.0, reading.background or 0.0
    net = max(0.0, reading.value - background) * factor
    steps.append(
        Notice(f"{WHY}.step_net", {"value": reading.value, "background": background, "factor": factor, "net": net})
    )
    if reading.integrated or reading.time_s is None or not instrument.response_s:
        return net
    constants = reading.time_s / instrument.response_s
    if constants < rule("response_refused"):
        raise _unfit("too_short", time=reading.time_s, least=rule("response_refused") * instrument.response_s)
    if constants < rule("response_short"):
        share = 1 - exp(-constants)
        steps.append(Notice(f"{WHY}.step_response", {"share": share, "net": net / share}))
        net /= share
    return net


def _scale(reading: Reading, source: Source, steps: list[Notice]) -> float:
    """Return what a reading is multiplied by to stand for the maximum technique, per hour of beam."""
    factor = _ct(reading, source) if source.ct_kv is not None else _tube(reading, source)
    steps.append(Notice(f"{WHY}.step_scale", {"factor": factor}))
    return factor


def _same_kv(reading: Reading, kv: float) -> None:
    if reading.kv is None or abs(reading.kv - kv) > rule("same_kv"):
        raise _unfit("other_kv", found=reading.kv, wanted=kv)


def _tube(reading: Reading, source: Source) -> float:
    technique = source.max_technique
    if technique is None:
        raise _unfit("design_lacks", key=f"source.{source.id}.maximum_technique")
    _same_kv(reading, technique.kv)
    if source.filtration_mmAl is None:
        raise _unfit("design_lacks", key=f"source.{source.id}.filtration")
    if reading.filtration_mmAl is None:
        raise _unfit("missing", column="filtration")
    if abs(reading.filtration_mmAl - source.filtration_mmAl) > rule("same_filtration"):
        raise _unfit("other_filtration", found=reading.filtration_mmAl, wanted=source.filtration_mmAl)
    if reading.integrated:
        charge = reading.charge_mAs or (reading.current_mA or 0.0) * (reading.time_s or 0.0)
        if not charge:
            raise _unfit("missing", column="charge")
        return technique.current_mA * SECONDS / charge
    current = reading.current_mA or ((reading.charge_mAs or 0.0) / (reading.time_s or 1.0))
    if not current:
        raise _unfit("missing", column="current")
    return technique.current_mA / current


def _ct(reading: Reading, source: Source) -> float:
    """Return the factor of a scanner: by dose-length product and time of the scan, at the same tube potential."""
    _same_kv(reading, source.ct_kv or 0.0)
    protocol = _protocol(reading, source)
    if reading.time_s is None or protocol.scan_time_s is None:
        raise _unfit("missing", column="time")
    amount, wanted = reading.dlp_mGy_cm, protocol.dlp_mGy_cm
    if wanted is None or amount is None:
        amount, wanted = reading.charge_mAs, protocol.charge_mAs
    if wanted is None or amount is None:
        raise _unfit("missing", column="dlp" if protocol.dlp_mGy_cm is not None else "charge")
    per_second = (wanted / protocol.scan_time_s) / (amount if reading.integrated else amount / reading.time_s)
    return per_second * SECONDS if reading.integrated else per_second


def _protocol(reading: Reading, source: Source) -> Protocol:
    for each in source.protocols:
        if each.id == reading.beam:
            return each
    raise _unfit("which_protocol", known=", ".join(each.id for each in source.protocols))


def _computed(reading: Reading, source: Source, result: Result) -> float:
    """Return the highest beam-on rate behind the place that a method gives of this source in this direction."""
    ids = points(reading.subject, result)
    found = [_at(each, reading, source) for each in result.points if each.point.id in ids]
    if not found or any(each is None for each in found):
        raise _unfit("not_computed", method=result.method)
    return max(each or 0.0 for each in found)


def _at(found: PointResult, reading: Reading, source: Source) -> float | None:
    doses = found.doses
    by_beam: dict[str, float] = {}
    for each in found.components:
        if each.source == source.id and not each.room:
            if each.kerma.beam_on_uGy_per_h is None:
                return None
            by_beam[each.beam] = by_beam.get(each.beam, 0.0) + each.kerma.beam_on_uGy_per_h
    if reading.beam and reading.beam not in by_beam:
        raise _unfit("which_protocol", known=", ".join(by_beam))
    kerma = by_beam[reading.beam] if reading.beam else max(by_beam.values(), default=0.0)
    if reading.shows == "air_kerma":
        return kerma
    whole, equivalent = doses.air_kerma_beam_on_uGy_per_h, doses.h10_beam_on_uSv_per_h
    return kerma * equivalent / whole if whole and equivalent is not None else equivalent
