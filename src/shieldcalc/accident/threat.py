"""Threat group I to V of a facility: every criterion judged, the gravest that is met decides; the plan that it needs.

Vietnamese circular 24/2012, Annex I and Articles 6 to 8, with what is held of 12/2023 and of the IAEA beside it. The
rate at 1 m with the shield lost is computed from each source; sources of one device are taken together. After the
circular's end the binding text is not held: the group is undetermined, the last known one is shown.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from shieldcalc.accident import ladders
from shieldcalc.accident.activity import Stated, stated
from shieldcalc.accident.categories import Piece, rated
from shieldcalc.accident.ladders import Judged
from shieldcalc.accident.law import force_of
from shieldcalc.accident.machines import Machine, machines
from shieldcalc.accident.told import once
from shieldcalc.errors import Notice, ShieldcalcError
from shieldcalc.facility.own_facts import devices_in_use
from shieldcalc.model.classification import ClassFound
from shieldcalc.model.emergency import Emergency
from shieldcalc.model.facility import Facility, HeldSource
from shieldcalc.model.result import Fact
from shieldcalc.regulations.classes import Criterion
from shieldcalc.regulations.classify import classify
from shieldcalc.regulations.taxonomy import is_a, taxonomy
from shieldcalc.regulations.view import FACILITY
from shieldcalc.tables import table

PLAN_TABLE = "accident/plan_contents.csv"
GROUPS = ("I", "II", "III", "IV", "V")
CIRCULAR, LATER, ADVICE = "VN-24-2012", "VN-12-2023", "IAEA-TC"
INSTRUMENTS, LADDER, PLAN, SCALED = (CIRCULAR, LATER, ADVICE), "threat", "plan", "7.1"
UNKNOWN = 0
RATE = "air_kerma_rate_unshielded_1m"
FIXED, MOBILE, NOT_SAID = "fixed", "mobile", "not_said"
MATERIAL = ("sealed_source", "unsealed_source", "nuclear_medicine", "teletherapy", "gamma_knife")
HOLDING, STORES = ("sealed_source", "teletherapy", "gamma_knife"), ("source_store",)
DISPERSIBLE = ("none", "on_site", "off_site_urgent", "off_site_severe")
RELEASES = ("onsite_urgent_action_possible", "offsite_urgent_action_possible", "offsite_severe_effects_possible")
ACTIVITIES: Mapping[str, str] = {
    "licensed_use": "licensed_use_or_transport",
    "illicit": "illicit_trade_or_sabotage",
    "debris": "satellite_or_rtg_debris",
    "orphan": "orphan_source_likely",
}

_UNLISTED = Notice("warnings.accident.threat_unlisted")


class Bare(NamedTuple):
    """Sources that lose their shield together: their ids, air kerma rate at 1 m in mGy/h (None: not computed), use.

    ``category`` None: below the exempt activity, or ``uncategorised``: no D is held of one of them. Without ids it is a
    device that holds a source which the file does not list.
    """

    name: str
    sources: tuple[str, ...]
    rate_mGy_per_h: float | None
    use: str
    category: int | None
    uncategorised: bool = False
    reason: Notice | None = None


class Plan(NamedTuple):
    """The plan that a group needs: types by article, its contents, what the facility's plan lacks (None: not said)."""

    types: tuple[str, ...]
    contents: tuple[str, ...]
    missing: tuple[str, ...] | None


class Threat(NamedTuple):
    """The threat group of a facility and its plan.

    ``group`` by a text in force that is held, "" not known; ``last_known`` by the circular whatever its state;
    ``graver`` that an open criterion or a text that is not verified may give.
    """

    group: str
    last_known: str
    graver: str
    judged: tuple[Judged, ...]
    bare: tuple[Bare, ...]
    plan: Plan
    notices: tuple[Notice, ...]
    classes: tuple[ClassFound, ...] = ()
    machines: tuple[Machine, ...] = ()


def criteria() -> tuple[Criterion, ...]:
    """Return every criterion of the ladders of threat groups."""
    return ladders.criteria(*(f"{name}/{LADDER}" for name in INSTRUMENTS))


def rate_bound() -> float:
    """Return the rate at 1 m with the shield lost, in mGy/h, from which the circular has a facility in group III."""
    own = ladders.criteria(f"{CIRCULAR}/{LADDER}")
    return next(ladders.bound(each) for each in own if ladders.conditions(each)[-1].quantity == RATE)


