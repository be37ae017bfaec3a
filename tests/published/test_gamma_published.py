"""Published cases of point sources of gamma rays."""

import json
import tomllib
from math import exp
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from shieldcalc.cli import cli
from shieldcalc.photons.buildup import buildup
from shieldcalc.photons.materials import material
from shieldcalc.photons.point import rates
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
