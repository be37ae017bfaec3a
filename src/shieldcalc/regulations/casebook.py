"""Cases that a lawyer writes: situation in, outcome out, by date; read, judged, compared (format: docs/rules.md)."""

from collections.abc import Iterator, Mapping
from datetime import date
from math import isfinite
from typing import Any, NamedTuple

from shieldcalc.errors import InputError, OutsideDataError, UnknownNameError
from shieldcalc.model.catalog import Instrument
from shieldcalc.model.classification import ClassFound
from shieldcalc.model.facility_words import words
from shieldcalc.model.result import Duty, Fact, Finding
from shieldcalc.regulations.days import shifted
from shieldcalc.regulations.strict import (
    DATE,
    LIST,
    OR_NONE,
    SCOPES,
    TABLE,
    TEXT,
    TEXTS,
    Fault,
    Path,
    key_faults,
    name_faults,
    opened,
    problems,
    sound,
)
from shieldcalc.regulations.taxonomy import taxonomy

UNKNOWN = "(unknown)"
NUMBER = "a number with a decimal point"
STATUSES = ("overdue", "due", "late", "undetermined", "standing")
PLACES = ("any", "tube_head")
HEAD = ("scope", "equipment", "place", "person")
CASE: Mapping[str, str] = {
    "rule": TEXT, "ladder": TEXT, "duty": TEXT, "system": TEXT, "what": TEXT, "on": DATE, "set": TABLE, "subject": TEXT,
    "outcome": TEXT, "force": TEXT, "reason": TEXT, "class": OR_NONE, "decided_by": OR_NONE, "met": TEXTS,
    "missing": TEXTS, "verified": OR_NONE, "force_on": TABLE, "due": TEXTS, "to": DATE, "holder": TEXT,
}  # fmt: skip
FORCES = ("binding", "secondary_source", "unverified", "repealed", "not_yet_valid")
OUTCOMES = {
    "rule": ("pass", "fail", "not_applicable", "undetermined"),
    "ladder": ("classified", "at_least", "none", "undetermined"),
}
ABOUT = ("rule", "ladder", "duty")
EXPECTED = ("holder", "outcome", "force", "reason", "class", "decided_by", "met", "missing", "verified", "due")
_TOP = {"case": LIST, "defaults": TABLE}


class Case(NamedTuple):
    """One situation of a file, the day, what it is about (an id of a rule, a ladder or a duty), what is expected.

    ``to`` is the last day that duties are asked for, a year after ``on`` where the case does not say it.
    """

    about: str
    kind: str
    system: str
    what: str
    on: date
    to: date
    facts: tuple[Fact, ...]
    subject: str
    expected: Mapping[str, object]


class Answer(NamedTuple):
    """What was found for one subject, in the words of the format, and whether it is what the case expects."""

    subject: str
    found: Mapping[str, object]
    agrees: bool


def read(path: str, instruments: Mapping[str, Instrument] | None = None) -> tuple[Case, ...]:
    """Return the cases of a file; with instruments, the ids that cases are about have to be theirs.

    Raises InputError with everything that is wrong in it, each with line and key.
    """
    text, data = opened(path)
    found = [*_faults(data), *_ids(sound(data, _TOP), instruments or {})]
    if found:
        raise InputError(sorted(problems(path, text, found), key=lambda problem: problem.line or 0))
    defaults = data.get("defaults", {})
    return tuple(case for row in data["case"] for case in _cases({**defaults, **row}))


def _faults(data: dict[str, Any]) -> Iterator[Fault]:
    yield from key_faults((), data, _TOP, ("case",))
    top = sound(data, _TOP)
    yield from key_faults(("defaults",), top.get("defaults", {}), CASE, ())
    shared = top.get("defaults", {})
    for index, row in enumerate(top.get("case", ())):
        path: Path = ("case", index)
        yield from key_faults(path, row, CASE, ())
        if isinstance(row, dict):
            yield from _lacking(path, {**shared, **row})
            yield from _row(path, {**sound(shared, CASE), **sound(row, CASE)})


