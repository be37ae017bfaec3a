"""One material in every beam of the tables: which row, which rule, and how each curve behaves."""

from math import exp, isfinite, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.beams import Beam, Layer, asymptotic_alpha, curve, log_transmission, thickness_mm, workloads
from shieldcalc.beams.models import rule
from shieldcalc.beams.rows import A1, B1, BIR, C1, Row, printed
from shieldcalc.beams.secondary import rebuilt, secondary
from shieldcalc.beams.shapes import Deep
from shieldcalc.beams.spectra import bin_sum
from shieldcalc.errors import OutsideDataError, UnknownNameError

NCRP_MATERIALS = ("lead", "concrete", "gypsum", "steel", "plate_glass", "wood")


def beam_of(row: Row) -> Beam:
    return Beam("bir" if row.table == BIR else "ncrp147", row.key_type, row.key, row.component)


EVERY_ROW = [(beam_of(row), row.material) for name in (A1, B1, C1, BIR) for row in printed(name)]
OTHERS = [
    (Beam("ncrp147", "kvp", kv, component), material)
    for kv in ("27.5", "52", "92.5", "101", "126", "149.9")
    for component in ("primary", "secondary", "scatter", "leakage")
    for material in NCRP_MATERIALS
]
FALLBACKS = [
    (Beam("ncrp147", key_type, key, component), material)
    for key_type, key in (
        ("kvp", "63"),
        ("kvp", "110"),
        ("kvp", "125"),
        ("workload", "rad_room_all_barriers"),
        ("ct", "120"),
    )
    for component in ("primary", "secondary", "scatter", "leakage")
    for material in ("brick", "barium_plaster")
]
PARTS = [
    (Beam("ncrp147", "workload", key, component), material)
    for key in ("mammography_room", "cardiac_angiography")
    for component in ("scatter", "leakage")
    for material in NCRP_MATERIALS
]
EVERY_CURVE = [*EVERY_ROW, *OTHERS, *FALLBACKS, *PARTS]


@pytest.mark.parametrize(("beam", "material"), EVERY_CURVE)
def test_every_curve_starts_at_one_falls_and_inverts(beam: Beam, material: str) -> None:
    found = curve(beam, material)
    assert found.log_transmission(0.0) == 0.0
    assert found.thickness_mm(0.0) == pytest.approx(0, abs=1e-12)
    assert isfinite(found.log_transmission(1e6))
    last = 0.0
    for power in (1e-6, 1e-3, 0.1, 0.7, 3, 9, 11.0, 13, 15, 18, 30, 69):
        x = found.thickness_mm(-power)
        log_b = found.log_transmission(x)
        assert log_b <= -power + 1e-9 * power + 1e-12
        if not on_plateau(found.shape, x):
            assert log_b == pytest.approx(-power, rel=1e-9, abs=1e-12)
            assert found.thickness_mm(log_b) == pytest.approx(x, abs=1e-9)
        assert x > last
        last = x


def on_plateau(shape: object, x: float) -> bool:
    """B = max(fit, min(bins, 1e-5)) stays at 1e-5 where the sum over bins is still above it."""
    return isinstance(shape, Deep) and shape.bins_govern(x) and shape.bins.log_transmission(x) >= shape.log_ceiling


@pytest.mark.parametrize(("beam", "material"), EVERY_ROW)
def test_a_printed_row_is_used_as_printed(beam: Beam, material: str) -> None:
    row = next(
        row for name in (A1, B1, C1, BIR) for row in printed(name) if (beam_of(row), row.material) == (beam, material)
    )
    x = row.shape.thickness_mm(log(1e-3))
    assert log_transmission(beam, [Layer(material, x)]).log_transmission == pytest.approx(log(1e-3))
    assert row.table in log_transmission(beam, [Layer(material, x)]).tables


def kv(value: float | str, component: str = "primary", standard: str = "ncrp147") -> Beam:
    return Beam(standard, "kvp", str(value), component)


def codes(beam: Beam, *layers: Layer) -> set[str]:
    return {notice.code.removeprefix("warnings.") for notice in log_transmission(beam, layers).notices}


def test_between_two_rows_the_thickness_lies_between() -> None:
    low, middle, high = (curve(kv(each), "lead").thickness_mm(log(1e-3)) for each in (90, 93, 95))
    assert low < middle < high
    assert middle == pytest.approx(low * (high / low) ** 0.6)


