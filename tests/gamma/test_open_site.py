"""Radiography in the open and in a bunker: inverse square by hand, cones, hours, the source on its way, bad input."""

import json
from math import cos, radians, sin, sqrt
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designs import check, checked, doses_of
from shieldcalc.cli import cli
from shieldcalc.model.loader import load
from shieldcalc.photons.dose import H10
from shieldcalc.photons.point import rates
from shieldcalc.photons.source import of_nuclide
from shieldcalc.plugins import catalog
from sites import CONE, LAYERS, POINT, bunker, exposure, open_site, reaches

ROOT = Path(__file__).parents[2]
IR192 = rates(of_nuclide("Ir-192", 1e12), 1.0).doses[H10]  # uSv/h at 1 m of 1 TBq
ASIDE = POINT.format(id="aside", x=0, y=20, z=1)
AHEAD = POINT.format(id="ahead", x=20, y=0, z=1)
LIMITS = """
[[room.boundary]]
id = "moment"
limit = "7.5 uSv/h"
[[room.boundary]]
id = "mean"
limit = "7.5 uSv/h"
averaging = "hour"
"""


def with_limits(text: str) -> str:
    return text.replace('height = "6 m"\n', 'height = "6 m"\n' + LIMITS)


def test_a_point_in_the_open_by_hand(tmp_path: Path) -> None:
    got = doses_of(checked(tmp_path, open_site(AHEAD, exposure())))["ahead"]
    assert got["h10_beam_on_uSv_per_h"] == pytest.approx(IR192 / 20**2)
    assert got["h10_week_mSv"] == pytest.approx(IR192 / 20**2 / 1000, rel=1e-4)  # 12 x 5 min; at rest next to nothing
    assert got["h10_hour_uSv"] == pytest.approx(IR192 / 20**2 / 3, rel=1e-4)  # 4 x 5 min


def test_boundaries_are_the_inverse_square(tmp_path: Path) -> None:
    said = checked(tmp_path, with_limits(open_site(AHEAD, exposure() + CONE)))
    moment, mean = reaches(said, "moment"), reaches(said, "mean")
    assert moment["beam"] == pytest.approx(sqrt(IR192 / 7.5))
    assert moment["outside_beam"] == pytest.approx(sqrt(IR192 / 10 / 7.5))
    assert moment["wind_out"] == pytest.approx(moment["beam"])
    assert moment["at_rest"] < 0.05 * moment["beam"]
    assert mean["beam"] == pytest.approx(sqrt(IR192 / 3 / 7.5), rel=1e-4)
    assert set(mean) == {"beam", "outside_beam"}
    jsonschema.validate(said, json.loads((ROOT / "data/schemas/check-1.json").read_text()))


def test_the_source_on_its_way_counts_bare_in_hour_and_week(tmp_path: Path) -> None:
    still = checked(tmp_path, with_limits(open_site(ASIDE, exposure() + CONE)))
    moving = checked(tmp_path, with_limits(open_site(ASIDE, exposure(wind_out="30 s") + CONE)))
    before, after = doses_of(still)["aside"], doses_of(moving)["aside"]
    # 4 x 30 s a busiest hour without the collimator: a tenth of the exposures' time, with ten times their rate
    assert after["h10_hour_uSv"] == pytest.approx(2 * before["h10_hour_uSv"], rel=1e-3)
    assert after["h10_beam_on_uSv_per_h"] == pytest.approx(10 * before["h10_beam_on_uSv_per_h"])
    assert reaches(moving, "mean")["outside_beam"] == pytest.approx(
        sqrt(2) * reaches(still, "mean")["outside_beam"], rel=1e-3
    )
    assert reaches(moving, "moment")["outside_beam"] == reaches(still, "moment")["outside_beam"]


def test_beside_the_guide_tube_the_distance_is_that_from_the_tube(tmp_path: Path) -> None:
    beside = POINT.format(id="beside", x=-5, y=3, z=1)
    said = doses_of(checked(tmp_path, open_site(beside, exposure(wind_out="10 s"))))["beside"]
    assert said["h10_beam_on_uSv_per_h"] == pytest.approx(IR192 / 9)


