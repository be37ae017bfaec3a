"""What does not look right in the size of a room, what lies beyond it, and figures stated in place of its plan's."""

from collections.abc import Iterator
from math import dist

from shieldcalc.builtins import places
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Beyond, Design
from shieldcalc.model.geometry import edges
from shieldcalc.units import significant
from shieldcalc.verify.model import Remark
from shieldcalc.verify.usual import say
from shieldcalc.verify.vocabulary import rule

STATED = ("assumptions.stated_primary_distance", "assumptions.stated_secondary_distance")
VAGUE = ("workroom",)  # of any use: what is usual there is not known
LESS_GUARDED = {"public": 0, "non_radiation_staff": 1, "radiation_worker": 2}


def of_room(found: Assessment) -> Iterator[Remark]:
    """Yield what a reviewer should ask about sizes, neighbours and stated distances of one design."""
    design = found.design
    if not design.open_site:
        yield from _sizes(design)
    for name, beyond in _beyonds(design):
        if beyond.kind not in VAGUE:
            yield from _beyond(name, beyond)
    yield from _stated(found)


def _sizes(design: Design) -> Iterator[Remark]:
    longest = max((dist(*edge) for edge in edges(design.plan)), default=0.0)
    for value, most in ((longest, rule("longest_side")), (design.height_m, rule("highest_room"))):
        if value > most:
            yield Remark(subject="room", said=say("large", found=significant(value), most=most))


def _beyonds(design: Design) -> Iterator[tuple[str, Beyond]]:
    yield from ((each.id, each.beyond) for each in design.walls)
    yield from ((each.id, each.beyond) for each in design.openings)
    yield from ((each.id, each.beyond) for each in design.points)
    for name, slab in (("floor", design.floor), ("ceiling", design.ceiling)):
        if slab is not None:
            yield name, slab.beyond


def _beyond(name: str, beyond: Beyond) -> Iterator[Remark]:
    """Yield an occupancy far below that of such a place, a storey that is too high, people who are less guarded."""
    row = places().get(beyond.kind, {})
    usual, storey = row.get("occupancy"), beyond.storey_height_m
    if usual and beyond.occupancy < rule("occupancy_low") * usual:
        shown = {"found": significant(beyond.occupancy), "usual": usual}
        yield Remark(subject=name, said=say("occupancy", **shown))
    if storey is not None and storey > rule("highest_room"):
        yield Remark(subject=name, said=say("large", found=significant(storey), most=rule("highest_room")))
    person = row.get("person")
    if person and LESS_GUARDED.get(beyond.person, 0) == max(LESS_GUARDED.values()) > LESS_GUARDED.get(person, 0):
        yield Remark(subject=name, said=say("worker", name=beyond.name or beyond.kind))


def _stated(found: Assessment) -> Iterator[Remark]:
    """Yield distances that are stated in place of the plan's and lie farther than it by more than the tolerance."""
    notices = [*found.notices, *(each for result in found.results for at in result.points for each in at.notices)]
    told = {(each.code, each.params["point"]): each.params for each in notices if each.code in STATED}
    for params in told.values():
        value, plan = (float(str(params[key]).split()[0]) for key in ("value", "plan"))
        if value - plan > rule("distance_tolerance"):
            shown = {"stated": significant(value), "plan": significant(plan), "document": params["document"]}
            yield Remark(subject=str(params["point"]), said=say("stated_distance", **shown))
