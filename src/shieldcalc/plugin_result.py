"""What a plugin's method returned, looked through to its leaves: each of the type that it is declared with."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from math import isfinite
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from shieldcalc.errors import DataError, Notice
from shieldcalc.model.result import Doses, Kerma, Requirement, Result
from shieldcalc.plugin_apart import apart
from shieldcalc.plugin_raised import has_words, reason_of, stops, writable
from shieldcalc.tables import head

SHOWN = 120
LONGEST = 10_000  # characters of one text
CORE = frozenset(("builtins", "shieldcalc", "numpy"))


def wrong_result(method: str, found: object) -> str | Notice:
    """Return the first thing that cannot be in what a method returned; empty where there is none."""
    try:
        with apart():
            return next(impossible(method, found), "")
    except BaseException as error:  # a stranger's types may raise anything
        if stops(error):
            raise
        return reason_of(error)


def impossible(method: str, found: object) -> Iterator[str]:
    """Yield what cannot be: wrong types, another name, doses below zero or not finite, points that are none."""
    if not isinstance(found, Result):
        yield f"{type(found).__name__}, not Result"
        return
    yield from _misfit(found, Result, "Result")
    if found.method != method:
        yield f"Result.method {found.method!r}, not {method!r}"
    for point in found.points:
        yield from _negative(point.point.id, point.doses)
        for part in point.components:
            yield from _negative(f"{point.point.id} {part.kind}", part.kerma)
            yield from _negative(f"{point.point.id} {part.kind}", part.unshielded)
    yield from _unknown(found)


def misfit_dose(found: object) -> Iterator[str]:
    """Yield what is wrong with one dose of a map: anything but None and a finite number from 0 on."""
    yield from _misfit(found, float | None, "dose")
    if isinstance(found, int | float) and not found >= 0:
        yield f"dose = {found!r}"


def wrong_thickness(found: object) -> str:
    """Return what is wrong with what a barrier needs; empty where nothing is."""
    wrong = next(_misfit(found, Requirement, "Requirement"), "")
    if wrong or not isinstance(found, Requirement):
        return wrong
    sizes = (found.required_mm, found.added_mm, *(mm for _, mm in found.layers))
    return next((f"{each!r} mm" for each in sizes if each is not None and each < 0), "")


def _unknown(found: Result) -> Iterator[str]:
    """Yield points given twice, points of barriers that are not among the points, and data files that are none."""
    ids = Counter(point.point.id for point in found.points)
    yield from (f"Result.points: {each} twice" for each, count in ids.items() if count > 1)
    for barrier in found.barriers:
        for name in barrier.points or ("-",):
            if name not in ids:
                yield f"BarrierResult {barrier.barrier}: point {name} is not in Result.points"
    for name in found.tables:
        try:
            head(name)
        except DataError as error:
            yield f"Result.tables: {error}"


def _negative(place: str, found: Doses | Kerma) -> Iterator[str]:
    for each in fields(found):
        value = getattr(found, each.name)
        if value is not None and not value >= 0:
            yield f"{place}: {each.name} = {value!r}"


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _misfit(value: Any, kind: Any, place: str) -> Iterator[str]:
    """Yield the places whose value is not of its type; what no type is written for is let be."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if all(next(_misfit(value, each, place), "") for each in inner):
            told = [next(_misfit(value, each, place)) for each in inner if each is not type(None)]
            yield told[0]
    elif origin is Literal:
        if value not in inner:
            yield _told(place, value, " | ".join(map(str, inner)))
    elif origin is tuple:
        yield from _of_tuple(value, inner, place)
    elif isinstance(kind, type) and not _fits(value, kind):
        yield _told(place, value, "a finite number" if kind is float else kind.__name__)
    elif is_dataclass(kind) and isinstance(kind, type):
        for name, of in _hints(kind).items():
            yield from _misfit(getattr(value, name), of, f"{place}.{name}")


def _of_tuple(value: Any, inner: tuple[Any, ...], place: str) -> Iterator[str]:
    if not isinstance(value, tuple):
        yield _told(place, value, "tuple")
        return
    kinds = inner[:1] * len(value) if inner[1:] == (...,) else inner
    if len(kinds) != len(value):
        yield _told(place, value, f"tuple of {len(kinds)}")
        return
    for index, (each, kind) in enumerate(zip(value, kinds, strict=True)):
        yield from _misfit(each, kind, f"{place}[{index}]")


def _fits(value: Any, kind: type) -> bool:
    """Say whether a value is of a type, or of a core type derived from it; a stranger's own type may say anything."""
    if type(value).__module__.partition(".")[0] not in CORE:
        return False
    if kind is str:
        return isinstance(value, str) and len(value) <= LONGEST and value == writable(value)
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    if kind is Notice:
        return isinstance(value, Notice) and isinstance(value.params, Mapping) and has_words(value)
    return isinstance(value, kind)


def _told(place: str, value: object, wanted: str) -> str:
    return f"{place} = {writable(repr(value)[:SHOWN])}, not {wanted}"
