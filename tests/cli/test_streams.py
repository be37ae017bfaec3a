"""Streams closed before or while a command writes: never a traceback, never an exit code that says a verdict."""

import subprocess
import sys

import pytest

from shieldcalc.resources import data_path

CHECK = ["check", data_path("templates", "ct.toml")]
QUICK = ["transmission", "--kv", "100", "--layer", "lead", "1 mm", "--json"]


def in_shell(arguments: list[str], ending: str) -> subprocess.CompletedProcess[str]:
    """Run shieldcalc in bash with a redirection."""
    command = f'"$@" {ending}'
    whole = ["bash", "-c", command, "bash", sys.executable, "-m", "shieldcalc", *arguments]
    return subprocess.run(whole, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("arguments", [CHECK, QUICK, ["--help"]])
def test_standard_output_closed_from_the_start(arguments: list[str]) -> None:
    ended = in_shell(arguments, ">&-")
    assert ended.returncode in (0, 3)
    assert ended.stderr == ""


def test_errors_closed_from_the_start() -> None:
    ended = in_shell(["check", "missing.toml"], "2>&-")
    assert (ended.returncode, ended.stdout) == (2, "")


def test_a_reader_that_leaves_is_no_verdict() -> None:
    ended = in_shell(CHECK, '| true; exit "${PIPESTATUS[0]}"')
    assert ended.returncode == 141
    assert ended.stderr == ""
