"""Methods, reports and commands that fail: named, the rest runs, what needed them is undetermined."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shieldcalc import plugins
from shieldcalc.cli import cli

ROOM = str(Path(__file__).parents[2] / "examples" / "ct_room.toml")
HEAD = """from dataclasses import replace
from shieldcalc import plugins
from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.catalog import *
from shieldcalc.model.result import Method
def ncrp(scene, points, options, **changes):
    found = plugins.method("ncrp147").compute(scene, points, options)
    def at(point):
        return replace(point, doses=replace(point.doses, **changes))
    return replace(found, method="odd", points=tuple(map(at, found.points)))
@hookimpl
def register_methods():
    return [Method(name="odd", title="t", reference="r", valid_for=("ct",), compute=compute)]
"""
BAD = {
    "raises": "    1/0",
    "exits": "    raise SystemExit(0)",
    "raises what is no Exception": "    raise GeneratorExit",
    "nothing": "    return None",
    "negative": "    return ncrp(scene, points, options, h10_year_mSv=-1.0)",
    "nan": "    return ncrp(scene, points, options, h10_week_mSv=float('nan'))",
    "infinite": "    return ncrp(scene, points, options, h10_hour_uSv=float('inf'))",
    "text": "    return ncrp(scene, points, options, h10_year_mSv='0')",
    "its own interrupt": "    raise KeyboardInterrupt",
    "refusal without words": "    raise plugins.PluginError('no_such_code', a=1)",
    "barriers": "    return replace(ncrp(scene, points, options), barriers=(3,))",
    "points": "    return replace(ncrp(scene, points, options), points=())",
    "notices": "    return replace(ncrp(scene, points, options), notices=('hello',))",
    "tables": "    return replace(ncrp(scene, points, options), tables=('no.csv',))",
    "changes the scene": "    object.__setattr__(scene, 'plan', ()); return ncrp(scene, points, options)",
    "another name": "    return plugins.method('ncrp147').compute(scene, points, options)",
}
Use = Callable[..., None]


@pytest.fixture
def write(tmp_path: Path, use_plugins: Use) -> Callable[[str], None]:
    def made(source: str) -> None:
        (tmp_path / "failing.py").write_text(source, "utf-8")
        use_plugins(tmp_path / "failing.py")

    return made


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


@pytest.mark.parametrize("way", BAD)
def test_a_method_that_fails_leaves_its_places_undetermined(way: str, write: Callable[[str], None]) -> None:
    write(f"{HEAD}def compute(scene, points, options):\n{BAD[way]}\n")
    done = _run("check", ROOM, "--method", "ncrp147", "--method", "odd", "--json", "-")
    assert done.exit_code in (1, 3)
    found = json.loads(done.stdout)
    told = next(each for each in found["warnings"] if each["code"] == "warnings.plugin_method")
    assert told["plugin"] == "failing"
    own = [each for each in found["findings"] if each["method"] == "odd" and each["dose_rule"]]
    assert own
    assert {each["outcome"] for each in own} <= {"undetermined", "not_applicable"}
    assert any(each["outcome"] == "undetermined" for each in own)
    assert any(point["method"] == "ncrp147" for point in found["points"])
    assert found["plugins"][0]["name"] == "failing"


def test_a_submission_is_never_decided_by_a_method_that_fails(write: Callable[[str], None]) -> None:
    write(f"{HEAD}def compute(scene, points, options):\n{BAD['negative']}\n")
    done = _run("verify", str(Path(ROOM).parent / "submissions" / "vn_ct_honest"), "--method", "odd", "--json")
    assert done.exit_code == 3, done.exception
    assert json.loads(done.stdout)["outcome"] == "query"
    done = _run("compare", ROOM, ROOM, "--method", "odd", "--json")
    assert done.exit_code == 3
    assert "failing" in json.loads(done.stdout)["warnings"][0]["text"]


@pytest.mark.parametrize(
    "source",
    [
        "NAMES = 'XX-LAW', 'theirs'\nraise BaseException('no licence server')\n",
        HEAD.replace("compute=compute", "compute='no'").replace("odd", "theirs")
        + "@hookimpl\ndef register_regulations():\n    return [Instrument(id='XX-LAW', path='no licence server')]\n",
    ],
    ids=["not imported", "left out"],
)
def test_what_a_broken_plugin_would_have_given_is_undetermined_and_the_rest_runs(
    source: str, write: Callable[[str], None], tmp_path: Path
) -> None:
    write(source)
    room = tmp_path / "room.toml"
    text = Path(ROOM).read_text("utf-8").replace("instruments = [", 'instruments = ["XX-LAW", ')
    room.write_text(text.replace("[evaluation]", '[evaluation]\nmethods = ["ncrp147", "theirs"]'), "utf-8")
    done = _run("check", str(room), "--json", "-")
    assert done.exit_code == 3, done.output
    found = json.loads(done.stdout)
    said = {each["code"]: each for each in found["warnings"]}
    assert said["warnings.plugin_instrument"]["instrument"] == "XX-LAW"
    assert said["warnings.plugin_method"]["method"] == "theirs"
    by = {method: {each["outcome"] for each in found["findings"] if each["method"] == method and each["dose_rule"]}
          for method in ("ncrp147", "theirs")}  # fmt: skip
    assert "pass" in by["ncrp147"]
    assert "pass" not in by["theirs"]
    assert "undetermined" in by["theirs"]
    assert _run("check", ROOM, "--method", "theirz").exit_code == 2


def test_what_it_prints_is_no_answer_and_its_map_names_it(write: Callable[[str], None]) -> None:
    body = "def compute(scene, points, options):\n    print('{')\n    return ncrp(scene, points, options)\n"
    field = "def field(scene, quantity):\n    return lambda place: -1.0\n"
    write(HEAD.replace("compute=compute", "compute=compute, dose_field=field") + body + field)
    done = _run("check", ROOM, "--method", "odd", "--json", "-")
    assert json.loads(done.stdout)["exit_code"] == done.exit_code == 0
    done = _run("map", ROOM, "--method", "odd", "--json", "--points", "10")
    assert done.exit_code == 2
    assert "plugin failing: no map by its method odd: dose = -1.0" in done.stderr


def test_alone_it_never_passes(write: Callable[[str], None]) -> None:
    write(f"{HEAD}def compute(scene, points, options):\n    1/0\n")
    assert _run("check", ROOM, "--method", "odd").exit_code == 3


def test_a_method_reads_its_own_keys(write: Callable[[str], None], tmp_path: Path) -> None:
    write(f"{HEAD}def compute(scene, points, options):\n    raise ValueError(options['plugins']['failing']['key'])\n")
    room = tmp_path / "room.toml"
    room.write_text(Path(ROOM).read_text("utf-8") + '\n[plugins.failing]\nkey = "as told"\n', "utf-8")
    assert "ValueError: as told" in _run("check", str(room), "--method", "odd").output.replace("\n", " ")


def test_keys_of_plugins_are_compared(write: Callable[[str], None], tmp_path: Path) -> None:
    write(f"{HEAD}def compute(scene, points, options):\n    1/0\n")
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    for path, value in ((one, "1\nmore = [1, {at = 07:30:00}]"), (two, "2\nmore = [1, {at = 08:30:00}]")):
        path.write_text(f"{Path(ROOM).read_text('utf-8')}\n[plugins.failing]\nkey = {value}\n", "utf-8")
    found = json.loads(_run("compare", str(one), str(two), "--json").stdout)
    assert [(each["key"], each["before"], each["after"]) for each in found["changes"]] == [
        ("plugins.failing.key", 1, 2),
        ("plugins.failing.more.2.at", "07:30:00", "08:30:00"),
    ]


def test_keys_of_an_absent_plugin_name_it(use_plugins: Use, tmp_path: Path) -> None:
    use_plugins()
    room = tmp_path / "room.toml"
    room.write_text(Path(ROOM).read_text("utf-8") + "\n[plugins.our_survey]\nkey = 1\n", "utf-8")
    done = _run("check", str(room))
    assert done.exit_code == 2
    line = len(room.read_text("utf-8").splitlines()) - 1
    assert f"{room}:{line}: plugins.our_survey:" in done.output
    assert "plugin our_survey, which is not loaded" in done.output


REPORT = """from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.catalog import ReportKind
def write(assessment, language):
    {body}
