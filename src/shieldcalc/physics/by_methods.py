"""Doses at a place that rooms by different methods reach: each room's by its own method, then quantity by quantity."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from shieldcalc.model.result import Doses
from shieldcalc.model.scene import Point
from shieldcalc.model.trace import Equation, Step, equation, evaluate
from shieldcalc.physics.field import Field, Seen
from shieldcalc.physics.rooms import Totals, highest

_SUM = "sum of rooms, each by its own method"
_RATE = "h10_beam_on_uSv_per_h"
_UNITS = {"uGy_per_h": "uGy/h", "uSv_per_h": "uSv/h", "uGy": "uGy", "uSv": "uSv", "mGy": "mGy", "mSv": "mSv"}
Rooms = Sequence[tuple[Seen, Totals]]


@equation("H_sum", "H_rooms + H_other", "", _SUM)
def together(H_rooms: float, H_other: float) -> float:
    """Return the dose of rooms by one method with that of a room by another."""
    return H_rooms + H_other


@equation("H_sum", "max(H_rooms, H_other)", "", f"{_SUM}; an interlock keeps them from radiating together")
def either(H_rooms: float, H_other: float) -> float:
    """Return the larger rate of rooms that never radiate together."""
    return max(H_rooms, H_other)


def added(field: Field, point: Point, own: Doses, others: Rooms) -> tuple[Doses, tuple[Step, ...]]:
    """Return the doses of rooms by this method with those of others, each by its own, and the printed sums.

    A quantity that one of them does not know is not known. Where another method has no rate of a mode of its own, that
    of its whole room counts. Occupancy is that of the place; contributions declared there are in ``own`` already.
    """
    if not others:
        return own, ()
    bare = replace(point, beyond=replace(point.beyond, other_contributions=()))
    found, steps = own, list[Step]()
    for room, totals in others:
        assert room.doses_at is not None
        theirs, more = room.doses_at(bare, totals)
        steps += [step._replace(label=", ".join(part for part in (room.room, step.label) if part)) for step in more]
        sums = dict(_sums(field, room, found, theirs))
        steps += [step for step in sums.values() if step is not None]
        values: dict[str, Any] = {name: None if step is None else step.value for name, step in sums.items()}
        found = replace(found, **values)
    return found, tuple(steps)


def _sums(field: Field, room: Seen, own: Doses, theirs: Doses) -> Iterator[tuple[str, Step | None]]:
    rates = [(field.scene.room, 1.0), (room.room, 1.0)]
    apart = (highest(field.interlocks, rates) or 0.0) < len(rates)
    for name in (each.name for each in fields(Doses)):
        mode = name.startswith("h10_beam_on") and name != _RATE
        one, other = getattr(own, name), getattr(theirs, _RATE if mode else name)
        if one is None or other is None:
            yield name, None
            continue
        unit = _UNITS[next(each for each in _UNITS if name.endswith(each))]
        formula: Equation = either if apart and "beam_on" in name else together
        inputs = {"H_rooms": (one, unit), "H_other": (other, unit)}
        yield name, evaluate(formula, inputs, f"{room.room}, {name}")._replace(unit=unit)
