"""Ten lines, and what they write."""

from pathlib import Path

import shieldcalc_tutorial

import shieldcalc
from shieldcalc.resources import data_path


def test_it_has_ten_lines_below_its_title() -> None:
    lines = Path(shieldcalc_tutorial.__file__).read_text("utf-8").splitlines()
    assert len(lines[1:]) == 10


def test_every_point_has_a_line() -> None:
    found = shieldcalc.check(data_path("templates", "radiography.toml"))
    lines = shieldcalc_tutorial.write(found, "en").decode().splitlines()
    assert len(lines) == sum(len(result.points) for result in found.results)
    assert all(line.endswith(" mSv") for line in lines)
