"""The method ``point_kernel``: rooms of sealed gamma sources."""

from shieldcalc.physics.gamma.room import gamma_method
from shieldcalc.physics.gamma.sealed import KINDS, emitter
from shieldcalc.physics.room import Names

NAMES = Names(
    "point_kernel",
    "Point kernel (sealed gamma sources)",
    "J. K. Shultis and R. E. Faw, Radiation Shielding; buildup ANSI/ANS-6.4.3-1991; nuclides ICRP Publication 107"
    " (2008); air kerma and H*(10) ICRP Publication 74 (1996)",
)
METHOD = gamma_method(NAMES, KINDS, emitter)
