"""How people write what the therapy commands ask: sides of a field, no workload, misspelt choices."""

import json
import shlex
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from shieldcalc.cli import cli

SCHEMAS = Path(__file__).parents[2] / "data/schemas"
PLACE = "--distance 6m --goal '0.02 mSv/week' --material concrete"
PRIMARY = f"barrier linac --mv 6 --component primary {PLACE}"
SCATTER = f"barrier linac --mv 6 --component scatter --angle 30 --workload '500 Gy/week' {PLACE}"


def run(line: str) -> Result:
    return CliRunner().invoke(cli, shlex.split(line))


def answer(line: str) -> dict[str, Any]:
    result = run(line + " --json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("field", ["20 cm x 20 cm", "20 x 20 cm", "200mm×0.2 m", "16 cm x 25cm", "0.04 m2"])
def test_a_field_by_its_sides_is_its_area(field: str) -> None:
    assert answer(f"{SCATTER} --field '{field}'")["field_cm2"] == pytest.approx(400, rel=1e-12)


@pytest.mark.parametrize("field", ["20 cm x 20", "20 x 20", "20 cm x", "20 cm x 20 cm x 20 cm", "0 cm x 5 cm", "x"])
def test_a_field_that_is_none_is_refused(field: str) -> None:
    result = run(f"{SCATTER} --field '{field}'")
    assert result.exit_code == 2
    assert "Invalid value for '--field'" in result.stderr


def test_a_week_without_workload_needs_no_barrier_and_says_so() -> None:
    found = answer(f"{PRIMARY} --workload '0 Gy/week' --thickness 1m")
    schema = json.loads((SCHEMAS / "barrier-linac-1.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(found)
    assert (found["required_transmission"], found["tenth_value_layers"], found["thickness_mm"]) == (None, 0, 0)
    assert found["behind"]["weekly_mSv"] == 0
    assert [each["code"] for each in found["warnings"]] == ["warnings.therapy_no_workload"]
    assert "required transmission any" in run(f"{PRIMARY} --workload '0 Gy/week'").stdout


def test_a_rate_still_governs_without_workload() -> None:
    of_rate = "--rate-limit '7.5 uSv/h' --dose-rate '6 Gy/min'"
    idle = answer(f"{PRIMARY} --workload '0 Gy/week' {of_rate}")
    used = answer(f"{PRIMARY} --workload '1e-6 Gy/week' {of_rate}")
    assert idle["governed_by"]["criterion"] == "rate"
    assert idle["thickness_mm"] == used["thickness_mm"] > 0


@pytest.mark.parametrize(
    ("line", "guess"),
    [
        ("barrier linac --mv 6 --component primry", "primary"),
        ("barrier linac --mv 6 --standard NCRP-151", "ncrp151"),
        ("barrier industrial --kv 300 --standard gbzt25", "gbzt250"),
        ("barrier maze-neutrons --mv 18 --method kersy", "kersey"),
        ("transmission --mv 6 --component scater", "scatter"),
        ("thickness --kv 100 --standard gbz-130", "gbz130"),
        ("audit facility.toml --period quater", "quarter"),
    ],
)
def test_a_misspelt_choice_names_the_nearest(line: str, guess: str) -> None:
    result = run(line)
    assert result.exit_code == 2
    assert f"did you mean '{guess}'?" in result.stderr
    assert "is not one of" in result.stderr


def test_a_choice_that_is_near_nothing_has_no_guess() -> None:
    result = run("barrier linac --mv 6 --component zzz")
    assert result.exit_code == 2
    assert "did you mean" not in result.stderr
