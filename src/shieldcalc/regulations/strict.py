"""What files of the law are made of: kinds of value, names, conditions; all else is refused, all at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from math import isfinite
from types import MappingProxyType
from typing import Any, NamedTuple

from shieldcalc.errors import InputError, Problem, hint, nearest
from shieldcalc.regulations.conditions import BETWEEN, COMPARATORS, PREDICATES
from shieldcalc.regulations.geometry import GEOMETRY
from shieldcalc.regulations.taxonomy import taxonomy

Path = tuple[str | int, ...]
CONFIDENCES = ("seed", "seed+copy", "copy", "recalled", "unverified")
OF_FACILITY = ("facility", "device", "workplace", "hazard")
SCOPES = (
    *("room", "tube", "source", "beam", "barrier", "point", "person", "protective_equipment"),
    *(*OF_FACILITY, "sealed_source", "sources_together", "operation", "licence", "meter", "incident", "emergency"),
)
INTERVALS = ("[]", "[)", "(]", "()")
MOST_OFFERED, ALIKE = 40, 8


class Fault(NamedTuple):
    """One thing wrong, at a path in the file."""

    path: Path
    code: str
    params: Mapping[str, object] = MappingProxyType({})


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _number(value: object) -> bool:
    return isinstance(value, float) and isfinite(value)


def _numbers(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_number, value))


_KINDS: Mapping[str, Callable[[object], bool]] = {
    "text": lambda value: isinstance(value, str) and bool(value),
    "date": lambda value: type(value) is date,
    "true or false": lambda value: isinstance(value, bool),
    "a list of texts": _texts,
    "a list": lambda value: isinstance(value, list),
    "a table": lambda value: isinstance(value, dict),
    "a number with a decimal point, true or false, a text, or a list of texts or of such numbers": (
        lambda value: isinstance(value, (bool, str)) or _number(value) or _texts(value) or _numbers(value)
    ),
    'text, "" for none': lambda value: isinstance(value, str),
    "a number with a decimal point above 0": lambda value: _number(value) and value > 0,  # type: ignore[operator]
}
TEXT, DATE, YES_NO, TEXTS, LIST, TABLE, VALUE, OR_NONE, ABOVE_0 = _KINDS

_ORDERS = ("<=", "<", ">=", ">")
_CHOICES = ("in", "excludes", "includes", "includes_all", "is_a", "all_are")
_COMPARED: Mapping[str, Callable[[object], bool]] = {
    "a number with a decimal point": lambda value: isinstance(value, float),
    "a list of texts that is not empty": lambda value: _texts(value) and bool(value),
    "two numbers with decimal points, the lower first": lambda value: (
        _numbers(value) and len(value) == 2 and value[0] < value[1]  # type: ignore[arg-type, index]
    ),
    "one value, no list": lambda value: not isinstance(value, list),
}
ORDERED, CHOICE, RANGE, SINGLE = _COMPARED

CONDITION: Mapping[str, str] = {
    "quantity": TEXT, "comparator": TEXT, "value": VALUE, "of": TEXT, "bounds": TEXT,
    "averaging": TEXT,
}  # fmt: skip


def opened(path: str) -> tuple[str, dict[str, Any]]:
    """Return the text of a file that a person names, and what it holds; nothing where it is empty."""
    from os.path import isdir

    from shieldcalc.model.loader.text import parse, read_bytes

    if isdir(path):
        raise InputError([Problem(path, None, "", "regulation_folder")])
    content = read_bytes(path)
    return parse(path, content) if content.strip() else ("", {})


def problems(path: str, text: str, found: Iterable[Fault]) -> Iterator[Problem]:
    """Yield what is wrong in a text, each with its line and key."""
    from shieldcalc.model.loader.lines import dotted, key_lines

    lines = key_lines(text)
    for fault in found:
        known = next((fault.path[:end] for end in range(len(fault.path), 0, -1) if fault.path[:end] in lines), ())
        yield Problem(path, lines.get(known), dotted(fault.path), f"regulation_{fault.code}", fault.params)


def key_faults(path: Path, entry: Any, allowed: Mapping[str, str], needed: Iterable[str]) -> Iterator[Fault]:
    """Yield the keys of a table that are not allowed, of the wrong kind, or missing."""
    if not isinstance(entry, dict):
        yield Fault(path, "kind", {"wanted": TABLE})
        return
    for key, value in entry.items():
        if key not in allowed:
            guess = nearest(key, allowed)
            params = {"name": key, "allowed": ", ".join(allowed), "guess": guess, "hint": hint(guess)}
            yield Fault((*path, key), "key", params)
        elif not _KINDS[allowed[key]](value):
            yield Fault((*path, key), "kind", {"wanted": allowed[key]})
    yield from (Fault(path, "missing", {"name": key}) for key in needed if key not in entry)


def sound(entry: Any, allowed: Mapping[str, str]) -> dict[str, Any]:
    """Return the keys of a table that are allowed and of the right kind: what may be looked at further."""
    given = entry.items() if isinstance(entry, dict) else ()
    return {key: value for key, value in given if key in allowed and _KINDS[allowed[key]](value)}


def name_faults(path: Path, name: object, allowed: Iterable[str]) -> Iterator[Fault]:
    """Yield a name that is not one of those allowed, with the nearest."""
    names = sorted({*allowed})
    if name is not None and name not in names:
        guess = nearest(str(name), names)
        yield Fault(path, "name", {"name": name, "allowed": offered(name, names), "guess": guess, "hint": hint(guess)})


def offered(name: object, names: list[str]) -> str:
    """Return the names that are allowed, of many only those that are spelled most alike."""
    from difflib import get_close_matches

    if len(names) <= MOST_OFFERED:
        return ", ".join(names)
    return ", ".join([*get_close_matches(str(name), names, n=ALIKE, cutoff=0.0), "…"])


def condition_faults(path: Path, entry: Any) -> Iterator[Fault]:
    """Yield everything that is wrong in one condition, or a predicate that nobody knows."""
    if isinstance(entry, str):
        yield from name_faults(path, entry, PREDICATES)
        return
    yield from key_faults(path, entry, CONDITION, ("quantity", "comparator", "value"))
    known = sound(entry, CONDITION)
    yield from name_faults((*path, "quantity"), known.get("quantity"), {name for name, _ in taxonomy().quantities})
    yield from name_faults((*path, "comparator"), known.get("comparator"), COMPARATORS)
    yield from name_faults((*path, "of"), known.get("of"), ("subject", "room", "facility"))
    yield from name_faults((*path, "bounds"), known.get("bounds"), INTERVALS)
    if {"comparator", "value"} <= set(known):
        yield from compared_faults((*path, "value"), known)
    if "quantity" in known:
        yield from _named(path, known)
        yield from _when(path, known)


def compared_faults(path: Path, entry: Mapping[str, Any]) -> Iterator[Fault]:
    """Name a value that its comparator cannot compare with, and a comparator that the quantity cannot be compared by.

    An order asks for a number, a choice for a list; what a quantity of names holds is neither more nor less.
    """
    comparator, value, quantity = entry["comparator"], entry["value"], entry.get("quantity", "")
    wanted = ORDERED if comparator in _ORDERS else CHOICE if comparator in _CHOICES else SINGLE
    wanted = RANGE if comparator == BETWEEN else wanted
    if comparator not in COMPARATORS:
        return
    if not _COMPARED[wanted](value):
        yield Fault(path, "compares", {"comparator": comparator, "wanted": wanted})
    elif quantity in {name for name, _ in taxonomy().quantities}:
        words = quantity in taxonomy().names
        fits = words != isinstance(value, float) if wanted == SINGLE else words == (wanted == CHOICE)
        if not fits:
            offered = (*_CHOICES, "==") if words else (*_ORDERS, BETWEEN, "==")
            yield Fault(path, "orders", {"quantity": quantity, "comparator": comparator, "allowed": ", ".join(offered)})


def _when(path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    """Name an averaging that a quantity has not, or one that it needs: without one its first fact would be taken."""
    times = {at for name, at in taxonomy().quantities if name == entry["quantity"] and at not in GEOMETRY}
    if "averaging" in entry:
        yield from name_faults((*path, "averaging"), entry["averaging"], times)
    elif times and "none" not in times:
        yield Fault(path, "missing", {"name": f"averaging: {', '.join(sorted(times))}"})


def _named(path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    """Name what a condition on devices or people asks for and no tree knows: it could never hold."""
    tree = {"person": taxonomy().person, "equipment": taxonomy().equipment}.get(entry["quantity"])
    for name in entry["value"] if tree and _texts(entry.get("value")) else ():
        yield from name_faults((*path, "value"), name, tree or ())
