"""An upper bound of the dose of bremsstrahlung from beta emitters; always flagged.

A share 3.5e-4 Z E_max of the beta energy becomes photons, with E_max = 3 times the mean energy and Z the highest of
the layers, at least that of air. The photons are attenuated as if all had E_max, and converted at the energy up to
E_max (from the cut-off on) that gives most dose for their energy.
"""

from collections.abc import Mapping, Sequence
from math import exp, fsum
from typing import NamedTuple

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


def bound(source: Source, layers: Sequence[Layer], layer_rule: str) -> tuple[Bound, list[tuple[float, float]]]:
    """Return the bound per 1/(4 pi r^2) (pGy cm2/s, pSv cm2/s, R cm2/s), and (mean free paths, kerma) of each beta."""
    every = [symbol for each in layers for symbol, _ in each.material.weights]
    Z = max((float(elements()[symbol].z) for symbol in every), default=0.0)
    Z = max(Z, rule("air_Z"))
    parts = [_part(beta, radiated(beta, Z), layers, layer_rule, source.cutoff_MeV) for beta in source.betas]
    total = Bound(
        fsum(part.air_kerma for part, _ in parts),
        {name: fsum(part.doses[name] for part, _ in parts) for name in QUANTITIES},
        fsum(part.exposure for part, _ in parts),
        Z,
        max(beta.max_MeV for beta in source.betas),
    )
    return total, [(depth, part.air_kerma) for part, depth in parts]


def _part(beta: Beta, power: float, layers: Sequence[Layer], layer_rule: str, cutoff: float) -> tuple[Bound, float]:
    """Return the bound of one beta and the depth in mean free paths that governs it."""
    energies = _energies(cutoff, beta.max_MeV)
    rays = [ray(layers, energy) for energy in (energies if layers else energies[-1:])]
    governing = max(rays, key=lambda each: _through(each, layer_rule))
    through = power * _through(governing, layer_rule)
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
    ), governing.depth


def _through(each: Ray, layer_rule: str) -> float:
    return each.passed(layer_rule).transmission


def _energies(cutoff: float, highest: float) -> list[float]:
    """Return the energies of the tables from the cut-off to the highest, both included, inside the coefficients."""
    top = min(highest, range_MeV()[1])
    between = (exp(x) for x in medium("water").x)
    return [cutoff, *(energy for energy in between if cutoff < energy < top), top]
