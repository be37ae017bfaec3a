"""How the law is told on a terminal: an instrument in a few lines, a rule in full."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from shieldcalc.errors import Notice
from shieldcalc.regulations.casebook import Answer, Case
from shieldcalc.regulations.duty_rules import DutyRule
from shieldcalc.regulations.explain import weaker
from shieldcalc.regulations.rules import Condition, LoadedInstrument
from shieldcalc.regulations.status import NOT_LIVE, own_force
from shieldcalc.reports.words import Words

_TREES = (
    *("equipment", "not_equipment", "mode", "place", "not_place", "person", "facility"),
    *("exception_to", "exceptions", "alternatives"),
)

# The kinds that a duty is about, and the line that tells them.
_OF_WHAT = {
    **{"equipment": "equipment", "not_equipment": "not_equipment", "facility": "facility"},
    **{"not_facility": "not_equipment", "role": "person", "not_role": "not_equipment", "meter": "equipment"},
}


def listed(row: Mapping[str, str], words: Words) -> Iterator[str]:
    """Yield an instrument's lines: id and title, then dates, kind, number of rules and what has happened to it."""
    title = words.code(row["title_code"], {}) if words.has(row["title_code"]) else row["title"]
    yield f"  {row['id']}  {title}"
    known = f" ({words.named('day', row['effective_confidence'])})" if row["effective_confidence"] else ""
    parts = [
        _dates(row, words) + known,
        words.say(f"explain.kind.{row['kind']}"),
        words.say("explain.rules", count=row["rules"]),
    ]
    if row["text_held"] == "no":
        parts.append(words.say("explain.no_text"))
    if row["replaced_by"]:
        parts.append(words.say("explain.replaced_by", name=row["replaced_by"]))
    if row["changed_on"]:
        parts.append(words.say("explain.changed", on=row["changed_on"], by=row["changed_by"]))
    yield "      " + "; ".join(parts)


def _dates(row: Mapping[str, Any], words: Words) -> str:
    if row["expiry"]:
        return words.say("explain.from_to", begin=row["effective"], end=row["expiry"])
    return words.say("explain.from", begin=row["effective"])


def paraphrase(found: Mapping[str, object], words: Words) -> str:
    """Return what a rule asks for; a stranger's rule is named instead."""
    code = str(found["paraphrase"])
    return words.code(code, {}) if words.has(code) else words.say("rule_without_text", rule=found["rule"])


def as_told(found: Mapping[str, Any], words: Words) -> Mapping[str, Any]:
    """Return a rule as JSON: its paraphrase and the reasons in words."""
    shown: dict[str, object] = {"text": paraphrase(found, words)}
    notes = [words.notice(Notice(f"findings.{code}", {"detail": "-"})) for code in _names(found["notes"])]
    shown |= {"notes": notes}
    if "reasons" in found:
        shown |= {"reasons": [{"code": reason.code, "text": words.notice(reason)} for reason in found["reasons"]]}
    return {**found, **shown}


def _names(found: object) -> tuple[str, ...]:
    return tuple(map(str, found)) if isinstance(found, (list, tuple)) else ()


