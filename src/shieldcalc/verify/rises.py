"""How much doses rise when layers become thinner or lighter: at the places that are worst in the room as it stands."""

from collections.abc import Iterator
from dataclasses import replace

from shieldcalc import plugins
from shieldcalc.errors import OutsideDataError
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.build import scene_of
from shieldcalc.model.design import Design
from shieldcalc.model.result import LEAD, Result
from shieldcalc.model.scene import Scene
from shieldcalc.physics.known import KNOWN, Known, worst_again

ONE_FIELD = [""]  # all doses from one field, none of a mode of operation


def largest_rise(found: Assessment, changed: Design) -> float | None:
    """Return the largest ratio of doses after and before a change of layers alone, over all points and quantities.

    None where that is not so simply said: rooms on sites, sources that are no X-ray tubes, rates by mode, people who go
    with a unit, rules on lead equivalents, tables that refuse.
    """
    before = found.scene
    points = [each.point for result in found.results for each in result.points]
    if (
        before.others
        or any(source.gamma_place is not None for source in before.sources)
        or any(point.distance_m is not None for point in points)
        or any(fact.quantity in LEAD for fact in found.facts)
    ):
        return None
    after, ratios = replace(scene_of(changed), on=before.on), [1.0]
    for result in found.results:
        xray = plugins.method(result.method).xray
        if xray is None or list(xray.fields(before)) != ONE_FIELD:
            return None
        try:
            ratios += _ratios(before, after, result)
        except OutsideDataError:
            return None
    return max(ratios)


def _ratios(before: Scene, after: Scene, result: Result) -> Iterator[float]:
    """Yield the ratios of one method's week, hour and rate at each of its points."""
    xray = plugins.method(result.method).xray
    known = {KNOWN: {result.method: Known(before, result)}}
    worst = worst_again(known, result.method, after, xray.placed) or {}
    moved = {point.id: point.position for points in worst.values() for point in points}
    places = [(each.point.position, moved.get(each.point.id, each.point.position)) for each in result.points]
    old, new = (xray.fields(scene)[""] for scene in (before, after))
    for then, now in places:
        for first, second in zip(old.totals(then), new.totals(now), strict=True):
            if first and second is not None:
                yield second / first
