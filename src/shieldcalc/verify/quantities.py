"""The quantities that may be claimed: the field of Doses, the dimension it is written in, its unit."""

import re
from typing import NamedTuple

from shieldcalc.units import parse

_WRITTEN = re.compile(r"\s*[+-]?([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?")


class Quantity(NamedTuple):
    """A field of Doses: ``scale`` is its unit per base unit of the dimension."""

    field: str
    dimension: str
    scale: float
    unit: str


_RATE, _HOUR = ("dose_rate", 1e3, "uSv/h"), ("dose", 1e3, "uSv")
DOSES = {
    "h10_beam_on": Quantity("h10_beam_on_uSv_per_h", *_RATE),
    "h10_hour": Quantity("h10_hour_uSv", *_HOUR),
    "h10_week": Quantity("h10_week_mSv", "dose_per_week", 1.0, "mSv/week"),
    "h10_year": Quantity("h10_year_mSv", "dose_per_year", 1.0, "mSv/year"),
    "h10_year_full_occupancy": Quantity("h10_year_full_occupancy_mSv", "dose_per_year", 1.0, "mSv/year"),
    "air_kerma_beam_on": Quantity("air_kerma_beam_on_uGy_per_h", "kerma_rate", 1e3, "uGy/h"),
    "air_kerma_hour": Quantity("air_kerma_hour_uGy", "kerma", 1e3, "uGy"),
    "air_kerma_week": Quantity("air_kerma_week_mGy", "kerma_per_week", 1.0, "mGy/week"),
    "air_kerma_week_occupied": Quantity("air_kerma_week_occupied_mGy", "kerma_per_week", 1.0, "mGy/week"),
    "air_kerma_year": Quantity("air_kerma_year_mGy", "kerma_per_year", 1.0, "mGy/year"),
    "air_kerma_year_full_occupancy": Quantity("air_kerma_year_full_occupancy_mGy", "kerma_per_year", 1.0, "mGy/year"),
}
BY_FIELD = {each.field: name for name, each in DOSES.items()}
LENGTH = Quantity("", "length", 1.0, "mm")
LEAD = Quantity("", "lead_equivalent", 1.0, "mmPb")


def read(written: str, wanted: Quantity) -> tuple[float, float]:
    """Return a written quantity in the wanted unit, and half a unit of its last digit; raise UnitError otherwise."""
    value = parse(written, wanted.dimension) * wanted.scale
    found = _WRITTEN.match(written)
    digits = len(found[2] or "") if found else 0
    power = int(found[3] or 0) if found else 0
    plain = parse(f"1 {written[found.end() :]}" if found else written, wanted.dimension) * wanted.scale
    return value, 0.5 * plain * 10.0 ** max(-300, min(300, power - digits))
