"""The compiled sums against the frozen plain and NumPy versions, on scenes drawn at random; threads; rules; tables."""

import csv
import importlib.util
from itertools import pairwise
from math import exp, hypot, log, pi, sqrt
from pathlib import Path

import numpy as np
import pytest
from numba import njit

from shieldcalc.errors import OutsideDataError
from shieldcalc.kernels.exponential import exponential, nearly_one
from shieldcalc.model.bodies import Body
from shieldcalc.model.overlap import overlap
from shieldcalc.model.shapes import (
    Box,
    Cylinder,
    CylindricalShell,
    Slab,
    Sphere,
    SphericalShell,
    turned_by,
    turned_to,
)
from shieldcalc.photons.buildup import curve
from shieldcalc.photons.layering import passed
from shieldcalc.photons.materials import material
from shieldcalc.physics.point_kernel.arrays import media, photon_media, solids
from shieldcalc.physics.point_kernel.many import gp_log_buildup
from shieldcalc.physics.point_kernel.sums import BEYOND, TOTAL, UNCOLLIDED, UNLIMITED, stacks, sums

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("plain_point_kernel", ROOT / "benchmarks" / "point_kernel.py")
assert _spec is not None
assert _spec.loader is not None
plain = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(plain)

with open(Path(__file__).with_name("gp_rows.csv"), encoding="utf-8") as file:
    GP = list(csv.DictReader(line for line in file if not line.startswith("#")))
NAMES = ("lead", "water", "iron")
MU = np.array([[60.0, 12.0, 5.0], [9.0, 8.0, 5.0], [30.0, 9.0, 5.0]])  # 1/m: any figures will do


def _log_b(material, energy, x):
    rows = [row for row in GP if row["material"] == NAMES[material]]
    return gp_log_buildup(*(float(rows[energy][key]) for key in ("b", "c", "a", "Xk", "d")), x)


MEDIA = media(NAMES, MU, _log_b)
ONE = media(["m"], np.array([[3.0]]), lambda *_: np.log1p(_[2]))


def _body(rng, k):
    place = tuple(rng.uniform(-1.5, 1.5, 3))
    axes = turned_by(*rng.uniform(0, 360, 3))
    size = rng.uniform(0.1, 0.8, 3)
    shape = [
        lambda: Box(position=place, axes=axes, width_m=size[0], depth_m=size[1], height_m=size[2]),
        lambda: Cylinder(position=place, axes=axes, radius_m=size[0], height_m=size[1]),
        lambda: Sphere(position=place, radius_m=size[0]),
        lambda: CylindricalShell(
            position=place, axes=axes, inner_radius_m=size[0] / 2, outer_radius_m=size[0], height_m=size[1]
        ),
        lambda: SphericalShell(position=place, inner_radius_m=size[0] / 2, outer_radius_m=size[0]),
        lambda: Slab(position=place, axes=axes, thickness_m=size[0] / 5),
    ][k % 6]()
    return Body(id=str(k), shape=shape, material=NAMES[rng.integers(3)])


def _scene(seed, sources=70, points=3):
    rng = np.random.default_rng(seed)
    apart: list[Body] = []
    for k in range(18):
        body = _body(rng, k)
        if not any(overlap(body.shape, other.shape) for other in apart):
            apart.append(body)
    bodies = solids(apart, NAMES)
    start, end = rng.uniform(-2, 2, (3, sources)), rng.uniform(-4, 4, (points, 3))
    return start, end, rng.uniform(0.1, 3, (3, sources)), bodies


def _sums(start, end, strength, bodies, rule="broder", threads=1, given=MEDIA):
    runs = np.tile([0, start.shape[1]], (len(end), 1))
    return sums(end, runs, start, strength, bodies, given, rule, threads)


@pytest.mark.parametrize("seed", range(40))
def test_against_the_plain_loop(seed):
    """Error at most 1e-5 is asked for; the tables are the same, so that only rounding is left."""
    start, end, strength, bodies = _scene(seed)
    found = _sums(start, end, strength, bodies)
    told = plain.plain_sums(
        end, start.T.tolist(), strength, bodies.rows, bodies.material_of, MEDIA.mu_per_m, MEDIA.log_buildup
    )
    assert found[:, :, :3] == pytest.approx(np.array(told), rel=1e-9)
    whole = plain.numpy_sums(end, start.T, strength, bodies.rows, bodies.material_of, MEDIA.mu_per_m, MEDIA.log_buildup)
    assert whole == pytest.approx(np.array(told), rel=1e-7)


