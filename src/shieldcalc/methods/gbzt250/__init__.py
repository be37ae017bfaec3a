"""GBZ/T 250-2014: industrial X-ray radiography, 150 to 400 kV (Tables 1, 2, B.1, B.2).

Scatter counts with the layers of the potential that Table 2 names, leakage with those of the tube's own.
"""

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.physics.therapy.document import CONCRETE, LEAD, SCATTER, Beam, Document, Fraction, look_up
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.layers import Layers
from shieldcalc.physics.therapy.rules import rule
from shieldcalc.tables import table

B1 = "therapy/gbzt250_b1_output.csv"
B2 = "therapy/gbzt250_b2_tvl.csv"
T1 = "therapy/gbzt250_t1_leakage.csv"
T2 = "therapy/gbzt250_t2_scatter_kv.csv"
RULES = "therapy/gbzt250_rules.csv"
WORDS = "GBZ/T 250-2014"


def layers(beam: Beam, material: str) -> Layers | None:
    """Return the layers as printed, None for a material without rows; OutsideDataError outside the tables."""
    if material not in (CONCRETE, LEAD):
        return None
    said: tuple[Notice, ...] = ()
    tables: tuple[str, ...] = (B2,)
    least = min(float(row["kv"]) for row in table(B2).rows)
    if beam.energy.kV is not None and beam.energy.kV < least:
        said = (Notice("warnings.therapy_lowest_row", {"energy": beam.energy.words, "kv": f"{least:g}"}),)
        beam = beam._replace(energy=Energy(kV=least))
    if beam.component == SCATTER:
        scattered = look_up(table(T2).rows, "scatter_kv", beam, f"{WORDS} Table 2", "tube_kv")
        beam, tables = beam._replace(energy=Energy(kV=scattered.value)), (B2, T2)
        said = (*said, Notice("warnings.therapy_scatter_kv", {"kv": f"{scattered.value:g}"}), *scattered.notices)
    found = look_up(table(B2).where(material=material), "tvl", beam, f"{WORDS} Table B.2", "kv")
    density = rule(RULES, f"density_{material}")
    return Layers(found.value, found.value, density, tables, (*said, *found.notices))


def fraction(beam: Beam, column: str) -> Fraction:
    """Refuse: the document has one constant for field and scatter at 90 degrees instead."""
    raise OutsideDataError("therapy_no_fraction", document=WORDS, energy=beam.energy.words, column=column)


GBZT250 = Document("gbzt250", WORDS, "GBZ/T 250", RULES, layers, fraction)
