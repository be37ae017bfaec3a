"""An upper bound of the dose of bremsstrahlung from beta emitters; always flagged.

A share 3.5e-4 Z E_max of the beta energy becomes photons, with E_max = 3 times the mean energy and Z the highest of
the layers, at least that of air, or that of where the betas stop. The photons are attenuated as if all had the energy
up to E_max that passes best (mostly E_max itself; in lead 88.0 keV, just below the K edge, passes better than 150 keV),
and converted at the energy up to E_max, from the cut-off on, that gives most dose for their energy.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import exp, fsum
from typing import NamedTuple

from shieldcalc.photons.attenuation import edges_MeV
from shieldcalc.photons.buildup import medium
from shieldcalc.photons.dose import QUANTITIES, per_fluence, range_MeV
from shieldcalc.photons.elements import elements
from shieldcalc.photons.rules import rule
from shieldcalc.photons.shield import Layer, Ray, ray
from shieldcalc.photons.source import Beta, Source, radiated


class Bound(NamedTuple):
    """Upper values in the units of what they are added to: kerma, ``doses``, exposure; Z and E_max taken."""

    air_kerma: float
    doses: Mapping[str, float]
    exposure: float
    Z: float
    max_MeV: float


def highest_Z(layers: Iterable[Layer]) -> float:
    """Return the highest atomic number in layers, at least that of air."""
    every = (float(elements()[symbol].z) for each in layers for symbol, _ in each.material.weights)
    return max((*every, rule("air_Z")))


def bound(
    source: Source, layers: Sequence[Layer], layer_rule: str, *, Z: float | None = None, within: bool = False
) -> tuple[Bound, list[tuple[float, float]]]:
    """Return the bound per 1/(4 pi r^2) (pGy cm2/s, pSv cm2/s, R cm2/s), and (mean free paths, kerma) of each beta.

    ``Z``: where the betas stop, if not in the highest of the layers. ``within``: layers beyond the reach of the buildup
    tables count for nothing; else what lies deeper is for the caller to refuse.
    """
    Z = highest_Z(layers) if Z is None else Z
    parts = [_part(beta, radiated(beta, Z), source.cutoff_MeV, layers, layer_rule, within) for beta in source.betas]
    total = Bound(
        fsum(part.air_kerma for part, _ in parts),
        {name: fsum(part.doses[name] for part, _ in parts) for name in QUANTITIES},
        fsum(part.exposure for part, _ in parts),
        Z,
        max(beta.max_MeV for beta in source.betas),
    )
    return total, [(depth, part.air_kerma) for part, depth in parts]


def _part(
    beta: Beta, power: float, cutoff: float, layers: Sequence[Layer], layer_rule: str, within: bool
) -> tuple[Bound, float]:
    """Return the bound of one beta and the depth in mean free paths that governs it."""
    energies = _energies(cutoff, beta.max_MeV)
    rays = [ray(layers, energy) for energy in (*energies, *_edges(layers, cutoff, beta.max_MeV))]
    share, depth = max((_through(each, layer_rule, within), each.depth) for each in rays)
    through = power * share
    worst = [(per_fluence(energy), energy) for energy in energies]
    return Bound(
        through * max(each.kerma / energy for each, energy in worst),
        {
            name: through * max(each.kerma * each.largest[name] / energy for each, energy in worst)
            for name in QUANTITIES
        },
        through * max(each.exposure / energy for each, energy in worst),
        0.0,
        beta.max_MeV,
    ), depth


def _through(each: Ray, layer_rule: str, within: bool) -> float:
    """Return what passes, of all layers or of those within the reach of the buildup tables."""
    return (each.within() if within else each).passed(layer_rule).transmission


def _edges(layers: Sequence[Layer], cutoff: float, highest: float) -> set[float]:
    """Return the absorption edges of the layers' elements up to the highest energy: just below them most passes."""
    symbols = {symbol for each in layers for symbol, _ in each.material.weights}
    return {edge for symbol in symbols for edge in edges_MeV(symbol) if cutoff < edge < highest}


def _energies(cutoff: float, highest: float) -> list[float]:
    """Return the energies of the tables from the cut-off to the highest, both included, inside the coefficients."""
    top = min(highest, range_MeV()[1])
    between = (exp(x) for x in medium("water").x)
    return [cutoff, *(energy for energy in between if cutoff < energy < top), top]
