"""Conversion of photon fluence to dose: air kerma, H*(10), effective dose, exposure, each by its own table; ln-ln.

Behind a shield the collided photons are softer than the line: their air kerma times the largest ratio at any energy
up to the line's gives an upper value of H*(10) and of effective dose.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from math import exp, log, pi
from typing import NamedTuple

from shieldcalc.errors import OutsideDataError
from shieldcalc.photons.attenuation import Logs
from shieldcalc.photons.blocks import block
from shieldcalc.tables import table

ICRP74_TABLE = "dose/icrp74_kerma_h10.csv"
HARD_KERMA_TABLE = "dose/air_kerma_above_10_MeV.csv"
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
PER_HOUR_AT_1M = 3600.0 / (4 * pi * 100.0**2) * 1e-6  # pGy cm2/s to uGy/h
_LAST_BITS = 1e-12


class PerFluence(NamedTuple):
    """Dose per photon fluence at one energy: air kerma (pGy cm2); exposure (R cm2); ``ratios`` and ``largest`` Sv/Gy.

    ``ratios`` holds each quantity over air kerma at this energy, ``largest`` the largest such ratio up to this energy;
    above ICRP 74 (10 MeV) both lack H*(10) and ICRP 74's effective doses.
    """

    kerma: float
    exposure: float
    ratios: Mapping[str, float]
    largest: Mapping[str, float]


@cache
def per_fluence(energy_MeV: float) -> PerFluence:
    """Return the conversion coefficients at one energy; refuses energies without air kerma (10 keV to 20 MeV)."""
    check_energy(energy_MeV)
    x = log(energy_MeV)
    known = [grid for grid in _grids() if grid.reaches(x)]
    values = {name: value for grid in known for name, value in grid.at(x)}
    kerma = values.pop(KERMA, None) or _hard_kerma().at(x)
    ratios = {name: value / kerma for name, value in values.items()}
    summits = {name: value for grid in known for name, value in grid.largest(x)}
    return PerFluence(kerma, exposure(energy_MeV), ratios, {name: max(ratios[name], summits[name]) for name in ratios})


def check_energy(energy_MeV: float) -> None:
    """Refuse an energy without air kerma: below ICRP 74 (10 keV), above 20 MeV."""
    low, high = range_MeV()[0], exp(_hard_kerma().x[-1])
    if not low * (1 - _LAST_BITS) <= energy_MeV <= high * (1 + _LAST_BITS):
        raise OutsideDataError(
            "photon_dose_energy", energy=f"{energy_MeV * 1e3:g}", low=f"{low * 1e3:g}", high=f"{high:g}"
        )


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


class _Grid:
    """Quantities of one table over its energies, and each one's largest ratio to air kerma up to any energy."""

    def __init__(self, name: str, columns: Mapping[str, str], kerma: Logs | None = None) -> None:
        rows = table(name).rows
        self.x = [log(float(row["energy_MeV"])) for row in rows]
        self.curves = {key: Logs(self.x, [log(float(row[column])) for row in rows]) for key, column in columns.items()}
        below = kerma or self.curves[KERMA]
        self.nodes = sorted({*below.x, *(x for x in self.x if x <= below.x[-1])})
        self.summits = {  # between nodes a ratio is monotone
            key: list(accumulate((curve.at(x) / below.at(x) for x in self.nodes), max))
            for key, curve in self.curves.items()
        }

    def reaches(self, x: float) -> bool:
        """Return whether ln E = x is not above the table."""
        return x <= self.x[-1] + _LAST_BITS

    def at(self, x: float) -> list[tuple[str, float]]:
        """Return each quantity per fluence at ln E = x, ln-ln."""
        i = min(max(bisect_left(self.x, x), 1), len(self.x) - 1)
        share = (x - self.x[i - 1]) / (self.x[i] - self.x[i - 1])
        return [(key, exp(y[i - 1] + (y[i] - y[i - 1]) * share)) for key, (_, y) in self.curves.items()]

    def largest(self, x: float) -> list[tuple[str, float]]:
        """Return the largest ratio of each quantity to air kerma at the nodes up to ln E = x."""
        i = bisect_right(self.nodes, x)
        return [(key, summits[i - 1] if i else 0.0) for key, summits in self.summits.items()]


@cache
def _grids() -> tuple[_Grid, ...]:
    first = _Grid(ICRP74_TABLE, {KERMA: KERMA, H10: H10})
    sets = ((E116, ICRP116_EFFECTIVE_TABLE), (E74, ICRP74_EFFECTIVE_TABLE))
    kerma = first.curves[KERMA]
    return first, *(_Grid(name, {f"{set_}_{key}": key for key in GEOMETRIES}, kerma) for set_, name in sets)


@cache
def _hard_kerma() -> Logs:
    rows = table(HARD_KERMA_TABLE).rows
    return Logs(*([log(float(row[key])) for row in rows] for key in ("energy_MeV", KERMA)))


@cache
def _air() -> Logs:
    rows = block(AIR_TABLE, "air")
    return Logs([log(float(row[1])) for row in rows], [log(float(row[3])) for row in rows])
