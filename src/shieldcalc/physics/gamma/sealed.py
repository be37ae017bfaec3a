"""Sealed sources as terms of radiation: one while exposed, one behind the shield in which they are otherwise.

Of the hours that people are at a place, the source is exposed in as many as it can be: an upper value.
"""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.design import Layer, SealedSource, Source
from shieldcalc.model.scene import Scene
from shieldcalc.model.trace import Equation, Step, evaluate
from shieldcalc.photons import source as emitted
from shieldcalc.photons.dose import H10, ICRP74_TABLE
from shieldcalc.photons.nuclides import SECONDS, nuclide
from shieldcalc.photons.rules import RULES_TABLE, rule
from shieldcalc.photons.shield import merged, notes, tables
from shieldcalc.physics.gamma import equations
from shieldcalc.physics.gamma.emitter import Emitter, Told
from shieldcalc.physics.gamma.passing import Rates, at_1m, neutrons_at_1m, sheet
from shieldcalc.physics.terms import Formula, Radiation, Term, everywhere

EXPOSED, SHIELDED = "exposed", "shielded"
GAMMA = "gamma"
KINDS = ("source_store", "gauge")
GIGA, WHOLE_WEEK_H = 1e9, 168.0


class Behind(NamedTuple):
    """The lines of a source, the layers that stand around it, H*(10) of fission neutrons at 1 m, its rates there."""

    source: str
    lines: tuple[emitted.Emission, ...]
    around: tuple[Layer, ...]
    neutrons_h10: float
    rates: Rates

    def through(self, stack: tuple[Layer, ...]) -> Rates:
        """Return the rates at 1 m behind further layers; neutrons of spontaneous fission are never held back."""
        found = at_1m(self.lines, (*self.around, *stack))
        return found._replace(h10=found.h10 + self.neutrons_h10)

    def told(self, stack: tuple[Layer, ...]) -> Told:
        """Return what has to be said of a stack."""
        sheets = merged(sheet(each) for each in (*self.around, *stack))
        said = (
            *notes(sheets, min(each.energy_MeV for each in self.lines)),
            *beyond_tables(self.source, self.through(stack)),
        )
        return Told("broder", tables(sheets), said)


class Made(NamedTuple):
    """A sealed source so many days after its reference date: what it emits, and its ways, exposed and shielded."""

    emission: emitted.Source
    days: float
    ways: Mapping[Quality, Behind]


def emitter(source: Source, scene: Scene) -> Emitter:
    """Return a sealed source as an emitter by the point kernel.

    Raises OutsideDataError for another kind of equipment, and what ``on_day`` raises.
    """
    sealed = source.sealed
    if sealed is None:
        raise OutsideDataError("gamma_kind", source=source.id, kind=source.kind, allowed=", ".join(KINDS))
    found = on_day(source, sealed, scene.on)
    around = (*sealed.container, *sealed.shield)
    return Emitter(
        position=sealed.position,
        nearest_m=sum(each.thickness_mm for each in around) / 1000,
        around=around,
        ways=found.ways,
        radiation=lambda hours_h, quantity: radiation_of(source, sealed, found, hours_h, quantity),
    )


def on_day(source: Source, sealed: SealedSource, on: date | None) -> Made:
    """Return what a source emits on a day.

    Raises OutsideDataError for neutron sources and spontaneous fission whose neutrons would
    matter behind its layers, beta emitters (their bremsstrahlung is only bounded), and a day before the reference date.
    """
    dates = None
    if sealed.reference_date is not None and on is not None:
        dates = emitted.Dates(sealed.reference_date.toordinal(), on.toordinal())
    try:
        found = emitted.of_nuclide(
            sealed.nuclide,
            sealed.number * sealed.activity_Bq,
            daughters=sealed.daughters,
            cutoff_MeV=sealed.cutoff_MeV,
            dates=dates,
        )
    except OutsideDataError as refused:
        raise OutsideDataError(refused.code, **{"source": source.id, **refused.params}) from None
    if found.members[0].name != nuclide(sealed.nuclide).name:
        raise OutsideDataError("photon_decayed", source=source.id, nuclide=sealed.nuclide)
    if found.betas:
        raise OutsideDataError("gamma_beta", source=source.id, nuclide=sealed.nuclide)
    neutrons = neutrons_at_1m(found.neutrons_per_s)
    share = neutrons / at_1m(found.lines, ()).h10
    if share > rule("neutron_refused_share"):
        raise OutsideDataError("photon_fission", source=source.id, nuclide=sealed.nuclide, share=f"{share:.3g}")
    ways = [(EXPOSED, sealed.container)]
    if sealed.exposed_h_per_week < WHOLE_WEEK_H:
        ways.append((SHIELDED, (*sealed.container, *sealed.shield)))
    behind = {}
    for way, around in ways:
        bare = Behind(source.id, found.lines, around, neutrons, Rates(0.0, 0.0, 0.0))
        behind[Quality("point_kernel", GAMMA, source.id, way)] = bare._replace(rates=bare.through(()))
    days = float(dates.on - dates.reference) if dates and dates.on and dates.reference else 0.0
    return Made(found, days, behind)


