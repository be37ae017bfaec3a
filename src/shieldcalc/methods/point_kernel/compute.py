"""The method ``point_kernel``: rooms of sealed and unsealed gamma sources, patients as bare nuclides."""

from shieldcalc.physics.gamma import patients, sealed
from shieldcalc.physics.gamma.room import gamma_method
from shieldcalc.physics.room import Names

NAMES = Names(
    "point_kernel",
    "Point kernel (gamma sources)",
    "J. K. Shultis and R. E. Faw, Radiation Shielding; buildup ANSI/ANS-6.4.3-1991; nuclides ICRP Publication 107"
    " (2008); air kerma and H*(10) ICRP Publication 74 (1996)",
)
METHOD = gamma_method(NAMES, (*sealed.KINDS, *patients.KINDS), patients.emitter_by(patients.PURE_KERNEL))
