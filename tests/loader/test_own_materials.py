"""Materials of the gamma data and of the file itself in the barriers of a design with gamma sources."""

from dataclasses import replace
from pathlib import Path

import pytest

from shieldcalc import plugins
from shieldcalc.errors import InputError
from shieldcalc.model.design import Design, Layer
from shieldcalc.model.loader import load
from shieldcalc.photons.source import of_nuclide
from shieldcalc.physics.gamma.passing import at_1m

STORE = (Path(__file__).parents[2] / "examples" / "source_store.toml").read_text(encoding="utf-8")
CT = (Path(__file__).parents[2] / "examples" / "ct_room.toml").read_text(encoding="utf-8")
WEST = 'beyond = { kind = "nothing", name = "earth" }\n\n[[door]]'
OWN = """[[material]]
id = "ferro"
density = "5 g/cm3"
document = "mix report 12"
composition = "H:0.01 O:0.4 Fe:0.59"

[floor]
"""

LEAD = 'material = "lead", thickness = "1 m"'


def design(text: str, tmp_path: Path) -> Design:
    file = tmp_path / "room.toml"
    file.write_text(text, encoding="utf-8")
    return load(str(file), plugins.catalog())


def with_west(layer: str, own: str = OWN) -> str:
    """Return the store with another layer in its south wall, and a material of its own."""
    first = 'layers = [{ material = "concrete", thickness = "300 mm", density = "2.35 g/cm3" }]'
    assert first in STORE
    return STORE.replace(first, f"layers = [{{ {layer} }}]", 1).replace("[floor]\n", own, 1)


def test_a_declared_material_shields_like_the_same_of_the_data() -> None:
    lines = of_nuclide("Co-60", 1e9).lines
    own = Layer(material="mine", thickness_mm=80, density_g_per_cm3=1.0, composition="H:0.111894 O:0.888106")
    known = Layer(material="water", thickness_mm=80)
    assert at_1m(lines, (own,)).kerma == pytest.approx(at_1m(lines, (known,)).kerma, rel=0.03)  # buildup by equal Z
    heavier = replace(own, density_g_per_cm3=2.0)
    assert at_1m(lines, (heavier,)) == at_1m(lines, (replace(own, thickness_mm=160),))


def test_formula_and_composition_are_one_material() -> None:
    lines = of_nuclide("Cs-137", 1e9).lines
    by_formula = Layer(material="a", thickness_mm=50, density_g_per_cm3=2.3, composition="SiO2")
    by_weight = replace(by_formula, composition="Si:0.467435 O:0.532565")
    assert at_1m(lines, (by_formula,)).h10 == pytest.approx(at_1m(lines, (by_weight,)).h10, rel=1e-5)


def test_own_and_gamma_materials_reach_the_barriers(tmp_path: Path) -> None:
    found = design(with_west('material = "ferro", thickness = "10 cm"'), tmp_path)
    (layer,) = found.walls[0].layers
    assert (layer.material, layer.density_g_per_cm3, layer.composition) == ("ferro", 5.0, "H:0.01 O:0.4 Fe:0.59")
    assert any(each.code == "assumptions.own_material" for each in found.assumptions)
    for name in ("soil", "granite", "barite_concrete", "water", "Bismuth", "Water, Liquid", "depleted_uranium"):
        (layer,) = design(with_west(f'material = "{name}", thickness = "10 cm"'), tmp_path).walls[0].layers
        assert layer.material == name


@pytest.mark.parametrize(
    ("layer", "own", "key", "code"),
    [
        ('material = "soli", thickness = "1 m"', OWN, "wall.1.layers.1.material", "unknown_name"),
        ('material = "soil", thickness = "1 m", density = "9 g/cm3"', OWN, "layers.1.density", "photon_density"),
        ('material = "soil", thickness = "1 m", form = "solid"', OWN, "layers.1.form", "not_here"),
        ('material = "SiO2", thickness = "1 m"', OWN, "layers.1.material", "photon_density_missing"),
        ('material = "ferro", thickness = "1 m", density = "5 g/cm3"', OWN, "layers.1.density", "not_here"),
        ('material = "ferro"', OWN, "layers.1.thickness", "missing_key"),
        ('material = "ferro", thickness = "0 m"', OWN, "layers.1.thickness", "out_of_range"),
        (LEAD, OWN.replace("ferro", "lead"), "material.1.id", "material_taken"),
        (LEAD, OWN.replace("ferro", "Soil"), "material.1.id", "material_taken"),
        (LEAD, OWN.replace("0.59", "0.2"), "material.1.composition", "composition_s"),
        (LEAD, OWN.replace("Fe:", "Xx:"), "material.1.composition", "photon_element"),
        (
            LEAD,
            OWN.replace("H:0.01 O", "rock"),
            "material.1.composition",
            "no_compos",
        ),
        (LEAD, OWN.replace("composition", "formula"), "material.1.formula", "no_com"),
        (LEAD, OWN.replace("document", "paper"), "material.1.paper", "unknown_key"),
        (LEAD, OWN.replace("5 g/cm3", "50 g/cm3"), "1.density", "out_of_range"),
        (LEAD, f"{OWN.replace('[floor]', '')}{OWN}", "material.2.id", "duplicate_id"),
    ],
)
def test_a_slip_is_told_at_its_key(layer: str, own: str, key: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        design(with_west(layer, own), tmp_path)
    assert any(key in each.key and code in each.code for each in refused.value.problems), refused.value.problems


def test_x_ray_rooms_know_the_x_ray_tables_alone(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        design(CT.replace("[floor]\n", OWN, 1), tmp_path)
    assert [each.code for each in refused.value.problems] == ["design.not_here"]
