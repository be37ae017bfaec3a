"""The places behind one barrier at which a new thickness is judged, and how far the dose there is over its limits."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import dist, inf
from typing import Any, NamedTuple

from shieldcalc.model.design import Layer, Xy, Xyz
from shieldcalc.model.geometry import convex
from shieldcalc.model.result import Goal
from shieldcalc.model.scene import Barrier, Point, Scene
from shieldcalc.model.search import FULL, LOCAL, QUICK, Effort, worst_places
from shieldcalc.model.surfaces import surface_of
from shieldcalc.physics.components import DosesAt
from shieldcalc.physics.places import beam_places
from shieldcalc.physics.preshielding import LEAD
from shieldcalc.physics.summed import Summed

CLOSE, APART_M = 0.98, 0.03  # of the highest: places that are computed in full, of several so close the highest
OPAQUE = (Layer(material=LEAD, thickness_mm=1e4),)
Aimed = Sequence[tuple[Goal, Point]]
Judged = Callable[[Mapping[str, tuple[Layer, ...]]], float]


def with_thickness(scene: Scene, barrier: Barrier, thickness_m: float) -> Scene:
    """Return the scene with one barrier's faces so far apart, its layers as they are."""
    changed = replace(barrier, thickness_m=thickness_m)
    barriers = tuple(changed if each.id == barrier.id else each for each in scene.barriers)
    return replace(scene, barriers=barriers, by_id={**scene.by_id, barrier.id: changed})


def places_known(field: Summed, barrier: Barrier, aimed: Aimed) -> Iterator[Xy]:
    """Yield places on the barrier's surface: of the worst points found there, and those nearest to each source.

    The latter where one source may outlast another behind a thicker barrier.
    """
    surface = surface_of(field.scene, barrier)
    yield from (surface.coordinates(point.position) for _, point in aimed if point.role == "worst")
    if field.moves:
        yield from (surface.clamp(*surface.coordinates(start)) for start in (*field.starts, *field.ends))


def places_to_judge(field: Summed, barrier: Barrier, aimed: Aimed) -> Iterator[Xy]:
    """Yield places on the barrier's surface: those known, worst without it, worst if it were opaque."""
    yield from places_known(field, barrier, aimed)
    states = [(), *([OPAQUE] if goes_round(field.scene, barrier) else ())]
    yield from worst_behind(field, barrier, 0.0, states, aimed)


def worst_behind(
    field: Summed, barrier: Barrier, thickness_m: float, stacks: Sequence[tuple[Layer, ...]], aimed: Aimed
) -> list[Xy]:
    """Return the worst places behind each of some stacks of layers in a barrier, its faces so far apart."""
    scene = with_thickness(field.scene, barrier, thickness_m)
    states = [{barrier.id: each} for each in stacks]
    return list(_searched(field, scene, barrier.id, states, _wanted(aimed), effort=FULL))


def _wanted(aimed: Aimed) -> tuple[int, ...]:
    """Return which of QUANTITIES the goals bound."""
    fields = [goal.quantity for goal, _ in aimed]
    beam_on = any("beam_on" in name for name in fields)
    hour = any("hour" in name for name in fields)
    week = any("week" in name or "year" in name for name in fields)
    return tuple(index for index, asked in enumerate((week, hour, beam_on)) if asked)


def worst_with(
    field: Summed,
    barrier: Barrier,
    stands: Mapping[str, tuple[float, tuple[Layer, ...]]],
    aimed: Aimed,
    places: Sequence[Xy],
    effort: Effort = LOCAL,
) -> list[Xy]:
    """Return the worst places with barriers of other thicknesses (m) and layers, reached from the places known.

    None where no line reaches a place behind the barrier without it, and no source outlasts another: then they stay
    where they are. With another ``effort`` than a local one they are searched afresh, the places known among others.
    """
    if not field.moves and not goes_round(field.scene, barrier):
        return []
    scene = field.scene
    for name, (thickness_m, _) in stands.items():
        scene = with_thickness(scene, scene.by_id[name], thickness_m)
    state = {name: layers for name, (_, layers) in stands.items()}
    return list(_searched(field, scene, barrier.id, [state], _wanted(aimed), places, effort))


