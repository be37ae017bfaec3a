"""Half-value layers of another book (Turner, Table 15.4) against the deep slopes of Table A.1."""

from math import log

import pytest

from shieldcalc.beams import asymptotic_alpha
from shieldcalc.tables import table

ROWS = [row for row in table("xray/turner_broad_beam_hvl.csv").rows if 100 <= float(row["kvp"]) <= 150]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["kvp"])
@pytest.mark.parametrize(
    ("material", "column", "unit_mm"), [("lead", "lead_hvl_mm", 1), ("concrete", "concrete_hvl_cm", 10)]
)
def test_half_value_layers_of_two_books(row: dict[str, str], material: str, column: str, unit_mm: float) -> None:
    """Within 35 %: Turner's are of older generators with more ripple, so softer; below 100 kV they part further."""
    half = log(2) / asymptotic_alpha(float(row["kvp"]), material)
    assert half == pytest.approx(float(row[column]) * unit_mm, rel=0.35)
