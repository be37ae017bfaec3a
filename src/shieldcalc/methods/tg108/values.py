"""Transmission of 511 keV photons by TG-108, Table V."""

from collections.abc import Mapping
from math import exp, log
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError, UnknownNameError
from shieldcalc.kernels.attenuation import archer_log_transmission, archer_thickness
from shieldcalc.physics.gamma.constants import design_value
from shieldcalc.tables import table

ARCHER = "nuclear_medicine/tg108_archer.csv"
_MM_PER_CM = 10.0


class Thickness(NamedTuple):
    """Thickness in mm, by what its transmission is computed, what to say, data files."""

    mm: float
    method: str
    notices: tuple[Notice, ...]
    tables: tuple[str, ...]


def materials() -> tuple[str, ...]:
    """Return the materials of Table V."""
    return tuple(row["material"] for row in table(ARCHER).rows)


def density(material: str) -> float:
    """Return the density in g/cm3 that a material's fit holds for."""
    return float(_row(material)["density_g_per_cm3"])


def _row(material: str) -> Mapping[str, str]:
    row = next(table(ARCHER).where(material=material), None)
    if row is None:
        raise UnknownNameError("material of TG-108", material, materials())
    return row


def _fit(material: str) -> tuple[float, float, float]:
    row = _row(material)
    return float(row["alpha_per_cm"]), float(row["beta_per_cm"]), float(row["gamma"])


def transmission(material: str, mm: float) -> float:
    """Return the broad-beam transmission of 511 keV photons through ``mm`` of lead, concrete or steel."""
    return exp(archer_log_transmission(mm / _MM_PER_CM, *_fit(material)))


def thickness_mm(material: str, B: float) -> tuple[float, tuple[Notice, ...]]:
    """Return the thickness in mm that transmits B (0 for 1 and more), with a notice below the end of Table IV.

    Raises UnknownNameError for a material that Table V does not have.
    """
    fit = _fit(material)
    if not B > 0:
        raise OutsideDataError("barrier_numbers")
    if B >= 1:
        return 0.0, ()
    least = design_value("fitted_transmission_least")
    said = (Notice("warnings.tg108_beyond_table", {"B": f"{B:.3g}", "least": f"{least:g}"}),) if least > B else ()
    return _MM_PER_CM * archer_thickness(log(B), *fit), said
