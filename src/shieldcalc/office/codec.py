"""Facts, notices and refusals to the text and bytes of the ledger, and back, exactly."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from json import dumps, loads
from operator import attrgetter
from typing import Any, cast

from shieldcalc.errors import InputError, Notice, Problem, ShieldcalcError
from shieldcalc.model.result import Fact
from shieldcalc.office.refusal import OfficeError

_LEVEL = 6
_FIELDS = tuple(each.name for each in fields(Fact))
_PACKED = ("value", "reason")  # may be of a kind that JSON has not
_LINES = ",\n"  # no text of JSON holds it
_KEPT = 1 << 15
_cells = attrgetter(*_FIELDS)
_shared: dict[str, Fact] = {}


def facts_bytes(facts: Iterable[Fact]) -> bytes:
    """Return facts as compressed JSON: one list a fact, on a line of its own, all fields in the order of ``Fact``."""
    rows = [[_packed(cell) if name in _PACKED else cell for name, cell in zip(_FIELDS, _cells(each), strict=True)]
            for each in facts]  # fmt: skip
    return zlib.compress(f"[{_LINES.join(map(_text, rows))}]".encode(), _LEVEL)


def facts_of(content: bytes) -> tuple[Fact, ...]:
    """Return the facts that ``facts_bytes`` wrote; a field that is newer than they are says nothing.

    Raises OfficeError for bytes that are no facts.
    """
    try:
        text = zlib.decompress(content).decode()
        if _LINES in text and text[0] + text[-1] == "[]":
            return _of_lines(text[1:-1].split(_LINES))
        return tuple(map(_fact, loads(text)))
    except (zlib.error, ValueError, LookupError, TypeError) as error:
        raise OfficeError("office.no_facts", reason=str(error), option="--resume") from error


def _of_lines(lines: list[str]) -> tuple[Fact, ...]:
    """Return a fact for each line; what rooms have in common, all but numbers, is read once."""
    facts = list(map(_shared.get, lines))
    new = [index for index, fact in enumerate(facts) if fact is None]
    rows = loads(f"[{','.join([lines[index] for index in new])}]")
    for index, row in zip(new, rows, strict=True):
        facts[index] = fact = _fact(row)
        if not isinstance(fact.value, float):
            _shared[lines[index]] = fact
    if len(_shared) > _KEPT:
        _shared.clear()
    return tuple(cast("list[Fact]", facts))


def _fact(row: list[Any]) -> Fact:
    told = dict(zip(_FIELDS, row, strict=False))
    told["equipment"] = tuple(told["equipment"])
    for name in _PACKED:
        if isinstance(told[name], dict):
            told[name] = _unpacked(told[name])
    return Fact(**told)


def notice_text(notice: Notice) -> str:
    """Return a notice as JSON."""
    return _text(_packed(notice))


def notice_of(text: str) -> Notice:
    """Return the notice that ``notice_text`` wrote."""
    found: Notice = _unpacked(loads(text))
    return found


def refusal_text(error: ShieldcalcError, path: str, name: str) -> str:
    """Return a refusal as JSON; the submission is called by its name wherever its path stands."""
    if isinstance(error, InputError):
        rows = [[_packed(part) for part in problem] for problem in error.problems]
        return _text(rows).replace(_inner(path), _inner(name))
    return notice_text(Notice(error.code, error.params)).replace(_inner(path), _inner(name))


def refusal_of(text: str) -> ShieldcalcError:
    """Return the refusal that ``refusal_text`` wrote."""
    found = loads(text)
    if isinstance(found, list):
        return InputError(Problem(*map(_unpacked, row)) for row in found)
    notice: Notice = _unpacked(found)
    return ShieldcalcError(notice.code, **notice.params)


def _text(value: object) -> str:
    return dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace").decode()


def _inner(text: str) -> str:
    return _text(text)[1:-1]


def _packed(value: Any) -> Any:
    """Return a value as JSON can hold it; what is no text, number or list is an object with its kind as key."""
    if isinstance(value, Notice):
        return {"notice": [value.code, {key: _packed(each) for key, each in value.params.items()}]}
    if isinstance(value, tuple):
        return {"tuple": [_packed(each) for each in value]}
    if isinstance(value, list):
        return [_packed(each) for each in value]
    if isinstance(value, Mapping):
        return {"map": {str(key): _packed(each) for key, each in value.items()}}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpacked(each) for each in value]
    if not isinstance(value, dict):
        return value
    kind, inner = next(iter(value.items()))
    if kind == "notice":
        return Notice(inner[0], {key: _unpacked(each) for key, each in inner[1].items()})
    if kind == "tuple":
        return tuple(map(_unpacked, inner))
    return date.fromisoformat(inner) if kind == "day" else {key: _unpacked(each) for key, each in inner.items()}
