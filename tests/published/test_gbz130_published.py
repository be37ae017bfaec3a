"""Published Chinese lead equivalents: those that agree are asserted to the printed digit, the others are pinned."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from shieldcalc import beams
from shieldcalc.beams.rows import rows
from shieldcalc.methods.gbz130.values import ANNEX_C
from shieldcalc.tables import table

DATA = tomllib.loads((Path(__file__).parent / "gbz130.toml").read_text("utf-8"))


def ours(case: dict[str, Any]) -> list[float]:
    quality = beams.Beam("ncrp147", *case["beam"])
    form = "solid" if case["material"] == "brick" else None
    layers = [beams.Layer(case["material"], x, None, form) for x in case["thickness_mm"]]
    return [beams.lead_equivalent_mm(quality, [layer]) for layer in layers]


@pytest.mark.parametrize("case", DATA["case"], ids=lambda case: case["id"])
def test_published_equivalents(case: dict[str, Any]) -> None:
    """Printed to 0.1 mm: agreement is to half of the last digit, 0.05 mm (rounding up of the print included)."""
    assert ours(case) == pytest.approx(case["published_mm"], abs=0.05)


@pytest.mark.parametrize("case", DATA["contradiction"], ids=lambda case: case["id"])
def test_contradictions_are_as_described(case: dict[str, Any]) -> None:
    assert ours(case) == pytest.approx(case["ours_mm"], abs=0.006)
    assert any(abs(a - b) > 0.05 for a, b in zip(ours(case), case["published_mm"], strict=True))


def test_an_apron_at_125_kv_scatter() -> None:
    """0.5 mm lead is printed to stop 93 % (92.6 computed): 400 uSv/h become 28 there, 29.5 unrounded."""
    through = beams.log_transmission(beams.Beam("ncrp147", "kvp", "125", "secondary"), [beams.Layer("lead", 0.5)])
    assert 100 * (1 - through.transmission) == pytest.approx(93, abs=0.5)
    assert 400 * through.transmission == pytest.approx(29.5, abs=0.1)


@pytest.mark.parametrize(
    "row", table(ANNEX_C).rows, ids=lambda row: f"{row['key']} {row['component']} {row['material']}"
)
def test_inferred_rows_are_the_rows_that_compute(row: dict[str, str]) -> None:
    kind, _, key = row["key"].rpartition(" ")
    found = rows("ncrp147", row["material"], kind or "kvp", row["component"])
    used = next(each for each in found if each.key == key)
    assert used.table == row["same_as"]
    assert row["unverified"] == "yes"
    shape = used.shape
    assert (shape.alpha, shape.beta, shape.gamma) == tuple(
        float(row[name]) for name in ("alpha_per_mm", "beta_per_mm", "gamma")
    )
