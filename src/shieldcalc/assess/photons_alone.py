"""Where what is computed of an accelerator is not all of its dose: neutrons from 10 MV, skyshine over a thin roof."""

from collections.abc import Iterable, Iterator

from shieldcalc.errors import Notice
from shieldcalc.model.design import Source
from shieldcalc.model.result import PointResult
from shieldcalc.model.scene import Barrier, Scene
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.rules import SKYSHINE, UNVERIFIED

CONCRETE = "concrete"
SOLID = ("wall", "floor", "ceiling")


def makes_neutrons(source: Source) -> bool:
    """Return whether neutrons of an accelerator have to be thought of."""
    energies = () if source.accelerator is None else source.accelerator.energies
    return any(Energy(MV=each.MV).makes_neutrons for each in energies)


def photons_alone(scene: Scene, found: PointResult) -> Notice | None:
    """Return that neutrons are not in the dose at a point, None where concrete made for the photons holds them back.

    It does so for walls, floors and ceilings of nothing but concrete with no opening on their edge; with nothing in
    the way, behind metal, doors and windows, and beside these, neutrons count and are not computed.
    """
    sources = sorted(source.id for source in scene.sources if makes_neutrons(source))
    if not sources:
        return None
    crossed = [part.crossed for part in found.components if part.source in sources]
    named = sorted(set(_not_concrete(scene, {name for names in crossed for name in names})))
    if all(crossed) and not named:
        return None
    told = {"source": ", ".join(sources), "barriers": ", ".join(named) or found.point.id}
    return Notice("findings.linac_neutrons", told)


def under_skyshine(found: PointResult) -> Notice | None:
    """Return that skyshine is not in the dose at a point where the method says that it may matter."""
    said = (each for each in found.notices if each.code == SKYSHINE)
    return next((Notice("findings.linac_skyshine", {}) for _ in said), None)


def unverified(found: PointResult) -> Notice | None:
    """Return that a dose stands on figures that are not verified, where the method says so of a point."""
    said = (each for each in found.notices if each.code == UNVERIFIED)
    return next((Notice("findings.therapy_unverified", each.params) for each in said), None)


def _not_concrete(scene: Scene, names: Iterable[str]) -> Iterator[str]:
    edges = {barrier.edge for barrier in scene.barriers if barrier.host}
    for barrier in (scene.by_id[name] for name in names if name in scene.by_id):
        if not _is_concrete(barrier) or (barrier.edge is not None and barrier.edge in edges):
            yield barrier.id


def _is_concrete(barrier: Barrier) -> bool:
    return barrier.kind in SOLID and all(layer.material == CONCRETE for layer in barrier.layers)
