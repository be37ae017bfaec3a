"""Isodose lines against shapes that are known, and cells in walls."""

from itertools import pairwise
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.reports.isodose import covered, decades, lines

AXIS = [index * 0.1 - 5 for index in range(101)]
POINT = [[None if hypot(x, y) < 1e-9 else 1 / (x * x + y * y) for x in AXIS] for y in AXIS]


@given(st.floats(0.06, 20))
def test_a_point_source_has_circles(level: float) -> None:
    (circle,) = lines(AXIS, AXIS, POINT, level)
    assert circle[0] == circle[-1]
    radius = level**-0.5
    assert all(abs(hypot(*place) - radius) < 0.006 for place in circle)
    length = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(circle))
    assert abs(length / (2 * 3.14159265 * radius) - 1) < 0.03


def test_a_line_that_leaves_the_picture_is_open() -> None:
    found = lines(AXIS, AXIS, POINT, 1 / 36)
    assert len(found) == 4
    assert all(line[0] != line[-1] for line in found)


def test_saddles_and_steps() -> None:
    saddle = [[1.0, 100.0], [100.0, 1.0]]
    assert sorted(len(line) for line in lines([0, 1], [0, 1], saddle, 10.0)) == [2, 2]
    step = [[1.0, 1.0, 100.0, 100.0]] * 3
    (line,) = lines([0, 1, 2, 3], [0, 1, 2], step, 10.0)
    assert all(x == 1.5 for x, _ in line)


def test_no_lines_in_walls() -> None:
    blank = covered(AXIS, AXIS, [[(0.95, -6), (1.25, -6), (1.25, 6), (0.95, 6)]])
    found = lines(AXIS, AXIS, POINT, 0.2, blank)
    assert all(not 0.91 < x < 1.29 for line in found for x, _ in line)
    assert any(x > 1.29 for line in found for x, _ in line)


def test_decades() -> None:
    assert decades(POINT, 3, 0.05) == (0.1, 1.0, 10.0)
    assert decades([[None, 0.0]], 3) == ()
    assert decades([[5.0, 7.0]], 3) == ()
