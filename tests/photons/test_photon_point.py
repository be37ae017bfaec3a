"""The point kernel: linear, inverse square, additive; the shares of collided photons; what is refused."""

from math import exp, pi
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shieldcalc.errors import OutsideDataError
from shieldcalc.model.design import Layer as Wall
from shieldcalc.photons.dose import H10, QUANTITIES, exposure, gray_per_roentgen, per_fluence
from shieldcalc.photons.nuclides import nuclide
from shieldcalc.photons.point import rates, trace
from shieldcalc.photons.shield import layer, merged, ray
from shieldcalc.photons.source import Dates, Emission, Source, of_energy, of_nuclide
from shieldcalc.photons.transmission import lead_equivalent_mm, thickness_mm, transmission
from shieldcalc.physics.gamma.passing import at_1m
from shieldcalc.tables import table


def codes(source: Source, *layers: tuple[str, float]) -> list[str]:
    return [each.code for each in rates(source, 3.0, [layer(name, mm) for name, mm in layers]).notices]


def test_fluence_in_vacuum() -> None:
    found = rates(of_energy(1.0, 3e10), 1.0)
    fluence_per_hour = 3e10 * 3600 / (4 * pi * 100**2)
    assert found.air_kerma == pytest.approx(fluence_per_hour * 4.47e-6, rel=1e-3)
    assert found.doses[H10] == pytest.approx(fluence_per_hour * 5.20e-6, rel=1e-3)
    assert found.doses["icrp116_AP"] == pytest.approx(fluence_per_hour * 4.49e-6, rel=1e-3)
    assert found.doses["icrp74_ISO"] == pytest.approx(fluence_per_hour * 3.21393e-6, rel=1e-3)
    assert found.uncollided_fraction == 1


@given(st.floats(0.01, 10), st.floats(1.01, 100), st.floats(0.1, 1e6))
def test_inverse_square_and_linear(energy: float, far: float, more: float) -> None:
    near = rates(of_energy(energy, 1.0), 1.0)
    other = rates(of_energy(energy, more), far)
    assert other.air_kerma == pytest.approx(near.air_kerma * more / far**2)
    assert other.doses[H10] == pytest.approx(near.doses[H10] * more / far**2)


def test_additive() -> None:
    both = Source((Emission(0.3, 1e6, "", ""), Emission(1.2, 2e6, "", "")))
    shield = [layer("steel", 40.0)]
    parts = [rates(Source((line,)), 2.0, shield) for line in both.lines]
    found = rates(both, 2.0, shield)
    assert found.air_kerma == pytest.approx(sum(each.air_kerma for each in parts))
    for name in QUANTITIES:
        assert found.doses[name] == pytest.approx(sum(each.doses[name] for each in parts))


def test_h10_behind_a_shield_is_an_upper_value() -> None:
    """Uncollided photons by the ratio at their energy, the others by the largest ratio below: 0.51/0.289 at 60 keV."""
    found = rates(of_energy(1.0, 1e9), 1.0, [layer("concrete", 300.0)])
    share = found.uncollided_fraction
    assert found.doses[H10] / found.air_kerma == pytest.approx(
        share * 5.20 / 4.47 + (1 - share) * 0.51 / 0.289, rel=1e-4
    )


def test_ratios_never_exceed_what_x_ray_rooms_use() -> None:
    assert per_fluence(1.0).largest[H10] == pytest.approx(0.51 / 0.289)
    assert per_fluence(0.02).largest[H10] == pytest.approx(1.05 / 1.68)
    assert gray_per_roentgen() == pytest.approx(8.764e-3, rel=1e-3)
    assert exposure(1.0) * gray_per_roentgen() * 1e12 == pytest.approx(per_fluence(1.0).kerma, rel=2e-3)


def test_ten_centimetres_of_water_do_not_raise_the_dose() -> None:
    for energy in (0.06, 0.1405, 0.208):
        bare, behind = (rates(of_energy(energy, 1e9), 1.0, shield) for shield in ([], [layer("water", 100.0)]))
        assert behind.air_kerma <= bare.air_kerma * (1 + 1e-12)
        assert "warnings.photon_capped" in [each.code for each in behind.notices]


@pytest.mark.parametrize("distance", [0.0, -1.0, float("nan"), float("inf")])
def test_a_point_on_the_source(distance: float) -> None:
    with pytest.raises(OutsideDataError):
        rates(of_energy(1.0, 1.0), distance)


