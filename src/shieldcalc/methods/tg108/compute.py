"""The method ``tg108``: rooms of nuclear medicine, with patients, unsealed activity and sealed sources together."""

from shieldcalc.physics.gamma import patients, sealed
from shieldcalc.physics.gamma.room import gamma_method
from shieldcalc.physics.room import Names

NAMES = Names(
    "tg108",
    "AAPM TG-108 (patients and unsealed sources)",
    "AAPM TG-108, Med. Phys. 33 (2006) 4-15; other nuclides and materials by the point kernel:"
    " ANSI/ANS-6.4.3-1991, ICRP Publication 107 (2008), ICRP Publication 74 (1996)",
)
METHOD = gamma_method(NAMES, (*patients.KINDS, *sealed.KINDS), patients.emitter_by(patients.TG108))
