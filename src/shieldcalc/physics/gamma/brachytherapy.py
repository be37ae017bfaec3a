"""Brachytherapy sources as emitters: out of their safe at the places of treatment, and at rest in it.

Of the hours that people are at a place, the sources are out in as many as they can be. Several places of treatment:
at every point the one that gives it most counts for all treatments. A unit that holds more than a treatment uses has
all of it out in the rate and in the busiest hour, and in the safe all the time. At rest: lines of the point kernel
through the layers of the safe; or the rate declared behind it, as photons of the nuclide's hardest line.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.brachytherapy import Brachytherapy
from shieldcalc.model.design import Layer, SealedSource, Source
from shieldcalc.model.scene import Scene
from shieldcalc.model.trace import Equation, Step, evaluate
from shieldcalc.photons.dose import H10, ICRP74_TABLE
from shieldcalc.photons.rules import RULES_TABLE
from shieldcalc.photons.shield import merged, notes, tables
from shieldcalc.photons.source import Emission
from shieldcalc.physics.gamma import equations
from shieldcalc.physics.gamma.emitter import Emitter, Told, Way
from shieldcalc.physics.gamma.passing import Rates, at_1m, sheet
from shieldcalc.physics.gamma.sealed import EXPOSED, GAMMA, GIGA, SHIELDED, Behind, Made, decay, on_day
from shieldcalc.physics.terms import Formula, Radiation, Term, everywhere

KINDS = ("hdr_brachytherapy",)
MEGA = 1e6
TABLE_20 = "therapy/srs47_t20_t21_brachy.csv"
Quantity = Callable[[float], Mapping[str, Formula]]


class Unit(NamedTuple):
    """An afterloading unit on a day: its bare way by the point kernel, MBq used in a treatment and held at most."""

    source: Source
    sealed: SealedSource
    treated: Brachytherapy
    made: Made
    bare: Behind
    used_MBq: float
    held_MBq: float

    @property
    def more(self) -> float:
        """Return how many times what a treatment uses the unit holds; at least 1."""
        return self.held_MBq / self.used_MBq

    @property
    def in_patient(self) -> float:
        """Return the share of the air kerma that leaves the patient: 1 unless the file counts the patient."""
        return self.treated.tissue_air_ratio or 1.0


class Treatment(NamedTuple):
    """What a method says of the sources out of their safe: their way, its formulas by hours a week, notices, tables."""

    method: str
    way: Way
    formulas: Quantity
    notices: tuple[Notice, ...]
    tables: tuple[str, ...]


Treat = Callable[[Unit], Treatment]


def emitter(source: Source, scene: Scene, treat: Treat) -> Emitter:
    """Return brachytherapy sources as an emitter, out of their safe as a method says, at rest by the point kernel.

    Raises OutsideDataError as ``sealed.on_day``, and what ``treat`` raises.
    """
    unit = _unit(source, scene)
    treatment = treat(unit)
    resting = _resting(unit)
    ways: dict[Quality, Way] = {
        Quality(treatment.method, GAMMA, source.id, EXPOSED): treatment.way,
        Quality("point_kernel", GAMMA, source.id, SHIELDED): resting.way,
    }
    around = unit.sealed.shield
    return Emitter(
        position=unit.sealed.position,
        nearest_m=sum(each.thickness_mm for each in around) / 1000,
        around=around,
        ways=ways,
        radiation=lambda hours_h, quantity: _radiation(unit, treatment, resting, ways, hours_h, quantity),
        also=tuple((place, 0.0) for place in unit.treated.positions),
    )


def default(source: Source, scene: Scene) -> Emitter:
    """Return brachytherapy sources by the point kernel: beside X-ray equipment, where no gamma method is named."""
    return emitter(source, scene, by_point_kernel)


def by_point_kernel(unit: Unit) -> Treatment:
    """Return the sources out of their safe by the point kernel, line by line."""
    return Treatment("point_kernel", unit.bare, partial(_kernel_formulas, unit), (), ())


def dated(unit: Unit) -> tuple[Step, ...]:
    """Return the decay of one source to the day, nothing where the file has no reference date."""
    return () if unit.sealed.reference_date is None else (decay(unit.sealed, unit.made.nuclide, unit.made.days),)


def hours_out(unit: Unit, hours: float) -> float:
    """Return in how many of the hours that people are at a place the sources are out."""
    return min(unit.sealed.exposed_h_per_week, hours)


class _Resting(NamedTuple):
    way: Way
    first: tuple[Step, ...]


class _Leaking(NamedTuple):
    """The rate declared behind a safe, as photons of one line: an upper value of what passes further layers."""

    line: Emission
    rates: Rates

    def through(self, stack: tuple[Layer, ...]) -> Rates:
        """Return the rates at 1 m behind further layers."""
        bare, passed = at_1m((self.line,), ()), at_1m((self.line,), stack)
        h10 = self.rates.h10 * passed.h10 / bare.h10
        return Rates(self.rates.kerma * passed.kerma / bare.kerma, h10, 0.0)

    def told(self, stack: tuple[Layer, ...]) -> Told:
        """Return what has to be said of a stack."""
        sheets = merged(sheet(each) for each in stack)
        return Told("broder", tables(sheets), notes(sheets, self.line.energy_MeV))


def _unit(source: Source, scene: Scene) -> Unit:
    sealed = source.sealed
    treated = None if sealed is None else sealed.brachytherapy
    if sealed is None or treated is None:
        raise OutsideDataError("gamma_kind", source=source.id, kind=source.kind, allowed=", ".join(KINDS))
    made = on_day(source, sealed, scene)
    bare = next(way for quality, way in made.ways.items() if quality.component == EXPOSED)
    used = made.emission.members[0].activity_Bq / MEGA
    if treated.kerma_constant is not None:
        bare = _scaled(bare, treated.kerma_constant * used / bare.rates.kerma)
    held = max(used, (treated.maximum_activity_Bq or 0.0) / MEGA)
    return Unit(source, sealed, treated, made, bare, used, held)


def _scaled(bare: Behind, factor: float) -> Behind:
    """Return a way of which the air kerma at 1 m is that of a declared reference air kerma rate."""
    lines = tuple(each._replace(per_s=factor * each.per_s) for each in bare.lines)
    found = bare._replace(lines=lines, neutrons_h10=factor * bare.neutrons_h10)
    return found._replace(rates=found.through(()))


def _resting(unit: Unit) -> _Resting:
    rate = unit.treated.safe_rate_uSv_per_h
    if rate is None:
        held = _scaled(unit.bare, unit.more)._replace(around=unit.sealed.shield)
        held = held._replace(rates=held.through(()))
        return _Resting(held, _rate_at_1m(unit, held, unit.held_MBq))
    hardest = max(unit.bare.lines, key=lambda each: each.energy_MeV)
    step = evaluate(equations.behind_safe, {"K_safe": (rate, "uGy/h")}, unit.sealed.nuclide)
    return _Resting(_Leaking(hardest, Rates(rate, rate, 0.0)), (step,))


def _rate_at_1m(unit: Unit, behind: Behind, activity_MBq: float) -> tuple[Step, ...]:
    """Return the air kerma rate at 1 m of all sources behind what stands around them."""
    bare = at_1m(behind.lines, ()).kerma
    A = activity_MBq * MEGA / GIGA
    inputs = {
        "n": (1.0, ""),
        "A": (A, "GBq"),
        "Gamma": (bare / A, "uGy m2/(GBq h)"),
        "B_c": (behind.rates.kerma / bare, ""),
    }
    return (evaluate(equations.rate_at_1m, inputs, unit.sealed.nuclide),)


def _kernel_formulas(unit: Unit, t_week: float) -> Mapping[str, Formula]:
    most = _scaled(unit.bare, unit.more)
    used = (*dated(unit), *_rate_at_1m(unit, unit.bare, unit.used_MBq))
    held = _rate_at_1m(unit, most, unit.held_MBq)
    share, F2 = unit.sealed.exposed_in_busiest_hour, unit.treated.tissue_air_ratio
    if F2 is None:
        week, hour, more = equations.week, equations.hour, {}
    else:
        week, hour, more = equations.week_in_patient, equations.hour_in_patient, {"F2": (F2, "")}
    return {
        "week": partial(at_point, used, week, {"t": (t_week, "h"), **more}),
        "hour": partial(at_point, held, hour, {"t": (share, "h"), **more}),
        "beam_on": partial(at_point, held, equations.rate, {}),
    }


def at_point(
    first: tuple[Step, ...], formula: Equation, more: Mapping[str, tuple[float, str]], d: float, gain: float, B: float
) -> tuple[Step, ...]:
    """Return the steps to a dose at d metres behind barriers of transmission B, from the last of the first ones."""
    last = first[-1]
    inputs = {last.symbol: (last.value * gain, last.unit), "B": (B, ""), "d": (d, "m"), **more}
    return (*first, evaluate(formula, inputs, last.label))


def _radiation(
    unit: Unit, treatment: Treatment, resting: _Resting, ways: Mapping[Quality, Way], hours: float, quantity: str
) -> Radiation:
    """Return the terms of one unit, in air kerma or H*(10), with people there for so many hours a week."""
    found = Radiation(source=unit.source.id, notices=[*_notices(unit), *treatment.notices])
    found.tables += [*unit.made.emission.tables, ICRP74_TABLE, RULES_TABLE, *treatment.tables]
    found.tables += [*tables(merged(sheet(each) for each in unit.sealed.shield)), *_table_20(unit)]
    out, share = hours_out(unit, hours), unit.sealed.exposed_in_busiest_hour
    in_safe = (hours - out, 1 - share) if unit.more == 1 else (hours, 1.0)
    for quality, way in ways.items():
        rate = way.rates.h10 if quantity == H10 else way.rates.kerma
        if quality.component == EXPOSED:
            patient = unit.in_patient
            amounts = (patient * rate * out / 1000, patient * rate * unit.more * share, rate * unit.more)
            starts, formulas = unit.treated.positions, treatment.formulas(out)
        else:
            amounts = (rate * in_safe[0] / 1000, rate * in_safe[1], rate)
            starts, formulas = (unit.sealed.position,), _at_rest(resting.first, *in_safe)
        found.terms.append(
            Term(
                kind=GAMMA,
                source=unit.source.id,
                beam=quality.component,
                starts=starts,
                quality=quality,
                amounts=dict(zip(("week", "hour", "beam_on"), amounts, strict=True)),
                formulas=formulas,
                gain=everywhere,
            )
        )
    return found


def _at_rest(first: tuple[Step, ...], t_week: float, t_hour: float) -> Mapping[str, Formula]:
    return {
        "week": partial(at_point, first, equations.week, {"t": (t_week, "h")}),
        "hour": partial(at_point, first, equations.hour, {"t": (t_hour, "h")}),
        "beam_on": partial(at_point, first, equations.rate, {}),
    }


def _table_20(unit: Unit) -> tuple[str, ...]:
    counted = unit.treated.kerma_constant is not None or unit.treated.tissue_air_ratio is not None
    return (TABLE_20,) if counted else ()


def _notices(unit: Unit) -> list[Notice]:
    source, treated = unit.source.id, unit.treated
    said = [*unit.made.emission.notices, Notice("assumptions.brachy_scatter", {"source": source})]
    if unit.sealed.reference_date is None:
        said.append(Notice("assumptions.gamma_as_stated", {"source": source}))
    elif treated.maximum_activity_Bq is None:
        said.append(Notice("warnings.brachy_decayed", {"source": source}))
    else:
        said.append(Notice("warnings.brachy_week_decayed", {"source": source}))
    said.append(Notice("assumptions.gamma_point", {"source": source}))
    if len(treated.positions) > 1:
        said.append(Notice("assumptions.brachy_positions", {"source": source}))
    if treated.treatments_in_busiest_hour is None:
        said.append(Notice("assumptions.brachy_hour", {"source": source}))
    if treated.tissue_air_ratio is not None:
        said.append(Notice("warnings.brachy_patient", {"source": source, "F2": f"{treated.tissue_air_ratio:g}"}))
    if treated.safe_rate_uSv_per_h is not None:
        rate = f"{treated.safe_rate_uSv_per_h:g}"
        said.append(Notice("assumptions.brachy_safe_rate", {"source": source, "rate": rate}))
    return said
