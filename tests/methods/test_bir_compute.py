"""A whole room by BIR/IPEM: single points calculated again by hand, dental films, CT sectors, occupancy, refusals."""

from dataclasses import replace
from math import cos, dist, exp, isclose, radians, sin

import pytest

from model import rooms
from shieldcalc.assess.compare import differences
from shieldcalc.errors import OutsideDataError
from shieldcalc.methods.bir.compute import METHOD
from shieldcalc.methods.bir.scanner import BACK, FRONT, GANTRY, sector
from shieldcalc.methods.ncrp147.compute import METHOD as NCRP
from shieldcalc.model.build import fixed_points, scene_of
from shieldcalc.model.design import Beam, Kap, Leakage, Output, Protocol, Source
from shieldcalc.model.result import Goal
from shieldcalc.tables import table

STAND = Beam(
    id="stand",
    focus=(3.0, 2.0, 1.2),
    patient=(1.0, 2.0, 1.2),
    target=(0.0, 2.0, 1.2),
    use_factor=1.0,
    field_cm2=1200.0,
    field_at_m=1.8,
    distribution=None,
    preshielding="none",
    stopped_by_receptor=False,
    patients_in_busiest_hour=None,
)
KAP = Kap(per_week_Gy_cm2=500.0, kv=85.0, in_busiest_hour_Gy_cm2=30.0)
LEAK = Leakage(rate_mGy_per_h=0.5, kv=150.0, current_mA=3.3, declared=True)
TUBE = Source(
    id="tube",
    kind="chest",
    device="tube",
    outputs=(Output(kv=60.0, mGy_m2_per_mAs=0.05), Output(kv=125.0, mGy_m2_per_mAs=0.2)),
    leakage=LEAK,
    max_technique=rooms.TECHNIQUE,
    beams=(STAND,),
    kap=KAP,
)
FILM = Protocol(id="film", per_week=200.0, in_busiest_hour=10.0, kv=85.0, beam="stand")


def compute(source, position=(4.9, 2.0, 1.2), method=METHOD, beyond=rooms.OFFICE, **changes):
    """The first component of each kind, and the result, at one point."""
    point = replace(rooms.USER, position=position, beyond=beyond)
    design = rooms.design(sources=(source,), points=(point,), **changes)
    scene = scene_of(design)
    result = method.compute(scene, fixed_points(design, scene), {})
    there = next(each for each in result.points if each.point.id == point.id)
    return {each.kind: each for each in reversed(there.components)}, there, result, scene


def archer(x, **row):
    """B of one printed row, by the equation as printed."""
    found = next(table("xray/bir_archer.csv").where(**row))
    a, b, g = (float(found[key]) for key in ("alpha_per_mm", "beta_per_mm", "gamma"))
    return ((1 + b / a) * exp(a * g * x) - b / a) ** (-1 / g)


def test_scatter_by_hand() -> None:
    position = (4.9, 2.0, 1.2)
    parts, _, _, _ = compute(TUBE, position)
    a, b, c, d, e = -1.042e-7, 3.265e-5, -2.751e-3, 8.371e-2, 1.578
    S = a * 180**4 + b * 180**3 + c * 180**2 + d * 180 + e
    assert isclose(parts["scatter"].kerma.week_mGy, 1e-3 * S * 500 / 3.9**2, rel_tol=1e-9)
    assert isclose(parts["scatter"].kerma.hour_uGy, S * 30 / 3.9**2, rel_tol=1e-9)


def test_beside_the_patient_the_line_of_walls_counts() -> None:
    position = (1.0, 0.2, 1.2)
    parts, _, _, _ = compute(TUBE, position)
    assert isclose(parts["scatter"].kerma.week_mGy, 1e-3 * (0.031 * 85 + 2.5) * 500 / 1.8**2, rel_tol=1e-9)


def test_scatter_through_lead_by_the_printed_row() -> None:
    position = (5.5, 2.0, 1.2)
    parts, _, _, _ = compute(TUBE, position, walls=rooms.walls_around(rooms.SQUARE, rooms.LEADED))
    assert isclose(parts["scatter"].transmission, archer(2.0, material="lead", kvp="85"), rel_tol=1e-9)
    assert parts["scatter"].crossed == ("wall1",)


