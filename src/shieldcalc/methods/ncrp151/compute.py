"""Whole rooms by NCRP Report No. 151: accelerators of radiotherapy, and those of industry that are aimed."""

from shieldcalc.methods.ncrp151.document import NCRP151
from shieldcalc.methods.ncrp151.industrial import INDUSTRIAL, industrial_linac
from shieldcalc.model.design import Source
from shieldcalc.physics.room import Names
from shieldcalc.physics.therapy.machine import Machine
from shieldcalc.physics.therapy.rooms import therapy_rooms

NAMES = Names(
    "ncrp151",
    "NCRP Report No. 151, sections 2 and 3",
    "NCRP Report No. 151, Structural Shielding Design and Evaluation for Megavoltage X- and Gamma-Ray Radiotherapy "
    "Facilities (2005)",
)


def _linac(source: Source) -> Machine:
    return Machine(source, NCRP151)


METHOD = therapy_rooms(NAMES, INDUSTRIAL, {"linac": _linac, "industrial_linac": industrial_linac})
