"""Half-value layers as printed, an upper bound where NCRP 147 has its curves, and a whole room."""

from dataclasses import replace
from math import exp, log
from typing import Any

import pytest
from shieldcalc_ncrp49 import NAMES, register_methods
from shieldcalc_ncrp49.layers import TABLE, log_transmission, mu_per_mm

import shieldcalc
from shieldcalc.beams import Beam, Layer, transmission
from shieldcalc.errors import OutsideDataError, PluginError
from shieldcalc.model.build import scene_of
from shieldcalc.model.design import Protocol
from shieldcalc.resources import data_path
from shieldcalc.tables import table

METHOD = register_methods()[0]


@pytest.mark.parametrize("row", table(TABLE).rows, ids=lambda row: row["kv"])
def test_a_tenth_value_layer_lets_at_least_a_tenth_through(row: dict[str, str]) -> None:
    beam = Beam(key=row["kv"])
    for material, tvl_mm in (("lead", float(row["lead_tvl_mm"])), ("concrete", 10 * float(row["concrete_tvl_cm"]))):
        assert exp(log_transmission(beam, [Layer(material, tvl_mm)])) == pytest.approx(0.1, rel=0.12)
        assert exp(log_transmission(beam, [Layer(material, tvl_mm)])) >= 0.1 * (1 - 1e-9)


@pytest.mark.parametrize("kv", ["50", "70", "85", "100", "110", "125", "150"])
def test_it_bounds_ncrp147_down_to_a_ten_thousandth(kv: str) -> None:
    """The first layers harden the beam, which these half-value layers do not count: B is above that of NCRP 147."""
    for material, least_mm in (("lead", 0.01), ("concrete", 1.0)):
        thickness = least_mm
        while transmission(Beam(key=kv), [Layer(material, thickness)]) > 1e-4:
            own = exp(log_transmission(Beam(key=kv), [Layer(material, thickness)]))
            assert own >= transmission(Beam(key=kv), [Layer(material, thickness)])
            thickness *= 1.3


def test_of_two_materials_one_counts_and_wood_for_nothing() -> None:
    beam = Beam(key="125")
    both = log_transmission(beam, [Layer("lead", 1.0), Layer("concrete", 50.0), Layer("wood", 100.0)])
    assert both == -max(mu_per_mm("lead", 125), 50 * mu_per_mm("concrete", 125))
    assert log_transmission(beam, [Layer("wood", 100.0)]) == 0
    assert log_transmission(beam, [Layer("brick", 220.0, 1.65, "solid")]) > log_transmission(
        beam, [Layer("concrete", 220.0)]
    )


def test_above_300_kv_it_refuses() -> None:
    with pytest.raises(OutsideDataError):
        mu_per_mm("lead", 301)


def _scene(**changes: Any) -> Any:
    design = shieldcalc.load(data_path("templates", "radiography.toml"))
    protocol = Protocol(id="chest", per_week=100, in_busiest_hour=20, kv=100.0, charge_mAs=5.0)
    source = replace(design.sources[0], **{"protocols": (protocol,), "distribution": None, **changes})
    return scene_of(replace(design, sources=(source,)))


def test_a_room() -> None:
    found = METHOD.compute(_scene(), (), {})
    assert found.method == NAMES.method
    assert found.barriers
    assert all(at.doses.air_kerma_week_mGy > 0 for at in found.points)
    halves = METHOD.compute(_scene(protocols=(_protocol(50),)), (), {}), METHOD.compute(_scene(), (), {})
    for less, more in zip(halves[0].points, halves[1].points, strict=True):
        assert more.doses.air_kerma_week_mGy == pytest.approx(2 * less.doses.air_kerma_week_mGy, rel=1e-6)


def _protocol(per_week: float) -> Protocol:
    return Protocol(id="chest", per_week=per_week, in_busiest_hour=10, kv=100.0, charge_mAs=5.0)


def test_a_workload_by_patients_is_refused() -> None:
    with pytest.raises(PluginError, match="protocols only"):
        METHOD.compute(_scene(protocols=()), (), {})


def test_the_smaller_of_both_layers_counts() -> None:
    assert mu_per_mm("lead", 100) == min(log(2) / 0.27, log(10) / 0.88)