def test_primary_from_kerma_area_product_and_field() -> None:
    parts, _, _, _ = compute(TUBE, (0.2, 2.0, 1.2))
    assert isclose(parts["primary"].kerma.week_mGy, 1e3 * 500 / 1200 * (1.8 / 2.8) ** 2, rel_tol=1e-9)
    stopped = replace(TUBE, beams=(replace(STAND, stopped_by_receptor=True),))
    assert "primary" not in compute(stopped, (0.2, 2.0, 1.2))[0]


def test_primary_by_entrance_dose_is_the_example_of_the_code() -> None:
    """RPII example 2: FFD 1.8 m, film to skin 0.3 m, person 0.8 m behind the film."""
    beam = replace(STAND, focus=(3.0, 2.0, 1.2), preshielding="none")
    film = replace(FILM, per_week=500.0, kv=120.0, entrance_dose_mGy=0.1, focus_to_film_m=1.8, film_to_skin_m=0.3)
    source = replace(TUBE, kap=None, protocols=(film,), beams=(beam,))
    parts, _, _, _ = compute(source, (0.4, 2.0, 1.2))
    assert isclose(parts["primary"].kerma.week_mGy, 16.64, abs_tol=0.005)


def test_leakage_by_hand_at_its_own_technique() -> None:
    """At the technique's own output: L times the beam time, the charge from the kerma-area product."""
    kap = replace(KAP, kv=125.0)
    leak = replace(LEAK, kv=125.0)
    parts, _, _, _ = compute(replace(TUBE, kap=kap, leakage=leak), (4.0, 2.0, 1.2))
    charge = 1e3 * 500 * 1.8**2 / (0.2 * 1200)
    assert isclose(parts["leakage"].kerma.week_mGy, 0.5 * charge / (3.3 * 3600) / 1.0**2, rel_tol=1e-9)


def test_a_charge_a_kerma_area_product_and_a_metered_week_agree() -> None:
    kap = 1e-3 * 0.2 * 20 * 1200 / 1.8**2
    by_charge = replace(TUBE, kap=None, protocols=(replace(FILM, kv=125.0, charge_mAs=20.0),))
    by_kap = replace(TUBE, kap=None, protocols=(replace(FILM, kv=125.0, kap_Gy_cm2=kap),))
    metered = replace(TUBE, kap=Kap(per_week_Gy_cm2=200 * kap, kv=125.0, in_busiest_hour_Gy_cm2=10 * kap))
    for position in ((4.9, 2.0, 1.2), (0.2, 2.0, 1.2)):
        doses = [compute(source, position)[1].doses for source in (by_charge, by_kap, metered)]
        for field in ("air_kerma_week_mGy", "air_kerma_hour_uGy", "air_kerma_beam_on_uGy_per_h"):
            first, *others = (getattr(each, field) for each in doses)
            assert all(isclose(first, other, rel_tol=1e-9) for other in others), field


def test_a_year_has_52_weeks_and_bir_occupancy_where_none_was_declared() -> None:
    assumed = replace(rooms.OFFICE, kind="staff_room", occupancy=0.2, occupancy_assumed=True)
    _, there, result, _ = compute(TUBE, beyond=assumed)
    assert there.point.beyond.occupancy == 1.0
    assert isclose(there.doses.air_kerma_year_mGy, 52 * there.doses.air_kerma_week_mGy, rel_tol=1e-12)
    assert "assumptions.bir_occupancy" in {notice.code for notice in result.notices}
    declared = replace(assumed, occupancy_assumed=False)
    assert compute(TUBE, beyond=declared)[1].point.beyond.occupancy == 0.2


def test_unknown_figures_are_none() -> None:
    _, there, result, _ = compute(replace(TUBE, kap=Kap(per_week_Gy_cm2=500.0, kv=85.0), max_technique=None))
    assert there.doses.air_kerma_hour_uGy is None
    assert there.doses.air_kerma_beam_on_uGy_per_h is None
    codes = {notice.code for notice in result.notices}
    assert {"warnings.hour_undetermined", "warnings.beam_on_undetermined", "warnings.bir_single_copy"} <= codes
    high = replace(TUBE, max_technique=replace(rooms.TECHNIQUE, kv=150.0))
    assert "warnings.beam_on_outside_data" in {notice.code for notice in compute(high)[2].notices}


