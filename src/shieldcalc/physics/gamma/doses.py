"""Every dose quantity at a point: air kerma from the sums of its parts, H*(10) from the same lines."""

from collections.abc import Sequence

from shieldcalc.model.result import Doses
from shieldcalc.model.scene import Point
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.photons.dose import H10
from shieldcalc.photons.rules import rule
from shieldcalc.physics.gamma import equations
from shieldcalc.physics.gamma.field import Fields
from shieldcalc.physics.gamma.presence import whole_week
from shieldcalc.physics.totals import plus, sum_or_none
from shieldcalc.physics.values import h10_per_air_kerma


class DosesBy:
    """Turns week (mGy), hour (uGy) and beam-on (uGy/h) at a point into doses, with H*(10) from the scene's fields."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields

    def __call__(self, point: Point, own: Sequence[float | None]) -> tuple[Doses, tuple[Step, ...]]:
        """Return every dose quantity; declared contributions are added, their air kerma at the bound of H*(10)."""
        field = self.fields.of(H10, whole_week(point.beyond)).exact()
        h10 = field.through(field.bare(point.position, given=point.role != "worst"))
        return doses_of(point, own, h10)


def doses_of(
    point: Point, kerma: Sequence[float | None], h10: Sequence[float | None]
) -> tuple[Doses, tuple[Step, ...]]:
    """Return every dose quantity from week, hour and rate of air kerma and of H*(10)."""
    declared, T = point.beyond.other_contributions, point.beyond.occupancy
    K_other = sum(each.air_kerma_mGy_per_week for each in declared)
    rates = [
        sum_or_none([each.hour_uSv_per_h for each in declared]),
        sum_or_none([each.beam_on_uSv_per_h for each in declared]),
    ]
    week = (kerma[0] or 0.0) + K_other
    weekly = _week(kerma[0] or 0.0, h10[0] or 0.0, K_other)
    hour, beam_on = (_rate(kerma[i], h10[i], rates[i - 1], name) for i, name in ((1, "hour"), (2, "beam_on")))
    weeks = (rule("gamma_weeks_per_year"), "1/year")
    H, K = (weekly.value, "mSv/week"), (week, "mGy/week")
    year = evaluate(equations.h10_year, {"weeks": weeks, "T": (T, ""), "H10": H}, "with T")
    full = evaluate(equations.h10_year, {"weeks": weeks, "T": (1.0, ""), "H10": H}, "T = 1")
    occupied = evaluate(equations.occupied, {"T": (T, ""), "K": K})
    K_year = evaluate(equations.year, {"weeks": weeks, "K": (occupied.value, "mGy/week")}, "with T")
    K_full = evaluate(equations.year, {"weeks": weeks, "K": K}, "T = 1")
    doses = Doses(
        air_kerma_beam_on_uGy_per_h=plus(kerma[2], rates[1]),
        air_kerma_hour_uGy=plus(kerma[1], rates[0]),
        air_kerma_week_mGy=week,
        air_kerma_week_occupied_mGy=occupied.value,
        air_kerma_year_mGy=K_year.value,
        air_kerma_year_full_occupancy_mGy=K_full.value,
        h10_beam_on_uSv_per_h=beam_on[-1].value if beam_on else None,
        h10_hour_uSv=hour[-1].value if hour else None,
        h10_week_mSv=weekly.value,
        h10_year_mSv=year.value,
        h10_year_full_occupancy_mSv=full.value,
    )
    return doses, (weekly, *hour, *beam_on, occupied, K_year, K_full, year, full)


def _ratio(kerma: float, h10: float) -> tuple[float, str]:
    return (h10 / kerma if kerma else 0.0), "Sv/Gy"


def _week(kerma: float, h10: float, K_other: float) -> Step:
    inputs = {"h": _ratio(kerma, h10), "K": (kerma, "mGy/week")}
    if not K_other:
        return evaluate(equations.h10_week, inputs, "week")
    inputs["H_other"] = (h10_per_air_kerma() * K_other, "mSv/week")
    return evaluate(equations.h10_week_with, inputs, "week")


def _rate(kerma: float | None, h10: float | None, other: float | None, label: str) -> tuple[Step, ...]:
    if kerma is None or h10 is None or other is None:
        return ()
    inputs = {"h": _ratio(kerma, h10), "K": (kerma, "uGy/h"), "H_other": (other, "uSv/h")}
    return (evaluate(equations.h10_rate, inputs, label),)
