"""Rooms of tubes by NCRP Report No. 49: its tenth value layers; what it has no table of is held from other documents.

Its scatter fractions are not held: those of SRS 47 count for therapy, those of GBZ/T 250 for industry (above 400 kV the
larger of its last one and of cobalt's), as do output and leakage of the latter.
"""

from shieldcalc.errors import Notice
from shieldcalc.methods.ncrp49 import NCRP49
from shieldcalc.physics.room import Names
from shieldcalc.physics.therapy import industrial_tube
from shieldcalc.physics.therapy.aimed import FractionAt
from shieldcalc.physics.therapy.document import Fraction
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.room import therapy_method
from shieldcalc.physics.therapy.tube import Practice, tubes
from shieldcalc.physics.therapy.tube_scatter import any_angle

NAMES = Names(
    "ncrp49",
    "NCRP Report No. 49 (tubes)",
    "NCRP Report No. 49, Structural Shielding Design and Evaluation for Medical Use of X Rays and Gamma Rays of "
    "Energies up to 10 MeV (1976), Table 27",
)


def _said(fraction: FractionAt, document: str) -> FractionAt:
    """Return a fraction with the remark that it is another document's."""

    def found(energy: Energy, angle: float) -> Fraction:
        at = fraction(energy, angle)
        return at._replace(notices=(*at.notices, Notice("warnings.ncrp49_scatter", {"document": document})))

    return found


THERAPY = Practice(_said(any_angle, "IAEA SRS 47"))
INDUSTRY = Practice(
    _said(industrial_tube.hard_fraction, "GBZ/T 250-2014"), industrial_tube.output, industrial_tube.leakage
)
METHOD = therapy_method(NAMES, NCRP49, {"orthovoltage": tubes(THERAPY), "industrial_xray": tubes(INDUSTRY)})
