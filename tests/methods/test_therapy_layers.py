"""Tenth value layers and scatter fractions of radiotherapy beams: tables, what stands between rows, properties."""

from itertools import pairwise
from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.errors import OutsideDataError, UnitError
from shieldcalc.methods.gbzt250 import GBZT250
from shieldcalc.methods.ncrp49 import NCRP49
from shieldcalc.methods.ncrp151.document import NCRP151
from shieldcalc.methods.srs47.megavolts import SRS47
from shieldcalc.physics.therapy.counted import Sheet, behind, layers_of, mass_share
from shieldcalc.physics.therapy.document import Beam, Document
from shieldcalc.physics.therapy.energy import Energy, megavolts
from shieldcalc.physics.therapy.layers import Layers
from shieldcalc.tables import table

DOCUMENTS = (NCRP151, SRS47)
ROWS = (4, 6, 10, 15, 18, 20, 24, 25)
parts = st.sampled_from(["primary", "leakage", "scatter"])
energies = st.floats(6, 24).map(lambda MV: Energy(MV=MV))
angles = st.floats(10, 150)
materials = st.sampled_from(["concrete", "lead", "steel", "barite_concrete", "brick", "water", "soil", "polyethylene"])


def beams() -> st.SearchStrategy[Beam]:
    return st.builds(lambda e, p, a: Beam(e, p, a if p == "scatter" else None), energies, parts, angles)


def read(document: Document, energy: str, component: str, material: str, angle: float | None = None) -> Layers:
    found = document.layers(Beam(megavolts(energy), component, angle), material)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("energy", "component", "material", "angle", "first", "further"),
    [
        ("6", "primary", "concrete", None, 370, 330),
        ("18", "primary", "concrete", None, 450, 430),
        ("10", "primary", "lead", None, 57, 57),
        ("Co-60", "primary", "steel", None, 70, 70),
        ("6", "leakage", "concrete", None, 340, 290),
        ("18", "leakage", "concrete", None, 360, 340),
        ("18", "scatter", "concrete", 30, 320, 320),
        ("6", "scatter", "lead", 90, 10, 15),
    ],
)
def test_ncrp151_as_printed(
    energy: str, component: str, material: str, angle: float | None, first: float, further: float
) -> None:
    found = read(NCRP151, energy, component, material, angle)
    assert (found.first_mm, found.further_mm) == pytest.approx((first, further))
    assert found.notices == ()


@pytest.mark.parametrize(
    ("energy", "component", "material", "angle", "tvl"),
    [
        ("Co-60", "primary", "concrete", None, 218),
        ("6", "primary", "concrete", None, 343),
        ("18", "leakage", "concrete", None, 330),
        ("18", "scatter", "concrete", 30, 288),
        ("15", "leakage", "steel", None, 87),
    ],
)
def test_srs47_as_printed(energy: str, component: str, material: str, angle: float | None, tvl: float) -> None:
    found = read(SRS47, energy, component, material, angle)
    assert found.first_mm == found.further_mm == tvl


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
@pytest.mark.parametrize("component", ["primary", "leakage"])
def test_concrete_layers_grow_with_energy(document: Document, component: str) -> None:
    found = [read(document, f"{MV:g}", component, "concrete") for MV in (4, 5, 6, 8, 10, 12, 15, 18, 20, 22, 24, 24.5)]
    assert all(low.first_mm <= high.first_mm and low.further_mm <= high.further_mm for low, high in pairwise(found))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
@pytest.mark.parametrize("MV", ROWS)
def test_scatter_falls_with_the_angle(document: Document, MV: float) -> None:
    steps = [Beam(Energy(MV=MV), "scatter", angle) for angle in range(10, 151, 5)]
    found = [document.layers(beam, "concrete") for beam in steps]
    assert all(low and high and low.first_mm >= high.first_mm for low, high in pairwise(found))
    if MV >= 6 or document is SRS47:
        a = [document.fraction(beam, "at_depth").a for beam in steps]
        assert all(low >= high for low, high in pairwise(a))


@pytest.mark.parametrize("MV", ROWS)
def test_leakage_is_softer_than_the_primary_beam(MV: float) -> None:
    for document in DOCUMENTS:
        leak, primary = (read(document, f"{MV:g}", part, "concrete") for part in ("leakage", "primary"))
        assert leak.first_mm <= primary.first_mm


