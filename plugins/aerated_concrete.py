"""A material: autoclaved aerated concrete of 0.55 g/cm3, taken as ordinary concrete of the same mass per area.

``aerated_concrete.csv`` holds the rows of NCRP 147 Tables A.1, B.1 and C.1 for concrete with alpha and beta times
0.55/2.35; ``rows()`` computes them, and the test of this example compares the file with it.
"""

from collections.abc import Iterator
from os.path import abspath, dirname, join

from shieldcalc.beams.rows import A1, B1, C1, printed
from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.catalog import Material

__version__ = "1.0"
shieldcalc_api = 1
DENSITY, CONCRETE = 0.55, 2.35


def rows() -> Iterator[str]:
    """Yield the rows of the data file."""
    for row in (row for name in (A1, B1, C1) for row in printed(name) if row.material == "concrete"):
        alpha, beta = (value * DENSITY / CONCRETE for value in (row.shape.alpha, row.shape.beta))
        yield f"aerated_concrete,{row.key_type},{row.key},{row.component},{alpha:.6g},{beta:.6g},{row.shape.gamma:g}"


@hookimpl
def register_materials() -> list[Material]:
    """Return the one material of this file."""
    table = join(dirname(abspath(__file__)), "aerated_concrete.csv")
    return [Material(name="aerated_concrete", density_g_per_cm3=DENSITY, tables=(table,), source="mass per area")]
