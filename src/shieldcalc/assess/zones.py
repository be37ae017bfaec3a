"""The zones of a ward: how far each bound that its people were judged by reaches around tube and patient."""

from collections.abc import Iterator

from shieldcalc.model.result import Finding, Result, Unshielded, Zone
from shieldcalc.physics import zones
from shieldcalc.regulations.taxonomy import is_a, taxonomy

_IN_FORCE = ("binding", "secondary_source", "unverified")
WORKER = "radiation_worker"


def zones_of(results: tuple[Result, ...], findings: tuple[Finding, ...]) -> tuple[Zone, ...]:
    """Return one zone for each method, rule and dose that the rule bounds, of the dose rules in force.

    Yearly and weekly doses with full occupancy, whatever a declared person's own is. Empty in a built room.
    """
    return tuple(
        zone for result in results if result.unshielded is not None for zone in _zones(result, result.unshielded, findings)
    )


def _zones(result: Result, base: Unshielded, findings: tuple[Finding, ...]) -> Iterator[Zone]:
    units = {row.dose: row.unit for row in taxonomy().quantities.values() if row.dose}
    seen: set[tuple[str, str, float, bool]] = set()
    for finding in findings:
        worker = is_a(taxonomy().person, finding.person, (WORKER,))
        for quantity, limit in finding.bounds.items() if _counts(finding) else ():
            key = (finding.rule, quantity, limit, worker)
            if key not in seen:
                seen.add(key)
                yield _zone(result.method, base, finding, (quantity, limit, units[quantity]), worker=worker)


def _counts(finding: Finding) -> bool:
    return finding.dose_rule and finding.outcome != "not_applicable" and finding.force in _IN_FORCE


def _zone(
    method: str, base: Unshielded, finding: Finding, bound: tuple[str, float, str], *, worker: bool
) -> Zone:
    quantity, limit, unit = bound
    D_1 = getattr(base.aside.doses, quantity)
    P_1 = None if base.primary is None else getattr(base.primary, quantity)
    aside = None if D_1 is None else zones.aside(D_1, limit, unit)
    known = D_1 is not None and P_1 is not None
    primary = zones.in_primary(P_1, D_1, base.focus_to_patient_m, limit, unit) if known else None
    return Zone(
        method=method,
        rule=finding.rule,
        instrument=finding.instrument,
        article=finding.article,
        paraphrase=finding.paraphrase,
        force=finding.force,
        worker=worker,
        quantity=quantity,
        limit=limit,
        unit=unit,
        aside_m=None if aside is None else aside.value,
        primary_m=None if primary is None else primary.inputs["R_P"][0],
        steps=tuple(step for step in (aside, primary) if step is not None),
    )
