"""How much doses can rise at most when layers become thinner or lighter, or tube potentials higher."""

from collections.abc import Iterator
from dataclasses import replace
from math import inf

from shieldcalc import plugins
from shieldcalc.errors import OutsideDataError
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.build import scene_of
from shieldcalc.model.design import Design, Xyz
from shieldcalc.model.geometry import convex
from shieldcalc.model.result import LEAD
from shieldcalc.model.scene import Scene
from shieldcalc.model.surfaces import surface_of
from shieldcalc.physics.field import Field
from shieldcalc.physics.terms import Term

ONE_FIELD = [""]  # all doses from one field, none of a mode of operation


def largest_rise(found: Assessment, changed: Design) -> float | None:
    """Return a factor by which no dose behind any barrier rises when layers or beams change as told.

    Where every line crosses one barrier, what passes it rises by no more than what passes any barrier alone: the
    largest ratio of transmissions over all barriers and parts of the radiation, times that of their strengths and that
    of the squares of distances, if the outer face comes nearer. None where that does not say enough: sites, screens,
    plans with corners that jut in, sources that are no X-ray tubes, rates by mode, people who go with a unit, rules on
    lead equivalents, tables that refuse.
    """
    scene = found.scene
    if not _simple(found):
        return None
    after, rises = replace(scene_of(changed), on=scene.on), [1.0]
    for result in found.results:
        xray = plugins.method(result.method).xray
        before = {} if xray is None else xray.fields(scene)
        if list(before) != ONE_FIELD:
            return None
        places = [each.point.position for each in result.points]
        try:
            rises += _rises(before[""], xray.fields(after)[""], places)
        except OutsideDataError:
            return None
        rises.append(max(rises) * max(_nearer(before[""], after)))
    return max(rises)


def _simple(found: Assessment) -> bool:
    scene = found.scene
    return (
        not scene.others
        and not scene.bodies
        and convex(scene.plan)
        and not any(barrier.kind == "screen" for barrier in scene.barriers)
        and not any(source.gamma_place is not None for source in scene.sources)
        and not any(each.point.distance_m is not None for result in found.results for each in result.points)
        and not any(fact.quantity in LEAD for fact in found.facts)
    )


def _rises(old: Field, new: Field, places: list[Xyz]) -> Iterator[float]:
    """Yield for each part of the radiation the most that it rises by behind one barrier; inf for another part."""
    if len(old.terms) != len(new.terms):
        yield inf
    for one, other in zip(old.terms, new.terms, strict=False):
        strength = max(_ratios(one, other, places), default=1.0)
        for here, there in zip(old.scene.barriers, new.scene.barriers, strict=True):
            passed = old.transmission_of(one, here.layers)
            yield strength * new.transmission_of(other, there.layers) / passed if passed else inf


def _ratios(one: Term, other: Term, places: list[Xyz]) -> Iterator[float]:
    """Yield the ratios of a part's amounts times those of its gains at places."""
    if (one.kind, one.source, one.beam, one.amounts.keys()) != (
        other.kind,
        other.source,
        other.beam,
        other.amounts.keys(),
    ):
        yield inf
        return
    pairs = [(one.gain(place), other.gain(place)) for place in places]
    gains = max((second / first if first else inf for first, second in pairs if second), default=1.0)
    for quantity, amount in one.amounts.items():
        if other.amounts[quantity]:
            yield gains * other.amounts[quantity] / amount if amount else inf


def _nearer(field: Field, after: Scene) -> Iterator[float]:
    """Yield by what factor the inverse square rises behind each barrier, where its outer face comes nearer."""
    yield 1.0
    for barrier in field.scene.barriers:
        if barrier.beyond is not None:
            old, new = (surface_of(scene, scene.by_id[barrier.id]) for scene in (field.scene, after))
            by = max(0.0, -old.height_over(new.origin))
            d = min((-old.height_over(start) for start in field.starts), default=0.0)
            yield (d / (d - by)) ** 2 if d > by else inf
