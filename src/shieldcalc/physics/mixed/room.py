"""A whole room of X-ray equipment and gamma sources, or of either with the other beside it on its site."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import reduce
from math import dist

from shieldcalc.errors import Notice
from shieldcalc.model.design import Contribution, Xyz
from shieldcalc.model.result import BarrierResult, Goal, Kerma, PointResult, Requirement, Result, RoomShare
from shieldcalc.model.scene import Barrier, Neighbour, Point, Scene
from shieldcalc.model.search import worst_places
from shieldcalc.photons.dose import KERMA
from shieldcalc.physics import require as requirements
from shieldcalc.physics.anywhere import ANYWHERE, UNITS, DoseAt
from shieldcalc.physics.components import DosesAt, point_result
from shieldcalc.physics.faces import beside_faces
from shieldcalc.physics.field import Field, tables_of
from shieldcalc.physics.gamma.containers import containers
from shieldcalc.physics.gamma.doses import DosesBy
from shieldcalc.physics.gamma.emitter import Emitters
from shieldcalc.physics.gamma.emitters import emitter, uncounted
from shieldcalc.physics.gamma.field import Fields, GammaField
from shieldcalc.physics.gamma.open_site import open_notices, situations
from shieldcalc.physics.gamma.presence import whole_week
from shieldcalc.physics.gamma.require import alike
from shieldcalc.physics.gamma.room import dose_field, presence_and_densities, refuse_inside
from shieldcalc.physics.mixed.doses import GAMMA, XRAYS, labelled, summed
from shieldcalc.physics.mixed.open_site import together
from shieldcalc.physics.mixed.sum import Column, Sum, index_of, weight
from shieldcalc.physics.places import beam_places
from shieldcalc.physics.room import SAME_PLACE_M, Names, Worst, Xray, assessed, notices_of
from shieldcalc.physics.rooms import Totals
from shieldcalc.physics.totals import plus

HIGHER = 1e-3  # a further worst place is one of its own where its dose is that much higher than at the others
SEARCHED = {
    "week": "h10_year_full_occupancy_mSv",
    "hour": "h10_hour_uSv",
    "beam_on": "h10_beam_on_uSv_per_h",
    "kerma_week": "air_kerma_week_mGy",
    "kerma_hour": "air_kerma_hour_uGy",
    "kerma_beam_on": "air_kerma_beam_on_uGy_per_h",
    "kerma_year": "air_kerma_year_full_occupancy_mGy",
    "h10_week": "h10_week_mSv",
}


class Both:
    """The X-ray equipment and the gamma sources of one scene, each with those of the site's other rooms."""

    def __init__(self, scene: Scene, names: Names, xray: Xray, emitter_of: Emitters) -> None:
        self.scene, self.names, self.xray = scene, names, xray
        self.xrays = _only(scene, gamma=False)
        self.by_xray = xray.fields(self.xrays)
        self.fields = Fields(_only(scene, gamma=True), emitter_of)
        self.uncounted = uncounted(scene) if emitter_of is emitter else frozenset()
        self.columns = tuple(self._columns())

    def result(self, points: tuple[Point, ...]) -> Result:
        """Return the doses at the fixed points and at the worst places of the sum behind every assessed barrier."""
        refuse_inside(self.fields, points)
        points = tuple(beside_faces(self._kerma_at(each), each) for each in points)
        worst = {each.id: tuple(self._worst(each)) for each in self.scene.barriers if assessed(each)}
        declared = {each.id: each.beyond.other_contributions for each in (*points, *_all(worst))}
        bare = {name: tuple(map(_without_declared, found)) for name, found in worst.items()}
        first = self._xray_result(tuple(map(_without_declared, points)), bare)
        found = [self._both(each, declared[each.point.id]) for each in first.points]
        gamma = self.fields.of(KERMA, False)
        tables = (*first.tables, *tables_of(gamma.radiations, gamma.terms), *(name for _, own in found for name in own))
        all_points = tuple(point for point, _ in found)
        said = (*first.notices, *self._notices(worst), *self.fields.notices(all_points))
        of_gamma = self.fields.scene, self.fields.emitters
        return replace(
            first,
            points=all_points,
            tables=tuple(dict.fromkeys(tables)),
            notices=tuple({(n.code, repr(n.params)): n for n in said}.values()),
            containers=tuple(containers(*of_gamma)),
            open_site=tuple(together(first.open_site, situations(*of_gamma))),
        )

    def _xray_result(self, points: tuple[Point, ...], worst: Worst) -> Result:
        """Return what the X-ray equipment gives at the points; in a room of gamma sources that of the other rooms."""
        if self.xrays.sources:
            return self.xray.result(self.xrays, points, worst)
        found = [point_result(self.by_xray[""], each, self.xray.doses_at) for each in (*points, *_all(worst))]
        behind = {name: [*own, *(each for each in points if each.barrier == name)] for name, own in worst.items()}
        return Result(
            method=self.names.method,
            title=self.names.title,
            reference=self.names.reference,
            points=tuple(each for each, _, _ in found),
            barriers=tuple(
                BarrierResult(
                    barrier=name,
                    points=tuple(each.id for each in own),
                    lead_equivalent_mm=None,
                    lead_equivalent_beam="",
                )
                for name, own in behind.items()
            ),
            tables=tuple(dict.fromkeys(name for _, names, _ in found for name in names)),
        )

    def _kerma_at(self, point: Point) -> GammaField:
        return self.fields.of(KERMA, whole_week(point.beyond)).exact()

    def _both(self, xrays: PointResult, declared: tuple[Contribution, ...]) -> tuple[PointResult, tuple[str, ...]]:
        """Return one point with both parts, and the tables of the gamma sources; declared contributions count once."""
        point = replace(xrays.point, beyond=replace(xrays.point.beyond, other_contributions=declared))
        field = self._kerma_at(point)
        gamma, tables, _ = point_result(field, point, DosesBy(self.fields))
        doses, sums = summed(xrays.doses, gamma.doses)
        result = PointResult(
            point=point,
            doses=doses,
            components=(*xrays.components, *gamma.components),
            notices=tuple({(n.code, repr(n.params)): n for n in (*xrays.notices, *gamma.notices)}.values()),
            steps=(*labelled(xrays.steps, XRAYS), *labelled(gamma.steps, GAMMA), *sums),
            rooms=tuple(self._shares(point, field)),
        )
        return result, tables

    def _shares(self, point: Point, gamma: Field) -> Iterator[RoomShare]:
        """Yield what each room of the site gives at a point, this one first."""
        shares: dict[str, Totals] = {}
        for field in (self.by_xray[""], gamma) if self.scene.others else ():
            place = field.bare(point.position, given=point.role != "worst")
            for room, totals in ((self.scene.room, field.through(place._replace(others=()))), *place.others):
                before = shares.get(room, (0.0, 0.0, 0.0))
                shares[room] = [plus(one, other) for one, other in zip(before, totals, strict=True)]
        for room, (week, hour, beam_on) in shares.items():
            yield RoomShare(room=room, kerma=Kerma(beam_on_uGy_per_h=beam_on, hour_uGy=hour, week_mGy=week or 0.0))

    def _columns(self) -> Iterator[Column]:
        """Yield what is searched for its worst place: each quantity of the sum, the rate of each mode."""
        seen = set()
        for name, quantity in SEARCHED.items():
            factor = weight(self.xray.doses_at, quantity)
            column = Column(name, "", quantity.startswith("h10"), index_of(quantity), factor)
            if factor and column[1:] not in seen:
                seen.add(column[1:])
                yield column
        factor = weight(self.xray.doses_at, SEARCHED["beam_on"])
        yield from (Column(name, name, True, 2, factor) for name in self.by_xray if name)

    def _worst(self, barrier: Barrier) -> Iterator[Point]:
        pair = self.fields.pair(barrier.beyond is not None and whole_week(barrier.beyond))

        def doses(position: Xyz, by: Iterable[GammaField] = pair) -> tuple[float | None, ...]:
            xrays = {name: field.totals(position) for name, field in self.by_xray.items()}
            gamma = [field.totals(position) for field in by]
            return tuple(column.of(xrays, gamma) for column in self.columns)

        starts = [*self.by_xray[""].starts, *pair[0].starts]
        names = [column.name for column in self.columns]
        beams = [*beam_places(self.scene, barrier), *pair[0].ends]
        ahead = pair[0].ahead if pair[0].prepares else None
        near = [field.closer() for field in pair]
        closely = (lambda place: doses(place, near), near[0].ahead) if near[0] is not pair[0] else None
        places = worst_places(self.scene, barrier, doses, starts, names, beams, ahead=ahead, closely=closely)
        kept: list[tuple[Xyz, tuple[float | None, ...]]] = []
        for name, position in places.items():
            found, index = doses(position), names.index(name)
            highest = max((known[index] or 0.0 for _, known in kept), default=-1.0)
            apart = all(dist(position, other) > SAME_PLACE_M for other, _ in kept)
            if barrier.beyond is not None and apart and (found[index] or 0.0) > highest * (1 + HIGHER):
                kept.append((position, found))
                own = barrier.id if len(kept) == 1 else f"{barrier.id}.{name}"
                yield Point(id=own, position=position, barrier=barrier.id, beyond=barrier.beyond)

    def _notices(self, worst: Worst) -> Iterator[Notice]:
        gamma = self.fields.of(KERMA, False)
        if not self.xrays.sources:
            yield from notices_of(self.scene, gamma, worst, [])
        yield from (notice for each in gamma.radiations for notice in each.notices)
        yield from presence_and_densities(self.fields, self.uncounted)
        yield from open_notices(self.scene)
        for material in dict.fromkeys(layer.material for layer in self.uncounted) if gamma.terms else ():
            yield Notice("warnings.gamma_layer_not_counted", {"material": material})
        if self.scene.bodies and self.xrays.sources:
            yield Notice("assumptions.bodies_xrays", {})
        weeks = self._weeks_of_xrays()
        yield Notice("assumptions.gamma_beside_xrays", {"weeks": f"{weeks:g}"})

    def _weeks_of_xrays(self) -> float:
        one = self.xray.doses_at(ANYWHERE, UNITS[0])[0]
        return one.air_kerma_year_full_occupancy_mGy / one.air_kerma_week_mGy

    def require(
        self, result: Result, barrier: str, goals: tuple[Goal, ...], materials: tuple[str, ...]
    ) -> tuple[Requirement, ...]:
        """Return what each material would have to measure for every goal on the sum to hold at the barrier's points."""
        if self.xrays.sources:
            return self.xray.require(self.xrays, result, barrier, goals, materials, self._solve)
        return self._solve(self.by_xray[""], self.xray.doses_at, result, barrier, goals, materials)

    def _solve(
        self,
        field: Field,
        doses_at: DosesAt,
        result: Result,
        barrier: str,
        goals: tuple[Goal, ...],
        materials: tuple[str, ...],
    ) -> tuple[Requirement, ...]:
        """Return the larger of what goals in each quantity ask for: both beams come through each material."""
        beyond = self.scene.by_id[barrier].beyond
        pair = self.fields.pair(beyond is not None and whole_week(beyond))
        alike_goals: dict[tuple[bool, float], list[Goal]] = {}
        for goal in goals:
            key = goal.quantity.startswith("h10"), weight(doses_at, goal.quantity)
            alike_goals.setdefault(key, []).append(goal)
        found = [
            requirements.require(
                Sum(self.scene, field, factor, pair[in_h10]), alike, result, barrier, tuple(own), materials
            )
            for (in_h10, factor), own in alike_goals.items()
        ]
        return tuple(reduce(requirements.keeping_both, each) for each in zip(*found, strict=True))

    def dose_field(self, quantity: str) -> Callable[[Xyz], float | None]:
        """Return one dose of the sum as a function of place; None where one of the two is not known."""
        xrays, gamma = self.xray.dose_field(self.xrays, quantity), dose_field(self.fields, quantity)
        full = gamma.full and _sum_of(xrays, gamma.full)
        return DoseAt(_sum_of(xrays, gamma), gamma.ahead, full)


def _sum_of(one: Callable[[Xyz], float | None], other: Callable[[Xyz], float | None]) -> Callable[[Xyz], float | None]:
    return lambda position: plus(one(position), other(position))


def _only(scene: Scene, *, gamma: bool) -> Scene:
    """Return the scene with its gamma sources alone, or without them, in the other rooms of its site too."""
    sources = tuple(each for each in scene.sources if (each.gamma_place is not None) is gamma)
    others = (replace(each, scene=_only(each.scene, gamma=gamma)) for each in scene.others)
    return replace(scene, sources=sources, others=tuple(each for each in others if _radiates(each)))


def _radiates(room: Neighbour) -> bool:
    return bool(room.scene.sources)


def _without_declared(point: Point) -> Point:
    return replace(point, beyond=replace(point.beyond, other_contributions=()))


def _all(worst: Worst) -> Iterable[Point]:
    return (point for found in worst.values() for point in found)
