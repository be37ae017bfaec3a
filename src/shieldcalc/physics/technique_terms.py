"""Terms of a tube at single tube potentials: protocols (week, busiest hour) and the maximum technique (beam on)."""

from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.design import Beam, Protocol, Source
from shieldcalc.model.trace import Equation, Step, evaluate
from shieldcalc.physics import dental, equations, techniques
from shieldcalc.physics.terms import (
    BY_CURVE,
    ByAngle,
    Formula,
    Gain,
    Radiation,
    Term,
    everywhere,
    inside_field,
    largest,
    nowhere,
    one,
)
from shieldcalc.physics.values import MODELS
from shieldcalc.records import dataclass

Inputs = dict[str, tuple[float, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Tube:
    """A tube at one potential: its output, leakage and housing as inputs of the formulas."""

    kv: float
    output: Inputs
    leakage: Inputs
    housing_steps: tuple[Step, ...]


def _tube(source: Source, kv: float, found: Radiation) -> _Tube:
    declared = tuple((each.kv, each.mGy_m2_per_mAs) for each in source.outputs)
    output = techniques.tube_output(kv, source.filtration_mmAl, declared)
    found.notices += output.notices
    found.tables += [MODELS, *output.tables]
    limit = techniques.leakage_at_limit()
    leak = source.leakage
    L, kV_L, I_L = (leak.rate_mGy_per_h, leak.kv, leak.current_mA) if leak else (limit.L, limit.kV_L, limit.I_L)
    if leak is None:
        found.notices += limit.notices
    housing = techniques.housing(kv, L, kV_L, I_L)
    leakage: Inputs = {
        "L": (L, "mGy/h"),
        "kV": (kv, "kV"),
        "kV_L": (kV_L, "kV"),
        "I_L": (I_L, "mA"),
        "B_h": (housing.B_h, ""),
        "B_hL": (housing.B_hL, ""),
    }
    return _Tube(kv=kv, output={"Y": (output.Y, "mGy m2/mAs")}, leakage=leakage, housing_steps=housing.steps)


def at_maximum(source: Source, margin_m: float) -> Radiation:
    """Return primary, scatter and leakage while the beam is on at the maximum clinical technique.

    Unknown without a declared technique, without a beam, and outside the tables of single tube potentials.
    """
    found = Radiation(source=source.id)
    technique = source.max_technique
    if technique is None or not source.beams:
        found.unknown.add("beam_on")
        key = "maximum_technique" if technique is None else "beam"
        found.notices.append(Notice("warnings.beam_on_undetermined", {"source": source.id, "key": key}))
        return found
    try:
        tube = _tube(source, technique.kv, found)
        current: Inputs = {"I": (technique.current_mA, "mA")}
        named = {protocol.beam for protocol in source.protocols}
        for beam in source.beams:
            used = beam.use_factor > 0 or beam.id in named
            strengths = _beam_on(current, f"{technique.kv:g} kV")
            found.terms += _three(source, beam, tube, strengths, margin_m, used=used)
        _try_tables(found)
    except OutsideDataError as refused:
        found = Radiation(source=source.id, unknown={"beam_on"})
        shown = {"source": source.id, "reason": refused.notice()}
        found.notices.append(Notice("warnings.beam_on_outside_data", shown))
    return found


def _try_tables(found: Radiation) -> None:
    """Refuse now what the tables of tube potentials do not hold."""
    from shieldcalc import beams

    for term in found.terms:
        beams.curve(term.quality, "lead")
        term.gain(term.starts[0])


def by_protocols(source: Source, margin_m: float) -> Radiation:
    """Return primary, scatter and leakage of a tube by its protocols, for the week and the busiest hour.

    A protocol of a named beam goes there; any other by the beams' use factors: primary with U in the week and U = 1 in
    the hour, scatter and leakage by each beam's share.
    """
    found = Radiation(source=source.id)
    missing = [protocol.id for protocol in source.protocols if protocol.in_busiest_hour is None]
    if missing:
        found.unknown.add("hour")
        key = f"protocol {', '.join(missing)}: in_busiest_hour"
        found.notices.append(Notice("warnings.hour_undetermined", {"source": source.id, "key": key}))
    for protocol in source.protocols:
        tube = _tube(source, protocol.kv or 0.0, found)
        for beam, primary_use, share in directions(source, protocol):
            exposures = _exposures(protocol, tube, primary_use, share, hour=not missing)
            found.terms += _three(source, beam, tube, exposures, margin_m, used=primary_use > 0)
    return found


def directions(source: Source, protocol: Protocol) -> Iterator[tuple[Beam, float, float]]:
    """Yield (beam, use factor of its primary barrier, share of the exposures made in it)."""
    if protocol.beam is not None:
        yield from ((beam, 1.0, 1.0) for beam in source.beams if beam.id == protocol.beam)
        return
    total = sum(beam.use_factor for beam in source.beams)
    for beam in source.beams:
        yield beam, beam.use_factor, beam.use_factor / total if total else 1 / len(source.beams)


Strengths = Callable[[str], tuple[dict[str, tuple[Equation, Inputs]], str]]


def _beam_on(current: Inputs, label: str) -> Strengths:
    by_kind = {
        "primary": equations.beam_on_primary,
        "scatter": equations.beam_on_scatter,
        "leakage": equations.beam_on_leakage,
    }
    return lambda kind: ({"beam_on": (by_kind[kind], current)}, label)


def _exposures(protocol: Protocol, tube: _Tube, use: float, share: float, *, hour: bool) -> Strengths:
    by_kind = {
        "primary": equations.exposures_primary,
        "scatter": equations.exposures_scatter,
        "leakage": equations.exposures_leakage,
    }

    def strengths(kind: str) -> tuple[dict[str, tuple[Equation, Inputs]], str]:
        charge: Inputs = {"Q": (protocol.charge_mAs or 0.0, "mAs")}
        U = use if kind == "primary" else share
        found = {"week": (by_kind[kind], {**charge, "n": (protocol.per_week, "1/week"), "U": (U, "")})}
        if hour:
            U = 1.0 if kind == "primary" else share
            found["hour"] = (by_kind[kind], {**charge, "n": (protocol.in_busiest_hour or 0.0, ""), "U": (U, "")})
        return found, f"{protocol.id}, {tube.kv:g} kV"

    return strengths


def _three(
    source: Source,
    beam: Beam,
    tube: _Tube,
    strengths: Strengths,
    margin_m: float,
    *,
    used: bool,
) -> list[Term]:
    """Return primary (unless never used so, or the receptor stops it), scatter and leakage of one beam."""
    field = inside_field(beam, margin_m)
    least = dental.scattered_fraction(source.kind, tube.kv)
    a1 = _a1(tube.kv, least)
    scattered: Gain = ByAngle(a1, beam, BY_CURVE, partial(techniques.curve, tube.kv, least))
    spot: Inputs = {"F": (beam.field_cm2, "cm2"), "d_F": (beam.field_at_m, "m")}
    kinds = {
        "primary": (beam.focus, field, tube.output, "d_P", ""),
        "scatter": (beam.patient, scattered, {**tube.output, **spot}, "d_S", "a1"),
        "leakage": (beam.focus, everywhere, tube.leakage, "d_L", ""),
    }
    if beam.stopped_by_receptor or not used:
        del kinds["primary"]
    terms = []
    for kind, (start, gain, fixed, distance, factor) in kinds.items():
        by_quantity, label = strengths(kind)
        first = tube.housing_steps if kind == "leakage" else ()
        formulas: dict[str, Formula] = {
            name: partial(_steps, formula, {**fixed, **inputs}, distance, factor, name, label, first)
            for name, (formula, inputs) in by_quantity.items()
        }
        probe = 1.0
        terms.append(
            Term(
                kind=kind,
                source=source.id,
                beam=beam.id,
                starts=(start,),
                quality=Quality("ncrp147", "kvp", f"{tube.kv:g}", kind),
                amounts={name: formula(1.0, probe, 1.0)[-1].value for name, formula in formulas.items()},
                formulas=formulas,
                gain=gain,
                preshielding=beam.preshielding if kind == "primary" else "none",
                most=nowhere if kind == "primary" else largest(a1) if kind == "scatter" else one,
            )
        )
    return terms


@lru_cache(maxsize=256)
def _a1(kv: float, least: float) -> Callable[[float], float]:
    """Return ``_fraction`` of the angle; it keeps its last answers, which all terms of a beam ask for in turn."""
    return lru_cache(maxsize=4)(partial(_fraction, kv, least))


def _fraction(kv: float, least: float, theta: float) -> float:
    """Return a1, never below the largest published scatter of a dental unit."""
    return max(least, techniques.scattered_fraction(kv, theta))


def _steps(
    formula: Equation,
    inputs: Inputs,
    distance: str,
    factor: str,
    quantity: str,
    label: str,
    first: tuple[Step, ...],
    d: float,
    gain: float,
    B: float,
) -> tuple[Step, ...]:
    """Return the printed formula with its numbers; the hour in uGy."""
    fraction: Inputs = {factor: (gain, "1/cm2")} if factor else {}
    step = evaluate(formula, {**inputs, **fraction, "B": (B, ""), distance: (d, "m")}, label)
    if quantity != "hour":
        return (*first, step)
    return (*first, step, evaluate(equations.hour_air_kerma, {"K": (step.value, "mGy")}, f"{label}, busiest hour"))
