"""Rules of this program for gamma sources: numbers with their reasons in data/nuclides/rules.csv."""

from functools import cache

from shieldcalc.errors import OutsideDataError
from shieldcalc.tables import table

RULES_TABLE = "nuclides/rules.csv"


@cache
def rule(name: str) -> float:
    """Return one rule's value in the unit that its row states."""
    return float(next(table(RULES_TABLE).where(name=name))["value"])


def check_strength(per_s: float) -> None:
    """Refuse an activity or emission that no source has."""
    low, high = rule("strength_min_per_s"), rule("strength_max_per_s")
    if not low <= per_s <= high:
        raise OutsideDataError("photon_strength", strength=f"{per_s:g}", low=f"{low:g}", high=f"{high:g}")
