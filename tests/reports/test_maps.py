"""Isodose maps in the report: planes, captions in every language, and what is said where there is none."""

from dataclasses import replace
from pathlib import Path

import pytest

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.loader import load
from shieldcalc.physics.dose_map import dose_map, plane_of
from shieldcalc.reports.content import content
from shieldcalc.reports.legend import sheet_with, wrapped

EXAMPLES = Path(__file__).parents[2] / "examples"
TITLES = {"en": "Isodose maps", "vi": "Bản đồ đẳng liều", "zh": "等剂量图"}


@pytest.fixture(scope="module")
def ct() -> Assessment:
    return assess(load(str(EXAMPLES / "ct_room.toml"), plugins.catalog()))


def maps_of(assessment: Assessment, language: str) -> list[dict[str, str]]:
    (part,) = (each for each in content(assessment, language)["sections"] if each["title"] == TITLES[language])
    return part["blocks"]


@pytest.mark.parametrize("language", TITLES)
def test_plan_and_section_say_plane_quantity_method_and_data(ct: Assessment, language: str) -> None:
    _, plan, cut = maps_of(ct, language)
    assert "z = 1 m" in plan["caption"]
    assert "y = 2" in cut["caption"]
    for each in (plan, cut):
        assert "H*(10)" in each["caption"]
        assert "ncrp147" in each["caption"]
        assert "NCRP 147" in each["caption"]  # of its data files
        assert 'class="isodose"' in each["svg"]
    assert "VN-LC-24-2015/15.3c" in plan["svg"]
    assert "120 × 120" in plan["caption"]


def test_the_map_is_that_of_the_map_command(ct: Assessment) -> None:
    found = dose_map(ct, plane_of("z=1 m"), None, None, 120)
    assert found.quantity == "h10_hour_uSv"
    assert len(found.limits) == maps_of(ct, "en")[1]["svg"].count("VN-LC-24-2015/15.3")


def test_a_ward_without_a_ceiling_and_a_store_have_maps() -> None:
    for name in ("mobile_xray_ward", "source_store"):
        found = assess(load(str(EXAMPLES / f"{name}.toml"), plugins.catalog()))
        assert [each["type"] for each in maps_of(found, "en")] == ["text", "figure", "figure"]


@pytest.mark.parametrize(("language", "said"), [("en", "points only"), ("vi", "tại các điểm"), ("zh", "不能作图")])
def test_a_method_without_a_dose_field_is_said(
    ct: Assessment, language: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = plugins.method
    monkeypatch.setattr(plugins, "method", lambda name: replace(known(name), dose_field=None))
    blocks = maps_of(ct, language)
    assert [each["type"] for each in blocks] == ["text", "text", "text"]
    assert said in blocks[1]["text"]


def test_a_limit_without_a_line_says_so(ct: Assessment) -> None:
    assert "its line runs in walls" in " ".join(maps_of(ct, "en")[1]["svg"].split("</text>")).replace("</text>", "")


def test_legends_are_broken_to_their_width() -> None:
    assert wrapped("one two three", 1000) == ["one two three"]
    assert wrapped("one two three", 14) == ["one two", "three"]
    assert "".join(wrapped("其线位于墙体地面或顶棚内", 10)) == "其线位于墙体地面或顶棚内"
    assert len(wrapped("其线位于墙体地面或顶棚内", 10)) == 4
    assert wrapped("", 10) == [""]


def test_a_long_legend_leaves_the_drawing_its_room() -> None:
    """A legend as narrow as the drawing would be high, which makes the drawing small and the legend narrower still."""
    row = "Limit 0.3 mSv (VN-19-2012/7.public, CN-GB18871-2002/constraint.public): its line runs in walls or beyond"
    sheet, broken = sheet_with([(-3.0, -3.0), (10.0, 8.0)], [(row, "")] * 6)
    assert sheet.scale <= 125
    assert len(broken) == 12


def test_a_section_shows_the_numbered_points_beside_it(ct: Assessment) -> None:
    _, plan, cut = maps_of(ct, "en")
    assert 'class="point"' in plan["svg"]
    near = [each for result in ct.results for each in result.points if abs(each.point.position[1] - 2.6) <= 0.25]
    assert cut["svg"].count('class="point"') == len({each.point.id for each in near}) > 0