@pytest.mark.parametrize("MV", [4, 6, 10, 15, 18, 20, 24])
@pytest.mark.parametrize("component", ["primary", "leakage"])
def test_both_documents_agree(MV: float, component: str) -> None:
    """Thickness for 1e-2 to 1e-6 in concrete within 16 %: SRS 47 has one layer, at large attenuation.

    NCRP 151 needs more for leakage at 4 and 6 MV (TVL1 330 against 254 mm), about the same for the primary beam.
    """
    one, two = (read(document, f"{MV:g}", component, "concrete") for document in DOCUMENTS)
    for n in (2, 3, 4, 5, 6):
        ratio = one.thickness(n).value / two.thickness(n).value
        assert 0.95 < ratio < 1.25, (n, ratio)


@pytest.mark.parametrize("MV", ["6", "10", "18", "24"])
def test_srs47_at_depth_is_table_b4(MV: str) -> None:
    for angle in (10, 20, 30, 45, 60, 90, 135, 150):
        beam = Beam(megavolts(MV), "scatter", angle)
        assert NCRP151.fraction(beam, "at_depth").a == SRS47.fraction(beam, "at_depth").a
        assert SRS47.fraction(beam, "maximum").a >= SRS47.fraction(beam, "at_depth").a


@given(beams(), materials, st.floats(0, 12))
def test_thickness_and_back(beam: Beam, material: str, n: float) -> None:
    for document in DOCUMENTS:
        found = layers_of(document, beam, material)
        assert found.tenths(found.thickness(n).value) == pytest.approx(n, abs=1e-9)


@given(beams(), st.lists(st.tuples(materials, st.floats(0, 500)), min_size=1, max_size=3), materials, st.floats(0, 300))
def test_a_layer_more_never_lets_more_through(
    beam: Beam, stack: list[tuple[str, float]], material: str, mm: float
) -> None:
    sheets = [Sheet(*each) for each in stack]
    for document in DOCUMENTS:
        less, more = (behind(document, beam, each).tenths for each in (sheets, [*sheets, Sheet(material, mm)]))
        assert more >= less - 1e-9


@given(energies, st.floats(0.1, 8))
def test_a_harder_beam_between_rows_never_needs_less_concrete(energy: Energy, n: float) -> None:
    """Between two rows the larger one counts: never less than at either."""
    for document in DOCUMENTS:
        rows = [MV for MV in (4, 6, 10, 15, 18, 20, 24, 25) if energy.MV and energy.MV >= MV]
        here = layers_of(document, Beam(energy, "primary"), "concrete").thickness(n).value
        below = layers_of(document, Beam(Energy(MV=rows[-1]), "primary"), "concrete").thickness(n).value
        assert here >= below - 1e-9


@given(materials, beams())
def test_no_material_counts_more_than_its_mass(material: str, beam: Beam) -> None:
    assert 0 < mass_share(beam, material) <= 1


@pytest.mark.parametrize(("material", "least", "most"), [("lead", 0.95, 1), ("steel", 0.9, 1), ("water", 0.85, 1)])
def test_mass_shares(material: str, least: float, most: float) -> None:
    assert least <= mass_share(Beam(megavolts("6"), "leakage"), material) <= most


def test_steel_and_lead_by_mass_are_on_the_safe_side_of_srs47() -> None:
    """SRS 47 prints steel and lead for leakage; by mass from concrete NCRP 151 needs more of both, at every energy."""
    for MV in (4, 6, 10, 15, 18, 20):
        for material in ("lead", "steel"):
            beam = Beam(Energy(MV=MV), "leakage")
            by_mass, printed = layers_of(NCRP151, beam, material), layers_of(SRS47, beam, material)
            assert by_mass.further_mm >= printed.further_mm
            told = next(each for each in by_mass.notices if each.code == "warnings.therapy_by_mass")
            assert 90 < float(str(told.params["share"])) <= 100


def test_density_counts_by_mass() -> None:
    beam = Beam(megavolts("6"), "primary")
    assert layers_of(NCRP151, beam, "concrete", 2.2).first_mm == pytest.approx(370 * 2.35 / 2.2)
    with pytest.raises(OutsideDataError):
        layers_of(NCRP151, beam, "concrete", 3.5)


@pytest.mark.parametrize("kv", [50, 70, 100, 200, 250, 300])
def test_ncrp49_and_srs47_tubes(kv: float) -> None:
    """Lead within 20 %, concrete within 35 % (printed 17 against 15 mm at 50 kV, 61 against 53 mm at 100 kV)."""
    beam = Beam(Energy(kV=kv), "primary")
    for material, within in (("lead", 0.75), ("concrete", 1.2)):
        one, two = NCRP49.layers(beam, material), SRS47.layers(beam, material)
        assert one is not None
        assert two is not None
        assert abs(two.first_mm / one.first_mm - 1) < within


