"""Rooms with sealed gamma sources: doses by hand and by the plain kernel, properties, bad input, three languages."""

import json
import math
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from designs import box, check, doses, head, slabs
from shieldcalc.cli import cli
from shieldcalc.model.design import Layer
from shieldcalc.photons import shield
from shieldcalc.photons.dose import H10
from shieldcalc.photons.point import rates
from shieldcalc.photons.source import of_nuclide
from shieldcalc.physics.gamma.passing import at_1m

EXAMPLE = Path(__file__).parents[2] / "examples" / "source_store.toml"
HEAD = head("Works", "Store", "VN-19-2012") + box(6, 4) + slabs()
WALL = """
[[wall]]
id = "w{edge}"
edge = {edge}
layers = [{{ material = "concrete", thickness = "200 mm", density = "2.35 g/cm3" }}]
beyond = {{ kind = "{kind}", occupancy = 1 }}
"""
POINT = """
[[point]]
id = "{id}"
position = ["{x} m", "2 m", "1 m"]
beyond = {{ kind = "inside_room", occupancy = 1, designation = "controlled", person = "radiation_worker" }}
"""
SOURCE = """
[[source]]
id = "s{number}"
kind = "gauge"
nuclide = "Co-60"
activity = "1 GBq"
position = ["1 m", "2 m", "1 m"]
"""


def room(*sources: str, kind: str = "office") -> str:
    walls = "".join(WALL.format(edge=edge, kind=kind if edge == 2 else "nothing") for edge in (1, 2, 3, 4))
    walls = walls.replace('{ kind = "nothing", occupancy = 1 }', '{ kind = "nothing" }')
    points = POINT.format(id="near", x=2) + POINT.format(id="far", x=3)
    return HEAD + walls + points + "".join(sources)


def test_the_air_kerma_constant_and_the_inverse_square(tmp_path: Path) -> None:
    found = doses(tmp_path, room(SOURCE.format(number=1)))
    # 306 uGy m2/(GBq h): the usual air kerma rate constant of Co-60 (two gammas of 1.17 and 1.33 MeV)
    assert found["near"]["air_kerma_beam_on_uGy_per_h"] == pytest.approx(306, rel=0.01)
    assert found["near"]["h10_beam_on_uSv_per_h"] == pytest.approx(1.16 * 306, rel=0.02)  # ICRP 74: 1.16 Sv/Gy
    assert found["near"]["h10_beam_on_uSv_per_h"] == pytest.approx(4 * found["far"]["h10_beam_on_uSv_per_h"])


def test_a_week_is_working_hours_at_work_and_168_h_in_a_dwelling(tmp_path: Path) -> None:
    office = doses(tmp_path, room(SOURCE.format(number=1)))["w2"]
    home = doses(tmp_path, room(SOURCE.format(number=1), kind="dwelling"))["w2"]
    assert office["h10_week_mSv"] == pytest.approx(40 * office["h10_beam_on_uSv_per_h"] / 1000)
    assert home["h10_week_mSv"] == pytest.approx(168 * home["h10_beam_on_uSv_per_h"] / 1000)
    assert home["h10_year_mSv"] == pytest.approx(52 * home["h10_week_mSv"])


def test_behind_a_wall_it_is_the_plain_point_kernel(tmp_path: Path) -> None:
    text = room(SOURCE.format(number=1) + 'container = [{ material = "lead", thickness = "40 mm" }]')
    found = doses(tmp_path, text)["w2"]
    layers = [shield.layer("lead", 40), shield.layer("concrete", 200)]
    by_hand = rates(of_nuclide("Co-60", 1e9), 5.5, layers)  # 5 m, the wall, 0.3 m beyond it
    assert found["air_kerma_beam_on_uGy_per_h"] == pytest.approx(by_hand.air_kerma, rel=1e-9)
    assert found["h10_beam_on_uSv_per_h"] == pytest.approx(by_hand.doses[H10], rel=1e-9)