@pytest.mark.parametrize(
    ("beam", "material", "words"),
    [
        (kv(36), "concrete", "molybdenum"),
        (kv(39.9), "concrete", "molybdenum"),
        (kv(40), "lead", "molybdenum"),
        (kv(49.9), "lead", "molybdenum"),
        (kv(24), "lead", "25 to 150"),
        (kv(151), "lead", "25 to 150"),
        (kv("nan"), "lead", "25 to 150"),
        (kv(151, "secondary"), "lead", "30 to 150"),
        (kv(24, "secondary"), "lead", "25 to 150"),
        (kv(24), "brick", "50 to 125"),
        (kv(37), "brick", "50 to 125"),
        (kv(24), "barium_plaster", "50 to 150"),
        (kv(151), "brick", "50 to 125"),
        (kv(60), "aluminium", "30 to 30"),
        (kv(130, standard="bir"), "lead", "30 to 125"),
        (kv("a lot"), "lead", "not a number"),
        (Beam("ncrp147", "ct", "141", "secondary"), "lead", "120, 140"),
        (Beam("ncrp147", "ct", "0", "secondary"), "lead", "120, 140"),
        (Beam("ncrp147", "ct", "nan", "secondary"), "lead", "120, 140"),
        (Beam("ncrp147", "ct", "120", "secondary"), "aluminium", "no transmission data for aluminium"),
        (Beam("ncrp147", "workload", "mammography_room"), "aluminium", "no transmission data for aluminium"),
        (Beam("bir", "workload", "chest_room"), "lead", "BIR tables"),
        (Beam("bir", "ct", "120"), "lead", "BIR tables"),
    ],
)
def test_outside_the_tables_is_refused(beam: Beam, material: str, words: str) -> None:
    with pytest.raises(OutsideDataError, match=words):
        curve(beam, material)


@pytest.mark.parametrize(
    ("beam", "words"),
    [
        (Beam("ncrp", "kvp", "100"), "ncrp147"),
        (Beam("ncrp147", "kv", "100"), "kvp"),
        (Beam("ncrp147", "kvp", "100", "secundary"), "secondary"),
        (Beam("ncrp147", "workload", "chest room"), "did you mean 'chest_room'"),
    ],
)
def test_names_are_refused_with_a_guess(beam: Beam, words: str) -> None:
    with pytest.raises(UnknownNameError, match=words):
        curve(beam, "lead")


def test_secondary_rows() -> None:
    """Printed as printed; between them Table A.1 below 100 kV, the next higher row above."""
    primary_90 = curve(kv(90), "lead")
    assert curve(kv(90, "secondary"), "lead").shape == primary_90.shape
    assert curve(kv(70, "secondary"), "lead").tables == (C1,)
    assert curve(kv(101, "secondary"), "lead").shape == curve(kv(125, "secondary"), "lead").shape
    assert codes(kv(101, "secondary"), Layer("lead", 1)) == {"secondary_next_higher_row"}
    assert codes(kv(125, "secondary"), Layer("lead", 1)) == set()


@pytest.mark.parametrize("material", NCRP_MATERIALS)
@pytest.mark.parametrize("tube_kv", [100.0, 125.0, 150.0])
def test_scatter_plus_leakage_rebuilds_table_c1(material: str, tube_kv: float) -> None:
    """The rule for brick and plaster, tried where Table C.1 is printed: thickness within 4 %.

    The transmission is within 7 %, but for lead at 150 kV, where the printed row lies up to 20 % below the rebuilt one.
    """
    printed_row, again = secondary("ncrp147", material, tube_kv), rebuilt("ncrp147", material, tube_kv)
    for transmission in (0.3, 0.1, 1e-2, 1e-3, 1e-4):
        x = printed_row.thickness_mm(log(transmission))
        assert again.thickness_mm(log(transmission)) == pytest.approx(x, rel=0.04)
        tolerance = 0.21 if (material, tube_kv) == ("lead", 150) else 0.07
        assert exp(again.log_transmission(x)) == pytest.approx(transmission, rel=tolerance)


@pytest.mark.parametrize("row", [row for name in (B1, C1) for row in printed(name) if row.key_type == "workload"])
def test_bins_rebuild_the_workload_fits(row: Row) -> None:
    """Tables B.1 and C.1 from Tables 4.2 and A.1, within 9 % in transmission down to 1e-3.

    Lead, steel and glass: 15 % where little is absorbed, where the fits lie above (on the safe side).
    """
    found = bin_sum(row.key, row.material, row.component)
    for transmission in (0.5, 0.2, 0.1, 0.05, 0.01, 1e-3):
        again = exp(found.log_transmission(row.shape.thickness_mm(log(transmission)))) / transmission
        lowest = 0.85 if row.material in ("lead", "steel", "plate_glass") and transmission >= 0.1 else 0.91
        assert lowest < again < 1.09


@pytest.mark.parametrize("component", ["primary", "secondary"])
def test_depth_rule(component: str) -> None:
    """B = max(fit, min(bins, 1e-5)): continuous, falling, never below either of its two reasons."""
    beam = Beam("ncrp147", "workload", "rad_room_all_barriers", component)
    deep = curve(beam, "steel").shape
    assert isinstance(deep, Deep)
    before = 0.0
    for step in range(1, 600):
        x = 0.1 * step
        log_b, fit, bins = (each.log_transmission(x) for each in (deep, deep.fit, deep.bins))
        assert fit <= log_b <= before
        assert log_b == max(fit, min(bins, log(1e-5)))
        assert before - log_b < 0.4
        before = log_b
    assert "bin_sum_governs" in codes(beam, Layer("steel", 45))
    assert "bin_sum_governs" not in codes(beam, Layer("steel", 10))


