"""``shieldcalc check`` with the BIR method: alone, beside NCRP 147, and where the file does not say enough."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from shieldcalc.cli import cli

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "data" / "schemas" / "check-1.json").read_text("utf-8"))
RADIOGRAPHY = (ROOT / "examples" / "district_hospital_radiography.toml").read_text("utf-8")
KAP = 'kap = { per_week = "120 Gy*cm2", in_busiest_hour = "8 Gy*cm2", kv = "85 kV" }\n'


def check(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["check", *map(str, arguments)])


@pytest.fixture
def room(tmp_path: Path) -> Path:
    file = tmp_path / "room.toml"
    file.write_text(RADIOGRAPHY.replace("workload = {", KAP + "workload = {"), encoding="utf-8")
    return file


def test_two_methods_side_by_side(room: Path) -> None:
    result = check(room, "--method", "ncrp147", "--method", "bir", "--json", "-")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    assert [each["id"] if "id" in each else each["name"] for each in found["methods"]] == ["ncrp147", "bir"]
    assert any("methods_differ" in str(each["code"]) for each in [*found["warnings"], *found.get("assumptions", [])])
    shown = check(room, "--method", "ncrp147", "--method", "bir").output
    assert "BIR/IPEM" in shown
    assert "times the yearly air kerma" in shown


def test_the_report_of_two_methods(room: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    assert check(room, "--method", "bir", "--method", "ncrp147", "--report", report).exit_code == 0
    text = re.sub(r"<[^>]+>", " ", report.read_text("utf-8"))
    assert "RPII 09/01" in text
    assert "NCRP Report No. 147" in text


def test_a_room_without_kerma_area_product_is_refused_by_name_of_the_key(tmp_path: Path) -> None:
    file = tmp_path / "room.toml"
    file.write_text(RADIOGRAPHY, encoding="utf-8")
    result = check(file, "--method", "bir")
    assert result.exit_code == 2
    assert not result.stdout
    assert 'kap = { per_week = "...", kv = "..." }' in result.stderr


DENTAL = ROOT / "tests" / "rooms" / "dental_clinic_below_a_flat.toml"


def test_a_dental_clinic_below_a_flat_waits_for_survey_readings_alone() -> None:
    result = check(DENTAL, "--json", "-")
    assert result.exit_code == 3
    found = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    live = [each for each in found["findings"] if each["outcome"] in ("fail", "undetermined")]
    assert live
    assert all(each["comparator"] == "measured" for each in live)


def test_ncrp_147_needs_the_charge_of_dental_films() -> None:
    result = check(DENTAL, "--method", "ncrp147")
    assert result.exit_code == 2
    assert "protocols that all give a charge" in result.stderr
