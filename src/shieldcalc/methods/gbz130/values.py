"""Numbers of GBZ 130-2020 by name from ``data/xray``, and which rows of its Annex C are inferred."""

from functools import cache

from shieldcalc.tables import table

RULES = "xray/gbz130_rules.csv"
ANNEX_C = "xray/gbz130_annex_c.csv"


@cache
def value(name: str) -> float:
    """Return one number in the unit of its row."""
    return float(next(table(RULES).where(name=name))["value"])


@cache
def inferred(key: str, component: str) -> bool:
    """Return whether a row of Annex C for this beam was inferred from published equivalents."""
    return any(row["evidence"] != "none found" for row in table(ANNEX_C).where(key=key, component=component))