def test_a_point_inside_a_layer() -> None:
    with pytest.raises(OutsideDataError, match="inside"):
        rates(of_energy(1.0, 1.0), 0.1, [layer("lead", 101.0)])


def test_cs_137_with_and_without_its_daughter() -> None:
    whole, alone = of_nuclide("Cs-137", 1e9), of_nuclide("Cs-137", 1e9, daughters=False)
    assert rates(whole, 1.0).air_kerma == pytest.approx(76.6, rel=1e-3)
    assert rates(alone, 1.0).air_kerma < 2
    assert {"warnings.photon_no_daughters", "warnings.photon_bremsstrahlung"} <= {each.code for each in alone.notices}


def test_bremsstrahlung_bound_by_hand() -> None:
    """P-32: 3.5e-4 Z E_max of 0.695 MeV a decay, at the energy with most air kerma for it: 15 keV, 3.12 pGy cm2."""
    found = rates(of_nuclide("P-32", 1e9), 1.0)
    mean = nuclide("P-32").electron_MeV
    power = 1e9 * mean * 3.5e-4 * 7.64 * 3 * mean
    assert found.bremsstrahlung is not None
    assert found.air_kerma == pytest.approx(power * 3.12 / 0.015 * 3600e-6 / (4 * pi * 1e4), rel=1e-3)
    lead = rates(of_nuclide("P-32", 1e9), 1.0, [layer("lead", 1.0)])
    assert lead.bremsstrahlung is not None
    assert lead.bremsstrahlung.Z == 82


def test_fission_neutrons() -> None:
    with pytest.raises(OutsideDataError, match="neutrons"):
        rates(of_nuclide("Cf-252", 1e9), 1.0)
    with pytest.raises(OutsideDataError, match="neutrons"):
        rates(of_nuclide("Cm-244", 1e12), 1.0, [layer("lead", 20.0)])
    assert rates(of_nuclide("Am-241", 1e9), 1.0).doses[H10] > 0


def test_deep_shields() -> None:
    line = of_energy(0.14, 1e12)
    with pytest.raises(OutsideDataError, match="40"):
        rates(line, 1.0, [layer("lead", 20.0)])
    found = rates(line, 1.0, [layer("lead", 20.0)], extrapolate=True)
    assert "warnings.photon_extrapolated" in [each.code for each in found.notices]
    assert rates(of_nuclide("Cs-137", 1e12), 1.0, [layer("lead", 200.0)]).air_kerma > 0


def test_behind_thick_lead_a_weak_hard_line_makes_the_dose_of_tc_99m() -> None:
    """322.4 keV in 9.694e-7 of the decays: behind 1 cm of lead far more than the line of 140 keV."""
    shield = [layer("lead", 10.0)]
    found = rates(of_nuclide("Tc-99m", 1e12), 1.0, shield).air_kerma
    hard = rates(of_energy(0.3224, 1e12 * 9.694e-7), 1.0, shield).air_kerma
    soft = rates(of_energy(0.140511, 1e12 * 0.8906), 1.0, shield).air_kerma
    assert found == pytest.approx(hard, rel=0.05)
    assert soft < 0.01 * hard


def test_what_is_said() -> None:
    assert "warnings.photon_equilibrium" in codes(of_nuclide("Ra-226", 1e9))
    assert "warnings.photon_equivalent_z" in codes(of_nuclide("Co-60", 1e9), ("lead_glass", 50.0))
    assert "warnings.photon_tg108_lower" in codes(of_nuclide("F-18", 1e9), ("concrete", 200.0))
    assert "warnings.photon_outlasting" in codes(of_nuclide("Pu-241", 1e9))
    assert "warnings.photon_outlasting_before" in codes(of_nuclide("Pu-241", 1e9, dates=Dates(700000, 700001)))
    assert "warnings.photon_outlasting" not in codes(of_nuclide("Tc-99m", 1e9))
    assert "warnings.photon_below_rows" in codes(of_nuclide("Se-75", 1e9, cutoff_MeV=0.01), ("lead", 1.0))


def test_other_rules_are_shown_where_they_differ() -> None:
    found = rates(of_energy(1.0, 1e9), 1.0, [layer("lead", 50.0), layer("concrete", 200.0)])
    assert found.alternatives["last"] > 1.1 * found.air_kerma
    assert not rates(of_energy(1.0, 1e9), 1.0, [layer("lead", 50.0), layer("lead", 20.0)]).alternatives


