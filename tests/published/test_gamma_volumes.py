"""Volumes of the published cases through the Python interface of the point kernel."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from shieldcalc.model.bodies import Body, SourceBody
from shieldcalc.model.shapes import Box, Cylinder, CylindricalShell, Line, Sphere, volume
from shieldcalc.photons.dose import exposure
from shieldcalc.physics.point_kernel.arrays import photon_media
from shieldcalc.physics.point_kernel.field import Emitter, fluence

CASES = tomllib.loads((Path(__file__).parent / "gamma_volumes.toml").read_text("utf-8"))
SHAPES = {"line": Line, "cylinder": Cylinder, "sphere": Sphere}
PER_CM2, HOUR_S, MILLI = 1e-4, 3600.0, 1e3


def _each(name):
    return pytest.mark.parametrize("case", CASES[name], ids=lambda case: case["id"])


def _metres(place):
    return tuple(each / 100 for each in place)


@_each("void")
def test_in_vacuum(case):
    shape = SHAPES[case["shape"]](position=_metres(case["centre_cm"]), **case["sizes"])
    emitter = Emitter(SourceBody(id="source", shape=shape), np.array([case["photons_per_s"]]))
    media = photon_media(["water"], [1.0])
    found = fluence([_metres(case["point_cm"])], [emitter], [], media, np.ones((1, 1)), tolerance=1e-4)
    assert found.reached.all()
    per_cm2 = found.total[0, 0] * PER_CM2
    assert per_cm2 * exposure(1.0) * HOUR_S * MILLI == pytest.approx(case["mR_per_h"], rel=case["tolerance"])
    if "fluence_MeV_per_cm2_s" in case:
        assert per_cm2 == pytest.approx(case["fluence_MeV_per_cm2_s"], rel=case["fluence_tolerance"])


@_each("tank")
def test_water_in_a_steel_tank(case):
    source = CASES["tank_source"]
    energies = source["energies_MeV"]
    water = Cylinder(position=(0, 0, 0.5415), radius_m=1.54, height_m=1.083)
    tank = CylindricalShell(position=(0, 0, 0.5415), inner_radius_m=1.54, outer_radius_m=1.5654, height_m=1.083)
    wall = Box(position=(2.655, 0, 0.5), width_m=0.91, depth_m=20, height_m=20)
    emission = np.array(source["photons_per_s_cm3"]) * volume(water) * 1e6
    media = photon_media(["water", "iron", "concrete"], energies, {"water": 1.0, "iron": 7.8, "concrete": 2.4})
    dose = np.array([[exposure(each) for each in energies]])
    found = fluence(
        [_metres(case["point_cm"])],
        [Emitter(SourceBody(id="water", shape=water, material="water"), emission)],
        [Body(id="tank", shape=tank, material="iron"), Body(id="wall", shape=wall, material="concrete")],
        media,
        dose,
        rule="last",
    )
    assert found.reached.all()
    mR_per_h = float((found.total @ dose.T)[0, 0]) * PER_CM2 * HOUR_S * MILLI
    low, high = case["band_mR_per_h"]
    assert low < mR_per_h < high
    for code in case["codes_mR_per_h"]:
        assert mR_per_h == pytest.approx(code, rel=case["tolerance"])
