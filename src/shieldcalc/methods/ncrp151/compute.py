"""The method ``ncrp151``: whole treatment rooms by NCRP Report No. 151."""

from shieldcalc.methods.ncrp151.document import NCRP151
from shieldcalc.physics.room import Names
from shieldcalc.physics.therapy.room import therapy_method

NAMES = Names(
    "ncrp151",
    "NCRP Report No. 151, sections 2 and 3",
    "NCRP Report No. 151, Structural Shielding Design and Evaluation for Megavoltage X- and Gamma-Ray Radiotherapy "
    "Facilities (2005)",
)
METHOD = therapy_method(NAMES, NCRP151)
