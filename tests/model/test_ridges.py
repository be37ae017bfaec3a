"""Peaks beside slanting shadow lines: followed along the line, by few doses and as high as by creeping across it."""

from math import hypot
from random import Random, randrange

import pytest

from model import rooms, test_search
from shieldcalc.model import ridges
from shieldcalc.model.build import scene_of
from shieldcalc.model.search import worst_places


def test_places_lie_along_the_lines_that_pass():
    slant, other = ((0.0, 0.0), (3.0, 1.5)), ((0.0, 2.0), (3.0, 2.0))
    x, y = 2 / 5**0.5, 1 / 5**0.5
    place = (1.0 - 1e-4 * y, 0.5 + 1e-4 * x)
    found = [*ridges.along([slant, other], place)]
    assert len(found) == 2 * len(ridges.STEPS)
    for p, q in found:
        assert abs(p * y - q * x) == pytest.approx(1e-4, rel=1e-6)
        assert hypot(p, q) <= hypot(3.0, 1.5) + 1e-3
    assert not [*ridges.along([slant], (1.0, 0.51))]


@pytest.mark.parametrize("seed", [1, 2, None])
def test_places_told_ahead_are_found_no_worse(seed):
    seed = randrange(10**6) if seed is None else seed
    print("seed", seed)
    random = Random(seed)
    sources = [((random.uniform(0.5, 4.5), random.uniform(0.5, 3.5), random.uniform(0.3, 2.5)), 1.0, 1.0) for _ in "ab"]
    slant = rooms.screen((1.0, 0.9), (2.6, 0.4), random.uniform(0.8, 2.0), "slant")
    scene = scene_of(rooms.design(screens=(slant,), sources=[rooms.tube()], console=rooms.CONSOLE))
    dose_at, starts = test_search.field(scene, sources), [start for start, _, _ in sources]
    for barrier in scene.barriers:
        plain = worst_places(scene, barrier, dose_at, starts, ("week", "hour"))
        ahead = worst_places(scene, barrier, dose_at, starts, ("week", "hour"), ahead=lambda _: None)
        assert ahead.keys() == plain.keys()
        if ahead:
            assert ahead["week"] == ahead["hour"], "a fixed share of one another"
            assert dose_at(ahead["week"])[0] >= 0.999 * dose_at(plain["week"])[0]
