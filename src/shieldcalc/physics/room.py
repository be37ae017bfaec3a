"""A whole room by one method: the worst places of every barrier and the doses there; how an X-ray method is made."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from math import dist
from typing import Any, NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.design import Beyond, Xyz
from shieldcalc.model.result import BarrierResult, Goal, Method, PointResult, Requirement, Result
from shieldcalc.model.scene import Barrier, Neighbour, Point, Scene
from shieldcalc.physics import quickly
from shieldcalc.physics.anywhere import DoseField
from shieldcalc.physics.components import DosesAt, point_result
from shieldcalc.physics.ducts import sights
from shieldcalc.physics.faces import beside_faces
from shieldcalc.physics.field import Field, tables_of
from shieldcalc.physics.known import worst_again
from shieldcalc.physics.places import beam_places
from shieldcalc.physics.terms import Term
from shieldcalc.physics.unshielded import unshielded, ward_notices

SAME_PLACE_M = 0.01
NOTHING = "nothing"


Occupancy = Callable[[Beyond], tuple[Beyond, Notice | None]]
Fields = Callable[[Beyond], tuple[Field, Field]]
Worst = Mapping[str, tuple[Point, ...]]
Solve = Callable[[Field, DosesAt, Result, str, tuple[Goal, ...], tuple[str, ...]], tuple[Requirement, ...]]
Compute = Callable[[Scene, tuple[Point, ...], Worst | None], Result]


def as_declared(beyond: Beyond) -> tuple[Beyond, Notice | None]:
    """Return the surroundings as the design has them."""
    return beyond, None


class Names(NamedTuple):
    """What a result says of its method."""

    method: str
    title: str
    reference: str


class Xray(NamedTuple):
    """What an X-ray method makes of X-ray equipment, so that gamma sources can be added to it at every place.

    ``result`` searches the worst places unless they are given; ``fields`` by the field of Doses that each gives alone,
    "" for all; ``require`` is that of a Method with what solves for thicknesses; ``placed`` puts points at its heights.
    ``of`` what it makes of the equipment of a scene, where that differs by kind.
    """

    result: Compute
    fields: Callable[[Scene], Mapping[str, Field]]
    doses_at: DosesAt
    require: Callable[..., tuple[Requirement, ...]]
    dose_field: DoseField
    placed: Callable[[Scene], Scene] = lambda scene: scene
    of: Callable[[Scene], "Xray"] | None = None


def of_scene(xray: Xray, scene: Scene) -> Xray:
    """Return what a method makes of the equipment of a scene."""
    return xray if xray.of is None else xray.of(scene)


def xray_method(names: Names, kinds: tuple[str, ...], xray: Xray) -> Method:
    """Return the method that computes rooms of X-ray equipment, with gamma sources in the room or beside it added."""

    def both(scene: Scene) -> Any:
        from shieldcalc.physics.mixed import both

        return both(scene, names, xray)

    def compute(scene: Scene, points: tuple[Point, ...], options: Mapping[str, Any]) -> Result:
        if not _mixed(scene):
            return xray.result(scene, points, worst_again(options, names.method))
        found: Result = both(scene).result(points)
        return found

    def require(
        scene: Scene, result: Result, barrier: str, goals: tuple[Goal, ...], materials: tuple[str, ...]
    ) -> tuple[Requirement, ...]:
        asked = (result, barrier, goals, materials)
        found: tuple[Requirement, ...] = both(scene).require(*asked) if _mixed(scene) else xray.require(scene, *asked)
        return found

    def dose_field(scene: Scene, quantity: str) -> Callable[[Xyz], float | None]:
        at: Callable[[Xyz], float | None]
        at = both(scene).dose_field(quantity) if _mixed(scene) else xray.dose_field(scene, quantity)
        return at

    return Method(
        name=names.method,
        title=names.title,
        reference=names.reference,
        valid_for=kinds,
        compute=compute,
        require=require,
        adds_rooms=True,
        dose_field=dose_field,
        xray=xray,
    )


def _mixed(scene: Scene) -> bool:
    """Return whether gamma sources radiate beside the X-ray equipment of a room, in it or elsewhere on its site."""
    own = [source.gamma_place is not None for source in scene.sources]
    return not all(own) and (any(own) or any(map(with_gamma, scene.others)))


def with_gamma(room: Neighbour) -> bool:
    """Return whether another room of the site has gamma sources."""
    return any(source.gamma_place is not None for source in room.scene.sources)


def with_xrays(room: Neighbour) -> bool:
    """Return whether another room of the site has X-ray equipment."""
    return any(source.gamma_place is None for source in room.scene.sources)


def room_result(
    names: Names,
    field: Field,
    points: tuple[Point, ...],
    doses_at: DosesAt,
    occupancy: Occupancy = as_declared,
    fields: Fields | None = None,
    places: Worst | None = None,
) -> Result:
    """Return the doses at the fixed points and at the worst places behind every assessed barrier.

    The worst place is searched for the week, the busiest hour and the beam-on rate, each by itself; the later two
    become points of their own where they lie more than 1 cm away. Barriers with nothing beyond are not assessed.

    ``occupancy`` gives the surroundings with the method's own occupancy where the design states none. ``fields`` gives
    the fields to compute the doses with and to search with, by surroundings, where the place decides on them.
    ``places`` are the worst places by barrier where they are known: then none is searched.
    """
    of = fields or (lambda _: (field, field))
    scene = field.scene
    judged = [(each, each.beyond) for each in scene.barriers if each.beyond is not None and assessed(each)]
    worst = places or {each.id: tuple(_worst(of(beyond)[1], each)) for each, beyond in judged}
    said: list[Notice] = []
    every = [_occupied(occupancy, beside_faces(field.exact(), point), said) for point in points]
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
        notices=(
            *notices_of(scene, field, worst, said),
            *ward_notices(scene, tuple(p for p, _, _ in computed.values())),
        ),
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


def worst_points(field: Field, behind: Iterable[str]) -> dict[str, tuple[Point, ...]]:
    """Return the worst places behind some barriers, as ``room_result`` finds them in one field."""
    by_id = field.scene.by_id
    return {name: tuple(_worst(field, by_id[name])) for name in behind}


def _worst(field: Field, barrier: Barrier) -> Iterator[Point]:
    found = [*beam_places(field.scene, barrier), *field.ends]
    yield from points_at(barrier, quickly.worst_places(field, barrier, found))


def points_at(barrier: Barrier, places: Mapping[str, Xyz]) -> Iterator[Point]:
    """Yield points behind a barrier at the worst places by quantity, those within 1 cm of one before left out."""
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


def notices_of(scene: Scene, field: Field, worst: Worst, said: list[Notice]) -> tuple[Notice, ...]:
    """Return what is said of a field's sources and of barriers behind which nobody can be."""
    found = [*said, *sights(scene)]
    found += [notice for each in field.radiations for notice in each.notices]
    found += [Notice("warnings.nobody_behind", {"barrier": name}) for name, points in worst.items() if not points]
    if len({source.id for source in scene.sources if source.gamma_place is None}) > 1:
        code = "beam_on_together" if field.together else "beam_on_one_at_a_time"
        found.append(Notice(f"assumptions.{code}", {}))
    if any(barrier.host for barrier in scene.barriers):
        found.append(Notice("assumptions.opening_outer_face", {}))
    return tuple({(each.code, repr(each.params)): each for each in found}.values())
