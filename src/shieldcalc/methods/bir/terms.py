"""Terms of tubes: scatter, primary and leakage by week and busiest hour, and while the beam is on; intra-oral films."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from shieldcalc import beams
from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.methods.bir import equations
from shieldcalc.methods.bir.values import SCATTER, known_kv, room_factor, smax, value
from shieldcalc.methods.bir.work import Inputs, Work, directions, output_of, spot, works
from shieldcalc.model.design import Beam, Source
from shieldcalc.model.trace import Equation, Step, evaluate
from shieldcalc.physics.dental import has_figure
from shieldcalc.physics.equations import hour_air_kerma
from shieldcalc.physics.terms import (
    Formula,
    Gain,
    Radiation,
    Term,
    by_angle,
    everywhere,
    inside_field,
    largest,
    nowhere,
    one,
    scatter_angle,
)
from shieldcalc.physics.values import MODELS

INTRAORAL = "intraoral_dental"
PRESHIELDING = {"table_and_receptor": "bir_cassette_and_table", "cross_table": "bir_cassette_or_grid"}
SINGLE_COPY = Notice("warnings.bir_single_copy", {})
Prepared = tuple[Equation, Inputs, tuple[Step, ...]]
Maker = Callable[[str, Beam], dict[str, Prepared]]


def by_kap(source: Source, margin_m: float) -> Radiation:
    """Return scatter, primary and leakage of a tube by kerma-area product, for the week and the busiest hour."""
    found = Radiation(source=source.id, tables=[SCATTER], notices=[SINGLE_COPY, *_leakage_notices(source)])
    if has_figure(source.kind):
        found.notices.append(Notice("warnings.bir_dental_scatter", {"source": source.id}))
    exposures = works(source, found)
    if any(work.n_hour is not None and not work.named and work.use > 0 for work in exposures):
        found.notices.append(Notice("assumptions.bir_hour_without_directions", {"source": source.id}))
    for work in exposures:
        Y = output_of(source, work.kv, found)
        L1 = _leakage(source, work.kv, found)
        prepared = partial(_exposures, work, Y, L1)
        found.terms += _three(source, work.beam, work.kv, prepared, margin_m, work.label, primary=work.use > 0)
    return found


def at_maximum(source: Source, margin_m: float) -> Radiation:
    """Return scatter, primary and leakage while the beam is on at the maximum clinical technique.

    Unknown without a declared technique, without a beam, and outside the tables.
    """
    found = Radiation(source=source.id)
    technique = source.max_technique
    if technique is None or not source.beams:
        key = "maximum_technique" if technique is None else "beam"
        said = Notice("warnings.beam_on_undetermined", {"source": source.id, "key": key})
        return Radiation(source=source.id, unknown={"beam_on"}, notices=[said])
    try:
        kv = known_kv(technique.kv)
        Y, L1 = output_of(source, kv, found), _leakage(source, kv, found)
        named = {protocol.beam for protocol in source.protocols}
        for beam in source.beams:
            prepared = partial(_rates, (technique.current_mA, "mA"), (Y, "mGy m2/mAs"), L1)
            used = beam.use_factor > 0 or beam.id in named
            found.terms += _three(source, beam, kv, prepared, margin_m, f"{kv:g} kV", primary=used)
    except OutsideDataError as refused:
        said = Notice("warnings.beam_on_outside_data", {"source": source.id, "reason": refused.notice()})
        return Radiation(source=source.id, unknown={"beam_on"}, notices=[said])
    return found


def _leakage_notices(source: Source) -> list[Notice]:
    if source.leakage is not None:
        return []
    kv_L, I_L = beams.constant("leakage_radiographic_kvp"), beams.constant("leakage_radiographic_mA")
    limit = value("design", "leakage_limit_mGy_per_h_at_1m")
    return [Notice("assumptions.leakage_at_limit", {"rate_mGy_per_h": limit, "kv": kv_L, "current_mA": I_L})]


def _leakage(source: Source, kv: float, found: Radiation) -> tuple[float, str]:
    """Return leakage in mGy per mA min at 1 m: declared, else at the limit of 1 mGy/h."""
    leak = source.leakage
    found.tables.append(MODELS)
    if leak is not None:
        L1 = beams.leakage_per_mAmin(kv, leak.rate_mGy_per_h, leak.kv, leak.current_mA)
    else:
        kv_L, I_L = beams.constant("leakage_radiographic_kvp"), beams.constant("leakage_radiographic_mA")
        L1 = beams.leakage_per_mAmin(kv, value("design", "leakage_limit_mGy_per_h_at_1m"), kv_L, I_L)
    return L1, "mGy/(mA min)"


def _exposures(work: Work, Y: float, L1: tuple[float, str], kind: str, beam: Beam) -> dict[str, Prepared]:
    """Return the formula of one kind with its inputs for the week and, where known, the busiest hour."""
    amounts = {"week": (work.kap_week, work.n_week, work.use if kind == "primary" else work.share)}
    if work.kap_hour is not None and work.n_hour is not None:
        amounts["hour"] = (work.kap_hour, work.n_hour, 1.0 if kind == "primary" else work.share)
    found: dict[str, Prepared] = {}
    for quantity, (kap, n, U) in amounts.items():
        KAP: Inputs = {"KAP": (kap, "Gy cm2")}
        exposed: Inputs = {"n": (n, "1/week" if quantity == "week" else "1/h"), "U": (U, "")}
        if kind == "scatter":
            first = (*work.steps, smax("wall", work.kv, work.label))
            found[quantity] = equations.scatter, {**KAP, **exposed}, first
        elif kind == "primary" and work.entrance:
            found[quantity] = equations.primary_of_entrance_dose, {**work.entrance, **exposed}, ()
        elif kind == "primary":
            found[quantity] = equations.primary_of_kap, {**KAP, **exposed, **spot(beam)}, work.steps
        else:
            charge = evaluate(equations.charge_of_kap, {**KAP, **spot(beam), "Y": (Y, "mGy m2/mAs")}, work.label)
            found[quantity] = equations.leakage, {"L1": L1, "Q": (charge.value, "mAs"), **exposed}, (charge,)
    return found


def _rates(
    current: tuple[float, str], Y: tuple[float, str], L1: tuple[float, str], kind: str, beam: Beam
) -> dict[str, Prepared]:
    """Return the formula of one kind with its inputs while the beam is on."""
    step = evaluate(equations.kap_rate, {"Y": Y, "I": current, **spot(beam)}, "beam on")
    rate: Inputs = {"KAP_rate": (step.value, step.unit)}
    if kind == "scatter":
        return {"beam_on": (equations.beam_on_scatter, rate, (step,))}
    if kind == "primary":
        return {"beam_on": (equations.beam_on_primary, {**rate, **spot(beam)}, (step,))}
    return {"beam_on": (equations.beam_on_leakage, {"L1": L1, "I": current}, ())}


def _three(
    source: Source, beam: Beam, kv: float, prepared: Maker, margin_m: float, label: str, *, primary: bool
) -> list[Term]:
    """Return scatter, primary (unless never used so, or the receptor stops it) and leakage of one beam."""
    theta = scatter_angle(beam)
    S = room_factor(source.kind, kv)
    field = inside_field(beam, margin_m)
    scatter = _term(source, beam, kv, "scatter", prepared("scatter", beam), by_angle(S, theta), label)
    terms = [
        replace(scatter, most=largest(S)),
        _term(source, beam, kv, "leakage", prepared("leakage", beam), everywhere, label),
    ]
    if primary and not beam.stopped_by_receptor:
        terms.append(_term(source, beam, kv, "primary", prepared("primary", beam), field, label))
    return terms


_DISTANCE = {"scatter": "d_S", "primary": "d_P", "leakage": "d_L"}
_COMPONENT = {"scatter": "secondary", "primary": "primary", "leakage": "leakage"}


def _term(
    source: Source,
    beam: Beam,
    kv: float,
    kind: str,
    prepared: dict[str, Prepared],
    gain: Gain,
    label: str,
) -> Term:
    quality = Quality("bir", "kvp", f"{kv:g}", _COMPONENT[kind])
    beams.curve(quality, "lead")
    symbols = _DISTANCE[kind], "S" if kind == "scatter" else ""
    return made(source, beam, kind, prepared, gain, label, quality, symbols, beam.focus, kv)


def made(
    source: Source,
    beam: Beam,
    kind: str,
    prepared: dict[str, Prepared],
    gain: Gain,
    label: str,
    quality: Quality,
    symbols: tuple[str, str],
    focus: tuple[float, float, float],
    kv: float,
) -> Term:
    """Return a term from formulas by quantity; ``symbols`` are those of distance and of the factor by direction."""
    formulas: dict[str, Formula] = {
        quantity: partial(_steps, formula, inputs, symbols, quantity, label, first)
        for quantity, (formula, inputs, first) in prepared.items()
    }
    return Term(
        kind=kind,
        source=source.id,
        beam=beam.id,
        starts=(beam.patient if symbols[0] == "d_S" else focus,),
        quality=quality,
        amounts={quantity: formula(1.0, 1.0, 1.0)[-1].value for quantity, formula in formulas.items()},
        formulas=formulas,
        gain=gain,
        preshielding=_in_beam(beam, kv) if kind == "primary" else "none",
        most=nowhere if kind == "primary" else one,
    )


def _in_beam(beam: Beam, kv: float) -> str:
    """Return what stands in the primary beam; BIR's figures begin at 60 kV, below nothing counts."""
    least = value("rules", "cassette_from_kv")
    return PRESHIELDING.get(beam.preshielding, "none") if kv >= least else "none"


