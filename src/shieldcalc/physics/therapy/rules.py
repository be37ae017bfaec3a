"""Constants of documents and rules of this program, by name."""

from functools import cache

from shieldcalc.tables import table

OWN = "therapy/own_rules.csv"
MAZE = "warnings.maze_not_computed"  # said of points by a method, and read by what judges them
DUCT = "warnings.duct_not_computed"
SKYSHINE = "warnings.linac_skyshine"  # said of points by a method, and read by what judges them


@cache
def rule(rules: str, name: str) -> float:
    """Return one value of a file of constants."""
    return float(next(table(rules).where(name=name))["value"])


def own_rule(name: str) -> float:
    """Return one rule of this program."""
    return rule(OWN, name)