def test_the_same_on_any_number_of_threads_bit_for_bit():
    start, end, strength, bodies = _scene(1, sources=700, points=300)
    one = _sums(start, end, strength, bodies)
    assert all(np.array_equal(one, _sums(start, end, strength, bodies, threads=n)) for n in (0, 2, 3))


def test_jobs_do_not_know_each_other():
    start, end, strength, bodies = _scene(2, sources=300)
    runs = np.array([[0, 130], [130, 300], [5, 5]])
    parts = sums(end[[0, 0, 0]], runs, start, strength, bodies, MEDIA)
    assert parts[0] + parts[1] == pytest.approx(_sums(start, end[:1], strength, bodies)[0], rel=1e-12)
    assert not parts[2].any()


def test_one_row_of_strengths_serves_all_energies():
    start, end, strength, bodies = _scene(3)
    alike = np.repeat(strength[:1], 3, axis=0)
    assert np.array_equal(_sums(start, end, strength[:1], bodies), _sums(start, end, alike, bodies))


PHOTON_NAMES = ("lead", "water", "iron")


def _stack(*layers, names=NAMES):
    """Return a line through slabs of (material, thickness in m) one after another."""
    x, bodies = 0.1, []
    for k, (name, thickness) in enumerate(layers):
        shape = Slab(position=(x + thickness / 2, 0.0, 0.0), axes=turned_to((1, 0, 0)), thickness_m=thickness)
        bodies.append(Body(id=str(k), shape=shape, material=name))
        x += thickness
    return solids(bodies, names)


def _through(*layers, rule="broder"):
    """Return uncollided, total and unlimited transmission at each energy."""
    source, point = np.zeros((3, 1)), np.array([[50.0, 0.0, 0.0]])
    return _sums(source, point, np.ones((3, 1)), _stack(*layers), rule)[0] * 4 * pi * 2500


def _b(name, energy, x):
    return exp(float(_log_b(NAMES.index(name), energy, np.array([x]))[0]))


LAYERS = (("lead", 0.02), ("water", 0.3), ("iron", 0.05))


@pytest.mark.parametrize("energy", range(3))
def test_the_rules_by_hand(energy):
    x = [MU[NAMES.index(name), energy] * thickness for name, thickness in LAYERS]
    X = [sum(x[: k + 1]) for k in range(3)]
    names = [name for name, _ in LAYERS]
    by_hand = {
        "broder": _b("lead", energy, X[0])
        + sum(_b(n, energy, b) - _b(n, energy, a) for n, (a, b) in zip(names[1:], pairwise(X), strict=True)),
        "last": _b("iron", energy, X[2]),
        "largest": max(_b(n, energy, X[2]) for n in names),
        "mean": sum(_b(n, energy, X[2]) * y for n, y in zip(names, x, strict=True)) / X[2],
        "product": _b("lead", energy, x[0]) * _b("water", energy, x[1]) * _b("iron", energy, x[2]),
    }
    for rule, factor in by_hand.items():
        found = _through(*LAYERS, rule=rule)[energy]
        assert found[UNCOLLIDED] == pytest.approx(exp(-X[2]), rel=1e-12)
        if rule != "product":  # with curves that B exp(-x) limits nowhere, which these at low energy are not
            assert found[UNLIMITED] == pytest.approx(factor * exp(-X[2]), rel=1e-5)


@pytest.mark.parametrize("rule", ["broder", "last", "largest", "mean", "product"])
@pytest.mark.parametrize("seed", range(20))
def test_a_layer_behind_never_raises_what_came_through(rule, seed):
    rng = np.random.default_rng(seed)
    layers = [(NAMES[rng.integers(3)], rng.uniform(0.001, 0.3)) for _ in range(5)]
    through = [_through(*layers[:k], rule=rule) for k in range(6)]
    for thin, thick in pairwise(through):
        assert (thick[:, TOTAL] <= thin[:, TOTAL] * (1 + 1e-12)).all()
        assert (thick[:, TOTAL] >= thick[:, UNCOLLIDED] * (1 - 1e-12)).all()
        assert (thick[:, UNLIMITED] >= thick[:, TOTAL] * (1 - 1e-12)).all()


class _Tabulated:
    """A curve of ``photons.buildup`` as the kernel's tables hold it."""

    def __init__(self, given, m, e):
        self.table = given.log_buildup[m, e]

    def buildup(self, x):
        return exp(np.interp(sqrt(x) * 256, np.arange(len(self.table)), self.table))

    def held(self, x):  # noqa: ARG002
        return False


