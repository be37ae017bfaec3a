"""The program around the commands: help, version, exit codes, streams, plugin commands, shared arguments."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from shieldcalc import __version__
from shieldcalc.cli import COMMANDS, cli
from shieldcalc.cli.common import Quantity, emit, encode, json_flag, layer_option, notices
from shieldcalc.errors import Notice, PluginError, UnknownNameError

EXAMPLE = Path(__file__).parents[2] / "plugins" / "survey" / "src"


def _run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-m", "shieldcalc", *arguments], capture_output=True, text=True, check=False)


def test_help_lists_every_command_in_the_order_of_work() -> None:
    shown = CliRunner().invoke(cli, ["--help"])
    assert shown.exit_code == 0
    places = [shown.output.index(f"  {name} ") for name in COMMANDS]
    assert places == sorted(places)
    assert all(words in " ".join(shown.output.split()) for _, words in COMMANDS.values())


def test_version() -> None:
    assert CliRunner().invoke(cli, ["--version"]).output == f"shieldcalc {__version__}\n"


def _leaves(command: click.Command, path: tuple[str, ...]) -> list[tuple[str, ...]]:
    if isinstance(command, click.Group):
        return [leaf for name, child in command.commands.items() for leaf in _leaves(child, (*path, name))]
    return [path]


def _commands() -> list[tuple[str, ...]]:
    context = click.Context(cli)
    found = ((name, cli.get_command(context, name)) for name in COMMANDS)
    return [leaf for name, command in found if command for leaf in _leaves(command, (name,))]


def test_every_command_helps_with_an_example_and_json() -> None:
    for path in _commands():
        shown = CliRunner().invoke(cli, [*path, "--help"])
        assert shown.exit_code == 0, path
        assert "Example" in shown.output, path
        assert f"shieldcalc {' '.join(path)} " in shown.output, path
        assert "--json" in shown.output, path


def test_an_unknown_command_is_named_with_its_neighbour() -> None:
    done = _run("transmision")
    assert done.returncode == 2
    assert "did you mean 'transmission'?" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "arguments", [["transmission", "--no-such"], ["--no-such"], ["barrier", "nothing"], ["thickness"]]
)
def test_wrong_usage_exits_with_two_and_says_nothing_on_stdout(arguments: list[str]) -> None:
    done = _run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def _group(raised: BaseException) -> click.Group:
    @click.command()
    def command() -> None:
        raise raised

    class Group(type(cli)):  # type: ignore[misc]
        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:  # noqa: ARG002
            return command

    return Group(name="shieldcalc")


@pytest.mark.parametrize(
    ("raised", "code", "words"),
    [
        (UnknownNameError("material", "leed", ["lead"]), 2, "did you mean 'lead'?"),
        (PluginError("no_such_text", depth=3), 2, "no_such_text"),
        (BrokenPipeError(), 141, ""),
        (KeyboardInterrupt(), 130, ""),
        (OSError(28, "No space left on device"), 2, "standard output: could not be written (No space left on device)"),
        (click.exceptions.Exit(3), 3, ""),
        (click.UsageError("not so"), 2, "not so"),
    ],
)
def test_whatever_ends_a_command_becomes_an_exit_code(raised: BaseException, code: int, words: str) -> None:
    ended = CliRunner().invoke(_group(raised), ["anything"])
    assert ended.exit_code == code
    assert words in ended.stderr
    assert ended.stdout == ""


def test_a_closed_pipe_is_quiet() -> None:
    command = f"{sys.executable} -m shieldcalc --help | head -c 1 > /dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.strip() in ("0", "141")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [["--help"], ["transmission", "--kv", "100", "--layer", "lead", "1 mm"]])
def test_a_full_disk_is_one_line_and_not_success(arguments: list[str]) -> None:
    command = f"{sys.executable} -m shieldcalc {shlex.join(arguments)} > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode not in (0, 1, 3)
    assert "Traceback" not in done.stderr


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    plain = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    code = "import click, shieldcalc.cli as c; from shieldcalc.__main__ import main\n"
    code += "c.cli.invoke = lambda ctx: click.echo('\\u00b5Sv L\\u00e0o \\u5242')\nmain(['check'])"
    done = subprocess.run([sys.executable, "-c", code], env=plain, capture_output=True, check=True, cwd=tmp_path)
    assert done.stdout.decode("utf-8").strip() == "µSv Lào 剂"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Return a function that writes the metadata of an installed package with one command."""
    monkeypatch.syspath_prepend(str(EXAMPLE))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delenv("SHIELDCALC_PLUGINS")

    def write(distribution: str, line: str) -> None:
        info = tmp_path / f"{distribution}-1.0.dist-info"
        info.mkdir()
        (info / "entry_points.txt").write_text(f"[shieldcalc.commands]\n{line}\n", "utf-8")

    return write


