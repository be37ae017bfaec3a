"""Fixed points in the plane of a body's flat face.

A line that runs exactly along a face passes through the body or beside it: rounding decides, and with it whether the
dose is that behind the body. Such a point is looked at a little to both sides of the plane, and the higher dose counts:
beside a lone body that is the open side, and where two bodies share the face both sides are behind one.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from shieldcalc.model.design import Xyz
from shieldcalc.model.scene import Point
from shieldcalc.model.shapes import Shape, minus
from shieldcalc.physics.field import Field

ON_A_FACE_M, ASIDE_M = 1e-9, 1e-6  # both far below what anything is built to; the second is a thousand times the first


def beside_faces(field: Field, point: Point) -> Point:
    """Return the point, or the worst place 1 um to the sides of the faces in whose planes it lies."""
    normals = [normal for body in field.scene.bodies for normal in _normals(body.shape, point.position)]
    if not normals:
        return point
    return replace(point, position=max(_aside(point.position, normals), key=lambda place: _dose(field, place)))


def _normals(shape: Shape, place: Xyz) -> Iterator[Xyz]:
    """Yield the axes of a shape across which a place lies as far from its middle as the shape reaches."""
    for own, axis in zip(shape.own(place), shape.axes, strict=True):
        if abs(abs(own) - shape.extent(axis)) < ON_A_FACE_M:
            yield axis


def _aside(place: Xyz, normals: list[Xyz]) -> Iterator[Xyz]:
    """Yield the places to both sides of planes; what is parallel is one plane."""
    unlike: list[Xyz] = []
    for normal in normals:
        if all(max(map(abs, minus(normal, each))) > ON_A_FACE_M for each in unlike):
            unlike.append(normal)
    for signs in product((-ASIDE_M, ASIDE_M), repeat=min(len(unlike), 3)):
        shift = [sum(sign * normal[k] for sign, normal in zip(signs, unlike, strict=False)) for k in range(3)]
        yield place[0] + shift[0], place[1] + shift[1], place[2] + shift[2]


def _dose(field: Field, place: Xyz) -> tuple[float, ...]:
    """Return week, hour and rate at a place, to compare; what is unknown counts as nothing."""
    return tuple(value or 0.0 for value in field.totals(place)[:3])
