"""Claims beside the recomputation: each by its own stated method, within that method's rounding and its own band."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import inf, log
from typing import Any

from shieldcalc.assess.site import SITE
from shieldcalc.errors import Notice, ShieldcalcError
from shieldcalc.model.assessment import Assessment, BarrierVerdict
from shieldcalc.model.result import Result
from shieldcalc.tables import table
from shieldcalc.verify.model import Claim, Judged, Status
from shieldcalc.verify.vocabulary import rule

Computed = Mapping[str, Assessment | ShieldcalcError | None]
MISSING = "report.verify.missing"
_JUDGED = ("fail", "undetermined", "pass")
_OF_THE_FILE = ("thickness",)  # says what stands in the design, whatever the method


class CannotSayError(Exception):
    """What a recomputation of a claim lacks."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.code)
        self.notice = notice


def _cannot(code: str, **params: object) -> CannotSayError:
    return CannotSayError(Notice(f"{MISSING}.{code}", params))


def judged(claim: Claim, computed: Computed) -> Judged:
    """Return one claim beside what its method gives: agrees, conservative, understated, or why it is not reproduced.

    ``computed`` holds the assessment by each method, or its refusal; None where it was not asked.
    """
    others = {name: found for name, found in computed.items() if isinstance(found, Assessment)}
    refused = tuple((name, found.notice()) for name, found in computed.items() if isinstance(found, ShieldcalcError))
    own = named(claim.method, computed)
    spread = tuple(
        (name, value) for name in others if name != own and (value := _or_none(claim, others[name], name)) is not None
    )
    shown: dict[str, Any] = {"spread": spread, "refused": refused}
    try:
        found = _assessed(claim, own, computed)
        if claim.quantity == "verdict":
            return _verdict(claim, found, own, **shown)
        value = recomputed(claim, found, own)
        status, factor, band = compared(claim, value)
    except CannotSayError as unknown:
        return Judged(claim=claim, status="not_reproduced", missing=unknown.notice, **shown)
    slip = slip_of(factor) if status in ("understated", "conservative") and factor else None
    return Judged(claim=claim, status=status, recomputed=value, factor=factor, band=band, slip=slip, **shown)


def named(method: str, computed: Iterable[str]) -> str:
    """Return the method that a claim means, however it spells it: "NCRP 147" is ncrp147; its own words otherwise.

    Editions count: "GBZ 130-2020" is gbz130, "GBZ 130-2013" is not.
    """
    known = _plainly(method)
    return next((name for name in computed if name.replace("_", "") == known), method)


@lru_cache(maxsize=256)
def _plainly(method: str) -> str:
    plain = re.sub(r"[^a-z0-9]", "", method.lower())
    return next(table("verify/method_names.csv").where(written=plain), {}).get("method", plain)


def _assessed(claim: Claim, method: str, computed: Computed) -> Assessment:
    found = computed.get(method)
    if claim.quantity in _OF_THE_FILE and not isinstance(found, Assessment):
        found = next((each for each in computed.values() if isinstance(each, Assessment)), None)
    if found is None:
        raise _cannot("method_unknown", method=claim.method, known=", ".join(computed))
    if isinstance(found, ShieldcalcError):
        raise _cannot("method_refuses", method=method, why=refusal(found))
    return found


def refusal(found: ShieldcalcError) -> Notice:
    """Return a refusal as one notice: the first problem of several."""
    problems = getattr(found, "problems", ())
    if problems:
        first = problems[0]
        return Notice(f"errors.{first.code}", first.params)
    return found.notice()


def _or_none(claim: Claim, found: Assessment, method: str) -> float | None:
    try:
        return None if claim.quantity in ("verdict", *_OF_THE_FILE) else recomputed(claim, found, method)
    except CannotSayError:
        return None


