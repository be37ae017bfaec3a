"""Sealed sources as terms of radiation: one while exposed, one behind the shield in which they are otherwise.

Of the hours that people are at a place, the source is exposed in as many as it can be: an upper value.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.design import Layer, SealedSource, Source, Xyz
from shieldcalc.model.radiography import Exposure
from shieldcalc.model.scene import Scene
from shieldcalc.model.trace import Equation, Step, evaluate
from shieldcalc.photons import source as emitted
from shieldcalc.photons.dose import H10, ICRP74_TABLE
from shieldcalc.photons.neutrons import is_unknown, mixed, of_mixed
from shieldcalc.photons.nuclides import SECONDS, nuclide
from shieldcalc.photons.rules import RULES_TABLE, rule
from shieldcalc.physics.gamma import equations
from shieldcalc.physics.gamma.betas import Betas, bounds_betas, rises, room_Z
from shieldcalc.physics.gamma.cone import in_cone
from shieldcalc.physics.gamma.emission import emission
from shieldcalc.physics.gamma.emitter import Emitter, Told
from shieldcalc.physics.gamma.passing import Rates, at_1m, h10_at_1m, neutrons_at_1m
from shieldcalc.physics.gamma.told import told
from shieldcalc.physics.gamma.way import along_way, way_out
from shieldcalc.physics.terms import Formula, Gain, Radiation, Term, everywhere

EXPOSED, SHIELDED = "exposed", "shielded"
ON_ITS_WAY = ".wind_out"
GAMMA = "gamma"
SEALED = ("source_store", "gauge", "blood_irradiator", "industrial_radiography", "well_logging")
KINDS = (*SEALED, "hot_lab", "generator", "waste_store")
GIGA, WHOLE_WEEK_H = 1e9, 168.0


class Behind(NamedTuple):
    """The lines of a source, the layers that stand around it, H*(10) of fission neutrons at 1 m, its rates there.

    ``published``: 511 keV by AAPM TG-108's transmission; see ``passing``. ``betas``: their bremsstrahlung is added.
    """

    source: str
    lines: tuple[emitted.Emission, ...]
    around: tuple[Layer, ...]
    neutrons_h10: float
    rates: Rates
    published: bool = False
    betas: Betas | None = None

    def through(self, stack: tuple[Layer, ...]) -> Rates:
        """Return the rates at 1 m behind further layers; neutrons of spontaneous fission are never held back."""
        found = self._photons((*self.around, *stack))
        return found._replace(h10=found.h10 + self.neutrons_h10)

    def bare(self) -> Rates:
        """Return the rates at 1 m of the photons with nothing around the source."""
        return self._photons(())

    def _photons(self, layers: tuple[Layer, ...]) -> Rates:
        found = at_1m(self.lines, layers, published=self.published)
        if self.betas is None:
            return found
        return Rates(*map(sum, zip(found, self.betas.through(layers), strict=True)))

    def told(self, stack: tuple[Layer, ...]) -> Told:
        """Return what has to be said of a stack."""
        return told(self.source, self.lines, (*self.around, *stack), published=self.published)


class Made(NamedTuple):
    """A sealed source so many days after its reference date: what it emits, and its ways, exposed and shielded.

    ``nuclide``: the one whose activity is stated. ``bounded``: its neutrons are an upper value, with nothing in their
    way, and what they make in layers is not computed.
    """

    emission: emitted.Source
    days: float
    ways: Mapping[Quality, Behind]
    nuclide: str
    bounded: bool


def emitter(source: Source, scene: Scene, *, published: bool = False) -> Emitter:
    """Return a sealed source, or unsealed activity that stands somewhere, as an emitter by the point kernel.

    ``published``: 511 keV by AAPM TG-108's transmission where it has one.

    Raises OutsideDataError for another kind of equipment, and what ``on_day`` raises.
    """
    sealed = source.sealed
    if sealed is None:
        raise OutsideDataError("gamma_kind", source=source.id, kind=source.kind, allowed=", ".join(KINDS))
    around = (*sealed.container, *sealed.shield)
    if is_unknown(sealed.nuclide):
        return _not_computed(source, sealed, scene, around)
    found = on_day(source, sealed, scene, published=published)
    return Emitter(
        position=sealed.position,
        nearest_m=nearest_m(sealed, around),
        around=around,
        ways=found.ways,
        radiation=lambda hours_h, quantity: radiation_of(source, sealed, found, hours_h, quantity),
        also=tuple(_elsewhere(sealed)),
    )


def _not_computed(source: Source, sealed: SealedSource, scene: Scene, around: tuple[Layer, ...]) -> Emitter:
    """Return a neutron source without data: nothing of it is computed, which is said wherever a dose is judged."""
    if scene.open_site:
        raise OutsideDataError("photon_neutron_source", source=source.id, nuclide=sealed.nuclide)
    said = Notice("warnings.gamma_not_computed", {"source": source.id, "nuclide": sealed.nuclide})
    nothing = Radiation(source=source.id, notices=[said])
    return Emitter(
        position=sealed.position,
        nearest_m=nearest_m(sealed, around),
        around=around,
        ways={},
        radiation=lambda hours_h, quantity: nothing,  # noqa: ARG005
    )


def _elsewhere(sealed: SealedSource) -> Iterator[tuple[Xyz, float]]:
    """Yield where else a source may be, at work and on its way, with the distance that no point may be nearer than."""
    for each in sealed.exposures:
        yield from ((at, nearest_m(sealed, _at_work(sealed, each))) for at in each.positions)
        yield from ((at, nearest_m(sealed, ())) for at in way_out(sealed.position, each.positions))


def _at_work(sealed: SealedSource, exposure: Exposure) -> tuple[Layer, ...]:
    return (*sealed.container, *(exposure.collimator.layers if exposure.collimator else ()))


def nearest_m(sealed: SealedSource, around: tuple[Layer, ...]) -> float:
    """Return the distance from the source to the outside of layers; at least that at which it is a point (m)."""
    thickness = sum(each.thickness_mm for each in around) / 1000
    outside = sealed.cavity_m + thickness if around else 0.0
    return max(outside, rule("point_sizes") * (sealed.size_m or 0.0))


def on_day(source: Source, sealed: SealedSource, scene: Scene, *, published: bool = False) -> Made:
    """Return what a source emits on the scene's day.

    Raises OutsideDataError for neutron sources and, of sources that work or have an extent, spontaneous fission whose
    neutrons would matter, beta emitters with an extent or out of their safe in a patient (the bremsstrahlung of
    others is bounded), and a day before the reference date.
    """
    on = scene.on
    found, per_s_h10, stated = _emission(source, sealed, on)
    if found.betas and not bounds_betas(sealed):
        raise OutsideDataError("gamma_beta", source=source.id, nuclide=sealed.nuclide)
    betas = Betas(found, room_Z(scene)) if found.betas else None
    bounded = per_s_h10 is not None
    neutrons = h10_at_1m(per_s_h10) if per_s_h10 is not None else neutrons_at_1m(found.neutrons_per_s)
    behind = {}
    for way, around in _ways(sealed):
        bare = Behind(source.id, found.lines, around, neutrons, Rates(0.0, 0.0, 0.0), published, betas)
        behind[Quality("point_kernel", GAMMA, source.id, way)] = bare._replace(rates=bare.through(()))
    dates = _dates(sealed, on)
    days = float(dates.on - dates.reference) if dates and dates.on and dates.reference else 0.0
    return Made(found, days, behind, stated, bounded)


def _dates(sealed: SealedSource, on: date | None) -> emitted.Dates | None:
    if sealed.reference_date is None or on is None:
        return None
    return emitted.Dates(sealed.reference_date.toordinal(), on.toordinal())


def _emission(source: Source, sealed: SealedSource, on: date | None) -> tuple[emitted.Source, float | None, str]:
    """Return what a source emits, H*(10) of its neutrons where they are an upper value, the nuclide of its activity."""
    activity, dates = sealed.number * sealed.activity_Bq, _dates(sealed, on)
    options: dict[str, Any] = {"daughters": sealed.daughters, "cutoff_MeV": sealed.cutoff_MeV, "dates": dates}
    known = mixed(sealed.nuclide)
    if known is None:
        point = bounds_betas(sealed)
        options |= {"counted": point, "neutrons_too": point and not sealed.exposures}
        found = emission(source.id, sealed.nuclide, activity, **options)
        return found, None, nuclide(sealed.nuclide).name
    try:
        of = of_mixed(known, activity, **options)
    except OutsideDataError as refused:
        raise OutsideDataError(refused.code, **{"source": source.id, **refused.params}) from None
    if of.photons.members[0].name != known.emitter:
        raise OutsideDataError("photon_gone", source=source.id, nuclide=sealed.nuclide)
    return of.photons, of.h10, known.emitter


def _ways(sealed: SealedSource) -> Iterator[tuple[str, tuple[Layer, ...]]]:
    """Yield the ways in which a source radiates by name, with the layers around it: exposed, collimated, shielded."""
    yield EXPOSED, sealed.container
    for each in sealed.exposures:
        if each.collimator is not None and each.collimator.layers:
            yield collimated(each), (*sealed.container, *each.collimator.layers)
    if sealed.exposures or sealed.exposed_h_per_week < WHOLE_WEEK_H:
        yield SHIELDED, (*sealed.container, *sealed.shield)


def collimated(exposure: Exposure) -> str:
    """Return the name of the way through the collimator of an exposure; ids have no dot."""
    return f"{exposure.id}.collimator"


class Part(NamedTuple):
    """One way of a source for a time: its beam, where it starts, hours of the week, share of the busiest hour."""

    beam: str
    starts: tuple[Xyz, ...]
    way: str
    week_h: float
    hour: float
    gain: Gain = everywhere
    inside: bool = True
    transit: bool = False


def parts(sealed: SealedSource, hours: float) -> Iterator[Part]:
    """Yield what a source does while people are there for so many hours a week; exposed in as many as it can be.

    ``inside``: in the cone of a collimator, or in all directions without one. ``transit``: bare on its way.
    """
    if not sealed.exposures:
        week, hour = min(sealed.exposed_h_per_week, hours), sealed.exposed_in_busiest_hour
        yield Part(EXPOSED, (sealed.position,), EXPOSED, week, hour)
        if sealed.exposed_h_per_week < WHOLE_WEEK_H:
            yield Part(SHIELDED, (sealed.position,), SHIELDED, hours - week, 1 - hour)
        return
    weeks = hour = 0.0
    for each in sealed.exposures:
        count = each.per_week if each.in_busiest_hour is None else each.in_busiest_hour
        week, own = min(each.per_week * each.hours, hours), min(1.0, count * each.hours)
        yield from _exposed(each, week, own)
        way = min(each.per_week * each.wind_out_h, hours), min(1.0, count * each.wind_out_h)
        if each.wind_out_h:
            starts = way_out(sealed.position, each.positions)
            gain = along_way(sealed.position, each.positions, starts)
            yield Part(on_its_way(each), starts, EXPOSED, *way, gain, transit=True)
        weeks, hour = weeks + week + way[0], hour + own + way[1]
    yield Part(SHIELDED, (sealed.position,), SHIELDED, max(0.0, hours - weeks), max(0.0, 1 - hour))


def on_its_way(exposure: Exposure) -> str:
    """Return the name of the beam of a source on its way out and back; ids have no dot."""
    return exposure.id + ON_ITS_WAY


def _exposed(exposure: Exposure, week: float, hour: float) -> Iterator[Part]:
    found, starts = exposure.collimator, exposure.positions
    if found is None:
        yield Part(exposure.id, starts, EXPOSED, week, hour)
        return
    inside = in_cone(starts, found)
    yield Part(exposure.id, starts, EXPOSED, week, hour, inside)
    share = 1.0 if found.attenuation is None else 1 / found.attenuation
    way = collimated(exposure) if found.layers else EXPOSED
    yield Part(exposure.id, starts, way, week, hour, lambda at: share * (1 - inside(at)), inside=False)


def radiation_of(source: Source, sealed: SealedSource, made: Made, hours: float, quantity: str) -> Radiation:
    """Return the terms of one source, in air kerma or H*(10), with people there for so many hours a week."""
    found = Radiation(source=source.id, notices=_notices(source, sealed, made))
    found.tables += [*made.emission.tables, ICRP74_TABLE, RULES_TABLE]
    by_name = {quality.component: (quality, behind) for quality, behind in made.ways.items()}
    for part in parts(sealed, hours):
        quality, behind = by_name[part.way]
        first = _first(sealed, made, behind)
        formulas: dict[str, Formula] = {
            "week": partial(_at, first, equations.week, part.week_h),
            "hour": partial(_at, first, equations.hour, part.hour),
            "beam_on": partial(_at, first, equations.rate, None),
        }
        strength = behind.rates.h10 if quantity == H10 else behind.rates.kerma
        amounts = {"week": strength * part.week_h / 1000, "hour": strength * part.hour, "beam_on": strength}
        found.tables += behind.told(()).tables
        found.terms.append(
            Term(
                kind=GAMMA,
                source=source.id,
                beam=part.beam,
                starts=part.starts,
                quality=quality,
                amounts=amounts,
                formulas=formulas,
                gain=part.gain,
            )
        )
    return found


def _first(sealed: SealedSource, made: Made, behind: Behind) -> tuple[Step, ...]:
    """Return the activity on the day, and the air kerma rate at 1 m behind what stands around the source."""
    n = sealed.number
    total = made.emission.members[0].activity_Bq / GIGA
    bare = behind.bare().kerma
    A = total / n
    steps: tuple[Step, ...] = ()
    if sealed.reference_date is not None:
        steps = (decay(sealed, made.nuclide, made.days),)
        A = steps[0].value
    inputs = {
        "n": (float(n), ""),
        "A": (A, "GBq"),
        "Gamma": (bare / total, "uGy m2/(GBq h)"),
        "B_c": (behind.rates.kerma / bare, ""),
    }
    return (*steps, evaluate(equations.rate_at_1m, inputs, sealed.nuclide))


def decay(sealed: SealedSource, stated: str, days: float) -> Step:
    """Return the activity of one source so many days after its reference date; ``stated``: whose activity it is."""
    T_half = nuclide(stated).half_life_s / SECONDS["d"]
    A_0 = sealed.activity_Bq / GIGA
    inputs = {"A_0": (A_0, "GBq"), "t": (days, "d"), "T_half": (T_half, "d")}
    return evaluate(equations.decayed, inputs, sealed.nuclide)


def _at(
    first: tuple[Step, ...], formula: Equation, t: float | None, d: float, gain: float, B: float
) -> tuple[Step, ...]:
    last = first[-1]
    inputs = {"K_rate_1": (last.value * gain, last.unit), "B": (B, ""), "d": (d, "m")}
    if t is not None:
        inputs["t"] = (t, "h")
    return (*first, evaluate(formula, inputs, last.label))


def _notices(source: Source, sealed: SealedSource, made: Made) -> list[Notice]:
    said = [*made.emission.notices]
    if sealed.reference_date is None:
        said.append(Notice("assumptions.gamma_as_stated", {"source": source.id}))
    said.append(Notice(f"assumptions.gamma_{'point' if sealed.shape is None else 'shape'}", {"source": source.id}))
    if sealed.exposed_h_per_week >= WHOLE_WEEK_H and not sealed.exposures:
        said.append(Notice("assumptions.gamma_always", {"source": source.id}))
    if made.emission.neutrons_per_s:
        said.append(Notice("warnings.gamma_fission", {"source": source.id}))
    if made.emission.betas:
        betas = next(each.betas for each in made.ways.values() if each.betas is not None)
        said.append(Notice("warnings.gamma_bremsstrahlung", {"source": source.id, "Z": f"{betas.Z:g}"}))
        if rises(betas.Z):
            said.append(Notice("warnings.gamma_bremsstrahlung_rises", {"source": source.id, "Z": f"{betas.Z:g}"}))
    if made.bounded:
        said.append(Notice("warnings.gamma_neutrons", {"source": source.id}))
    if sealed.container or sealed.shield:
        said.append(Notice("assumptions.gamma_container", {"source": source.id}))
    said += _of_exposures(source, sealed)
    return said + [notice for behind in made.ways.values() for notice in behind.told(()).notices]


def _of_exposures(source: Source, sealed: SealedSource) -> Iterator[Notice]:
    """Yield what was assumed of exposures: places not shared out, hours not stated, scatter not computed."""
    for each in sealed.exposures:
        said = {"source": source.id, "exposure": each.id}
        if len(each.positions) > 1:
            yield Notice("assumptions.gamma_positions", said)
        if each.in_busiest_hour is None:
            yield Notice("assumptions.gamma_exposure_hour", said)
        if each.collimator is not None and each.collimator.layers:
            yield Notice("warnings.gamma_collimator_layers", said)
        elif each.collimator is not None:
            yield Notice("assumptions.gamma_collimator", {**said, "document": each.collimator.document})
    if sealed.exposures:
        yield Notice("assumptions.gamma_scatter", {"source": source.id})
