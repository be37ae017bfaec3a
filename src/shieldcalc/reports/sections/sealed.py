"""Sealed sources in the report: what they are, what stands around them, how long they are exposed."""

from collections.abc import Iterator

from shieldcalc.model.design import SealedSource
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.sections.bodies import shape_facts
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
    yield from shape_facts(sealed, words)
    yield words.say("label.container"), words.layers(sealed.container) if sealed.container else dash


def exposure_facts(sealed: SealedSource, words: Words) -> Iterator[tuple[str, str]]:
    """Yield label and value of how long a sealed source is exposed, and behind what it is otherwise."""
    yield words.say("label.exposed_per_week"), words.optional(sealed.exposed_h_per_week, "h")
    yield words.say("label.exposed_in_busiest_hour"), words.optional(_MINUTES * sealed.exposed_in_busiest_hour, "min")
    if sealed.shield:
        yield words.say("label.shield"), words.layers(sealed.shield)
