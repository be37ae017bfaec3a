"""Which plugins a run uses: folders, the variable, the options on either side of the command, what is refused."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shieldcalc import entrypoints, plugins
from shieldcalc.cli import cli

ROOT = Path(__file__).parents[2]
MATERIAL = '''"""One material of gamma calculations."""
from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.catalog import Material
__version__ = "1.0"
@hookimpl
def register_materials():
    return [Material(name="{name}", density_g_per_cm3=2.0, composition="Si:0.5 O:0.5", source="a test")]
'''


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder of two single-file plugins; nothing else is chosen before or after."""
    monkeypatch.setenv("SHIELDCALC_PLUGINS", "")
    for name in ("one", "two"):
        (tmp_path / f"{name}.py").write_text(MATERIAL.format(name=f"stone_{name}"), "utf-8")
    (tmp_path / "_helper.py").write_text("1/0", "utf-8")
    plugins.forget()
    yield tmp_path
    entrypoints.choose(entrypoints.Choice())
    plugins.forget()


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def _listed(*options: object) -> list[str]:
    done = _run(*options, "plugins", "list", "--json")
    assert done.exit_code == 0, done.output
    return [each["name"] for each in json.loads(done.stdout)["found"] if each["loaded"]]


def test_a_folder_on_the_command_line_and_in_the_variable(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _listed() == []
    assert _listed("--plugin-dir", folder) == ["one", "two"]
    monkeypatch.setenv("SHIELDCALC_PLUGINS", str(folder))
    plugins.forget()
    assert _listed() == ["one", "two"]
    assert _listed("--no-plugins") == []
    assert _listed("--only-plugins", "two") == ["two"]
    assert _listed("--only-plugins", "two", "one") == ["one", "two"]
    assert _listed("--only-plugins=one,two") == ["one", "two"]


def test_the_options_may_stand_after_the_command(folder: Path) -> None:
    before = _run("--plugin-dir", folder, "material", "stone_one", "--json")
    after = _run("material", "stone_one", "--json", f"--plugin-dir={folder}")
    assert before.exit_code == after.exit_code == 0
    assert before.stdout == after.stdout


def test_every_json_has_name_version_and_digests(folder: Path) -> None:
    from hashlib import sha256

    used = json.loads(_run("--plugin-dir", folder, "material", "stone_one", "--json").stdout)["plugins"]
    assert [each["name"] for each in used] == ["one", "two"]
    digest = sha256((folder / "one.py").read_bytes()).hexdigest()
    assert used[0]["files"] == [{"name": "one.py", "sha256": digest}]
    assert used[0]["version"] == "1.0"
    assert json.loads(_run("material", "lead", "--json").stdout)["plugins"] == []


@pytest.mark.parametrize(
    "options",
    [
        ["--only-plugins", "../../etc/passwd"],
        ["--only-plugins", "one;touch hacked"],
        ["--only-plugins", "$(touch hacked)"],
        ["--only-plugins", "nobody"],
        ["--only-plugins"],
        ["--plugin-dir", "../up"],
        ["--plugin-dir", "a;touch hacked"],
        ["--plugin-dir", "`touch hacked`"],
        ["--plugin-dir", "no_such_folder"],
        ["--plugin-dir"],
        ["--no-plugins", "--only-plugins", "one"],
    ],
)
def test_what_cannot_be_meant_does_nothing_but_an_error(options: list[str], folder: Path) -> None:
    (folder / "empty").mkdir()
    os.chdir(folder / "empty")
    done = _run("material", "lead", *options)
    assert done.exit_code == 2
    assert len(done.output.strip().splitlines()) == 1
    assert list((folder / "empty").iterdir()) == []


def test_a_bad_path_in_the_variable_is_told_and_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHIELDCALC_PLUGINS", f"{folder}/../{folder.name}")
    plugins.forget()
    done = _run("plugins", "list")
    assert "is not used" in done.output
    assert _listed() == []


COMMAND = """from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.catalog import Command
1 / {divisor}
@hookimpl
def register_commands():
    return [Command(name={name}, help="Weigh \x1b[31m lead.", command="no.such:command")]
"""


def test_help_tells_commands_of_hooks_without_loading_a_plugin(folder: Path) -> None:
    for number in range(10):
        written = "'weigh'" if number < 2 else f"'c{number}'"
        (folder / f"p{number}.py").write_text(COMMAND.format(name=written, divisor=0), "utf-8")
    (folder / "made.py").write_text(COMMAND.format(name="chr(97)", divisor=0), "utf-8")
    (folder / "broken.py").write_text("register_commands ((", "utf-8")
    done = _run("--help", "--plugin-dir", folder)
    assert done.exit_code == 0
    assert "\x1b" not in done.stdout
    words = " ".join(done.stdout.split())
    assert "weigh Weigh U+001B[31m lead. (from p0 and p1)" in words
    assert all(f" c{number} Weigh" in words for number in range(2, 10))
    assert words.count("more from broken and made: shieldcalc plugins list") == 1
    assert plugins.loaded() == plugins.troubles() == (), "the broken one would be told of"


def test_what_a_plugin_says_cannot_steer_a_terminal(folder: Path) -> None:
    (folder / "loud.py").write_text("raise ValueError('\\x1b]0;owned\\x07 \\u202e')", "utf-8")
    done = _run("transmission", "--kv", "100", "--layer", "leed", "1 mm", "--plugin-dir", folder)
    assert done.exit_code == 2
    assert "plugin loud is left out: ValueError: U+001B]0;ownedU+0007 U+202E" in done.output


def test_the_terminal_and_the_workbook_name_the_plugins_in_use(folder: Path) -> None:
    from hashlib import sha256

    from openpyxl import load_workbook

    room, book = ROOT / "examples" / "ct_room.toml", folder / "a.xlsx"
    done = _run("check", room, "--report", book, "--plugin-dir", folder)
    digest = sha256((folder / "one.py").read_bytes()).hexdigest()
    own = sha256(f"{digest}  one.py\n".encode()).hexdigest()
    assert f"one 1.0 SHA-256 {own}" in " ".join(done.stdout.split())
    assert ("one 1.0", own) in set(load_workbook(book).worksheets[-1].iter_rows(values_only=True))
