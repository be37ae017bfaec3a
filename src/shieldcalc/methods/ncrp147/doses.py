"""Every dose quantity at a point from the air kerma of the week, the busiest hour and while the beam is on."""

from collections.abc import Sequence

from shieldcalc.model.result import Doses
from shieldcalc.model.scene import Point
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics import equations
from shieldcalc.physics.totals import h10, plus, sum_or_none
from shieldcalc.physics.values import h10_per_air_kerma, value


def doses_at(point: Point, own: Sequence[float | None]) -> tuple[Doses, tuple[Step, ...]]:
    """Return every dose quantity from week (mGy), hour (uGy) and beam-on (uGy/h) of the room's own sources.

    Declared contributions are added; occupancy enters the occupied week and the year only. H*(10) is a bound by the
    largest ratio to air kerma; declared sieverts enter it as they are.
    """
    declared = point.beyond.other_contributions
    week = (own[0] or 0.0) + sum(each.air_kerma_mGy_per_week for each in declared)
    other_hour = sum_or_none([each.hour_uSv_per_h for each in declared])
    other_rate = sum_or_none([each.beam_on_uSv_per_h for each in declared])
    weeks, h = (value("weeks_per_year"), "1/year"), (h10_per_air_kerma(), "Sv/Gy")
    occupied = evaluate(equations.occupied_air_kerma, {"T": (point.beyond.occupancy, ""), "K": (week, "mGy/week")})
    year = evaluate(equations.yearly_air_kerma, {"weeks": weeks, "K": (occupied.value, "mGy/week")}, "with T")
    full = evaluate(equations.yearly_air_kerma, {"weeks": weeks, "K": (week, "mGy/week")}, "T = 1")
    h_week, h_year, h_full = (
        evaluate(equations.ambient_dose_equivalent, {"h": h, "K": (K, unit)}, label)
        for K, unit, label in (
            (week, "mGy/week", "week"),
            (year.value, "mGy/year", "year with T"),
            (full.value, "mGy/year", "year, T = 1"),
        )
    )
    h_hour = h10(h, own[1], other_hour, "hour")
    h_rate = h10(h, own[2], other_rate, "beam_on")
    doses = Doses(
        air_kerma_beam_on_uGy_per_h=plus(own[2], other_rate),
        air_kerma_hour_uGy=plus(own[1], other_hour),
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
