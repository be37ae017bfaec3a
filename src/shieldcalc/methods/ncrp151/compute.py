"""The method ``ncrp151``: rooms of accelerators by NCRP Report No. 151, of radiotherapy and, aimed, of industry."""

from shieldcalc.methods.ncrp151.industrial import INDUSTRIAL, industrial_linac
from shieldcalc.physics.room import Names
from shieldcalc.physics.therapy.machine import Machine
from shieldcalc.physics.therapy.room import therapy_method

NAMES = Names(
    "ncrp151",
    "NCRP Report No. 151, sections 2 and 3",
    "NCRP Report No. 151, Structural Shielding Design and Evaluation for Megavoltage X- and Gamma-Ray Radiotherapy "
    "Facilities (2005)",
)
METHOD = therapy_method(NAMES, INDUSTRIAL, {"linac": Machine, "industrial_linac": industrial_linac})