def threat(facility: Facility, on: date) -> Threat:
    """Return the threat group of a facility on a day, and its plan."""
    told = facility.emergency or Emergency()
    bare = _bare(facility, told, on)
    facts = _facts(facility, told, bare)
    classes = tuple(each for each in classify(facts, INSTRUMENTS, on=on) if each.ladder.endswith(f"/{LADDER}"))
    judged = tuple(one for each in classes for one in ladders.judged(each, facts))
    last = _gravest(each for each in judged if each.met and each.criterion.instrument == CIRCULAR)
    live = [each for each in judged if each.met and each.force in ("binding", "secondary_source")]
    firm = _gravest(each for each in live if each.criterion.instrument in (CIRCULAR, LATER))
    unsure = [each for each in judged if each.met is not False and each.criterion.instrument != ADVICE]
    holds = _holds_material(facility, told, on)
    opened = _gravest(each for each in unsure if each.met or holds or not set(each.missing) <= set(RELEASES))
    circular_live = force_of(CIRCULAR, "seed", on) == "binding"
    here = _in_viet_nam(facility)
    group = "" if not here else last if circular_live else firm
    shown = min((each for each in (last, firm) if each), key=GROUPS.index, default="")
    graver = opened if opened and (not shown or GROUPS.index(opened) < GROUPS.index(shown)) else ""
    plan = _plan(facility, told, shown, bare)
    said = [*_notices(bare, graver, live=circular_live, group=group)]
    if not here:
        said.append(Notice("warnings.accident.threat_abroad", {"place": facility.jurisdiction}))
    if told.dispersible is None:
        said.append(Notice("warnings.accident.threat_dispersible"))
    tubes = machines(facility, on)
    said += [notice for each in tubes for notice in each.said]
    if unnamed := [each.device for each in tubes if not each.named]:
        said.append(Notice("warnings.accident.threat_unnamed", {"devices": ", ".join(unnamed)}))
    return Threat(group, last, graver, judged, bare, plan, once(said), classes, tubes)


def _holds_material(facility: Facility, told: Emergency, on: date) -> bool:
    """Return whether anything radioactive is there that may be released: tubes and accelerators alone hold nothing."""
    kinds = [each.kind for each in devices_in_use(facility, on)]
    unsealed = any(is_a(taxonomy().equipment, kind, MATERIAL) for kind in kinds)
    return bool(facility.sources or facility.workplaces or told.reactor_power_MW or told.pool_cs137_Bq or unsealed)


def _in_viet_nam(facility: Facility) -> bool:
    return f"{facility.jurisdiction}/".upper().startswith("VN/")


def _gravest(judged: Iterable[Judged]) -> str:
    return min((each.criterion.grade for each in judged), key=GROUPS.index, default="")


def _facts(facility: Facility, told: Emergency, bare: tuple[Bare, ...]) -> tuple[Fact, ...]:
    """Return what the ladders read. Of reactor, pool and criticality nothing is there where nothing is declared."""
    activities = told.activities or (("licensed_use",) if facility.sources or facility.devices else ())
    distance, cooled = told.criticality_m, told.pool_needs_cooling
    gravest = None if told.dispersible is None else DISPERSIBLE.index(told.dispersible)
    values: dict[str, float | bool | str | tuple[str, ...] | None] = {
        "reactor_thermal_power": told.reactor_power_MW or 0.0,
        "spent_fuel_cs137": None if cooled and told.pool_cs137_Bq is None else told.pool_cs137_Bq or 0.0,
        "spent_fuel_needs_cooling": None if told.pool_cs137_Bq and cooled is None else bool(cooled),
        "criticality_possible": distance is not None,
        "criticality_to_boundary": None if distance is None else distance / 1000,
        **{name: None if gravest is None else gravest > at for at, name in enumerate(RELEASES)},
        RATE: _rate(bare),
        "activity_type": tuple(ACTIVITIES[each] for each in activities),
        "products_contaminated_from_i_or_ii": bool(told.products_at_risk),
    }
    return ladders.facts(FACILITY, values)


def _rate(bare: tuple[Bare, ...]) -> float | None:
    """Return the largest rate of fixed sources; None where a source that is not known to be mobile may exceed it."""
    fixed, bound = [each.rate_mGy_per_h for each in bare if each.use == FIXED], rate_bound()
    known = [each for each in fixed if each is not None]
    if any(each >= bound for each in known):
        return max(known)
    unsure = any(each is None for each in fixed) or any(
        each.use == NOT_SAID and (each.rate_mGy_per_h is None or each.rate_mGy_per_h >= bound) for each in bare
    )
    return None if unsure else max(known, default=0.0)


def _bare(facility: Facility, told: Emergency, on: date) -> tuple[Bare, ...]:
    """Return the sources there on the day, those of one device together."""
    groups: dict[str, list[HeldSource]] = {}
    for each in facility.sources:
        came = each.events.get("acquired", ())
        if (each.withdrawn is None or each.withdrawn > on) and all(_day(day) <= on for day in came):
            groups.setdefault(each.device or each.id, []).append(each)
    listed = (_one(name, group, told, on) for name, group in groups.items())
    return (*listed, *(Bare(name, (), None, NOT_SAID, None, True, _UNLISTED) for name in _unlisted(facility, on)))


