"""Bremsstrahlung of beta emitters in rooms: the upper bound of ``photons.bremsstrahlung`` behind a room's layers.

Of sources that stand in a room the betas stop in capsule, container, bodies or walls: the highest atomic number of all
of these counts everywhere, so that no layer of the room raises what passes it.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import fsum
from typing import NamedTuple

from shieldcalc.errors import OutsideDataError
from shieldcalc.model.design import Layer, SealedSource
from shieldcalc.model.scene import Scene
from shieldcalc.photons import source as emitted
from shieldcalc.photons.bremsstrahlung import bound, highest_Z
from shieldcalc.photons.dose import H10, PER_HOUR_AT_1M
from shieldcalc.photons.elements import elements
from shieldcalc.photons.rules import rule
from shieldcalc.photons.shield import BRODER, merged
from shieldcalc.physics.gamma.passing import Rates, sheet

UNKNOWN = "Pb"  # what lead glass and lead rubber, known by their mark alone, hold at most
_KEPT = 4096


class Betas(NamedTuple):
    """What a source emits, its betas among it, and the atomic number of where they stop at the least."""

    emission: emitted.Source
    Z: float

    def through(self, layers: Sequence[Layer]) -> Rates:
        """Return upper values of the bremsstrahlung at 1 m behind layers; a layer of higher Z than known raises them.

        Raises OutsideDataError for materials and densities that the photon data do not have.
        """
        return of_betas(self.emission, tuple(layers), max(self.Z, _highest(layers)))


def of_betas(found: emitted.Source, layers: tuple[Layer, ...], Z: float) -> Rates:
    """Return upper values of the bremsstrahlung at 1 m behind layers, of betas that stop in matter of Z.

    Beyond the reach of the buildup tables further layers count for nothing, as in ``passing.at_1m``.
    """
    return _bounded(emitted.Source((), betas=found.betas, cutoff_MeV=found.cutoff_MeV), layers, Z)


@lru_cache(maxsize=_KEPT)
def _bounded(betas: emitted.Source, layers: tuple[Layer, ...], Z: float) -> Rates:
    sheets = merged(sheet(each) for each in layers)
    added, parts = bound(betas, sheets, BRODER, Z=Z, within=True)
    beyond = fsum(kerma for depth, kerma in parts if depth > rule("buildup_limit_mfp"))
    return Rates(*(PER_HOUR_AT_1M * each for each in (added.air_kerma, added.doses[H10], beyond)))


def room_Z(scene: Scene) -> float:
    """Return the highest atomic number of everything that stands in or around a room, at least that of air."""
    return _highest(tuple(dict.fromkeys(_layers(scene))))


def bounds_betas(sealed: SealedSource) -> bool:
    """Say whether the bremsstrahlung of a source is bounded: of points, not of volumes and brachytherapy units."""
    return sealed.shape is None and sealed.brachytherapy is None


def rises(Z: float) -> bool:
    """Say whether lead built into a room would raise a bound that counts with this atomic number."""
    return elements()[UNKNOWN].z > Z


def _layers(scene: Scene) -> Iterator[Layer]:
    for barrier in scene.barriers:
        yield from barrier.layers
    for body in scene.bodies:
        yield Layer(
            material=body.material,
            thickness_mm=1.0,
            composition=body.composition,
            density_g_per_cm3=body.density_g_per_cm3,
        )
    for sealed in (each.sealed for each in scene.sources if each.sealed is not None):
        yield from (*sealed.container, *sealed.shield)
        for exposure in sealed.exposures:
            yield from exposure.collimator.layers if exposure.collimator else ()


def _highest(layers: Sequence[Layer]) -> float:
    return max((_of_layer(each) for each in layers), default=rule("air_Z"))


@lru_cache(maxsize=_KEPT)
def _of_layer(each: Layer) -> float:
    try:
        return highest_Z([sheet(each)])
    except OutsideDataError:
        return float(elements()[UNKNOWN].z)
