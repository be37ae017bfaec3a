"""What the report adds to a check, wall-clock in one process."""

import time
from pathlib import Path

import pytest

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.model.loader import load

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.mark.parametrize("ending", [".pdf", ".html"])
@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.toml")))
def test_report_seconds(name: str, ending: str) -> None:
    assessment = assess(load(str(EXAMPLES / name), plugins.catalog()))
    start = time.perf_counter()
    plugins.report(f"report{ending}").write(assessment, "en")
    seconds = time.perf_counter() - start
    print(f"{name}{ending}: {seconds:.2f} s")
    assert seconds <= 1.5