def test_cassette_and_table_stand_in_the_primary_alone() -> None:
    held = replace(TUBE, beams=(replace(STAND, preshielding="table_and_receptor"),))
    position = (-0.5, 2.0, 1.2)
    bare, with_table = compute(TUBE, position)[0], compute(held, position)[0]
    assert with_table["primary"].kerma.week_mGy < bare["primary"].kerma.week_mGy / 10
    assert with_table["scatter"].kerma.week_mGy == bare["scatter"].kerma.week_mGy


# Dental


INTRAORAL = Source(
    id="dental",
    kind="intraoral_dental",
    device="dental",
    beams=(replace(STAND, field_cm2=28.0, field_at_m=0.2),),
    protocols=(Protocol(id="films", per_week=100.0, in_busiest_hour=8.0, kv=70.0, beam="stand"),),
)


def test_intraoral_films() -> None:
    parts, there, _, _ = compute(INTRAORAL, (1.0, 1.0, 1.2))
    assert isclose(there.doses.air_kerma_week_mGy, 0.1, rel_tol=1e-9)
    assert isclose(there.doses.air_kerma_hour_uGy, 8.0, rel_tol=1e-9)
    aimed, _, _, _ = compute(INTRAORAL, (0.5, 2.0, 1.2))
    assert isclose(aimed["primary"].kerma.week_mGy, 2 * aimed["scatter"].kerma.week_mGy, rel_tol=1e-9)
    assert set(parts) == {"scatter"}


def test_panoramic_by_kerma_area_product_takes_the_largest_published_scatter() -> None:
    panoramic = replace(TUBE, kind="panoramic_dental", kap=Kap(per_week_Gy_cm2=5.0, kv=80.0))
    parts, _, result, _ = compute(panoramic, (1.0, 0.2, 1.2))
    assert isclose(parts["scatter"].kerma.week_mGy, 1e-3 * 9.3 * 5 / 1.8**2, rel_tol=1e-9)
    assert "warnings.bir_dental_scatter" in {notice.code for notice in result.notices}


# CT


SCAN = Protocol(id="body", per_week=100.0, in_busiest_hour=5.0, region="body", dlp_mGy_cm=500.0, scan_time_s=10.0)
SCANNER = Source(
    id="ct", kind="ct", device="ct", ct_kv=120.0, isocentre=(2.5, 2.0, 1.0), protocols=(SCAN,), table_toward=(4, 2, 1)
)


@pytest.mark.parametrize(
    ("position", "s"),
    [((4.5, 2.0, 1.0), 0.36), ((2.5, 3.9, 1.0), 0.04), ((0.2, 2.0, 1.0), 0.30), ((2.5, 2.0, 2.9), 0.36)],
)
def test_sectors(position, s) -> None:
    parts, there, _, _ = compute(SCANNER, position)
    d = dist(position, SCANNER.isocentre)
    assert isclose(parts["ct"].kerma.week_mGy, 1e-3 * s * 500 * 100 / d**2, rel_tol=1e-9)
    assert isclose(there.doses.air_kerma_beam_on_uGy_per_h, s * 500 / 10 * 3600 / d**2, rel_tol=1e-9)


def test_the_gantry_shadow_is_never_used_above_below_or_undeclared() -> None:
    for name in ("floor", "ceiling"):
        _, _, result, _ = compute(SCANNER)
        point = next(each for each in result.points if each.point.id == name)
        d = dist(point.point.position, SCANNER.isocentre)
        assert isclose(point.components[0].unshielded.week_mGy, 1e-3 * 0.36 * 500 * 100 / d**2, rel_tol=1e-6)
    anywhere, _, result, _ = compute(replace(SCANNER, table_toward=None), (2.5, 3.9, 1.0))
    assert isclose(anywhere["ct"].kerma.week_mGy, 1e-3 * 0.36 * 500 * 100 / 1.9**2, rel_tol=1e-9)
    assert "assumptions.bir_ct_without_sectors" in {notice.code for notice in result.notices}


