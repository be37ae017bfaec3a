"""The photon data of one source's lines in every material met so far, grown as further materials are asked for."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from shieldcalc.model.bodies import Body
from shieldcalc.photons.attenuation import coefficients
from shieldcalc.photons.buildup import BELOW_LINE, FITTED_MFP, Between, Row, curve
from shieldcalc.photons.materials import Material, declared, material
from shieldcalc.photons.rules import rule
from shieldcalc.physics.point_kernel import arrays
from shieldcalc.physics.point_kernel.arrays import Floats, Media, depths
from shieldcalc.physics.point_kernel.many import gp_log_buildup

_NEGLIGIBLE = 1e-6  # of the air kerma of the strongest line, at any place
_BELOW = 1 - 1e-9  # depths end at the limit; what reaches it is told


class Palette:
    """Materials with their densities at some energies (MeV), and after these a last column that nothing attenuates."""

    def __init__(self, energies_MeV: Sequence[float]) -> None:
        self.energies_MeV = tuple(energies_MeV)
        self.limit_mfp = rule("buildup_limit_mfp")
        self._places: dict[tuple[Material, float], int] = {}
        self._mu: list[Floats] = []
        self._tables: list[Floats] = []
        self._counted: dict[tuple[bytes, frozenset[tuple[tuple[int, float], ...]]], NDArray[np.intp]] = {}
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
            self._counted.clear()
        return place

    def __len__(self) -> int:
        return len(self._places)

    def media(self) -> Media:
        """Return the photon data of all materials so far; the names are their places."""
        if self._media is None:
            names = tuple(str(place) for place in range(max(1, len(self._mu))))
            mu = np.array(self._mu or [np.zeros(len(self.energies_MeV) + 1)])
            tables = np.array(self._tables or [np.zeros((len(self.energies_MeV) + 1, len(_nodes(self.limit_mfp))))])
            self._media = Media(names, mu, tables, self.limit_mfp * _BELOW)
        return self._media

    def counted(self, strengths: Floats, stacks: Iterable[Sequence[tuple[int, float]]]) -> NDArray[np.intp]:
        """Return the columns that count behind stacks (place, length in m), the last among them.

        A line is left out that every material holds back more than the strongest line behind each stack, and of
        which, with the most buildup of the tables, next to nothing is left there: whatever else stands in the way only
        lowers its share. All that are left out are less than ``_NEGLIGIBLE`` together.
        """
        key = strengths.tobytes(), frozenset(map(tuple, stacks))
        if key not in self._counted:
            self._counted[key] = np.append(np.flatnonzero(~self._faint(strengths, key[1])), len(strengths))
        return self._counted[key]

    def _faint(self, strengths: Floats, stacks: Iterable[tuple[tuple[int, float], ...]]) -> NDArray[np.bool_]:
        media = self.media()
        out = np.ones(len(strengths), np.bool_)
        most = media.log_buildup[:, :-1, -1].max(axis=0)
        logs = np.log(np.where(strengths > 0, strengths, 1e-300))
        least = log(_NEGLIGIBLE / max(1, len(strengths)))
        for stack in stacks:
            depth = sum((length * media.mu_per_m[place, :-1] for place, length in stack), np.zeros(len(strengths)))
            first = int(np.argmax(logs - depth)) if len(logs) else 0
            out &= logs - depth + most < (logs - depth)[first] + least
            if not out.any():
                break
            out &= (media.mu_per_m[:, :-1] >= media.mu_per_m[:, [first]]).all(axis=0)
        return out

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
    polynomial, straight = np.zeros(len(x)), np.zeros(len(x))
    for weight, share, row in of.parts:
        polynomial += weight * _row(row)
        straight += share * _row(row)
    logs = np.maximum(polynomial, straight - BELOW_LINE)
    first, reach, (depth, height) = of.buildup_begins(), of.held_until_mfp, of.crest
    known = np.where(x < first[0], np.log1p((first[1] - 1) * x / first[0]), np.maximum(logs, 0.0))
    held = np.where(x < depth, x + height, np.minimum(known, x + height))
    return np.asarray(np.where(x <= 0, 0.0, np.where(x <= reach, held, known)), np.float64)


@lru_cache(maxsize=2048)
def _row(row: Row) -> Floats:
    """Return ln B of a row at all depths of the tables, as ``row.log_buildup`` gives it."""
    if isinstance(row, Between):
        one, other = _row(row.low), _row(row.high)
        return np.clip(_row(row.row), np.minimum(one, other), np.maximum(one, other))
    x = _nodes(rule("buildup_limit_mfp"))
    logs = gp_log_buildup(row.b, row.c, row.a, row.Xk, row.d, np.minimum(x, FITTED_MFP))
    if row.depths:
        logs += np.where(x > 0, np.interp(x, (0.0, *row.depths), (0.0, *row.log_ratios)), 0.0)
    beyond = x > FITTED_MFP
    logs[beyond] = [row.log_buildup(each) for each in x[beyond].tolist()]
    return logs
