"""A verification as one JSON object; names are only ever added within one major version of its schema."""

from dataclasses import asdict
from math import isfinite
from typing import Any

from shieldcalc.errors import Notice
from shieldcalc.reports.words import Words
from shieldcalc.verify.model import Flip, Item, Judged, Measured, Reason, RoomVerification, Verification
from shieldcalc.verify.quantities import BY_FIELD


def document(found: Verification, language: str) -> dict[str, Any]:
    """Return everything that a verification found; numbers unrounded, sentences in the language."""
    words = Words(language)
    stated = found.statement
    return {
        "schema": "shieldcalc/verify/1",
        "version": found.version,
        "language": language,
        "submission": {
            "applicant": stated.applicant,
            "reference": stated.reference,
            "date": stated.dated.isoformat() if stated.dated else None,
            "manifest": found.manifest,
            "files": dict(found.hashes),
        },
        "on": found.on,
        "outcome": found.verdict,
        "exit_code": found.exit_code,
        "reasons": [_reason(each, words) for each in found.reasons],
        "designs": [_room(room, words) for room in found.rooms],
    }


def _said(notice: Notice, words: Words) -> dict[str, str]:
    return {"code": notice.code, "text": words.notice(notice)}


def _reason(reason: Reason, words: Words) -> dict[str, Any]:
    return {
        "weight": reason.weight,
        **_said(reason.said, words),
        "instrument": reason.instrument or None,
        "article": reason.article or None,
        "subject": reason.subject or None,
        "condition": reason.condition or None,
    }


def _room(room: RoomVerification, words: Words) -> dict[str, Any]:
    own = room.assessment
    return {
        "design": room.name,
        "sha256": own.design.sha256,
        "instruments": list(own.instruments),
        "methods": [each.method for each in own.results],
        "check_exit_code": own.exit_code,
        "findings": [
            {
                "rule": each.rule,
                "article": each.article,
                "subject": each.subject,
                "outcome": each.outcome,
                "force": each.force,
                "margin": each.margin,
                "method": each.method,
            }
            for each in own.findings
            if each.outcome != "not_applicable"
        ],
        "claims": [_claim(each, words) for each in room.claims],
        "not_claimed": list(room.unclaimed),
        "readings": [_reading(each, words) for each in room.readings],
        "plausibility": [{"subject": each.subject, **_said(each.said, words)} for each in room.remarks],
        "sensitivity": [_flip(each, words) for each in room.flips],
        "checklist": [_item(each, words) for each in room.items],
    }


def _finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None


def _claim(found: Judged, words: Words) -> dict[str, Any]:
    claim = found.claim
    return {
        "id": claim.id,
        "line": claim.line,
        "subject": claim.subject,
        "quantity": BY_FIELD.get(claim.quantity, claim.quantity),
        "material": claim.material or None,
        "written": claim.written,
        "claimed": claim.value,
        "unit": claim.unit or None,
        "method": claim.method,
        "program": claim.program or None,
        "status": found.status,
        "factor": _finite(found.factor),
        "band": found.band,
        "recomputed": found.recomputed_verdict or _finite(found.recomputed),
        "missing": _said(found.missing, words) if found.missing else None,
        "slip": _said(found.slip, words) if found.slip else None,
        "spread": dict(found.spread),
        "refused": {name: words.notice(notice) for name, notice in found.refused},
    }


def _reading(found: Measured, words: Words) -> dict[str, Any]:
    reading = found.reading
    rate = "uSv/h" if reading.shows == "h10" else "uGy/h"
    return {
        "id": reading.id,
        "file": reading.file,
        "row": reading.row,
        "subject": reading.subject,
        "instrument": reading.instrument,
        "reading": reading.value,
        "unit": rate.removesuffix("/h") if reading.integrated else rate,
        "status": found.status,
        "why": [_said(each, words) for each in found.why],
        "steps": [_said(each, words) for each in found.steps],
        "net": found.net,
        "scaled": found.scaled,
        "computed": found.computed,
        "ratio": _finite(found.ratio),
        "hidden": _finite(found.hidden),
        "uncertainty": found.uncertainty,
        "rate_unit": rate,
    }


def _flip(flip: Flip, words: Words) -> dict[str, Any]:
    own = {key: value for key, value in asdict(flip).items() if key != "refused"}
    return {**own, "refused": None if flip.refused is None else _said(flip.refused, words)}


def _item(item: Item, words: Words) -> dict[str, Any]:
    return {
        "id": item.id,
        "instrument": item.instrument or None,
        "article": item.article or None,
        "text": words.notice(item.said),
        "present": item.present,
        "confidence": item.confidence,
        "files": item.found or None,
    }