def _ids(data: dict[str, Any], instruments: Mapping[str, Instrument]) -> Iterator[Fault]:
    """Name instruments, rules, ladders and duties that cases are about and that there are none of."""
    defaults = sound(data.get("defaults"), CASE)
    rows = [sound(row, CASE) for row in data.get("case", ())]
    for index, row in enumerate(rows if instruments else ()):
        both = {**defaults, **row}
        kind = next((name for name in ABOUT if name in both), None)
        if kind is None:
            continue
        name, _, _ = both[kind].partition("/")
        path: Path = ("case", index, kind) if kind in row else ("defaults", kind)
        if name in instruments:
            yield from name_faults(path, both[kind], known(kind, instruments[name]))
            yield from _classes(("case", index), kind, both)
        else:
            yield from name_faults(path, name, instruments)


def _classes(path: Path, kind: str, row: Mapping[str, Any]) -> Iterator[Fault]:
    """Name a class that the ladder of a case has not."""
    from shieldcalc.regulations.classes import ladders

    name = row[kind].partition("/")[0]
    orders = [each.order for each in ladders(name) if each.full_id == row[kind]] if kind == "ladder" else []
    for order in orders:
        for key in ("class", "verified"):
            yield from name_faults((*path, key), row.get(key) or None, order)


def known(kind: str, instrument: Instrument) -> tuple[str, ...]:
    """Return the full ids of the rules, ladders or duties of an instrument."""
    from shieldcalc.regulations.classes import ladders
    from shieldcalc.regulations.duty_rules import duties
    from shieldcalc.regulations.rules import load

    if kind == "rule":
        return tuple(rule.full_id for rule in load(instrument).rules)
    return tuple(row.full_id for row in (ladders(instrument.id) if kind == "ladder" else duties(instrument.id)))


def _lacking(path: Path, row: dict[str, Any]) -> Iterator[Fault]:
    yield from (Fault(path, "missing", {"name": name}) for name in ("what", "on", "set") if name not in row)
    if sum(name in row for name in ABOUT) != 1:
        yield Fault(path, "missing", {"name": " / ".join(ABOUT)})
    if not any(name in row for name in (*EXPECTED, "force_on")):
        yield Fault(path, "missing", {"name": " / ".join(EXPECTED)})


def _row(path: Path, row: dict[str, Any]) -> Iterator[Fault]:
    yield from name_faults((*path, "force"), row.get("force"), FORCES)
    if "outcome" in row:
        yield from name_faults((*path, "outcome"), row["outcome"], OUTCOMES["ladder" if "ladder" in row else "rule"])
    for day, force in row.get("force_on", {}).items():
        if not _is_day(day) or force not in FORCES:
            yield Fault((*path, "force_on", day), "kind", {"wanted": f"a date, and one of {', '.join(FORCES)}"})
    for index, due in enumerate(row.get("due", ())):
        yield from name_faults((*path, "due", index), due.partition(" ")[0], STATUSES)
    for subject, said in row.get("set", {}).items():
        if isinstance(said, dict):
            yield from _situation((*path, "set", subject), said, "duty" in row)
        else:
            yield Fault((*path, "set", subject), "kind", {"wanted": TABLE})


