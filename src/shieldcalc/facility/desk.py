"""What the accident desk says of a facility, for its audit: threat group, emergency plan, and what the plan lacks."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.facility.items import Item
from shieldcalc.model.facility import Facility

Line = Notice | str


class Desk(NamedTuple):
    """The desk's answer: lines under headings, findings on the plan, what is to be said beside it, files it stands on.

    ``document`` gives the same for JSON in a language.
    """

    parts: tuple[tuple[Notice, tuple[Line, ...]], ...]
    document: Callable[[str], Mapping[str, Any]]
    items: tuple[Item, ...]
    notices: tuple[Notice, ...]
    tables: tuple[str, ...]


# Asked with the facility, the day and the ids of the instruments that judge it; None where none of them knows groups.
AskDesk = Callable[[Facility, date, frozenset[str]], Desk | None]
