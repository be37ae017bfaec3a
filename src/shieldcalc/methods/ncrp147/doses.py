"""Every dose quantity at a point by this report: 50 weeks a year, occupancy of Table 4.1."""

from collections.abc import Sequence

from shieldcalc.model.result import Doses
from shieldcalc.model.scene import Point
from shieldcalc.model.trace import Step
from shieldcalc.physics import equations
from shieldcalc.physics.values import value
from shieldcalc.physics.yearly import Year


def doses_at(point: Point, own: Sequence[float | None]) -> tuple[Doses, tuple[Step, ...]]:
    """Return every dose quantity from week (mGy), hour (uGy) and beam-on (uGy/h) of the room's own sources."""
    year = Year(equations.occupied_air_kerma, equations.yearly_air_kerma, value("weeks_per_year"))
    return year.doses_at(point, own)
