"""The list of what is due as one JSON object (``data/schemas/due-1.json``)."""

from typing import Any

from shieldcalc import __version__
from shieldcalc.facility.duties import DueList
from shieldcalc.facility.wording import event, party
from shieldcalc.model.result import Duty, Reckoning
from shieldcalc.texts import sentence


def document(found: DueList, language: str) -> dict[str, Any]:
    """Return everything that is known of what is due; days are ISO dates, null where not known."""
    facility, window = found.facility, found.window
    return {
        "schema": "shieldcalc/due/1",
        "version": __version__,
        "language": language,
        "facility": {
            "name": facility.name,
            "kind": facility.kind,
            "jurisdiction": facility.jurisdiction,
            "file_sha256": facility.sha256,
        },
        "on": window.on.isoformat(),
        "from": window.first.isoformat(),
        "to": window.last.isoformat(),
        "notices": [{"code": each.code, "text": each.text(language)} for each in found.notices],
        "instruments": [dict(row) for row in found.instruments],
        "instruments_without_duties": list(found.without_duties),
        "duties": [duty_row(duty, language) for duty in found.duties],
        "not_in_force": [
            {
                "rule": rule.full_id,
                "article": rule.article,
                "what": sentence(rule.paraphrase, language),
                "force": force,
                "effective": rule.effective.isoformat(),
                "expiry": rule.expiry.isoformat() if rule.expiry else None,
            }
            for rule, force in found.not_in_force
        ],
    }


def duty_row(duty: Duty, language: str) -> dict[str, Any]:
    """Return one duty as a JSON object; days are ISO dates, null where not known."""
    return {
        "status": duty.status,
        "due": duty.due or None,
        "subject": duty.subject,
        "scope": duty.scope,
        "rule": duty.rule,
        "instrument": duty.instrument,
        "article": duty.article,
        "what": sentence(duty.what, language),
        "force": duty.force,
        "force_when_due": duty.force_when_due,
        "from_whom": {"code": duty.duty_holder, "text": party(duty.duty_holder, language)},
        "to_whom": [{"code": code, "text": party(code, language)} for code in duty.addressees],
        "counted_from": duty.counted_from or None,
        "ways": [_way(way, language) for way in duty.ways],
        "missing": [{"key": key, "text": event(key, language)} for key in duty.missing],
        "fulfilled_by": list(duty.fulfilled_by),
        "notices": [{"code": each.code, "text": each.text(language)} for each in duty.notices],
    }


def _way(way: Reckoning, language: str) -> dict[str, Any]:
    return {
        "counted_from": way.counted_from,
        "text": event(way.counted_from, language),
        "event": way.event,
        "due": way.due or None,
        "reason": way.reason.text(language) if way.reason is not None else None,
    }
