"""Sums over energies within the kernel; which lines count; which of several stacks can be the weakest."""

import os
import subprocess
import sys

import numpy as np
import pytest
from kernel_scenes import MEDIA, scene

from shieldcalc.photons.materials import material
from shieldcalc.physics.point_kernel.palette import Palette
from shieldcalc.physics.point_kernel.sums import RAISED, TOTAL, Rows, sums
from shieldcalc.physics.point_kernel.weakest import weakest

TIMES = np.array([2.0, 0.25, 3.0])
RATIOS = np.array([[1.0, 1.2, 1.1], [1.5, 1.3, 1.2]])


@pytest.mark.parametrize("lines", [20, 300])
def test_rows_are_what_the_energies_add_up_to(lines):
    """Of short jobs, whose lines share blocks, and of long ones; again in the space that the first call left."""
    start, end, strength, bodies = scene(5, sources=lines, points=30)
    runs = np.tile([0, lines], (len(end), 1))
    each = sums(end, runs, start, strength, bodies, MEDIA, ratios=RATIOS)
    added = Rows(TIMES, np.array([0, 2, 1]), np.array([1, 0, 1]), 2)
    for _ in range(2):
        found = sums(end, runs, start, strength, bodies, MEDIA, ratios=RATIOS, added=added)
        assert found[:, 0] == pytest.approx(3.0 * each[:, 2], rel=1e-12)
        assert found[:, 1] == pytest.approx(2.0 * each[:, 0] + 0.25 * each[:, 1], rel=1e-12)


def test_energies_that_do_not_count_add_nothing():
    start, end, strength, bodies = scene(6)
    runs = np.tile([0, start.shape[1]], (len(end), 1))
    added = Rows(np.ones(3), np.array([1]), np.array([0]), 1)
    found = sums(end, runs, start, strength, bodies, MEDIA, added=added)
    assert found[:, 0] == pytest.approx(sums(end, runs, start, strength, bodies, MEDIA)[:, 1], rel=1e-12)


@pytest.mark.parametrize("thickness_m", [0.0, 0.002, 0.02, 0.2])
def test_lines_that_do_not_count_are_a_millionth_together(thickness_m):
    energies = (0.032, 0.036, 0.08, 0.3, 0.6, 0.662, 0.7, 1.2)
    strengths = np.array([1.0, 1.0, 2.0, 0.5, 0.7, 10.0, 1e-9, 1e-12])
    palette = Palette(energies)
    lead = palette.place(material("lead"), None)
    stack = [(lead, thickness_m)] if thickness_m else []
    counted = palette.counted(strengths, [stack])
    assert counted[-1] == len(energies)
    behind = np.append(strengths * np.exp(-palette.media().mu_per_m[lead, :-1] * thickness_m), 0.0)
    left_out = np.setdiff1d(np.arange(len(energies)), counted)
    assert behind[left_out].sum() <= 1e-6 * behind.max()
    assert 7 in counted  # harder to hold back than the strongest, whatever else stands in the way
    assert (len(left_out) > 0) == (thickness_m > 0)


def test_the_upper_value_of_another_dose_is_added_too():
    start, end, strength, bodies = scene(7)
    runs = np.tile([0, start.shape[1]], (len(end), 1))
    every = np.arange(3)
    found = sums(end, runs, start, strength, bodies, MEDIA, ratios=RATIOS, added=Rows(TIMES, every, 0 * every, 1))
    assert (found[:, 0, RAISED] >= found[:, 0, TOTAL]).all()


def test_stacks_that_hold_another_one_are_left_out():
    stacks = [((1, 0.3), (2, 0.02)), ((1, 0.3), (3, 0.1), (2, 0.02)), ((4, 0.02),), ((4, 0.02),), ((2, 0.02), (1, 0.3))]
    assert weakest(stacks, lambda each: each) == [stacks[0], stacks[2], stacks[4]]
    assert weakest([*stacks, ()], lambda each: each) == [()]


def test_the_rules_seldom_asked_for_are_not_compiled():
    call = (
        "import numpy as np; from shieldcalc.kernels import pointkernel as k;"
        "from shieldcalc.physics.point_kernel.arrays import photon_media, solids;"
        "from shieldcalc.physics.point_kernel.sums import sums; m = photon_media(['lead'], [1.0]);"
        "sums(np.ones((1, 3)), np.array([[0, 1]]), np.zeros((3, 1)), np.ones((1, 1)), solids((), m.names), m);"
        "print(len(k.fluence_sums.signatures), len(k.fluence_sums_by_other_rules.signatures))"
    )
    done = subprocess.run([sys.executable, "-c", call], check=True, capture_output=True, text=True, env={**os.environ})
    assert done.stdout.split() == ["1", "0"]
