"""Every shipped example and template loads; what the examples show is in them."""

from pathlib import Path

import pytest

from shieldcalc import plugins
from shieldcalc.model.design import Design
from shieldcalc.model.loader import load

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
TEMPLATES = sorted((ROOT / "data" / "templates").glob("*.toml"))
WANTED = {
    "district_hospital_radiography",
    "ct_room",
    "radiography_fluoroscopy_two_tubes",
    "cath_lab",
    "failing_room",
    "failing_room_repaired",
    "cn_dr_room",
    "cn_ct_room",
    "dental_clinic_below_a_flat",
    "mammography_room",
    "bone_density_room",
    "veterinary_room",
    "mobile_xray_ward",
    "biplane_angiography_suite",
    "cs137_gauge",
    "pet_ct_room",
    "ir192_bunker",
    "ir192_open_site",
    "linac_6mv_room",
    "linac_18mv_maze_bunker",
    "linac_6mv_maze_bunker",
    "linac_18mv_direct_door",
    "co60_teletherapy_room",
    "orthovoltage_room",
    "simulator_room",
    "industrial_xray_room",
    "industrial_linac_room",
    "xray_open_site",
}


def example(name: str) -> Design:
    return load(str(ROOT / "examples" / f"{name}.toml"), plugins.catalog())


@pytest.mark.parametrize("file", [*EXAMPLES, *TEMPLATES], ids=lambda file: file.stem)
def test_it_loads(file: Path) -> None:
    design = load(str(file), plugins.catalog())
    assert design.sources
    assert all(key in design.lines for key in ("room.plan", "source.1.id"))
    assert design.ward or design.open_site or "wall.1.id" in design.lines


def test_the_examples_are_there() -> None:
    assert {file.stem for file in EXAMPLES} >= WANTED


def test_the_repair_is_of_the_same_room() -> None:
    before, after = example("failing_room"), example("failing_room_repaired")
    assert before.plan == after.plan
    assert [wall.id for wall in before.walls] == [wall.id for wall in after.walls]
    assert before.sources[0].patients_per_week == after.sources[0].patients_per_week


def test_the_district_hospital_has_what_a_dossier_needs() -> None:
    design = example("district_hospital_radiography")
    (tube,) = design.sources
    assert tube.leakage is not None
    assert tube.leakage.declared
    assert tube.max_technique is not None
    assert tube.outputs
    assert tube.patients_in_busiest_hour is not None
    assert design.reading_15_3 is not None
    assert design.console is not None
    assert {wall.beyond.kind for wall in design.walls} >= {"corridor", "waiting", "office", "outdoors", "control_room"}
