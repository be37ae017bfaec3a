"""Thicknesses told hold as built where scatter counts in steps of angle: two directions may end a step at one place."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.loader import load

EXAMPLES = Path(__file__).parents[2] / "examples"


def assessed(path: Path) -> Assessment:
    return assess(load(str(path), plugins.catalog()))


def needed_mm(found: Assessment, barrier: str, material: str) -> float:
    own = next(each for each in found.barriers if each.barrier == barrier)
    needed = next(each.required_mm for each in own.requirements if each.material == material)
    assert needed is not None
    return needed


def over(found: Assessment, barrier: str) -> float:
    """Return the largest dose over limit behind a barrier, at every point that its goals are for."""
    own = next(each for each in found.barriers if each.barrier == barrier)
    doses: Mapping[str, object] = {each.point.id: each.doses for result in found.results for each in result.points}
    return max(getattr(doses[goal.point], goal.quantity) / goal.limit for goal in own.goals)


CONCRETE = 'layers = [{{ material = "concrete", thickness = "{} mm", density = "2.35 g/cm3" }}]'


@pytest.mark.parametrize(
    ("name", "barrier", "before", "stood_mm"),
    [
        ("simulator_room", "south", 'id = "south"\nedge = 1\n', 200),
        ("simulator_room", "north", 'id = "north"\nedge = 3\n', 200),
        ("orthovoltage_room", "ceiling", "[ceiling]\n", 350),
    ],
)
def test_lead_that_is_told_keeps_the_limit_as_built(
    tmp_path: Path, name: str, barrier: str, before: str, stood_mm: int
) -> None:
    text = (EXAMPLES / f"{name}.toml").read_text("utf-8")
    old = before + CONCRETE.format(stood_mm)
    assert old in text
    lead = needed_mm(assessed(EXAMPLES / f"{name}.toml"), barrier, "lead")
    new = f'{before}layers = [{{ material = "lead", thickness = "{lead!r} mm" }}]'
    path = tmp_path / "built.toml"
    path.write_text(text.replace(old, new), "utf-8")
    assert 0.95 < over(assessed(path), barrier) <= 1
