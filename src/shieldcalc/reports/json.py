"""The JSON of ``check``: numbers unrounded with the unit in the key, codes beside their sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from math import isfinite
from typing import Any

from shieldcalc.errors import Notice
from shieldcalc.model.assessment import Assessment, BarrierVerdict
from shieldcalc.model.design import Beyond
from shieldcalc.model.result import BarrierResult, Component, ContainerRates, Finding, PointResult, Reach, Result, Zone
from shieldcalc.model.scene import Barrier
from shieldcalc.model.site import SiteAssessment
from shieldcalc.model.trace import Step
from shieldcalc.reports.sections.law import is_assumption
from shieldcalc.reports.sections.lead import listed
from shieldcalc.reports.words import Words, decisive, points_of

SCHEMA = "shieldcalc/check/1"
SITE_SCHEMA = "shieldcalc/check-site/1"


def document(assessment: Assessment | SiteAssessment, language: str = "en") -> dict[str, Any]:
    """Return everything of one check; its shape is data/schemas/check-1.json, that of a site check-site-1.json.

    Lengths in m (layers in mm); a number that is not finite is null. Raises TextError where a text is missing.
    """
    return _of_site(assessment, language) if isinstance(assessment, SiteAssessment) else _of_room(assessment, language)


def _of_site(assessment: SiteAssessment, language: str) -> dict[str, Any]:
    words, site = Words(language), assessment.site
    pairs = zip(site.rooms, assessment.rooms, strict=True)
    parts = {
        "schema": SITE_SCHEMA,
        "identity": {"site" if key == "room" else key: value for key, value in asdict(site.identity).items()},
        "input": {"file": site.file, "sha256": site.sha256},
        "on": assessment.on,
        "language": language,
        "rooms": [
            {"id": room.id, "file": room.file, "at_m": room.at, "turn_deg": room.turn_deg}
            | {"check": _of_room(found, language)}
            for room, found in pairs
        ],
        "points": [
            {"id": point.id, "position_m": point.position, "beyond": _beyond(point.beyond)} for point in site.points
        ],
        "never_together": [asdict(group) for group in site.never_together],
        "warnings": _notices([each for each in assessment.notices if not is_assumption(each)], words),
        "assumptions": _notices([each for each in assessment.notices if is_assumption(each)], words),
        "version": assessment.version,
        "plugins": [each.told() for each in assessment.rooms[0].plugins],
        "exit_code": assessment.exit_code,
        "exit_meaning": words.say(f"exit.{assessment.exit_code}"),
    }
    return {key: _plain(value) for key, value in parts.items()}


def _of_room(assessment: Assessment, language: str) -> dict[str, Any]:
    words, design = Words(language), assessment.design
    warnings = [notice for notice in assessment.notices if not is_assumption(notice)]
    assumptions = [notice for notice in assessment.notices if is_assumption(notice)]
    parts = {
        "schema": SCHEMA,
        "identity": asdict(design.identity),
        "input": {"file": design.file, "sha256": design.sha256},
        "on": assessment.on,
        "language": language,
        "instruments": [dict(status) for status in assessment.instrument_status],
        "asked_by_name": list(assessment.asked_by_name),
        "methods": [_method(result, words) for result in assessment.results],
        "points": [_point(result, point, words) for result in assessment.results for point in result.points],
        "barriers": [_barrier(assessment, verdict) for verdict in assessment.barriers],
        "not_assessed": _not_assessed(assessment),
        "lead_equivalents": list(listed(assessment)),
        "comparisons": [asdict(found) for found in assessment.comparisons],
        "zones": [_with_steps(zone) for zone in assessment.zones],
        "boundaries": [_with_steps(reach) for reach in assessment.reaches],
        "findings": [_finding(finding, words) for finding in assessment.findings],
        "classifications": [asdict(found) for found in assessment.classifications],
        "duties": [asdict(duty) for duty in assessment.duties],
        "warnings": _notices(warnings, words),
        "assumptions": _notices(assumptions, words),
        "tables": [dict(table) for table in assessment.tables],
        "version": assessment.version,
        "plugins": [each.told() for each in assessment.plugins],
        "exit_code": assessment.exit_code,
        "exit_meaning": words.say(f"exit.{assessment.exit_code}"),
    }
    return {key: _plain(value) for key, value in parts.items()}


def _plain(node: Any) -> Any:
    """Return data of JSON types only: tuples as lists, mappings as objects, numbers that are not finite as null."""
    match node:
        case None | bool() | int() | str():
            return node
        case float():
            return node if isfinite(node) else None
        case Mapping():
            return {str(key): _plain(value) for key, value in node.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(value) for value in node]
    return str(node)


def _notices(notices: Iterable[Notice], words: Words) -> list[dict[str, Any]]:
    return [{**_told(notice, words), "code": notice.code, "text": words.notice(notice)} for notice in notices]


def _told(notice: Notice, words: Words) -> dict[str, Any]:
    return {key: words.notice(value) if isinstance(value, Notice) else value for key, value in notice.params.items()}


def _method(result: Result, words: Words) -> dict[str, Any]:
    notices = _notices(result.notices, words)
    said = {"name": result.method, "title": result.title, "reference": result.reference, "notices": notices}
    return {
        **said,
        "unshielded": _unshielded(result, words),
        "containers": [_with_steps(each) for each in result.containers],
        "open_site": [asdict(each) for each in result.open_site],
        "mazes": [asdict(each) for each in result.mazes],
    }


def _unshielded(result: Result, words: Words) -> dict[str, Any] | None:
    """Return what the units of a ward give at 1 m; None for a built room."""
    base = result.unshielded
    if base is None:
        return None
    behind = [{"lead_mm": mm, "id": found.point.id, "doses": asdict(found.doses)} for mm, found in base.protected]
    return {
        "aside": _point(result, base.aside, words),
        "primary_doses": None if base.primary is None else asdict(base.primary),
        "focus_to_patient_m": base.focus_to_patient_m,
        "least_m": base.least_m,
        "protected": behind,
    }


def _with_steps(found: Zone | Reach | ContainerRates) -> dict[str, Any]:
    bare = {name: getattr(found, name) for name in found.__slots__}
    return {**bare, "steps": [_step(step) for step in found.steps]}


def _beyond(beyond: Beyond | None) -> dict[str, Any] | None:
    return None if beyond is None else asdict(beyond)


def _point(result: Result, found: PointResult, words: Words) -> dict[str, Any]:
    point = found.point
    return {
        "id": point.id,
        "method": result.method,
        "role": point.role,
        "barrier": point.barrier,
        "position_m": point.position,
        "distance_m": point.distance_m,
        "beyond": _beyond(point.beyond),
        "doses": asdict(found.doses),
        "components": [_component(part) for part in found.components],
        "steps": [_step(step) for step in found.steps],
        "rooms": [{"room": share.room, "air_kerma": asdict(share.kerma)} for share in found.rooms],
        "notices": _notices(found.notices, words),
    }


def _component(part: Component) -> dict[str, Any]:
    return {
        "kind": part.kind,
        "room": part.room,
        "source": part.source,
        "beam": part.beam,
        "distance_m": part.distance_m,
        "transmission": part.transmission,
        "crossed": part.crossed,
        "integration_error": part.integration_error,
        "air_kerma": asdict(part.kerma),
        "unshielded_air_kerma": asdict(part.unshielded),
        "steps": [_step(step) for step in part.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    inputs = [{"symbol": symbol, "value": value, "unit": unit} for symbol, (value, unit) in step.inputs.items()]
    return {
        "label": step.label,
        "symbol": step.symbol,
        "expression": step.expression,
        "inputs": inputs,
        "value": step.value,
        "unit": step.unit,
        "source": step.source,
    }


def _barrier(assessment: Assessment, verdict: BarrierVerdict) -> dict[str, Any]:
    barrier = assessment.scene.by_id.get(verdict.barrier)
    computed = _computed(assessment, verdict)
    found = decisive(assessment, verdict)
    points = points_of(assessment, verdict)
    return {
        "id": verdict.barrier,
        "method": verdict.method,
        **_build_of(barrier),
        "lead_equivalent_mm": computed.lead_equivalent_mm if computed else None,
        "lead_equivalent_beam": computed.lead_equivalent_beam if computed else "",
        "points": points,
        "worst_point": points[0] if points else None,
        "goals": [asdict(goal) for goal in verdict.goals],
        "margin": verdict.margin,
        "governing_rule": verdict.governing_rule,
        "outcome": verdict.outcome,
        "force": found.force if found else None,
        "requirements": [asdict(need) for need in verdict.requirements],
    }


def _build_of(barrier: Barrier | None) -> dict[str, Any]:
    return {
        "kind": barrier.kind if barrier else None,
        "layers": [asdict(layer) for layer in barrier.layers] if barrier else [],
        "thickness_m": barrier.thickness_m if barrier else None,
        "beyond": _beyond(barrier.beyond if barrier else None),
    }


def _computed(assessment: Assessment, verdict: BarrierVerdict) -> BarrierResult | None:
    found = (b for result in assessment.results if result.method == verdict.method for b in result.barriers)
    return next((barrier for barrier in found if barrier.barrier == verdict.barrier), None)


def _not_assessed(assessment: Assessment) -> list[dict[str, Any]]:
    assessed = {verdict.barrier for verdict in assessment.barriers}
    return [{"id": b.id, **_build_of(b)} for b in assessment.scene.barriers if b.id not in assessed]


def _finding(finding: Finding, words: Words) -> dict[str, Any]:
    reason = None if finding.reason is None else _notices([finding.reason], words)[0]
    written = {"reason": reason, "notices": _notices(finding.notices, words), "paraphrase": words.paraphrase(finding)}
    bare = {name: getattr(finding, name) for name in finding.__slots__}
    return {**bare, **written, "verdict": words.verdict(finding.outcome, finding.force)}
