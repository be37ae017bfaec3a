"""What doses call for: tissue effects, how long responders may stay, whether an action for the public is justified."""

from collections.abc import Iterator, Mapping
from datetime import date
from math import expm1, inf
from typing import NamedTuple

from shieldcalc.accident.exposure import Together, rule
from shieldcalc.accident.ladders import bound, criteria
from shieldcalc.accident.law import force_of
from shieldcalc.errors import UnknownNameError
from shieldcalc.model.result import Force
from shieldcalc.regulations.rules import load
from shieldcalc.tables import table

THRESHOLDS = "accident/thresholds.csv"
HOURS_PER_DAY, YEAR = 24.0, 365.25
WHOLE, IODINE = "whole_body", "iodine"
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
    "II.ext.skin": ("skin", "medical_action_skin", "skin"),
}
ACTIONS: Mapping[str, str] = {  # in the words of this desk; the days of each are rules of this desk
    "sheltering": "shelter", "evacuation": "evacuate", "relocation": "relocate", "relocation_goes_on": "relocate_end",
    "resettlement": "resettle",
}  # fmt: skip
LEVELS = (f"{RESPONDERS}/levels", f"{CHINA}/E")


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
    confidence: str


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


class _Row(NamedTuple):
    """A threshold: its set, organ, effect and region, the dose in Gy, how far it binds and how well it is known."""

    names: tuple[str, str, str, str]
    least: float
    force: Force
    confidence: str


def _rows(on: date | None) -> Iterator[_Row]:
    for row in table(THRESHOLDS).rows:
        force = BY_CONFIDENCE.get(row["confidence"], "unverified")
        names = (row["set"], row["organ"], row["effect"], row["region"])
        yield _Row(names, float(row["threshold_Gy"] or row["dose_Gy"]), force, row["confidence"])
    for each in criteria(f"{CIRCULAR}/II"):
        if each.id in MEDICAL:
            yield _Row(
                ("vn19", *MEDICAL[each.id]), bound(each), force_of(CIRCULAR, each.confidence, on), each.confidence
            )


def effects(doses: Together, *, betas: bool, on: date | None = None) -> tuple[Effect, ...]:
    """Return every tissue effect with its state; ``betas``: the source emits beta rays, which are not in the doses.

    ``on``: the day for which the force of laws is told.
    """
    return tuple(_effect(row, doses, betas) for row in _rows(on))


def _effect(row: _Row, doses: Together, betas: bool) -> Effect:
    _, organ, _, region = row.names
    compared = {"body": doses.body_Gy, "skin": doses.skin_Gy}.get(region, doses.local_Gy)
    over = "reached" if organ == "tissue" else "possible"
    under = "open" if betas and region != "body" else "below"
    return Effect(*row.names, row.least, compared, over if compared >= row.least else under, row.force, row.confidence)


def organs() -> tuple[str, ...]:
    """Return the organs that thresholds are held for."""
    return tuple(dict.fromkeys(row.names[1] for row in _rows(None)))


def effects_of(organ: str, dose_Gy: float, on: date | None = None) -> tuple[Effect, ...]:
    """Return the effects of an organ with their state at an absorbed dose of its own, as somebody determined it.

    A dose of the whole body is one of every organ in it. Raises UnknownNameError for an organ without thresholds.
    """
    if organ not in organs():
        raise UnknownNameError("organ", organ, organs())
    rows = [row for row in _rows(on) if row.names[1] == organ or (organ == WHOLE and row.names[3] == "body")]
    found = (_effect(row, Together(dose_Gy, dose_Gy, dose_Gy), betas=False) for row in rows)
    return tuple(each._replace(status="below" if each.status == "below" else "reached") for each in found)


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
    per_hour = decay_per_s * 3600
    for ladder in LEVELS:
        rows = {each.grade: each for each in criteria(ladder)}
        for grade, action in ACTIONS.items():
            each, days = rows[grade], rule(f"{action}_days")
            hours, level = days * HOURS_PER_DAY, bound(each)
            mean = -expm1(-per_hour * hours) / per_hour if per_hour * hours > 1e-9 else hours
            averted = rate_mSv_per_h * mean
            force = force_of(each.instrument, each.confidence, None)
            yield Action(each.instrument, action, level, days, averted, averted >= level, force)


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
    for each in criteria(*LEVELS):
        if each.grade == IODINE:
            level, force = bound(each), force_of(each.instrument, each.confidence, None)
            yield Iodine(each.instrument, IODINE, level, thyroid_mGy, thyroid_mGy >= level, force)
