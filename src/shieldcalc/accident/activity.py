"""Activity on a day before its reference date: a source that decays had more, A = A0 exp(ln 2 t/T)."""

from datetime import date
from math import exp
from typing import NamedTuple

SECONDS_PER_DAY = 86_400
MOST_LIVES = 700.0


class Stated(NamedTuple):
    """An activity in Bq with its day and that of the question as ordinals; None: it is that of the question."""

    activity_Bq: float
    reference: int | None
    on: int | None


def stated(name: str, activity_Bq: float, reference: int | None, day: date) -> Stated:
    """Return the activity of a source for a day; of a day before its reference date the larger one that it had.

    ``reference`` None: the activity is that of the day. Raises what ``nuclide`` raises for a name that is none. An
    activity that no source has is left to the engine to refuse.
    """
    from shieldcalc.photons.neutrons import mixed
    from shieldcalc.photons.nuclides import nuclide

    if reference is None:
        return Stated(activity_Bq, None, None)
    if day.toordinal() >= reference:
        return Stated(activity_Bq, reference, day.toordinal())
    known = mixed(name)
    lives = nuclide(name if known is None else known.emitter).decay_constant * SECONDS_PER_DAY
    return Stated(activity_Bq * exp(min(MOST_LIVES, lives * (reference - day.toordinal()))), None, None)
