"""``shieldcalc barrier``: answers, schema, plain text, refusals."""

import json
import shlex
import subprocess
import sys
from math import exp, isclose, log, sqrt
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from shieldcalc.cli import cli
from shieldcalc.resources import data_path

CHEST = (
    'xray --workload chest_room --component primary --patients 300 --goal "0.02 mGy/week" --occupancy 1 --use 1'
    ' --distance "3 m" --material lead'
)
SIDE = (
    'xray --workload rad_room_all_barriers --component leakage_side --patients 125 --goal "0.02 mGy/week"'
    ' --distance "3 m" --material concrete'
)
DLP = 'ct --kv 120 --dlp body 150 "550 mGy*cm" --goal "0.02 mGy/week" --distance "3 m" --material lead'


def run(command: str) -> Result:
    return CliRunner().invoke(cli, ["barrier", *shlex.split(command)])


def answer(command: str) -> dict[str, Any]:
    result = run(f"{command} --json")
    assert result.exit_code == 0, result.output
    data: dict[str, Any] = json.loads(result.stdout)
    name = data["schema"].split("/")[1]
    jsonschema.validate(data, json.loads(Path(data_path("schemas", f"{name}-1.json")).read_text(encoding="utf-8")))
    return data


def codes(found: list[dict[str, str]]) -> set[str]:
    return {each["code"].removeprefix("warnings.").removeprefix("assumptions.") for each in found}


def test_net_thickness_is_total_less_preshielding() -> None:
    data = answer(f"{CHEST} --preshielding table_and_receptor")
    assert isclose(data["total_thickness_mm"] - 0.85, data["thickness_mm"])
    assert answer(CHEST)["thickness_mm"] == data["total_thickness_mm"]


def test_steps_give_their_values_again() -> None:
    for command in (f"{CHEST} --preshielding cross_table", SIDE, DLP, f"{SIDE.replace('0.02 mGy/week', '1 mGy/year')}"):
        for step in answer(command)["steps"]:
            values = {symbol: each["value"] for symbol, each in step["inputs"].items()}
            assert isclose(eval(step["expression"], {"exp": exp, "log": log, "sqrt": sqrt}, values), step["value"])


@pytest.mark.parametrize("component", ["leakage", "side", "forward_back", "leakage_side", "leakage_forward_back"])
@pytest.mark.parametrize("workload", ["rad_room_all_barriers", "chest_room", "cardiac_angiography", "mammography_room"])
def test_every_secondary_component(workload: str, component: str) -> None:
    data = answer(SIDE.replace("rad_room_all_barriers", workload).replace("leakage_side", component))
    assert data["unshielded_air_kerma_mGy_per_week"] > 0
    assert data["tables"]


def test_own_curve_of_each_component() -> None:
    """Leakage alone is harder than scatter alone; the table of both lies between."""
    own = SIDE.replace("concrete", "lead") + " --k1 '1 mGy'"
    by = {
        name: answer(own.replace("leakage_side", name))["thickness_mm"] for name in ("leakage", "side", "leakage_side")
    }
    assert by["leakage"] > by["leakage_side"] > 0.9 * by["side"]


@pytest.mark.parametrize("material", ["lead", "concrete", "gypsum", "steel", "plate_glass", "wood", "brick"])
@pytest.mark.parametrize("command", [CHEST, SIDE, DLP])
def test_every_material(command: str, material: str) -> None:
    other = command.replace("--material lead", f"--material {material}").replace("concrete", material)
    if "ct --kv" in command and material == "wood":
        assert run(other).exit_code in (0, 2)
    else:
        assert answer(other)["thickness_mm"] > 0


def test_preshielding_of_a_material_without_its_own_row() -> None:
    data = answer(f"{CHEST.replace('--material lead', '--material gypsum')} --preshielding table_and_receptor")
    assert "preshielding_by_lead" in codes(data["warnings"])
    assert 0 < data["thickness_mm"] < data["total_thickness_mm"]


def test_nothing_needed() -> None:
    data = answer(f"{SIDE.replace('0.02 mGy/week', '5 mGy/week')}")
    assert data["thickness_mm"] == data["total_thickness_mm"] == 0
    assert data["required_transmission"] > 1
    assert "no_shielding_needed" in codes(data["warnings"])


