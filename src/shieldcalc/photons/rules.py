"""Rules of this program for gamma sources: numbers with their reasons in data/nuclides/rules.csv."""

from functools import cache

from shieldcalc.tables import table

RULES_TABLE = "nuclides/rules.csv"


@cache
def rule(name: str) -> float:
    """Return one rule's value in the unit that its row states."""
    return float(next(table(RULES_TABLE).where(name=name))["value"])
