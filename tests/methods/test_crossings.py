"""What many lines cross at once is what ``Rays`` says of each."""

import numpy as np
import pytest
from bodies_rooms import COBALT, HEAD, ROOM, design
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldcalc.model.build import scene_of
from shieldcalc.model.paths import Rays
from shieldcalc.physics.point_kernel.bundles import of_bundles
from shieldcalc.physics.point_kernel.crossings import Crossings

EDGES = (0.0, 0.4, 0.9, 1.0, 1.9, 2.0, 2.1, 3.0, 4.0, 6.0, -0.2, 4.2, 6.2)
PLACES = st.floats(-3, 9) | st.sampled_from(EDGES)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.floats(0.01, 0.99)] * 3, *[PLACES] * 3), min_size=30, max_size=60))
def test_many_lines_are_each_line(rows):
    room = scene_of(design(ROOM))
    numbers = np.array(rows)
    starts, points = numbers[:, :3] * (6, 4, 3), numbers[:, 3:]
    crossings, rays = Crossings(Rays(room)), Rays(room)
    for kind, start, point in zip(crossings.of(starts, points), starts.tolist(), points.tolist(), strict=True):
        assert crossings.keys[kind] == rays.key(tuple(start), tuple(point))


@pytest.mark.parametrize("seed", range(3))
def test_a_grid_of_lines_with_exact_coincidences(seed):
    rng = np.random.default_rng(seed)
    room = scene_of(design(ROOM))
    points = rng.choice(EDGES, (4000, 3))
    starts = rng.choice([0.4, 1.0, 2.0, 3.0], (4000, 3)) * (1, 1, 0.5)
    crossings, rays = Crossings(Rays(room)), Rays(room)
    for kind, start, point in zip(crossings.of(starts, points), starts.tolist(), points.tolist(), strict=True):
        assert crossings.keys[kind] == rays.key(tuple(start), tuple(point))


PLAN = 'plan = [["0 m", "0 m"], ["6 m", "0 m"], ["6 m", "4 m"], ["0 m", "4 m"]]'
ANGLE = 'plan = [["0 m", "0 m"], ["6 m", "0 m"], ["6 m", "2 m"], ["3 m", "2 m"], ["3 m", "4 m"], ["0 m", "4 m"]]'
WALL = """
[[wall]]
id = "w{edge}"
edge = {edge}
layers = [{{ material = "concrete", thickness = "{thickness} mm" }}]
beyond = {{ kind = "nothing" }}
"""
SCREEN = """
[[screen]]
id = "{name}"
from = ["{a} m", "{b} m"]
to = ["{c} m", "{d} m"]
height = "{height} m"
layers = [{{ material = "lead", thickness = "5 mm" }}]
"""


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("plan", [PLAN, ANGLE])
def test_lines_round_inward_corners_and_past_screens(plan, seed):
    walls = "".join(WALL.format(edge=edge, thickness=100 * edge) for edge in range(1, 7 if plan is ANGLE else 5))
    whole = SCREEN.format(name="whole", a=1, b=0.5, c=2.5, d=1.5, height=3)
    low = SCREEN.format(name="low", a=2, b=0.4, c=2.2, d=3.5, height=1.7)
    room = scene_of(design(HEAD.replace(PLAN, plan) + walls + whole + low + COBALT.replace('"3 m"', '"1.7 m"')))
    rng = np.random.default_rng(seed)
    starts = rng.uniform(0.1, 2.9, (2000, 3))
    points = rng.uniform((-1.5, -1.5, -1.5), (7.5, 5.5, 5.0), (2000, 3))
    crossings, rays = Crossings(Rays(room)), Rays(room)
    for kind, start, point in zip(crossings.of(starts, points), starts.tolist(), points.tolist(), strict=True):
        assert crossings.keys[kind] == rays.key(tuple(start), tuple(point))


@pytest.mark.parametrize("seed", range(4))
def test_bundles_of_lines_are_each_line(seed):
    rng = np.random.default_rng(seed)
    crossings = Crossings(Rays(scene_of(design(ROOM))))
    count, width = 400, 30
    middles, sizes = rng.uniform(0.1, 0.9, (count, 1, 3)), rng.choice([0.001, 0.02, 0.1], (count, 1, 3))
    starts = (middles + sizes * rng.uniform(-1, 1, (count, width, 3))).reshape(-1, 3) * (6, 4, 3)
    points = np.repeat(rng.uniform(-1.5, 7.5, (count, 3)), width, axis=0)
    rows = starts.reshape(count, width, 3)
    found = of_bundles(crossings, rows.min(axis=1), rows.max(axis=1), points[::width])
    each = crossings.of(starts, points).reshape(count, width)
    assert (each[found >= 0] == found[found >= 0, None]).all()
    assert 0.5 < (found >= 0).mean() < 1
