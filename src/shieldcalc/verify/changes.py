"""What differs between two designs, key by key; parts with an id are compared by it, wherever they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from typing import Any, NamedTuple

from shieldcalc.model.design import Design

_UNCOUNTED = ("file", "sha256", "lines", "assumptions", "background")
_KEYS = {"walls": "wall", "openings": "opening", "sources": "source", "points": "point", "screens": "screen",
         "beams": "beam", "protocols": "protocol", "bodies": "body", "boundaries": "boundary"}  # fmt: skip


class Changed(NamedTuple):
    """One key that differs; None where it is not there."""

    key: str
    before: Any
    after: Any


def changes(before: Design, after: Design) -> tuple[Changed, ...]:
    """Return every key that differs, in the order of the first design; a part that is new or gone is one key."""
    one, two = (_flat(design) for design in (before, after))
    found = [Changed(key, one.get(key), two.get(key)) for key in {**one, **two} if one.get(key) != two.get(key)]
    return tuple(_gathered(found, one, two))


def _flat(design: Design) -> dict[str, Any]:
    return dict(_walk("", design))


def _walk(key: str, node: Any) -> Iterator[tuple[str, Any]]:
    if is_dataclass(node) and not isinstance(node, type):
        for each in fields(node):
            if key or each.name not in _UNCOUNTED:
                yield from _walk(_joined(key, _KEYS.get(each.name, each.name)), getattr(node, each.name))
    elif isinstance(node, Mapping):
        for name, child in node.items():
            yield from _walk(_joined(key, str(name)), child)
    elif isinstance(node, tuple | list) and node and not all(isinstance(child, int | float | str) for child in node):
        for number, child in enumerate(node, 1):
            yield from _walk(_joined(key, getattr(child, "id", None) or str(number)), child)
    elif node not in (None, (), [], "") and not key.endswith(".id"):
        yield key, node.isoformat() if isinstance(node, date | time) else node


def _joined(above: str, name: str) -> str:
    return f"{above}.{name}" if above else name


def _gathered(found: list[Changed], one: Mapping[str, Any], two: Mapping[str, Any]) -> Iterator[Changed]:
    """Yield the changes; the keys of a wall, a source or a point that is new or gone as one."""
    parts = tuple(f"{name}." for name in _KEYS.values())
    told: set[str] = set()
    for each in found:
        whole = ".".join(each.key.split(".")[:2])
        sides = [any(key.startswith(f"{whole}.") for key in side) for side in (one, two)]
        if each.key.startswith(parts) and not all(sides):
            if whole not in told:
                told.add(whole)
                yield Changed(whole, *(whole.partition(".")[2] if there else None for there in sides))
        else:
            yield each
