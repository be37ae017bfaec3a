"""How many hours of a week somebody may be at a place while sealed sources, which never switch off, radiate."""

from shieldcalc.builtins import places
from shieldcalc.errors import OutsideDataError
from shieldcalc.model.design import Beyond
from shieldcalc.model.scene import Scene

WHOLE_WEEK_H = 168.0
PUBLIC = "public"


def whole_week(beyond: Beyond) -> bool:
    """Return whether people are at a place at any hour: dwellings, wards; of kinds without defaults, the public."""
    row = places().get(beyond.kind, {})
    return bool(row.get("whole_week")) and (not row.get("explicit") or beyond.person == PUBLIC)


def hours(scene: Scene, *, whole: bool) -> float:
    """Return the hours of a week: all 168, or the working hours; refuses a design that does not say them."""
    if whole:
        return WHOLE_WEEK_H
    if scene.working_hours_per_week is None:
        raise OutsideDataError("gamma_no_hours")
    return scene.working_hours_per_week