@pytest.mark.parametrize("rule", ["broder", "last", "largest", "mean", "product"])
@pytest.mark.parametrize("seed", range(12))
def test_the_same_as_the_plain_reference(rule, seed):
    """Random stacks at random energies against ``photons.layering``, with the tables of its own curves."""
    rng = np.random.default_rng(seed)
    energies = rng.uniform(0.05, 0.2, 2).tolist() + rng.uniform(0.2, 3, 1).tolist()
    found = photon_media(PHOTON_NAMES, energies)
    layers = [(PHOTON_NAMES[k], 0.0) for k in rng.integers(3, size=5)]
    layers = [pair for pair, after in zip(layers, [*layers[1:], ("", 0.0)], strict=True) if pair != after]
    thickness = [rng.uniform(0.0, 6.0) / found.mu_per_m[PHOTON_NAMES.index(name), 0] for name, _ in layers]
    layers = [(name, mm) for (name, _), mm in zip(layers, thickness, strict=True)]
    here = _sums(
        np.zeros((3, 1)),
        np.array([[1e3, 0, 0]]),
        np.ones((3, 1)),
        _stack(*layers, names=PHOTON_NAMES),
        rule,
        given=found,
    )[0] * (4 * pi * 1e6)
    for e, energy in enumerate(energies):
        depths = [found.mu_per_m[PHOTON_NAMES.index(name), e] * m for name, m in layers]
        told = passed(depths, [_Tabulated(found, PHOTON_NAMES.index(name), e) for name, _ in layers], rule)
        assert here[e, TOTAL] == pytest.approx(told.transmission, rel=1e-5)
        assert here[e, UNCOLLIDED] == pytest.approx(told.uncollided, rel=1e-9)
        exact = passed(depths, [curve(material(name), energy) for name, _ in layers], rule)
        assert here[e, TOTAL] == pytest.approx(exact.transmission, rel=1e-4)  # tables are linear where a curve bends


def test_water_before_lead_does_not_raise_the_dose():
    """10 cm of water at 140 keV lets all through at most; what it held back does not come out of the lead again."""
    found = photon_media(PHOTON_NAMES, [0.14])
    source, point = np.zeros((3, 1)), np.array([[50.0, 0.0, 0.0]])
    lead, both = (
        _sums(source, point, np.ones((1, 1)), _stack(*layers, names=PHOTON_NAMES), given=found)[0, 0, TOTAL]
        for layers in ([("lead", 0.002)], [("water", 0.1), ("lead", 0.002)])
    )
    assert both <= lead


def test_low_energy_in_water_is_limited_to_one():
    found = _through(("water", 0.05))[0]
    assert found[UNLIMITED] > 1.1
    assert found[TOTAL] == pytest.approx(1.0, rel=1e-12)


def test_a_millimetre_of_plastic_behind_lead_changes_little():
    lead, both = _through(("lead", 0.08))[0], _through(("lead", 0.08), ("water", 0.001))[0]
    assert 0.98 * lead[TOTAL] < both[TOTAL] <= lead[TOTAL]


def test_gaps_and_cuts_are_no_layers():
    cut = _through(*[("lead", 0.01)] * 5)
    assert cut == pytest.approx(_through(("lead", 0.05)), rel=1e-12)


def test_what_lies_too_deep_is_told():
    deep, shallow = _through(("lead", 0.7))[0], _through(("lead", 0.6))[0]  # 42 and 36 mean free paths
    assert deep[BEYOND] == deep[TOTAL] > 0
    assert shallow[BEYOND] == 0


def test_more_layers_than_are_computed_are_refused():
    with pytest.raises(OutsideDataError, match="36 layers"):
        _through(*[("lead", 0.001), ("water", 0.001)] * 18)


def test_cost_of_a_read_only_array_is_no_second_compilation():
    from shieldcalc.kernels.pointkernel import fluence_sums

    start, end, strength, bodies = _scene(4)
    frozen = strength.copy()
    frozen.flags.writeable = False
    _sums(np.asfortranarray(start), end, frozen, bodies)
    assert len(fluence_sums.signatures) == 1


