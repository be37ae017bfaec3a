"""Layers one behind another: the rules of buildup by hand, against the plain reference, and at their bounds."""

from itertools import pairwise
from math import exp, pi, sqrt

import numpy as np
import pytest
from kernel_scenes import MEDIA, MU, NAMES, log_b, stack, summed, through

from shieldcalc.errors import OutsideDataError
from shieldcalc.model.bodies import Body
from shieldcalc.model.shapes import Slab, turned_to
from shieldcalc.photons.buildup import curve
from shieldcalc.photons.layering import passed
from shieldcalc.photons.materials import material
from shieldcalc.physics.point_kernel.arrays import photon_media, solids
from shieldcalc.physics.point_kernel.sums import BEYOND, TOTAL, UNCOLLIDED, UNLIMITED, stacks, sums

PHOTON_NAMES = ("lead", "water", "iron")


def _b(name, energy, x):
    return exp(float(log_b(NAMES.index(name), energy, np.array([x]))[0]))


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
        found = through(*LAYERS, rule=rule)[energy]
        assert found[UNCOLLIDED] == pytest.approx(exp(-X[2]), rel=1e-12)
        if rule != "product":  # with curves that B exp(-x) limits nowhere, which these at low energy are not
            assert found[UNLIMITED] == pytest.approx(factor * exp(-X[2]), rel=1e-5)


@pytest.mark.parametrize("rule", ["broder", "last", "largest", "mean", "product"])
@pytest.mark.parametrize("seed", range(20))
def test_a_layer_behind_never_raises_what_came_through(rule, seed):
    rng = np.random.default_rng(seed)
    layers = [(NAMES[rng.integers(3)], rng.uniform(0.001, 0.3)) for _ in range(5)]
    passing = [through(*layers[:k], rule=rule) for k in range(6)]
    for thin, thick in pairwise(passing):
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
    here = summed(
        np.zeros((3, 1)),
        np.array([[1e3, 0, 0]]),
        np.ones((3, 1)),
        stack(*layers, names=PHOTON_NAMES),
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
        summed(source, point, np.ones((1, 1)), stack(*layers, names=PHOTON_NAMES), given=found)[0, 0, TOTAL]
        for layers in ([("lead", 0.002)], [("water", 0.1), ("lead", 0.002)])
    )
    assert both <= lead


def test_low_energy_in_water_is_limited_to_one():
    found = through(("water", 0.05))[0]
    assert found[UNLIMITED] > 1.1
    assert found[TOTAL] == pytest.approx(1.0, rel=1e-12)


def test_a_millimetre_of_plastic_behind_lead_changes_little():
    lead, both = through(("lead", 0.08))[0], through(("lead", 0.08), ("water", 0.001))[0]
    assert 0.98 * lead[TOTAL] < both[TOTAL] <= lead[TOTAL]


def test_gaps_and_cuts_are_no_layers():
    cut = through(*[("lead", 0.01)] * 5)
    assert cut == pytest.approx(through(("lead", 0.05)), rel=1e-12)


def test_what_lies_too_deep_is_told():
    deep, shallow = through(("lead", 0.7))[0], through(("lead", 0.6))[0]  # 42 and 36 mean free paths
    assert deep[BEYOND] == deep[TOTAL] > 0
    assert shallow[BEYOND] == 0


def test_more_layers_than_are_computed_are_refused():
    with pytest.raises(OutsideDataError, match="36 layers"):
        through(*[("lead", 0.001), ("water", 0.001)] * 18)


@pytest.mark.parametrize("rule", ["broder", "last", "largest", "mean", "product"])
def test_down_to_the_least_transmission(rule):
    """1e-30 and less: nothing is lost to rounding on the way down, and what lies deeper is never nothing."""
    for depth in (1e-3, 1.0, 69.0, 300.0, 650.0, 2000.0):
        layers = [(name, depth / 3 / MU[m, 1]) for m, name in enumerate(NAMES)]
        found = through(*layers, rule=rule)[1]
        assert found[TOTAL] >= found[UNCOLLIDED] * (1 - 1e-12) > 0
        if depth < 690:
            assert found[UNCOLLIDED] == pytest.approx(exp(-depth), rel=1e-11)


@pytest.mark.parametrize("rule", ["broder", "last", "largest", "mean", "product"])
def test_a_line_past_all_bodies_meets_nothing(rule):
    """Neither a body beside the line nor a layer without thickness takes anything from it."""
    beside = Slab(position=(0.0, 5.0, 0.0), axes=turned_to((0, 1, 0)), thickness_m=1.0)
    bodies = solids([Body(id="b", shape=beside, material="lead")], NAMES)
    end = np.array([[50.0, 10.0, 0.0], [50.0, 0.0, 0.0]])
    found = summed(np.zeros((3, 1)), end[1:], np.ones((3, 1)), bodies, rule)[0] * 4 * pi * 2500
    assert found[:, :3] == pytest.approx(1.0, rel=1e-12)
    both = summed(np.zeros((3, 1)), end, np.ones((3, 1)), bodies, rule)[1] * 4 * pi * 2500
    assert np.array_equal(both, found)
    layers = stacks([[(0, 0.0), (1, 0.0)], [(0, 0.0), (1, 0.3)], [(1, 0.3)]])
    runs, around = np.tile([0, 1], (3, 1)), np.array([[1, 0], [2, 0], [3, 0]])
    none, thin, plain_ = sums(
        end[[1, 1, 1]], runs, np.zeros((3, 1)), np.ones((3, 1)), bodies, MEDIA, rule, layers=layers, around=around
    ) * (4 * pi * 2500)
    assert none[:, :3] == pytest.approx(1.0, rel=1e-12)
    assert thin[:, :2] == pytest.approx(plain_[:, :2], rel=1e-12)