def lines(found: Mapping[str, Any], held: LoadedInstrument, words: Words) -> Iterator[str]:
    """Yield a rule in full, a statement a line."""
    told = as_told(found, words)
    title = f"rules.{held.id}.title"
    yield f"{found['rule']}, {words.article(found['article'])}"
    yield words.code(title, {}) if words.has(title) else held.title_orig
    yield f"  {told['text']}"
    yield words.say("explain.scope", scope=words.say(f"explain.scopes.{found['scope']}"))
    if found["reference"]:
        code = f"rules.not_held.{found['reference']['part']}"
        part = words.code(code, {}) if words.has(code) else found["reference"]["part"]
        yield words.say("explain.reference", **{**found["reference"], "part": part})
    else:
        yield words.say("explain.asks", quantity=found["quantity"], bound=_bound(found, words))
        if found["averaging"] != "none":
            yield words.say("explain.averaging", name=words.code(f"findings.averaging.{found['averaging']}", {}))
    yield from _taken(found, words)
    if found["fraction_of"]:
        yield words.say("explain.fraction", fraction=words.shortest(found["fraction"]), rule=found["fraction_of"])
    if found["holder"]:
        yield words.say("explain.holder", name=words.code(f"rules.duty.party.{found['holder']}", {}))
    for key in _TREES:
        if found[key]:
            yield words.say(f"explain.{key}", names=", ".join(found[key]))
    for key in ("when", "unless"):
        if found[key]:
            yield words.say(f"explain.{key}", conditions=_conditions(found[key], words))
    if found["dose_rule"]:
        yield words.say("explain.dose_rule")
    yield from (words.say("explain.note", text=text) for text in told["notes"])
    yield _dates(found, words)
    yield words.say("explain.confidence", name=words.say(f"explain.confidences.{found['confidence']}"))
    yield words.say("explain.source", source=found["source"])
    if "on" in found:
        yield words.say("explain.on_day", day=found["on"], state=words.say(f"force.{found['force']}"))
        yield from (f"  {words.notice(reason)}" for reason in found["reasons"])
    if found.get("leads_to"):
        yield from _leads(found["leads_to"], words)


def _bound(found: Mapping[str, Any], words: Words) -> str:
    if found["comparator"] == "measured":
        return words.say("explain.measured")
    limit = words.say("explain.declared", name=found["value_of"]) if found["value_of"] else ""
    limit = limit or _value(found["limit"], found["unit"], words, found["bounds"])
    return f"{words.comparator(found['comparator'])} {limit}"


def _taken(found: Mapping[str, Any], words: Words) -> Iterator[str]:
    """Yield where and over what the quantity is taken, and whether the background counts."""
    for key in ("distance", "averaging_area"):
        if found[key] is not None:
            yield words.say(f"explain.{key}", value=words.shortest(found[key]))
    if found["background"]:
        yield words.say(f"explain.background.{found['background']}")


def _value(value: object, unit: str, words: Words, bounds: str = "") -> str:
    if isinstance(value, (list, tuple)) and bounds:
        low, high = (words.amount(words.shortest(end), unit) for end in value)
        return words.say("explain.between", low=low, high=high, bounds=bounds)
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return words.say("yes" if value else "no")
    return words.amount(words.shortest(value), unit) if isinstance(value, float) else str(value)


def _conditions(items: Iterable[Any], words: Words) -> str:
    def one(item: Any) -> str:
        if isinstance(item, str):
            return item
        of = item["of"]
        averaging = words.code(f"findings.averaging.{item['averaging']}", {}) if item["averaging"] else ""
        asked = f"{item['quantity']} ({averaging})" if averaging else item["quantity"]
        owner = asked if of == "subject" else words.say(f"explain.of_{of}", quantity=asked)
        bounds = item["bounds"] if item["comparator"] == "between" else ""
        return f"{owner} {words.comparator(item['comparator'])} {_value(item['value'], '', words, bounds)}"

    return "; ".join(map(one, items))


def _leads(leads: Mapping[str, Any], words: Words) -> Iterator[str]:
    if leads["not_held"]:
        yield words.say("explain.lost", number=leads["not_held"], instrument=leads["instrument"])
    if leads["rules"]:
        told = (f"{name} ({words.say(f'force.{force}')})" for name, force in leads["rules"].items())
        yield words.say("explain.leads", rules=", ".join(told))
    elif not leads["not_held"]:
        yield words.say("explain.part_empty", instrument=leads["instrument"])


def ladder_lines(told: Mapping[str, Any], words: Words) -> Iterator[str]:
    """Yield a ladder's lines: what it tells the class of, the classes, each criterion."""
    yield f"  {told['ladder']}, {words.article(told['article'])}"
    title = f"rules.{told['instrument']}.ladder.{told['ladder'].partition('/')[2]}"
    yield f"      {words.code(title, {}) if words.has(title) else told['ladder']}"
    yield "      " + words.say("explain.classes", names=", ".join(told["classes"]))
    for row in told["criteria"]:
        force = f" ({words.say('force.' + row['force'])})" if row["force"] else ""
        conditions = _conditions(row["when"], words)
        yield f"      {row['criterion']}: " + words.say("explain.criterion", name=row["class"], when=conditions) + force


