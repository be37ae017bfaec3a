"""What the report adds to a check, wall-clock in one process."""

import time
from pathlib import Path

import pytest

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.model.loader import load

EXAMPLES = Path(__file__).parents[1] / "examples"
BOUND_S, LONGEST_S = 1.5, 3.0  # forty pages of several tubes take typst longer
SHORT = ("ct_room.toml", "cn_ct_room.toml", "source_store.toml", "bone_density_room.toml", "mammography_room.toml")


@pytest.mark.parametrize("ending", [".pdf", ".html"])
@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.toml")))
def test_report_seconds(name: str, ending: str) -> None:
    assessment = assess(load(str(EXAMPLES / name), plugins.catalog()))
    start = time.perf_counter()
    plugins.report(f"report{ending}").write(assessment, "en")
    seconds = time.perf_counter() - start
    print(f"{name}{ending}: {seconds:.2f} s")
    assert seconds <= (BOUND_S if name in SHORT else LONGEST_S)