def test_a_tenth_value_layer_of_lead() -> None:
    lines = of_nuclide("Cs-137", 1e9).lines
    # 22 mm of lead are a tenth value layer of Cs-137 in broad beams (ICRP Publication 33; NCRP Report 49: 2.1 cm)
    through = at_1m(lines, (Layer(material="lead", thickness_mm=22),)).kerma / at_1m(lines, ()).kerma
    assert 0.085 < through < 0.125


def test_activity_decays_to_the_day(tmp_path: Path) -> None:
    dated = room(SOURCE.format(number=1) + "reference_date = 2015-06-30")
    stated = doses(tmp_path, room(SOURCE.format(number=1)))["near"]["air_kerma_beam_on_uGy_per_h"]
    days = (date(2025, 6, 30) - date(2015, 6, 30)).days
    now = doses(tmp_path, dated)["near"]["air_kerma_beam_on_uGy_per_h"]
    assert now == pytest.approx(stated * math.exp(-math.log(2) * days / (5.2713 * 365.2422)), rel=1e-5)
    later = doses(tmp_path, dated, "--on", "2030-06-30")["near"]["air_kerma_beam_on_uGy_per_h"]
    assert later == pytest.approx(now * math.exp(-math.log(2) * 1826 / (5.2713 * 365.2422)), rel=1e-5)


def test_sources_add_and_number_multiplies(tmp_path: Path) -> None:
    one = doses(tmp_path, room(SOURCE.format(number=1)))["w2"]
    two = doses(tmp_path, room(SOURCE.format(number=1), SOURCE.format(number=2)))["w2"]
    three = doses(tmp_path, room(SOURCE.format(number=1) + "number = 3"))["w2"]
    for key, value in one.items():
        if value is not None:
            assert two[key] == pytest.approx(2 * value)
            assert three[key] == pytest.approx(3 * value)


def test_a_shield_counts_while_the_source_is_not_exposed(tmp_path: Path) -> None:
    always = doses(tmp_path, room(SOURCE.format(number=1)))["near"]
    shut = SOURCE.format(number=1) + 'container = [{ material = "lead", thickness = "50 mm" }]'
    kept = doses(tmp_path, room(shut))["near"]
    used = SOURCE.format(number=1) + (
        'shield = [{ material = "lead", thickness = "50 mm" }]\n'
        'exposed_per_week = "10 h"\nexposed_in_busiest_hour = "30 min"\n'
    )
    found = doses(tmp_path, room(used))["near"]
    assert found["h10_beam_on_uSv_per_h"] == pytest.approx(always["h10_beam_on_uSv_per_h"])
    hour = (always["h10_beam_on_uSv_per_h"] + kept["h10_beam_on_uSv_per_h"]) / 2
    assert found["h10_hour_uSv"] == pytest.approx(hour)
    week = (10 * always["h10_beam_on_uSv_per_h"] + 30 * kept["h10_beam_on_uSv_per_h"]) / 1000
    assert found["h10_week_mSv"] == pytest.approx(week)


@settings(max_examples=25, deadline=None)
@given(
    name=st.sampled_from(("Cs-137", "Co-60", "Am-241", "Ir-192", "Tc-99m")),
    material=st.sampled_from(("lead", "concrete", "steel", "water")),
    thickness=st.floats(0.1, 600),
    more=st.floats(0.01, 200),
)
def test_a_thicker_layer_never_lets_more_through(name: str, material: str, thickness: float, more: float) -> None:
    lines = of_nuclide(name, 1e9).lines
    bare, thin, thick = (
        at_1m(lines, (Layer(material=material, thickness_mm=each),) if each else ())
        for each in (0.0, thickness, thickness + more)
    )
    assert thick.kerma <= thin.kerma * (1 + 1e-9) <= bare.kerma * (1 + 2e-9)
    assert thick.h10 <= thin.h10 * (1 + 1e-9) <= bare.h10 * (1 + 2e-9)