def radiation_of(source: Source, sealed: SealedSource, made: Made, hours: float, quantity: str) -> Radiation:
    """Return the terms of one source, in air kerma or H*(10), with people there for so many hours a week."""
    found = Radiation(source=source.id, notices=_notices(source, sealed, made))
    found.tables += [*made.emission.tables, ICRP74_TABLE, RULES_TABLE]
    exposed = min(sealed.exposed_h_per_week, hours)
    for quality, behind in made.ways.items():
        out = quality.component == EXPOSED
        t_week = exposed if out else hours - exposed
        t_hour = sealed.exposed_in_busiest_hour if out else 1 - sealed.exposed_in_busiest_hour
        first = _first(sealed, made, behind)
        formulas: dict[str, Formula] = {
            "week": partial(_at, first, equations.week, t_week),
            "hour": partial(_at, first, equations.hour, t_hour),
            "beam_on": partial(_at, first, equations.rate, None),
        }
        strength = behind.rates.h10 if quantity == H10 else behind.rates.kerma
        amounts = {"week": strength * t_week / 1000, "hour": strength * t_hour, "beam_on": strength}
        found.tables += tables(merged(sheet(each) for each in behind.around))
        found.terms.append(
            Term(
                kind=GAMMA,
                source=source.id,
                beam=quality.component,
                starts=(sealed.position,),
                quality=quality,
                amounts=amounts,
                formulas=formulas,
                gain=everywhere,
            )
        )
    return found


def _first(sealed: SealedSource, made: Made, behind: Behind) -> tuple[Step, ...]:
    """Return the activity on the day, and the air kerma rate at 1 m behind what stands around the source."""
    n = sealed.number
    total = made.emission.members[0].activity_Bq / GIGA
    bare = at_1m(behind.lines, ()).kerma
    A = total / n
    steps: tuple[Step, ...] = ()
    if sealed.reference_date is not None:
        steps = (_decay(sealed, made.days),)
        A = steps[0].value
    inputs = {
        "n": (float(n), ""),
        "A": (A, "GBq"),
        "Gamma": (bare / total, "uGy m2/(GBq h)"),
        "B_c": (behind.rates.kerma / bare, ""),
    }
    return (*steps, evaluate(equations.rate_at_1m, inputs, sealed.nuclide))


def _decay(sealed: SealedSource, days: float) -> Step:
    T_half = nuclide(sealed.nuclide).half_life_s / SECONDS["d"]
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
    if sealed.exposed_h_per_week >= WHOLE_WEEK_H:
        said.append(Notice("assumptions.gamma_always", {"source": source.id}))
    if made.emission.neutrons_per_s:
        said.append(Notice("warnings.gamma_fission", {"source": source.id}))
    lowest = min(each.energy_MeV for each in made.emission.lines)
    for behind in made.ways.values():
        said += notes(merged(sheet(each) for each in behind.around), lowest)
        said += beyond_tables(source.id, behind.rates)
    return said


def beyond_tables(source: str, rates: Rates) -> list[Notice]:
    """Return what to say where lines beyond the buildup tables make more than a thousandth of the air kerma."""
    if rates.beyond <= rule("beyond_limit_share") * rates.kerma:
        return []
    limit = f"{rule('buildup_limit_mfp'):g}"
    return [Notice("warnings.gamma_beyond_tables", {"source": source, "limit": limit})]
