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
    Path,
    condition_faults,
    key_faults,
    name_faults,
    problems,
    sound,
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
        raise InputError(sorted(problems(path, text, found), key=lambda problem: problem.line or 0))
    return data


def faults(data: dict[str, Any], instrument: str) -> Iterator[Fault]:
    """Yield everything in a parsed file of ladders that the format does not know."""
    yield from key_faults((), data, _TOP, tuple(_TOP))
    top = sound(data, _TOP)
    yield from name_faults(("instrument",), top.get("instrument"), (instrument,))
    ladders = [sound(row, LADDER) for row in top.get("ladder", ())]
    criteria = [sound(row, CRITERION) for row in top.get("criterion", ())]
    for index, row in enumerate(ladders):
        path: Path = ("ladder", index)
        yield from key_faults(path, top["ladder"][index], LADDER, tuple(LADDER))
        yield from name_faults((*path, "scope"), row.get("scope"), SCOPES)
        yield from name_faults((*path, "confidence"), row.get("confidence"), CONFIDENCES)
        order = row.get("order", [])
        yield from (Fault((*path, "order"), "twice", {"name": name}) for name in {*order} if order.count(name) > 1)
        yield from _twice(path, row, ladders)
    orders = {row["id"]: row.get("order", []) for row in ladders if "id" in row}
    for index, row in enumerate(criteria):
        path = ("criterion", index)
        yield from key_faults(path, top["criterion"][index], CRITERION, ("id", "ladder", "class", "when"))
        yield from _criterion(path, row, orders)
        yield from _twice(path, row, criteria)


def _twice(path: Path, row: dict[str, Any], rows: list[dict[str, Any]]) -> Iterator[Fault]:
    if "id" in row and sum(each.get("id") == row["id"] for each in rows) > 1:
        yield Fault((*path, "id"), "twice", {"name": row["id"]})


def _criterion(path: Path, row: dict[str, Any], orders: Mapping[str, list[str]]) -> Iterator[Fault]:
    yield from name_faults((*path, "ladder"), row.get("ladder"), orders)
    if row.get("ladder") in orders:
        yield from name_faults((*path, "class"), row.get("class"), orders[row["ladder"]])
    yield from name_faults((*path, "confidence"), row.get("confidence"), CONFIDENCES)
    for index, condition in enumerate(row.get("when", ())):
        yield from condition_faults((*path, "when", index), condition)
    if row.get("when") == []:
        yield Fault((*path, "when"), "kind", {"wanted": "a list of at least one condition"})
