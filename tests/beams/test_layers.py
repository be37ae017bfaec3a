"""Several layers: order, splitting and adding; density; forms; the readings of one barrier."""

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.beams import Beam, Layer, lead_equivalent_mm, log_transmission, thickness_mm
from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.model.design import Layer as DesignLayer

KV_100 = Beam()
BEAMS = st.sampled_from(
    [
        KV_100,
        Beam(key="73.5"),
        Beam(key="110", component="secondary"),
        Beam(standard="bir", key="125", component="secondary"),
        Beam(key_type="workload", key="rad_room_chest_bucky"),
        Beam(key_type="workload", key="cardiac_angiography", component="secondary"),
        Beam(key_type="ct", key="120", component="secondary"),
    ]
)
THICKNESS = st.floats(0, 1)
TYPICAL = {"lead": 3, "concrete": 250, "brick": 300, "gypsum": 60, "steel": 20, "plate_glass": 60, "barium_plaster": 40}


def layer(material: str, share: float) -> Layer:
    return Layer(material, share * TYPICAL[material])


LAYERS = st.lists(st.builds(layer, st.sampled_from(sorted(TYPICAL)), THICKNESS), min_size=1, max_size=4)


@given(BEAMS, LAYERS, st.builds(layer, st.sampled_from(sorted(TYPICAL)), THICKNESS))
def test_a_layer_never_raises_the_dose(beam: Beam, layers: list[Layer], more: Layer) -> None:
    before = log_transmission(beam, layers).log_transmission
    assert log_transmission(beam, [*layers, more]).log_transmission <= before + 1e-9


@given(BEAMS, LAYERS, st.randoms(use_true_random=False))
def test_order_does_not_matter(beam: Beam, layers: list[Layer], random: object) -> None:
    mixed = sorted(layers, key=lambda _: random.random())  # type: ignore[attr-defined]
    one, other = log_transmission(beam, layers), log_transmission(beam, mixed)
    assert one.log_transmission == pytest.approx(other.log_transmission, abs=1e-9)


@given(BEAMS, LAYERS, st.floats(0, 1))
def test_splitting_does_not_matter(beam: Beam, layers: list[Layer], share: float) -> None:
    first = layers[0]
    halves = [first._replace(thickness_mm=first.thickness_mm * part) for part in (share, 1 - share)]
    one, other = log_transmission(beam, layers), log_transmission(beam, [*halves, *layers[1:]])
    assert one.log_transmission == pytest.approx(other.log_transmission, abs=1e-6)


@given(st.sampled_from(sorted(TYPICAL)), st.floats(0.05, 0.8), st.sampled_from(["lead", "concrete"]))
def test_a_vanishing_layer_leaves_the_single_material(material: str, share: float, other: str) -> None:
    alone = log_transmission(KV_100, [layer(material, share)])
    nearly = log_transmission(KV_100, [layer(material, share), Layer(other, 1e-7)])
    assert nearly.log_transmission == pytest.approx(alone.log_transmission, abs=1e-4)


def test_two_bases_and_the_product() -> None:
    """100 mm concrete and 0.5 mm lead at 100 kV: the product is several times too low."""
    found = log_transmission(KV_100, [Layer("concrete", 100), Layer("lead", 0.5)])
    assert found.method == "lead base"
    assert set(found.alternatives) == {"concrete base", "product (not conservative)"}
    assert all(other < found.transmission for other in found.alternatives.values())
    assert found.transmission / found.alternatives["product (not conservative)"] > 3
    lead = thickness_mm(KV_100, "lead", log_transmission(KV_100, [Layer("concrete", 100)]).transmission)[0]
    by_hand = log_transmission(KV_100, [Layer("lead", 0.5 + lead)])
    assert found.log_transmission == pytest.approx(by_hand.log_transmission)


def test_no_thickness_at_all() -> None:
    assert log_transmission(KV_100, []).method == "no layers"
    nothing = log_transmission(KV_100, [Layer("lead", 0), Layer("brick", 0)])
    assert (nothing.transmission, nothing.log_transmission) == (1.0, 0.0)


def test_a_zero_layer_changes_nothing() -> None:
    assert (
        log_transmission(KV_100, [Layer("lead", 1), Layer("steel", 0)])[:3]
        == log_transmission(KV_100, [Layer("lead", 1)])[:3]
    )


def test_layers_of_a_design_are_taken_as_they_are() -> None:
    mine = DesignLayer(material="brick", thickness_mm=220, density_g_per_cm3=1.8, form="solid")
    assert log_transmission(KV_100, [mine]) == log_transmission(KV_100, [Layer("brick", 220, 1.8, "solid")])


def test_lead_equivalent() -> None:
    assert lead_equivalent_mm(KV_100, [Layer("lead", 1.3), Layer("lead", 0.7)]) == 2.0
    assert lead_equivalent_mm(KV_100, []) == 0
    stack = [Layer("concrete", 120), Layer("steel", 2)]
    same = log_transmission(KV_100, [Layer("lead", lead_equivalent_mm(KV_100, stack))])
    assert same.log_transmission == pytest.approx(log_transmission(KV_100, stack).log_transmission)