def _situation(path: Path, said: dict[str, Any], of_duty: bool) -> Iterator[Fault]:
    """Yield what is said of one subject and nobody knows: a name that nothing reads would settle a case by itself."""
    known, kinds = taxonomy(), words()
    averaged = {name if at == "none" else f"{name}.{at}" for name, at in known.quantities}
    keys = {*averaged, *HEAD, *(_of_duties() if of_duty else ())}
    trees = {
        "scope": (*SCOPES, "application"), "equipment": known.equipment, "place": (*known.place, *kinds.meter, *PLACES),
        "person": (*known.person, *kinds.role, "any"), "facility_kind": (*kinds.facility, UNKNOWN),
    }  # fmt: skip
    for key, value in said.items():
        yield from name_faults(path, key, keys)
        wanted = _wanted(key, value, of_duty)
        if wanted:
            yield Fault((*path, key), "kind", {"wanted": wanted})
        for one in () if wanted or key not in trees else [value] if isinstance(value, str) else value:
            yield from name_faults((*path, key), one, trees[key])


def _of_duties() -> set[str]:
    """Return what may be said of the subject of a duty besides: events, and what conditions of duties read."""
    from shieldcalc.regulations.duty_schema import QUANTITIES, event_names

    return {*QUANTITIES, "replaces", *(name for scope in words().event for name in event_names(scope))}


def _wanted(key: str, value: object, of_duty: bool) -> str:
    """Return what a value of a situation should be, "" where it may be what it is."""
    texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
    if key in HEAD:
        kinds = {"scope": isinstance(value, str), "person": isinstance(value, str), "equipment": texts, "place": texts}
        return "" if kinds[key] else TEXT if key in ("scope", "person") else TEXTS
    if isinstance(value, float):
        return "" if isfinite(value) else NUMBER
    if key not in taxonomy().names and not of_duty:
        return "" if value == UNKNOWN else NUMBER
    days = isinstance(value, date) or (isinstance(value, list) and all(isinstance(item, date) for item in value))
    if isinstance(value, (bool, str)) or texts or (days and of_duty):
        return ""
    return "true or false, a text, a list of texts" + (", a date or a list of dates" if of_duty else "")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _cases(row: dict[str, Any]) -> Iterator[Case]:
    """Yield a case, and the same situation on each day of ``force_on``, of which the force is expected."""
    if any(name in row for name in EXPECTED):
        yield _case(row)
    for day, force in row.get("force_on", {}).items():
        kept = {key: value for key, value in row.items() if key not in EXPECTED or key == "decided_by"}
        yield _case({**kept, "on": date.fromisoformat(day), "force": force})


def _case(row: dict[str, Any]) -> Case:
    kind = next(name for name in ABOUT if name in row)
    expected = {key: sorted(row[key]) if key == "met" else row[key] for key in EXPECTED if key in row}
    found = tuple(fact for name, said in row["set"].items() for fact in facts_of(name, said))
    system, subject = row.get("system", ""), row.get("subject", "")
    last = row.get("to") or shifted(row["on"], 12)
    return Case(row[kind], kind, system, row["what"], row["on"], last, found, subject, expected)


def facts_of(name: str, said: Mapping[str, Any]) -> Iterator[Fact]:
    """Yield the facts of one subject: its scope, kinds of equipment, places and person, then every quantity.

    A quantity with an averaging is written quantity.averaging; "(unknown)" is not known.
    """
    row = dict(said)
    scope, person = row.pop("scope", "room"), row.pop("person", "any")
    places, kinds = tuple(row.pop("place", ())), tuple(row.pop("equipment", ()))
    yield Fact(
        subject=name, quantity="subject", value=scope, place="|".join(places) or "any", person=person, equipment=kinds
    )
    yield Fact(subject=name, quantity="place", value=places)
    known = taxonomy().quantities
    for key, value in row.items():
        quantity, averaging = key, "none"
        if (key, "none") not in known and "." in key:
            quantity, _, averaging = key.partition(".")
        row_ = known.get((quantity, averaging))
        unit = row_.unit if row_ is not None else ""
        yield Fact(subject=name, quantity=quantity, averaging=averaging, value=_value(value), unit=unit, provenance=key)


def _value(said: Any) -> Any:
    if isinstance(said, date):
        return (said.isoformat(),)
    if isinstance(said, list):
        return tuple(each.isoformat() if isinstance(each, date) else each for each in said)
    return None if said == UNKNOWN else said


