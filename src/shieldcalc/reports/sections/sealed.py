"""Sealed sources in the report: what they are, what stands around them, how long they are exposed."""

from collections.abc import Iterator

from shieldcalc.model.design import SealedSource
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.words import Words

_MINUTES, _GIGA = 60.0, 1e9


def sealed_facts(sealed: SealedSource, words: Words) -> Iterator[tuple[str, str]]:
    """Yield label and value of what a sealed source is and what stands around it."""
    dash = words.say("dash")
    date = sealed.reference_date
    yield words.say("label.nuclide"), visible(sealed.nuclide)
    yield words.say("label.number"), words.shortest(sealed.number)
    yield words.say("label.activity_of_each"), words.optional(sealed.activity_Bq / _GIGA, "GBq")
    yield words.say("label.reference_date"), date.isoformat() if date else words.say("not_declared")
    yield words.say("label.position_of_source"), ", ".join(f"{words.shortest(at, 4)} m" for at in sealed.position)
    yield words.say("label.container"), words.layers(sealed.container) if sealed.container else dash
    if sealed.cavity_m:
        yield words.say("label.cavity"), f"{words.shortest(sealed.cavity_m, 4)} m"
    if sealed.size_m is not None:
        yield words.say("label.source_size"), f"{words.shortest(1000 * sealed.size_m, 4)} mm"


def exposure_facts(sealed: SealedSource, words: Words) -> Iterator[tuple[str, str]]:
    """Yield label and value of how long a sealed source is exposed, and behind what it is otherwise."""
    weekly, hourly = sealed.exposed_h_per_week, sealed.exposed_in_busiest_hour
    if sealed.exposures:
        weekly = sum(each.per_week * (each.hours + each.wind_out_h) for each in sealed.exposures)
        counts = ((each, each.per_week if (n := each.in_busiest_hour) is None else n) for each in sealed.exposures)
        hourly = min(1.0, sum(count * (each.hours + each.wind_out_h) for each, count in counts))
    yield words.say("label.exposed_per_week"), f"{words.shortest(weekly, 4)} h"
    yield words.say("label.exposed_in_busiest_hour"), f"{words.shortest(_MINUTES * hourly, 4)} min"
    if sealed.shield:
        yield words.say("label.shield"), words.layers(sealed.shield)
