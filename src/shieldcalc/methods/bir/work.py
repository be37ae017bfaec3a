"""Exposures of a source as kerma-area product: as metered, or from entrance dose or charge with output and field."""

from collections.abc import Iterator

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.methods.bir import equations
from shieldcalc.methods.bir.values import known_kv
from shieldcalc.model.design import Beam, Protocol, Source
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics import techniques
from shieldcalc.physics.terms import Radiation
from shieldcalc.records import dataclass

Quantity = tuple[float, str]
Inputs = dict[str, Quantity]


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """One kind of exposure in one direction.

    ``kap_week`` and ``kap_hour`` in Gy cm2 go with ``n_week`` and ``n_hour`` (None: not known). ``use`` is the share of
    its primary, ``share`` that of scatter and leakage; in the hour every primary barrier may be in the beam.
    """

    label: str
    kv: float
    beam: Beam
    kap_week: float
    n_week: float
    kap_hour: float | None
    n_hour: float | None
    use: float
    share: float
    named: bool
    entrance: Inputs
    steps: tuple[Step, ...]


def output_of(source: Source, kv: float, found: Radiation) -> float:
    """Return the tube output in mGy m2/mAs with its notices and tables noted."""
    declared = tuple((each.kv, each.mGy_m2_per_mAs) for each in source.outputs)
    output = techniques.tube_output(kv, source.filtration_mmAl, declared)
    found.notices += output.notices
    found.tables += output.tables
    return output.Y


def spot(beam: Beam) -> Inputs:
    """Return field area and its distance as inputs."""
    return {"F": (beam.field_cm2, "cm2"), "d_F": (beam.field_at_m, "m")}


def works(source: Source, found: Radiation) -> list[Work]:
    """Return what a tube does in week and busiest hour, by direction.

    The source's ``kap`` counts where it is given, else the protocols. Raises OutsideDataError where neither says a
    kerma-area product, naming the keys, and for tube potentials without scatter factors.
    """
    if source.kap is not None:
        known_kv(source.kap.kv)
        if source.kap.in_busiest_hour_Gy_cm2 is None:
            _hour_unknown(source, "kap.in_busiest_hour", found)
        return [_metered(source, beam, share) for beam, share in _shares(source)]
    if not source.protocols:
        raise OutsideDataError("bir_without_kap", source=source.id)
    missing = [protocol.id for protocol in source.protocols if protocol.in_busiest_hour is None]
    if missing:
        _hour_unknown(source, f"protocol {', '.join(missing)}: in_busiest_hour", found)
    return [each for protocol in source.protocols for each in _exposed(source, protocol, found, hour=not missing)]


def _hour_unknown(source: Source, key: str, found: Radiation) -> None:
    found.unknown.add("hour")
    found.notices.append(Notice("warnings.hour_undetermined", {"source": source.id, "key": key}))


def _shares(source: Source) -> Iterator[tuple[Beam, float]]:
    total = sum(beam.use_factor for beam in source.beams)
    for beam in source.beams:
        yield beam, beam.use_factor / total if total else 1 / len(source.beams)


def _metered(source: Source, beam: Beam, share: float) -> Work:
    kap = source.kap
    assert kap is not None
    return Work(
        label=f"{source.id}, {kap.kv:g} kV",
        kv=kap.kv,
        beam=beam,
        kap_week=kap.per_week_Gy_cm2,
        n_week=1.0,
        kap_hour=kap.in_busiest_hour_Gy_cm2,
        n_hour=None if kap.in_busiest_hour_Gy_cm2 is None else 1.0,
        use=beam.use_factor,
        share=share,
        named=False,
        entrance={},
        steps=(),
    )


def directions(source: Source, protocol: Protocol) -> list[tuple[Beam, float, float]]:
    """Return (beam, use factor of its primary, share of the exposures made in it) of a protocol."""
    if protocol.beam is not None:
        return [(beam, 1.0, 1.0) for beam in source.beams if beam.id == protocol.beam]
    return [(beam, beam.use_factor, share) for beam, share in _shares(source)]


def _exposed(source: Source, protocol: Protocol, found: Radiation, *, hour: bool) -> Iterator[Work]:
    kv = known_kv(protocol.kv or 0.0)
    for beam, use, share in directions(source, protocol):
        kap, steps = _kap(source, protocol, beam, kv, found)
        yield Work(
            label=f"{protocol.id}, {kv:g} kV",
            kv=kv,
            beam=beam,
            kap_week=kap,
            n_week=protocol.per_week,
            kap_hour=kap if hour else None,
            n_hour=protocol.in_busiest_hour if hour else None,
            use=use,
            share=share,
            named=protocol.beam is not None,
            entrance=entrance(protocol),
            steps=steps,
        )


def entrance(protocol: Protocol) -> Inputs:
    """Return entrance surface dose and its distances as inputs; none where the protocol gives none."""
    ESD, FFD, df = protocol.entrance_dose_mGy, protocol.focus_to_film_m, protocol.film_to_skin_m
    if ESD is None or FFD is None or df is None:
        return {}
    return {"ESD": (ESD, "mGy"), "FFD": (FFD, "m"), "df": (df, "m")}


def _kap(source: Source, protocol: Protocol, beam: Beam, kv: float, found: Radiation) -> tuple[float, tuple[Step, ...]]:
    """Return the kerma-area product of one exposure: as given, else by charge, else by entrance dose."""
    if protocol.kap_Gy_cm2 is not None:
        return protocol.kap_Gy_cm2, ()
    shown = {"source": source.id, "protocol": protocol.id}
    if protocol.charge_mAs is not None:
        Y, Q = (output_of(source, kv, found), "mGy m2/mAs"), (protocol.charge_mAs, "mAs")
        step = evaluate(equations.kap_of_charge, {"Y": Y, "Q": Q, **spot(beam)}, protocol.id)
        found.notices.append(Notice("assumptions.bir_kap_of_charge", shown))
        return step.value, (step,)
    if entrance(protocol):
        step = evaluate(equations.kap_of_entrance_dose, {**entrance(protocol), **spot(beam)}, protocol.id)
        found.notices.append(Notice("assumptions.bir_kap_of_entrance_dose", shown))
        return step.value, (step,)
    raise OutsideDataError("bir_protocol_without_kap", source=source.id, protocol=protocol.id)
