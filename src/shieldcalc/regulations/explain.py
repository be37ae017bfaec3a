"""What a rule or an instrument is, in full and on a day: for people who ask what they are judged by."""

from collections.abc import Mapping
from datetime import date

from shieldcalc.errors import Notice
from shieldcalc.regulations.classes import Ladder
from shieldcalc.regulations.conditions import BETWEEN
from shieldcalc.regulations.evaluate import bound
from shieldcalc.regulations.rules import Condition, LoadedInstrument, Rule
from shieldcalc.regulations.status import NOT_LIVE, Library, force, own_force, resolve, unheld, weakest

Plain = Mapping[str, object]


def explained(instrument: LoadedInstrument, rule: Rule, on: date | None, find: Library) -> Plain:
    """Return everything that a rule says, in names of the format; with a day its force, why, and where it sends to."""
    stated = rule.reference is None
    return {
        "rule": rule.full_id,
        "instrument": instrument.id,
        "number": instrument.number,
        "article": rule.article,
        "paraphrase": rule.paraphrase,
        "scope": rule.scope,
        "quantity": rule.quantity,
        "averaging": rule.averaging if stated else "",
        "comparator": rule.comparator,
        "limit": bound(rule, instrument) if stated and not rule.value_of else None,
        "bounds": rule.bounds if rule.comparator == BETWEEN else "",
        "unit": rule.unit,
        "value_of": rule.value_of,
        "fraction": rule.value if rule.fraction_of else None,
        "fraction_of": rule.fraction_of,
        **{key: getattr(rule, key) for key in ("distance", "averaging_area", "background", "holder", "dose_rule")},
        **{key: getattr(rule, key) for key in ("equipment", "not_equipment", "mode", "place", "not_place", "person")},
        "facility": rule.facility,
        "when": [_condition(item) for item in rule.when],
        "unless": [_condition(item) for item in rule.unless],
        "exception_to": rule.exception_to,
        "exceptions": [other.id for other in instrument.rules if rule.id in other.exception_to],
        "alternatives": [*rule.alternative_to, *(one.id for one in instrument.rules if rule.id in one.alternative_to)],
        "notes": rule.notes,
        "reference": rule.reference._asdict() if rule.reference else None,
        "effective": max(rule.effective, instrument.effective).isoformat(),
        "expiry": _end(rule, instrument),
        "confidence": rule.confidence,
        "source": rule.source or instrument.source,
        **({} if on is None else _on(instrument, rule, on, find)),
    }


def told_ladder(ladder: Ladder, instrument: LoadedInstrument, on: date | None) -> Plain:
    """Return everything that a ladder says, in names of the format; with a day the force of each criterion."""
    return {
        "ladder": ladder.full_id,
        "instrument": ladder.instrument,
        "article": ladder.article,
        "scope": ladder.scope,
        "classes": ladder.order,
        "criteria": [
            {
                "criterion": criterion.full_id,
                "class": criterion.grade,
                "article": criterion.article,
                "when": [_condition(item) for item in criterion.when],
                "confidence": criterion.confidence,
                "force": own_force(criterion, instrument, on) if on else "",
            }
            for criterion in ladder.criteria
        ],
    }


def _end(rule: Rule, instrument: LoadedInstrument) -> str:
    ends = [end for end in (rule.expiry, instrument.expiry) if end is not None]
    return min(ends).isoformat() if ends else ""


def _condition(item: Condition | str) -> object:
    return item if isinstance(item, str) else item._asdict()


def _on(instrument: LoadedInstrument, rule: Rule, on: date, find: Library) -> Plain:
    held = force(rule, instrument, on)
    reasons = [] if held in NOT_LIVE else list(_reasons(instrument, rule, on))
    if rule.reference is None:
        return {"on": on.isoformat(), "force": held, "reasons": reasons}
    found = resolve(rule.reference, on, find)
    ends = {one.full_id: force(one, found.instrument, on) for one in found.rules}
    leads = {"instrument": found.instrument.id, "rules": ends, "not_held": found.lost}
    reached = ("unverified",) if found.lost or not ends else tuple(ends.values())
    held = held if held in NOT_LIVE else weakest(held, *(one for one in reached if one not in NOT_LIVE))
    return {"on": on.isoformat(), "force": held, "reasons": reasons, "leads_to": leads}


def weaker(instrument: LoadedInstrument, confidence: str, on: date) -> list[Notice]:
    """Return what makes a rule or a duty of an instrument weaker than the law's own text that binds."""
    found = [Notice("report.explain.weak.advice")] if instrument.kind != "law" else []
    if not confidence.startswith("seed"):
        found.append(Notice(f"report.explain.weak.{confidence}"))
    for change in unheld(instrument, on):
        params = {"instrument": instrument.id, "on": change.on.isoformat(), "by": change.by}
        found.append(Notice(f"findings.{change.kind}", params))
    return found


def _reasons(instrument: LoadedInstrument, rule: Rule, on: date) -> list[Notice]:
    found = weaker(instrument, rule.confidence, on)
    limit = instrument.rule(rule.fraction_of) if rule.fraction_of else None
    if limit is not None and not limit.confidence.startswith("seed"):
        found.append(Notice("report.explain.weak.fraction", {"rule": limit.full_id}))
    return found
