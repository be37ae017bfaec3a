"""The hand-written cases: facts from TOML, and what a rule is expected to find."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from shieldcalc.model.result import Fact, Finding
from shieldcalc.regulations import judge
from shieldcalc.regulations.taxonomy import taxonomy

FOLDER = Path(__file__).parent / "cases"
UNKNOWN = "(unknown)"


class Case(NamedTuple):
    """One case; ``None`` in an expectation is "not said here"."""

    rule: str
    what: str
    on: date
    set: dict[str, dict[str, Any]]
    subject: str | None = None
    outcome: str | None = None
    force: str | None = None
    reason: str | None = None
    averaging: str | None = None
    margin: float | None = None

    def __str__(self) -> str:
        return f"{self.rule} {self.on}: {self.what}"

    def expected(self) -> dict[str, Any]:
        wanted = {key: getattr(self, key) for key in ("outcome", "force", "averaging", "margin", "reason")}
        return {key: value for key, value in wanted.items() if value is not None}


@cache
def base() -> dict[str, dict[str, Any]]:
    return tomllib.loads((FOLDER / "base.toml").read_text())


@cache
def cases() -> tuple[Case, ...]:
    return tuple(case for path in sorted(FOLDER.glob("*.toml")) if path.stem != "base" for case in _cases(path))


def _cases(path: Path) -> list[Case]:
    data = tomllib.loads(path.read_text())
    found = [Case(**{"set": {}, **entry}) for entry in data["case"]]
    for entry in data.get("dates", ()):
        for day, force in entry["force"].items():
            for rule in entry["rules"]:
                name = f"{entry['instrument']}/{rule}"
                found.append(Case(name, entry["what"], date.fromisoformat(day), {}, force=force))
    return found


def facts(changes: dict[str, dict[str, Any]]) -> tuple[Fact, ...]:
    room = {
        name: _changed(name, changes[name]) if name in changes else _unchanged(name) for name in {**base(), **changes}
    }
    return tuple(fact for found in room.values() for fact in found)


@cache
def _unchanged(name: str) -> list[Fact]:
    return _facts(name, dict(base()[name]))


def _changed(name: str, changes: dict[str, Any]) -> list[Fact]:
    return _facts(name, {**base().get(name, {}), **changes})


def _facts(name: str, row: dict[str, Any]) -> list[Fact]:
    scope, person = row.pop("scope"), row.pop("person", "any")
    places, kinds = tuple(row.pop("place", ())), tuple(row.pop("equipment"))
    head = Fact(subject=name, quantity="subject", value=scope, place="|".join(places), person=person, equipment=kinds)
    found = [head, Fact(subject=name, quantity="place", value=places)]
    for key, value in row.items():
        quantity, averaging = key, "none"
        if (key, "none") not in taxonomy().quantities:
            quantity, _, averaging = key.partition(".")
        unit = taxonomy().quantities[quantity, averaging].unit
        shown = None if value == UNKNOWN else tuple(value) if isinstance(value, list) else value
        found.append(Fact(subject=name, quantity=quantity, averaging=averaging, value=shown, unit=unit, provenance=key))
    return found


def found_by(case: Case) -> tuple[Finding, ...]:
    """Return the findings that a case is about."""
    instrument = case.rule.split("/")[0]
    findings = judge(facts(case.set), (instrument,), on=case.on, asked_by_name=frozenset((instrument,)))
    wanted = [finding for finding in findings if finding.rule == case.rule]
    return tuple(finding for finding in wanted if case.subject in (None, finding.subject))


def agrees(case: Case, findings: tuple[Finding, ...]) -> bool:
    """Return whether a rule found what the case expects, at every subject that the case is about."""
    return bool(findings) and all(
        _seen(finding, key) == value for finding in findings for key, value in case.expected().items()
    )


def _seen(finding: Finding, key: str) -> Any:
    return (finding.reason.code if finding.reason else None) if key == "reason" else getattr(finding, key)
