"""Materials by every kind of name; formulas and compositions; what is refused."""

import pytest

from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.photons.elements import composition_weights, formula_weights
from shieldcalc.photons.materials import composed, material, media, nist_names
from shieldcalc.tables import table

ASKED = [
    "lead", "steel", "concrete", "barite_concrete", "magnetite_concrete", "concrete_ans", "brick", "lead_glass",
    "barium_plaster", "tungsten", "depleted_uranium", "water", "pmma", "polyethylene", "borated_polyethylene", "gypsum",
    "sand", "soil", "granite", "plate_glass", "wood", "air",
]  # fmt: skip


@pytest.mark.parametrize("name", ASKED)
def test_every_material_says_where_it_is_from(name: str) -> None:
    found = material(name)
    assert found.density() > 0
    assert sum(share for _, share in found.weights) == pytest.approx(1)
    assert found.composition_source
    assert found.density_source
    assert found.confidence
    assert found.density_min <= found.density() <= found.density_max
    assert found.buildup in {"", *media()}


def test_densities_are_those_of_the_x_ray_rooms() -> None:
    """One house, one concrete: the densities of data/materials/shielding.csv where both lists have a material."""
    for row in table("materials/shielding.csv").rows:
        if row["density_g_per_cm3"] and row["material"] not in ("plate_glass",) and not row["declares"]:
            assert material(row["material"]).density() == pytest.approx(float(row["density_g_per_cm3"]))


def test_concrete_and_steel() -> None:
    assert material("concrete").density() == 2.35
    assert material("concrete").buildup == "concrete"
    assert material("steel").buildup == "iron"


@pytest.mark.parametrize("name", nist_names())
def test_nist_materials_answer(name: str) -> None:
    assert sum(share for _, share in material(name).weights) == pytest.approx(1, abs=2e-5)


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Water, Liquid", "water"), ("WATER", "water"), ("lead glass", "lead_glass"), ("Lead-Glass", "lead_glass"),
        ("aluminum", "aluminium"), ("Pb", "lead"), ("glass", "plate_glass"), ("Fe", "iron"),
        ("uranium", "depleted_uranium"),
    ],
)  # fmt: skip
def test_spellings(spelling: str, name: str) -> None:
    assert material(spelling).name == name


@pytest.mark.parametrize(
    ("formula", "hydrogen"),
    [("H2O", 0.1119), ("Ca(OH)2", 0.02721), ("C2H4", 0.1437), ("CaSO4(H2O)2", 0.02342), ("Fe2O3", 0.0), ("H", 1.0)],
)
def test_formulas(formula: str, hydrogen: float) -> None:
    weights = formula_weights(formula)
    assert weights is not None
    assert weights.get("H", 0.0) == pytest.approx(hydrogen, rel=1e-3)
    assert sum(weights.values()) == pytest.approx(1)


@pytest.mark.parametrize("text", ["", "h2o", "Xx2", "Ca(OH", "CaOH)2", "2H", "H-O", "Fe 2", "lead", "Uub"])
def test_what_is_no_formula(text: str) -> None:
    assert formula_weights(text) is None


def test_compositions() -> None:
    assert composition_weights("H:0.112 O:0.888") == pytest.approx({"H": 0.112, "O": 0.888})
    assert composition_weights("water") is None
    for text in ("H:0.2 O:0.3", "H:0.5 H:0.5", "Xx:1", "H:2"):
        with pytest.raises(OutsideDataError):
            composition_weights(text)
    assert dict(composed("mix", 2.0, {"Fe": 1.0, "Pb": 1.0}).weights) == {"Fe": 0.5, "Pb": 0.5}
    for weights in ({"Fe": -1.0}, {"Pu": 1.0}, {"Fe": float("nan")}):
        with pytest.raises(OutsideDataError):
            composed("mix", 2.0, weights)


@pytest.mark.parametrize("density", [0.0, -1.0, 20.0, float("nan"), float("inf")])
def test_densities_that_are_none(density: float) -> None:
    with pytest.raises(OutsideDataError):
        material("lead").density(density)


def test_refusals() -> None:
    with pytest.raises(UnknownNameError, match="concrete"):
        material("concret")
    with pytest.raises(OutsideDataError, match="--density"):
        material("Fe2O3").density()


def test_lightweight_concrete_goes_by_its_mass() -> None:
    """No density is assumed of it; declared, it is as much as ordinary concrete of the same mass per area."""
    with pytest.raises(OutsideDataError, match="--density"):
        material("lightweight_concrete").density()
    assert material("lightweight_concrete").density(0.8) == 0.8
    assert material("lightweight_concrete").weights == material("concrete").weights


def test_heavy_concrete_may_be_barite_or_magnetite() -> None:
    """It was taken as barite concrete, which attenuates 0.3 MeV photons 30 % more per mass than magnetite concrete."""
    with pytest.raises(UnknownNameError):
        material("heavy concrete")
