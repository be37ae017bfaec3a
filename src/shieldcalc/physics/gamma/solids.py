"""The solid things of a room: its bodies, and the sources that are bodies themselves."""

from collections.abc import Iterable
from math import dist, hypot

from shieldcalc.model.bodies import Body
from shieldcalc.model.design import Layer, Xyz
from shieldcalc.model.overlap import overlap
from shieldcalc.model.scene import Scene
from shieldcalc.model.shapes import Cylinder, Shape, dot, minus, turned_to

_THREAD_M = 1e-6
_LEAST = 1e-300
_STEP_M, _MOST_STEPS = 1e-4, 100


def all_bodies(scene: Scene) -> tuple[Body, ...]:
    """Return the bodies of a scene and those that its sources are; sources in the same place are one body."""
    found = [*scene.bodies]
    for source in scene.sources:
        body = None if source.sealed is None else source.sealed.filling
        if body is not None and not any(each.shape == body.shape for each in found):
            found.append(body)
    return tuple(found)


def as_layers(bodies: Iterable[Body]) -> tuple[Layer, ...]:
    """Return the materials of bodies; the thickness says nothing."""
    return tuple(
        Layer(
            material=each.material,
            thickness_mm=1.0,
            density_g_per_cm3=each.density_g_per_cm3,
            composition=each.composition,
        )
        for each in bodies
    )


def meets(body: Body, start: Xyz, end: Xyz) -> bool:
    """Return whether a straight line meets a body."""
    way, shape = minus(end, start), body.shape
    along = min(1.0, max(0.0, dot(way, minus(shape.position, start)) / max(dot(way, way), _LEAST)))
    nearest = (start[0] + along * way[0], start[1] + along * way[1], start[2] + along * way[2])
    if dist(nearest, shape.position) > _THREAD_M + 1.01 * hypot(*map(shape.extent, shape.axes)):
        return False
    sure = _surely_meets(shape, start, way)
    if sure is not None:
        return sure
    middle = (start[0] + way[0] / 2, start[1] + way[1] / 2, start[2] + way[2] / 2)
    thread = Cylinder(position=middle, axes=turned_to(way), radius_m=_THREAD_M, height_m=hypot(*way))
    return overlap(thread, shape)


def _surely_meets(shape: Shape, start: Xyz, way: Xyz) -> bool | None:
    """Return whether a line meets a shape, followed by steps of its distance from it; None where it only touches it."""
    length, gone, touched = hypot(*way), 0.0, False
    for _ in range(_MOST_STEPS):
        share = min(1.0, gone / max(length, _LEAST))
        d = shape.distance((start[0] + share * way[0], start[1] + share * way[1], start[2] + share * way[2]))
        if d < -_STEP_M:
            return True
        touched = touched or d < _STEP_M
        if share == 1.0:
            return None if touched else False
        gone += max(d, _STEP_M)
    return None
