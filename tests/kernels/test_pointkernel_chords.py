"""How far a line runs within one body."""

from math import exp, hypot, log, pi, sqrt

import numpy as np
import pytest
from kernel_scenes import body_of, summed

from shieldcalc.model.bodies import Body
from shieldcalc.model.shapes import Box, Cylinder, CylindricalShell, Slab, Sphere, SphericalShell
from shieldcalc.physics.point_kernel.arrays import media, solids
from shieldcalc.physics.point_kernel.sums import UNCOLLIDED

ONE = media(["m"], np.array([[3.0]]), lambda *_: np.log1p(_[2]))


def _chord(body, start, end):
    """Return the length in m of the line from start to end within one body, from the uncollided part."""
    found = summed(np.array([start]).T, np.array([end], float), np.ones((1, 1)), solids([body], ["m"]), given=ONE)
    square = sum((a - b) ** 2 for a, b in zip(start, end, strict=True))
    return -log(found[0, 0, UNCOLLIDED] * 4 * pi * square) / 3.0


@pytest.mark.parametrize(
    ("shape", "start", "end", "length"),
    [
        (Box(position=(0, 0, 0), width_m=1, depth_m=2, height_m=3), (-2, 0, 0), (2, 0, 0), 1.0),
        (Box(position=(0, 0, 0), width_m=1, depth_m=1, height_m=1), (-1, -1, -1), (1, 1, 1), sqrt(3)),
        (Box(position=(0, 0, 0), width_m=1, depth_m=1, height_m=1), (-2, 0.6, 0), (2, 0.6, 0), 0.0),
        (Slab(position=(0, 0, 0), thickness_m=0.5), (0, 0, -1), (1, 0, 1), 0.5 * sqrt(5) / 2),
        (Slab(position=(0, 0, 0), thickness_m=0.5), (0, 0, 0), (9, 0, 0), 9.0),
        (Sphere(position=(0, 0, 0), radius_m=1), (-2, 0.6, 0), (2, 0.6, 0), 1.6),
        (Sphere(position=(0, 0, 0), radius_m=0.01), (-100, 0.006, 0), (100, 0.006, 0), 0.016),
        (SphericalShell(position=(0, 0, 0), inner_radius_m=0.6, outer_radius_m=1), (-2, 0, 0), (2, 0, 0), 0.8),
        (SphericalShell(position=(0, 0, 0), inner_radius_m=0.6, outer_radius_m=1), (0, 0, 0), (2, 0, 0), 0.4),
        (SphericalShell(position=(0, 0, 0), inner_radius_m=0.5, outer_radius_m=1), (-2, 0.6, 0), (2, 0.6, 0), 1.6),
        (Cylinder(position=(0, 0, 0), radius_m=1, height_m=2), (0.3, 0.2, -3), (0.3, 0.2, 3), 2.0),
        (Cylinder(position=(0, 0, 0), radius_m=1, height_m=2), (1.3, 0.2, -3), (1.3, 0.2, 3), 0.0),
        (Cylinder(position=(0, 0, 0), radius_m=1, height_m=2), (-3, 0.6, 0.5), (3, 0.6, 0.5), 1.6),
        (Cylinder(position=(0, 0, 0), radius_m=1, height_m=2), (-2, 0, -2), (2, 0, 2), 2 * sqrt(2)),
        (
            CylindricalShell(position=(0, 0, 0), inner_radius_m=0.6, outer_radius_m=1, height_m=2),
            (-2, 0, 0),
            (2, 0, 0),
            0.8,
        ),
        (
            CylindricalShell(position=(0, 0, 0), inner_radius_m=0.6, outer_radius_m=1, height_m=2),
            (0, 0, -9),
            (0, 0, 9),
            0.0,
        ),
    ],
)
def test_chords(shape, start, end, length):
    assert _chord(Body(id="b", shape=shape, material="m"), start, end) == pytest.approx(length, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("seed", range(24))
def test_chords_against_marching(seed):
    """20 000 steps find a chord of some metres to about a millimetre."""
    rng = np.random.default_rng(seed)
    body = body_of(rng, seed)
    start, end = rng.uniform(-2, 2, 3), rng.uniform(-2, 2, 3)
    steps = (np.arange(20_000) + 0.5) / 20_000
    inside = [body.shape.distance(tuple(start + t * (end - start))) < 0 for t in steps]
    marched = hypot(*(end - start)) * sum(inside) / len(steps)
    named = Body(id="b", shape=body.shape, material="m")
    assert _chord(named, tuple(start), tuple(end)) == pytest.approx(marched, abs=2e-3)


def test_a_line_in_the_joint_of_two_blocks_finds_one_of_them():
    low = Body(id="l", shape=Box(position=(0, 0, -0.5), width_m=1, depth_m=1, height_m=1), material="m")
    high = Body(id="h", shape=Box(position=(0, 0, 0.5), width_m=1, depth_m=1, height_m=1), material="m")
    found = summed(
        np.array([[-2.0, 0, 0]]).T, np.array([[2.0, 0, 0]]), np.ones((1, 1)), solids([low, high], ["m"]), given=ONE
    )
    assert found[0, 0, UNCOLLIDED] * 4 * pi * 16 == pytest.approx(exp(-3.0), rel=1e-12)
