"""Transmission and worst-place search in process, each beside its plain baseline."""

from pathlib import Path

import baseline
import pytest

from shieldcalc import beams, plugins
from shieldcalc.beams.layers import _alone, _equivalent, _stack
from shieldcalc.beams.rows import A1, printed
from shieldcalc.kernels.attenuation import archer_transmission
from shieldcalc.methods.ncrp147.scene_sources import field_of
from shieldcalc.model.build import scene_of
from shieldcalc.model.loader import load
from shieldcalc.model.search import worst_places
from shieldcalc.model.surfaces import surface_of
from shieldcalc.physics.places import beam_places

CT_ROOM = Path(__file__).parents[1] / "examples" / "ct_room.toml"
ROWS = {row.material: tuple(row.shape) for row in printed(A1) if row.key == "100"}
LEAD = ROWS["lead"]
SIZES = [0.01 * n for n in range(1, 500)]
LAYERS = [beams.Layer("concrete", 120.0), beams.Layer("gypsum", 25.0), beams.Layer("lead", 0.7)]
BEAM = beams.Beam("ncrp147", "kvp", "100", "primary")
GRID_M = 0.05


@pytest.mark.benchmark(group="archer, 499 thicknesses")
@pytest.mark.parametrize("function", [archer_transmission, baseline.archer], ids=["shieldcalc", "baseline"])
def test_archer(benchmark, function):
    found = benchmark(lambda: [function(x, *LEAD) for x in SIZES])
    assert found == pytest.approx([baseline.archer(x, *LEAD) for x in SIZES], rel=1e-9)


@pytest.mark.benchmark(group="three layers")
@pytest.mark.parametrize("name", ["shieldcalc", "baseline"])
def test_layers(benchmark, name):
    def afresh():
        for cached in (_stack, _alone, _equivalent):
            cached.cache_clear()
        return beams.log_transmission(BEAM, LAYERS).transmission

    def plain():
        return baseline.layered(ROWS, [(each.material, each.thickness_mm) for each in LAYERS])

    assert benchmark(afresh if name == "shieldcalc" else plain) == pytest.approx(plain(), rel=1e-9)


@pytest.mark.benchmark(group="worst places of the CT example")
@pytest.mark.parametrize("name", ["shieldcalc", "baseline"])
def test_worst_places(benchmark, name):
    scene = scene_of(load(str(CT_ROOM), plugins.catalog()))
    field = field_of(scene)
    assessed = [barrier for barrier in scene.barriers if barrier.beyond and barrier.beyond.kind != "nothing"]

    def searched(barrier):
        places = worst_places(scene, barrier, field.totals, field.starts, extra=beam_places(scene, barrier))
        return tuple(map(max, zip(*(map(float, field.totals(place)) for place in places.values()), strict=True)))

    def gridded(barrier):
        return baseline.worst(surface_of(scene, barrier), field.totals, GRID_M)

    rounds = {"rounds": 3, "iterations": 1}
    function = searched if name == "shieldcalc" else gridded
    found = benchmark.pedantic(lambda: [function(barrier) for barrier in assessed], **rounds)
    for barrier, values in zip(assessed, found, strict=True):
        assert all(there <= said * 1.01 for there, said in zip(gridded(barrier), searched(barrier), strict=True))
        assert len(values) == 3