def test_depth_is_flagged() -> None:
    assert codes(kv(100), Layer("lead", 7.5)) == {"extrapolated"}
    assert codes(kv(100), Layer("lead", 5)) == set()


def test_room_distribution_has_no_primary_beam() -> None:
    beam = Beam("ncrp147", "workload", "rad_room_all_barriers")
    assert "workload_secondary_only" in codes(beam, Layer("lead", 1))
    assert "workload_secondary_only" not in codes(beam._replace(component="secondary"), Layer("lead", 1))


def test_brick_above_its_rows_is_concrete_of_its_mass() -> None:
    found = log_transmission(kv(150), [Layer("brick", 235, 1.65, "solid")])
    same = log_transmission(kv(150), [Layer("concrete", 165)])
    assert found.log_transmission == pytest.approx(same.log_transmission)
    assert {"mass_as_concrete"} == codes(kv(150), Layer("brick", 235, 1.65, "solid"))


def test_ct_takes_the_next_higher_fit() -> None:
    low, fit = (Beam("ncrp147", "ct", key, "secondary") for key in ("100", "120"))
    assert curve(low, "lead").shape == curve(fit, "lead").shape
    assert codes(low, Layer("lead", 1)) == {"ct_next_higher_kv"}
    assert curve(fit._replace(key="121"), "lead").shape == curve(fit._replace(key="140"), "lead").shape


@pytest.mark.parametrize("key", ["120", "140"])
@pytest.mark.parametrize("material", ["gypsum", "steel", "plate_glass", "wood", "brick", "barium_plaster"])
def test_ct_by_concrete(key: str, material: str) -> None:
    """The same secondary transmission at 125 or 150 kV, but never more concrete than the mass."""
    beam = Beam("ncrp147", "ct", key, "secondary")
    at_kv = rule(f"ct_reference_kv_{key}")
    own, base = secondary("ncrp147", material, at_kv), secondary("ncrp147", "concrete", at_kv)
    for x in (1.0, 10.0, 100.0):
        by_row = base.thickness_mm(own.log_transmission(x))
        by_mass = {"gypsum": 0.73, "steel": 7.8, "plate_glass": 2.5, "brick": 1.65, "barium_plaster": 1.54}
        wanted = min(by_row, by_mass.get(material, 1e9) * x / 2.35)
        by_concrete = curve(beam, "concrete").log_transmission(wanted)
        assert curve(beam, material).log_transmission(x) == pytest.approx(by_concrete)


def test_ct_credits_the_declared_mass_of_barium_plaster() -> None:
    beam = Beam("ncrp147", "ct", "120", "secondary")
    light = log_transmission(beam, [Layer("barium_plaster", 20)])
    heavy = log_transmission(beam, [Layer("barium_plaster", 20, 3.2)])
    assert heavy.transmission < light.transmission


@given(st.floats(50, 150), st.sampled_from(NCRP_MATERIALS))
def test_leakage_falls_by_the_deep_slope_of_the_primary(tube_kv: float, material: str) -> None:
    """Two depths far down the primary curve: its slope tends to alpha."""
    alpha = asymptotic_alpha(tube_kv, material)
    found = curve(kv(tube_kv), material)
    deep = 3000 / alpha
    assert found.log_transmission(deep) - found.log_transmission(2 * deep) == pytest.approx(alpha * deep, rel=2e-3)
    assert curve(kv(tube_kv, "leakage"), material).log_transmission(2.0) == pytest.approx(-2 * alpha)


@pytest.mark.parametrize("transmission", [0.0, -0.1, 1.1, float("nan"), float("inf")])
def test_impossible_transmission(transmission: float) -> None:
    with pytest.raises(OutsideDataError, match="allowed is more than 0 and at most 1"):
        thickness_mm(kv(100), "lead", transmission)


@pytest.mark.parametrize("transmission", [1.0, 0.999999, 5e-324])
def test_extreme_transmissions(transmission: float) -> None:
    x, tables, _ = thickness_mm(kv(100), "lead", transmission)
    assert isfinite(x)
    assert x >= 0
    assert tables == (A1,)


@pytest.mark.parametrize("material", ["lead", "brick", "barium_plaster"])
@pytest.mark.parametrize("component", ["primary", "secondary", "scatter", "leakage"])
def test_sums_never_transmit_more_than_all(material: str, component: str) -> None:
    for workload in workloads():
        if workload == "mammography_room" and material != "lead":
            continue  # no row of a molybdenum tube
        found = curve(Beam("ncrp147", "workload", workload, component), material)
        falling = [found.log_transmission(x) for x in (0.0, 1e-300, 1e-100, 1e-12, 1e-3, 1e3, 1e300)]
        assert falling[0] == 0
        assert all(isfinite(each) and each <= 0 for each in falling)
        assert falling == sorted(falling, reverse=True)
