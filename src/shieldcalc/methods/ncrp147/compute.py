"""A whole room by NCRP Report No. 147: the worst places of every barrier, the doses there, what each barrier needs."""

from shieldcalc.methods.ncrp147.doses import doses_at
from shieldcalc.methods.ncrp147.scene_sources import KINDS, field_of
from shieldcalc.model.result import Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.physics.anywhere import dose_field
from shieldcalc.physics.require import required_by
from shieldcalc.physics.room import Names, Worst, Xray, room_result, xray_method

NAMES = Names(
    "ncrp147",
    "NCRP Report No. 147, sections 4 and 5",
    "NCRP Report No. 147, Structural Shielding Design for Medical X-Ray Imaging Facilities (2004)",
)


def compute(scene: Scene, points: tuple[Point, ...], worst: Worst | None = None) -> Result:
    """Return the doses at the fixed points and at the worst places behind every assessed barrier.

    Raises OutsideDataError for equipment that the report does not treat and where its tables do not reach.
    """
    return room_result(NAMES, field_of(scene), points, doses_at, places=worst)


METHOD = xray_method(
    NAMES,
    KINDS,
    Xray(
        compute,
        lambda scene: {"": field_of(scene)},
        doses_at,
        required_by(field_of, doses_at),
        dose_field(field_of, doses_at),
    ),
)
