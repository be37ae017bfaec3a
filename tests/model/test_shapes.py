"""Shapes in space: what they refuse, and whether they overlap, against closed forms and a search for a common point."""

from math import cos, hypot, inf, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.errors import OutsideDataError
from shieldcalc.model.bodies import Body, SourceBody, check_apart, check_points, solids
from shieldcalc.model.overlap import overlap
from shieldcalc.model.shapes import (
    Box,
    Cylinder,
    CylindricalShell,
    Disk,
    Line,
    Point,
    Rectangle,
    Slab,
    Sphere,
    SphericalShell,
    turned_by,
    turned_to,
)

ANGLES = st.tuples(*[st.floats(0, 360)] * 3)
PLACES = st.tuples(*[st.floats(-1, 1)] * 3)
SIZES = st.floats(0.05, 1)
ORIGIN = (0.0, 0.0, 0.0)


def ball(place, radius=0.5):
    return Sphere(position=place, radius_m=radius)


def box(place, sizes=(1.0, 1.0, 1.0), angles=(0.0, 0.0, 0.0)):
    return Box(position=place, axes=turned_by(*angles), width_m=sizes[0], depth_m=sizes[1], height_m=sizes[2])


def rod(place, radius=0.5, height=1.0, angles=(0.0, 0.0, 0.0)):
    return Cylinder(position=place, axes=turned_by(*angles), radius_m=radius, height_m=height)


PIPE = CylindricalShell(position=ORIGIN, inner_radius_m=0.5, outer_radius_m=0.6, height_m=1)
POT = SphericalShell(position=ORIGIN, inner_radius_m=0.5, outer_radius_m=0.6)
WALL = Slab(position=(2.0, 0.0, 0.0), axes=turned_to((1, 0, 0)), thickness_m=0.2)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (box(ORIGIN), box((1, 0, 0)), False),
        (box(ORIGIN), box((1 - 1e-5, 0, 0)), True),
        (box(ORIGIN), box((1, 1, 1)), False),
        (box(ORIGIN), box(ORIGIN), True),
        (box(ORIGIN), box((0.1, 0.1, 0.1), (0.01, 0.01, 0.01)), True),
        (box(ORIGIN), box((0.5 + 0.5**0.5, 0, 0), angles=(45, 0, 0)), False),
        (box(ORIGIN), box((0.5 + 0.5**0.5 - 1e-5, 0, 0), angles=(45, 0, 0)), True),
        (rod(ORIGIN), rod((1, 0, 0)), False),
        (rod(ORIGIN), rod((1 - 1e-5, 0, 0)), True),
        (rod(ORIGIN), rod((0, 0, 1)), False),
        (rod(ORIGIN), rod((0, 0, 1 - 1e-5)), True),
        (rod(ORIGIN, angles=(0, 90, 0)), rod((0, 0, 1), angles=(90, 90, 0)), False),
        (rod(ORIGIN, angles=(0, 90, 0)), rod((0, 0, 1 - 1e-5), angles=(90, 90, 0)), True),
        (ball(ORIGIN), ball((0.6, 0.8, 0)), False),
        (ball(ORIGIN), ball((0.6, 0.79999, 0)), True),
        (PIPE, rod(ORIGIN), False),
        (PIPE, rod(ORIGIN, 0.501), True),
        (PIPE, rod((0, 0, 1), 0.6), False),
        (PIPE, ball(ORIGIN), False),
        (PIPE, box(ORIGIN, (0.7, 0.7, 5)), False),
        (PIPE, box(ORIGIN, (0.75, 0.7, 5)), True),
        (PIPE, rod((0, 0, 0), 0.1, 0.8, (0, 30, 0)), False),
        (PIPE, rod((0, 0, 0), 0.1, 1.2, (0, 60, 0)), True),
        (POT, ball(ORIGIN), False),
        (POT, ball((0.01, 0, 0)), True),
        (POT, rod(ORIGIN, 0.3, 0.8), False),
        (POT, rod(ORIGIN, 0.31, 0.8), True),
        (POT, box(ORIGIN, (0.6, 0.6, 0.5)), False),
        (POT, box(ORIGIN, (0.6, 0.6, 0.6)), True),
        (POT, SphericalShell(position=ORIGIN, inner_radius_m=0.6, outer_radius_m=0.7), False),
        (POT, SphericalShell(position=ORIGIN, inner_radius_m=0.59, outer_radius_m=0.7), True),
        (POT, CylindricalShell(position=ORIGIN, inner_radius_m=0.6, outer_radius_m=0.7, height_m=9), False),
        (WALL, box((1.4, 0, 0)), False),
        (WALL, box((1.41, 0, 0)), True),
        (WALL, box((1.4, 0, 0), angles=(0, 0, 45)), False),
        (WALL, ball((1.4, 5, 5)), False),
        (WALL, POT, False),
        (WALL, Slab(position=(2.2, 9, 9), axes=turned_to((-1, 0, 0)), thickness_m=0.2), False),
        (WALL, Slab(position=(2.19, 9, 9), axes=turned_to((-1, 0, 0)), thickness_m=0.2), True),
        (WALL, Slab(position=(9, 9, 9), axes=turned_to((0, 1, 0)), thickness_m=0.2), True),
    ],
)
def test_overlap(one, other, said):
    assert overlap(one, other) is said
    assert overlap(other, one) is said


def _solid(kind, place, sizes, angles):
    a, b, c = sizes
    return [box(place, sizes, angles), rod(place, a / 2, b, angles), ball(place, c / 2)][kind]


