"""Occupancy of the Chinese practice where a design gives none: staff 1, others 1/4, never below what is assumed."""

from dataclasses import replace

from shieldcalc.errors import Notice
from shieldcalc.methods.gbz130.values import value
from shieldcalc.model.scene import Point

STAFF = "radiation_worker"


def occupied(point: Point) -> tuple[Point, tuple[Notice, ...]]:
    """Return a point with the practice's occupancy where the design gave none and what it assumes is lower.

    The practice was read in a single copy (report templates of one evaluation body): each use is said.
    """
    beyond = point.beyond
    T = value("occupancy_radiation_worker" if beyond.person == STAFF else "occupancy_other")
    if not beyond.occupancy_assumed or beyond.occupancy >= T:
        return point, ()
    said = {"kind": beyond.kind, "occupancy": T, "other": beyond.occupancy}
    return replace(point, beyond=replace(beyond, occupancy=T)), (Notice("assumptions.gbz130_occupancy", said),)
