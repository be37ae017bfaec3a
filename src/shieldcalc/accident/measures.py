"""What doses call for: tissue effects, how long responders may stay, whether an action for the public is justified."""

from collections.abc import Iterator, Mapping
from datetime import date
from math import expm1, inf
from typing import NamedTuple

from shieldcalc.accident.judged import asked, conditions, criteria
from shieldcalc.accident.law import force_of
from shieldcalc.model.result import Force
from shieldcalc.regulations.rules import load
from shieldcalc.tables import table

THRESHOLDS = "accident/thresholds.csv"
HOURS_PER_DAY = 24.0
CIRCULAR, RESPONDERS, CHINA = "VN-19-2012", "IAEA-EPR-FR", "CN-GB18871-2002"
BY_CONFIDENCE: Mapping[str, Force] = dict.fromkeys(("copy", "single copy", "web"), "secondary_source")
# What the rules are for, in the words of this desk; their figures stand in data/regulations.
STAYS: Mapping[str, str] = {
    f"{CIRCULAR}/22.1": "ordinary",
    f"{CIRCULAR}/22.2": "exceptional",
    **{f"{RESPONDERS}/{name}": task for name, task in (
        ("ew.1", "avert_collective"), ("ew.2", "prevent_severe"), ("ew.3", "life_saving"),
        ("gsr7.3", "avert_collective"), ("gsr7.2", "prevent_severe"), ("gsr7.1", "life_saving"),
    )},
}  # fmt: skip
TURNS: Mapping[str, str] = {"resp.100": "life_saving_half_hour", "resp.1000": "not_without_assessor"}
MEDICAL: Mapping[str, tuple[str, str, str]] = {
    "II.ext.marrow": ("red_marrow", "medical_action", "body"),
    "II.ext.fetus": ("fetus", "medical_action", "spot"),
    "II.ext.tissue": ("tissue", "medical_action_contact", "local"),
    "II.ext.skin": ("skin", "medical_action_skin", "local"),
}
ACTIONS: Mapping[str, str] = {"sheltering": "shelter", "evacuation": "evacuate", "relocation": "relocate"}
DAYS: Mapping[str, float] = {"two_days": 2.0, "one_week": 7.0, "first_month": 30.0}


class Effect(NamedTuple):
    """A tissue effect: its dose in Gy (the threshold where one is printed), the dose compared, and its state.

    ``status``: below, possible or reached. The doses compared are upper values of the organ's: they can show that an
    effect is not reached. An organ that may lie beside the source has the local dose.
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


def effects(body_Gy: float, local_Gy: float, on: date | None = None) -> tuple[Effect, ...]:
    """Return every tissue effect with its state; ``on``: the day for which the force of laws is told."""
    rows = [
        ((row["set"], row["organ"], row["effect"], row["region"]), float(row["threshold_Gy"] or row["dose_Gy"]),
         BY_CONFIDENCE.get(row["confidence"], "unverified"))
        for row in table(THRESHOLDS).rows
    ]  # fmt: skip
    rows += [
        (("vn19", *MEDICAL[each.id]), asked(each).low or 0.0, force_of(CIRCULAR, each.confidence, on))
        for each in criteria(CIRCULAR, "II")
        if each.id in MEDICAL
    ]
    return tuple(_effect(*row, body_Gy, local_Gy) for row in rows)


def _effect(names: tuple[str, str, str, str], least: float, force: Force, body: float, local: float) -> Effect:
    compared = body if names[-1] == "body" else local
    over = "reached" if names[1] == "tissue" else "possible"
    return Effect(*names, least, compared, over if compared >= least else "below", force)


def stays(distance_m: float, rate_mSv_per_h: float, already_mSv: float, on: date | None = None) -> Iterator[Stay]:
    """Yield how long a responder may stay, by each limit: (limit - what was received already) over the rate."""
    for name, action in STAYS.items():
        instrument, _, known = name.partition("/")
        rule = load(instrument).rule(known)
        limit = float(str(rule.value))
        left = max(0.0, limit - already_mSv)
        hours = left / rate_mSv_per_h if rate_mSv_per_h > 0 else inf
        yield Stay(
            instrument, rule.article, action, limit, distance_m, rate_mSv_per_h,
            None if hours == inf else hours, force_of(instrument, rule.confidence, on),
        )  # fmt: skip


def turn_backs(distance_m: float, rate_mSv_per_h: float) -> Iterator[TurnBack]:
    """Yield the dose rates at which responders turn back."""
    for name, action in TURNS.items():
        rule = load(RESPONDERS).rule(name)
        bound = float(str(rule.value))
        force = force_of(RESPONDERS, rule.confidence, None)
        yield TurnBack(RESPONDERS, action, bound, distance_m, rate_mSv_per_h >= bound, force)


def actions(rate_mSv_per_h: float, decay_per_s: float) -> Iterator[Action]:
    """Yield what is averted if people do not stay where they are: rate (1 - exp(-lambda t))/lambda over each period."""
    for instrument, ladder in ((RESPONDERS, "levels"), (CHINA, "E")):
        rows = {conditions(each)[0].averaging: each for each in criteria(instrument, ladder) if each.grade in ACTIONS}
        for averaging, days in DAYS.items():
            each, per_hour, hours = rows[averaging], decay_per_s * 3600, days * HOURS_PER_DAY
            mean = -expm1(-per_hour * hours) / per_hour if per_hour * hours > 1e-9 else hours
            averted, level = rate_mSv_per_h * mean, asked(each).low or 0.0
            force = force_of(instrument, each.confidence, None)
            yield Action(instrument, ACTIONS[each.grade], level, days, averted, averted >= level, force)
