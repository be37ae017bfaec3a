"""The bounds of a design file: data/limits.csv."""

from functools import cache

from shieldcalc.tables import table

LIMITS = "limits.csv"


@cache
def limit(name: str) -> int:
    """Return one bound, a count."""
    return int(next(table(LIMITS).where(name=name))["value"])