def test_in_the_cone_nothing_is_held_back_and_outside_it_is(tmp_path: Path) -> None:
    said = doses_of(checked(tmp_path, open_site(ASIDE, AHEAD, exposure() + CONE)))
    assert said["ahead"]["h10_beam_on_uSv_per_h"] == pytest.approx(10 * said["aside"]["h10_beam_on_uSv_per_h"])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(0, 360), st.floats(2, 35))
def test_nobody_outside_the_boundary_is_above_the_limit(tmp_path: Path, degrees: float, away: float) -> None:
    x, y = away * cos(radians(degrees)), away * sin(radians(degrees))
    text = with_limits(open_site(POINT.format(id="p", x=x, y=y, z=1), exposure(wind_out="5 s") + CONE))
    said = checked(tmp_path, text.replace('"7.5 uSv/h"', '"2000 uSv/h"'))
    hour, reach = doses_of(said)["p"]["h10_hour_uSv"], reaches(said, "mean")
    nearest = min(sqrt((x - step / 10) ** 2 + y**2) for step in range(-100, 1))
    if nearest > reach["beam"]:
        assert hour <= 2000
    if nearest > reach["outside_beam"] and 60 < degrees < 300:
        assert hour <= 2000


def test_of_several_positions_the_nearest_counts(tmp_path: Path) -> None:
    two = exposure(places='["0 m", "0 m", "1 m"], ["15 m", "0 m", "1 m"]')
    near = doses_of(checked(tmp_path, open_site(AHEAD, two)))["ahead"]
    assert near["h10_beam_on_uSv_per_h"] == pytest.approx(IR192 / 25)
    assert near["h10_week_mSv"] == pytest.approx(IR192 / 25 / 1000, rel=1e-3)


def test_kinds_of_exposure_add_up_in_a_week_and_not_in_a_moment(tmp_path: Path) -> None:
    one = doses_of(checked(tmp_path, open_site(AHEAD, exposure())))["ahead"]
    two = doses_of(checked(tmp_path, open_site(AHEAD, exposure() + exposure(id="more"))))["ahead"]
    assert two["h10_week_mSv"] == pytest.approx(2 * one["h10_week_mSv"], rel=1e-3)
    assert two["h10_beam_on_uSv_per_h"] == one["h10_beam_on_uSv_per_h"]


@pytest.mark.parametrize("nuclide", ["Ir-192", "Se-75", "Co-60", "Yb-169"])
def test_every_radiography_source(nuclide: str, tmp_path: Path) -> None:
    said = checked(tmp_path, with_limits(open_site(AHEAD, exposure(), nuclide=nuclide)))
    by_hand = rates(of_nuclide(nuclide, 1e12), 1.0).doses[H10]
    assert reaches(said, "moment")["beam"] == pytest.approx(sqrt(by_hand / 7.5))


def test_a_collimator_of_layers_gives_no_pass_outside_its_cone(tmp_path: Path) -> None:
    weak = open_site(ASIDE, AHEAD, exposure(week=1, time="1 s", hour=1) + LAYERS).replace('"1 TBq"', '"1 MBq"')
    said = checked(tmp_path, weak)
    outcomes = {each["subject"]: each["outcome"] for each in said["findings"] if each["rule"].endswith("B1.public")}
    assert outcomes == {"aside": "undetermined", "ahead": "pass"}


def test_behind_a_maze_wall_no_limit_is_shown_to_be_kept(tmp_path: Path) -> None:
    maze = """
[[screen]]
id = "maze"
from = ["5.5 m", "0 m"]
to = ["5.5 m", "4 m"]
height = "3 m"
layers = [{ material = "concrete", thickness = "900 mm", density = "2.35 g/cm3" }]
"""
    work = exposure(places='["3 m", "2 m", "1 m"]')
    said = checked(tmp_path, bunker(maze.replace('"900 mm"', '"300 mm"'), work, mm=900))
    outcomes = {each["outcome"] for each in said["findings"] if each["subject"] == "w2" and each["bounds"]}
    assert outcomes <= {"undetermined", "not_applicable"}


