"""The compiled point kernel beside its frozen versions, its bounds as ratios, its cost in each size."""

import numpy as np
import point_kernel
import pytest
from point_kernel_ratios import _cpu, ratios, scene

from shieldcalc.physics.point_kernel.sums import sums

LEAST_OVER_NUMPY, LEAST_OVER_PLAIN, MOST_ERROR = 12, 400, 1e-5


def test_ratios():
    against_numpy, against_plain, error, _ = ratios()
    assert against_numpy >= LEAST_OVER_NUMPY
    assert against_plain >= LEAST_OVER_PLAIN
    assert error <= MOST_ERROR


@pytest.mark.parametrize("which", range(3), ids=["sources", "points", "energies"])
def test_cost_is_linear(which):
    """Four times the size takes at most 4.8 times as long (0.8 and more of it is proportional)."""
    small = [1000, 100, 8, 6]
    large = list(small)
    large[which] *= 4

    def cost(sizes):
        ends, places, strength, bodies, given = scene(*sizes)
        runs = np.tile([0, sizes[0]], (sizes[1], 1))
        return min(_cpu(lambda: sums(ends, runs, places, strength, bodies, given))[0] for _ in range(7))

    assert cost(large) <= 4.8 * cost(small)


@pytest.mark.benchmark(group="2000 sources, 200 points, 8 energies, 6 bodies")
@pytest.mark.parametrize("name", ["compiled", "numpy"])
def test_speed(benchmark, name):
    ends, places, strength, bodies, given = scene(2000, 200, 8, 6)
    runs = np.tile([0, 2000], (200, 1))
    arrays = (bodies.rows, bodies.material_of, given.mu_per_m, given.log_buildup)
    if name == "compiled":
        benchmark.pedantic(lambda: sums(ends, runs, places, strength, bodies, given), rounds=5, warmup_rounds=1)
    else:
        benchmark.pedantic(lambda: point_kernel.numpy_sums(ends, places.T, strength, *arrays), rounds=2)