def test_preshielding_alone_suffices() -> None:
    data = answer(CHEST.replace("0.02 mGy/week", "1 mGy/week") + " --preshielding table_and_receptor")
    assert data["total_thickness_mm"] > 0
    assert data["thickness_mm"] == 0


@pytest.mark.parametrize(
    "goal",
    [
        "0.02 mGy/week",
        "20 uGy/week",
        "20µGy/wk",
        "1 mGy/year",
        "1000 uGy/y",
        "2e-5 Gy/week",
        "0.02 mSv/week",
        "1 mSv/a",
    ],
)
def test_any_spelling_of_the_goal(goal: str) -> None:
    found = answer(SIDE.replace("0.02 mGy/week", goal))
    assert found["thickness_mm"] == answer(SIDE)["thickness_mm"]
    assert ("goal_of_a_year" in codes(found["assumptions"])) == (goal.split("/")[1][0] in "ya")
    assert ("sievert_as_gray" in codes(found["assumptions"])) == ("Sv" in goal)


@pytest.mark.parametrize("distance", ["3m", "300 cm", "3000mm", "3.0 m", "3e3 mm", "+3 m"])
def test_any_spelling_of_the_distance(distance: str) -> None:
    assert answer(CHEST.replace("3 m", distance))["thickness_mm"] == answer(CHEST)["thickness_mm"]


@pytest.mark.parametrize("dlp", ["550mGy*cm", "550 mGy cm", "550 mGy·cm", "0.55 Gy*cm", "5.5 mGy*m"])
def test_any_spelling_of_the_dlp(dlp: str) -> None:
    assert isclose(answer(DLP.replace("550 mGy*cm", dlp))["thickness_mm"], answer(DLP)["thickness_mm"], rel_tol=1e-12)


def test_storage_goal() -> None:
    data = answer(SIDE.replace("0.02 mGy/week", "5e-4 mGy"))
    assert data["per"] == "period"
    assert "goal_of_a_period" in codes(data["assumptions"])


def test_contrast() -> None:
    default = answer(DLP)
    ctdi = 'ct --kv 120 --ctdi head 40 20cm 300mAs 1 "0.223 mGy/mAs" --goal 0.02mGy/week --distance 3m --material lead'
    assert default["regions"][0]["contrast"] == 1.4
    assert answer(ctdi)["regions"][0]["contrast"] == 1
    none = answer(f"{DLP} --contrast 1")
    ratio = default["unshielded_air_kerma_mGy_per_week"] / none["unshielded_air_kerma_mGy_per_week"]
    assert isclose(ratio, 1.4)
    assert "ct_contrast" in codes(default["assumptions"])


def test_regions_and_kinds_add_up() -> None:
    head = DLP.replace('--dlp body 150 "550 mGy*cm"', '--dlp head 30 "1200 mGy*cm"')
    both = answer(DLP.replace("--goal", '--dlp head 30 "1200 mGy*cm" --goal'))
    parts = [answer(each)["unshielded_air_kerma_mGy_per_week"] for each in (DLP, head)]
    assert isclose(both["unshielded_air_kerma_mGy_per_week"], sum(parts))


def test_plain_text_says_how() -> None:
    result = run(f"{CHEST} --preshielding table_and_receptor")
    assert result.exit_code == 0
    assert "K_P = K1_P * U * N / d_P**2 = 1.2 * 1 * 300 / 3**2 = 40.00 mGy/week" in result.output
    assert "thickness 1.307 mm lead" in result.output
    assert "Eq. 4.3" in result.output