def test_a_bunker_finds_the_cone_on_the_wall(tmp_path: Path) -> None:
    cone = """collimator = { toward = ["6 m", "3 m", "1.5 m"], half_angle = "4 deg", attenuation = 1e6, document = "s" }
"""
    said = checked(tmp_path, bunker(exposure(places='["3 m", "1 m", "1 m"]') + cone, mm=900))
    worst = max((each for each in said["points"] if each["barrier"] == "w2"), key=lambda p: p["doses"]["h10_week_mSv"])
    x, y, _ = worst["position_m"]
    assert 1 + (x - 3) * 2 / 3 - 1.2 <= y <= 1 + (x - 3) * 2 / 3 + 1.2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("open_site = true", "open_site = true\nward = true", "not both"),
        ("open_site = true", "", "built"),
        ("industrial_radiography", "gauge", "open site"),
        ("industrial_radiography", "ct", "nuclide"),
        ('limit = "7.5 uSv/h"', 'limit = "0 uSv/h"', "limit"),
        ('limit = "7.5 uSv/h"', 'limit = "7.5 uSv"', "limit"),
        ('id = "mean"', 'id = "moment"', "moment"),
        ('averaging = "hour"', 'averaging = "week"', "averaging"),
        ('time = "5 min"', 'time = "15 h"', "168 h"),
        ('time = "5 min"', "time = 5", "unit"),
        ('wind_out = "0 s"\n', "", "wind_out"),
        ("in_busiest_hour = 4", "in_busiest_hour = 13", "more than"),
        ("in_busiest_hour = 4", "in_busiest_hour = 0.01", "below"),
        ("per_week = 12", "per_week = -1", "per_week"),
        ('positions = [["0 m", "0 m", "1 m"]]', "positions = []", "positions"),
        ('positions = [["0 m", "0 m", "1 m"]]', 'positions = [["0 m", "90 m", "1 m"]]', "outside the room"),
        ("attenuation = 10,", "attenuation = 0.5,", "attenuation"),
        ("attenuation = 10, document", "document", "layers"),
        (', document = "survey"', "", "document"),
        ('half_angle = "30 deg"', 'half_angle = "200 deg"', "half_angle"),
        ('half_angle = "30 deg"', "half_angle = 30", "unit"),
        ('toward = ["10 m", "0 m", "1 m"]', 'toward = ["0 m", "0 m", "1 m"]', "positions"),
        ("shield =", "exposed_per_week = '2 h'\nshield =", "exposures"),
        ('shield = [{ material = "depleted_uranium", thickness = "60 mm" }]', "", "shield"),
        ('"depleted_uranium"', '"unobtainium"', "unobtainium"),
        ('x = ["20', "", ""),
    ],
)
def test_bad_input_is_refused_in_one_message(old: str, new: str, said: str, tmp_path: Path) -> None:
    text = with_limits(open_site(AHEAD, exposure() + CONE))
    if not said:
        text = text.replace('["20 m", "0 m", "1 m"]', '["0 m", "0 m", "1.005 m"]')
    assert not said or old in text
    result = check(tmp_path, text.replace(old, new))
    assert result.exit_code == 2, result.stdout
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_boundaries_of_a_built_room_are_refused(tmp_path: Path) -> None:
    text = bunker(exposure(places='["3 m", "2 m", "1 m"]')).replace('height = "3 m"\n', 'height = "3 m"\n' + LIMITS, 1)
    result = check(tmp_path, text)
    assert result.exit_code == 2
    assert "open site" in result.stderr


@pytest.mark.parametrize("name", ["ir192_open_site", "cs137_gauge"])
def test_three_languages(name: str, tmp_path: Path) -> None:
    for language in ("en", "vi", "zh"):
        page = tmp_path / f"{language}.html"
        asked = ["check", str(ROOT / "examples" / f"{name}.toml"), "--lang", language, "--report", str(page)]
        assert CliRunner().invoke(cli, asked).exit_code == 3
        assert page.stat().st_size > 10_000


def test_a_map_draws_the_boundaries_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "map.svg"
    asked = ["map", str(ROOT / "examples" / "ir192_open_site.toml"), "--plane", "z=1 m", "--out", str(out)]
    result = CliRunner().invoke(cli, [*asked, "--quantity", "h10_beam_on_uSv_per_h"])
    assert result.exit_code == 0, result.output
    assert "controlled" in out.read_text("utf-8")


def test_the_example_keeps_its_place_in_the_file() -> None:
    design = load(str(ROOT / "examples" / "ir192_open_site.toml"), catalog())
    assert design.open_site
    assert design.sources[0].sealed is not None
    assert design.sources[0].sealed.exposures[0].wind_out_h == pytest.approx(16 / 3600)
