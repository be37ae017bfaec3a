"""Rooms of industrial X-ray tubes by GBZ/T 250-2014, 150 to 400 kV."""

from shieldcalc.methods.gbzt250 import GBZT250
from shieldcalc.model.design import Source
from shieldcalc.physics.room import Names
from shieldcalc.physics.therapy import industrial_tube
from shieldcalc.physics.therapy.aimed import Aimed
from shieldcalc.physics.therapy.rooms import therapy_rooms
from shieldcalc.physics.therapy.tube import Practice, tube

NAMES = Names("gbzt250", "GBZ/T 250-2014 (industrial X rays)", "GBZ/T 250-2014, clause 3 and Tables 1, 2, B.1 and B.2")
PRACTICE = Practice(GBZT250, industrial_tube.fraction, industrial_tube.output, industrial_tube.leakage)


def _tube(source: Source) -> Aimed:
    return tube(source, PRACTICE)


METHOD = therapy_rooms(NAMES, GBZT250, {"industrial_xray": _tube})