def recomputed(claim: Claim, found: Assessment, method: str) -> float:
    """Return what one method gives of what is claimed; raise CannotSayError where it gives nothing."""
    if claim.quantity == "thickness":
        return _built(claim, found)
    result = result_of(found, method)
    if claim.quantity == "required":
        return _required(claim, found, method)
    if claim.quantity == "lead_equivalent":
        return _lead(claim, result)
    values = [
        getattr(point.doses, claim.quantity)
        for point in result.points
        if point.point.id in points(claim.subject, result)
    ]
    if not values or any(value is None for value in values):
        raise _cannot("not_computed", method=method, why=_why(claim, result))
    return float(max(values))


def result_of(found: Assessment, method: str) -> Result:
    """Return one method's result, or the first one."""
    return next((each for each in found.results if each.method == method), found.results[0])


def points(subject: str, result: Result) -> tuple[str, ...]:
    """Return the points of a barrier, or a point itself; raise CannotSayError where there is no such place.

    A point of the site is named with or without what tells it from the room's own.
    """
    for barrier in result.barriers:
        if barrier.barrier == subject and barrier.points:
            return barrier.points
    ids = {each.point.id for each in result.points}
    for name in (subject, subject + SITE):
        if name in ids:
            return (name,)
    known = [
        *(each.barrier for each in result.barriers),
        *(p.point.id for p in result.points if p.point.barrier is None),
    ]
    raise _cannot("no_place", subject=subject, known=", ".join(dict.fromkeys(known)))


def _why(claim: Claim, result: Result) -> Notice:
    """Return the method's own reason for a dose that is not known."""
    kind = "hour" if "hour" in claim.quantity and "beam_on" not in claim.quantity else "beam_on"
    here = [note for each in result.points if each.point.id in points(claim.subject, result) for note in each.notices]
    ways = ("undetermined", "not_computed", "outside_data")
    codes = [f"warnings.{kind}_{way}" for way in ways]
    return next((each for each in (*result.notices, *here) if each.code in codes), Notice(f"{MISSING}.no_reason"))


def _built(claim: Claim, found: Assessment) -> float:
    barrier = found.scene.by_id.get(claim.subject)
    if barrier is None:
        raise _cannot("no_place", subject=claim.subject, known=", ".join(found.scene.by_id))
    return sum(layer.thickness_mm for layer in barrier.layers if layer.material == claim.material)


def _of_barrier(claim: Claim, found: Assessment, method: str) -> BarrierVerdict:
    for each in found.barriers:
        if each.barrier == claim.subject and each.method == method:
            return each
    raise _cannot("no_place", subject=claim.subject, known=", ".join(dict.fromkeys(b.barrier for b in found.barriers)))


def _required(claim: Claim, found: Assessment, method: str) -> float:
    for need in _of_barrier(claim, found, method).requirements:
        if need.material == claim.material and need.required_mm is not None:
            return need.required_mm
    raise _cannot("no_requirement", method=method, subject=claim.subject, material=claim.material)


def _lead(claim: Claim, result: Result) -> float:
    for barrier in result.barriers:
        if barrier.barrier == claim.subject:
            by_source = [each.lead_mm for each in barrier.lead_equivalents if each.lead_mm is not None]
            known = [barrier.lead_equivalent_mm] if barrier.lead_equivalent_mm is not None else by_source
            if known:
                return float(min(each for each in known if each is not None))
            raise _cannot("no_lead", method=result.method, subject=claim.subject)
    raise _cannot("no_place", subject=claim.subject, known=", ".join(each.barrier for each in result.barriers))


