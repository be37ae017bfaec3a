"""Every class is read by the design file's own rules, and a design that names one takes what it does not say."""

import re
from pathlib import Path

import pytest
from shieldcalc_equipment_classes import register_sources

from shieldcalc import plugins
from shieldcalc.model.catalog import Equipment
from shieldcalc.model.loader import load
from shieldcalc.resources import data_path

CLASSES = [each for each in register_sources() if isinstance(each, Equipment)]


@pytest.mark.parametrize("each", CLASSES, ids=[each.name for each in CLASSES])
def test_a_design_takes_what_it_does_not_say(each: Equipment, tmp_path: Path) -> None:
    template = Path(data_path("templates", f"{each.kind}.toml")).read_text("utf-8")
    bare = re.sub(r"(?ms)^(filtration|output|leakage)\b.*?(?=^[a-z_]+ =|^\[|^$)", "", template)
    room = tmp_path / "room.toml"
    room.write_text(bare.replace("[[source]]", f'[[source]]\nequipment = "{each.name}"', 1), "utf-8")
    catalog = plugins.catalog()
    design = load(str(room), _with(catalog))
    source = design.sources[0]
    assert source.filtration_mmAl == float(each.values["filtration"].split()[0])
    assert len(source.outputs) == len(each.values["output"])
    said = next(notice for notice in design.assumptions if notice.code == "assumptions.equipment")
    assert each.source in said.text()


def _with(catalog):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(catalog, equipment={each.name: each for each in CLASSES})


def test_output_rises_with_the_potential() -> None:
    for each in CLASSES:
        found = [float(row["air_kerma"].split()[0]) for row in each.values["output"]]
        assert found == sorted(found)
