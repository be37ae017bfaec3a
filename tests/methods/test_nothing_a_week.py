"""Energies, protocols, exposures and treatments that count nothing a week: their rate alone, and a word of it."""

import re
from pathlib import Path

import pytest

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.loader import load

EXAMPLES = Path(__file__).parents[2] / "examples"
COUNTED = r"^(treatments_per_week|per_week) = .*\n((treatments_)?in_busiest_hour = .*\n)?"


def _assessed(folder: Path, name: str, instead: str, count: int = 0) -> Assessment:
    text = (EXAMPLES / f"{name}.toml").read_text("utf-8")
    file = folder / "room.toml"
    file.write_text(re.sub(COUNTED, instead, text, count=count, flags=re.M), "utf-8")
    return assess(load(str(file), plugins.catalog()), building=False)


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("industrial_linac_room", 'per_week = "0 Gy/week"\nin_busiest_hour = "0 Gy"\n'),
        ("industrial_xray_room", "per_week = 0\nin_busiest_hour = 0\n"),
        ("cn_ct_room", "per_week = 0\n"),
    ],
)
def test_nothing_a_week_leaves_the_rate_alone(tmp_path: Path, name: str, instead: str) -> None:
    found = _assessed(tmp_path, name, instead)
    assert {each.doses.h10_week_mSv for result in found.results for each in result.points} == {0.0}
    assert all((each.doses.h10_beam_on_uSv_per_h or 0) > 0 for result in found.results for each in result.points)
    assert "warnings.nothing_a_week" in {each.code for each in found.notices}


def test_one_of_two_protocols_leaves_the_week_of_the_other(tmp_path: Path) -> None:
    none, some = (_assessed(tmp_path, "industrial_xray_room", text, 1) for text in ("per_week = 0\n", r"\g<0>"))
    weeks = [{p.point.id: p.doses.h10_week_mSv for p in each.results[0].points} for each in (none, some)]
    assert all(0 < weeks[0][name] < weeks[1][name] for name in ("north", "ceiling"))
    (said,) = (each for each in none.notices if each.code == "warnings.nothing_a_week")
    assert said.params == {"source": "tube", "what": "welds"}
    assert "warnings.nothing_a_week" not in {each.code for each in some.notices}
