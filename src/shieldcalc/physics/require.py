"""What a barrier needs: of each candidate material, alone or on top of what stands, how much keeps all goals.

The dose is computed again with the barrier's layers replaced, so that what passes beside the barrier stays. Judged are
the places that are worst with the barrier as it stands and behind what each material needs about; then, with what was
found built and people behind it, the worst places are searched again until nothing is over there, since they move with
the faces. The thickness found keeps every goal at these places (it is the safe end of the last bracket).
"""

from collections.abc import Callable, Mapping, Sequence
from math import inf, log
from typing import NamedTuple

from shieldcalc.errors import OutsideDataError
from shieldcalc.model.design import Layer, Xy
from shieldcalc.model.result import Goal, Requirement, Result
from shieldcalc.model.scene import Barrier, Point, Scene
from shieldcalc.model.search import FULL, LOCAL, Effort
from shieldcalc.physics.components import DosesAt
from shieldcalc.physics.ducts import ducts_at
from shieldcalc.physics.field import Field
from shieldcalc.physics.judged import (
    Judged,
    goes_round,
    judged_at,
    places_known,
    with_thickness,
    worst_behind,
    worst_with,
)
from shieldcalc.physics.places import STEPPED
from shieldcalc.physics.roughly import FAINTEST, NEARLY, ROUNDS, TOLERANCE_MM, Excess, Roughly, bracket, from_nearly
from shieldcalc.physics.rules import rule
from shieldcalc.physics.summed import Summed

SURELY = 0.9
MORE_SEARCHES = 8  # behind what was found, built
SEARCHES, SETTLED = 3, 1.05  # at most so many searches for all materials: as long as one needs so much more
SPARE = 1e-3  # of a limit: the worst place behind a new thickness may lie beside those judged
OF_STEPS = 9e-3  # more of it where scatter counts in steps of angle: two directions may both end a step beside it
_FINEST, _ROUGH = 1e-5, 0.01  # parts of a thickness: of one that is told, of one from which another is searched
_FIRST_MM = 1.0


def require(
    field: Summed, doses_at: DosesAt, result: Result, barrier: str, goals: tuple[Goal, ...], materials: tuple[str, ...]
) -> tuple[Requirement, ...]:
    """Return what each material would have to measure for every goal to hold behind the barrier.

    ``required_mm`` instead of the barrier's layers, ``added_mm`` on top of them. Where dose reaches a place through the
    doors, windows and walls on the same edge, so that this barrier alone cannot do, the figures hold with as much on
    top of each of those too: reason "with_neighbours", also where only one of the two is found so. None with the code
    of the reason: "passes_beside" (dose reaches a place round them all), "from_other_rooms" (other rooms of the site
    alone exceed a goal), "outside_data" (the tables refuse), "undetermined" (a goal on a quantity not known).
    """
    if ducts_at(result, goals):
        return tuple(_none(each, "undetermined") for each in materials)
    points = {each.point.id: each.point for each in result.points}
    aimed = [(goal, points[goal.point]) for goal in goals if goal.point in points]
    here = field.scene.by_id[barrier]
    beside = tuple(each for each in field.scene.barriers if here.edge is not None and each.edge == here.edge)
    others = tuple(each for each in beside if each is not here)
    room = _Room(field, doses_at, here, others, aimed, [], {}, Roughly({}, {}, {}), {}, _more_spare(field))
    room.places.extend(places_known(field, here, aimed))
    refused = set[str]()
    for layers in () if field.moves else ((), here.layers):
        _search_places(room, layers, materials, refused)
    alone, added = _stands(room, ()), _stands(room, here.layers)
    found = {
        each: _none(each) if each in refused else _requirement(room, alone, added, each)
        for each in (*materials[:1], *materials[-1:], *materials[1:-1])  # as a rule dense to light: see _between_those
    }
    return tuple(found[each] for each in materials)


def required_by(field_of: Callable[[Scene], Field], doses_at: DosesAt) -> Callable[..., tuple[Requirement, ...]]:
    """Return a method's ``require`` from its field and its doses; ``solve`` is what finds the thicknesses."""

    def required(
        scene: Scene,
        result: Result,
        barrier: str,
        goals: tuple[Goal, ...],
        materials: tuple[str, ...],
        solve: Callable[..., tuple[Requirement, ...]] = require,
    ) -> tuple[Requirement, ...]:
        return solve(field_of(scene), doses_at, result, barrier, goals, materials)

    return required


