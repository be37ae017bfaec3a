"""Runs a command of the accident desk and reads its answer."""

import json
from typing import Any

from click.testing import CliRunner

from shieldcalc.cli import cli


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["accident", *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def told(*arguments: str) -> dict[str, Any]:
    code, output = run(*arguments, "--json")
    assert code == 0, output
    found: dict[str, Any] = json.loads(output)
    return found
