"""Where what is computed of an accelerator is not all of its dose: neutrons from 10 MV, skyshine over a thin roof."""

from collections.abc import Iterable, Iterator, Mapping

from shieldcalc.errors import Notice, UnitError
from shieldcalc.model.design import Layer, Source
from shieldcalc.model.result import Component, PointResult
from shieldcalc.model.scene import Barrier, Scene
from shieldcalc.physics.therapy.document import PRIMARY
from shieldcalc.physics.therapy.energy import Energy, megavolts
from shieldcalc.physics.therapy.rules import SKYSHINE, UNVERIFIED
from shieldcalc.physics.therapy.stray import LAMINATE, NEUTRON

CONCRETE = "concrete"
SOLID = ("wall", "floor", "ceiling")


def makes_neutrons(source: Source) -> bool:
    """Return whether neutrons of an accelerator have to be thought of."""
    energies = () if source.accelerator is None else source.accelerator.energies
    return any(Energy(MV=each.MV).makes_neutrons for each in energies)


def photons_alone(scene: Scene, found: PointResult) -> Notice | None:
    """Return what of the neutrons is not in the dose at a point, None where all of them are.

    With neutrons among its components: those that a primary beam makes in metal. Without them concrete made for the
    photons holds neutrons back: walls, floors and ceilings of nothing else with no opening on their edge.
    """
    every = (scene, *(each.scene for each in scene.others))
    sources = sorted(source.id for one in every for source in one.sources if makes_neutrons(source))
    if not sources:
        return None
    parts = [part for part in found.components if part.source in sources]
    if {part.source for part in parts if part.kind == NEUTRON} == {*sources}:
        return _made_in_metal(
            {name: each for one in every for name, each in one.by_id.items()},
            found,
            parts,
        )
    crossed = [part.crossed for part in parts]
    named = sorted(set(_not_concrete(scene, {name for names in crossed for name in names})))
    if all(crossed) and not named:
        return None
    told = {"source": ", ".join(sources), "barriers": ", ".join(named) or found.point.id}
    return Notice("findings.linac_neutrons", told)


def _made_in_metal(by_id: Mapping[str, Barrier], found: PointResult, parts: list[Component]) -> Notice | None:
    """Return that neutrons made in metal by a primary beam are not computed, None where they are or no metal is."""
    known = {(part.source, part.beam, part.crossed) for part in parts if part.kind == LAMINATE}
    primary = [part for part in parts if part.kind == PRIMARY and _energetic(part) and _key(part) not in known]
    crossed = {name for part in primary for name in part.crossed}
    named = sorted(name for name in crossed if name in by_id and any(map(_is_metal, by_id[name].layers)))
    if not named:
        return None
    told = {"source": ", ".join(sorted({part.source for part in primary})), "barriers": ", ".join(named)}
    return Notice("findings.linac_neutrons_made", {**told, "point": found.point.id})


def _key(part: Component) -> tuple[str, str, tuple[str, ...]]:
    return part.source, part.beam, part.crossed


def _energetic(part: Component) -> bool:
    """Return whether a part is of a beam that makes neutrons; one whose energy is not told may be."""
    try:
        return megavolts(part.beam).makes_neutrons
    except UnitError:
        return True


def _is_metal(layer: Layer) -> bool:
    from shieldcalc.physics.therapy.barrier import is_heavy

    return is_heavy(layer.material)


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
