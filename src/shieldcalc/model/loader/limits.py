"""The bounds of a design file: data/limits.csv, and of treatment rooms those that data/therapy/own_rules.csv sets."""

from functools import cache

from shieldcalc.tables import table

LIMITS, OWN_RULES = "limits.csv", "therapy/own_rules.csv"


@cache
def limit(name: str) -> int:
    """Return one bound, a count."""
    return int(next(table(LIMITS).where(name=name))["value"])


@cache
def own_rule(name: str) -> float:
    """Return one rule of this program for treatment rooms, in the unit of its row."""
    return float(next(table(OWN_RULES).where(name=name))["value"])
