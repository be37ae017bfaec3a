import pytest

from shieldcalc.model import geometry as g

SQUARE = ((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0))
L_SHAPE = ((0.0, 0.0), (6.0, 0.0), (6.0, 3.0), (3.0, 3.0), (3.0, 6.0), (0.0, 6.0))


def test_area_does_not_depend_on_direction():
    assert g.area(L_SHAPE) == g.area(L_SHAPE[::-1]) == 27
    assert g.signed_area(L_SHAPE) == -g.signed_area(L_SHAPE[::-1])


@pytest.mark.parametrize("plan", [L_SHAPE, L_SHAPE[::-1]])
def test_normals_point_out(plan):
    for edge, (a, b) in enumerate(g.edges(plan)):
        middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        normal = g.outward_normal(plan, edge)
        assert not g.contains(plan, g.along(middle, normal, 1e-6))
        assert g.contains(plan, g.along(middle, normal, -1e-6))


def test_shortest_side_and_distance():
    assert g.shortest_side(L_SHAPE) == 3
    assert g.distance_to_boundary(SQUARE, (1.0, 0.25)) == 0.25
    assert g.distance_to_boundary(SQUARE, (3.0, 3.0)) == pytest.approx(2**0.5)


@pytest.mark.parametrize("plan", [L_SHAPE, L_SHAPE[::-1]])
def test_one_inward_corner(plan):
    assert [plan[i] for i in range(6) if g.reflex(plan, i)] == [(3.0, 3.0)]
    assert not g.convex(plan)
    assert g.convex(SQUARE)


def test_crossing_of_segments():
    assert g.crossing((0, 0), (2, 2), (0, 2), (2, 0)) == (0.5, 0.5)
    assert g.crossing((0, 0), (1, 0), (0, 1), (1, 1)) is None
    assert g.crossing((0, 0), (1, 0), (2, -1), (2, 1)) is None


@pytest.mark.parametrize(
    ("plan", "answer"),
    [
        (SQUARE, True),
        (L_SHAPE, True),
        (((0, 0), (2, 2), (2, 0), (0, 2)), False),
        (((0, 0), (2, 0), (1, 0), (1, 2)), False),
        (((0, 0), (0, 0), (1, 0), (1, 2)), False),
        (((0, 0), (4, 0), (4, 4), (2, 0), (0, 4)), False),
    ],
)
def test_simple(plan, answer):
    assert g.simple(plan) is answer
