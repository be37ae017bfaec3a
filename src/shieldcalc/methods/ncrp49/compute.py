"""Rooms of tubes by NCRP Report No. 49: its tenth value layers; what it has no table of is held from other documents.

Its scatter fractions are not held: those of SRS 47 count for therapy, those of GBZ/T 250 for industry, as do output
and leakage of the latter.
"""

from shieldcalc.errors import Notice
from shieldcalc.methods.ncrp49 import NCRP49
from shieldcalc.model.design import Source
from shieldcalc.physics.room import Names
from shieldcalc.physics.therapy import industrial_tube
from shieldcalc.physics.therapy.aimed import Aimed, FractionAt
from shieldcalc.physics.therapy.document import Fraction
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.rooms import therapy_rooms
from shieldcalc.physics.therapy.tube import Practice, tube
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


THERAPY = Practice(NCRP49, _said(any_angle, "IAEA SRS 47"))
INDUSTRY = Practice(
    NCRP49, _said(industrial_tube.fraction, "GBZ/T 250-2014"), industrial_tube.output, industrial_tube.leakage
)


def _therapy(source: Source) -> Aimed:
    return tube(source, THERAPY)


def _industry(source: Source) -> Aimed:
    return tube(source, INDUSTRY)


METHOD = therapy_rooms(NAMES, NCRP49, {"orthovoltage": _therapy, "industrial_xray": _industry})
