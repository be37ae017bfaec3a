"""Ducts through the walls of a room: whether they see the source. What they let through has no data.

A duct sees a place where a straight line through both its mouths reaches it: within the cone that its diameter over its
length opens, from its inner mouth inwards.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from math import dist, sqrt

from shieldcalc.errors import Notice
from shieldcalc.model.design import Source, Xyz
from shieldcalc.model.duct import Duct
from shieldcalc.model.result import Goal, Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.physics.therapy.rotation import heads_of
from shieldcalc.physics.therapy.rules import DUCT

SPARE = 0.05  # of the distance of a head: it may stand between two that are tried


def seen_by(duct: Duct, source: Source) -> Iterator[str]:
    """Yield what a duct sees: "isocentre", "target" at some gantry angle; of others "target", "patient", "source"."""
    found, centre = source.accelerator, source.isocentre
    if found is not None and centre is not None:
        if _sees(duct, centre):
            yield "isocentre"
        reach = found.source_distance_m
        heads = chain.from_iterable(heads_of(centre, found.axis, reach))
        if any(_sees(duct, head, reach * SPARE) for head in heads):
            yield "target"
        return
    if any(_sees(duct, each.focus) for each in source.beams):
        yield "target"
    if any(_sees(duct, each.patient) for each in source.beams):
        yield "patient"
    if any(_sees(duct, place) for place in source.gamma_places):
        yield "source"


def _sees(duct: Duct, place: Xyz, spare_m: float = 0.0) -> bool:
    length = dist(duct.start, duct.end)
    axis = [(s - e) / length for s, e in zip(duct.start, duct.end, strict=True)]
    offset = [p - s for p, s in zip(place, duct.start, strict=True)]
    depth = sum(a * o for a, o in zip(axis, offset, strict=True))
    off = sqrt(max(0.0, sum(o * o for o in offset) - depth * depth))
    return depth > 0 and off <= duct.diameter_m / 2 + depth * duct.diameter_m / length + spare_m


def sights(scene: Scene) -> Iterator[Notice]:
    """Yield of each duct what it sees."""
    for duct in scene.ducts:
        seen = [f"{source.id}: {what}" for source in scene.sources for what in seen_by(duct, source)]
        told = {"duct": duct.id, "barrier": duct.barrier}
        if seen:
            yield Notice("warnings.duct_sees", {**told, "seen": ", ".join(seen)})
        else:
            yield Notice("warnings.duct_hidden", told)


def _behind(scene: Scene, duct: Duct) -> Iterator[str]:
    """Yield the walls and openings behind which the outer mouth of a duct lies: an oblique one leaves its own."""
    own, out = scene.by_id[duct.barrier], duct.diameter_m / 2
    for each in scene.barriers:
        if each.edge is not None and each.edge == own.edge and each.id != own.host:
            (ax, ay), (bx, by) = each.a, each.b
            long = dist(each.a, each.b)
            along = ((duct.end[0] - ax) * (bx - ax) + (duct.end[1] - ay) * (by - ay)) / long
            if -out <= along <= long + out:
                yield each.id


def behind_ducts(scene: Scene, point: Point, crossed: Collection[str]) -> Iterator[Notice]:
    """Yield that ducts lead towards a place: of the barrier that it is behind, or that lines to it cross."""
    barrier = scene.by_id.get(point.barrier or "")
    names = {*crossed, *(() if barrier is None else (barrier.id, barrier.host))}
    before = set(crossed) if barrier is None else {barrier.id}
    own = [duct.id for duct in scene.ducts if duct.barrier in names or before & {*_behind(scene, duct)}]
    if own:
        yield Notice(DUCT, {"point": point.id, "ducts": ", ".join(own)})


def ducts_at(result: Result, goals: Sequence[Goal]) -> bool:
    """Return whether ducts lead towards a place that a goal is for: what keeps the rest would say too little."""
    aimed = {goal.point for goal in goals}
    return any(notice.code == DUCT for each in result.points if each.point.id in aimed for notice in each.notices)
