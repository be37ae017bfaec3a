"""Gammas of fission and of its captured neutrons, which no dose counts: little beside bare photons, not behind layers.

The neutrons count with nothing in their way; those gammas are at most so many times as much (``fission_gammas_most``).
Where a dose with them keeps a limit, the limit is kept; else that is not shown.
"""

from math import fsum

from shieldcalc.assess.bremsstrahlung import PER_BQ, Uncounted, around
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.design import Source
from shieldcalc.model.result import Component, PointResult
from shieldcalc.model.scene import Scene
from shieldcalc.photons.nuclides import is_neutron_source
from shieldcalc.photons.rules import rule
from shieldcalc.photons.source import Source as Emitted
from shieldcalc.photons.source import of_nuclide
from shieldcalc.physics.gamma.passing import at_1m, neutrons_at_1m

_COLUMNS = ("beam_on_uGy_per_h", "hour_uGy", "week_mGy")


def of_fission(sources: tuple[Source, ...], scene: Scene, found: PointResult) -> Uncounted | None:
    """Return by how much gammas that fission neutrons bring along may raise a dose; None where it is little."""
    every = {each.id: each for each in (*sources, *(each for other in scene.others for each in other.scene.sources))}
    emitting = {name: emits for name, each in every.items() if (emits := _emission(each)) is not None}
    known = [
        (_times(emitting[each.source], every[each.source], each), each)
        for each in found.components
        if each.source in emitting
    ]
    return _told(known, found) if known else None


def around_source(source: Source) -> Uncounted | None:
    """Return by how much they may raise the rates around a source at rest in its container and shield."""
    emits = _emission(source)
    if emits is None or source.sealed is None:
        return None
    neutrons = neutrons_at_1m(emits.neutrons_per_s)
    photons = at_1m(emits.lines, (*source.sealed.container, *source.sealed.shield)).kerma
    return _open(neutrons / (neutrons + photons), source.id)


def _told(known: list[tuple[float, Component]], found: PointResult) -> Uncounted | None:
    shares = []
    for column in _COLUMNS:
        photons = fsum(getattr(each.kerma, column) or 0.0 for each in found.components)
        neutrons = fsum(times * (getattr(each.kerma, column) or 0.0) for times, each in known)
        shares.append(neutrons / (neutrons + photons) if neutrons else 0.0)
    return _open(max(shares), known[0][1].source)


def _open(share: float, source: str) -> Uncounted | None:
    """Return what a share of neutrons in a dose leaves open."""
    if share <= rule("neutron_refused_share"):
        return None
    missing = Notice("warnings.fission_left_out", {})
    reason = Notice("findings.gamma_left_out", {"source": source, "missing": missing})
    return Uncounted(1 + rule("fission_gammas_most") * share, reason)


def _times(emits: Emitted, source: Source, part: Component) -> float:
    """Return how many times the air kerma of one part H*(10) of its neutrons is, with nothing in their way."""
    photons = at_1m(emits.lines, tuple(around(source, part.beam))).kerma * (part.transmission or 0.0)
    return neutrons_at_1m(emits.neutrons_per_s) / photons if photons else 0.0


def _emission(source: Source) -> Emitted | None:
    """Return what a sealed source emits; None where it makes no neutrons by fission."""
    sealed = source.sealed
    if sealed is None or is_neutron_source(sealed.nuclide):
        return None
    try:
        found = of_nuclide(
            sealed.nuclide, PER_BQ, daughters=sealed.daughters, cutoff_MeV=sealed.cutoff_MeV, counted=True
        )
    except OutsideDataError:
        return None
    return found if found.neutrons_per_s else None