def _unlisted(facility: Facility, on: date) -> tuple[str, ...]:
    """Return the devices that hold a sealed source that the file does not list.

    A source without device may be theirs; a store keeps the sources that the file lists, whatever device they name.
    """
    known, named = taxonomy().equipment, {each.device for each in facility.sources}
    empty = [
        each.id
        for each in devices_in_use(facility, on)
        if is_a(known, each.kind, HOLDING) and each.id not in named and not each.exempt
        and not (facility.sources and is_a(known, each.kind, STORES))
    ]  # fmt: skip
    loose = sum(not each.device for each in facility.sources)
    return tuple(empty) if len(empty) > loose else ()


def _day(moment: date) -> date:
    return date.fromisoformat(moment.isoformat()[:10])


def _one(name: str, group: list[HeldSource], told: Emergency, on: date) -> Bare:
    ids = tuple(each.id for each in group)
    uses = {
        FIXED if each in told.fixed_sources else MOBILE if each in told.mobile_sources else NOT_SAID for each in ids
    }
    use = FIXED if FIXED in uses else NOT_SAID if NOT_SAID in uses else MOBILE
    try:
        rate, reason = sum(_kerma(each, on) for each in group), None
    except ShieldcalcError as refused:
        rate, reason = None, refused.notice()
    categories = [_category(each, on) for each in group]
    gravest = min((each for each in categories if each), default=None)
    return Bare(name, ids, rate, use, gravest, UNKNOWN in categories, reason)


def _kerma(each: HeldSource, on: date) -> float:
    """Return the air kerma rate in mGy/h at 1 m with nothing in the way; before its reference date it had more."""
    from shieldcalc.photons.neutrons import mixed, of_mixed
    from shieldcalc.photons.point import rates
    from shieldcalc.photons.source import Dates, of_nuclide

    known, then = mixed(each.nuclide), _stated(each, on)
    dates = Dates(then.reference, then.on)
    if known is not None:
        return rates(of_mixed(known, then.activity_Bq, dates=dates).photons, 1.0).air_kerma / 1e3
    return rates(of_nuclide(each.nuclide, then.activity_Bq, dates=dates), 1.0).air_kerma / 1e3


def _stated(each: HeldSource, on: date) -> Stated:
    return stated(each.nuclide, each.activity_Bq, each.reference_date.toordinal(), on)


def _category(each: HeldSource, on: date) -> int | None:
    """Return the category of a source on the day: None below the exempt activity, UNKNOWN where no D is held."""
    try:
        return rated(Piece(each.nuclide, *_stated(each, on))).category
    except ShieldcalcError:
        return UNKNOWN


def _plan(facility: Facility, told: Emergency, group: str, bare: tuple[Bare, ...]) -> Plan:
    types = plan_types(facility, group, bare)
    wanted = {"art6_scaled": "art6"}
    rows = [row for each in types for row in table(PLAN_TABLE).where(plan=wanted.get(each, each))]
    contents = tuple(row["item"] for row in rows if not row["groups"] or group in row["groups"].split())
    missing = None if told.plan is None else tuple(item for item in contents if item not in told.plan)
    return Plan(types, contents, missing)


def plan_types(facility: Facility, group: str, bare: tuple[Bare, ...]) -> tuple[str, ...]:
    """Return the types of plan: art6, art6_scaled, art7_2, art7_3, art8.

    In group IV category 1, and a category that is not known, are treated as 2.
    """
    if facility.kind == "provincial_people_committee":
        return ("art8",)
    if group in ("I", "II", "III"):
        return ("art6",)
    if group != "IV":
        return ()
    kinds, known = [each.kind for each in facility.devices], taxonomy().equipment
    (graver,) = (ladders.names(each) for each in ladders.criteria(f"{CIRCULAR}/{PLAN}") if each.id == SCALED)
    if any(each.uncategorised or str(each.category) in graver for each in bare):
        return ("art6_scaled",)
    medical = any(is_a(known, kind, ("medical_dx_xray",)) for kind in kinds)
    others = [kind for kind in kinds if not is_a(known, kind, ("medical_dx_xray",))]
    reduced = bool(bare or others) or not medical
    return (*(("art7_2",) if reduced else ()), *(("art7_3",) if medical else ()))


def _notices(bare: tuple[Bare, ...], graver: str, *, live: bool, group: str) -> Iterable[Notice]:
    if not live:
        yield Notice("warnings.accident.threat_not_held" if not group else "warnings.accident.threat_part_held")
    if graver:
        yield Notice("warnings.accident.threat_graver", {"group": graver})
    unsaid = [each.name for each in bare if each.use == NOT_SAID and each.sources]
    if unsaid:
        yield Notice("warnings.accident.threat_use", {"sources": ", ".join(unsaid)})
    lost = [f"{each.name}: {each.reason.text()}" for each in bare if each.reason is not None]
    if lost:
        yield Notice("warnings.accident.threat_rate", {"sources": "; ".join(lost)})
    unrated = [each.name for each in bare if each.uncategorised and each.sources]
    if unrated:
        yield Notice("warnings.accident.threat_no_category", {"sources": ", ".join(unrated)})
    if any(each.category == 1 and each.use == MOBILE for each in bare):
        yield Notice("warnings.accident.threat_category_one")