def compared(claim: Claim, value: float) -> tuple[Status, float | None, float]:
    """Return status, factor and band of a claimed number beside the recomputed one.

    factor = recomputed / claimed where more is worse, claimed / recomputed where less is; above 1 is unsafe. The band
    is (1 + rounding of the method)(1 + stated uncertainty) - 1, at most ``largest_band``, beyond which no stated
    uncertainty and no rounding of the claim excuses anything. Raises CannotSayError for a claim of no dose.
    """
    claimed = claim.value or 0.0
    if claimed == 0 and value == 0:
        return "agrees", 1.0, 0.0
    if claimed == 0 and claim.safe == "high" and claim.quantity != "required":
        raise _cannot("claim_of_zero", written=claim.written)
    band, half = _band(claim)
    unsafe, safe = (value, claimed) if claim.safe == "high" else (claimed, value)
    factor = unsafe / safe if safe else inf
    low, high = (claimed - half, claimed + half)
    within = value <= high * (1 + band) if claim.safe == "high" else low <= value * (1 + band)
    near = value * (1 + band) >= low if claim.safe == "high" else high * (1 + band) >= value
    if factor > 1 and not (within and factor <= 1 + rule("largest_band")):
        return "understated", factor, band
    return ("agrees" if near else "conservative"), factor, band


def _band(claim: Claim) -> tuple[float, float]:
    if claim.quantity in _OF_THE_FILE:
        return rule("thickness_rounding"), 0.0
    band = (1 + rule("method_rounding")) * (1 + claim.uncertainty) - 1
    return min(band, rule("largest_band")), claim.half_unit


def slip_of(factor: float) -> Notice | None:
    """Return which factor between units a disagreement is nearest to, where one is near."""
    far = abs(log(factor)) if 0 < factor < inf else 0.0
    by_distance = {abs(far - log(float(row["factor"]))): row["slip"] for row in table("verify/slips.csv").rows}
    nearest = min(by_distance)
    return (
        Notice(f"report.verify.slip.{by_distance[nearest]}", {}) if nearest <= log(1 + rule("slip_tolerance")) else None
    )


def outcome_of(claim: Claim, found: Assessment, method: str) -> tuple[str, float | None, Notice | None]:
    """Return the recomputed outcome at a place, the tightest margin, and why it is undetermined."""
    result = result_of(found, method)
    at = {claim.subject, *points(claim.subject, result)}
    judged_here = [
        each
        for each in found.findings
        if each.outcome in _JUDGED
        and each.force in ("binding", "secondary_source", "unverified")
        and each.by(method)
        and (each.subject in at or each.subject.startswith(f"{claim.subject}/"))
        and (each.rule == claim.rule if claim.rule else each.dose_rule)
    ]
    if not judged_here:
        raise _cannot("no_rule", subject=claim.subject, rule=claim.rule or "-")
    worst = min(
        judged_here, key=lambda each: (_JUDGED.index(each.outcome), inf if each.margin is None else each.margin)
    )
    return worst.outcome, worst.margin, worst.reason


def _verdict(claim: Claim, found: Assessment, method: str, **shown: Any) -> Judged:
    outcome, margin, reason = outcome_of(claim, found, method)
    own: dict[str, Any] = {"claim": claim, "recomputed_verdict": outcome, **shown}
    if outcome == "undetermined" and claim.written != outcome:
        return Judged(status="not_reproduced", missing=reason or Notice(f"{MISSING}.no_reason"), **own)
    if outcome == claim.written:
        return Judged(status="agrees", **own)
    if outcome == "fail":
        return Judged(status="understated", factor=1 / margin if margin else None, **own)
    return Judged(status="conservative", **own)


def unclaimed(claims: Iterable[Claim], found: Assessment, every: Iterable[Claim] = ()) -> Iterator[str]:
    """Yield every barrier and every place of people that no dose, requirement or verdict is claimed for.

    ``every``: the claims of all designs; a point of the site is claimed once.
    """
    said = {claim.subject for claim in claims if claim.quantity not in _OF_THE_FILE}
    of_site = {claim.subject.removesuffix(SITE) + SITE for claim in every if claim.quantity not in _OF_THE_FILE}
    for result in found.results[:1]:
        for barrier in result.barriers:
            if barrier.points and barrier.barrier not in said:
                yield barrier.barrier
        behind = {name for barrier in result.barriers for name in barrier.points}
        yield from (p.point.id for p in result.points if p.point.id not in {*behind, *said, *of_site})
