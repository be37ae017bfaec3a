"""Bremsstrahlung that no dose counts: little beside the photons of a bare source, not behind lead that stops those.

Of each part of a dose the upper bound of the bremsstrahlung behind the container and the barriers that it crosses is
set beside its photons there. Bodies count for nothing against the bound. Where the whole, with all bounds, keeps a
limit, the limit is kept; else that is not shown.
"""

from collections.abc import Iterator
from math import fsum
from operator import itemgetter
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.design import Layer, Source
from shieldcalc.model.result import Component, PointResult
from shieldcalc.model.scene import Scene
from shieldcalc.photons.rules import rule
from shieldcalc.photons.source import Source as Emitted
from shieldcalc.photons.source import betas_of, of_nuclide
from shieldcalc.physics.gamma.betas import of_betas, room_Z
from shieldcalc.physics.gamma.passing import at_1m, sheet
from shieldcalc.physics.gamma.sealed import SHIELDED

PER_BQ = 1e9


class Uncounted(NamedTuple):
    """How many times the known dose the whole is at most, and what is to be said of the source that adds most."""

    times: float
    reason: Notice


def uncounted(sources: tuple[Source, ...], scene: Scene, found: PointResult) -> Uncounted | None:
    """Return by how much bremsstrahlung that no dose counts may raise a dose; None where it is little."""
    of = {each.id: (each, scene) for each in sources}
    of |= {each.id: (each, other.scene) for other in scene.others for each in other.scene.sources}
    known = [(_times(*of[each.source], each), each) for each in found.components if each.source in of]
    if not any(times for times, _ in known):
        return None
    times = max(_share(found, known, column) for column in ("beam_on_uGy_per_h", "hour_uGy", "week_mGy"))
    if times <= rule("bremsstrahlung_behind_share"):
        return None
    _, most = max(known, key=itemgetter(0))
    return Uncounted(1 + times, Notice("findings.bremsstrahlung_uncounted", {"source": most.source}))


def uncounted_around(source: Source, scene: Scene) -> Uncounted | None:
    """Return by how much it may raise the rates around a source at rest in its container and shield."""
    emits = _emission(source)
    if emits is None or source.sealed is None:
        return None
    layers = (*source.sealed.container, *source.sealed.shield)
    times = of_betas(emits, layers, room_Z(scene)).h10 / at_1m(emits.lines, layers).kerma
    if times <= rule("bremsstrahlung_behind_share"):
        return None
    return Uncounted(1 + times, Notice("findings.bremsstrahlung_uncounted", {"source": source.id}))


def _share(found: PointResult, known: list[tuple[float, Component]], column: str) -> float:
    whole = fsum(getattr(each.kerma, column) or 0.0 for each in found.components)
    added = fsum(times * (getattr(each.kerma, column) or 0.0) for times, each in known)
    return added / whole if whole else max(times for times, _ in known)


def _times(source: Source, scene: Scene, part: Component) -> float:
    """Return how many times the photons of one part the bound of its bremsstrahlung is; 0 where it is counted."""
    emits = _emission(source)
    if emits is None or part.transmission is None:
        return 0.0
    own = tuple(around(source, part.beam))
    crossed = tuple(layer for name in part.crossed if name in scene.by_id for layer in scene.by_id[name].layers)
    Z = room_Z(scene) if source.sealed else rule("patient_Z")
    bound = of_betas(emits, (*own, *filter(_known, crossed)), Z).h10
    photons = at_1m(emits.lines, own).kerma * part.transmission
    return bound / photons if photons else float("inf")


def _emission(source: Source) -> Emitted | None:
    """Return what a source emits with all its betas; None where none are left out."""
    of = source.sealed or source.patients
    if of is None or (source.sealed is not None and source.sealed.brachytherapy is not None):
        return None
    try:
        found = of_nuclide(of.nuclide, PER_BQ, daughters=of.daughters, cutoff_MeV=of.cutoff_MeV, counted=True)
    except OutsideDataError:
        return None
    betas = () if found.betas else betas_of(found.members, found.cutoff_MeV)
    return found._replace(betas=betas) if betas else None


def around(source: Source, beam: str) -> Iterator[Layer]:
    """Yield the layers that stand around a source while it gives one of its beams."""
    if source.sealed is not None:
        yield from source.sealed.container
        if beam == SHIELDED:
            yield from source.sealed.shield


def _known(layer: Layer) -> bool:
    try:
        return sheet(layer).thickness_mm > 0
    except OutsideDataError:
        return False