def test_transmission_is_the_ratio_of_rates() -> None:
    source, shield = of_nuclide("Ir-192", 1e9), [layer("lead", 20.0), layer("steel", 10.0)]
    ratio = rates(source, 1.0, shield).air_kerma / rates(source, 1.0).air_kerma
    assert exp(transmission(source, shield).log_transmission) == pytest.approx(ratio, rel=1e-9)


NUCLIDES = st.sampled_from(["Co-60", "Cs-137", "Ir-192", "F-18", "I-131", "Tc-99m"])


@given(NUCLIDES, st.sampled_from(["lead", "concrete", "steel"]), st.floats(1e-6, 0.9))
def test_thickness_and_transmission_are_inverse(name: str, material: str, wanted: float) -> None:
    source = of_nuclide(name, 1.0)
    x, found = thickness_mm(source, material, wanted)
    assert exp(found.log_transmission) == pytest.approx(wanted, rel=1e-6)
    assert exp(transmission(source, [layer(material, x)]).log_transmission) == pytest.approx(wanted, rel=1e-6)


def test_lead_is_its_own_equivalent() -> None:
    assert lead_equivalent_mm(of_nuclide("Co-60", 1.0), [layer("lead", 37.0)])[0] == pytest.approx(37.0)


def test_annihilation_photons_by_monte_carlo_values() -> None:
    source = of_nuclide("F-18", 1.0)
    concrete = transmission(source, [layer("concrete", 300.0)])
    assert exp(concrete.log_transmission) == pytest.approx(0.0194, rel=0.01)
    assert concrete.alternatives["point kernel"] > 1.8 * 0.0194
    assert "warnings.photon_tg108" in [each.code for each in concrete.notices]


LAYERS = st.tuples(st.sampled_from(["lead", "concrete", "steel", "water"]), st.floats(0, 150))


@given(st.lists(LAYERS, min_size=1, max_size=3), st.integers(0, 2), st.floats(1, 2))
def test_at_511_keV_a_thicker_layer_never_passes_more(parts: list[tuple[str, float]], index: int, more: float) -> None:
    def through(stack: list[tuple[str, float]]) -> float:
        return transmission(of_energy(0.511, 1.0), [layer(*part) for part in stack], extrapolate=True).log_transmission

    i = index % len(parts)
    thicker = [(name, mm * more if k == i else mm) for k, (name, mm) in enumerate(parts)]
    assume(sum(layer(*part).depth(0.511) for part in thicker) < 80)
    assert through(thicker) <= through(parts) + 1e-3


def test_published_fits_of_ir_192_are_only_shown() -> None:
    found = transmission(of_nuclide("Ir-192", 1.0), [layer("lead", 20.0)])
    assert found.method == "point kernel, broder"
    assert "Lymperopoulou 2006" in found.alternatives


def test_rules_have_reasons() -> None:
    assert all(row["reason"] and row["unit"] for row in table("nuclides/rules.csv").rows)


@pytest.mark.parametrize("seed", range(100))
def test_no_layer_anywhere_raises_the_dose(seed: int) -> None:
    """A stack with one layer taken out lets at least as much through: before, between and behind the others."""
    draw = Random(seed)
    energy = draw.choice([0.03, 0.05, 0.08, 0.14, 0.2, 0.66, 1.25, 3.0])
    layers = [layer(draw.choice(["lead", "water", "iron", "concrete"]), draw.uniform(0.5, 300)) for _ in range(4)]
    layers = [each._replace(thickness_mm=each.thickness_mm * min(1, 6 / each.depth(energy))) for each in layers]
    whole = ray(merged(layers), energy).passed().transmission
    for k in range(4):
        assert whole <= ray(merged(layers[:k] + layers[k + 1 :]), energy).passed().transmission * (1 + 1e-9)


def test_far_lines_stand_at_an_upper_value_that_changes_nothing() -> None:
    """Radium behind 5 cm lead and 20 cm concrete: a third of its lines lie behind more than 300 mean free paths."""
    source, stack = of_nuclide("Ra-226", 1e9), [layer("lead", 50.0), layer("concrete", 200.0)]
    lines = trace(source, stack)
    far = [each for each in lines if not each.ray.curves]
    assert len(far) > 200
    whole = sum(each.kerma for each in lines)
    assert sum(each.kerma for each in far) < 1e-9 * whole
    for each in far[::20]:
        assert each.passed.transmission >= ray(stack, each.emission.energy_MeV).passed().transmission


def test_far_lines_that_matter_are_computed() -> None:
    soft = Source((Emission(0.03, 1e12, "", ""),))
    (line,) = trace(soft, [layer("lead", 20.0)])
    assert line.ray.curves
    assert line.ray.depth > 300


