"""NCRP 151: tenth value layers and scatter fractions (Tables B.2, B.4, B.5a, B.5b, B.7).

Cobalt has layers and no scatter fractions, from 4 to 6 MV those of 6 MV and of cobalt bound them. Between rows of
energy the larger neighbour counts, between angles a straight line: layers and fractions are convex in the angle, so
that the line lies above them.
"""

from functools import cache

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.methods.ncrp151.maze import MAZE, RULES
from shieldcalc.physics.therapy.document import (
    CONCRETE,
    LEAD,
    LEAKAGE,
    MAXIMUM,
    PRIMARY,
    STEEL,
    Beam,
    Document,
    Fraction,
    at_least,
    check_angle,
    look_up,
)
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.layers import Layers
from shieldcalc.physics.therapy.rules import own_rule, rule
from shieldcalc.tables import table

B2 = "therapy/ncrp151_b2_primary_tvl.csv"
B4 = "therapy/ncrp151_b4_scatter_fraction.csv"
SRS47_T5 = "therapy/srs47_t5_scatter_fraction.csv"
B5A = "therapy/ncrp151_b5a_scatter_tvl_concrete.csv"
B5B = "therapy/ncrp151_b5b_scatter_tvl_lead.csv"
B7 = "therapy/ncrp151_b7_leakage_tvl.csv"
WORDS = "NCRP Report No. 151 (2005)"
MM_PER_CM = 10.0


def layers(beam: Beam, material: str) -> Layers | None:
    """Return the layers as printed, None for a material without rows; OutsideDataError outside the tables."""
    if material not in (CONCRETE, LEAD, STEEL):
        return None
    if beam.component == PRIMARY:
        return _read(B2, "NCRP 151 Table B.2", beam, material, ("tvl1", "tvle"))
    if beam.component == LEAKAGE:
        return _read(B7, "NCRP 151 Table B.7", beam, material, ("tvl1", "tvle")) if material == CONCRETE else None
    return _scattered(beam, material)


def _read(name: str, what: str, beam: Beam, material: str, columns: tuple[str, str]) -> Layers:
    rows = [row for row in table(name).rows if row.get("material", material) == material]
    first, further = (look_up(rows, column, beam, what) for column in columns)
    density = rule(RULES, f"density_{material}")
    return Layers(MM_PER_CM * first.value, MM_PER_CM * further.value, density, (name,), first.notices)


def _scattered(beam: Beam, material: str) -> Layers | None:
    """Return the layers of scatter by the patient; None for steel, and for lead beyond the energies of Table B.5b."""
    check_angle(beam, own_rule("least_angle"), _most(B4, "angle"))
    if material == CONCRETE:
        found = _read(B5A, "NCRP 151 Table B.5a", beam, material, ("tvl", "tvl"))
    elif material == LEAD and beam.energy.MV is not None and _most(B5B, "energy") >= beam.energy.MV:
        found = _read(B5B, "NCRP 151 Table B.5b", beam, material, ("tvl1", "tvl2"))
    else:
        return None
    primary = _read(B2, "NCRP 151 Table B.2", beam, material, ("tvl1", "tvle"))
    return at_least(found, primary, beam, _least_angle(found.tables[0]))


@cache
def _least_angle(name: str) -> float:
    return min(float(row["angle"]) for row in table(name).rows)


@cache
def _most(name: str, column: str) -> float:
    return max(float(row[column]) for row in table(name).rows)


def fraction(beam: Beam, column: str) -> Fraction:
    """Return the scatter fraction of Table B.4, from 4 MV to its first energy the bound of ``below``.

    Raises OutsideDataError for cobalt, other energies outside and angles outside.
    """
    check_angle(beam, own_rule("least_angle"), _most(B4, "angle"))
    if column == MAXIMUM:
        raise OutsideDataError("therapy_maximum_of_srs47")
    MV = beam.energy.MV
    if MV is not None and own_rule("industrial_verified_from") <= MV < own_rule("scatter_fractions_from"):
        return below(beam)
    found = look_up(table(B4).rows, "a", beam, "NCRP 151 Table B.4")
    return Fraction(found.value, (B4,), found.notices)


def below(beam: Beam) -> Fraction:
    """Return the larger of the fractions of Table B.4's first energy and of Co-60 (SRS 47, Table 5).

    Scatter fractions fall from cobalt to the first energy at every angle: between them it is an upper value.
    """
    least = own_rule("scatter_fractions_from")
    first = look_up(table(B4).rows, "a", Beam(Energy(MV=least), beam.component, beam.angle_deg), "NCRP 151 Table B.4")
    rows = table(SRS47_T5).where(energy="Co-60")
    cobalt = look_up(rows, "at_depth", Beam(Energy(), beam.component, beam.angle_deg), "IAEA SRS 47 Table 5")
    said = Notice("warnings.linac_scatter_below", {"energy": beam.energy.words, "least": f"{least:g}"})
    return Fraction(max(first.value, cobalt.value), (B4, SRS47_T5), (said,))


NCRP151 = Document("ncrp151", WORDS, "NCRP 151", RULES, layers, fraction, MAZE, laminates=True)
