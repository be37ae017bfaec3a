"""Accelerators of industrial radiography: NCRP 151 from 4 MV, below a table that is not verified.

Scatter by the object counts with the fractions of a patient: below 6 MV the largest of 6 MV, of cobalt (SRS 47,
Table 5) and, below 4 MV, of the highest tube potential of SRS 47, Table 14. Below 4 MV leakage and scatter count with
the layers of the primary beam.
"""

from shieldcalc.methods.ncrp151.document import NCRP151, below
from shieldcalc.model.design import Source
from shieldcalc.model.scene import Scene
from shieldcalc.physics.therapy.aimed import Aimed
from shieldcalc.physics.therapy.directed import directed
from shieldcalc.physics.therapy.document import (
    AT_DEPTH,
    CONCRETE,
    LEAD,
    SCATTER,
    Beam,
    Document,
    Fraction,
    look_up,
)
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.layers import Layers
from shieldcalc.physics.therapy.rules import own_rule
from shieldcalc.physics.therapy.tube_scatter import any_angle
from shieldcalc.tables import table

LOW = "therapy/industrial_linac_tvl.csv"
WHAT = "table of industrial accelerators"
MM_PER_CM = 10.0


def layers(beam: Beam, material: str) -> Layers | None:
    """Return the layers of NCRP 151, below its first energy those of the unverified table."""
    if not _is_low(beam.energy):
        return NCRP151.layers(beam, material)
    if material not in (CONCRETE, LEAD):
        return None
    rows = [row for row in table(LOW).rows if row["material"] == material]
    first, further = (look_up(rows, column, beam, WHAT) for column in ("t1", "te"))
    density = NCRP151.rule(f"density_{material}")
    return Layers(MM_PER_CM * first.value, MM_PER_CM * further.value, density, (LOW,), first.notices)


def _is_low(energy: Energy) -> bool:
    return energy.MV is not None and own_rule("industrial_verified_from") > energy.MV


def fraction(energy: Energy, angle: float) -> Fraction:
    """Return the scatter fraction at any angle, at both ends of the tables that of their last one."""
    at = min(own_rule("scatter_last_angle"), max(own_rule("least_angle"), angle))
    least = own_rule("scatter_fractions_from")
    if energy.MV is None or least <= energy.MV:
        return NCRP151.fraction(Beam(energy, SCATTER, at), AT_DEPTH)
    found = below(Beam(energy, SCATTER, at))
    if not _is_low(energy):
        return found
    tube = any_angle(Energy(kV=own_rule("scatter_last_kv")), angle)
    return Fraction(max(found.a, tube.a), tuple(dict.fromkeys((*found.tables, *tube.tables))), found.notices)


def industrial_linac(source: Source, document: Document, scene: Scene) -> Aimed:  # noqa: ARG001
    """Return an accelerator that is aimed; raises OutsideDataError for energies outside the tables."""
    found = directed(source, document, fraction)
    energies = () if source.accelerator is None else source.accelerator.energies
    low = [each.words for each in energies if _is_low(Energy(MV=each.MV))]
    found.unverified = ", ".join(low)
    return found


INDUSTRIAL = NCRP151._replace(layers=layers)
