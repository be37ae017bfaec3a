"""How much doses can rise at most when layers become thinner or lighter, or tube potentials higher."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise
from math import inf
from operator import itemgetter
from typing import NamedTuple

from shieldcalc import plugins
from shieldcalc.builtins import METHODS
from shieldcalc.errors import OutsideDataError
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.build import scene_of
from shieldcalc.model.design import Design, Xy, Xyz
from shieldcalc.model.geometry import direction, edges
from shieldcalc.model.result import LEAD
from shieldcalc.model.scene import Barrier, Point, Scene
from shieldcalc.model.surfaces import surface_of
from shieldcalc.physics.field import Field
from shieldcalc.physics.known import worst_before
from shieldcalc.physics.room import worst_points
from shieldcalc.physics.rooms import Totals
from shieldcalc.physics.terms import Term
from shieldcalc.verify.scaled import at_stake
from shieldcalc.verify.vocabulary import rule

CORNERS, SQUARE = 4, 1e-9
ROUNDING = 1 + 1e-9  # doses are summed in another order than where they are told
ONE_FIELD = [""]  # all doses from one field, none of a mode of operation


def largest_rises(found: Assessment, changed: Design) -> dict[str, float] | None:
    """Return for each point, or the worst place that it stands for, a factor by which no dose rises with a change.

    In a rectangular room every line to a place behind a wall crosses what stands on its edge, one to a place over or
    under the room the slab: so what reaches a place rises by no more than what passes any of those alone, times the
    strength of the radiation, times the square of distances if the outer face comes nearer; the largest of all parts of
    the radiation. A place that somebody gave stays where it is: there the factor is that of the dose itself.

    None where that does not say enough: sites, screens, other plans, sources that are no X-ray tubes, rates by mode,
    people who go with a unit, rules on lead equivalents, tables that refuse.
    """
    return _largest(found, scene_after(found, changed)) if simple(found) else None


def scene_after(found: Assessment, changed: Design) -> Scene:
    """Return the scene of a changed design on the day of the room."""
    after = scene_of(changed)
    return after if after.on == found.scene.on else replace(after, on=found.scene.on)


def _largest(found: Assessment, after: Scene) -> dict[str, float] | None:
    rises = dict[str, float]()
    for result in found.results:
        try:
            old, new = (_field(result.method, each) for each in (found.scene, after))
            if old is None or new is None:
                return None
            here = dict(_rises(old, new, [each.point for each in result.points]))
        except OutsideDataError:
            return None
        rises |= {name: max(rise, rises.get(name, 1.0)) for name, rise in here.items()}
    return rises


class Raised(NamedTuple):
    """The scene after a change, the most by which doses rise at each place, the worst places by method and barrier.

    ``kept``: with that, every rule on a dose that is kept stays so.
    """

    scene: Scene
    kept: bool
    most: dict[str, float]
    places: dict[str, dict[str, tuple[Point, ...]]]


def raised(found: Assessment, changed: Design) -> Raised | None:
    """Return by how much doses rise with a change at most; None where ``largest_rises`` or the rules cannot say.

    Only behind barriers where a dose could then come to its bound the worst places are searched for again; behind
    others, whose rules stay kept with the margin ``worst_place``, they are left where they were.
    """
    if not simple(found):
        return None
    after = scene_after(found, changed)
    rises = _largest(found, after)
    if rises is None:
        return None
    margin = rule("worst_place")
    most = {name: margin * rise for name, rise in rises.items()}
    near = _at_stake(found, most)
    if near is None:
        return None
    places = {result.method: worst_before(result, after) for result in found.results}
    if not near:
        return Raised(after, True, most, places)
    there = _searched(found, after, near)
    if there is None:
        return None
    for method, behind in there.places.items():
        places[method] |= behind
    most |= {name: ROUNDING * rise for name, rise in there.rises.items()}
    return Raised(after, not _at_stake(found, most), most, places)


def _at_stake(found: Assessment, most: Mapping[str, float]) -> frozenset[str] | None:
    highest = max(most.values(), default=1.0)
    return at_stake(found, lambda subject: most.get(subject, highest))


class _Searched(NamedTuple):
    """The worst places after a change, by method and barrier, and the factor by which no dose rises at each place."""

    places: dict[str, dict[str, tuple[Point, ...]]]
    rises: dict[str, float]


def _searched(found: Assessment, after: Scene, near: frozenset[str]) -> _Searched | None:
    """Return the worst places of a changed scene behind what some points stand behind, and the rises of doses there.

    Every dose is a sum of week, hour and rate with factors above 0: it rises by no more than the largest of the three.
    Places that the design as it stands has not are left out. None as ``largest_rises``.
    """
    told = _Searched({}, {})
    for result in found.results:
        try:
            old, new = (_field(result.method, each) for each in (found.scene, after))
            if old is None or new is None or old.unknown != new.unknown:
                return None
            behind = [each.barrier for each in result.barriers if not near.isdisjoint(each.points)]
            places = told.places[result.method] = worst_points(new, behind)
            now = {point.id: point for points in places.values() for point in points}
            for point in (each.point for each in result.points):
                there = now.get(point.id, point if point.role != "worst" else None)
                if there is not None:
                    rise = _risen_by(old.known_totals(point.position), new.known_totals(there.position))
                    told.rises[point.id] = max(rise, told.rises.get(point.id, 1.0))
        except OutsideDataError:
            return None
    return told


def _risen_by(then: Totals, now: Totals) -> float:
    return max((b / a if a and b else inf for a, b in zip(then, now, strict=True) if b), default=1.0)


def _field(method: str, scene: Scene) -> Field | None:
    """Return a method's field of a scene; None for a method of gamma sources, of therapy, or with rates by mode.

    None for one of a plugin too: what it computes need not be what the field that it gives says.
    """
    xray = plugins.method(method).xray if method in METHODS else None
    fields = {} if xray is None else xray.fields(scene)
    return fields[""] if list(fields) == ONE_FIELD and type(fields[""]) is Field else None


@lru_cache(maxsize=2)
def simple(found: Assessment) -> bool:
    """Return whether a room is one of which ``largest_rises`` says something: no site, screen, body, gamma source."""
    scene = found.scene
    return (
        not scene.others
        and not scene.bodies
        and _rectangular(scene.plan)
        and not any(barrier.kind == "screen" for barrier in scene.barriers)
        and not any(source.gamma_place is not None for source in scene.sources)
        and not any(each.point.distance_m is not None for result in found.results for each in result.points)
        and not any(fact.quantity in LEAD for fact in found.facts)
    )


def _rectangular(plan: tuple[Xy, ...]) -> bool:
    ways = [direction(*edge) for edge in edges(plan)]
    across = (a[0] * b[0] + a[1] * b[1] for a, b in pairwise((*ways, ways[0])))
    return len(plan) == CORNERS and all(abs(each) < SQUARE for each in across)


def _rises(old: Field, new: Field, points: list[Point]) -> Iterator[tuple[str, float]]:
    """Yield the factor of each point, with its id."""
    by_stack = _by_stack(old, new, [point.position for point in points])
    both = zip(old.scene.barriers, new.scene.barriers, strict=True)
    moved = any(a.thickness_m != b.thickness_m for a, b in both)
    nearer = cache(lambda name: _nearer(old, new.scene, old.scene.by_id[name]) if moved else 1.0)
    for point in points:
        here = old.scene.by_id.get(point.barrier or "")
        if here is None or point.role != "worst":
            yield point.id, _risen_by(old.known_totals(point.position), new.known_totals(point.position))
        else:
            beside = (
                each.id
                for each in old.scene.barriers
                if each is here or (here.edge is not None and each.edge == here.edge)
            )
            yield point.id, max(by_stack[name] for name in beside) * nearer(here.id)


def _by_stack(old: Field, new: Field, places: list[Xyz]) -> dict[str, float]:
    """Return for each barrier the most by which any part of the radiation rises behind it; inf for other parts."""
    if len(old.terms) != len(new.terms):
        return dict.fromkeys(old.scene.by_id, inf)
    parts = [(a, b, max(_ratios(a, b, places), default=1.0)) for a, b in zip(old.terms, new.terms, strict=True)]
    gap = max((strength for _, _, strength in parts), default=1.0)
    alike = sorted(parts, key=itemgetter(2))  # of those that pass a barrier alike the strongest counts
    strongest = {(a.quality, a.preshielding, b.quality, b.preshielding): (a, b, times) for a, b, times in alike}
    passing = [(times, _passing(old, a), _passing(new, b)) for a, b, times in strongest.values()]
    return {
        barrier.id: max((gap, *(_risen(times, was[index], now[index]) for times, was, now in passing)))
        for index, barrier in enumerate(old.scene.barriers)
    }


def _passing(field: Field, term: Term) -> list[float]:
    """Return what of a part passes each barrier of its room, kept with the field: a room is compared several times."""
    known = field.once(_none_yet)
    if id(term) not in known:
        known[id(term)] = [field.transmission_of(term, barrier.layers) for barrier in field.scene.barriers]
    return known[id(term)]


def _none_yet(_: Field) -> dict[int, list[float]]:
    """Return that nothing is known of any term."""
    return {}


def _risen(strength: float, was: float, now: float) -> float:
    return strength * now / was if was else inf


def _ratios(one: Term, other: Term, places: list[Xyz]) -> Iterator[float]:
    """Yield the ratios of a part's amounts times those of its gains at places."""
    if one is other:  # the source is as it was
        yield 1.0
        return
    if _told(one) != _told(other):
        yield inf
        return
    pairs = [(one.gain(place), other.gain(place)) for place in places]
    gains = max((second / first if first else inf for first, second in pairs if second), default=1.0)
    for quantity, amount in one.amounts.items():
        if other.amounts[quantity]:
            yield gains * other.amounts[quantity] / amount if amount else inf


def _told(term: Term) -> tuple[str, str, str, tuple[str, ...]]:
    return term.kind, term.source, term.beam, tuple(term.amounts)


def _nearer(field: Field, after: Scene, barrier: Barrier) -> float:
    """Return by what factor the inverse square rises behind a barrier, where its outer face comes nearer."""
    old, new = (surface_of(scene, scene.by_id[barrier.id]) for scene in (field.scene, after))
    by = max(0.0, -old.height_over(new.origin))
    d = min((-old.height_over(start) for start in field.starts), default=0.0)
    if not by:
        return 1.0
    return (d / (d - by)) ** 2 if d > by else inf
