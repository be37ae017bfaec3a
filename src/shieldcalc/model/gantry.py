"""Where the target of an accelerator is and where its beam points, by gantry angle (IEC 61217).

Seen from the foot of the couch towards the stand the gantry turns clockwise: at 0 the target is above the isocentre and
the beam points down, at 90 the target is on the right and the beam points to the left.
"""

from math import atan2, cos, degrees, radians, sin

Xy = tuple[float, float]
Xyz = tuple[float, float, float]


def across(axis: Xy) -> Xy:
    """Return the unit vector to the right of who looks along the couch towards the stand; ``axis`` points at them."""
    return -axis[1], axis[0]


def target(isocentre: Xyz, axis: Xy, angle_deg: float, distance_m: float) -> Xyz:
    """Return the place of the target at a gantry angle, ``distance_m`` from the isocentre."""
    (rx, ry), turned = across(axis), radians(angle_deg)
    side, up = distance_m * sin(turned), distance_m * cos(turned)
    return isocentre[0] + side * rx, isocentre[1] + side * ry, isocentre[2] + up


def angle_towards(right: float, up: float) -> float:
    """Return the gantry angle, 0 to 360, at which the beam points so far to the right and up."""
    return degrees(atan2(-right, -up)) % 360


def apart_deg(one: float, other: float) -> float:
    """Return the angle between two gantry angles, 0 to 180."""
    turned = abs(one - other) % 360
    return min(turned, 360 - turned)
