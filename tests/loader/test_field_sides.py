"""The largest field of an accelerator by one side or two: the square with its diagonal counts."""

from math import sqrt
from pathlib import Path

import pytest

from shieldcalc import plugins
from shieldcalc.errors import InputError
from shieldcalc.model.accelerator import Accelerator
from shieldcalc.model.loader import load

EXAMPLE = Path(__file__).parents[2] / "examples" / "linac_6mv_room.toml"


def _machine(folder: Path, field: str) -> Accelerator:
    text = EXAMPLE.read_text("utf-8").replace('largest_field = "40 cm"', f'largest_field = "{field}"')
    file = folder / "room.toml"
    file.write_text(text, "utf-8")
    (source,) = load(str(file), plugins.catalog()).sources
    assert source.accelerator is not None
    return source.accelerator


@pytest.mark.parametrize("field", ["40 cm x 30 cm", "40 x 30 cm", "0.4 m × 300 mm"])
def test_two_sides_reach_as_far_and_are_no_smaller(tmp_path: Path, field: str) -> None:
    found = _machine(tmp_path, field)
    assert found.field_m * sqrt(2) == pytest.approx(0.5)
    assert found.field_m**2 >= 0.4 * 0.3
    assert found.field_sides_m == pytest.approx((0.4, 0.3))


def test_one_side_is_a_square(tmp_path: Path) -> None:
    assert _machine(tmp_path, "40 cm") == _machine(tmp_path, "40 cm x 40 cm")
    assert _machine(tmp_path, "40 cm").field_m == 0.4


@pytest.mark.parametrize("field", ["40 cm x", "40 x 30", "40 cm x 200 cm", "40 cm x 0 cm", "1200 cm2", "3 x 4 x 5 cm"])
def test_bad_sides_are_refused_with_the_key(tmp_path: Path, field: str) -> None:
    with pytest.raises(InputError, match="largest_field"):
        _machine(tmp_path, field)