def test_plain_text_of_ct() -> None:
    result = run(DLP)
    assert result.exit_code == 0
    assert "body: K1 = f_body * kappa_body * DLP = 1.2 * 0.0003 * 550 = 0.1980 mGy" in result.output


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("--component primary", "--component primry"), ("primry", "did you mean 'primary'", "leakage_side")),
        (("chest_room", "chest_rooom"), ("chest_rooom", "did you mean 'chest_room'")),
        (("--material lead", "--material leed"), ("leed", "did you mean 'lead'")),
        (("chest_room", "rad_room_all_barriers"), ("rad_room_all_barriers", "rad_room_chest_bucky")),
        (("chest_room", "cardiac_angiography"), ("cardiac_angiography", "chest_room")),
        (("chest_room", "mammography_room"), ("mammography_room", "chest_room")),
        (("--use 1", "--use 0.5 --component side"), ("0.5", "side")),
        (("--component primary", "--component side --preshielding cross_table"), ("cross_table", "side")),
        (("--component primary", "--component primary --preshielding table"), ("table", "cross_table")),
        (("0.02 mGy/week", "0.02"), ("0.02", "mGy/week")),
        (("0.02 mGy/week", "0,02 mGy/week"), ("0,02", "decimal point")),
        (("0.02 mGy/week", "0.02 mGy/h"), ("mGy/h", "mGy/week")),
        (("0.02 mGy/week", "0 mGy/week"), ("0 mGy/week", "more than zero")),
        (("0.02 mGy/week", "-1 mGy/week"), ("-1 mGy/week", "more than zero")),
        (("0.02 mGy/week", "nan mGy/week"), ("nan",)),
        (("0.02 mGy/week", "5e-4 mGy"), ("occupancy",)),
        (("--occupancy 1", "--occupancy 1.5"), ("1.5", "at most 1")),
        (("--occupancy 1", "--occupancy 0"), ("0", "above 0")),
        (("--use 1", "--use 0"), ("0", "above 0")),
        (("--use 1", "--use 0,5"), ("0,5", "decimal point")),
        (("--patients 300", "--patients nan"), ("nan",)),
        (("--patients 300", "--patients inf"), ("inf",)),
        (("--patients 300", "--patients -3"), ("-3",)),
        (('--distance "3 m"', "--distance 3"), ("3", "unit")),
        (('--distance "3 m"', '--distance "0 m"'), ("0 m",)),
        (('--distance "3 m"', '--distance "1e-300 m"'), ("too large or too small",)),
        (('--distance "3 m"', '--distance "1e200 m"'), ("too large or too small",)),
    ],
)
def test_refusals(change: tuple[str, str], words: tuple[str, ...]) -> None:
    command = CHEST.replace("--occupancy 1", "--occupancy 0.2") if "5e-4 mGy" in change[1] else CHEST
    assert change[0] in command
    result = run(command.replace(*change))
    assert result.exit_code == 2, result.output
    assert not result.stdout
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("--kv 120", "--kv 150"), ("150",)),
        (("--kv 120", "--kv 0"), ("above 0",)),
        (("--dlp body", "--dlp chest"), ("chest", "body")),
        (('--dlp body 150 "550 mGy*cm"', ""), ("--dlp",)),
        (("550 mGy*cm", "550"), ("550", "unit")),
        (("550 mGy*cm", "550 mGy"), ("550 mGy", "mGy*cm")),
        (("lead", "leed"), ("leed", "lead")),
    ],
)
def test_refusals_of_ct(change: tuple[str, str], words: tuple[str, ...]) -> None:
    result = run(DLP.replace(*change))
    assert result.exit_code == 2, result.output
    assert not result.stdout
    for word in words:
        assert word in result.stderr


@pytest.mark.parametrize("command", ["xray", "ct"])
def test_the_help_shows_an_example_that_runs(command: str) -> None:
    text = run(f"{command} --help").output
    example = text.partition("Example:")[2].partition("Options:")[0].replace("\\\n", " ")
    words = shlex.split(example)
    assert words[:3] == ["shieldcalc", "barrier", command]
    assert run(shlex.join(words[2:])).exit_code == 0


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys; from shieldcalc.__main__ import main; main(sys.argv[1:]);"
        "print(sorted({'numpy', 'numba', 'pydantic', 'rich', 'pluggy', 'pathlib', 'importlib.metadata', 'csv'}"
        " & set(sys.modules)), file=sys.stderr)"
    )
    arguments = ["barrier", *shlex.split(SIDE), "--json"]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert json.loads(done.stdout)["schema"] == "shieldcalc/barrier-xray/1"
