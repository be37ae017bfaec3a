"""A stranger's material: rows in a file of its own, taken by every kind of beam that it has rows for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shieldcalc.beams import Beam, Layer, log_transmission, materials, use_materials
from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.model.catalog import Material

TABLE = """# title: loaded vinyl, invented
# source: this test
# version: 1
# units: alpha_per_mm and beta_per_mm 1/mm; gamma 1
# valid: 50-150 kV
# confidence: invented
material,key_type,key,component,alpha_per_mm,beta_per_mm,gamma
loaded_vinyl,kvp,50,primary,4.4,13.6,0.3
loaded_vinyl,kvp,100,primary,1.25,7.6,0.75
loaded_vinyl,kvp,100,secondary,1.25,7.6,0.9
loaded_vinyl,kvp,150,primary,0.9,2.6,0.3
loaded_vinyl,workload,chest_room,primary,1.1,5.3,0.6
loaded_vinyl,ct,120,secondary,1.1,2.8,0.5
"""


@pytest.fixture
def rubber(tmp_path: Path) -> Iterator[Material]:
    path = tmp_path / "loaded_vinyl.csv"
    path.write_text(TABLE, encoding="utf-8")
    yield Material(name="loaded_vinyl", density_g_per_cm3=5.7, tables=(str(path),))
    materials._ADDED.pop("loaded_vinyl", None)


@pytest.mark.parametrize(
    ("beam", "words"),
    [
        (Beam(key="100"), ""),
        (Beam(key="75"), ""),
        (Beam(key="100", component="secondary"), ""),
        (Beam(key="75", component="secondary"), ""),
        (Beam("bir", "kvp", "100"), ""),
        (Beam(key_type="workload", key="chest_room"), ""),
        (Beam(key_type="workload", key="cardiac_angiography", component="secondary"), ""),
        (Beam(key_type="ct", key="120", component="secondary"), ""),
    ],
)
def test_its_rows_answer(rubber: Material, beam: Beam, words: str) -> None:  # noqa: ARG001
    known = {"loaded_vinyl": rubber}
    alone = log_transmission(beam, [Layer("loaded_vinyl", 1)], known)
    assert rubber.tables[0] in alone.tables
    assert log_transmission(beam, [Layer("loaded_vinyl", 1), Layer("lead", 1)], known).transmission < alone.transmission


def test_between_its_secondary_rows_nothing_is_invented(rubber: Material) -> None:
    use_materials([rubber])
    with pytest.raises(OutsideDataError, match="100 to 100"):
        log_transmission(Beam(key="140", component="secondary"), [Layer("loaded_vinyl", 1)])


def test_it_is_unknown_before_it_is_added() -> None:
    with pytest.raises(UnknownNameError, match="lead"):
        log_transmission(Beam(), [Layer("loaded_vinyl", 1)])


def test_a_changed_table_of_the_same_name_is_used(rubber: Material, tmp_path: Path) -> None:
    use_materials([rubber])
    before = log_transmission(Beam(), [Layer("loaded_vinyl", 1)]).transmission
    path = tmp_path / "second.csv"
    path.write_text(
        TABLE.replace("loaded_vinyl,kvp,100,primary,1.25", "loaded_vinyl,kvp,100,primary,2.5"), encoding="utf-8"
    )
    use_materials([Material(name="loaded_vinyl", tables=(str(path),))])
    assert log_transmission(Beam(), [Layer("loaded_vinyl", 1)]).transmission < before


def test_built_in_materials_keep_their_own_data() -> None:
    use_materials([Material(name="lead", density_g_per_cm3=1.0, tables=("nowhere.csv",))])
    assert not materials.is_added("lead")
