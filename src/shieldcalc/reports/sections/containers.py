"""Rates around the containers of sealed sources, and the exposures of radiography sources."""

from collections.abc import Iterator

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import SealedSource
from shieldcalc.model.radiography import Collimator, Exposure
from shieldcalc.model.result import ContainerRates
from shieldcalc.reports.blocks import Block, table
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.words import Words

_MINUTES, _SECONDS = 60.0, 3600.0


def rates(assessment: Assessment, words: Words, source: str = "") -> Block:
    """Return the highest rates around each container, of one source or of all; empty where there is none.

    The same by every method: of the first result that has them.
    """
    found = next((result.containers for result in assessment.results if result.containers), ())
    names = (("container_of", 1.4, "l"), ("container_state", 2.0, "l"), ("to_surface", 1.1, "r"))
    doses = (("at_surface", 1.5, "r"), ("at_1m_of_surface", 1.5, "r"), ("at_1m_of_source", 1.5, "r"))
    columns = [
        (words.say(f"column.{name}"), share, align)
        for name, share, align in (*names, *doses, ("transport_index", 1.0, "r"))
    ]
    return table(columns, (_row(each, words) for each in found if source in ("", each.source)))


def _row(found: ContainerRates, words: Words) -> list[str]:
    doses = (found.surface_uSv_per_h, found.at_1m_uSv_per_h, found.from_source_uSv_per_h)
    index = found.transport_index
    return [
        visible(found.source),
        words.say(f"container_state.{found.state}"),
        f"{words.shortest(found.surface_m, 4)} m",
        *(words.say("dash") if each is None else words.value(each, "uSv/h") for each in doses),
        words.say("dash") if index is None else words.shortest(index, 6),
    ]


def exposures(sealed: SealedSource, words: Words) -> Block:
    """Return the exposures of a radiography source; empty where it has none."""
    names = (("exposure_kind", 1.3, "l"), ("positions", 2.4, "l"), ("exposure_time", 1.0, "r"))
    last = (("wind_out", 1.0, "r"), ("per_week", 1.0, "r"), ("per_hour", 1.0, "r"), ("collimator", 3.0, "l"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in (*names, *last)]
    return table(columns, ([*_exposure(each, words)] for each in sealed.exposures))


def _exposure(exposure: Exposure, words: Words) -> Iterator[str]:
    yield visible(exposure.id)
    yield "; ".join(", ".join(words.shortest(at, 4) for at in place) for place in exposure.positions)
    yield f"{words.shortest(_MINUTES * exposure.hours, 4)} min"
    yield f"{words.shortest(_SECONDS * exposure.wind_out_h, 4)} s"
    yield words.optional(exposure.per_week)
    yield words.optional(exposure.in_busiest_hour)
    yield words.say("no_collimator") if exposure.collimator is None else collimator_text(exposure.collimator, words)


def collimator_text(found: Collimator, words: Words) -> str:
    """Return a collimator's cone and what it holds back outside it."""
    toward = ", ".join(words.shortest(at, 4) for at in found.toward)
    if found.attenuation is not None:
        kept = words.say("collimator_factor", value=words.shortest(found.attenuation), document=visible(found.document))
    else:
        kept = words.layers(found.layers)
    return words.say("collimator_cone", half=words.shortest(found.half_angle_deg), toward=toward, kept=kept)
