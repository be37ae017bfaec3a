"""Cases of duties that a lawyer can write: what happened on which day, the day of the question, what is due when."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from shieldcalc.model.facility_words import words
from shieldcalc.model.result import Fact
from shieldcalc.regulations.book import FACILITY, FOR_YEAR, Book
from shieldcalc.regulations.due import Window, called_up, of_subject
from shieldcalc.regulations.duty_rules import DutyRule, duties
from shieldcalc.regulations.rules import load
from shieldcalc.regulations.status import NOT_LIVE, own_force

FOLDER = Path(__file__).parent / "cases"
LAST = date(2149, 12, 31)
ABOUT_IT = ("kind", "role")


class Case(NamedTuple):
    """One duty, the kind of facility, what is said of the subject ("it") and of the facility, and the answers."""

    file: str
    duty: str
    on: date
    facility: str
    it: dict[str, Any]
    house: dict[str, Any]
    old: dict[str, Any]
    to: date | None
    answers: list[str]


@cache
def cases() -> tuple[Case, ...]:
    return tuple(case for path in sorted(FOLDER.glob("*.toml")) for case in _of_file(path))


def _of_file(path: Path) -> Iterator[Case]:
    data = tomllib.loads(path.read_text("utf-8"))
    for row in data["case"]:
        whole = {**data.get("defaults", {}), **row}
        yield Case(path.stem, whole["duty"], whole["on"], whole["facility"], whole.get("it", {}),
                   whole.get("house", {}),
            whole.get("old", {}), whole.get("to"), whole["due"])  # fmt: skip


def rule_of(case: Case) -> DutyRule:
    return next(rule for rule in duties(case.file.upper()) if rule.id == case.duty)


def _value(said: Any) -> Any:
    if isinstance(said, list):
        return tuple(str(each) if not isinstance(each, str) else each for each in said)
    if isinstance(said, date):
        return (said.isoformat(),)
    return said


def _facts(case: Case, rule: DutyRule) -> Iterator[Fact]:
    yield Fact(subject=FACILITY, quantity="subject", value="facility")
    yield Fact(subject=FACILITY, quantity="facility_kind", value=case.facility)
    house = {**case.house, **(case.it if rule.scope == "facility" else {})}
    for name, said in house.items():
        value = said.isoformat() if name == "first_licensed" else _value(said)
        yield Fact(subject=FACILITY, quantity=name, value=value)
        if isinstance(value, tuple) and name + FOR_YEAR not in house:
            yield Fact(subject=FACILITY, quantity=name + FOR_YEAR, value=("",) * len(value))
    if rule.scope == "facility":
        return
    kind = case.it.get("kind", "")
    yield Fact(
        subject="it", quantity="subject", value=rule.scope, place=kind, person=case.it.get("role", "any"),
        equipment=(kind,),
    )  # fmt: skip
    for name in words().event[rule.scope]:
        yield Fact(subject="it", quantity=name, value=_value(case.it.get(name)))
    for name, said in case.old.items():
        yield Fact(subject="old", quantity=name, value=_value(said))
    for name, said in case.it.items():
        if name not in words().event[rule.scope] and name not in ABOUT_IT:
            yield Fact(subject="it", quantity=name, value=_value(said))


def answers(case: Case, rule: DutyRule) -> list[str]:
    """Return what the engine says by the rule: "overdue 2025-03-01 of 2025-03-01, 2025-04-20", and so on."""
    head, book = load(rule.instrument), Book(_facts(case, rule))
    force = own_force(rule, head, case.on)
    if force in NOT_LIVE:
        return [force for _ in called_up(rule, book)]
    window = Window(case.on, case.on, case.to or LAST)
    found = []
    for called in called_up(rule, book):
        for duty in of_subject(rule, head, force, called, book, window):
            ways = [way.due for way in duty.ways if way.due]
            several = f" of {', '.join(ways)}" if len(ways) > 1 else ""
            lacking = f" lacks {', '.join(duty.missing)}" if duty.missing else ""
            found.append(f"{duty.status} {duty.due}".strip() + several + lacking)
    return found
