"""Facts, notices and refusals to the text and bytes of the ledger, and back, exactly."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from json import JSONEncoder, loads
from math import isfinite
from operator import attrgetter
from typing import Any

from shieldcalc.errors import InputError, Notice, Problem, ShieldcalcError
from shieldcalc.model.result import Fact
from shieldcalc.office.refusal import OfficeError

_LEVEL = 6
_NAMES = tuple(each.name for each in fields(Fact))
_OTHERS = tuple(name for name in _NAMES if name != "value")
_PACKED = ("value", "reason")  # may be of a kind that JSON has not
_FIRST, _BETWEEN, _LAST = "[\n", ",\n", "\n]"  # no text of JSON holds a line's end
_DIGITS = frozenset("-0123456789")
_KEPT = 1 << 12
_encoder = JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_facts: dict[str, Fact] = {}
_heads: dict[str, dict[str, Any]] = {}
_told: dict[tuple[Any, ...], str] = {}
_others = attrgetter(*_OTHERS)


def facts_bytes(facts: Iterable[Fact]) -> bytes:
    """Return facts as compressed JSON: one list a fact, on a line of its own, the value after all other fields."""
    return zlib.compress(f"{_FIRST}{_BETWEEN.join(map(_line, facts))}{_LAST}".encode(), _LEVEL)


def _line(fact: Fact) -> str:
    """Return the line of a fact; what many rooms have in common, all but the value, is written once."""
    cells, value = _others(fact), fact.value
    head = _told.get(cells) if _plain(fact) else None
    if head is None:
        told = zip(_OTHERS, cells, strict=True)
        head = _text([_packed(cell) if name in _PACKED else cell for name, cell in told])[:-1]
        if _plain(fact):
            _keep(_told, cells, head)
    return f"{head},{repr(value) if type(value) is float and isfinite(value) else _text(_packed(value))}]"


def _plain(fact: Fact) -> bool:
    """Return whether all but the value is text: numbers that are equal may be written in two ways."""
    return fact.reason is None and fact.at_least is None and fact.at_most is None


def facts_of(content: bytes) -> tuple[Fact, ...]:
    """Return the facts that ``facts_bytes`` wrote; a field that is newer than they are says nothing.

    Those of older ledgers are on one line, their cells in the order of ``Fact``. Raises OfficeError for bytes that are
    no facts.
    """
    try:
        text = zlib.decompress(content).decode()
        if text.startswith(_FIRST) and text.endswith(_LAST) and len(text) > len(_FIRST + _LAST):
            return tuple(map(_of_line, text[len(_FIRST) : -len(_LAST)].split(_BETWEEN)))
        return tuple(_fact(dict(zip(_NAMES, row, strict=False))) for row in loads(text))
    except (zlib.error, ValueError, LookupError, TypeError) as error:
        raise OfficeError("office.no_facts", reason=str(error), option="--resume") from error


def _of_line(line: str) -> Fact:
    """Return the fact of a line; what many rooms have in common, all but numbers, is read once."""
    found = _facts.get(line)
    if found is not None:
        return found
    head, _, last = line.rpartition(",")
    known = _heads.get(head)
    if known is not None and last[0] in _DIGITS and "." in last:
        return Fact(**known, value=float(last[:-1]))
    *cells, value = loads(line)
    fact = _fact({**dict(zip(_OTHERS, cells, strict=False)), "value": value})
    if not isinstance(value, float):
        _keep(_facts, line, fact)
    else:
        _keep(_heads, head, {name: getattr(fact, name) for name in _OTHERS})
    return fact


def _keep(among: dict[Any, Any], name: object, what: object) -> None:
    if len(among) >= _KEPT:
        among.clear()
    among[name] = what


def _fact(told: dict[str, Any]) -> Fact:
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
    return _encoder.encode(value).encode("utf-8", "backslashreplace").decode()


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
