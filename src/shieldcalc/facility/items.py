"""Item: one finding of an audit with the system of rules that it belongs to and what the file lacks for it."""

from functools import cache
from typing import NamedTuple

from shieldcalc.model.result import Finding
from shieldcalc.tables import table

SYSTEMS = "facility/systems.csv"
UNKNOWN = "S00"


class Item(NamedTuple):
    """A finding, its system (S01 to S32), and the keys of the facility file that would settle it."""

    system: str
    finding: Finding
    missing: tuple[str, ...] = ()


@cache
def system_of(rule: str, other: str = UNKNOWN) -> str:
    """Return the system of a rule: that of the longest beginning of its id that the table holds, ``other`` for none."""
    rows = [row for row in table(SYSTEMS).rows if rule.startswith(row["rule"])]
    return max(rows, key=lambda row: len(row["rule"]), default={"system": other})["system"]