@pytest.mark.parametrize(("angle", "name"), [(0, FRONT), (69, FRONT), (71, GANTRY), (129, GANTRY), (131, BACK)])
def test_sector_is_the_same_on_both_sides_and_however_the_table_lies(angle, name) -> None:
    for turned in range(0, 360, 45):
        toward = (cos(radians(turned)), sin(radians(turned)), 0.0)
        for side in (angle, -angle):
            place = (2 * cos(radians(turned + side)), 2 * sin(radians(turned + side)), 0.0)
            assert sector((0.0, 0.0, 0.0), toward, place) == name


# Refusals, several methods, what a barrier needs


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (rooms.tube(), "kap = "),
        (replace(TUBE, kind="mammography"), "scatter = "),
        (replace(TUBE, kind="teletherapy"), "no data for equipment"),
        (replace(TUBE, kap=replace(KAP, kv=130.0)), "50 to 125"),
        (replace(TUBE, kap=None, protocols=(FILM,)), "protocol film"),
        (replace(SCANNER, protocols=(replace(SCAN, dlp_mGy_cm=None),)), "needs dlp of protocol body"),
    ],
)
def test_refusals_name_what_is_missing(source, words) -> None:
    with pytest.raises(OutsideDataError, match=words):
        compute(source)


def test_ncrp_refuses_what_only_bir_can_use() -> None:
    for source in (TUBE, replace(TUBE, kap=None, protocols=(replace(FILM, kap_Gy_cm2=1.0),))):
        with pytest.raises(OutsideDataError, match="NCRP 147 needs a workload"):
            compute(source, method=NCRP)


def test_two_methods_say_where_and_why_they_differ() -> None:
    heads = replace(SCANNER, table_toward=None, protocols=(replace(SCAN, region="head"),))
    first, second = (compute(heads, method=each)[2] for each in (NCRP, METHOD))
    (notice,) = differences((first, second))
    assert notice.code == "warnings.methods_differ_unshielded"
    parts = [float(str(notice.params[name])) for name in ("unshielded", "transmission", "occupancy", "weeks")]
    product = parts[0] * parts[1] * parts[2] * parts[3]
    assert isclose(product, float(str(notice.params["ratio"])), rel_tol=0.02)
    assert isclose(parts[0], 0.14 / 0.09, rel_tol=0.01)
    assert isclose(parts[3], 1.04, abs_tol=0.005)
    assert differences((first,)) == ()
    assert differences((first, first)) == ()
    assert notice.text()


def test_a_barrier_of_the_thickness_required_just_keeps_its_goal() -> None:
    thin = {"walls": rooms.walls_around(rooms.SQUARE, rooms.layers(("lead", 0.1)))}
    _, _, result, scene = compute(TUBE, **thin)
    goal = Goal(quantity="air_kerma_year_mGy", limit=0.3, rule="r", point="wall1")
    (needed,) = METHOD.require(scene, result, "wall1", (goal,), ("lead",))
    assert needed.required_mm is not None
    walls = list(thin["walls"])
    walls[1] = replace(walls[1], layers=rooms.layers(("lead", needed.required_mm)))
    kept = compute(TUBE, walls=tuple(walls))[2]
    year = next(each for each in kept.points if each.point.id == "wall1").doses.air_kerma_year_mGy
    assert 0.29 < year <= 0.3


@pytest.mark.parametrize("source", [TUBE, INTRAORAL, SCANNER], ids=lambda source: source.kind)
def test_every_step_gives_its_value_and_every_component_is_unshielded_times_transmission(source) -> None:
    known = {"exp": exp}
    for point in compute(source)[2].points:
        for each in point.components:
            for step in each.steps:
                values = {symbol: value for symbol, (value, _) in step.inputs.items()}
                assert isclose(step.value, eval(step.expression, {"__builtins__": {}, **known}, values), rel_tol=1e-12)
            if each.kerma.week_mGy:
                last = max(step.value for step in each.steps if step.symbol in ("K_S", "K_P", "K_L", "K_CT"))
                assert isclose(each.kerma.week_mGy, last, rel_tol=1e-12)
            bare = each.unshielded.week_mGy * each.transmission
            assert isclose(each.kerma.week_mGy, bare, rel_tol=0.02)
