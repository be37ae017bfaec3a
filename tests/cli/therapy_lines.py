"""Lines of ``shieldcalc barrier`` for therapy rooms, and what they answer."""

import json
import shlex
from pathlib import Path
from typing import Any

import jsonschema
from click.testing import CliRunner, Result

from shieldcalc.cli import cli

SCHEMAS = Path(__file__).parents[2] / "data/schemas"
PRIMARY = (
    "linac --mv 6 --component primary --workload '500 Gy/week' --use 0.25 --occupancy 1 --distance '6 m'"
    " --goal '0.02 mSv/week' --material concrete"
)
SCATTER = (
    "linac --mv 18 --component scatter --angle 30 --field '1600 cm2' --scatter-distance '1 m' --workload '600 Gy/week'"
    " --occupancy 0.0625 --distance '7.2 m' --goal '0.02 mSv/week' --material concrete"
)
LEAKAGE = PRIMARY.replace("primary", "leakage").replace(" --use 0.25", "")
ORTHO = (
    "orthovoltage --kv 250 --component primary --workload '150 Gy/week' --use 0.25 --distance '3.5 m'"
    " --goal '0.12 mSv/week' --material lead"
)
DOOR = "door --photons '100 uSv/week' --capture-gammas '65.3 uSv/week' --neutrons '765 uSv/week' --goal '0.1 mSv/week'"
NEUTRONS = (
    "maze-neutrons --mv 18 --workload '450 Gy/week' --machine 'Varian 1800' --d1 6.4m --d2 8.5m --s0 '10.2 m2'"
    " --s1 '8.76 m2' --room '7.8 m x 7.8 m x 3.65 m'"
)
PHOTONS = (
    "maze-photons --mv 6 --workload '225 Gy/week' --field '1600 cm2' --dh 4.2m --dr 5.9m --dz 6.8m --dsec 7.3m"
    " --dzz 9.9m --dl 7.3m --a0 '2.82 m2' --az '8.4 m2' --a1 '11.8 m2' --maze-width 2.2m --maze-height 3.5m"
    " --maze-wall concrete 1.2m"
)
SKYSHINE = "skyshine --mv 18 --dose-rate '6 Gy/min' --roof concrete 30cm --di 7m --ds 15m"
LAMINATE = "laminate --mv 18 --workload '450 Gy/week' --metal lead --metal-thickness 25cm --inside 30cm --outside 80cm"


def run(line: str) -> Result:
    return CliRunner().invoke(cli, ["barrier", *shlex.split(line)])


def answer(line: str) -> dict[str, Any]:
    result = run(line + " --json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    schema = json.loads((SCHEMAS / f"barrier-{line.split()[0]}-1.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(found)
    return found


def codes(found: dict[str, Any]) -> set[str]:
    return {each["code"].partition(".")[2] for each in found["warnings"]}