def _searched(
    field: Summed,
    scene: Scene,
    barrier: str,
    states: Sequence[Mapping[str, tuple[Layer, ...]]],
    wanted: Sequence[int],
    places: Sequence[Xy] = (),
    effort: Effort = QUICK,
) -> Iterator[Xy]:
    """Yield the worst places of the wanted quantities in a scene with other layers in some barriers."""
    around, here = field.in_scene(scene), scene.by_id[barrier]
    fields = [around.replacing(layers) for layers in states]
    surface = surface_of(scene, here)

    def doses(position: Xyz) -> tuple[float | None, ...]:
        parts = around.bare(position)
        found = [each.through(parts) for each in fields]
        return tuple([sums[index] for sums in found for index in wanted])

    def ahead(positions: Sequence[Xyz]) -> None:
        for each in fields:
            each.ahead(positions)

    names = [f"{quantity} {number}" for number in range(len(states)) for quantity in wanted]
    extra = [surface.place(*place) for place in places]
    extra += () if effort.local else (*beam_places(scene, here), *field.ends)
    prepare = ahead if field.prepares else None
    found = worst_places(scene, here, doses, field.starts, names, extra, effort=effort, ahead=prepare)
    yield from (surface.coordinates(position) for position in found.values())


def goes_round(scene: Scene, barrier: Barrier) -> bool:
    """Say whether lines may reach a place behind the barrier without it: by others on its edge, or round corners."""
    beside = any(each.edge == barrier.edge and each.id != barrier.id for each in scene.barriers)
    return (beside and barrier.edge is not None) or barrier.kind == "screen" or not convex(scene.plan)


class _Group(NamedTuple):
    """Places with the same surroundings: one of their points, what each place gets bare, limits by quantity."""

    point: Point
    places: tuple[Any, ...]
    limits: Mapping[str, float]


def judged_at(
    field: Summed,
    doses_at: DosesAt,
    barrier: str,
    aimed: Aimed,
    places: Sequence[Xy],
    *,
    own: bool = True,
    surely: bool = False,
) -> Judged:
    """Return the largest dose over limit of all goals as a function of layers in barriers (inf: not known).

    Goals of the barrier's worst points hold at every place that somebody can be at; goals of fixed points hold there.
    Without ``own`` only what other rooms give counts. ``surely``: in full where an approximate field sees the highest.
    """
    field, surface = field.exact(), surface_of(field.scene, field.scene.by_id[barrier])
    inside = [surface.clamp(*place) for place in dict.fromkeys(places)]
    behind = [surface.place(*place) for place in inside if surface.allowed(*place)] or [surface.place(*inside[0])]
    points = {point.id if point.role != "worst" else "": point for _, point in aimed}
    groups, all_places = [], []
    for name, point in points.items():
        positions = [point.position] if name else behind
        all_places += positions
        bare = [field.bare(each, given=bool(name)) for each in positions]
        found = tuple(each if own else each.of_others() for each in bare)
        groups.append(_Group(point, found, _limits(aimed, point)))

    def over(layers: Mapping[str, tuple[Layer, ...]]) -> float:
        behind = field.replacing(layers)
        behind.ahead(all_places)
        return max([_over(behind, doses_at, group) for group in groups], default=0.0)

    if not surely:
        return over
    certain = field.exact(surely=True)
    single = [group._replace(places=(place,)) for group in groups for place in group.places]

    def surely_over(layers: Mapping[str, tuple[Layer, ...]]) -> float:
        quick, full = field.replacing(layers), certain.replacing(layers)
        quick.ahead(all_places)
        found = [_over(quick, doses_at, each) for each in single]
        highest = CLOSE * max(found, default=0.0)
        close: list[int] = []
        for k in sorted(range(len(found)), key=lambda k: -found[k]):
            if found[k] >= highest and all(dist(all_places[k], all_places[other]) > APART_M for other in close):
                close.append(k)
        full.ahead([all_places[k] for k in close])
        return max((_over(full, doses_at, single[k]) for k in close), default=0.0)

    return surely_over


def _limits(aimed: Aimed, point: Point) -> dict[str, float]:
    """Return the lowest limit of each quantity: of one fixed point, or of all worst points together."""
    limits: dict[str, float] = {}
    for goal, other in aimed:
        if other.id == point.id or (other.role == point.role == "worst"):
            limits[goal.quantity] = min(goal.limit, limits.get(goal.quantity, inf))
    return limits


def _over(field: Summed, doses_at: DosesAt, group: _Group) -> float:
    """Return the largest dose over limit: the largest week, hour and rate of any place, judged together."""
    sums = [field.through(place) for place in group.places]
    own = [None if None in column else max(each or 0.0 for each in column) for column in zip(*sums, strict=True)]
    doses = doses_at(group.point, own)[0]
    return max(_ratio(getattr(doses, quantity), limit) for quantity, limit in group.limits.items())


def _ratio(dose: float | None, limit: float) -> float:
    if dose is None:
        return inf
    if limit <= 0:
        return 0.0 if dose <= 0 else inf
    return dose / limit
