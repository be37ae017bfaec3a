"""How much more CPU than a bare interpreter the commands take that people run most."""

import sys
from pathlib import Path

import pytest
from cpu import BARE, cpu_seconds

ROOT = Path(__file__).parents[1]
SHIELDCALC = str(Path(sys.executable).with_name("shieldcalc"))
WALL = (SHIELDCALC, "transmission", "--kv", "100", "--layer", "lead", "1.2 mm", "--json")
INVERSE = (SHIELDCALC, "thickness", "--workload", "rad_room_all_barriers", "--component", "secondary",
           "--material", "concrete", "--transmission", "1e-3", "--json")  # fmt: skip
BARRIER = (SHIELDCALC, "barrier", "xray", "--workload", "chest_room", "--component", "primary", "--patients", "300",
           "--goal", "0.02 mGy/week", "--occupancy", "1", "--use", "1", "--distance", "3 m", "--material", "lead",
           "--preshielding", "table_and_receptor", "--json")  # fmt: skip
BIR = (SHIELDCALC, "barrier", "bir", "--kap-per-week", "1000 Gy*cm2", "--kv", "100", "--distance", "10 m",
       "--goal", "0.3 mSv/year", "--material", "lead", "--json")  # fmt: skip
GAMMA = (SHIELDCALC, "dose-rate", "--nuclide", "Cs-137", "--activity", "1 TBq", "--distance", "2 m",
         "--layer", "lead", "5 cm", "--json")  # fmt: skip
RADIUM = (SHIELDCALC, "dose-rate", "--nuclide", "Ra-226", "--activity", "1 GBq", "--distance", "2 m",
          "--layer", "lead", "5 cm", "--layer", "concrete", "20 cm", "--json")  # fmt: skip
GAMMA_WALL = (SHIELDCALC, "transmission", "--nuclide", "Cs-137", "--layer", "lead", "5 cm", "--json")
GAMMA_INVERSE = (SHIELDCALC, "thickness", "--nuclide", "Ir-192", "--material", "concrete", "--transmission", "1e-3",
                 "--json")  # fmt: skip
MATERIAL = (SHIELDCALC, "material", "lead", "--json")
BUILDUP = (SHIELDCALC, "buildup", "--material", "lead", "--energy", "1 MeV", "--mfp", "5", "--json")
NUCLIDE = (SHIELDCALC, "nuclide", "Ir-192", "--json")
PATIENT = (SHIELDCALC, "barrier", "patient", "--nuclide", "F-18", "--activity", "555 MBq",
           "--patients-per-week", "40", "--uptake", "60 min", "--distance", "4 m",
           "--goal", "20 uSv/week", "--material", "lead", "--json")  # fmt: skip
IODINE = tuple("I-131" if word == "F-18" else word for word in PATIENT)
BRACHYTHERAPY = (SHIELDCALC, "barrier", "brachytherapy", "--nuclide", "Co-60", "--activity", "74 GBq",
                 "--time-per-treatment", "6 min", "--treatments-per-week", "30", "--distance", "3 m",
                 "--goal", "20 uSv/week", "--material", "concrete", "--json")  # fmt: skip
BUNKER = (SHIELDCALC, "check", str(ROOT / "examples" / "linac_18mv_maze_bunker.toml"), "--json", "-")
DIRECT_DOOR = (SHIELDCALC, "check", str(ROOT / "examples" / "linac_18mv_direct_door.toml"), "--json", "-")
CT = (SHIELDCALC, "check", str(ROOT / "examples" / "ct_room.toml"), "--json", "-")
BOUNDS = {
    "help": 5.0,
    "transmission": 5.0,
    "thickness": 5.0,
    "barrier": 5.0,
    "bir": 5.0,
    "patient": 5.0,
    "brachytherapy": 5.0,
    "patient with iodine": 8.0,
    "dose-rate": 8.0,
    "nuclide": 8.0,
    "radium with its daughters": 12.0,
    "transmission of a nuclide": 8.0,
    "thickness for a nuclide": 9.0,
    "material": 5.0,
    "buildup": 5.0,
    "check": 40.0,
    "check of an 18 MV bunker": 40.0,
    "check of an 18 MV direct door": 40.0,
}


@pytest.fixture(scope="module")
def ratios() -> dict[str, float]:
    """CPU time of each command over that of the bare interpreter."""
    commands = {"bare": BARE, "help": (SHIELDCALC, "--help"), "transmission": WALL, "thickness": INVERSE,
                "barrier": BARRIER, "bir": BIR,
                "brachytherapy": BRACHYTHERAPY, "patient": PATIENT, "patient with iodine": IODINE,
                "dose-rate": GAMMA, "nuclide": NUCLIDE, "check": CT,
                "check of an 18 MV bunker": BUNKER, "check of an 18 MV direct door": DIRECT_DOOR,
                "radium with its daughters": RADIUM, "transmission of a nuclide": GAMMA_WALL,
                "thickness for a nuclide": GAMMA_INVERSE, "material": MATERIAL, "buildup": BUILDUP}  # fmt: skip
    spent = cpu_seconds(commands)
    return {name: seconds / spent["bare"] for name, seconds in spent.items()}


@pytest.mark.parametrize("name", BOUNDS)
def test_ratio(ratios: dict[str, float], name: str) -> None:
    print(f"{name}: {ratios[name]:.2f} x bare python, bound {BOUNDS[name]:g}")
    assert ratios[name] <= BOUNDS[name]