def told_duty(duty: DutyRule, held: LoadedInstrument, day: date | None, words: Words) -> Mapping[str, object]:
    """Return a duty as JSON: who has it, what it asks; with a day how far it binds, and why no further."""
    force = own_force(duty, held, day) if day else ""
    reasons = weaker(held, duty.confidence, day) if day and force not in NOT_LIVE else []
    return {
        "duty": duty.full_id,
        "article": duty.article,
        "text": words.code(duty.paraphrase, {}),
        "holder": duty.holder,
        "addressee": duty.addressee,
        "timing": duty.timing,
        "counts": [each._asdict() for each in duty.count],
        "day": "-".join(f"{part:02}" for part in duty.day) if duty.day else None,
        "date": duty.on.isoformat() if duty.on else None,
        "boundary": duty.boundary,
        "day_one": duty.day_one,
        "equipment": duty.equipment,
        "not_equipment": duty.not_equipment,
        "facility": duty.facility,
        "not_facility": duty.not_facility,
        "role": duty.role,
        "not_role": duty.not_role,
        "meter": duty.meter,
        "when": [_met(each) for each in duty.when],
        "unless": [_met(each) for each in duty.unless],
        "fulfilled_by": (*duty.done, *duty.done_in_time),
        "notes": [words.notice(Notice(f"findings.duty.{code}")) for code in duty.notes],
        "effective": duty.effective.isoformat(),
        "expiry": duty.expiry.isoformat() if duty.expiry else None,
        "source": held.source,
        "confidence": duty.confidence,
        "force": force,
        "reasons": [{"code": each.code, "text": words.notice(each)} for each in reasons],
    }


def _met(condition: Condition) -> Mapping[str, object]:
    return {**condition._asdict(), "of": "subject"}


def duty_lines(told: Mapping[str, Any], words: Words) -> Iterator[str]:
    """Yield a duty's lines: where it stands, what it asks, of whom."""
    force = f" ({words.say('force.' + told['force'])})" if told["force"] else ""
    yield f"  {told['duty']}, {words.article(told['article'])}{force}"
    yield f"      {told['text']}"
    yield "      " + words.say("explain.holder", name=words.code(f"rules.duty.party.{told['holder']}", {}))


def duty_in_full(told: Mapping[str, Any], words: Words) -> Iterator[str]:
    """Yield a duty's lines with how its day is counted, to whom it goes, of what it is asked, how its text is known."""
    yield from duty_lines(told, words)
    yield from (f"      {line}" for line in (*_counted(told, words), *_kinds(told, words), *_about(told, words)))
    yield f"      {_dates(told, words)}"
    yield f"      {words.say('explain.confidence', name=words.say('explain.confidences.' + told['confidence']))}"
    yield f"      {words.say('explain.source', source=told['source'])}"
    yield from (f"      {reason['text']}" for reason in told["reasons"])


def _about(told: Mapping[str, Any], words: Words) -> Iterator[str]:
    """Yield when a duty applies, what fulfils it, and what is to be said of it."""
    for key in ("when", "unless"):
        if told[key]:
            yield words.say(f"explain.{key}", conditions=_conditions(told[key], words))
    if told["fulfilled_by"]:
        yield words.say("explain.duty.fulfilled", events=_events(told["fulfilled_by"], words))
    yield from (words.say("explain.note", text=text) for text in told["notes"])


def _counted(told: Mapping[str, Any], words: Words) -> Iterator[str]:
    for each in told["counts"]:
        way = "amount_of" if each["amount_of"] else "ahead" if each["ahead"] else "grid" if each["grid"] else "after"
        unit = words.say(f"explain.duty.unit.{each['unit']}")
        said = {
            "amount": each["amount"],
            "unit": unit,
            "name": each["amount_of"],
            "events": _events(each["names"], words),
        }
        yield f"{words.say(f'explain.duty.{way}', **said)}; {words.say('explain.duty.day_' + told['day_one'])}"
    boundary = words.say(f"explain.duty.{told['boundary']}")
    for key, day in (("yearly", told["day"]), ("fixed", told["date"])):
        if day:
            yield words.say(f"explain.duty.{key}", day=day, boundary=boundary)


