"""``check`` on wards: exit codes, rules on mobile units, people by place, reports in three languages."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from wards import judged, ward

from shieldcalc.cli import cli
from shieldcalc.reports import html
from shieldcalc.texts import LANGUAGES

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "mobile_xray_ward.toml"
LAO_CAI = ("VN-LC-24-2015",)
SCREEN = """[[screen]]
id = "lead"
from = ["{x} m", "0.5 m"]
to = ["{x} m", "9 m"]
height = "{high} m"
layers = [{{ material = "lead", thickness = "2 mm" }}]
"""


def outcomes(text: str, folder: Path, rule: str) -> dict[str, str]:
    return {each.subject: each.outcome for each in judged(text, folder).findings if each.rule == rule}


def test_the_example_says_its_zones() -> None:
    result = CliRunner().invoke(cli, ["check", str(EXAMPLE), "--json", "-"])
    assert result.exit_code == 3, result.stderr
    said = json.loads(result.stdout)
    jsonschema.validate(said, json.loads((ROOT / "data" / "schemas" / "check-1.json").read_text("utf-8")))
    reach = {(zone["rule"], zone["worker"]): zone["aside_m"] for zone in said["zones"]}
    assert 2.5 < reach["VN-19-2012/7.public", False] < 3.5
    assert reach["VN-19-2012/7.workers", True] < 1
    assert {each["outcome"] for each in said["findings"] if each["outcome"] == "fail"} == set()
    assert [point["distance_m"] for point in said["points"] if point["role"] == "operator"] == [2.5]


@pytest.mark.parametrize("language", LANGUAGES)
def test_terminal_and_report_in_every_language(language: str, tmp_path: Path) -> None:
    report = tmp_path / "ward.html"
    result = CliRunner().invoke(cli, ["check", str(EXAMPLE), "--lang", language, "--report", str(report)])
    assert result.exit_code == 3, result.stderr
    assert "Z1" in result.stdout
    page = report.read_text("utf-8")
    assert "controlled_zone" in page
    assert ("2,99" if language == "vi" else "2.99") in page


def test_a_report_of_the_same_ward_is_the_same_bytes(tmp_path: Path) -> None:
    assert html.write(judged(ward(), tmp_path), "en") == html.write(judged(ward(), tmp_path), "en")


def test_rules_on_the_room_do_not_judge_a_ward(tmp_path: Path) -> None:
    found = judged(ward(instruments=LAO_CAI), tmp_path).findings
    applied = {each.rule for each in found if each.outcome != "not_applicable"}
    assert (
        applied & {f"VN-LC-24-2015/{rule}" for rule in ("15.1", "15.4a", "16.1", "16.2.door", "16.3.outside")} == set()
    )
    assert {"VN-LC-24-2015/13.1g", "VN-LC-24-2015/18.2", "VN-LC-24-2015/15.3"} <= applied


@pytest.mark.parametrize(("distance", "outcome"), [(1.9, "fail"), (2.0, "pass"), (5.0, "pass")])
def test_the_cable(distance: float, outcome: str, tmp_path: Path) -> None:
    text = ward(operator=distance, instruments=LAO_CAI)
    assert outcomes(text, tmp_path, "VN-LC-24-2015/13.1g") == {"mobile": outcome}


def test_an_operator_not_declared_is_not_passed(tmp_path: Path) -> None:
    text = ward(instruments=LAO_CAI).replace('[source.operator]\ndistance = "2.5 m"\nprotection = "0.25 mm"\n', "")
    assert outcomes(text, tmp_path, "VN-LC-24-2015/13.1g") == {"mobile": "undetermined"}


def test_people_outside_the_ward_have_the_rate_rule(tmp_path: Path) -> None:
    text = ward(people=((6.0, 5.0, 0.9), (14.0, 5.0, 1.0)), instruments=LAO_CAI)
    assert set(outcomes(text, tmp_path, "VN-LC-24-2015/15.3d")) == {"person_2"}
    zones = judged(text, tmp_path).zones
    assert {zone.inside for zone in zones if zone.rule.endswith("15.3d")} == {False}


def test_behind_a_low_screen_nothing_passes(tmp_path: Path) -> None:
    rule = "ICRP-103/public"
    bare = judged(ward(), tmp_path)
    low, full = (judged(ward() + SCREEN.format(x=4.5, high=high), tmp_path) for high in (1.9, 3.2))
    doses = [next(p for p in each.results[0].points if p.point.id == "person_1").doses for each in (bare, low, full)]
    assert doses[1].h10_week_mSv < 0.05 * doses[0].h10_week_mSv
    said = [
        next(f.outcome for f in each.findings if f.rule == rule and f.subject == "person_1") for each in (low, full)
    ]
    assert said == ["undetermined", "pass"]


def test_somebody_in_the_primary_beam_fails_and_is_named(tmp_path: Path) -> None:
    text = ward(stopped=False, people=((3.0, 2.0, -2.0),))
    found = judged(text, tmp_path)
    assert any(each.code == "warnings.ward_primary_on" for each in found.notices)
    assert any(each.outcome == "fail" for each in found.findings)
    nobody = judged(ward(stopped=False), tmp_path)
    assert any(each.code == "warnings.ward_primary_open" for each in nobody.notices)


def test_somebody_at_the_patient_is_warned_of(tmp_path: Path) -> None:
    found = judged(ward(people=((3.4, 2.0, 0.9),)), tmp_path)
    (said,) = [each.params for each in found.notices if each.code == "warnings.nearer_than_zones"]
    assert said["point"] == "person_1"
    assert said["value"] == pytest.approx(0.4)


@pytest.mark.parametrize("kind", ["mobile_xray", "mobile_c_arm"])
@pytest.mark.parametrize("method", ["ncrp147", "bir", "gbz130"])
def test_every_method_and_kind(kind: str, method: str, tmp_path: Path) -> None:
    file = tmp_path / "ward.toml"
    file.write_text(ward(kind=kind, methods=(method,), instruments=("CN-GBZ130-2020", "CN-GB18871-2002", "ICRP-103")))
    result = CliRunner().invoke(cli, ["check", str(file), "--json", "-"])
    assert result.exit_code in (1, 3), result.stderr
    assert {zone["method"] for zone in json.loads(result.stdout)["zones"]} == {method}


def test_neighbouring_beds_in_china(tmp_path: Path) -> None:
    text = ward(people=((4.5, 2.0, 0.9), (6.0, 2.0, 0.9)), instruments=("CN-GBZ130-2020",), methods=("gbz130",))
    assert outcomes(text, tmp_path, "CN-GBZ130-2020/7.bedside") == {"person_1": "fail", "person_2": "pass"}
    screened = text + SCREEN.format(x=3.8, high=3.2)
    assert set(outcomes(screened, tmp_path, "CN-GBZ130-2020/7.bedside").values()) == {"not_applicable"}


def test_a_template_checks(tmp_path: Path) -> None:
    file = tmp_path / "ward.toml"
    file.write_text(CliRunner().invoke(cli, ["new", "mobile_xray"]).stdout)
    assert CliRunner().invoke(cli, ["check", str(file)]).exit_code == 3
