"""Layers by a marked lead equivalent or by mass: what a design file may say of them, and where a slip is told."""

from pathlib import Path

import pytest
from small_rooms import LEAD, SQUARE, loaded, problems

from shieldcalc.model.loader.room import thickness


def wall(layer: str) -> str:
    return SQUARE.replace(LEAD, f"layers = [{{ {layer} }}]", 1)


GLASS = 'material = "lead_glass", lead_equivalent = "2 mmPb"'


def test_what_is_marked_reaches_the_design(tmp_path: Path) -> None:
    said = loaded(wall(f'{GLASS}, lead_equivalent_kv = "110 kV", thickness = "9 mm"'), tmp_path)
    (layer,) = said.walls[0].layers
    assert (layer.lead_equivalent_mm, layer.lead_equivalent_kv, layer.thickness_mm) == (2.0, 110.0, 9.0)


def test_without_thickness_people_stand_behind_as_much_lead(tmp_path: Path) -> None:
    (layer,) = loaded(wall(GLASS), tmp_path).walls[0].layers
    assert (layer.thickness_mm, layer.lead_equivalent_kv) == (2.0, None)
    assert thickness([{"thickness": None, "lead_equivalent": 2.0}]) == 0.002


@pytest.mark.parametrize(
    ("layer", "key", "code"),
    [
        ('material = "lead_glass", thickness = "10 mm"', "lead_equivalent", "needs_lead_equivalent"),
        ('material = "lead_rubber"', "lead_equivalent", "needs_lead_equivalent"),
        ('material = "lead_glass", lead_equivalent = "0 mm"', "lead_equivalent", "out_of_range"),
        ('material = "lead_glass", lead_equivalent = "-1 mm"', "lead_equivalent", "out_of_range"),
        ('material = "lead_glass", lead_equivalent = 2', "lead_equivalent", "bare_number"),
        ('material = "lead_glass", lead_equivalent = "1 mile"', "lead_equivalent", "wrong_unit"),
        ('material = "lead_glass", lead_equivalent = "11 mm"', "lead_equivalent", "lead_equivalent_range"),
        ('material = "lead_glass", lead_equivalent = "1 m"', "lead_equivalent", "out_of_range"),
        (f'{GLASS}, thickness = "3 mm"', "lead_equivalent", "lead_equivalent_thin"),
        (f'{GLASS}, lead_equivalent_kv = "300 kV"', "lead_equivalent_kv", "lead_equivalent_kv"),
        (f'{GLASS}, lead_equivalent_kv = "30 kV"', "lead_equivalent_kv", "lead_equivalent_kv"),
        (f'{GLASS}, form = "solid"', "form", "no_form"),
        ('material = "lead", thickness = "2 mm", lead_equivalent = "2 mm"', "lead_equivalent", "no_lead_equivalent"),
        (
            'material = "lead", thickness = "2 mm", lead_equivalent_kv = "90 kV"',
            "lead_equivalent_kv",
            "no_lead_equival",
        ),
        ('material = "lead"', "thickness", "missing_key"),
        ('material = "lightweight_concrete", thickness = "20 cm"', "density", "needs_density"),
        ('material = "lightweight_concrete", thickness = "20 cm", density = "0.2 g/cm3"', "density", "other_material"),
        ('material = "lightweight_concrete", thickness = "20 cm", density = "2300 kg/m3"', "density", "other_material"),
        ('material = "lead-glass", thickness = "10 mm"', "material", "unknown_name"),
        ('material = "Pb glass", thickness = "10 mm"', "material", "material_without_data"),
        ('material = "granite", thickness = "10 mm"', "material", "material_without_data"),
    ],
)
def test_a_slip_is_told_at_its_key(layer: str, key: str, code: str, tmp_path: Path) -> None:
    found = problems(wall(layer), tmp_path)
    assert len(found) == 1
    line, path, said = found[0]
    assert line is not None
    assert path == f"wall.1.layers.1.{key}"
    assert code in said