@pytest.mark.parametrize("x", [1e6, 1e9])
def test_no_overflow(x: float) -> None:
    found = log_transmission(KV_100, [Layer("lead", x), Layer("concrete", x)])
    assert found.transmission == 0.0
    assert found.log_transmission < -x


@pytest.mark.parametrize(
    ("material", "density", "reference"), [("concrete", 2.2, 2.35), ("lead", 11.0, 11.35), ("brick", 1.8, 1.65)]
)
def test_mass_per_area(material: str, density: float, reference: float) -> None:
    scaled = log_transmission(KV_100, [Layer(material, 10, density)])
    plain = log_transmission(KV_100, [Layer(material, 10 * density / reference)])
    assert scaled.log_transmission == pytest.approx(plain.log_transmission)
    thick, _, _ = thickness_mm(KV_100, material, exp(scaled.log_transmission), density)
    assert thick == pytest.approx(10)


@pytest.mark.parametrize("material", ["gypsum", "steel", "plate_glass", "barium_plaster", "wood"])
def test_higher_density_is_not_credited(material: str) -> None:
    found = log_transmission(KV_100, [Layer(material, 20, 9.0)])
    assert found.log_transmission == log_transmission(KV_100, [Layer(material, 20)]).log_transmission
    assert "warnings.density_not_credited" in {notice.code for notice in found.notices}


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (Layer("steel", 2, 7.0), "below the 7.8"),
        (Layer("gypsum", 12, 0.6), "below the 0.73"),
        (Layer("concrete", 100, 3.5), "1.6 to 2.6"),
        (Layer("concrete", 100, 0.9), "1.6 to 2.6"),
        (Layer("concrete", 100, -1), "more than 0"),
        (Layer("concrete", 100, float("nan")), "more than 0"),
        (Layer("concrete", -1), "0 mm or more"),
        (Layer("concrete", float("nan")), "0 mm or more"),
        (Layer("concrete", float("inf")), "0 mm or more"),
        (Layer("barite_concrete", 100), "declare concrete"),
        (Layer("hollow_brick", 100), "form hollow"),
        (Layer("brick", 100, None, "hollow"), "gross density"),
        (Layer("brick", 100, 1.2, "perforated"), "solid, hollow"),
        (Layer("lead", 1, None, "solid"), "allowed: none"),
    ],
)
def test_what_cannot_be_credited_is_refused(bad: Layer, words: str) -> None:
    with pytest.raises(OutsideDataError, match=words):
        log_transmission(KV_100, [Layer("lead", 1), bad])


def test_unknown_material_has_a_guess_even_without_thickness() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'concrete'"):
        log_transmission(KV_100, [Layer("concret", 0)])


@given(st.floats(0, 60), st.sampled_from([None, 1.54, 2.0, 3.2]), st.sampled_from([None, 1.54, 3.2]))
def test_ct_bound_by_mass_never_falls_with_more_plaster(x: float, density: float | None, more: float | None) -> None:
    beam = Beam(key_type="ct", key="120", component="secondary")
    one = log_transmission(beam, [Layer("barium_plaster", x, density)])
    two = log_transmission(beam, [Layer("barium_plaster", x, density), Layer("barium_plaster", 0.5, more)])
    assert two.log_transmission <= one.log_transmission


def test_wood_without_a_density_is_not_bounded_by_a_part_of_its_mass() -> None:
    beam = Beam(key_type="ct", key="120", component="secondary")
    undeclared = log_transmission(beam, [Layer("wood", 40)])
    mixed = log_transmission(beam, [Layer("wood", 40), Layer("wood", 5, 0.5)])
    assert mixed.transmission < undeclared.transmission


def test_ct_counts_the_mass_of_brick_once() -> None:
    beam = Beam(key_type="ct", key="120", component="secondary")
    heavy = log_transmission(beam, [Layer("brick", 165, 1.8, "solid")])
    assert heavy.log_transmission == pytest.approx(log_transmission(beam, [Layer("brick", 180)]).log_transmission)


def test_brick_says_how_it_was_taken() -> None:
    def codes(*form: object) -> set[str]:
        found = log_transmission(KV_100, [Layer("brick", 200, *form)])  # type: ignore[arg-type]
        return {notice.code.removeprefix("warnings.") for notice in found.notices} - {"bir_row_used"}

    assert codes() == {"taken_as_solid"}
    assert codes(1.7) == {"taken_as_solid"}
    assert codes(None, "solid") == {"solid_density_taken"}
    assert codes(1.7, "solid") == set()
    assert codes(1.1, "hollow") == {"hollow_by_mass"}
    hollow = log_transmission(KV_100, [Layer("brick", 200, 1.1, "hollow")])
    assert hollow.transmission > log_transmission(KV_100, [Layer("brick", 200, 1.65, "solid")]).transmission
