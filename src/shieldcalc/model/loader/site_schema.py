"""The site file, format 1: every table, every key, its kind of value and its bounds. See docs/site-file.md."""

from functools import cache

from pydantic_core import CoreSchema

from shieldcalc.model.loader.limits import limit
from shieldcalc.model.loader.schema import FORMAT, beyond
from shieldcalc.model.loader.values import any_table, day, identifier, listing, number, place, quantity, table, text

FARTHEST_M = 1000.0


@cache
def site() -> CoreSchema:
    """Return the whole file as one schema of pydantic's engine."""
    where = place(3, most=FARTHEST_M)
    room = table({"id": identifier(), "file": text(), "at": where}, {"turn": quantity("angle", least=-360, most=360)})
    identity = table({"facility": text(), "site": text(), "author": text()}, {"address": text()})
    evaluation = table({}, {"date": day(), "instruments": listing(text(), 1, 20), "methods": listing(text(), 1, 10)})
    point = table({"id": identifier(), "position": where, "beyond": beyond()})
    rooms = listing(text(), 2, limit("rooms"), wanted="a list of ids of rooms")
    return table(
        {
            "format": number(least=FORMAT, most=FORMAT, whole=True),
            "identity": identity,
            "room": listing(room, 1, limit("rooms"), wanted="tables [[room]]"),
        },
        {
            "evaluation": evaluation,
            "point": listing(point, 0, limit("site_points"), wanted="tables [[point]]"),
            "never_together": listing(table({"rooms": rooms, "because": text()}), 0, limit("rooms")),
            "plugins": any_table(),
        },
    )
