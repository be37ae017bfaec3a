"""Industrial accelerators in a room: beams in declared directions, doses at 1 m a week and an hour, rates."""

from collections.abc import Iterator

from shieldcalc.errors import Notice
from shieldcalc.model.accelerator import BeamEnergy
from shieldcalc.model.design import Source
from shieldcalc.physics.terms import Radiation
from shieldcalc.physics.therapy.aimed import Aimed, Dose, FractionAt, Shot, by_share
from shieldcalc.physics.therapy.document import Document
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.unit import leakage_stated


def directed(source: Source, document: Document, fraction_at: FractionAt) -> Aimed:
    """Return an accelerator that is aimed; raises OutsideDataError for what there are no data of."""
    assert source.accelerator is not None
    radiation = Radiation(source=source.id)
    if any(each.in_busiest_hour_Gy is None for each in source.accelerator.energies):
        radiation.unknown.add("hour")
        told = {"source": source.id, "key": "energy.in_busiest_hour"}
        radiation.notices.append(Notice("warnings.hour_undetermined", told))
    fraction = source.accelerator.leakage_fraction
    if fraction is None:
        fraction = document.rule("leakage_fraction")
        radiation.notices.append(Notice("assumptions.aimed_leakage", {"source": source.id, "share": f"{fraction:g}"}))
    radiation.notices += leakage_stated(source.id, fraction, document.rule("leakage_fraction"))
    radiation.notices.append(Notice("assumptions.aimed_object", {"source": source.id}))
    for each in source.accelerator.energies:
        if Energy(MV=each.MV).makes_neutrons:
            radiation.notices.append(Notice("warnings.therapy_neutrons", {"energy": each.words}))
    return Aimed(source, document, fraction_at, _shots(source, fraction), radiation)


def _shots(source: Source, fraction: float) -> Iterator[Shot]:
    assert source.accelerator is not None
    total = sum(each.use_factor for each in source.beams)
    for each in source.accelerator.energies:
        for index, beam in enumerate(source.beams):
            share = beam.use_factor / total if total else 1 / len(source.beams)
            yield _shot(each, index, beam.id, beam.use_factor, share, fraction)


def _shot(each: BeamEnergy, index: int, name: str, use: float, share: float, fraction: float) -> Shot:
    doses = {"week": Dose(each.per_week_Gy), "beam_on": Dose(each.dose_rate_Gy_per_h)}
    if each.in_busiest_hour_Gy is not None:
        doses["hour"] = Dose(each.in_busiest_hour_Gy)
    primary = {"week": use, "hour": float(use > 0), "beam_on": float(use > 0)}
    leak = by_share(fraction, doses, share)
    return Shot(index, Energy(MV=each.MV, fff=each.fff), doses, primary, share, leak, f"{name}, {each.words}")
