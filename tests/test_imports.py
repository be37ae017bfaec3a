"""What each command loads: importing is cheap, and nothing heavy comes before it is used."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import shieldcalc

ROOT = Path(__file__).parents[1]
HEAVY = [
    "numpy",
    "numba",
    "scipy",
    "shapely",
    "matplotlib",
    "pydantic",
    "rich",
    "typst",
    "pluggy",
    "importlib.metadata",
]
SLOW_STANDARD = ["csv", "pathlib", "shutil", "decimal", "fractions", "logging", "asyncio", "unittest"]
PROBE = """
import json, sys
sys.stdout = open(sys.argv[1], "w")
from shieldcalc.__main__ import main
code = main(sys.argv[2:])
sys.stdout.close()
print(json.dumps([code, sorted(sys.modules)]), file=sys.__stdout__)
"""
LAYER = ["--layer", "lead", "1.2 mm"]
XRAY = [
    *("barrier", "xray", "--workload", "rad_room_chest_bucky", "--component", "primary", "--patients", "300"),
    *("--goal", "0.02 mGy/week", "--occupancy", "1", "--use", "1", "--distance", "3 m", "--material", "lead"),
]
QUICK = {
    "help": ["--help"],
    "version": ["--version"],
    "transmission help": ["transmission", "--help"],
    "transmission": ["transmission", "--kv", "100", *LAYER, "--json"],
    "transmission of a workload": ["transmission", "--workload", "rad_room_all_barriers", "--component", "secondary",
                                   "--layer", "lead", "1 mm", "--layer", "concrete", "10 cm"],
    "thickness": ["thickness", "--ct", "120", "--material", "concrete", "--transmission", "1e-3", "--json"],
    "lead-equivalent": ["lead-equivalent", "--kv", "100", "--layer", "concrete", "15cm"],
    "barrier xray": XRAY,
    "barrier patient": ["barrier", "patient", "--nuclide", "I-131", "--activity", "3.7 GBq", "--patients-per-week", "2",
                        "--uptake", "24 h", "--distance", "3 m", "--goal", "20 uSv/week", "--material", "lead"],
    "barrier brachytherapy": ["barrier", "brachytherapy", "--nuclide", "Co-60", "--activity", "74 GBq",
                              "--time-per-treatment", "6 min", "--treatments-per-week", "30", "--distance", "3 m",
                              "--goal", "20 uSv/week", "--material", "concrete"],
    "transmission of an accelerator": ["transmission", "--mv", "6", "--layer", "concrete", "1 m",
                                       "--layer", "lead", "5 cm"],
    "barrier linac": ["barrier", "linac", "--mv", "18", "--component", "secondary", "--angle", "30",
                      "--field", "400 cm2", "--workload", "500 Gy/week", "--distance", "6 m",
                      "--goal", "0.02 mSv/week", "--material", "concrete", "--json"],
    "barrier industrial": ["barrier", "industrial", "--kv", "300", "--current", "5 mA", "--distance", "3 m",
                           "--goal", "2.5 uSv/h", "--material", "lead"],
    "barrier door": ["barrier", "door", "--photons", "100 uSv/week", "--capture-gammas", "65 uSv/week",
                     "--neutrons", "765 uSv/week", "--goal", "0.1 mSv/week"],
    "dose-rate": ["dose-rate", "--nuclide", "Cs-137", "--activity", "1 TBq", "--distance", "2 m",
                  "--layer", "lead", "5 cm"],
    "buildup": ["buildup", "--material", "steel", "--energy", "1 MeV", "--mfp", "5", "--json"],
    "nuclide": ["nuclide", "Ir-192", "--json"],
    "material": ["material", "lead_glass"],
    "accident help": ["accident", "--help"],
    "transmission of a nuclide": ["transmission", "--nuclide", "F-18", "--layer", "concrete", "20 cm", "--json"],
}  # fmt: skip
MAY_LOAD = {"click", "shieldcalc"}


def _loaded(tmp_path: Path, arguments: list[str]) -> tuple[int, set[str]]:
    out = tmp_path / "out"
    probe = [sys.executable, "-c", PROBE, str(out), *arguments]
    done = subprocess.run(probe, check=True, capture_output=True, text=True, cwd=tmp_path)
    code, modules = json.loads(done.stdout)
    return code, set(modules)


def _bare() -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"], check=True, capture_output=True, text=True
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("name", QUICK)
def test_quick_commands_load_only_click(name: str, tmp_path: Path) -> None:
    code, modules = _loaded(tmp_path, QUICK[name])
    assert code == 0
    assert not modules.intersection(HEAVY)
    assert not modules.intersection(SLOW_STANDARD)
    foreign = {module.partition(".")[0] for module in modules} - set(sys.stdlib_module_names) - _bare() - {"__main__"}
    assert foreign == MAY_LOAD


def test_help_imports_no_command(tmp_path: Path) -> None:
    _, modules = _loaded(tmp_path, ["--help"])
    assert {module for module in modules if module.startswith("shieldcalc.")} == {
        "shieldcalc.__main__", "shieldcalc.cli", "shieldcalc.entrypoints", "shieldcalc.errors", "shieldcalc.resources",
        "shieldcalc.texts",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["ct_room", "linac_18mv_direct_door"])
def test_check_needs_no_array_library(tmp_path: Path, name: str) -> None:
    room = str(ROOT / "examples" / f"{name}.toml")
    _, modules = _loaded(tmp_path, ["check", room, "--json", str(tmp_path / "a.json")])
    assert not modules.intersection(["numpy", "numba", "scipy", "shapely", "matplotlib", "typst", "importlib.metadata"])
    assert not modules.intersection(["html", "base64", "shieldcalc.regulations.rule_faults"])


def test_the_public_names_are_these() -> None:
    assert shieldcalc.__all__ == [
        *("ShieldcalcError", "__version__", "arrays", "check", "compute", "frame", "load", "report"),
    ]
    assert all(hasattr(shieldcalc, name) for name in shieldcalc.__all__)


def test_importing_the_package_is_cheap() -> None:
    code = "import shieldcalc, sys; print(*sorted(name for name in sys.modules if name.startswith('shieldcalc.')))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["shieldcalc.errors", "shieldcalc.resources", "shieldcalc.texts"]


def test_bodies_in_space_need_no_array_library() -> None:
    names = "shieldcalc.model.bodies, shieldcalc.kernels, shieldcalc.physics.point_kernel"
    code = f"import sys, {names}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not {"numpy", "numba", "llvmlite", "scipy"}.intersection(done.stdout.split())
