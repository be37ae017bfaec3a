"""The table is what its script makes; nothing gets more credit than its mass in concrete, or its lead."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from shieldcalc_viet_nam_china_materials import MATERIALS, TRANSMISSION, register_materials

from shieldcalc.beams import Beam, Layer, transmission, use_materials
from shieldcalc.tables import table

FOLDER = Path(__file__).parents[1]
NAMES = [material.name for material in register_materials()]
KV = ["50", "70", "100", "125", "150"]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_transmission", FOLDER / "make_transmission.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_is_what_its_script_makes() -> None:
    written = [",".join(row.values()) for row in table(TRANSMISSION).rows]
    assert written == list(_script().rows())


def test_every_kind_that_is_built_with_is_there() -> None:
    for kind in ("solid_brick", "hollow_brick", "aerated_concrete", "barium_plaster", "lead_rubber", "lead_glass"):
        assert any(kind in name for name in NAMES), kind
    assert len([name for name in NAMES if name.startswith("barium_plaster")]) == 3


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kv", KV)
def test_no_more_credit_than_by_mass(name: str, kv: str) -> None:
    use_materials(register_materials())
    row = next(table(MATERIALS).where(material=name))
    density, base = float(row["density_g_per_cm3"]), row["counts"]
    x = 1.0 if base == "lead" else 150.0
    mass = x * density / {"concrete": 2.35, "lead": 11.35}[base]
    for component in ("primary", "secondary"):
        beam = Beam("ncrp147", "kvp", kv, component)
        own = transmission(beam, [Layer(name, x, density)])
        assert own >= transmission(beam, [Layer(base, mass)])
        assert own < 1


def test_a_hollow_brick_has_to_say_its_density() -> None:
    from shieldcalc.errors import OutsideDataError

    use_materials(register_materials())
    with pytest.raises(OutsideDataError, match="density"):
        transmission(Beam(key="100"), [Layer("vn_hollow_brick", 200.0)])


def test_compositions_add_up() -> None:
    for material in register_materials():
        shares = [float(part.partition(":")[2]) for part in material.composition.split()]
        assert sum(shares) == pytest.approx(1, abs=0.005)


def test_the_density_of_lead_rubber_is_that_of_its_parts() -> None:
    mixed = 1 / (0.6 / 11.35 + 0.4 / 0.92)
    assert mixed == pytest.approx(2.05, abs=0.005)
