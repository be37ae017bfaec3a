"""Mass attenuation and energy-absorption coefficients of mixtures, 1 keV to 20 MeV, both sides of edges kept.

Totals and mu_en: NIST tables (Hubbell and Seltzer); coherent scattering: NIST XCOM. The point kernel attenuates with
the total less coherent scattering: what is scattered coherently goes on. Coefficients of a mixture add up by weight
at every energy that any of its elements lists; ln-ln interpolation between. On an edge itself the value below it is
taken. From 10 keV on totals have more energies between two of NIST, by XCOM's parts: the sum of a steep and a
flat part is no straight line in logarithms, which would attenuate up to 5 % too much (data of BETWEEN_TABLE).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import exp, inf, log
from operator import itemgetter
from typing import NamedTuple

from shieldcalc.errors import OutsideDataError
from shieldcalc.photons.blocks import block
from shieldcalc.photons.elements import elements

NIST_TABLE = "attenuation/nist_elements.csv"
XCOM_TABLE = "attenuation/xcom_partial.csv"
BETWEEN_TABLE = "attenuation/between_nodes.csv"
AVOGADRO_PER_BARN = 0.602214076  # barn per atom times mol^-1 to cm2/mol: exact value of the SI
_LAST_BITS, _KEPT = 1e-12, 8192
Weights = tuple[tuple[str, float], ...]


class Logs(NamedTuple):
    """A curve as ln E (MeV) and ln y; an edge is one abscissa twice, below and above."""

    x: Sequence[float]
    y: Sequence[float]

    def at(self, x: float, *, above: bool = False) -> float:
        """Return y at ln E = x, ln-ln; on an edge the value below it, or above it where asked."""
        i = (bisect_right if above else bisect_left)(self.x, x)
        i = min(max(i, 1), len(self.x) - 1)
        x0, x1 = self.x[i - 1], self.x[i]
        if x0 == x1:
            return exp(self.y[i] if above else self.y[i - 1])
        return exp(self.y[i - 1] + (self.y[i] - self.y[i - 1]) * (x - x0) / (x1 - x0))


class Coefficients(NamedTuple):
    """Coefficients of one mixture in cm2/g as curves over energy."""

    total: Logs
    without_coherent: Logs
    energy_absorption: Logs

    def mu_rho(self, energy_MeV: float) -> float:
        """Return the total mass attenuation coefficient, coherent scattering included (cm2/g)."""
        return self.total.at(self._checked(energy_MeV))

    def kernel_mu_rho(self, energy_MeV: float) -> float:
        """Return the mass attenuation coefficient less coherent scattering (cm2/g): that of the point kernel."""
        return self.without_coherent.at(self._checked(energy_MeV))

    def muen_rho(self, energy_MeV: float) -> float:
        """Return the mass energy-absorption coefficient (cm2/g)."""
        return self.energy_absorption.at(self._checked(energy_MeV))

    def _checked(self, energy_MeV: float) -> float:
        """Return ln E; refuses energies outside the NIST tables."""
        low, high = self.total.x[0], self.total.x[-1]
        x = log(energy_MeV) if energy_MeV > 0 else -inf
        if not low - _LAST_BITS <= x <= high + _LAST_BITS:
            energy, least, most = (f"{each * 1e3:g}" for each in (energy_MeV, exp(low), exp(high)))
            raise OutsideDataError("photon_energy", energy=energy, low=least, high=most)
        return x


@cache
def coefficients(weights: Weights) -> Coefficients:
    """Return the coefficients of a mixture by weight fractions ((symbol, fraction), ...)."""
    parts = [(share, *_curves(elements()[symbol].z)) for symbol, share in weights]
    nodes = _nodes([total.x for _, total, _, _ in parts])
    sums: tuple[list[float], list[float], list[float]] = ([], [], [])
    for x, above in nodes:
        total = sum(share * curve.at(x, above=above) for share, curve, _, _ in parts)
        coherent = sum(share * curve.at(x) for share, _, _, curve in parts)
        sums[0].append(log(total))
        sums[1].append(log(total - coherent))
        sums[2].append(log(sum(share * curve.at(x, above=above) for share, _, curve, _ in parts)))
    grid = [each for each, _ in nodes]
    return Coefficients(Logs(grid, sums[0]), Logs(grid, sums[1]), Logs(grid, sums[2]))


@lru_cache(maxsize=_KEPT)
def kernel_mu_rho(weights: Weights, energy_MeV: float) -> float:
    """Return ``Coefficients.kernel_mu_rho`` of a mixture (cm2/g), the last ones kept: lines cross many thicknesses."""
    return coefficients(weights).kernel_mu_rho(energy_MeV)


def edges_MeV(symbol: str) -> list[float]:
    """Return the absorption edges of an element from 1 keV on, in MeV, rising."""
    x = _nist(elements()[symbol].z)[0].x
    return [exp(a) for a, b in pairwise(x) if a == b]


def coherent_mu_rho(symbol: str, energy_MeV: float) -> float:
    """Return the coherent mass attenuation coefficient of one element (cm2/g)."""
    return _coherent(elements()[symbol].z).at(log(energy_MeV))


def _nodes(grids: Sequence[Sequence[float]]) -> list[tuple[float, bool]]:
    """Return every ln E of several grids, edges twice: (ln E, above the edge)."""
    every = {x for grid in grids for x in grid}
    edges = {a for grid in grids for a, b in pairwise(grid) if a == b}
    return [(x, above) for x in sorted(every) for above in ((False, True) if x in edges else (False,))]


def _curves(z: int) -> tuple[Logs, Logs, Logs]:
    """Return total, energy absorption and coherent curves of one element."""
    return _total(z), _nist(z)[1], _coherent(z)


@cache
def _total(z: int) -> Logs:
    """Return the total of one element at NIST's energies and between them."""
    nist = _nist(z)[0]
    between = [(log(float(row[1])), log(float(row[2]))) for row in block(BETWEEN_TABLE, str(z))]
    every = [*zip(nist.x, nist.y, strict=True), *((x, log(nist.at(x)) + share) for x, share in between)]
    rising = sorted(every, key=itemgetter(0))  # stable: an edge keeps its order, below and above
    return Logs([x for x, _ in rising], [y for _, y in rising])


@cache
def _nist(z: int) -> tuple[Logs, Logs]:
    """Return total and energy-absorption curves of one element."""
    rows = block(NIST_TABLE, str(z))
    x = [log(float(row[2])) for row in rows]
    return Logs(x, [log(float(row[3])) for row in rows]), Logs(x, [log(float(row[4])) for row in rows])


@cache
def _coherent(z: int) -> Logs:
    weight = next(each.weight for each in elements().values() if each.z == z)
    rows = block(XCOM_TABLE, str(z), "coherent")
    scale = log(AVOGADRO_PER_BARN / weight)
    return Logs([log(float(row[2])) for row in rows], [log(float(row[3])) + scale for row in rows])
