"""What doses call for: tissue effects, how long responders may stay, whether an action for the public is justified."""

from collections.abc import Iterator, Mapping
from datetime import date
from math import expm1, inf
from typing import NamedTuple

from shieldcalc.accident.exposure import Together
from shieldcalc.accident.law import force_of
from shieldcalc.errors import UnknownNameError
from shieldcalc.model.result import Force
from shieldcalc.regulations.status import weakest
from shieldcalc.tables import table

THRESHOLDS, LIMITS, LEVELS = (
    "accident/thresholds.csv",
    "accident/responder_limits.csv",
    "accident/intervention_levels.csv",
)
HOURS_PER_DAY, YEAR = 24.0, 365.25
CIRCULAR = "VN-19-2012"
WHOLE = "whole_body"
SHIPPED = (CIRCULAR, "CN-GB18871-2002")
BY_CONFIDENCE: Mapping[str, Force] = dict.fromkeys(("copy", "single copy", "web"), "secondary_source")


class Effect(NamedTuple):
    """A tissue effect: its dose in Gy (the threshold where one is printed), the dose compared, and its state.

    ``status``: below, possible, reached or open. The doses compared are upper values of the organ's: they can show that
    an effect is not reached. An organ that may lie beside the source has the local dose. Open: photons do not reach it,
    but beta rays, which are not included, may: of skin, lens and what else lies beside a source that emits them.
    """

    set: str
    organ: str
    effect: str
    region: str
    dose_Gy: float
    compared_Gy: float
    status: str
    force: Force


class Stay(NamedTuple):
    """How long a responder may stay at a distance until a limit of the whole emergency; None: for ever, rate 0."""

    instrument: str
    article: str
    action: str
    limit_mSv: float
    distance_m: float
    rate_mSv_per_h: float
    hours: float | None
    force: Force


class TurnBack(NamedTuple):
    """A dose rate at which responders turn back, and whether it is reached at a distance."""

    instrument: str
    action: str
    rate_mSv_per_h: float
    distance_m: float
    reached: bool
    force: Force


class Action(NamedTuple):
    """An action for the public: effective dose in mSv that it averts over its days, and whether that justifies it."""

    instrument: str
    action: str
    level_mSv: float
    days: float
    avertable_mSv: float
    justified: bool
    force: Force


def _force(instrument: str, confidence: str, on: date | None) -> Force:
    own = BY_CONFIDENCE.get(confidence, "unverified")
    return weakest(own, force_of(instrument, "seed", on)) if instrument in SHIPPED else own


def effects(doses: Together, *, betas: bool, on: date | None = None) -> tuple[Effect, ...]:
    """Return every tissue effect with its state; ``betas``: the source emits beta rays, which are not in the doses.

    ``on``: the day for which the force of laws is told.
    """
    return tuple(_effect(row, doses, betas, on) for row in table(THRESHOLDS).rows)


def _effect(row: Mapping[str, str], doses: Together, betas: bool, on: date | None) -> Effect:
    of_region = {"body": doses.body_Gy, "skin": doses.skin_Gy}
    least, compared = float(row["threshold_Gy"] or row["dose_Gy"]), of_region.get(row["region"], doses.local_Gy)
    over = "reached" if row["organ"] == "tissue" else "possible"
    under = "open" if betas and row["region"] != "body" else "below"
    names = (row["set"], row["organ"], row["effect"], row["region"])
    instrument = CIRCULAR if row["set"] == "vn19" else row["set"]
    force = _force(instrument, row["confidence"], on)
    return Effect(*names, least, compared, over if compared >= least else under, force)


def organs() -> tuple[str, ...]:
    """Return the organs that thresholds are held for."""
    return tuple(dict.fromkeys(row["organ"] for row in table(THRESHOLDS).rows))


def effects_of(organ: str, dose_Gy: float, on: date | None = None) -> tuple[Effect, ...]:
    """Return the effects of an organ with their state at an absorbed dose of its own, as somebody determined it.

    A dose of the whole body is one of every organ in it. Raises UnknownNameError for an organ without thresholds.
    """
    if organ not in organs():
        raise UnknownNameError("organ", organ, organs())
    rows = [row for row in table(THRESHOLDS).rows if row["organ"] == organ
            or (organ == WHOLE and row["region"] == "body")]  # fmt: skip
    found = (_effect(row, Together(dose_Gy, dose_Gy, dose_Gy), False, on) for row in rows)
    return tuple(each._replace(status="below" if each.status == "below" else "reached") for each in found)


def stays(distance_m: float, rate_mSv_per_h: float, already_mSv: float, on: date | None = None) -> Iterator[Stay]:
    """Yield how long a responder may stay, by each limit: (limit - what was received already) over the rate."""
    for row in table(LIMITS).where(quantity="dose"):
        limit = float(row["value"])
        left = max(0.0, limit - already_mSv)
        hours = left / rate_mSv_per_h if rate_mSv_per_h > 0 else inf
        yield Stay(
            row["instrument"], row["article"], row["action"], limit, distance_m, rate_mSv_per_h,
            None if hours == inf else hours, _force(row["instrument"], row["confidence"], on),
        )  # fmt: skip


def turn_backs(distance_m: float, rate_mSv_per_h: float) -> Iterator[TurnBack]:
    """Yield the dose rates at which responders turn back."""
    for row in table(LIMITS).where(quantity="rate"):
        force = BY_CONFIDENCE.get(row["confidence"], "unverified")
        reached = rate_mSv_per_h >= float(row["value"])
        yield TurnBack(row["instrument"], row["action"], float(row["value"]), distance_m, reached, force)


def actions(rate_mSv_per_h: float, decay_per_s: float) -> Iterator[Action]:
    """Yield what is averted if people do not stay where they are: rate (1 - exp(-lambda t))/lambda over each period."""
    for row in table(LEVELS).where(quantity="effective"):
        hours, level = float(row["days"]) * HOURS_PER_DAY, float(row["level"])
        per_hour = decay_per_s * 3600
        mean = -expm1(-per_hour * hours) / per_hour if per_hour * hours > 1e-9 else hours
        averted = rate_mSv_per_h * mean
        force = BY_CONFIDENCE.get(row["confidence"], "unverified")
        yield Action(row["instrument"], row["action"], level, float(row["days"]), averted, averted >= level, force)


class Iodine(NamedTuple):
    """Iodine tablets: the dose of the thyroid in mGy that they would avert, as stated; whether it justifies them."""

    instrument: str
    action: str
    level_mGy: float
    avertable_mGy: float
    justified: bool
    force: Force


def iodine(thyroid_mGy: float) -> Iterator[Iodine]:
    """Yield whether a dose of the thyroid that iodine would avert, stated and not computed here, justifies it."""
    for row in table(LEVELS).where(quantity="thyroid"):
        force, level = BY_CONFIDENCE.get(row["confidence"], "unverified"), float(row["level"])
        yield Iodine(row["instrument"], row["action"], level, thyroid_mGy, thyroid_mGy >= level, force)
