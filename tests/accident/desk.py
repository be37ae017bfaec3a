"""Runs a command of the accident desk and reads its answer, held against its JSON Schema."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
from click.testing import CliRunner

from shieldcalc.cli import cli

SCHEMAS = Path(__file__).parents[2] / "data" / "schemas"


@cache
def schema(command: str) -> Any:
    return json.loads((SCHEMAS / f"accident-{command}-1.json").read_text("utf-8"))


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["accident", *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def told(*arguments: str) -> dict[str, Any]:
    code, output = run(*arguments, "--json")
    assert code == 0, output
    found: dict[str, Any] = json.loads(output)
    jsonschema.validate(found, schema(arguments[0]))
    return found


HEAD = """format = 1
[case]
id = "A-1"
name = "Made up"
place = "Somewhere"
jurisdiction = "CN/Guangxi"
discovered = 2026-03-02T06:40:00
"""
