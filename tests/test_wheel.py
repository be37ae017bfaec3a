"""The built wheel, in an environment of its own, from another folder, with the data that it carries."""

import json
import os
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
    away = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
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
