"""Rule: one dated, cited statement of an instrument, and how an instrument's file is read (format: docs/rules.md)."""

from datetime import date
from functools import cache
from os.path import isabs, isfile
from typing import Any, NamedTuple

from shieldcalc.errors import UnknownNameError
from shieldcalc.model.catalog import Instrument
from shieldcalc.records import dataclass
from shieldcalc.resources import data_path

Value = float | bool | str | tuple[str, ...] | tuple[float, ...]
NOT_STATED = "not_stated"
CLOSED = "[]"


class Condition(NamedTuple):
    """When a rule applies: a quantity of the subject (or, with ``of``, of the room or the facility) against a value.

    ``bounds`` says of "between" which ends are in: "[]", "[)", "(]" or "()"; ``averaging`` which of its times.
    """

    quantity: str
    comparator: str
    value: Value
    of: str = "subject"
    bounds: str = CLOSED
    averaging: str = ""


class Reference(NamedTuple):
    """The part of another instrument that a rule sends to."""

    instrument: str
    part: str


class Change(NamedTuple):
    """What happened to an instrument on a day: amended, or its force no longer verified."""

    on: date
    kind: str
    by: str
    text_held: bool
    source: str


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Rule:
    """One statement of an instrument, equal to itself alone.

    ``when`` and ``unless`` hold Conditions and names of predicates.
    ``value_of`` names the fact that gives the bound, where the file declares it instead of the law. ``distance`` (m)
    and ``averaging_area`` (at most, cm2) are where and over what the quantity is taken; ``background``: "excluded" or
    "included"; ``mode``: in which of their modes of operation devices are meant; ``holder``: who must keep it.
    """

    id: str
    instrument: str
    article: str
    scope: str
    confidence: str
    effective: date
    expiry: date | None
    quantity: str = ""
    comparator: str = ""
    value: Value = 0.0
    bounds: str = CLOSED
    unit: str = ""
    averaging: str = "none"
    reading: str = ""
    distance: float | None = None
    averaging_area: float | None = None
    background: str = ""
    dose_rule: bool = False
    equipment: tuple[str, ...] = ()
    not_equipment: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    not_place: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    facility: tuple[str, ...] = ()
    holder: str = ""
    when: tuple[Condition | str, ...] = ()
    unless: tuple[Condition | str, ...] = ()
    exception_to: tuple[str, ...] = ()
    alternative_to: tuple[str, ...] = ()
    fraction_of: str = ""
    value_of: str = ""
    reference: Reference | None = None
    part: str = ""
    continues: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    source: str = ""

    @property
    def full_id(self) -> str:
        """Return the id that is unique over all instruments: ``VN-LC-24-2015/15.3c``."""
        return f"{self.instrument}/{self.id}"

    @property
    def paraphrase(self) -> str:
        """Return the code of the rule's paraphrase in the texts."""
        return f"rules.{self.instrument}.{self.id}"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class LoadedInstrument:
    """One instrument with its rules, equal to itself alone.

    ``text_held`` False: number and dates are known, the words are not.
    ``equipment``: the kinds that all its rules are about; empty for every kind.
    """

    id: str
    kind: str
    number: str
    title_orig: str
    jurisdiction: str
    signed: date
    effective: date
    text_held: bool
    source: str
    expiry: date | None = None
    effective_confidence: str = ""
    replaced_by: str = ""
    replaces: tuple[str, ...] = ()
    not_held: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    rules: tuple[Rule, ...] = ()

    def rule(self, name: str) -> Rule:
        """Return one rule by its short id."""
        return next(rule for rule in self.rules if rule.id == name)


def load(instrument: Instrument | str) -> LoadedInstrument:
    """Return an instrument from its file; a built-in one may be given by its id.

    Raises UnknownNameError for an id without a file, InputError with file, line, key and nearest guess for anything in
    a plugin's file that the format does not know: the files of shieldcalc are looked through by its tests instead.
    """
    if isinstance(instrument, str):
        return _read(data_path("regulations", f"{instrument.lower()}.toml"), instrument)
    return _read(data_path("regulations", instrument.path), instrument.id, foreign=isabs(instrument.path))


@cache
def _read(path: str, wanted: str, *, foreign: bool = False) -> LoadedInstrument:
    import tomllib

    if not isfile(path):
        raise UnknownNameError("instrument", wanted, shipped())
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if not foreign:
        return instrument_of(tomllib.loads(text))
    from shieldcalc.regulations.rule_faults import check

    return instrument_of(check(path, text, tomllib.loads))


def shipped() -> tuple[str, ...]:
    """Return the ids of the instruments in ``data/regulations``."""
    from os import listdir

    names = [name for name in listdir(data_path("regulations")) if name.endswith(".toml") and name[0] != "_"]
    return tuple(sorted(name.removesuffix(".toml").upper() for name in names))


def instrument_of(data: dict[str, Any]) -> LoadedInstrument:
    """Return the instrument that a parsed and checked file holds."""
    head = {key: _frozen(value) for key, value in data["instrument"].items()}
    defaults = data.get("defaults", {})
    rules = tuple(_rule(head, {**defaults, **entry}) for entry in data.get("rule", ()))
    changes = tuple(Change(**entry) for entry in data.get("change", ()))
    return LoadedInstrument(**head, changes=changes, rules=rules)


def _rule(head: dict[str, Any], entry: dict[str, Any]) -> Rule:
    fields = {key: _frozen(value) for key, value in entry.items() if key not in ("when", "unless", "reference")}
    dates = {"effective": head["effective"], "expiry": head.get("expiry"), **fields}
    return Rule(
        **{**fields, **dates},
        instrument=head["id"],
        when=tuple(map(condition_of, entry.get("when", ()))),
        unless=tuple(map(condition_of, entry.get("unless", ()))),
        reference=Reference(**entry["reference"]) if "reference" in entry else None,
    )


def condition_of(entry: dict[str, Any] | str) -> Condition | str:
    """Return one condition of a parsed file, or the name of a predicate."""
    return entry if isinstance(entry, str) else Condition(**{key: _frozen(value) for key, value in entry.items()})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