@hookimpl
def register_reports():
    return [ReportKind(name="odd", endings=(".odd",), write=write)]
"""


@pytest.mark.parametrize("body", ["1/0", "return 'text'", "return None", "raise SystemExit(0)"])
def test_a_report_that_fails_is_named_and_the_others_are_written(
    body: str, write: Callable[[str], None], tmp_path: Path
) -> None:
    write(REPORT.format(body=body))
    odd, page = tmp_path / "a.odd", tmp_path / "a.html"
    done = _run("check", ROOM, "--report", str(odd), "--report", str(page))
    assert done.exit_code in (1, 3)
    assert "plugin failing: its report odd is not written" in done.output
    assert not odd.exists()
    text = page.read_text("utf-8")
    assert plugins.loaded()[0].sha256 in text.replace("\u200b", "").replace("<wbr>", "")


COMMAND = """import click
from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.catalog import Command
@click.command("odd")
def odd():
    1/0
@hookimpl
def register_commands():
    return [Command(name="odd", help="odd", command={command})]
"""


@pytest.mark.parametrize("command", ["odd", "'no.such:thing'", "print"])
def test_a_command_that_fails_is_one_line(command: str, write: Callable[[str], None]) -> None:
    write(COMMAND.format(command=command))
    done = _run("odd")
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert "plugin" in done.output
