"""Rules of our own for rooms: data/xray/scene_rules.csv."""

from functools import cache

from shieldcalc.tables import table

RULES = "xray/scene_rules.csv"


@cache
def rule(name: str) -> float:
    """Return one rule in the unit of its row."""
    return float(next(table(RULES).where(name=name))["value"])
