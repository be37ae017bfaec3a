"""Tables 20 to 22 of SRS 47, and the rules around them, as data/therapy has them."""

from typing import NamedTuple

from shieldcalc.errors import OutsideDataError
from shieldcalc.tables import table

NUCLIDES = "therapy/srs47_t20_t21_brachy.csv"
LAYERS = "therapy/srs47_t22_brachy_hvl_tvl.csv"
RULES = "therapy/srs47_rules.csv"
MATERIALS = ("lead", "steel", "concrete")
CONCRETE = "concrete"


class Nuclide(NamedTuple):
    """One nuclide of Table 20: RAKR in uGy m2/(MBq h), tissue-air ratio of 10 cm (None where none is printed)."""

    name: str
    rakr: float
    f2: float | None


class Row(NamedTuple):
    """One cell of Table 22, in mm; None where nothing is printed."""

    hvl: float
    tvl: float
    hvl1: float | None
    tvl1: float | None
    tvl_after_two: float | None


def rule(name: str) -> float:
    """Return one rule by name."""
    return float(next(table(RULES).where(name=name))["value"])


def reference_density(material: str) -> float:
    """Return the density in g/cm3 at which Table 22 counts lead, steel or concrete."""
    return rule(f"reference_density_{material}")


def nuclide(name: str) -> Nuclide:
    """Return a nuclide of Table 20; raises OutsideDataError for any other, with those that there are."""
    row = next(table(NUCLIDES).where(nuclide=name), None)
    if row is None:
        allowed = ", ".join(each["nuclide"] for each in table(NUCLIDES).rows)
        raise OutsideDataError("srs47_nuclide", nuclide=name, allowed=allowed)
    return Nuclide(name, float(row["rakr"]), _number(row["f2_10cm"]))


def row_of(name: str, material: str) -> Row | None:
    """Return the layers of a nuclide in lead, steel or concrete, None where Table 22 has no such cell."""
    row = next(table(LAYERS).where(nuclide=name, material=material), None)
    if row is None:
        return None
    first = (_number(row[key]) for key in ("hvl1", "tvl1", "tvl_after_two"))
    return Row(float(row["hvl"]), float(row["tvl"]), *first)


def _number(text: str) -> float | None:
    return float(text) if text else None