def test_a_plugin_command_is_listed_without_importing_it(installed: Callable[[str, str], None]) -> None:
    installed("point_table", "survey = shieldcalc_survey.command:survey")
    shown = CliRunner().invoke(cli, ["--help"])
    assert "survey" in shown.output
    assert "from point_table" in shown.output
    assert "shieldcalc_survey.command" not in sys.modules
    assert "survey SHEET" in CliRunner().invoke(cli, ["survey", "--help"]).output


def test_a_plugin_command_that_fails_is_one_line(installed: Callable[[str, str], None]) -> None:
    installed("broken", "units = no_such_module:units")
    ended = CliRunner().invoke(cli, ["units"])
    assert ended.exit_code == 2
    assert ended.stderr.startswith("plugin broken cannot be used: ModuleNotFoundError")


def test_two_plugins_that_claim_one_command_are_refused(installed: Callable[[str, str], None]) -> None:
    installed("first", "survey = shieldcalc_survey.command:survey")
    installed("second", "survey = shieldcalc_survey.command:survey")
    assert "claimed by both first and second" in CliRunner().invoke(cli, ["survey"]).stderr


def test_a_plugin_may_not_take_a_built_in_command(installed: Callable[[str, str], None]) -> None:
    installed("thief", "new = shieldcalc_point_table.command:units")
    assert "from thief; not used, the name is built in" in CliRunner().invoke(cli, ["--help"]).output
    assert "length: mm" not in CliRunner().invoke(cli, ["new", "--help"]).output


@click.command()
@layer_option
@click.option("--distance", type=Quantity("length"))
@json_flag
def _shared(layers: tuple[tuple[str, float], ...], distance: float | None, as_json: bool) -> None:
    emit("shieldcalc/test/1", {"layers": layers, "distance_mm": distance, "json": as_json})


def test_layers_keep_their_order_and_become_mm() -> None:
    arguments = [
        "--layer",
        "lead",
        "1.2 mm",
        "--layer",
        "concrete",
        "15cm",
        "--layer",
        "lead",
        "0 mm",
        "--distance",
        "3 m",
    ]
    shown = CliRunner().invoke(_shared, [*arguments, "--json"])
    assert json.loads(shown.stdout) == {
        "schema": "shieldcalc/test/1",
        "layers": [["lead", 1.2], ["concrete", 150.0], ["lead", 0.0]],
        "distance_mm": 3000.0,
        "json": True,
        "plugins": [],
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--layer", "lead", "1.2"], "has no unit"),
        (["--layer", "lead", "-1 mm"], "must not be negative"),
        (["--layer", "lead", "1,2 mm"], "has a comma"),
        (["--layer", "lead", "nan mm"], "does not begin with a number"),
        (["--layer", "lead", "1 kg"], "is not a unit of length"),
        (["--layer", "lead"], "requires 2 arguments"),
        (["--layer", "lead", "1 mm", "--distance", "0 m"], "must be more than zero"),
        ([], "Missing option"),
    ],
)
def test_wrong_quantities_are_usage_errors(arguments: list[str], words: str) -> None:
    ended = CliRunner().invoke(_shared, arguments)
    assert ended.exit_code == 2
    assert words in " ".join(ended.stderr.split())
    assert ended.stdout == ""


def test_json_is_utf8_and_never_holds_what_json_cannot() -> None:
    assert "µSv" in encode({"unit": "µSv"}).decode()
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="not JSON compliant"):
            encode({"value": value})


def test_notices_keep_code_text_and_parameters() -> None:
    assert notices([Notice("warnings.plugin_absent", {"plugin": "p"})]) == [
        {
            "plugin": "p",
            "code": "warnings.plugin_absent",
            "text": "plugin p, named in SHIELDCALC_PLUGINS, is not installed",
        }
    ]