STACKS = st.lists(
    st.tuples(st.sampled_from(["water", "pmma", "concrete", "steel", "lead", "gypsum"]), st.floats(0.1, 150.0)),
    min_size=1,
    max_size=3,
)


@settings(max_examples=60, deadline=None)
@given(
    STACKS,
    st.sampled_from(["water", "pmma", "aluminium", "lead"]),
    st.floats(0.1, 100.0),
    st.floats(0.06, 3.0),
    st.integers(0, 3),
)
def test_no_layer_anywhere_raises_any_dose(
    stack: list[tuple[str, float]], name: str, mm: float, energy_MeV: float, at: int
) -> None:
    """Upper values of H*(10) and of effective dose count collided photons at their worst: that must not add dose.

    Before, between or behind the others; between layers of one material it splits them.
    """
    source = of_energy(energy_MeV, 1e9)
    layers = [layer(*each) for each in stack]
    assume(sum(each.depth(energy_MeV) for each in [*layers, layer(name, mm)]) < 35)
    without, with_it = rates(source, 2.0, layers), rates(source, 2.0, [*layers[:at], layer(name, mm), *layers[at:]])
    for quantity in QUANTITIES:
        assert with_it.doses[quantity] <= without.doses[quantity] * (1 + 1e-3), quantity


@pytest.mark.parametrize("seed", range(12))
def test_of_seven_and_more_layers_none_raises_any_dose(seed: int) -> None:
    """The first ones alone were looked at: a seventh layer raised H*(10) of Ir-192 by up to 6 %."""
    draw = Random(seed)
    source = of_nuclide("Ir-192", 1e9) if seed < 3 else of_energy(draw.uniform(0.05, 3.0), 1e9)
    names = ["lead", "water", "concrete", "steel", "pmma", "air", "gypsum"]
    layers = [layer(draw.choice(names), 1.0) for _ in range(draw.randint(7, 9))]
    layers = [each._replace(thickness_mm=10 ** draw.uniform(-2, 0.3) / each.depth(0.3)) for each in layers]
    whole = rates(source, 1e6, layers)
    for k in range(len(layers)):
        fewer = rates(source, 1e6, layers[:k] + layers[k + 1 :])
        assert whole.air_kerma <= fewer.air_kerma * (1 + 1e-9)
        assert all(whole.doses[name] <= fewer.doses[name] * (1 + 1e-9) for name in QUANTITIES)


def test_more_layers_than_can_be_looked_at_are_refused() -> None:
    with pytest.raises(OutsideDataError, match="11 layers"):
        rates(of_energy(1.0, 1e9), 1.0, [layer("lead", 1.0), layer("air", 1.0)] * 5 + [layer("lead", 1.0)])
    rates(of_energy(1.0, 1e9), 1.0, [layer("lead", 1.0), layer("air", 1.0)] * 5)


def test_concrete_before_a_thin_lead_does_not_raise_the_dose_of_ir_192() -> None:
    """The collided photons of 3 cm of concrete at their worst ratio once made 8 % more than the lead alone lets by."""
    source, lead, concrete = of_nuclide("Ir-192", 1e9), layer("lead", 0.363), layer("concrete", 29.934)
    alone, behind = rates(source, 2.0, [lead]), rates(source, 2.0, [concrete, lead])
    assert all(behind.doses[name] <= alone.doses[name] * (1 + 1e-12) for name in QUANTITIES)
    of_room = [
        at_1m(source.lines, [Wall(material=each.material.name, thickness_mm=each.thickness_mm) for each in stack])
        for stack in ([lead], [concrete, lead])
    ]
    assert of_room[1].h10 <= of_room[0].h10 * (1 + 1e-12)
    assert of_room[1].h10 == pytest.approx(4 * behind.doses[H10], rel=1e-6)


def test_ten_centimetres_of_water_do_not_raise_the_dose_of_140_keV() -> None:
    source = of_energy(0.14, 1e9)
    bare, behind = rates(source, 1.0), rates(source, 1.0, [layer("water", 100.0)])
    assert behind.air_kerma <= bare.air_kerma * (1 + 1e-12)
    assert all(behind.doses[name] <= bare.doses[name] * (1 + 1e-12) for name in QUANTITIES)


def test_beyond_the_end_of_tg108_the_kernel_is_named() -> None:
    found = transmission(of_energy(0.511, 1.0), (layer("concrete", 1000.0),))
    assert found.method.startswith("point kernel")
    assert not any(each.code == "warnings.photon_tg108" for each in found.notices)
