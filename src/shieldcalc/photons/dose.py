"""Conversion of photon fluence to dose: air kerma, H*(10), effective dose, exposure, each by its own table; ln-ln.

Behind a shield the collided photons are softer than the line: their air kerma times the largest ratio at any energy
up to the line's gives an upper value of H*(10) and of effective dose.
"""

from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from math import log
from typing import NamedTuple

from shieldcalc.errors import OutsideDataError
from shieldcalc.photons.attenuation import Logs
from shieldcalc.photons.blocks import block
from shieldcalc.tables import table

ICRP74_TABLE = "dose/icrp74_kerma_h10.csv"
ICRP116_EFFECTIVE_TABLE = "dose/icrp116_effective.csv"
ICRP74_EFFECTIVE_TABLE = "dose/icrp74_effective.csv"
EXPOSURE_TABLE = "dose/exposure.csv"
AIR_TABLE = "attenuation/nist_compounds.csv"
TABLES = (ICRP74_TABLE, ICRP116_EFFECTIVE_TABLE, ICRP74_EFFECTIVE_TABLE, EXPOSURE_TABLE, AIR_TABLE)
GEOMETRIES = ("AP", "PA", "ROT", "ISO")
KERMA, H10 = "air_kerma", "ambient_dose_equivalent"
E116, E74 = "icrp116", "icrp74"
QUANTITIES = (H10, *(f"{set_}_{each}" for set_ in (E116, E74) for each in GEOMETRIES))
JOULE_PER_MEV = 1.602176634e-13  # exact value of the SI
_LAST_BITS = 1e-12


class PerFluence(NamedTuple):
    """Dose per photon fluence at one energy: air kerma (pGy cm2); exposure (R cm2); ``ratios`` and ``largest`` Sv/Gy.

    ``ratios`` holds each quantity over air kerma at this energy, ``largest`` the largest such ratio up to this energy.
    """

    kerma: float
    exposure: float
    ratios: Mapping[str, float]
    largest: Mapping[str, float]


@cache
def per_fluence(energy_MeV: float) -> PerFluence:
    """Return the conversion coefficients at one energy; refuses energies outside ICRP 74 (10 keV to 10 MeV)."""
    low, high = range_MeV()
    if not low * (1 - _LAST_BITS) <= energy_MeV <= high * (1 + _LAST_BITS):
        raise OutsideDataError(
            "photon_dose_energy", energy=f"{energy_MeV * 1e3:g}", low=f"{low * 1e3:g}", high=f"{high:g}"
        )
    curves = _curves()
    x = log(energy_MeV)
    kerma = curves[KERMA].at(x)
    ratios = {name: curves[name].at(x) / kerma for name in QUANTITIES}
    largest = {name: max(ratio, _largest(name, x)) for name, ratio in ratios.items()}
    return PerFluence(kerma, exposure(energy_MeV), ratios, largest)


def range_MeV() -> tuple[float, float]:
    """Return the range of energies that has every coefficient, in MeV."""
    rows = table(ICRP74_TABLE).rows
    return float(rows[0]["energy_MeV"]), float(rows[-1]["energy_MeV"])


def exposure(energy_MeV: float) -> float:
    """Return exposure per fluence (R cm2): E mu_en/rho of air by NIST over W/e, 1 R = 2.58e-4 C/kg."""
    joule_per_kg = energy_MeV * JOULE_PER_MEV * _air().at(log(energy_MeV)) * 1e3
    return joule_per_kg / gray_per_roentgen()


@cache
def gray_per_roentgen() -> float:
    """Return the collision air kerma of 1 R (Gy): W/e times 2.58e-4 C/kg."""
    values = {row["name"]: float(row["value"]) for row in table(EXPOSURE_TABLE).rows}
    return values["w_per_e"] * values["roentgen"]


@cache
def _curves() -> Mapping[str, Logs]:
    found = dict(_columns(ICRP74_TABLE, (KERMA, H10)))
    for set_, name in ((E116, ICRP116_EFFECTIVE_TABLE), (E74, ICRP74_EFFECTIVE_TABLE)):
        found |= {f"{set_}_{key}": curve for key, curve in _columns(name, GEOMETRIES)}
    return found


def _columns(name: str, keys: tuple[str, ...]) -> list[tuple[str, Logs]]:
    rows = table(name).rows
    x = [log(float(row["energy_MeV"])) for row in rows]
    return [(key, Logs(x, [log(float(row[key])) for row in rows])) for key in keys]


@cache
def _summits(name: str) -> tuple[list[float], list[float]]:
    """Return ln E of a quantity's nodes and its largest ratio to air kerma up to each; between nodes it is monotone."""
    kerma, curve = _curves()[KERMA], _curves()[name]
    nodes = sorted({*kerma.x, *(x for x in curve.x if x <= kerma.x[-1])})
    return nodes, list(accumulate((curve.at(x) / kerma.at(x) for x in nodes), max))


def _largest(name: str, x: float) -> float:
    nodes, summits = _summits(name)
    i = bisect_right(nodes, x)
    return summits[i - 1] if i else 0.0


@cache
def _air() -> Logs:
    rows = block(AIR_TABLE, "air")
    return Logs([log(float(row[1])) for row in rows], [log(float(row[3])) for row in rows])