def test_gbzt250_scatter_is_softer() -> None:
    primary, scatter = (GBZT250.layers(Beam(Energy(kV=300), part), "lead") for part in ("primary", "scatter"))
    assert primary is not None
    assert scatter is not None
    assert (primary.first_mm, scatter.first_mm) == (5.7, 1.4)


@pytest.mark.parametrize(
    ("document", "beam", "material"),
    [
        (NCRP151, Beam(Energy(MV=3), "primary"), "concrete"),
        (NCRP151, Beam(Energy(MV=31.5), "primary"), "concrete"),
        (NCRP151, Beam(Energy(MV=6), "scatter", 9), "concrete"),
        (NCRP151, Beam(Energy(MV=6), "scatter", 151), "concrete"),
        (NCRP151, Beam(Energy(MV=6), "scatter"), "concrete"),
        (NCRP151, Beam(Energy(MV=27), "scatter", 30), "concrete"),
        (SRS47, Beam(Energy(MV=26), "primary"), "lead"),
        (SRS47, Beam(Energy(kV=400), "primary"), "lead"),
        (SRS47, Beam(Energy(kV=250), "primary"), "brick"),
        (NCRP49, Beam(Energy(kV=2000), "primary"), "lead"),
        (GBZT250, Beam(Energy(kV=500), "primary"), "lead"),
    ],
)
def test_outside_the_tables_is_refused(document: Document, beam: Beam, material: str) -> None:
    with pytest.raises(OutsideDataError) as refused:
        layers_of(document, beam, material)
    assert refused.value.text("vi")
    assert refused.value.text("zh")


def test_scatter_of_4_mv_and_cobalt() -> None:
    """Cobalt has no fractions in NCRP 151; at 4 MV no less counts than of its 6 MV and of SRS 47's own row of 4 MV."""
    with pytest.raises(OutsideDataError):
        NCRP151.fraction(Beam(Energy(), "scatter", 90), "at_depth")
    assert SRS47.fraction(Beam(Energy(MV=4), "scatter", 90), "at_depth").a == 9.1e-4
    for angle in (30, 60, 90, 135):
        bound = NCRP151.fraction(Beam(Energy(MV=4), "scatter", angle), "at_depth").a
        assert bound >= NCRP151.fraction(Beam(Energy(MV=6), "scatter", angle), "at_depth").a
        assert bound >= SRS47.fraction(Beam(Energy(MV=4), "scatter", angle), "at_depth").a


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("6", "6"),
        ("6 MV", "6"),
        ("10x", "10"),
        ("10 MV FFF", "10"),
        ("co-60", "Co-60"),
        ("60Co", "Co-60"),
        ("6.0", "6"),
    ],
)
def test_energies_as_written(text: str, name: str) -> None:
    assert megavolts(text).name == name
    assert megavolts(text).fff == text.endswith("FFF")


@pytest.mark.parametrize("text", ["", "six", "-6", "0", "nan", "inf", "6 kV", "Cs-137", "6,5"])
def test_no_energies(text: str) -> None:
    with pytest.raises(UnitError):
        megavolts(text)


def test_neutrons_from_ten_megavolts() -> None:
    assert not megavolts("9.9").makes_neutrons
    assert megavolts("10").makes_neutrons
    assert not megavolts("Co-60").makes_neutrons


@pytest.mark.parametrize("name", ["ncrp151_b2_primary_tvl", "ncrp151_b7_leakage_tvl"])
def test_equilibrium_layers_are_never_above_the_first(name: str) -> None:
    assert all(float(row["tvle"]) <= float(row["tvl1"]) for row in table(f"therapy/{name}.csv").rows)


@pytest.mark.parametrize("name", ["ncrp49_t27_tvl", "gbzt250_b2_tvl"])
def test_half_and_tenth_value_layers_belong_together(name: str) -> None:
    """TVL over HVL is 3.32 for one attenuation coefficient; within 15 % in every row."""
    for row in table(f"therapy/{name}.csv").rows:
        if row["hvl"]:
            assert float(row["tvl"]) / float(row["hvl"]) * log10(2) == pytest.approx(1, abs=0.15), row


@pytest.mark.parametrize("name", ["srs47_t18_kv_tvl", "ncrp49_t27_tvl", "gbzt250_b2_tvl"])
def test_layers_of_tubes_grow_with_the_potential(name: str) -> None:
    rows = table(f"therapy/{name}.csv").rows
    for material in {row["material"] for row in rows}:
        found = sorted((float(row["kv"]), float(row["tvl"])) for row in rows if row["material"] == material)
        assert all(low[1] <= high[1] for low, high in pairwise(found))
