"""Design goals as people write them, to air kerma in mGy per week (NCRP Report No. 147, section 1.4)."""

from typing import NamedTuple

from shieldcalc.errors import Notice, UnitError
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics import equations
from shieldcalc.physics.values import value
from shieldcalc.units import DIMENSIONS, parse

_WEEKLY = ("kerma_per_week", "dose_per_week")
_YEARLY = ("kerma_per_year", "dose_per_year")
_PERIOD = ("kerma", "dose")
_DOSES = ("dose_per_week", "dose_per_year", "dose")


class DesignGoal(NamedTuple):
    """A goal in mGy per week, or per storage period (``per`` is "week" or "period"), and how it was read."""

    P: float
    per: str
    notices: tuple[Notice, ...]
    steps: tuple[Step, ...]


def design_goal(text: str) -> DesignGoal:
    """Return the goal written as a quantity: "0.02 mGy/week", "1 mGy/year", "5e-4 mGy" for stored film or cassettes.

    A yearly goal is divided by 50 weeks; sieverts are taken as as many grays: both are stated as notices. Raises
    UnitError for a bare number, any other unit, zero or less.
    """
    dimension = _dimension(text)
    value = parse(text, dimension)
    if not value > 0:
        raise UnitError("not_positive", value=text)
    notices = [Notice("assumptions.sievert_as_gray", {"goal": text})] if dimension in _DOSES else []
    if dimension in _PERIOD:
        return DesignGoal(value, "period", (*notices, Notice("assumptions.goal_of_a_period", {"goal": text})), ())
    if dimension in _WEEKLY:
        return DesignGoal(value, "week", tuple(notices), ())
    step = evaluate(equations.weekly_goal, {"P_year": (value, "mGy/year"), "weeks": (weeks_per_year(), "")})
    notices.append(Notice("assumptions.goal_of_a_year", {"goal": text, "weeks": f"{weeks_per_year():g}"}))
    return DesignGoal(step.value, "week", tuple(notices), (step,))


def _dimension(text: str) -> str:
    """Return the dimension whose unit stands in the text; the last refusal names every unit that a goal may have."""
    for dimension in (*_WEEKLY, *_YEARLY, *_PERIOD):
        try:
            parse(text, dimension)
        except UnitError as error:
            refusal = error
            if error.code != "wrong_unit":
                break
        else:
            return dimension
    params = {**refusal.params, "dimension": "a design goal", "allowed": _allowed()}
    raise UnitError(refusal.code, **params)


def _allowed() -> str:
    return ", ".join(unit for name in (*_WEEKLY, *_YEARLY, *_PERIOD) for unit in list(DIMENSIONS[name])[:2])


def weeks_per_year() -> float:
    """Return the report's number of weeks in a year."""
    return value("weeks_per_year")