def keeping_both(one: Requirement, other: Requirement) -> Requirement:
    """Return what keeps the goals of both: the larger of each figure, and none where either has none."""
    return Requirement(
        material=one.material,
        required_mm=_larger(one.required_mm, other.required_mm),
        added_mm=_larger(one.added_mm, other.added_mm),
        reason=next((each.reason for each in (one, other) if each.added_mm is None), _reason_of_figures(one, other)),
    )


def _reason_of_figures(one: Requirement, other: Requirement) -> str:
    """Return the reason of figures: where those of either need the neighbours, that."""
    both = one.reason, other.reason
    return "with_neighbours" if "with_neighbours" in both else next(filter(None, both), "")


def _larger(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else max(one, other)


class _Room(NamedTuple):
    """The room's dose, the barrier asked about, those beside it on its edge, the goals, the places on its surface."""

    field: Summed
    doses_at: DosesAt
    barrier: Barrier
    beside: tuple[Barrier, ...]
    aimed: Sequence[tuple[Goal, Point]]
    places: list[Xy]
    nothing: dict[tuple[tuple[Layer, ...], tuple[Barrier, ...]], float | str]  # needed where at first nothing is
    roughly: Roughly
    built: dict[tuple[tuple[Layer, ...], tuple[Barrier, ...]], list[tuple[float, list[Xy]]]]  # searched afresh: mm
    more_spare: float  # of a limit, beyond SPARE


def _more_spare(field: Summed) -> float:
    return OF_STEPS if any(each.kind in STEPPED for each in field.scene.sources) else 0.0


class _Stand(NamedTuple):
    """What stays in the barrier, and the dose over limit as a function of layers."""

    layers: tuple[Layer, ...]
    judged: Judged


def _stands(
    room: _Room,
    layers: tuple[Layer, ...],
    more_m: float = 0.0,
    beside: tuple[Barrier, ...] = (),
    *,
    surely: bool = False,
) -> _Stand:
    """Return what stays, with ``more_m`` on top of it and of the barriers beside it."""
    thickness = (room.barrier.thickness_m if layers else 0.0) + more_m
    scene = with_thickness(room.field.scene, room.barrier, thickness)
    for each in beside:
        scene = with_thickness(scene, each, each.thickness_m + more_m)
    field = room.field.in_scene(scene)
    judged = judged_at(field, room.doses_at, room.barrier.id, room.aimed, room.places, surely=surely)
    return _Stand(layers, judged)


def _requirement(room: _Room, alone: _Stand, added: _Stand, material: str) -> Requirement:
    reason = ""
    try:
        found = [_once(room, stand, (), material) for stand in (alone, added)]
        if "passes_beside" in found and room.beside:
            found, reason = _grown(found, [_once(room, stand, room.beside, material) for stand in (alone, added)])
    except OutsideDataError:
        return _none(material)
    reason = reason or next((each for each in found if isinstance(each, str)), "")
    if reason == "passes_beside" and _others_exceed(room):
        reason = "from_other_rooms"
    required, more = (None if isinstance(each, str) else each for each in found)
    return Requirement(material=material, required_mm=required, added_mm=more, reason=reason)


def _grown(alone: list[float | str], beside: list[float | str]) -> tuple[list[float | str], str]:
    """Return the figures with as much on the barriers ``beside`` where one is found only so, else those without.

    Those without also where nothing added (the last) will do even so.
    """
    so = any(isinstance(one, str) and not isinstance(other, str) for one, other in zip(alone, beside, strict=True))
    return (beside, "with_neighbours") if so and not isinstance(beside[-1], str) else (alone, "")


def _none(material: str, reason: str = "outside_data") -> Requirement:
    return Requirement(material=material, required_mm=None, added_mm=None, reason=reason)


def _search_places(room: _Room, layers: tuple[Layer, ...], materials: Sequence[str], refused: set[str]) -> None:
    """Add the worst places behind what each material needs at the places known, until none needs much more.

    One search for all materials, with people behind nearly the thinnest. What stands was searched already. Materials
    that the tables refuse at a place are ``refused``.
    """
    before: dict[str, float] = {}
    for _ in range(SEARCHES):
        needed = _roughly(room, layers, materials, refused)
        if all(x <= SETTLED * before.get(each, -1.0) for each, x in needed.items()):
            return
        if layers and not any(needed.values()):
            return
        found = _worst_behind_each(room, layers, needed, refused)
        room.places[:] = list(dict.fromkeys([*room.places, *found]))
        before = needed


def _roughly(room: _Room, layers: tuple[Layer, ...], materials: Sequence[str], refused: set[str]) -> dict[str, float]:
    """Return about what each material needs at the places known, those left out of which no thickness will do."""
    stand, needed = _stands(room, layers), dict[str, float]()
    for material in materials:
        try:
            x = 0.0 if 0.0 in needed.values() else _thickness(room, stand, (), material, _ROUGH)
        except OutsideDataError:
            refused.add(material)
            continue
        if not isinstance(x, str):
            needed[material] = x
    return needed


def _worst_behind_each(
    room: _Room, layers: tuple[Layer, ...], needed: Mapping[str, float], refused: set[str]
) -> list[Xy]:
    """Return the worst places behind each of some thicknesses, all with people at the faces of nearly the thinnest."""
    standing = room.barrier.thickness_m if layers else 0.0
    thickness_m = standing + SURELY * min(needed.values()) / 1000
    stacks = {each: (*layers, *((_layer(each, x),) if x else ())) for each, x in needed.items()}
    try:
        return worst_behind(room.field, room.barrier, thickness_m, list(dict.fromkeys(stacks.values())), room.aimed)
    except OutsideDataError:
        if len(needed) == 1:
            refused.update(needed)
            return []
        return [place for each in needed.items() for place in _worst_behind_each(room, layers, dict([each]), refused)]


def _others_exceed(room: _Room) -> bool:
    """Return whether what the other rooms of the site give is over a limit by itself."""
    judged = judged_at(room.field, room.doses_at, room.barrier.id, room.aimed, room.places, own=False)
    return bool(room.field.others) and judged({}) > 1


def _once(room: _Room, stand: _Stand, beside: tuple[Barrier, ...], material: str) -> float | str:
    """Return the thickness needed; where none is at the faces as they are, what is found holds for every material.

    That is so as long as none is needed at the places searched then either.
    """
    known = room.nothing.get((stand.layers, beside))
    if known is not None:
        return known
    found = _needed(room, stand, beside, material)
    if found == 0.0:
        room.nothing[stand.layers, beside] = found
    return found


def _needed(room: _Room, stand: _Stand, beside: tuple[Barrier, ...], material: str) -> float | str:
    """Return the thickness needed: with people at the faces as they are, nearly behind the new ones, then as built.

    The worst place moves with the faces, and it may be one that no search with other layers has seen: with what was
    found built, it is searched again until nothing is over there; afresh behind barriers that all grow, and where one
    part of the radiation may outlast another.
    """
    x = _thickness(room, stand, beside, material)
    if isinstance(x, str) or _searched_as_built(room, stand, beside, x):
        return _assured(room, stand, 0.0, beside, material, x, _over(room, stand, beside, material))
    nearly = SURELY * x / 1000
    over = _over(room, _stands(room, stand.layers, nearly, beside), beside, material)
    return _as_built(room, stand, beside, material, _from(room, over, 1000 * nearly, x))


def _thickness(
    room: _Room, stand: _Stand, beside: tuple[Barrier, ...], material: str, finest: float = _FINEST
) -> float | str:
    """Return ``thickness_for`` with the spare at the places known: of an approximate field, about so much."""
    over = _over(room, stand, beside, material)
    if room.field.approximate:
        return room.roughly.thickness_for(over, SPARE + room.more_spare, (stand.layers, beside), material)
    return thickness_for(over, SPARE + room.more_spare, finest)


def _searched_as_built(room: _Room, stand: _Stand, beside: tuple[Barrier, ...], x: float) -> bool:
    """Say whether the places known are the worst behind so much (mm): of what stands, or of a thin layer alone."""
    if x == 0.0 and stand.layers:
        return True
    stays = not beside and not goes_round(room.field.scene, room.barrier)
    return stays and not room.field.moves and not room.field.approximate and x < rule("thick_layer_mm")


def _as_built(room: _Room, stand: _Stand, beside: tuple[Barrier, ...], material: str, x: float | str) -> float | str:
    """Return a thickness made larger until nothing is over at the worst places that a search finds with it built."""
    afresh = FULL if beside or room.field.moves else LOCAL
    effort, first = afresh, room.built.setdefault((stand.layers, beside), [])
    for _ in range(MORE_SEARCHES):
        if isinstance(x, str):
            return x
        if room.field.approximate and effort is afresh and _between_those(first, x):
            effort, found = LOCAL._replace(kept=1), [place for _, places in first for place in places]
            room = room._replace(places=list(dict.fromkeys([*room.places, *found])))
        found = _worst_behind(room, stand, beside, material, x, effort)
        if effort is afresh:
            first.append((x, found))
        room = room._replace(places=list(dict.fromkeys([*room.places, *found])))
        over = _over(room, _stands(room, stand.layers, x / 1000, beside), beside, material)
        if over(x) * (1 + room.more_spare) <= 1:
            return _assured(room, stand, x / 1000, beside, material, x, over)
        before, x = x, _from(room, over, x, x)
        if not (beside or room.field.moves or isinstance(x, str)) and x <= SETTLED * before:
            effort = LOCAL
    return x if isinstance(x, str) else "undetermined"


def _between_those(searched: Sequence[tuple[float, list[Xy]]], x: float) -> bool:
    """Say whether a thinner and a thicker layer were searched afresh: their places lead to those between."""
    found = [each for each, _ in searched]
    return bool(found) and min(found) <= x <= max(found)


def _worst_behind(
    room: _Room, stand: _Stand, beside: tuple[Barrier, ...], material: str, thickness_mm: float, effort: Effort
) -> list[Xy]:
    """Return the worst places with so much of a material on top of the stand's layers and of the barriers beside it."""
    extra = (_layer(material, thickness_mm),) if thickness_mm else ()
    standing = room.barrier.thickness_m if stand.layers else 0.0
    faces = [(room.barrier, standing, stand.layers), *((each, each.thickness_m, each.layers) for each in beside)]
    stands = {each.id: (thick + thickness_mm / 1000, (*layers, *extra)) for each, thick, layers in faces}
    return worst_with(room.field, room.barrier, stands, room.aimed, room.places, effort)


def _from(room: _Room, over: Excess, least: float, likely: float) -> float | str:
    """Return ``thickness_for`` with the spare, or ``least`` (mm) where that is enough; ``likely`` about so much."""
    if room.field.approximate:
        return from_nearly(over, least, likely, SPARE + room.more_spare)

    def with_spare(x: float) -> float:
        return over(x) * (1 + SPARE + room.more_spare)

    if least > 0 and with_spare(least) <= 1:
        return least
    if least > 0 and with_spare(likely) <= 1:
        return _between(with_spare, least, likely)
    found = thickness_for(over, SPARE + room.more_spare)
    return found if isinstance(found, str) else max(found, least)


def _assured(
    room: _Room, stand: _Stand, more_m: float, beside: tuple[Barrier, ...], material: str, x: float | str, quick: Excess
) -> float | str:
    """Return a thickness found by an approximate field, made larger until the doses in full keep every goal."""
    if isinstance(x, str) or not room.field.approximate:
        return x
    full = _over(room, _stands(room, stand.layers, more_m, beside, surely=True), beside, material)
    return room.roughly.assured(full, quick, x, SPARE + room.more_spare, (stand.layers, beside))


def _over(room: _Room, stand: _Stand, beside: tuple[Barrier, ...], material: str) -> Excess:
    """Return the dose over limit as a function of the thickness of one material, each computed once.

    The material stands on top of the stand's layers in the barrier, and on top of their own in those beside it.
    """
    known: dict[float, float] = {}

    def over(x: float) -> float:
        if x not in known:
            extra = (_layer(material, x),) if x else ()
            layers: Mapping[str, tuple[Layer, ...]] = {each.id: (*each.layers, *extra) for each in beside}
            known[x] = stand.judged({**layers, room.barrier.id: (*stand.layers, *extra)})
        return known[x]

    return over


def _layer(material: str, thickness_mm: float) -> Layer:
    return Layer(material=material, thickness_mm=thickness_mm, form="solid" if material == "brick" else None)


def thickness_for(over: Excess, spare: float = 0.0, finest: float = _FINEST) -> float | str:
    """Return the smallest thickness in mm at which nothing is over (to TOLERANCE_MM, never too small), else the reason.

    ``finest``: thick ones only to so large a part of themselves.

    ``over`` gives the largest of what is computed over its limit as a function of the thickness; above 1 breaks one.
    Where anything is needed the limit is kept with the share ``spare`` left.
    """
    if over(0.0) <= 1:
        return 0.0
    if over(0.0) == inf:
        return "undetermined"
    found = bracket(over, spare, _FIRST_MM)
    return found if isinstance(found, str) else _between(*found, finest)


def _between(over: Excess, low: float, high: float, finest: float = _FINEST) -> float:
    """Return the safe end of a bracket narrowed by the secant through ln(dose/limit), else by halves."""
    for round_ in range(ROUNDS):
        if high - low <= max(TOLERANCE_MM, finest * high):
            break
        a, b = log(max(over(low), FAINTEST)), log(max(over(high), FAINTEST))
        part = 0.5 if round_ % 3 == 2 or not a > b else min(0.999, max(0.001, a / (a - b)))
        middle = low + part * (high - low)
        for at in (middle, min(high, middle + NEARLY * max(1.0, middle)), max(low, middle - NEARLY * max(1.0, middle))):
            if low < at < high:
                low, high = (at, high) if over(at) > 1 else (low, at)
    return high
