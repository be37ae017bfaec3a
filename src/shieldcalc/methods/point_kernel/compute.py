"""The method ``point_kernel``: rooms of sealed and unsealed gamma sources, patients as bare nuclides."""

from shieldcalc.model.design import Source
from shieldcalc.model.scene import Scene
from shieldcalc.physics.gamma import brachytherapy, patients, sealed
from shieldcalc.physics.gamma.emitter import Emitter
from shieldcalc.physics.gamma.room import gamma_method
from shieldcalc.physics.room import Names

NAMES = Names(
    "point_kernel",
    "Point kernel (gamma sources)",
    "J. K. Shultis and R. E. Faw, Radiation Shielding; buildup ANSI/ANS-6.4.3-1991; nuclides ICRP Publication 107"
    " (2008); air kerma and H*(10) ICRP Publication 74 (1996)",
)
OTHERS = patients.emitter_by(patients.PURE_KERNEL)


def emitter_of(source: Source, scene: Scene) -> Emitter:
    """Return a source as an emitter by the point kernel."""
    if source.sealed is not None and source.sealed.brachytherapy is not None:
        return brachytherapy.emitter(source, scene, brachytherapy.by_point_kernel)
    return OTHERS(source, scene)


METHOD = gamma_method(NAMES, (*sealed.KINDS, *patients.KINDS, *brachytherapy.KINDS), emitter_of)
