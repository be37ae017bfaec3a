"""Weekly goals in Sv, and yearly ones spread over a document's weeks."""

from typing import NamedTuple

from shieldcalc.errors import Notice, UnitError
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.therapy import equations
from shieldcalc.units import parse

MSV = 1e-3


class Goal(NamedTuple):
    """A goal in Sv a week; the step from a year and what is assumed of it, where it was one."""

    P: float
    steps: tuple[Step, ...] = ()
    assumptions: tuple[Notice, ...] = ()


def weekly(text: str, weeks: float) -> Goal:
    """Return "0.02 mSv/week" or "1 mSv/year" as a goal of a week.

    Raises UnitError for what is neither, and for 0 and less.
    """
    try:
        value, yearly = parse(text, "dose_per_year"), True
    except UnitError as error:
        if error.code != "wrong_unit":
            raise
        value, yearly = parse(text, "dose_per_week"), False
    if not value > 0:
        raise UnitError("not_positive", value=text)
    if not yearly:
        return Goal(MSV * value)
    step = evaluate(equations.weekly_goal, {"P_year": (value, "mSv/year"), "weeks": (weeks, "1/year")})
    return Goal(step.value, (step,), (Notice("assumptions.goal_of_a_year", {"goal": text, "weeks": f"{weeks:g}"}),))
