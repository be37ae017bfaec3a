"""Terms of scatter that is known as air kerma at 1 m: declared by maker or measurement, or a densitometer's rate.

It counts the same in all directions from the patient, as the largest that was declared, and holds leakage too. It goes
through barriers as secondary radiation at the protocol's tube potential.
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from shieldcalc import beams
from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice
from shieldcalc.model.design import Beam, Protocol, Source
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics import equations
from shieldcalc.physics.technique_terms import directions
from shieldcalc.physics.terms import Formula, Radiation, Term, everywhere, over_one_hour
from shieldcalc.physics.values import MODELS, value

DXA = "bone_density"
FAN_BEAM = "fan_beam"


class _At1m(NamedTuple):
    """Air kerma at 1 m of one exposure (mGy), or its rate (mGy/h), the other None; ``report``: NCRP 147's own rate."""

    kerma: float | None
    rate: float | None
    report: bool


def is_declared(source: Source) -> bool:
    """Return whether the protocols of a source declare their scatter."""
    return bool(source.protocols) and all(protocol.scatter is not None for protocol in source.protocols)


def _at_1m(source: Source, protocol: Protocol) -> _At1m:
    if protocol.scatter is not None:
        return _At1m(protocol.scatter.air_kerma_mGy, protocol.scatter.rate_mGy_per_h, report=False)
    return _At1m(None, value(f"dxa_{source.dxa_beam or FAN_BEAM}_mGy_per_h"), report=True)


def by_exposures(source: Source, standard: str) -> Radiation:
    """Return the scatter of a source's protocols for the week and the busiest hour, each in its beam's place.

    Bone densitometers without declared scatter have the rates of NCRP 147, section 5.7; the fan beam's where the file
    does not say. ``standard`` names the transmission rows. The hour is unknown where a protocol has no count for it.
    """
    found = Radiation(source=source.id, notices=_notices(source))
    missing = [protocol.id for protocol in source.protocols if protocol.in_busiest_hour is None]
    if missing:
        found.unknown.add("hour")
        key = f"protocol {', '.join(missing)}: in_busiest_hour"
        found.notices.append(Notice("warnings.hour_undetermined", {"source": source.id, "key": key}))
    if not is_declared(source):
        found.tables.append(MODELS)
    for protocol in source.protocols:
        for beam, _, share in directions(source, protocol):
            hourly = None if missing else protocol.in_busiest_hour
            formulas = _weekly(_at_1m(source, protocol), protocol, share, hourly)
            found.terms.append(_term(source, beam, standard, protocol.kv or 0.0, formulas))
    return found


def _notices(source: Source) -> list[Notice]:
    if is_declared(source):
        return [
            Notice(
                "assumptions.declared_scatter",
                {"source": source.id, "protocol": each.id, "document": each.scatter.document},
            )
            for each in source.protocols
            if each.scatter is not None
        ]
    beam = source.dxa_beam or FAN_BEAM
    code = "dxa_rate" if source.dxa_beam else "dxa_fan_beam"
    shown = {"source": source.id, "rate_mGy_per_h": value(f"dxa_{beam}_mGy_per_h")}
    return [Notice(f"assumptions.{code}", shown), Notice("warnings.dxa_spectrum", {"source": source.id})]


def _term(source: Source, beam: Beam, standard: str, kv: float, formulas: dict[str, Formula]) -> Term:
    quality = Quality(standard, "kvp", f"{kv:g}", "secondary")
    beams.curve(quality, "lead")
    return Term(
        kind="scatter",
        source=source.id,
        beam=beam.id,
        starts=(beam.patient,),
        quality=quality,
        amounts={quantity: formula(1.0, 1.0, 1.0)[-1].value for quantity, formula in formulas.items()},
        formulas=formulas,
        gain=everywhere,
    )


def _weekly(at_1m: _At1m, protocol: Protocol, share: float, hourly: float | None) -> dict[str, Formula]:
    make = _scans if at_1m.report else _exposures
    label = f"{protocol.id}, {protocol.kv:g} kV"
    found: dict[str, Formula] = {"week": partial(make, at_1m, protocol, share, protocol.per_week, label)}
    if hourly is not None:
        name = f"{label}, busiest hour"
        found["hour"] = partial(_hour, partial(make, at_1m, protocol, share, hourly, name), name)
    return found


def _scans(
    at_1m: _At1m, protocol: Protocol, share: float, n: float, label: str, d: float, gain: float, B: float
) -> tuple[Step, ...]:
    """Return section 5.7 of NCRP 147: hours of scanning times the rate at 1 m."""
    scans = {"N": (n * share, "1/week"), "n": (1.0, ""), "t_scan": (protocol.time_s or 0.0, "s")}
    time = evaluate(equations.scanning_hours, scans, label)
    rate = {"K_rate": ((at_1m.rate or 0.0) * gain, "mGy/h"), "t": (time.value, "h/week"), "d": (d, "m")}
    bare = evaluate(equations.dxa_weekly_air_kerma, rate, label)
    return time, bare, evaluate(equations.shielded_air_kerma, {"K": (bare.value, bare.unit), "B": (B, "")}, label)


