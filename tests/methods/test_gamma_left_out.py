"""What the dose of a source leaves out opens no verdict: late daughters, bremsstrahlung, soft photons."""

from pathlib import Path

import pytest

from shieldcalc.assess import assess
from shieldcalc.model.catalog import Catalog
from shieldcalc.model.loader import load
from shieldcalc.photons.left_out import left_out
from shieldcalc.plugins import catalog

GAUGE = (Path(__file__).parents[2] / "examples" / "cs137_gauge.toml").read_text("utf-8")
DATED = "reference_date = 2016-03-01"


@pytest.fixture(scope="module")
def known() -> Catalog:
    return catalog()


def reasons(tmp_path: Path, known: Catalog, nuclide: str, keys: str = "") -> set[str]:
    """Return why rules of dose are open in the gauge's room with another source behind a millimetre of steel."""
    text = GAUGE.replace('"Cs-137"', f'"{nuclide}"\n{keys}').replace(DATED, "reference_date = 2025-06-01")
    text = text.replace("85 mm", "1 mm").replace("1.85 GBq", "1 MBq")
    file = tmp_path / "gauge.toml"
    file.write_text(text, "utf-8")
    found = assess(load(str(file), known), on="2025-06-30", building=False)
    return {each.reason.code for each in found.findings if each.reason is not None and each.outcome == "undetermined"}


@pytest.mark.parametrize(
    ("nuclide", "keys"),
    [("Pu-241", ""), ("Ra-226", "daughters = false"), ("Ir-192", 'cutoff = "500 keV"')],
)
def test_it_leaves_rules_of_dose_open(tmp_path: Path, known: Catalog, nuclide: str, keys: str) -> None:
    assert "findings.gamma_left_out" in reasons(tmp_path, known, nuclide, keys)


def test_whole_sources_are_judged(tmp_path: Path, known: Catalog) -> None:
    assert "findings.gamma_left_out" not in reasons(tmp_path, known, "Ir-192", 'cutoff = "30 keV"')
    assert "findings.gamma_left_out" not in reasons(tmp_path, known, "Re-188")  # its bremsstrahlung is bounded


def test_daughters_that_stand_as_sources_are_not_missing() -> None:
    daughters = frozenset({"Rn-222", "Pb-214", "Bi-214", "Po-214", "Tl-210", "Pb-210"})
    assert left_out("Ra-226", False, None, False, daughters) is None
    missing = left_out("Ra-226", False, None, False, daughters - {"Bi-214"})
    assert missing is not None
    assert missing.params["daughters"] == "Bi-214, Bi-210"  # the bremsstrahlung of Bi-210: 4 % of what is left then


@pytest.mark.parametrize(
    ("nuclide", "open_"), [("Ra-223", False), ("Re-188", False), ("I-131", False), ("Pu-241", True)]
)
def test_in_a_body_bremsstrahlung_is_bounded(nuclide: str, open_: bool) -> None:
    assert (left_out(nuclide, True, None, True, frozenset()) is not None) == open_
