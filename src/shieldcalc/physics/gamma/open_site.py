"""Radiography on an open site: what its sources give at 1 m in the beam, outside it, on the way and at rest."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from shieldcalc.errors import Notice
from shieldcalc.model.design import SealedSource
from shieldcalc.model.result import Situation
from shieldcalc.model.scene import Scene
from shieldcalc.model.trace import Step, equation, evaluate
from shieldcalc.photons.rules import rule
from shieldcalc.physics.gamma.boundary import least_m
from shieldcalc.physics.gamma.emitter import Emitter
from shieldcalc.physics.gamma.presence import WHOLE_WEEK_H
from shieldcalc.physics.gamma.sealed import EXPOSED, SHIELDED, Part, parts

_REACH = "inverse square from every place of the source, all sources taken together"
Name = Literal["beam", "outside_beam", "wind_out", "at_rest"]
KERMA_OF = {
    "h10_beam_on_uSv_per_h": "air_kerma_beam_on_uGy_per_h",
    "h10_hour_uSv": "air_kerma_hour_uGy",
    "h10_week_mSv": "air_kerma_week_mGy",
    "h10_year_mSv": "air_kerma_year_mGy",
    "h10_year_full_occupancy_mSv": "air_kerma_year_full_occupancy_mGy",
}


@equation("R", "d_1 * sqrt(D_1 / D_max)", "m", _REACH)
def reach(d_1: float, D_1: float, D_max: float) -> float:
    """Return the distance at which D_1, the dose at d_1 metres, has fallen to D_max."""
    return float(d_1 * (D_1 / D_max) ** 0.5)


def reach_of(at_1m: float, limit: float, unit: str) -> Step:
    """Return the step that gives how far a dose of ``at_1m`` at 1 m stays above a limit in ``unit``."""
    return evaluate(reach, {"d_1": (1.0, "m"), "D_1": (at_1m, unit), "D_max": (limit, unit)})


def situations(scene: Scene, emitters: Mapping[str, Emitter]) -> Iterator[Situation]:
    """Yield what everything on an open site gives 1 m from where it is, as if all sources worked at one place.

    Whoever is d metres and more from every place of every source, in the beam or outside it, gets at most 1/d2 of it.
    On the way out of its device (and back) a source is bare in all directions: an upper value, at each moment alone.
    """
    if not scene.open_site:
        return
    sealed = [(source.sealed, emitters[source.id]) for source in scene.sources if source.sealed is not None]
    least = max([least_m(each.size_m) for each, _ in sealed])
    for name in ("beam", "outside_beam", "wind_out", "at_rest"):
        sums: dict[str, float] = {}
        for each, emitter in sealed:
            for quantity, value in _of(name, each, emitter).items():
                sums[quantity] = sums.get(quantity, 0.0) + value
        yield Situation(name=name, at_1m=sums, least_m=least)


def _of(name: Name, sealed: SealedSource, emitter: Emitter) -> dict[str, float]:
    """Return what one source gives in one situation, by field of Doses."""
    rates = {quality.component: way.rates for quality, way in emitter.ways.items()}
    if name in ("wind_out", "at_rest"):
        at = rates[EXPOSED] if name == "wind_out" else rates.get(SHIELDED, rates[EXPOSED])
        return {"h10_beam_on_uSv_per_h": at.h10, "air_kerma_beam_on_uGy_per_h": at.kerma}
    counted = [part for part in parts(sealed, WHOLE_WEEK_H) if _counts(name, part, sealed)]
    h10 = [(part, _share(part, sealed) * rates[part.way].h10) for part in counted]
    kerma = [(part, _share(part, sealed) * rates[part.way].kerma) for part in counted]
    by_kerma = {KERMA_OF[quantity]: value for quantity, value in _sums(kerma).items()}
    return {**_sums(h10), **by_kerma, "air_kerma_week_occupied_mGy": by_kerma["air_kerma_week_mGy"]}


def _counts(name: Name, part: Part, sealed: SealedSource) -> bool:
    """Return whether a part counts: in the beam what is not collimated, outside it the other of each pair."""
    if part.transit or part.beam in (SHIELDED, EXPOSED):
        return True
    collimator = next(each.collimator for each in sealed.exposures if each.id == part.beam)
    return part.inside if name == "beam" else collimator is None or not part.inside


def _share(part: Part, sealed: SealedSource) -> float:
    """Return by how much a stated attenuation lowers a part outside the cone; layers do it by their way."""
    if part.inside or part.way != EXPOSED:
        return 1.0
    collimator = next(each.collimator for each in sealed.exposures if each.id == part.beam)
    return 1.0 if collimator is None or collimator.attenuation is None else 1 / collimator.attenuation


def _sums(strengths: Sequence[tuple[Part, float]]) -> dict[str, float]:
    """Return rate (the largest: one source is at one place), hour, week and year with full occupancy."""
    week = sum(strength * part.week_h for part, strength in strengths) / 1000
    year = week * rule("gamma_weeks_per_year")
    return {
        "h10_beam_on_uSv_per_h": max(strength for part, strength in strengths if not part.transit),
        "h10_hour_uSv": sum(strength * part.hour for part, strength in strengths),
        "h10_week_mSv": week,
        "h10_year_mSv": year,
        "h10_year_full_occupancy_mSv": year,
    }


def open_notices(scene: Scene) -> Iterator[Notice]:
    """Yield what a reader of an open site's doses has to know."""
    if scene.open_site:
        yield Notice("assumptions.open_site", {})
        yield Notice("assumptions.open_site_together", {})