def _events(names: Iterable[str], words: Words) -> str:
    *others, last = [_event(name, words) for name in names]
    for each in reversed(others):
        last = words.say("explain.duty.or", first=each, rest=last)
    return last


def _event(name: str, words: Words) -> str:
    """Return an event in words; "due:11.2a" is the day that another duty gives, "replaced:11.2a" gave before."""
    kind, _, rule = name.partition(":")
    return words.say(f"explain.duty.{kind}_of", rule=rule) if rule else words.code(f"rules.duty.event.{name}", {})


def _kinds(told: Mapping[str, Any], words: Words) -> Iterator[str]:
    if told["addressee"]:
        parties = ", ".join(words.code(f"rules.duty.party.{name}", {}) for name in told["addressee"])
        yield words.say("explain.duty.whom", names=parties)
    for key, said in _OF_WHAT.items():
        if told[key]:
            yield words.say(f"explain.{said}", names=", ".join(told[key]))


def shown(held: LoadedInstrument, row: Mapping[str, str], told: Mapping[str, Any], words: Words) -> Iterator[str]:
    """Yield an instrument in full: its head, what has happened to it, rules, duties, ladders, what is not computed."""
    yield from listed(row, words)
    for change in held.changes:
        yield f"      {change.on.isoformat()}: {words.say(f'explain.change.{change.kind}', by=change.by)}"
    yield "      " + words.say("explain.source", source=held.source)
    yield from _content(told, words)


def article_lines(told: Mapping[str, Any], words: Words) -> Iterator[str]:
    """Yield an article: the rules, duties and ladders that stand on it, and what of it is not computed."""
    yield f"{told['instrument']}, {words.article(told['article'])}"
    if told["on"]:
        yield words.say("explain.on", day=told["on"])
    yield from _content(told, words)


def _content(told: Mapping[str, Any], words: Words) -> Iterator[str]:
    for rule in told["rules"]:
        force = f" ({words.say('force.' + rule['force'])})" if "force" in rule else ""
        yield f"  {rule['rule']}, {words.article(rule['article'])}{force}"
        yield f"      {rule['text']}"
    for duty in told["duties"]:
        yield from duty_lines(duty, words)
    for ladder in told["ladders"]:
        yield from ladder_lines(ladder, words)
    yield from left_lines(told["not_computed"], words)


def left_lines(left: Iterable[Mapping[str, Any]], words: Words) -> Iterator[str]:
    """Yield what of an instrument is not computed, with the reason."""
    for row in left:
        names = "; ".join(map(words.article, row["articles"]))
        reason = words.code(f"rules.not_computed.{row['reason']}", {"by": ", ".join(row["by"])})
        named = ": ".join([reason, *filter(None, [", ".join(row["texts"])])])
        yield "  " + words.say("explain.not_computed", articles=names, reason=named)


def tried(case: Case, found: Iterable[Answer], words: Words) -> Iterator[str]:
    """Yield a case's lines: what it is about, then what was found for each subject, and whether it was expected."""
    yield f"{case.about} {case.on.isoformat()}: {case.what}"
    answers = tuple(found)
    for answer in answers:
        shown = {key: value for key, value in answer.found.items() if value not in (None, "", [])}
        said = "; ".join(f"{key} = {_plain(value)}" for key, value in shown.items())
        yield f"  {answer.subject or '-'}: {said}" + ("" if answer.agrees else f"  {_differs(case, answer, words)}")
    if not answers:
        yield "  " + words.say("explain.nothing_found")


def _differs(case: Case, answer: Answer, words: Words) -> str:
    wanted = {key: value for key, value in case.expected.items() if answer.found[key] != value}
    said = "; ".join(f"{key} = {_plain(value)}" for key, value in wanted.items())
    return words.say("explain.expected", what=said)


def _plain(value: object) -> str:
    return "[" + ", ".join(map(str, value)) + "]" if isinstance(value, (list, tuple)) else str(value)
