"""Conditions under which a response is ended, as a checklist of the place."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from shieldcalc.accident.law import force_of
from shieldcalc.accident.told import Said, cited, say
from shieldcalc.errors import Notice, UnknownNameError
from shieldcalc.model.result import Force
from shieldcalc.tables import table

END_TABLE = "accident/end_conditions.csv"
NOT_HELD = "not_held"


class Ending(NamedTuple):
    """One condition, and whether it is said to be met; ``held``: its text is held; ``always``: of every accident."""

    condition: str
    instrument: str
    article: str
    held: bool
    always: bool
    met: bool
    force: Force


def conditions() -> tuple[str, ...]:
    """Return the names of all conditions."""
    return tuple(row["condition"] for row in table(END_TABLE).rows)


def checklist(place: str, met: Iterable[str], on: date | None) -> tuple[Ending, ...]:
    """Return the conditions of a place with those that are met; UnknownNameError for a name that is none of them."""
    here, named = f"{place}/".lower(), tuple(met)
    rows = [row for row in table(END_TABLE).rows if here.startswith(f"{row['place']}/".lower())]
    for name in named:
        if all(name != row["condition"] for row in rows):
            raise UnknownNameError(
                "condition of the end", name, tuple(row["condition"] for row in rows) or conditions()
            )
    return tuple(
        Ending(
            row["condition"], row["instrument"], row["article"], row["confidence"] != NOT_HELD, row["always"] == "yes",
            row["condition"] in named, force_of(row["instrument"], row["confidence"], on),
        )
        for row in rows
    )  # fmt: skip


def line(each: Ending) -> Said:
    """Return one condition as a line of the checklist."""
    mark = "[x]" if each.met else "[ ]"
    force = Notice(f"findings.force.{each.force}")
    rule = cited(each.instrument, each.article)
    return say("end.line", mark=mark, text=say(f"end.{each.condition}"), rule=rule, force=force)


def notices(found: Iterable[Ending], *, ended: bool) -> tuple[Notice, ...]:
    """Return that a response was ended while conditions of it were open."""
    opened = [each.condition for each in found if each.always and not each.met]
    if not (ended and opened):
        return ()
    return (Notice("warnings.accident.ended_open", {"conditions": ", ".join(opened)}),)