def _steps(
    formula: Equation,
    inputs: Inputs,
    symbols: tuple[str, str],
    quantity: str,
    label: str,
    first: tuple[Step, ...],
    d: float,
    gain: float,
    B: float,
) -> tuple[Step, ...]:
    """Return the printed formula with its numbers; the hour in uGy."""
    distance, factor = symbols
    by_direction: Inputs = {factor: (gain, "uGy/(Gy cm2)")} if factor else {}
    name = f"{label}, busiest hour" if quantity == "hour" else label
    step = evaluate(formula, {**inputs, **by_direction, "B": (B, ""), distance: (d, "m")}, name)
    if quantity != "hour":
        return (*first, step)
    return (*first, step, evaluate(hour_air_kerma, {"K": (step.value, "mGy")}, name))


def by_films(source: Source, margin_m: float) -> Radiation:
    """Return scatter and transmitted primary of intra-oral films by their number, for the week and the busiest hour."""
    found = Radiation(source=source.id, tables=[SCATTER])
    found.notices += [SINGLE_COPY, Notice("assumptions.bir_films", {"source": source.id})]
    missing = [protocol.id for protocol in source.protocols if protocol.in_busiest_hour is None]
    if missing:
        found.unknown.add("hour")
        key = f"protocol {', '.join(missing)}: in_busiest_hour"
        found.notices.append(Notice("warnings.hour_undetermined", {"source": source.id, "key": key}))
    for protocol in source.protocols:
        kv = known_kv(protocol.kv or 0.0)
        hourly = None if missing else protocol.in_busiest_hour
        for beam, use, share in directions(source, protocol):
            films = partial(_films, protocol.per_week, hourly)
            label, inside = f"{protocol.id}, {kv:g} kV", inside_field(beam, margin_m)
            quality = [Quality("bir", "kvp", f"{kv:g}", name) for name in ("secondary", "primary")]
            scatter = films("scatter", share, share)
            found.terms.append(
                made(source, beam, "scatter", scatter, everywhere, label, quality[0], ("d_S", ""), beam.focus, kv)
            )
            if use > 0 and not beam.stopped_by_receptor:
                primary = films("primary", use, 1.0)
                found.terms.append(
                    made(source, beam, "primary", primary, inside, label, quality[1], ("d_S", ""), beam.focus, kv)
                )
    return found


def _films(per_week: float, hourly: float | None, kind: str, week_use: float, hour_use: float) -> dict[str, Prepared]:
    if kind == "scatter":
        formula, k = (
            equations.intraoral_scatter,
            {"k_S": (value("design", "intraoral_scatter_uGy_per_film_at_1m"), "uGy")},
        )
    else:
        name = "intraoral_primary_transmitted_uGy_per_film"
        formula, k = equations.intraoral_primary, {"k_P": (value("design", name), "uGy")}
    found: dict[str, Prepared] = {"week": (formula, {**k, "n": (per_week, "1/week"), "U": (week_use, "")}, ())}
    if hourly is not None:
        found["hour"] = (formula, {**k, "n": (hourly, "1/h"), "U": (hour_use, "")}, ())
    return found


def by_films_or_kap(source: Source, margin_m: float) -> Radiation:
    """Return an intra-oral unit's radiation: by kerma-area product where the file gives one, else by films."""
    metered = source.kap is not None or all(each.kap_Gy_cm2 is not None for each in source.protocols)
    return (by_kap if metered else by_films)(source, margin_m)