def test_beyond_the_tables_it_is_an_upper_value_that_is_said(tmp_path: Path) -> None:
    text = room(SOURCE.format(number=1) + 'container = [{ material = "lead", thickness = "900 mm" }]')
    result = check(tmp_path, text)
    assert "40 mean free paths" in " ".join(result.stdout.split())
    deep = at_1m(of_nuclide("Co-60", 1e9).lines, (Layer(material="lead", thickness_mm=900),))
    assert 0 < deep.kerma < 1e-12 * at_1m(of_nuclide("Co-60", 1e9).lines, ()).kerma


def test_every_printed_step_gives_its_value() -> None:
    result = CliRunner().invoke(cli, ["check", str(EXAMPLE), "--json", "-"])
    said = json.loads(result.stdout)
    steps = [step for point in said["points"] for step in point["steps"]]
    steps += [s for point in said["points"] for part in point["components"] for s in part["steps"]]
    assert len(steps) > 50
    for step in steps:
        values = {each["symbol"]: each["value"] for each in step["inputs"]}
        got = eval(step["expression"], {"exp": math.exp, "log": math.log}, values)
        assert got == pytest.approx(step["value"], rel=1e-12)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('nuclide = "Co-60"', 'nuclide = "Pu-Be"', "neutron"),
        ('nuclide = "Co-60"', 'nuclide = "Cf-252"\nshape = "sphere"\nradius = "1 cm"', "fission"),
        ('nuclide = "Co-60"', 'nuclide = "Sr-90"\nshape = "sphere"\nradius = "1 cm"', "bremsstrahlung"),
        ('nuclide = "Co-60"', 'nuclide = "U-238"', "daughters = false"),
        ('nuclide = "Co-60"', 'nuclide = "F-18"\nreference_date = 2020-01-01', "nothing of it is left"),
        ('nuclide = "Co-60"', 'nuclide = "Mo-99"\nreference_date = 2010-01-01', "nothing of it is left"),
        ('nuclide = "Co-60"', 'nuclide = "Co-06"', "Co-60"),
        ('nuclide = "Co-60"\n', "", "nuclide"),
        ('activity = "1 GBq"', 'activity = "1 Gy"', "GBq"),
        ('activity = "1 GBq"', 'activity = "1 GBq"\nreference_date = 2026-01-01', "before the reference date"),
        ('activity = "1 GBq"', 'activity = "1 GBq"\nexposed_per_week = "5 h"', "shield"),
        ('activity = "1 GBq"', 'activity = "1 GBq"\nfiltration = "2 mm Al"', "filtration"),
        ('activity = "1 GBq"', 'activity = "1 GBq"\ncontainer = [{ material = "led", thickness = "1 mm" }]', "lead"),
        ('activity = "1 GBq"', 'activity = "1 GBq"\ncontainer = [{ material = "lead" }]', "thickness"),
        ('position = ["1 m", "2 m", "1 m"]', 'position = ["9 m", "2 m", "1 m"]', "position"),
        ('activity = "1 GBq"', 'activity = "1 GBq"\ncontainer = [{ material = "air", thickness = "1.2 m" }]', "near"),
        ('working_hours = "40 h"\n', "", "working_hours"),
        ('kind = "gauge"', 'kind = "ct"', "nuclide"),
        ('working_hours = "40 h"', 'working_hours = "40 h"\nmethods = ["ncrp147"]', "gauge"),
        (
            '{ material = "concrete", thickness = "200 mm", density = "2.35 g/cm3" }',
            '{ material = "lead_glass", lead_equivalent = "2 mm" }',
            "lead_glass",
        ),
    ],
)
def test_bad_input_is_refused_in_one_clear_message(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = room(SOURCE.format(number=1))
    assert old in text
    result = check(tmp_path, text.replace(old, new))
    assert result.exit_code == 2, result.stdout
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_day_before_the_reference_date_is_refused(tmp_path: Path) -> None:
    result = check(tmp_path, room(SOURCE.format(number=1) + "reference_date = 2020-01-01\n"), "--on", "2019-01-01")
    assert result.exit_code == 2
    assert "not reckoned backwards" in result.stderr


def test_the_day_asked_about_counts_not_that_of_the_file(tmp_path: Path) -> None:
    """A source of a later day than the file's is known on a day after it, asked with --on."""
    result = check(tmp_path, room(SOURCE.format(number=1) + "reference_date = 2026-01-01\n"), "--on", "2026-02-01")
    assert result.exit_code != 2, result.stderr


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_the_example_in_three_languages(language: str, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    result = CliRunner().invoke(cli, ["check", str(EXAMPLE), "--lang", language, "--report", str(report)])
    assert result.exit_code == 3  # no binding dose rule for such rooms is held
    assert "Cs-137" in report.read_text("utf-8")


def test_what_a_barrier_needs_keeps_the_rules_when_built(tmp_path: Path) -> None:
    text = room(SOURCE.format(number=1).replace("1 GBq", "20 GBq"))
    said = json.loads(check(tmp_path, text, "--json", "-").stdout)
    wall = next(each for each in said["barriers"] if each["id"] == "w2")
    assert wall["outcome"] == "fail"
    needs = {each["material"]: each["required_mm"] for each in wall["requirements"]}
    limit = wall["goals"][0]["limit"]
    layers = '{ material = "concrete", thickness = "200 mm", density = "2.35 g/cm3" }'
    for name, thickness in (("concrete", needs["concrete"]), ("lead", needs["lead"])):
        for factor, most in ((1.0, 1.0), (0.97, math.inf)):
            built = text.replace(layers, f'{{ material = "{name}", thickness = "{factor * thickness} mm" }}')
            dose = doses(tmp_path, built)["w2"]["h10_year_mSv"]
            assert dose <= limit * most
            assert factor == 1.0 or dose > limit


def test_what_a_barrier_needs_holds_where_one_nuclide_outlasts_another(tmp_path: Path) -> None:
    """Am-241 gives most as the wall stands, Co-60 elsewhere once the wall is thick: there the rule has to hold."""
    soft = SOURCE.format(number=1).replace("Co-60", "Am-241").replace("1 GBq", "2 TBq")
    hard = SOURCE.format(number=2).replace("1 GBq", "0.3 GBq")
    layers = '{ material = "concrete", thickness = "200 mm", density = "2.35 g/cm3" }'
    thin = '{ material = "lead", thickness = "0.1 mm" }'
    text = room(soft.replace('"1 m", "2 m"', '"5 m", "0.5 m"'), hard.replace('"1 m", "2 m"', '"5 m", "3.5 m"'))
    said = json.loads(check(tmp_path, text.replace(layers, thin), "--json", "-").stdout)
    wall = next(each for each in said["barriers"] if each["id"] == "w2")
    lead = next(each["required_mm"] for each in wall["requirements"] if each["material"] == "lead")
    built = text.replace(layers, f'{{ material = "lead", thickness = "{lead!r} mm" }}')
    assert doses(tmp_path, built)["w2"]["h10_year_mSv"] <= wall["goals"][0]["limit"]


def test_rules_on_x_ray_equipment_do_not_judge_a_source_store() -> None:
    named = [word for name in ("VN-LC-24-2015", "CN-GBZ130-2020", "VN-19-2012") for word in ("--regulation", name)]
    said = json.loads(CliRunner().invoke(cli, ["check", str(EXAMPLE), *named, "--json", "-"]).stdout)
    applied = {each["instrument"] for each in said["findings"] if each["outcome"] != "not_applicable"}
    assert not {"VN-LC-24-2015", "CN-GBZ130-2020"} & applied
    assert said["exit_code"] == 3


def test_a_map(tmp_path: Path) -> None:
    out = tmp_path / "map.csv"
    result = CliRunner().invoke(cli, ["map", str(EXAMPLE), "--quantity", "h10_beam_on_uSv_per_h", "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    assert out.stat().st_size > 1000
