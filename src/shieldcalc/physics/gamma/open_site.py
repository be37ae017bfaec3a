"""Radiography on an open site: what its sources give at 1 m in the beam, outside it, on the way and at rest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import sqrt
from typing import Literal

from shieldcalc.errors import Notice
from shieldcalc.kernels.roots import falling_root
from shieldcalc.model.design import Layer, SealedSource
from shieldcalc.model.result import Situation
from shieldcalc.model.scene import Scene
from shieldcalc.photons.rules import rule
from shieldcalc.photons.source import Emission
from shieldcalc.physics.gamma.emitter import Emitter
from shieldcalc.physics.gamma.passing import at_1m
from shieldcalc.physics.gamma.presence import WHOLE_WEEK_H
from shieldcalc.physics.gamma.sealed import EXPOSED, SHIELDED, Part, parts

AIR = "air"
Name = Literal["beam", "outside_beam", "wind_out", "at_rest"]
KERMA_OF = {
    "h10_beam_on_uSv_per_h": "air_kerma_beam_on_uGy_per_h",
    "h10_hour_uSv": "air_kerma_hour_uGy",
    "h10_week_mSv": "air_kerma_week_mGy",
    "h10_year_mSv": "air_kerma_year_mGy",
    "h10_year_full_occupancy_mSv": "air_kerma_year_full_occupancy_mGy",
}


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


def least_m(size_m: float | None) -> float:
    """Return the least distance of a boundary in m: five times the largest dimension of the source, where it is said."""
    return rule("boundary_least_m") if size_m is None else rule("point_sizes") * size_m


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
    if part.beam in (SHIELDED, EXPOSED):
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
        "h10_beam_on_uSv_per_h": max(strength for _, strength in strengths),
        "h10_hour_uSv": sum(strength * part.hour for part, strength in strengths),
        "h10_week_mSv": week,
        "h10_year_mSv": year,
        "h10_year_full_occupancy_mSv": year,
    }


def distance_m(
    lines: Sequence[Emission], layers: Sequence[Layer], limit: float, least: float, *, air: bool = False
) -> float:
    """Return how far in m the H*(10) rate of a point source behind layers stays above a limit in uSv/h.

    Inverse square; with ``air`` the air in between attenuates and builds up too, never above the value without it.
    Never less than ``least``.
    """
    bare = sqrt(at_1m(lines, layers).h10 / limit)
    if not air or bare <= least:
        return max(bare, least)
    thickness = sum(each.thickness_mm for each in layers) / 1000
    over = _over(lines, layers, limit, thickness)
    near = max(least, thickness)
    return near if over(near) <= 0 else falling_root(over, near, bare)


def _over(
    lines: Sequence[Emission], layers: Sequence[Layer], limit: float, thickness: float
) -> Callable[[float], float]:
    def over(d: float) -> float:
        air = max(0.0, d - thickness) * 1000
        stack = (*layers, Layer(material=AIR, thickness_mm=air)) if air else tuple(layers)
        return at_1m(lines, stack).h10 / d**2 / limit - 1

    return over


def open_notices(scene: Scene) -> Iterator[Notice]:
    """Yield what a reader of an open site's doses has to know."""
    if scene.open_site:
        yield Notice("assumptions.open_site", {})
        yield Notice("assumptions.open_site_together", {})
