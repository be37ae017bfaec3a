"""NCRP Report No. 49 (1976): tenth value layers of tubes from 50 kV, lead and concrete (Table 27).

At high attenuation: one layer for any depth, thicker than a soft beam needs. Scatter and leakage of a tube count with
the layers of its primary beam, which are the harder ones.
"""

from shieldcalc.errors import OutsideDataError
from shieldcalc.physics.therapy.document import CONCRETE, LEAD, Beam, Document, Fraction, look_up
from shieldcalc.physics.therapy.layers import Layers
from shieldcalc.physics.therapy.rules import rule
from shieldcalc.tables import table

T27 = "therapy/ncrp49_t27_tvl.csv"
RULES = "therapy/ncrp49_rules.csv"
WORDS = "NCRP Report No. 49 (1976)"


def layers(beam: Beam, material: str) -> Layers | None:
    """Return the layers as printed, None for a material without rows; OutsideDataError outside the table."""
    if material not in (CONCRETE, LEAD):
        return None
    found = look_up(table(T27).where(material=material), "tvl", beam, "NCRP 49 Table 27", "kv")
    return Layers(found.value, found.value, rule(RULES, f"density_{material}"), (T27,), found.notices)


def fraction(beam: Beam, column: str) -> Fraction:
    """Refuse: the report's scatter fractions are not held."""
    raise OutsideDataError("therapy_no_fraction", document=WORDS, energy=beam.energy.words, column=column)


NCRP49 = Document("ncrp49", WORDS, "NCRP 49", RULES, layers, fraction)