@pytest.mark.parametrize("row", GP, ids=lambda row: f"{row['material']} {row['energy_MeV']}")
def test_tables_against_the_form_itself(row):
    """The table is linear between nodes; ANS-6.4.3's own figures have three to four digits."""
    material, energy = NAMES.index(row["material"]), [r for r in GP if r["material"] == row["material"]].index(row)
    depth = np.concatenate([np.geomspace(1e-5, 39.9, 600), np.linspace(0.01, 39.9, 600)])
    source, points = np.zeros((3, 1)), np.array([[1000.0, 0.0, 0.0]])
    exact = np.exp(_log_b(material, energy, depth))
    for x, b in zip(depth, exact, strict=True):
        slab = Slab(position=(500.0, 0, 0), axes=turned_to((1, 0, 0)), thickness_m=x / MU[material, energy])
        found = _sums(
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


@pytest.mark.parametrize("rule", ["broder", "last", "largest", "mean", "product"])
def test_down_to_the_least_transmission(rule):
    """1e-30 and less: nothing is lost to rounding on the way down, and what lies deeper is never nothing."""
    for depth in (1e-3, 1.0, 69.0, 300.0, 650.0, 2000.0):
        layers = [(name, depth / 3 / MU[m, 1]) for m, name in enumerate(NAMES)]
        found = _through(*layers, rule=rule)[1]
        assert found[TOTAL] >= found[UNCOLLIDED] * (1 - 1e-12) > 0
        if depth < 690:
            assert found[UNCOLLIDED] == pytest.approx(exp(-depth), rel=1e-11)


@pytest.mark.parametrize("rule", ["broder", "last", "largest", "mean", "product"])
def test_a_line_past_all_bodies_meets_nothing(rule):
    """Neither a body beside the line nor a layer without thickness takes anything from it."""
    beside = Slab(position=(0.0, 5.0, 0.0), axes=turned_to((0, 1, 0)), thickness_m=1.0)
    bodies = solids([Body(id="b", shape=beside, material="lead")], NAMES)
    end = np.array([[50.0, 10.0, 0.0], [50.0, 0.0, 0.0]])
    found = _sums(np.zeros((3, 1)), end[1:], np.ones((3, 1)), bodies, rule)[0] * 4 * pi * 2500
    assert found[:, :3] == pytest.approx(1.0, rel=1e-12)
    both = _sums(np.zeros((3, 1)), end, np.ones((3, 1)), bodies, rule)[1] * 4 * pi * 2500
    assert np.array_equal(both, found)
    layers = stacks([[(0, 0.0), (1, 0.0)], [(0, 0.0), (1, 0.3)], [(1, 0.3)]])
    runs, around = np.tile([0, 1], (3, 1)), np.array([[1, 0], [2, 0], [3, 0]])
    none, thin, plain_ = sums(
        end[[1, 1, 1]], runs, np.zeros((3, 1)), np.ones((3, 1)), bodies, MEDIA, rule, layers=layers, around=around
    ) * (4 * pi * 2500)
    assert none[:, :3] == pytest.approx(1.0, rel=1e-12)
    assert thin[:, :2] == pytest.approx(plain_[:, :2], rel=1e-12)


def test_no_step_is_compiled_twice():
    """A constant where elsewhere a number is passed would have numba compile a second version."""
    from shieldcalc.kernels import buildup, lanes, order, pointkernel, rays, store

    steps = [each for module in (buildup, lanes, order, pointkernel, rays, store) for each in vars(module).values()]
    assert max(len(step.signatures) for step in steps if hasattr(step, "signatures")) <= 1


def _chord(body, start, end):
    """Return the length in m of the line from start to end within one body, from the uncollided part."""
    found = _sums(np.array([start]).T, np.array([end], float), np.ones((1, 1)), solids([body], ["m"]), given=ONE)
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
    body = _body(rng, seed)
    start, end = rng.uniform(-2, 2, 3), rng.uniform(-2, 2, 3)
    steps = (np.arange(20_000) + 0.5) / 20_000
    inside = [body.shape.distance(tuple(start + t * (end - start))) < 0 for t in steps]
    marched = hypot(*(end - start)) * sum(inside) / len(steps)
    named = Body(id="b", shape=body.shape, material="m")
    assert _chord(named, tuple(start), tuple(end)) == pytest.approx(marched, abs=2e-3)


def test_a_line_in_the_joint_of_two_blocks_finds_one_of_them():
    low = Body(id="l", shape=Box(position=(0, 0, -0.5), width_m=1, depth_m=1, height_m=1), material="m")
    high = Body(id="h", shape=Box(position=(0, 0, 0.5), width_m=1, depth_m=1, height_m=1), material="m")
    found = _sums(
        np.array([[-2.0, 0, 0]]).T, np.array([[2.0, 0, 0]]), np.ones((1, 1)), solids([low, high], ["m"]), given=ONE
    )
    assert found[0, 0, UNCOLLIDED] * 4 * pi * 16 == pytest.approx(exp(-3.0), rel=1e-12)
