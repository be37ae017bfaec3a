"""The contract: what shieldcalc brings keeps it, so do skeletons and shipped plugins, and what breaks it is named."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from shieldcalc.cli import cli
from shieldcalc.contract import FAIL, PASS, check
from shieldcalc.contract.skeleton import kinds
from shieldcalc.contract.subject import built_in
from shieldcalc.contract.things import CHECKS

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(path.parent for path in (ROOT / "plugins").glob("*/pyproject.toml"))
SLOW = ("register_reports",)  # every built-in report in every language: tests/reports


@pytest.mark.parametrize("hook", [hook for hook in CHECKS if hook not in SLOW])
def test_the_core_keeps_its_own_contract(hook: str, use_plugins: object) -> None:
    use_plugins()  # type: ignore[operator]
    subject = built_in()
    found = [each for name, thing in subject.things(hook) for one in CHECKS[hook] for each in one(subject, name, thing)]
    assert [each for each in found if each.outcome == FAIL] == []
    assert hook == "register_sources" or any(each.outcome == PASS for each in found)


def test_there_are_seven() -> None:
    assert len(SHIPPED) == 7


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_a_shipped_plugin_keeps_the_contract(folder: Path) -> None:
    """In a process of its own: plugins of one process share its module names."""
    done = _shieldcalc(ROOT, "plugins", "check", str(folder), "--json")
    checks = json.loads(done.stdout)["checks"]
    assert [each for each in checks if each["outcome"] != "pass"] == []
    assert {"loads", "documentation", "version", "licence", "folder"} <= {each["check"] for each in checks}


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_a_shipped_plugin_passes_its_own_tests(folder: Path) -> None:
    away = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(folder / "src")])}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder / "tests")]
    done = subprocess.run(command, cwd=folder, env=away, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("kind", kinds())
def test_a_skeleton_works_and_its_test_passes(kind: str, tmp_path: Path) -> None:
    made = _shieldcalc(tmp_path, "plugins", "new", kind, "our_first")
    assert made.returncode == 0, made.stderr
    again = _shieldcalc(tmp_path, "plugins", "new", kind, "our_first")
    assert again.returncode == 2, "nothing is written over"
    away = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "our_first"]
    done = subprocess.run(command, cwd=tmp_path, env=away, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


def _shieldcalc(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    away = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "shieldcalc", *arguments]
    return subprocess.run(command, cwd=folder, env=away, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ["new", "material", "../up"],
        ["new", "material", "a;touch hacked"],
        ["new", "material", "Upper"],
        ["new", "material", "class"],
        ["new", "material", "a" * 41],
        ["new", "nothing", "name"],
        ["new", "../material", "name"],
        ["new", "common", "name"],
        ["new", "material", "name", "--to", "../up"],
        ["new", "material", "name", "--to", "nowhere"],
        ["check", "../plugins"],
        ["check", "$(touch hacked)"],
        ["check", "nowhere.py"],
        ["check", "."],
    ],
)
def test_names_and_paths_that_mean_harm_do_nothing(arguments: list[str], tmp_path: Path) -> None:
    os.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["plugins", *arguments])
    assert done.exit_code == 2, done.output
    assert list(tmp_path.iterdir()) == []


BROKEN = {
    "documentation": "",
    "transmission": "material,key_type,key,component,alpha_per_mm,beta_per_mm,gamma\nodd,kvp,100,primary,1,-2,1\n",
}


def test_what_breaks_the_contract_is_named(tmp_path: Path) -> None:
    source = """from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.catalog import Material
@hookimpl
def register_materials():
    return [Material(name="odd", density_g_per_cm3=1, composition="Si:0.5 O:0.5")]
"""
    (tmp_path / "odd.py").write_text(source, "utf-8")
    failed = {each.check for each in check(str(tmp_path / "odd.py")) if each.outcome == FAIL}
    assert failed == {"source", "documentation", "version", "api", "licence"}


RISES = '''"""A method whose dose rises with every layer."""
from dataclasses import replace
from shieldcalc import plugins
from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.result import Method
shieldcalc_api, __version__, __license__ = 1, "1", "MIT"
def compute(scene, points, options):
    found = plugins.method("ncrp147").compute(scene, points, options)
    mm = sum(layer.thickness_mm for barrier in scene.barriers for layer in barrier.layers)
    def at(point):
        return replace(point, doses=replace(point.doses, air_kerma_week_mGy=mm))
    return replace(found, method="rises", points=tuple(map(at, found.points)))
@hookimpl
def register_methods():
    """Return it."""
    return [Method(name="rises", title="t", reference="r", valid_for=("radiography",), compute=compute)]
'''


@pytest.mark.parametrize(("old", "new"), [("1/mm; gamma", "1/cm; gamma"), ("0.0179234", "0.179234")])
def test_coefficients_per_centimetre_are_found(old: str, new: str, tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(cli, ["plugins", "new", "material", "ours", "--to", str(tmp_path)]).exit_code == 0
    (rows,), (hooks,) = (tmp_path.glob(f"ours/src/*/{name}") for name in ("transmission.csv", "__init__.py"))
    assert old in rows.read_text("utf-8")
    rows.write_text(rows.read_text("utf-8").replace(old, new), "utf-8")
    text = hooks.read_text("utf-8").replace("tables=(TABLE,)", 'tables=(TABLE,), composition="SiO2"')
    hooks.write_text(text, "utf-8")
    done = runner.invoke(cli, ["plugins", "check", str(tmp_path / "ours")])
    assert done.exit_code == 1
    assert "FAIL units" in done.output


def test_a_dose_that_rises_with_thickness_is_found(tmp_path: Path) -> None:
    (tmp_path / "rises.py").write_text(RISES, "utf-8")
    failed = [each for each in check(str(tmp_path / "rises.py")) if each.outcome == FAIL]
    assert [each.check for each in failed] == ["monotone"]
    assert failed[0].reason is not None
    assert "layers * 1.25" in failed[0].reason.text()
