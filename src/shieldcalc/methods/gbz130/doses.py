"""Every dose quantity at a point from the beam-on rate and the hours: rate x hours x occupancy."""

from collections.abc import Sequence

from shieldcalc.methods.gbz130 import equations
from shieldcalc.methods.gbz130.values import value
from shieldcalc.model.result import Doses
from shieldcalc.model.scene import Point
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.equations import ambient_dose_equivalent
from shieldcalc.physics.totals import h10, plus, sum_or_none
from shieldcalc.physics.values import h10_per_air_kerma


def doses_at(point: Point, own: Sequence[float | None]) -> tuple[Doses, tuple[Step, ...]]:
    """Return every dose quantity from week (mGy) and beam-on rate (uGy/h) of the room's own sources.

    The mean of an hour is no part of this practice: not known. Declared contributions are added; occupancy enters the
    occupied week and the year only.
    """
    declared = point.beyond.other_contributions
    week = (own[0] or 0.0) + sum(each.air_kerma_mGy_per_week for each in declared)
    other = sum_or_none([each.beam_on_uSv_per_h for each in declared])
    weeks, h = (value("weeks_per_year"), "1/year"), (h10_per_air_kerma(), "Sv/Gy")
    present = {"T": (point.beyond.occupancy, ""), "K": (week, "mGy/week")}
    occupied = evaluate(equations.occupied_air_kerma, present)
    year = evaluate(equations.yearly_air_kerma, {"weeks": weeks, "K": (occupied.value, "mGy/week")}, "with T")
    full = evaluate(equations.yearly_air_kerma, {"weeks": weeks, "K": (week, "mGy/week")}, "T = 1")
    by_time = ((week, "mGy/week", "week"), (year.value, "mGy/year", "year with T"), (full.value, "mGy/year", "T = 1"))
    h_week, h_year, h_full = (
        evaluate(ambient_dose_equivalent, {"h": h, "K": (K, unit)}, label) for K, unit, label in by_time
    )
    rate = h10(h, own[2], other, "beam_on")
    doses = Doses(
        air_kerma_beam_on_uGy_per_h=plus(own[2], other),
        air_kerma_hour_uGy=None,
        air_kerma_week_mGy=week,
        air_kerma_week_occupied_mGy=occupied.value,
        air_kerma_year_mGy=year.value,
        air_kerma_year_full_occupancy_mGy=full.value,
        h10_beam_on_uSv_per_h=rate[-1].value if rate else None,
        h10_hour_uSv=None,
        h10_week_mSv=h_week.value,
        h10_year_mSv=h_year.value,
        h10_year_full_occupancy_mSv=h_full.value,
    )
    return doses, (occupied, year, full, *rate, h_week, h_year, h_full)
