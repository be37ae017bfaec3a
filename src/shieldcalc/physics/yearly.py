"""Every dose quantity at a point, for a method by its weeks a year and its equations of occupancy and year."""

from collections.abc import Sequence
from typing import NamedTuple

from shieldcalc.model.result import Doses
from shieldcalc.model.scene import Point
from shieldcalc.model.trace import Equation, Step, evaluate
from shieldcalc.physics import equations
from shieldcalc.physics.totals import h10, plus, sum_or_none
from shieldcalc.physics.values import h10_per_air_kerma


class Year(NamedTuple):
    """How a method counts a year: K_T = T K of the occupied week, K_year = weeks K of the year.

    ``h10_per_gray`` in Sv/Gy, None for the bound that holds for all X rays.
    """

    occupied: Equation
    yearly: Equation
    weeks: float
    h10_per_gray: tuple[float, str] | None = None

    def doses_at(self, point: Point, own: Sequence[float | None]) -> tuple[Doses, tuple[Step, ...]]:
        """Return every dose quantity from week (mGy), hour (uGy) and beam-on (uGy/h) of the room's own sources.

        Declared contributions are added; occupancy enters the occupied week and the year only. H*(10) is a bound by the
        largest ratio to air kerma; declared sieverts enter it as they are.
        """
        declared = point.beyond.other_contributions
        week = (own[0] or 0.0) + sum(each.air_kerma_mGy_per_week for each in declared)
        hour, rate = (
            sum_or_none([c.hour_uSv_per_h for c in declared]),
            sum_or_none([c.beam_on_uSv_per_h for c in declared]),
        )
        occupied, year, full = self._year(point.beyond.occupancy, week)
        h = self.h10_per_gray or (h10_per_air_kerma(), "Sv/Gy")
        h_week, h_year, h_full = (
            evaluate(equations.ambient_dose_equivalent, {"h": h, "K": (K, unit)}, label)
            for K, unit, label in (
                (week, "mGy/week", "week"),
                (year.value, "mGy/year", "year with T"),
                (full.value, "mGy/year", "year, T = 1"),
            )
        )
        h_hour, h_rate = h10(h, own[1], hour, "hour"), h10(h, own[2], rate, "beam_on")
        doses = Doses(
            air_kerma_beam_on_uGy_per_h=plus(own[2], rate),
            air_kerma_hour_uGy=plus(own[1], hour),
            air_kerma_week_mGy=week,
            air_kerma_week_occupied_mGy=occupied.value,
            air_kerma_year_mGy=year.value,
            air_kerma_year_full_occupancy_mGy=full.value,
            h10_beam_on_uSv_per_h=h_rate[-1].value if h_rate else None,
            h10_hour_uSv=h_hour[-1].value if h_hour else None,
            h10_week_mSv=h_week.value,
            h10_year_mSv=h_year.value,
            h10_year_full_occupancy_mSv=h_full.value,
        )
        return doses, (occupied, year, full, *h_rate, *h_hour, h_week, h_year, h_full)

    def _year(self, T: float, week: float) -> tuple[Step, Step, Step]:
        weeks = (self.weeks, "1/year")
        occupied = evaluate(self.occupied, {"T": (T, ""), "K": (week, "mGy/week")})
        year = evaluate(self.yearly, {"weeks": weeks, "K": (occupied.value, "mGy/week")}, "with T")
        return occupied, year, evaluate(self.yearly, {"weeks": weeks, "K": (week, "mGy/week")}, "T = 1")
