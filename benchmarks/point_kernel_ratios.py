"""Prints how much faster the compiled point kernel is than the same algorithm in NumPy and in a plain loop.

``python benchmarks/point_kernel_ratios.py [sources points energies bodies]``; process CPU time, interleaved, best of
some. The plain loop runs on a part of the sources and points and is scaled; its cost is linear. Two scenes: bodies
scattered about (a line meets some) and a wall of six layers of three materials in turn that every line crosses (the
worst case).
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import point_kernel

from shieldcalc.kernels.pointkernel import fluence_sums
from shieldcalc.model.bodies import Body
from shieldcalc.model.shapes import Box, turned_by
from shieldcalc.physics.point_kernel.arrays import media, solids
from shieldcalc.physics.point_kernel.many import gp_log_buildup
from shieldcalc.physics.point_kernel.sums import sums

SIZES = (2000, 200, 8, 6)
MATERIALS = ("lead", "water", "iron")
GP = ((1.367, 0.811, 0.051, 13.67, -0.0283), (2.103, 1.441, -0.089, 14.22, 0.0378), (1.841, 1.25, -0.048, 19.49, 0.014))


def scene(sources, points, energies, bodies, layered=False):
    """Return points, places and strengths of the sources, bodies and media."""
    rng = np.random.default_rng(7)
    mu = rng.uniform(2, 20, (3, energies))
    given = media(MATERIALS, mu, lambda m, _e, x: gp_log_buildup(*GP[m], x))
    placed = []
    for k in range(bodies):
        angle, far = 2 * np.pi * k / bodies, 1.6
        place = (
            (1.2 + 0.4 * k, 0.0, 0.0) if layered else (far * np.cos(angle), far * np.sin(angle), rng.uniform(-0.3, 0.3))
        )
        size = (0.1, 6.0, 6.0) if layered else (0.2, 1.2, 1.2)
        axes = turned_by(0.0 if layered else np.degrees(angle))
        shape = Box(position=tuple(map(float, place)), axes=axes, width_m=size[0], depth_m=size[1], height_m=size[2])
        placed.append(Body(id=str(k), shape=shape, material=MATERIALS[k % 3]))
    ends = rng.normal(size=(points, 3))
    ends *= 5 / np.linalg.norm(ends, axis=1)[:, None]
    if layered:
        ends = np.array([5.0, 0, 0]) + rng.uniform(-0.5, 0.5, (points, 3))
    strength = rng.uniform(0.1, 1, (energies, sources))
    return ends, rng.uniform(-0.5, 0.5, (3, sources)), strength, solids(placed, MATERIALS), given


def _cpu(function):
    start = time.process_time()
    answer = function()
    return time.process_time() - start, answer


def _wall(function):
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def ratios(sizes=SIZES, layered=False, rounds=5):
    """Return NumPy over compiled, plain over compiled, the largest relative error, million line-energies a second."""
    ends, places, strength, bodies, given = scene(*sizes, layered)
    runs = np.tile([0, sizes[0]], (sizes[1], 1))
    part = (min(sizes[0], 200), min(sizes[1], 4))
    arrays = (bodies.rows, bodies.material_of, given.mu_per_m, given.log_buildup)
    lists = tuple(each.tolist() for each in arrays)
    compiled, numpy, plain = [], [], []
    sums(ends[:1], runs[:1], places, strength, bodies, given)
    for k in range(rounds):
        compiled.append(_cpu(lambda: sums(ends, runs, places, strength, bodies, given)))
        numpy.append(_cpu(lambda: point_kernel.numpy_sums(ends, places.T, strength, *arrays)) if k < 3 else numpy[-1])
        few = (ends[: part[1]].tolist(), places.T[: part[0]].tolist(), strength[:, : part[0]].tolist())
        plain.append(_cpu(lambda few=few: point_kernel.plain_sums(*few, *lists)) if k < 3 else plain[-1])
    fast, found = min(compiled, key=lambda each: each[0])
    error = np.abs(found[:, :, :3] / numpy[0][1] - 1).max()
    scaled = min(each[0] for each in plain) * sizes[0] * sizes[1] / (part[0] * part[1])
    work = sizes[0] * sizes[1] * sizes[2] / 1e6
    return min(each[0] for each in numpy) / fast, scaled / fast, error, work / fast


def two_threads(rounds=9):
    """Return one thread's wall time over two threads', both for the same work; needs two idle cores."""
    ends, places, strength, bodies, given = scene(2000, 800, 8, 6)
    runs = np.tile([0, 2000], (800, 1))
    both = [
        [_wall(lambda n=n: sums(ends, runs, places, strength, bodies, given, threads=n)) for n in (1, 2)]
        for _ in range(rounds)
    ]
    return min(one for one, _ in both) / min(two for _, two in both)


def machine(rounds=9):
    """Return the same ratio for a loop that shares nothing: what two threads can gain on this machine now at most."""
    args = scene(300, 60, 8, 6)
    runs = np.tile([0, 300], (60, 1))

    def once(_=0):
        return sums(args[0], runs, *args[1:])

    def pair():
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda _: [once() for _ in range(10)], range(2)))

    return min(_wall(lambda: [once() for _ in range(20)]) for _ in range(rounds)) / min(
        _wall(pair) for _ in range(rounds)
    )


if __name__ == "__main__":
    wanted = tuple(map(int, sys.argv[1:5])) if len(sys.argv) > 4 else SIZES
    for layered in (False, True):
        against_numpy, against_plain, error, speed = ratios(wanted, layered)
        print("six layers on every line:" if layered else "scattered bodies:", end=" ")
        print(f"{against_numpy:.1f} x NumPy, {against_plain:.0f} x plain Python, {speed:.0f} M/s, error {error:.1e}")
    print(f"two threads: {two_threads():.2f} x one (this machine can give {machine():.2f} x now)")
    print("compiled for", len(fluence_sums.signatures), "signature")
