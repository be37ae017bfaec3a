"""Ladders: classes that an instrument puts things in, each by criteria (format: docs/rules.md)."""

from datetime import date
from functools import cache
from os.path import isfile
from typing import Any

from shieldcalc.records import dataclass
from shieldcalc.regulations.rules import Condition, LoadedInstrument, condition_of, load
from shieldcalc.resources import data_path


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """One way into a class: every condition of ``when`` holds."""

    id: str
    instrument: str
    article: str
    grade: str
    when: tuple[Condition | str, ...]
    confidence: str
    effective: date
    expiry: date | None

    @property
    def full_id(self) -> str:
        """Return the id that is unique over all instruments: ``CN-449/40.I.2``."""
        return f"{self.instrument}/{self.id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ladder:
    """The classes of one kind of thing, the gravest first in ``order``; the gravest that is met is taken."""

    id: str
    instrument: str
    article: str
    scope: str
    order: tuple[str, ...]
    criteria: tuple[Criterion, ...]

    @property
    def full_id(self) -> str:
        """Return the id that is unique over all instruments: ``CN-449/grade``."""
        return f"{self.instrument}/{self.id}"


def ladders(instrument: str) -> tuple[Ladder, ...]:
    """Return the ladders of a shipped instrument, none where it has no file of classes.

    Raises InputError with file, line, key and nearest guess for anything in the file that the format does not know.
    """
    path = data_path("regulations", "classes", f"{instrument.lower()}.toml")
    return _read(path, instrument) if isfile(path) else ()


@cache
def _read(path: str, instrument: str) -> tuple[Ladder, ...]:
    from shieldcalc.regulations.class_schema import read

    head = load(instrument)
    data = read(path, instrument)
    return tuple(_ladder(head, row, data["criterion"]) for row in data["ladder"])


def _ladder(head: LoadedInstrument, row: dict[str, Any], criteria: list[dict[str, Any]]) -> Ladder:
    own = [{**row, **entry} for entry in criteria if entry["ladder"] == row["id"]]
    names = {key: row[key] for key in ("id", "article", "scope")}
    found = tuple(_criterion(head, entry) for entry in own)
    return Ladder(**names, instrument=head.id, order=tuple(row["order"]), criteria=found)


def _criterion(head: LoadedInstrument, entry: dict[str, Any]) -> Criterion:
    return Criterion(
        id=entry["id"],
        instrument=head.id,
        article=entry["article"],
        grade=entry["class"],
        when=tuple(map(condition_of, entry["when"])),
        confidence=entry["confidence"],
        effective=entry.get("effective", head.effective),
        expiry=entry.get("expiry", head.expiry),
    )
