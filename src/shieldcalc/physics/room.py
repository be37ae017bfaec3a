"""A whole room by one method: the worst places of every barrier and the doses there."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from math import dist
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.design import Beyond, Xyz
from shieldcalc.model.result import BarrierResult, PointResult, Result
from shieldcalc.model.scene import Barrier, Point, Scene
from shieldcalc.model.search import worst_places
from shieldcalc.physics.components import DosesAt, point_result
from shieldcalc.physics.field import Field, tables_of
from shieldcalc.physics.places import beam_places
from shieldcalc.physics.terms import QUANTITIES, Term
from shieldcalc.physics.unshielded import unshielded, ward_notices

SAME_PLACE_M = 0.01
NOTHING = "nothing"


Occupancy = Callable[[Beyond], tuple[Beyond, Notice | None]]
Fields = Callable[[Beyond], tuple[Field, Field]]


def as_declared(beyond: Beyond) -> tuple[Beyond, Notice | None]:
    """Return the surroundings as the design has them."""
    return beyond, None


class Names(NamedTuple):
    """What a result says of its method."""

    method: str
    title: str
    reference: str


def room_result(
    names: Names,
    field: Field,
    points: tuple[Point, ...],
    doses_at: DosesAt,
    occupancy: Occupancy = as_declared,
    fields: Fields | None = None,
) -> Result:
    """Return the doses at the fixed points and at the worst places behind every assessed barrier.

    The worst place is searched for the week, the busiest hour and the beam-on rate, each by itself; the later two
    become points of their own where they lie more than 1 cm away. Barriers with nothing beyond are not assessed.

    ``occupancy`` gives the surroundings with the method's own occupancy where the design states none. ``fields`` gives
    the fields to compute the doses with and to search with, by surroundings, where the place decides on them.
    """
    of = fields or (lambda _: (field, field))
    scene = field.scene
    judged = [(each, each.beyond) for each in scene.barriers if each.beyond is not None and assessed(each)]
    worst = {each.id: tuple(_worst(of(beyond)[1], each)) for each, beyond in judged}
    said: list[Notice] = []
    every = [_occupied(occupancy, point, said) for point in points]
    every += [_occupied(occupancy, point, said) for found in worst.values() for point in found]
    computed = {point.id: point_result(of(point.beyond)[0].exact(), point, doses_at) for point in every}
    barriers = tuple(_barrier(field, scene.by_id[name], found, points, computed) for name, found in worst.items())
    used = dict.fromkeys(tables_of(field.radiations, field.terms))
    used.update(dict.fromkeys(name for _, names, _ in computed.values() for name in names))
    return Result(
        method=names.method,
        title=names.title,
        reference=names.reference,
        points=tuple(result for result, _, _ in computed.values()),
        barriers=barriers,
        tables=tuple(used),
        notices=(*_notices(scene, field, worst, said), *ward_notices(scene, tuple(p for p, _, _ in computed.values()))),
        unshielded=unshielded(field, doses_at),
    )


def _occupied(occupancy: Occupancy, point: Point, said: list[Notice]) -> Point:
    """Return the point with the method's own occupancy where the design states none."""
    beyond, notice = occupancy(point.beyond)
    if notice is not None:
        said.append(notice)
    return point if beyond is point.beyond else replace(point, beyond=beyond)


def assessed(barrier: Barrier) -> bool:
    """Return whether somebody may be beyond a barrier."""
    return barrier.beyond is not None and barrier.beyond.kind != NOTHING


def _worst(field: Field, barrier: Barrier) -> Iterator[Point]:
    scene = field.scene
    found = beam_places(scene, barrier)
    places = worst_places(scene, barrier, field.totals, field.starts, QUANTITIES, found, ahead=field.ahead)
    kept: list[Xyz] = []
    for quantity, position in places.items():
        if barrier.beyond is not None and all(dist(position, other) > SAME_PLACE_M for other in kept):
            name = barrier.id if not kept else f"{barrier.id}.{quantity}"
            kept.append(position)
            yield Point(id=name, position=position, barrier=barrier.id, beyond=barrier.beyond)


Computed = Mapping[str, tuple[PointResult, tuple[str, ...], dict[int, Term]]]


def _barrier(
    field: Field, barrier: Barrier, worst: Iterable[Point], fixed: Iterable[Point], computed: Computed
) -> BarrierResult:
    """Return a barrier's points, and its lead equivalent in the beam that gives most of the week at its worst point."""
    names = [point.id for point in (*worst, *fixed) if point.barrier == barrier.id]
    term = _governing(barrier, computed[names[0]]) if names else None
    if term is None:
        return BarrierResult(barrier=barrier.id, points=tuple(names), lead_equivalent_mm=None, lead_equivalent_beam="")
    lead_mm, beam = field.lead_equivalent(term, barrier.layers)
    return BarrierResult(barrier=barrier.id, points=tuple(names), lead_equivalent_mm=lead_mm, lead_equivalent_beam=beam)


def _governing(barrier: Barrier, found: tuple[PointResult, tuple[str, ...], dict[int, Term]]) -> Term | None:
    """Return the term with the largest week of those that cross the barrier, else of all."""
    result, _, terms = found
    parts = [(result.components[index], term) for index, term in terms.items()]
    through = [part for part in parts if barrier.id in part[0].crossed] or parts
    return max(through, key=lambda part: part[0].kerma.week_mGy)[1] if through else None


def _notices(
    scene: Scene, field: Field, worst: Mapping[str, tuple[Point, ...]], said: list[Notice]
) -> tuple[Notice, ...]:
    found = [*said]
    found += [notice for each in field.radiations for notice in each.notices]
    found += [Notice("warnings.nobody_behind", {"barrier": name}) for name, points in worst.items() if not points]
    if len({source.id for source in scene.sources if source.sealed is None}) > 1:
        code = "beam_on_together" if field.together else "beam_on_one_at_a_time"
        found.append(Notice(f"assumptions.{code}", {}))
    if any(barrier.host for barrier in scene.barriers):
        found.append(Notice("assumptions.opening_outer_face", {}))
    return tuple({(each.code, repr(each.params)): each for each in found}.values())
