"""``shieldcalc barrier bir``, as people type it."""

import json
import shlex
from math import isclose
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from shieldcalc.cli import cli

SCHEMA = json.loads((Path(__file__).parents[2] / "data" / "schemas" / "barrier-bir-1.json").read_text("utf-8"))
END = ' --goal "0.3 mSv/year" --material lead'
SCATTER = 'bir --kap-per-week "1000 Gy*cm2" --kv 100 --distance "10 m"' + END
PRIMARY = (
    'bir --esd "0.1 mGy" --films-per-week 500 --kv 120 --ffd "1.8 m" --film-to-skin "0.3 m" --distance "0.8 m"' + END
)
FILMS = 'bir --intraoral scatter --films-per-week 100 --kv 70 --distance "1 m"' + END


def run(line: str) -> Result:
    return CliRunner().invoke(cli, ["barrier", *shlex.split(line)])


@pytest.mark.parametrize(("line", "K", "mm"), [(SCATTER, 0.056, 0.298), (PRIMARY, 16.642, 2.319), (FILMS, 0.1, 0.188)])
def test_json(line: str, K: float, mm: float) -> None:
    result = run(line + " --json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    assert isclose(found["unshielded_air_kerma_mGy_per_week"], K, rel_tol=1e-3)
    assert isclose(found["thickness_mm"], mm, rel_tol=3e-3)
    assert isclose(found["design_goal_mGy"], 0.3 / 52, rel_tol=1e-12)


@pytest.mark.parametrize("line", [SCATTER, PRIMARY + " --preshielding table_and_receptor", FILMS])
def test_text_shows_every_formula_with_its_numbers(line: str) -> None:
    result = run(line)
    assert result.exit_code == 0, result.output
    assert "B = q * D_c / (weeks * T * K) = 1 * 0.3 / (52 * 1 *" in result.stdout
    assert "mm lead" in result.stdout


def test_every_unit_of_kerma_area_product_gives_the_same() -> None:
    spellings = ("1000 Gy*cm2", "1000 Gy·cm²", "1e6 mGy cm2", "1e5 cGy*cm2", "1e4 dGy*cm2", "1e5 uGy*m2")
    found = {run(SCATTER.replace("1000 Gy*cm2", each) + " --json").stdout for each in spellings}
    assert len(found) == 1


def test_sides_and_angles() -> None:
    thickness = [
        json.loads(run(f"{SCATTER} --json {option}").stdout)["thickness_mm"]
        for option in ("--side receptor", "", "--side tube")
    ]
    assert thickness == sorted(thickness)
    assert json.loads(run(f"{SCATTER} --json --theta 90").stdout)["theta"] == 90


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (SCATTER.replace("1000 Gy*cm2", "1000 Gy"), ("Gy", "Gy*cm2")),
        (SCATTER.replace("1000 Gy*cm2", "1000"), ("1000",)),
        (SCATTER.replace("100 --", "40 --"), ("50 to 125",)),
        (SCATTER.replace("lead", "leed"), ("leed", "lead")),
        (SCATTER.replace("0.3 mSv/year", "0.3"), ("0.3",)),
        (SCATTER + " --esd '1 mGy'", ("say one of",)),
        (SCATTER + " --ffd '1 m'", ("--ffd", "primary")),
        (SCATTER + " --side back", ("back", "tube")),
        (SCATTER + " --side wall --theta 90", ("either",)),
        (PRIMARY.replace('--ffd "1.8 m"', ""), ("--ffd is needed",)),
        (PRIMARY.replace("0.3 m", "2 m"), ("skin",)),
        (FILMS.replace("--intraoral scatter", "--intraoral both"), ("both", "scatter")),
        (FILMS.replace("--intraoral scatter", ""), ("say one of",)),
        (FILMS + " --share 2", ("at most 1",)),
    ],
)
def test_refusals(line: str, words: tuple[str, ...]) -> None:
    result = run(line)
    assert result.exit_code == 2, result.output
    assert not result.stdout
    for word in words:
        assert word in result.stderr


def test_the_help_shows_examples_that_run() -> None:
    text = run("bir --help").output
    example = text.partition("Examples:")[2].partition("Options:")[0].replace("\\\n", " ")
    lines = [line for line in example.splitlines() if line.strip()]
    assert len(lines) == 3
    for line in lines:
        assert run(shlex.join(shlex.split(line)[2:])).exit_code == 0, line
