"""Formulas of the busiest hour are printed with what they are: counts and mGy of that hour, nothing per week."""

from pathlib import Path

import pytest

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.model.loader import load
from shieldcalc.resources import data_path

PROTOCOL = '\n[[source.protocol]]\nid = "p"\nper_week = 100\nin_busiest_hour = 5\nkv = "80 kV"\ncharge = "10 mAs"\n'


@pytest.mark.parametrize("kind", ["radiography", "ct", "mammography", "protocol"])
def test_no_step_of_the_busiest_hour_is_per_week(kind: str, tmp_path: Path) -> None:
    text = Path(data_path("templates", f"{kind.replace('protocol', 'radiography')}.toml")).read_text("utf-8")
    if kind == "protocol":
        text = "\n".join(line for line in text.split("\n") if not line.startswith("workload")) + PROTOCOL
    room = tmp_path / "room.toml"
    room.write_text(text, "utf-8")
    (result,) = assess(load(str(room), plugins.catalog())).results
    steps = [step for point in result.points for part in point.components for step in part.steps]
    hour = [step for step in steps if "busiest hour" in step.label]
    assert hour
    units = {unit for step in hour for unit in (step.unit, *(unit for _, unit in step.inputs.values()))}
    assert not [unit for unit in units if "week" in unit]
