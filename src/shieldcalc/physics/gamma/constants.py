"""Dose rate constants of positron emitters, bare and in a patient, and design values of AAPM TG-108."""

from typing import NamedTuple

from shieldcalc.tables import table

CONSTANTS = "nuclear_medicine/tg108_constants.csv"
DESIGN = "nuclear_medicine/design.csv"


class Constants(NamedTuple):
    """One positron emitter: half-life in h, dose rate constants in uSv m2/(MBq h); ``patient`` None where not given."""

    nuclide: str
    half_life_h: float
    air: float
    patient: float | None
    only_511_kev: bool


def constants_of(nuclide: str) -> Constants | None:
    """Return a nuclide of Table II, None for any other."""
    row = next(table(CONSTANTS).where(nuclide=nuclide), None)
    if row is None:
        return None
    patient = float(row["constant_patient"]) if row["constant_patient"] else None
    only = row["only_511_kev"] == "yes"
    return Constants(nuclide, float(row["half_life_min"]) / 60, float(row["constant_air"]), patient, only)


def design_value(name: str) -> float:
    """Return one design value of the report by name."""
    return float(next(table(DESIGN).where(name=name))["value"])
