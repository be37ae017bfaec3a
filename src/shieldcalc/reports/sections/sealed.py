"""Sealed sources in the report: what they are, what stands around them, how long they are exposed."""

from collections.abc import Iterator

from shieldcalc.model.brachytherapy import Brachytherapy
from shieldcalc.model.design import SealedSource, Xyz
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.sections.bodies import shape_facts
from shieldcalc.reports.words import Words

_MINUTES, _GIGA, _MEGA, _MILLI = 60.0, 1e9, 1e6, 1e3


def sealed_facts(sealed: SealedSource, words: Words) -> Iterator[tuple[str, str]]:
    """Yield label and value of what a sealed source is and what stands around it."""
    dash = words.say("dash")
    date = sealed.reference_date
    yield words.say("label.nuclide"), visible(sealed.nuclide)
    yield words.say("label.number"), words.shortest(sealed.number)
    yield words.say("label.activity_of_each"), words.optional(sealed.activity_Bq / _GIGA, "GBq")
    yield words.say("label.reference_date"), date.isoformat() if date else words.say("not_declared")
    if sealed.brachytherapy is not None:
        yield from _unit_facts(sealed, sealed.brachytherapy, words)
        return
    yield words.say("label.position_of_source"), _place(sealed.position, words)
    yield from shape_facts(sealed, words)
    yield words.say("label.container"), words.layers(sealed.container) if sealed.container else dash
    if sealed.cavity_m:
        yield words.say("label.cavity"), f"{words.shortest(sealed.cavity_m, 4)} m"
    if sealed.size_m is not None:
        yield words.say("label.source_size"), f"{words.shortest(1000 * sealed.size_m, 4)} mm"


def exposure_facts(sealed: SealedSource, words: Words) -> Iterator[tuple[str, str]]:
    """Yield label and value of how long a sealed source is exposed, and behind what it is otherwise."""
    if sealed.brachytherapy is not None:
        yield from _treatment_facts(sealed.brachytherapy, words)
    weekly, hourly = sealed.exposed_h_per_week, sealed.exposed_in_busiest_hour
    if sealed.exposures:
        weekly = sum(each.per_week * (each.hours + each.wind_out_h) for each in sealed.exposures)
        counts = ((each, each.per_week if (n := each.in_busiest_hour) is None else n) for each in sealed.exposures)
        hourly = min(1.0, sum(count * (each.hours + each.wind_out_h) for each, count in counts))
    yield words.say("label.exposed_per_week"), f"{words.shortest(weekly, 4)} h"
    yield words.say("label.exposed_in_busiest_hour"), f"{words.shortest(_MINUTES * hourly, 4)} min"
    if sealed.shield and sealed.brachytherapy is None:
        yield words.say("label.shield"), words.layers(sealed.shield)


def _unit_facts(sealed: SealedSource, treated: Brachytherapy, words: Words) -> Iterator[tuple[str, str]]:
    """Yield label and value of what an afterloading unit holds, where its sources go and where they rest."""
    if treated.kerma_constant is not None:
        kerma = sealed.activity_Bq / _MEGA * treated.kerma_constant / _MILLI
        yield words.say("label.reference_air_kerma_rate"), words.optional(kerma, "mGy/h")
    if treated.maximum_activity_Bq is not None:
        yield words.say("label.maximum_activity"), words.optional(treated.maximum_activity_Bq / _GIGA, "GBq")
    places = "; ".join(_place(place, words) for place in treated.positions)
    yield words.say("label.treatment_positions"), places
    yield words.say("label.safe_position"), _place(sealed.position, words)
    rate = treated.safe_rate_uSv_per_h
    yield words.say("label.safe"), words.layers(sealed.shield) if rate is None else words.optional(rate, "uSv/h")


def _treatment_facts(treated: Brachytherapy, words: Words) -> Iterator[tuple[str, str]]:
    """Yield label and value of a unit's treatments."""
    yield words.say("label.treatments_per_week"), words.optional(treated.treatments_per_week)
    yield words.say("label.time_per_treatment"), words.optional(_MINUTES * treated.treatment_h, "min")
    yield words.say("label.treatments_in_busiest_hour"), words.optional(treated.treatments_in_busiest_hour)
    if treated.tissue_air_ratio is not None:
        yield words.say("label.tissue_air_ratio"), words.shortest(treated.tissue_air_ratio)


def _place(place: Xyz, words: Words) -> str:
    return ", ".join(f"{words.shortest(at, 4)} m" for at in place)
