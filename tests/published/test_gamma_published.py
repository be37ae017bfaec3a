"""Published cases of point sources of gamma rays."""

import json
import tomllib
from math import exp, pi
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from shieldcalc.cli import cli
from shieldcalc.photons.buildup import buildup
from shieldcalc.photons.materials import material
from shieldcalc.photons.point import rates, trace
from shieldcalc.photons.shield import layer
from shieldcalc.photons.source import Emission, Source, of_nuclide
from shieldcalc.photons.transmission import transmission

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("gamma_points.toml").read_text(encoding="utf-8")
)


def source_of(case: dict[str, Any]) -> Source:
    if "nuclide" in case:
        return of_nuclide(case["nuclide"], case["activity_Bq"])
    return Source(tuple(Emission(energy, per_s, "", "") for energy, per_s in case["lines"]))


@pytest.mark.parametrize("case", CASES["exposure"], ids=lambda case: case["id"])
def test_exposure_rates(case: dict[str, Any]) -> None:
    layers = [layer(name, 10 * cm, density) for name, cm, density in case["layers"]]
    found = rates(source_of(case), case["distance_cm"] / 100, layers, case["rule"]).exposure
    assert found == pytest.approx(case["mR_per_h"], rel=case["tolerance"])
    low, high = case.get("band", (0.0, float("inf")))
    assert low <= found <= high


@pytest.mark.parametrize("case", CASES["uncollided"], ids=lambda case: case["id"])
def test_uncollided_fluence_and_exposure(case: dict[str, Any]) -> None:
    layers = [layer(name, 10 * cm, density) for name, cm, density in case["layers"]]
    source, cm = source_of(case), case["distance_cm"]
    sphere = 4 * pi * cm**2
    lines = trace(source, layers)
    fluence = sum(each.emission.energy_MeV * each.emission.per_s * each.passed.uncollided for each in lines) / sphere
    assert fluence == pytest.approx(case["MeV_per_cm2_s"], rel=case["tolerance"])
    assert rates(source, cm / 100, layers, "none").exposure == pytest.approx(case["mR_per_h"], rel=case["tolerance"])


@pytest.mark.parametrize("rule", ["none", *CASES["by_rule"][0]["values"]])
def test_buildup_of_each_material_for_all_layers(rule: str) -> None:
    case = CASES["by_rule"][0]
    light, dense = ({name: by_material(name, density) for name in ("none", rule)} for density in (2.30, 2.35))
    printed = case["values"].get(rule, case["none"])
    assert dense[rule] < printed < light[rule]
    assert dense[rule] / dense["none"] == pytest.approx(printed / case["none"], rel=case["tolerance"])


def by_material(rule: str, density: float) -> float:
    layers = [layer("lead", 50.0), layer("concrete", 300.0, density)]
    return rates(of_nuclide("Co-60", 3.7e10), 1.0, layers, rule).exposure


def test_radium_behind_platinum() -> None:
    case = CASES["exposure_constant_in_capsule"][0]
    found = rates(of_nuclide(case["nuclide"], 3.7e7), 0.01, [layer(name, mm) for name, mm in case["layers"]])
    assert found.exposure / 1e3 == pytest.approx(case["R_cm2_per_mCi_h"], rel=case["tolerance"])


@pytest.mark.parametrize("case", CASES["kerma"], ids=lambda case: case["nuclide"])
def test_air_kerma_rates_of_capsules(case: dict[str, Any]) -> None:
    found = rates(of_nuclide(case["nuclide"], 1e9), 1.0, [layer(name, mm) for name, mm in case["layers"]])
    assert found.air_kerma == pytest.approx(case["uGy_per_h"], rel=case["tolerance"])


@pytest.mark.parametrize("case", CASES["buildup"][0]["values"], ids=str)
def test_buildup_factors(case: list[Any]) -> None:
    name, energy, mfp, value = case
    assert buildup(material(name), energy, mfp) == pytest.approx(value, rel=CASES["buildup"][0]["tolerance"])


@pytest.mark.parametrize(
    ("case", "name"),
    [(case, name) for case in CASES["constant"] for name in case["values"]],
    ids=lambda value: value if isinstance(value, str) else value["source"].partition(":")[0],
)
def test_dose_rate_constants_each_with_its_cutoff(case: dict[str, Any], name: str) -> None:
    options = [] if case["daughters"] else ["--no-daughters"]
    done = CliRunner().invoke(cli, ["nuclide", name, "--cutoff", case["cutoff"], "--json", *options])
    found = json.loads(done.stdout)["constants"][case["quantity"]]
    assert found == pytest.approx(case["values"][name], rel=case["tolerance"])


@pytest.mark.parametrize("case", CASES["broad_beam"][0]["values"], ids=str)
def test_tg108_transmission(case: list[Any]) -> None:
    name, mm, value = case
    found = exp(transmission(of_nuclide("F-18", 1.0), [layer(name, mm)]).log_transmission)
    assert found == pytest.approx(value, rel=CASES["broad_beam"][0]["tolerance"])
