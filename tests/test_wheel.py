"""The built wheel, in an environment of its own, from another folder, with the data that it carries."""

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the build backend of this environment: no network."""
    out = tmp_path_factory.mktemp("wheel")
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", build, str(out)], cwd=ROOT, check=True, capture_output=True, text=True)
    return out / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install it into a fresh environment; only the dependencies are borrowed, by a path file, from this one."""
    home = tmp_path_factory.mktemp("fresh")
    venv.create(home, with_pip=False)
    site = next(home.glob("lib/python*/site-packages"))
    install = ["-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(site), str(wheel)]
    subprocess.run([sys.executable, *install], check=True, capture_output=True, text=True)
    import click

    (site / "zz_dependencies.pth").write_text(str(Path(click.__file__).parents[1]) + "\n", "utf-8")
    return home / "bin" / "python"


def _run(program: Path, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    away = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "SHIELDCALC"))}
    command = [str(program), "-m", "shieldcalc", *arguments]
    return subprocess.run(command, cwd=folder, env=away, capture_output=True, text=True, check=False)


def test_the_wheel_holds_the_data_and_no_tests(wheel: Path) -> None:
    from zipfile import ZipFile

    names = set(ZipFile(wheel).namelist())
    shipped = {f"shieldcalc/data/{path.relative_to(ROOT / 'data').as_posix()}"
               for path in (ROOT / "data").rglob("*") if path.is_file()}  # fmt: skip
    assert shipped <= names
    assert not any(name.startswith(("tests/", "data/", "src/")) for name in names)


def test_code_and_data_come_from_the_wheel(program: Path, tmp_path: Path) -> None:
    code = "import shieldcalc, shieldcalc.resources as r; print(shieldcalc.__file__); print(r.data_root())"
    away = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(program), "-c", code], cwd=tmp_path, env=away, capture_output=True, text=True, check=True
    )
    home = str(program.parents[1])
    assert all(line.startswith(home) for line in done.stdout.split())


def test_one_wall_from_another_folder(program: Path, tmp_path: Path) -> None:
    done = _run(program, tmp_path, "transmission", "--kv", "100", "--layer", "lead", "1.2 mm", "--json")
    assert done.returncode == 0, done.stderr
    assert 0 < json.loads(done.stdout)["transmission"] < 1


def test_a_room_and_its_report_from_another_folder(program: Path, tmp_path: Path) -> None:
    room = ROOT / "examples" / "district_hospital_radiography.toml"
    done = _run(program, tmp_path, "check", str(room), "--json", "-", "--report", str(tmp_path / "room.pdf"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["schema"] == "shieldcalc/check/1"
    assert (tmp_path / "room.pdf").read_bytes().startswith(b"%PDF")


def test_an_editable_install_reads_the_checkout() -> None:
    code = "from shieldcalc.resources import data_root; print(data_root())"
    done = subprocess.run([sys.executable, "-c", code], cwd="/", capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(ROOT / "data")


PLUGINS = sorted(path.parent for path in (ROOT / "plugins").glob("*/pyproject.toml"))
SHEET = "point,rate,unit\nnorth,0,uSv/h\n"


@pytest.fixture(scope="module")
def with_plugins(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install every plugin of ``plugins/`` with pip into the fresh environment: no network."""
    site = next(program.parents[1].glob("lib/python*/site-packages"))
    copies = tmp_path_factory.mktemp("plugins")
    for folder in PLUGINS:
        shutil.copytree(folder, copies / folder.name, ignore=shutil.ignore_patterns("__pycache__"))
    folders = [str(copies / folder.name) for folder in PLUGINS]
    offline = ["--no-deps", "--no-index", "--no-build-isolation", "--target", str(site)]
    command = [sys.executable, "-m", "pip", "install", "-q", *offline, *folders]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return program


def _uses(folder: Path) -> dict[str, list[str]]:
    """Return one command for each plugin; ``folder`` holds room.toml, by protocols, and sheet.csv."""
    room, out = str(folder / "room.toml"), str(folder)
    return {
        "tutorial": ["check", room, "--report", f"{out}/a.csv"],
        "german-law": ["check", room, "--regulation", "DE-STRLSCHG"],
        "ncrp49": ["check", room, "--method", "ncrp49_hvl"],
        "viet-nam-china-materials": ["transmission", "--kv", "100", "--layer", "vn_solid_brick", "220 mm"],
        "equipment-classes": ["check", f"{out}/named.toml"],
        "maine-checklist": ["check", room, "--report", f"{out}/a.checklist"],
        "survey": ["survey", room, f"{out}/sheet.csv"],
    }


@pytest.mark.parametrize("plugin", [path.name for path in PLUGINS])
def test_every_plugin_installs_and_is_used_from_the_command_line(
    plugin: str, with_plugins: Path, tmp_path: Path
) -> None:
    template = (ROOT / "examples" / "veterinary_room.toml").read_text("utf-8").replace("veterinary_xray", "radiography")
    (tmp_path / "room.toml").write_text(template, "utf-8")
    named = template.replace('kind = "radiography"', 'equipment = "radiographic_tube_2_5_mm_al"')
    (tmp_path / "named.toml").write_text(named, "utf-8")
    (tmp_path / "sheet.csv").write_text(SHEET, "utf-8")
    done = _run(with_plugins, tmp_path, *_uses(tmp_path)[plugin])
    assert done.returncode in (0, 1, 3), done.stderr
    assert "Traceback" not in done.stderr
    listed = _run(with_plugins, tmp_path, "plugins", "list", "--json")
    found = {each["name"]: each for each in json.loads(listed.stdout)["found"]}
    assert len(found) == len(PLUGINS)
    assert all(each["loaded"] and not each["refused"] for each in found.values())


def test_help_lists_commands_of_plugins_and_stays_in_its_budget(with_plugins: Path, tmp_path: Path) -> None:
    code = "import sys; from shieldcalc.__main__ import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    away = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "SHIELDCALC"))}
    done = subprocess.run(
        [str(with_plugins), "-c", code], cwd=tmp_path, env=away, capture_output=True, text=True, check=True
    )
    assert "survey" in done.stdout
    assert not any("shieldcalc_" in name or name in ("pluggy", "pydantic") for name in done.stderr.split())
