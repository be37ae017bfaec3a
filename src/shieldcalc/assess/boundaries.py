"""Boundaries of an open site: how far each limit reaches, in the beam, outside it, on the source's way and at rest."""

from collections.abc import Iterator
from typing import NamedTuple

from shieldcalc.model.design import Design
from shieldcalc.model.radiography import Boundary
from shieldcalc.model.result import Finding, Force, Reach, Result, Situation
from shieldcalc.regulations.taxonomy import is_a, taxonomy

_IN_FORCE = ("binding", "secondary_source", "unverified")
_RATE, _HOUR = "h10_beam_on_uSv_per_h", "h10_hour_uSv"
_FULL = {
    "h10_year_mSv": "h10_year_full_occupancy_mSv",
    "air_kerma_week_occupied_mGy": "air_kerma_week_mGy",
    "air_kerma_year_mGy": "air_kerma_year_full_occupancy_mGy",
}
WORKER = "radiation_worker"


class _Limit(NamedTuple):
    """One limit to draw a boundary for: whose it is, its field of Doses, value and unit, for workers or others."""

    of: str
    instrument: str
    article: str
    force: Force | None
    quantity: str
    value: float
    unit: str
    worker: bool | None


def reaches_of(design: Design, results: tuple[Result, ...], findings: tuple[Finding, ...]) -> tuple[Reach, ...]:
    """Return how far each limit reaches: those that the user asks about, then those that judged somebody declared.

    Each rule with the quantity that it limits: only where it is a mean over an hour, a day or a year do times count.
    Yearly and weekly doses with full occupancy. Empty for what is no open site.
    """
    found = []
    for result in results:
        limits = [*map(_asked, design.boundaries), *_judged(result, findings)] if result.open_site else []
        for limit in dict.fromkeys(limits):
            for situation in result.open_site:
                quantity = _FULL.get(limit.quantity, limit.quantity)
                if quantity in situation.at_1m:
                    found.append(_reach(result.method, limit, situation, quantity))
    return tuple(found)


def _asked(boundary: Boundary) -> _Limit:
    hour = boundary.averaging == "hour"
    unit = "uSv" if hour else "uSv/h"
    return _Limit(boundary.id, "", "", None, _HOUR if hour else _RATE, boundary.limit_uSv_per_h, unit, None)


def _judged(result: Result, findings: tuple[Finding, ...]) -> Iterator[_Limit]:
    people = {each.point.id for each in result.points if each.point.role == "user"}
    for finding in findings:
        counts = finding.dose_rule and finding.outcome != "not_applicable" and finding.force in _IN_FORCE
        if not counts or finding.subject not in people or not finding.by(result.method):
            continue
        worker = is_a(taxonomy().person, finding.person, (WORKER,))
        for quantity, value in finding.bounds.items():
            unit = next(row.unit for row in taxonomy().quantities.values() if row.dose == quantity)
            head = (finding.rule, finding.instrument, finding.article, finding.force)
            yield _Limit(*head, quantity, value, unit, worker)


def _reach(method: str, limit: _Limit, situation: Situation, quantity: str) -> Reach:
    from shieldcalc.physics.gamma.open_site import reach_of

    step = reach_of(situation.at_1m[quantity], limit.value, limit.unit)
    return Reach(
        method=method,
        situation=situation.name,
        limit_of=limit.of,
        instrument=limit.instrument,
        article=limit.article,
        force=limit.force,
        quantity=limit.quantity,
        limit=limit.value,
        unit=limit.unit,
        distance_m=max(step.value, situation.least_m),
        worker=limit.worker,
        steps=(step,),
    )
