"""The photon data of one source's lines in every material met so far, grown as further materials are asked for."""

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np

from shieldcalc.model.bodies import Body
from shieldcalc.photons.attenuation import coefficients
from shieldcalc.photons.buildup import GP, curve
from shieldcalc.photons.materials import Material, declared, material
from shieldcalc.photons.rules import rule
from shieldcalc.physics.point_kernel import arrays
from shieldcalc.physics.point_kernel.arrays import Floats, Media, depths

_BELOW = 1 - 1e-9  # depths end at the limit; what reaches it is told


class Palette:
    """Materials with their densities at some energies (MeV), and after these a last column that nothing attenuates."""

    def __init__(self, energies_MeV: Sequence[float]) -> None:
        self.energies_MeV = tuple(energies_MeV)
        self.limit_mfp = rule("buildup_limit_mfp")
        self._places: dict[tuple[Material, float], int] = {}
        self._mu: list[Floats] = []
        self._tables: list[Floats] = []
        self._media: Media | None = None

    def place(self, found: Material, density_g_per_cm3: float | None) -> int:
        """Return the place of a material; raises what its density raises."""
        density = found.density(density_g_per_cm3)
        place = self._places.get((found, density))
        if place is None:
            place = self._places[found, density] = len(self._places)
            mu = [100 * density * coefficients(found.weights).kernel_mu_rho(each) for each in self.energies_MeV]
            self._mu.append(np.array([*mu, 0.0]))
            tables = [_table(found, each) for each in self.energies_MeV]
            self._tables.append(np.array([*tables, np.zeros(len(_nodes(self.limit_mfp)))]))
            self._media = None
        return place

    def media(self) -> Media:
        """Return the photon data of all materials so far; the names are their places."""
        if self._media is None:
            names = tuple(str(place) for place in range(max(1, len(self._mu))))
            mu = self._mu or [np.zeros(len(self.energies_MeV) + 1)]
            tables = self._tables or [np.zeros((len(self.energies_MeV) + 1, len(_nodes(self.limit_mfp))))]
            self._media = Media(names, np.array(mu), np.array(tables), self.limit_mfp * _BELOW)
        return self._media

    def solids(self, bodies: Sequence[Body]) -> arrays.Solids:
        """Return bodies as the kernel reads them, with materials by their places here."""
        from dataclasses import replace

        placed = [
            replace(each, material=str(self.place(_of(each), each.density_g_per_cm3)), density_g_per_cm3=None)
            for each in bodies
        ]
        return arrays.solids(placed, self.media().names)


def _of(body: Body) -> Material:
    """Return the material of a body: one that the file declares, or a known one."""
    if not body.composition:
        return material(body.material)
    assert body.density_g_per_cm3 is not None, "a declared material has a density"
    return declared(body.material, body.composition, body.density_g_per_cm3)


@cache
def _nodes(most_mfp: float) -> Floats:
    return depths(most_mfp)


@cache
def _table(found: Material, energy_MeV: float) -> Floats:
    """Return ln B of ``photons.buildup.Curve`` at all depths of the tables."""
    of, x = curve(found, energy_MeV), _nodes(rule("buildup_limit_mfp"))
    logs = np.zeros(len(x))
    for weight, row in of.parts:
        logs += weight * _row(row)
    first, reach, (depth, height) = of.buildup_begins(), of.held_until_mfp, of.crest
    known = np.where(x < first[0], np.log1p((first[1] - 1) * x / first[0]), np.maximum(logs, 0.0))
    held = np.where(x < depth, x + height, np.minimum(known, x + height))
    return np.asarray(np.where(x <= 0, 0.0, np.where(x <= reach, held, known)), np.float64)


@lru_cache(maxsize=2048)
def _row(row: GP) -> Floats:
    return np.array([row.log_buildup(x) for x in _nodes(rule("buildup_limit_mfp")).tolist()])