def answers(case: Case, instruments: Mapping[str, Instrument]) -> tuple[Answer, ...]:
    """Return what is found in a case for each subject that it is about.

    Raises UnknownNameError for an instrument, a rule, a ladder or a duty that there is none of, OutsideDataError for a
    value that cannot be compared as the rule compares it.
    """
    name, _, _ = case.about.partition("/")
    if name not in instruments:
        raise UnknownNameError("instrument", name, tuple(instruments))
    if case.about not in known(case.kind, instruments[name]):
        raise UnknownNameError(case.kind, case.about, known(case.kind, instruments[name]))
    try:
        told = tuple({"rule": _judged, "ladder": _classified, "duty": _due}[case.kind](case, instruments[name]))
    except (TypeError, ValueError) as error:
        raise OutsideDataError("regulation_case", about=case.about, what=case.what, reason=str(error)) from None
    chosen = [(subject, found) for subject, found in told if case.subject in ("", subject)]
    return tuple(Answer(subject, found, _agrees(case, found)) for subject, found in chosen)


def _agrees(case: Case, found: Mapping[str, object]) -> bool:
    return all(found[key] == value for key, value in case.expected.items())


Told = Iterator[tuple[str, Mapping[str, object]]]


def _judged(case: Case, instrument: Instrument) -> Told:
    from shieldcalc.regulations.judge import judge
    from shieldcalc.regulations.rules import load

    holders = {rule.full_id: rule.holder for rule in load(instrument).rules}
    findings = judge(case.facts, (instrument,), on=case.on, asked_by_name=frozenset((instrument.id,)))
    for finding in findings:
        if finding.rule == case.about:
            yield finding.subject, {**dict.fromkeys(EXPECTED), **_finding(finding), "holder": holders[case.about]}


def _finding(finding: Finding) -> Mapping[str, object]:
    reason = finding.reason.code if finding.reason else None
    return {"outcome": finding.outcome, "force": finding.force, "reason": reason}


def _classified(case: Case, instrument: Instrument) -> Told:
    from shieldcalc.regulations.classify import classify

    for found in classify(case.facts, (instrument,), on=case.on):
        if found.ladder == case.about:
            yield found.subject, {**dict.fromkeys(EXPECTED), **_class(found)}


def _class(found: ClassFound) -> Mapping[str, object]:
    short = {read.criterion: read.criterion.partition("/")[2] for read in found.others}
    return {
        "outcome": found.outcome,
        "force": found.force,
        "class": found.grade,
        "decided_by": short.get(found.decided_by, ""),
        "met": sorted(short[read.criterion] for read in found.others if read.holds),
        "missing": list(found.missing),
        "verified": found.verified,
    }


def _due(case: Case, instrument: Instrument) -> Told:
    from shieldcalc.regulations.book import FACILITY, FOR_YEAR
    from shieldcalc.regulations.due import Window, due

    years = [
        Fact(subject=fact.subject, quantity=fact.quantity + FOR_YEAR, value=("",) * len(fact.value))
        for fact in case.facts
        if fact.subject == FACILITY and isinstance(fact.value, tuple)
    ]
    found = due((*case.facts, *years), (instrument,), Window(case.on, case.on, case.to))
    about = [duty for duty in found.duties if duty.rule == case.about]
    dead = next((force for rule, force in found.not_in_force if rule.full_id == case.about), "")
    for subject in dict.fromkeys(duty.subject for duty in about) or ("",):
        own = [duty for duty in about if duty.subject == subject]
        force = own[0].force if own else dead
        holder = own[0].duty_holder if own else None
        answer = {"due": [_day(duty) for duty in own], "force": force, "holder": holder}
        yield subject, {**dict.fromkeys(EXPECTED), **answer}


def _day(duty: Duty) -> str:
    return f"{duty.status} {duty.due}".strip()
