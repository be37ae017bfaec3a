"""What a file of ladders may say: keys, kinds of value, names; everything else is refused, all of it at once."""

from collections.abc import Iterator, Mapping
from typing import Any

from shieldcalc.errors import InputError, Problem
from shieldcalc.regulations.strict import (
    CONFIDENCES,
    DATE,
    LIST,
    SCOPES,
    TEXT,
    TEXTS,
    Fault,
    condition_faults,
    key_faults,
    name_faults,
    problems,
)

LADDER: Mapping[str, str] = {"id": TEXT, "article": TEXT, "scope": TEXT, "order": TEXTS, "confidence": TEXT}
CRITERION: Mapping[str, str] = {
    "id": TEXT, "ladder": TEXT, "class": TEXT, "when": LIST, "article": TEXT, "confidence": TEXT,
    "effective": DATE, "expiry": DATE,
}  # fmt: skip
_TOP: Mapping[str, str] = {"instrument": TEXT, "ladder": LIST, "criterion": LIST}


def read(path: str, instrument: str) -> dict[str, Any]:
    """Return the parsed file of one instrument. Raises InputError with everything that is wrong in it."""
    import tomllib

    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        data = tomllib.loads(text)
    except ValueError as error:
        raise InputError([Problem(path, None, "", "regulation_syntax", {"reason": str(error)})]) from None
    found = tuple(faults(data, instrument))
    if found:
        raise InputError(problems(path, text, found))
    return data


def faults(data: dict[str, Any], instrument: str) -> Iterator[Fault]:
    """Yield everything in a parsed file of ladders that the format does not know."""
    top = tuple(key_faults((), data, _TOP, tuple(_TOP)))
    if top:
        yield from top
        return
    yield from name_faults(("instrument",), data["instrument"], (instrument,))
    shapes = [*_rows(data, "ladder", LADDER, tuple(LADDER))]
    shapes += _rows(data, "criterion", CRITERION, ("id", "ladder", "class", "when"))
    if shapes:
        yield from shapes
        return
    orders = {row["id"]: row["order"] for row in data["ladder"]}
    for index, row in enumerate(data["ladder"]):
        yield from name_faults(("ladder", index, "scope"), row["scope"], SCOPES)
        yield from name_faults(("ladder", index, "confidence"), row["confidence"], CONFIDENCES)
        yield from _twice(data, "ladder", index)
    for index, row in enumerate(data["criterion"]):
        yield from _criterion(("criterion", index), row, orders)
        yield from _twice(data, "criterion", index)


def _rows(data: dict[str, Any], name: str, keys: Mapping[str, str], needed: tuple[str, ...]) -> Iterator[Fault]:
    for index, row in enumerate(data[name]):
        yield from key_faults((name, index), row, keys, needed)


def _twice(data: dict[str, Any], name: str, index: int) -> Iterator[Fault]:
    ids = [row["id"] for row in data[name]]
    if ids.count(ids[index]) > 1:
        yield Fault((name, index, "id"), "twice", {"name": ids[index]})


def _criterion(path: tuple[str | int, ...], row: dict[str, Any], orders: Mapping[str, list[str]]) -> Iterator[Fault]:
    yield from name_faults((*path, "ladder"), row["ladder"], orders)
    yield from name_faults((*path, "class"), row["class"], orders.get(row["ladder"], (row["class"],)))
    yield from name_faults((*path, "confidence"), row.get("confidence"), CONFIDENCES)
    for index, condition in enumerate(row["when"]):
        yield from condition_faults((*path, "when", index), condition)
    if not row["when"]:
        yield Fault((*path, "when"), "kind", {"wanted": "a list of at least one condition"})
