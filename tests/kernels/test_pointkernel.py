"""The compiled sums against the frozen plain and NumPy versions, on scenes drawn at random; threads; tables."""

import importlib.util
from math import exp
from pathlib import Path

import numpy as np
import pytest
from kernel_scenes import GP, MEDIA, MU, NAMES, log_b, scene, summed
from numba import njit

from shieldcalc.kernels.exponential import exponential, nearly_one
from shieldcalc.model.bodies import Body
from shieldcalc.model.shapes import Slab, turned_to
from shieldcalc.physics.point_kernel.arrays import media, photon_media, solids
from shieldcalc.physics.point_kernel.sums import UNCOLLIDED, UNLIMITED, sums

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("plain_point_kernel", ROOT / "benchmarks" / "point_kernel.py")
assert _spec is not None
assert _spec.loader is not None
plain = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(plain)


@pytest.mark.parametrize("seed", range(40))
def test_against_the_plain_loop(seed):
    """Error at most 1e-5 is asked for; the tables are the same, so that only rounding is left."""
    start, end, strength, bodies = scene(seed)
    found = summed(start, end, strength, bodies)
    told = plain.plain_sums(
        end, start.T.tolist(), strength, bodies.rows, bodies.material_of, MEDIA.mu_per_m, MEDIA.log_buildup
    )
    assert found[:, :, :3] == pytest.approx(np.array(told), rel=1e-9)
    whole = plain.numpy_sums(end, start.T, strength, bodies.rows, bodies.material_of, MEDIA.mu_per_m, MEDIA.log_buildup)
    assert whole == pytest.approx(np.array(told), rel=1e-7)


def test_the_same_on_any_number_of_threads_bit_for_bit():
    start, end, strength, bodies = scene(1, sources=700, points=300)
    one = summed(start, end, strength, bodies)
    assert all(np.array_equal(one, summed(start, end, strength, bodies, threads=n)) for n in (0, 2, 3))


def test_jobs_do_not_know_each_other():
    start, end, strength, bodies = scene(2, sources=300)
    runs = np.array([[0, 130], [130, 300], [5, 5]])
    parts = sums(end[[0, 0, 0]], runs, start, strength, bodies, MEDIA)
    assert parts[0] + parts[1] == pytest.approx(summed(start, end[:1], strength, bodies)[0], rel=1e-12)
    assert not parts[2].any()


def test_one_row_of_strengths_serves_all_energies():
    start, end, strength, bodies = scene(3)
    alike = np.repeat(strength[:1], 3, axis=0)
    assert np.array_equal(summed(start, end, strength[:1], bodies), summed(start, end, alike, bodies))


def test_cost_of_a_read_only_array_is_no_second_compilation():
    from shieldcalc.kernels.pointkernel import fluence_sums

    start, end, strength, bodies = scene(4)
    frozen = strength.copy()
    frozen.flags.writeable = False
    summed(np.asfortranarray(start), end, frozen, bodies)
    assert len(fluence_sums.signatures) == 1


@pytest.mark.parametrize("row", GP, ids=lambda row: f"{row['material']} {row['energy_MeV']}")
def test_tables_against_the_form_itself(row):
    """The table is linear between nodes; ANS-6.4.3's own figures have three to four digits."""
    material, energy = NAMES.index(row["material"]), [r for r in GP if r["material"] == row["material"]].index(row)
    depth = np.concatenate([np.geomspace(1e-5, 39.9, 600), np.linspace(0.01, 39.9, 600)])
    source, points = np.zeros((3, 1)), np.array([[1000.0, 0.0, 0.0]])
    exact = np.exp(log_b(material, energy, depth))
    for x, b in zip(depth, exact, strict=True):
        slab = Slab(position=(500.0, 0, 0), axes=turned_to((1, 0, 0)), thickness_m=x / MU[material, energy])
        found = summed(
            source, points, np.ones((1, 1)), solids([Body(id="", shape=slab, material=row["material"])], NAMES)
        )
        assert found[0, energy, UNLIMITED] / found[0, energy, UNCOLLIDED] == pytest.approx(b, rel=1e-5)


@njit
def _exponential(x):
    return exponential(x)


def test_exponential():
    x = np.concatenate([np.linspace(-708, 708, 4001), np.geomspace(1e-18, 1, 200), -np.geomspace(1e-18, 1, 200)])
    assert all(abs(_exponential(v) / exp(v) - 1) < 1e-13 for v in x)
    assert _exponential(-1e6) == _exponential(-708.0) < 1e-307


@njit
def _nearly_one(y):
    return nearly_one(y)


def test_the_exponential_between_nodes():
    assert all(abs(_nearly_one(y) / exp(y) - 1) < 1.4e-6 for y in np.linspace(-0.3, 0.3, 601))
    assert all(abs(_nearly_one(y) / exp(y) - 1) < 7e-11 for y in np.linspace(-0.06, 0.06, 601))


@pytest.mark.parametrize("name", ["gadolinium", "lanthanum", "molybdenum", "water", "lead"])
@pytest.mark.parametrize("energy", [0.02, 0.052, 0.1, 1.0, 10.0])
def test_tables_are_not_steep(name, energy):
    """The rows with the steepest curves, at 80 mean free paths above their K edges: the table is what ln B says."""
    found = photon_media([name], [energy])
    steps = np.diff(found.log_buildup[0, 0])
    assert abs(steps).max() < 0.06
    assert np.array_equal(found.buildup[0, 0, :-1, 1], steps)
    assert found.buildup[0, 0, :, 0] == pytest.approx(np.exp(found.log_buildup[0, 0]), rel=1e-14)


def test_a_steep_table_is_refused():
    with pytest.raises(ValueError, match="from a node to the next"):
        media(["m"], np.array([[1.0]]), lambda *_: 5.0 * _[2])


def test_no_step_is_compiled_twice():
    """A constant where elsewhere a number is passed would have numba compile a second version."""
    from shieldcalc.kernels import buildup, lanes, order, pointkernel, rays, store

    steps = [each for module in (buildup, lanes, order, pointkernel, rays, store) for each in vars(module).values()]
    assert max(len(step.signatures) for step in steps if hasattr(step, "signatures")) <= 1