def _exposures(
    at_1m: _At1m, protocol: Protocol, share: float, n: float, label: str, d: float, gain: float, B: float
) -> tuple[Step, ...]:
    first = _of_one(at_1m, protocol, label)
    K1 = first[-1].value if first else at_1m.kerma or 0.0
    inputs = {"K1": (K1 * gain, "mGy"), "n": (n, "1/week"), "U": (share, ""), "B": (B, ""), "d_S": (d, "m")}
    return (*first, evaluate(equations.declared_scatter, inputs, label))


def _of_one(at_1m: _At1m, protocol: Protocol, label: str) -> tuple[Step, ...]:
    if at_1m.rate is None:
        return ()
    inputs = {"K_rate": (at_1m.rate, "mGy/h"), "t": (protocol.time_s or 0.0, "s")}
    return (evaluate(equations.declared_air_kerma, inputs, label),)


def _hour(counted: Formula, label: str, d: float, gain: float, B: float) -> tuple[Step, ...]:
    steps = over_one_hour(counted(d, gain, B))
    return (*steps, evaluate(equations.hour_air_kerma, {"K": (steps[-1].value, "mGy")}, label))


def while_on(source: Source, standard: str) -> Radiation:
    """Return the scatter while the beam is on: in each direction the strongest protocol, at the highest tube current.

    Scatter of a protocol that does not say its own current is taken as declared at the highest, and said so.
    Unknown without maximum technique, where a protocol's air kerma has no time, and where the maximum tube potential is
    above that of every protocol, for which nothing was declared.
    """
    technique = source.max_technique
    untimed = [each.id for each in source.protocols if _at_1m(source, each).rate is None and each.time_s is None]
    if technique is None or untimed:
        key = f"protocol {', '.join(untimed)}: time" if technique else "maximum_technique"
        return _unknown(source, Notice("warnings.beam_on_undetermined", {"source": source.id, "key": key}))
    highest = max(protocol.kv or 0.0 for protocol in source.protocols)
    if is_declared(source) and technique.kv > highest:
        reason = Notice("warnings.scatter_below_maximum", {"kv": f"{technique.kv:g}", "highest": f"{highest:g}"})
        return _unknown(source, Notice("warnings.beam_on_outside_data", {"source": source.id, "reason": reason}))
    found = Radiation(source=source.id, notices=_of_unsaid_current(source, technique.current_mA))
    for beam in source.beams:
        strengths = [list(_rate(source, protocol)) for protocol in _made_in(source, beam)]
        if strengths:
            strongest = max(strengths, key=lambda steps: steps[-1].value)
            formula: Formula = partial(_beam_on, tuple(strongest))
            found.terms.append(_term(source, beam, standard, max(highest, technique.kv), {"beam_on": formula}))
    return found


def _of_unsaid_current(source: Source, highest_mA: float) -> list[Notice]:
    """Return what is assumed of declared scatter whose own tube current the file does not say: it cannot be scaled."""
    unsaid = [each.id for each in source.protocols if each.scatter is not None and each.current_mA is None]
    shown = {"source": source.id, "protocols": ", ".join(unsaid), "current_mA": highest_mA}
    return [Notice("assumptions.scatter_at_maximum_current", shown)] if unsaid else []


def _unknown(source: Source, said: Notice) -> Radiation:
    return Radiation(source=source.id, unknown={"beam_on"}, notices=[said])


def _made_in(source: Source, beam: Beam) -> Iterator[Protocol]:
    return (protocol for protocol in source.protocols if protocol.beam in (None, beam.id))


def _rate(source: Source, protocol: Protocol) -> Iterator[Step]:
    at_1m, own = _at_1m(source, protocol), protocol.current_mA
    if at_1m.rate is not None:
        step = evaluate(equations.rate_in_micrograys, {"K_rate": (at_1m.rate, "mGy/h")}, protocol.id)
    else:
        inputs = {"K1": (at_1m.kerma or 0.0, "mGy"), "t": (protocol.time_s or 1.0, "s")}
        step = evaluate(equations.declared_rate, inputs, protocol.id)
    yield step
    highest = source.max_technique.current_mA if source.max_technique else 0.0
    if not at_1m.report and own is not None and highest > own:
        scaled = {"K_rate_p": (step.value, step.unit), "I": (highest, "mA"), "I_p": (own, "mA")}
        yield evaluate(equations.declared_rate_at_current, scaled, protocol.id)


def _beam_on(first: tuple[Step, ...], d: float, gain: float, B: float) -> tuple[Step, ...]:
    last = first[-1]
    inputs = {"K_rate_1": (last.value * gain, last.unit), "B": (B, ""), "d_S": (d, "m")}
    return (*first, evaluate(equations.beam_on_declared, inputs, last.label))
