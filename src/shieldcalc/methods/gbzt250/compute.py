"""Rooms of industrial X-ray tubes by GBZ/T 250-2014, 150 to 400 kV."""

from shieldcalc.methods.gbzt250 import GBZT250
from shieldcalc.physics.room import Names
from shieldcalc.physics.therapy import industrial_tube
from shieldcalc.physics.therapy.room import therapy_method
from shieldcalc.physics.therapy.tube import Practice, tubes

NAMES = Names("gbzt250", "GBZ/T 250-2014 (industrial X rays)", "GBZ/T 250-2014, clause 3 and Tables 1, 2, B.1 and B.2")
PRACTICE = Practice(industrial_tube.fraction, industrial_tube.output, industrial_tube.leakage)
METHOD = therapy_method(NAMES, GBZT250, {"industrial_xray": tubes(PRACTICE)})