@given(st.integers(0, 2), SIZES, PLACES, SIZES, SIZES, SIZES, ANGLES)
def test_ball_against_any_solid_is_the_distance(kind, radius, place, a, b, c, angles):
    solid = _solid(kind, ORIGIN, (a, b, c), angles)
    gap = solid.distance(place) - radius
    if abs(gap) > 3e-6:
        assert overlap(solid, ball(place, radius)) is (gap < 0)


@given(st.integers(0, 1), st.integers(0, 1), PLACES, *[SIZES] * 6, ANGLES, ANGLES)
def test_solids_against_a_search_for_a_common_point(kind, other_kind, place, a, b, c, d, e, f, angles, turned):
    """Projecting onto one body and the other in turn finds a common point of convex bodies where there is one."""
    one, other = _solid(kind, ORIGIN, (a, b, c), angles), _solid(other_kind, place, (d, e, f), turned)
    here = place
    for _ in range(400):
        here = _projected(one, _projected(other, here))
    gap = other.distance(here)
    if gap > 1e-3:
        assert not overlap(one, other)
    if gap < -1e-5 and one.distance(here) < -1e-5:
        assert overlap(one, other)


def _projected(shape, place):
    x, y, z = shape.own(place)
    if isinstance(shape, Box):
        halves = (shape.width_m / 2, shape.depth_m / 2, shape.height_m / 2)
        return shape.place(tuple(max(-h, min(h, v)) for v, h in zip((x, y, z), halves, strict=True)))
    part = min(1.0, shape.radius_m / (hypot(x, y) or 1.0))
    return shape.place((x * part, y * part, max(-shape.height_m / 2, min(shape.height_m / 2, z))))


@pytest.mark.parametrize(
    "made",
    [
        lambda: box(ORIGIN, (0.0, 1, 1)),
        lambda: ball(ORIGIN, -1),
        lambda: ball(ORIGIN, inf),
        lambda: ball((0, 0, float("nan"))),
        lambda: turned_to((0, 0, 0)),
        lambda: Sphere(position=ORIGIN, axes=((1, 0, 0), (0, 1, 0), (0, 0, -1)), radius_m=1),
        lambda: SphericalShell(position=ORIGIN, inner_radius_m=1, outer_radius_m=1),
        lambda: CylindricalShell(position=ORIGIN, inner_radius_m=2, outer_radius_m=1, height_m=1),
        lambda: Body(id="b", shape=Disk(position=ORIGIN, radius_m=1), material="lead"),
        lambda: SourceBody(id="s", shape=Line(position=ORIGIN, length_m=1), material="lead"),
        lambda: SourceBody(id="s", shape=WALL),
    ],
)
def test_refusals(made):
    with pytest.raises(OutsideDataError) as caught:
        made()
    for language in ("en", "vi", "zh"):
        assert caught.value.text(language)


def test_axes():
    assert turned_by(about_z_deg=90)[0] == pytest.approx((0, 1, 0))
    assert turned_by(about_y_deg=90)[2] == pytest.approx((1, 0, 0))
    assert turned_by(about_x_deg=90)[1] == pytest.approx((0, 0, 1))
    assert turned_to((0, 3, 0), first=(1, 1, 0))[0] == pytest.approx((1, 0, 0))
    for angle in (0.1, 1, 2, 3):
        ball(ORIGIN)
        Sphere(position=ORIGIN, axes=turned_to((cos(angle), sin(angle), 0.3)), radius_m=1)


def test_scene_checks():
    pot, core = Body(id="pot", shape=POT, material="lead"), SourceBody(id="core", shape=ball(ORIGIN), material="water")
    check_apart(solids([pot], [core]))
    with pytest.raises(OutsideDataError, match="pot and core overlap"):
        check_apart(solids([pot], [SourceBody(id="core", shape=ball(ORIGIN, 0.55), material="water")]))
    for good in ((0.6, 0, 0), (0.6 + 1e-9, 0, 0), (5, 0, 0)):
        check_points([good], [pot], [core])
    for bad, message in (((0.55, 0, 0), "inside the body pot"), ((0.2, 0, 0), "inside or on the source core")):
        with pytest.raises(OutsideDataError, match=message):
            check_points([bad], [pot], [core])


@pytest.mark.parametrize(
    ("shape", "on", "beside"),
    [
        (Point(position=ORIGIN), (0, 0, 0), (0, 0, 1e-3)),
        (Line(position=ORIGIN, length_m=1), (0, 0, 0.5), (0, 0, 0.51)),
        (Disk(position=ORIGIN, radius_m=1), (0.7, 0.7, 0), (0.7, 0.7, 0.01)),
        (Rectangle(position=ORIGIN, width_m=1, height_m=2), (0.5, 1, 0), (0.5, 1.01, 0)),
    ],
)
def test_on_a_source_without_volume(shape, on, beside):
    source = [SourceBody(id="s", shape=shape)]
    check_points([beside], [], source)
    with pytest.raises(OutsideDataError, match="the source s"):
        check_points([on], [], source)


@given(ANGLES, PLACES)
def test_turning_keeps_distances(angles, place):
    axes = turned_by(*angles)
    shape, turned = rod(ORIGIN, 0.2, 0.9), rod(ORIGIN, 0.2, 0.9, angles)
    there = tuple(sum(place[k] * axes[k][i] for k in range(3)) for i in range(3))
    assert turned.distance(there) == pytest.approx(shape.distance(place), abs=1e-12)
