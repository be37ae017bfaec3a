"""The zones of a ward: how far each bound that its people were judged by reaches around tube and patient."""

from collections.abc import Iterator

from shieldcalc.assess.ward import INSIDE_WARD
from shieldcalc.model.result import Fact, Finding, Result, Unshielded, Zone
from shieldcalc.physics import zones
from shieldcalc.regulations.taxonomy import is_a, taxonomy

_IN_FORCE = ("binding", "secondary_source", "unverified")
_IN_THE_OPEN = ("user", "operator")
WORKER = "radiation_worker"


def zones_of(results: tuple[Result, ...], findings: tuple[Finding, ...], facts: tuple[Fact, ...]) -> tuple[Zone, ...]:
    """Return one zone for each method, rule and dose that the rule bounds, of the dose rules in force.

    Of rules that judged somebody declared in the open; people behind a floor or wall are judged there. Yearly and
    weekly doses with full occupancy, whatever a declared person's own is. Empty in a built room.
    """
    inside = {fact.subject for fact in facts if fact.quantity == "place" and _in_ward(fact)}
    return tuple(
        zone
        for result in results
        if result.unshielded is not None
        for zone in _zones(result, result.unshielded, findings, inside)
    )


def _in_ward(fact: Fact) -> bool:
    return isinstance(fact.value, tuple) and INSIDE_WARD in fact.value


def _zones(result: Result, base: Unshielded, findings: tuple[Finding, ...], inside: set[str]) -> Iterator[Zone]:
    """Yield each zone once, first those of people inside the ward."""
    people = {each.point.id for each in result.points if each.point.role in _IN_THE_OPEN}
    judged = [finding for finding in findings if finding.subject in people and _counts(finding)]
    seen: set[tuple[str, str, float, bool]] = set()
    for finding in sorted(judged, key=lambda finding: finding.subject not in inside):
        worker = is_a(taxonomy().person, finding.person, (WORKER,))
        for quantity, limit in finding.bounds.items():
            key = (finding.rule, quantity, limit, worker)
            if key not in seen:
                seen.add(key)
                yield _zone(result.method, base, finding, (quantity, limit), (worker, finding.subject in inside))


def _counts(finding: Finding) -> bool:
    return finding.dose_rule and finding.outcome != "not_applicable" and finding.force in _IN_FORCE


def _zone(method: str, base: Unshielded, finding: Finding, bound: tuple[str, float], who: tuple[bool, bool]) -> Zone:
    """Return the zone of one bound (a field of Doses, its limit) for workers or others, inside the ward or not."""
    quantity, limit = bound
    unit = next(row.unit for row in taxonomy().quantities.values() if row.dose == quantity)
    D_1: float | None = getattr(base.aside.doses, quantity)
    P_1: float | None = None if base.primary is None else getattr(base.primary, quantity)
    aside = None if D_1 is None else zones.aside(D_1, limit, unit)
    unknown = D_1 is None or P_1 is None
    primary = None if unknown else zones.in_primary(P_1 or 0.0, D_1 or 0.0, base.focus_to_patient_m, limit, unit)
    return Zone(
        method=method,
        rule=finding.rule,
        instrument=finding.instrument,
        article=finding.article,
        paraphrase=finding.paraphrase,
        force=finding.force,
        quantity=quantity,
        limit=limit,
        unit=unit,
        aside_m=None if aside is None else aside.value,
        primary_m=None if primary is None else primary.inputs["R_P"][0],
        worker=who[0],
        inside=who[1],
        steps=tuple(step for step in (aside, primary) if step is not None),
    )
