"""Rooms by SRS 47 of cobalt units, orthovoltage and superficial tubes, simulators (Sections 6 and 7)."""

from shieldcalc.methods.srs47.megavolts import SRS47
from shieldcalc.model.design import Source
from shieldcalc.physics.room import Names
from shieldcalc.physics.therapy.aimed import Aimed
from shieldcalc.physics.therapy.machine import Machine
from shieldcalc.physics.therapy.rooms import Units, therapy_rooms
from shieldcalc.physics.therapy.tube import Practice, tube
from shieldcalc.physics.therapy.tube_scatter import any_angle

NAMES = Names(
    "srs47",
    "IAEA SRS 47 (external beams)",
    "IAEA Safety Reports Series No. 47 (2006), Sections 5 to 7 and Tables 4, 5, 11, 12, 14 and 18",
)
TUBES = Practice(SRS47, any_angle)


def _cobalt(source: Source) -> Machine:
    return Machine(source, SRS47)


def _tube(source: Source) -> Aimed:
    return tube(source, TUBES)


UNITS: Units = {"co60_teletherapy": _cobalt, "orthovoltage": _tube, "simulator": _tube}
ROOMS = therapy_rooms(NAMES, SRS47, UNITS)
