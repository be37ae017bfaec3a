"""Nibs in mazes: they narrow what is behind them and never raise the dose at the door."""

from math import hypot
from pathlib import Path

import pytest
from linac_mazes import at_door, changed, scene, text, total

from shieldcalc.model.result import PointResult
from shieldcalc.physics.therapy.maze_plan import inner_opening

NIB = """[[screen]]
id = "nib"
from = ["{} m", "{} m"]
to = ["{} m", "{} m"]
height = "4 m"
layers = [{{ material = "concrete", thickness = "300 mm", density = "2.35 g/cm3" }}]
"""


@pytest.fixture(scope="module")
def as_it_is(tmp_path_factory: pytest.TempPathFactory) -> PointResult:
    return at_door(tmp_path_factory.mktemp("maze"), text())


@pytest.mark.parametrize(
    ("start", "end", "clear"),
    [((1.8, 0.0), (1.8, 0.6), 2.2), ((7.0, 0.0), (7.0, 1.0), 2.2), ((0.0, 2.0), (1.0, 2.0), hypot(1.2, 3 - 2.15))],
)
def test_a_nib_never_widens_the_inner_opening(
    tmp_path: Path, as_it_is: PointResult, start: tuple[float, float], end: tuple[float, float], clear: float
) -> None:
    """Nor does the end of the inner wall that stands in the east wall count with how far a nib is from there."""
    with_nib = changed(("[maze]\n", NIB.format(*start, *end) + '[maze]\nnibs = ["nib"]\n'))
    found = scene(tmp_path, with_nib)
    assert found.maze is not None
    assert inner_opening(found, found.maze) == pytest.approx(clear)
    assert max(one - other for one, other in zip(total(at_door(tmp_path, with_nib)), total(as_it_is), strict=True)) <= 0
