"""Rooms of accelerators by NCRP 151: every barrier by hand, properties, what is undetermined, what is refused."""

from math import asin, cos, degrees, floor, radians, sqrt
from pathlib import Path

import pytest
from click.testing import CliRunner
from linac_rooms import CONCRETE, at, check, energy, here, room, week

from shieldcalc import plugins
from shieldcalc.cli import cli
from shieldcalc.errors import ShieldcalcError
from shieldcalc.methods.ncrp151.compute import METHOD
from shieldcalc.methods.ncrp151.document import NCRP151
from shieldcalc.model.build import scene_of
from shieldcalc.model.gantry import angle_towards, target
from shieldcalc.model.loader import load
from shieldcalc.model.scene import Scene
from shieldcalc.physics.therapy.barrier import Limits, Place, Work, linac_barrier
from shieldcalc.physics.therapy.counted import Sheet, behind
from shieldcalc.physics.therapy.document import PRIMARY, SCATTER, Beam
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.room_field import RoomField


def field_of(scene: Scene) -> RoomField:
    found: RoomField = METHOD.xray.fields(scene)[""]
    return found


SIX = Energy(MV=6.0)


def concrete(component: str, mm: float, angle: float | None = None) -> float:
    return 10 ** -behind(NCRP151, Beam(SIX, component, angle), [Sheet("concrete", mm)]).tenths


def test_primary_on_the_axis_by_hand(tmp_path: Path) -> None:
    """Behind the east wall at the height of the isocentre: 1 + 4 + 1.5 + 0.3 m from the target, TVLs 37 and 33 cm."""
    found = here(tmp_path, room(more=at(9.8, 4, 1.3)))
    tenths = 1 + (1500 - 370) / 330
    assert week(found, "primary") == pytest.approx(1e3 * 400 * 0.25 * 10**-tenths / 6.8**2, rel=1e-9)
    (primary,) = (part for part in found.components if part.kind == "primary")
    assert primary.distance_m == pytest.approx(6.8)
    assert primary.kerma.beam_on_uGy_per_h == pytest.approx(1e6 * 360 * 10**-tenths / 6.8**2, rel=1e-9)
    assert primary.kerma.hour_uGy == pytest.approx(1e6 * 20 * 0.25 * 10**-tenths / 6.8**2, rel=1e-9)


def test_secondary_along_the_axis_by_hand(tmp_path: Path) -> None:
    """Behind the north wall: 5.8 m from the isocentre, leakage with 34 and 29 cm, scatter at 90 deg with 17 cm."""
    found = here(tmp_path, room(more=at(4, 9.8, 1.3)))
    assert week(found, "primary") == 0
    leakage = 1e3 * 1e-3 * 400 * 10 ** -(1 + (1500 - 340) / 290) / 5.8**2
    assert week(found, "leakage") == pytest.approx(leakage, rel=1e-9)
    scatter = 1e3 * 4.26e-4 * 400 * 4 * concrete(SCATTER, 1500, 90) / 5.8**2
    assert week(found, "scatter") == pytest.approx(scatter, rel=1e-9)


def test_scatter_counts_at_the_angle_from_the_plane_of_rotation_taken_down(tmp_path: Path) -> None:
    found = here(tmp_path, room(more=at(9.8, 7.5, 1.3)))
    away = sqrt(5.8**2 + 3.5**2)
    angle = floor(degrees(asin(3.5 / away)))
    a = NCRP151.fraction(Beam(SIX, SCATTER, float(angle)), "at_depth").a
    expected = 1e3 * a * 400 * 4 * concrete(SCATTER, 1500, angle) / away**2
    assert week(found, "scatter") == pytest.approx(expected, rel=1e-9)


def test_a_point_agrees_with_the_quick_command(tmp_path: Path) -> None:
    """What the command needs of concrete leaves its goal: the same week by both ways."""
    found = here(tmp_path, room(more=at(9.8, 4, 1.3)))
    P = week(found, "primary")
    limits, place = Limits(f"{P} mSv/week"), Place(6.8, 1.0, "concrete")
    assert linac_barrier(NCRP151, Work(SIX, PRIMARY, 400, 0.25), limits, place).mm == pytest.approx(1500, rel=1e-6)


def test_intensity_modulation_acts_on_leakage_alone(tmp_path: Path) -> None:
    plain = here(tmp_path, room(more=at(9.8, 4, 1.3)))
    imrt = here(tmp_path, room(more=at(9.8, 4, 1.3), energies=energy(imrt_share=0.5, imrt_factor=5)))
    assert week(imrt, "leakage") == pytest.approx(3 * week(plain, "leakage"))
    for kind in ("primary", "scatter"):
        assert week(imrt, kind) == week(plain, kind)
    rates = [sum(part.kerma.beam_on_uGy_per_h or 0 for part in each.components) for each in (plain, imrt)]
    assert rates[0] == rates[1]


def test_quality_assurance_counts_beside_the_patients(tmp_path: Path) -> None:
    """400 Gy of patients, a half with 5 times the units, and 100 Gy of checks all with it: 1200 and 500 of leakage."""
    more = at(9.8, 4, 1.3)
    plain = here(tmp_path, room(more=more))
    modulated = {"imrt_share": 0.5, "imrt_factor": 5}
    both = here(tmp_path, room(more=more, energies=energy(**modulated, quality_assurance='"100 Gy/week"')))
    assert week(both, "leakage") == pytest.approx((1200 + 500) / 400 * week(plain, "leakage"))
    for kind in ("primary", "scatter"):
        assert week(both, kind) == pytest.approx(500 / 400 * week(plain, kind))
    (found,) = check(tmp_path, room(more=more, energies=energy(quality_assurance='"100 Gy/week"'))).results
    assert any(each.code == "assumptions.linac_quality_assurance" for each in found.notices)
    conventional = next(each for each in found.points if each.point.id == "here")
    assert week(conventional, "leakage") == pytest.approx(500 / 400 * week(plain, "leakage"))
    assert conventional.doses.h10_hour_uSv == pytest.approx(plain.doses.h10_hour_uSv)


def test_the_busiest_hour_is_no_less_than_its_share_with_quality_assurance(tmp_path: Path) -> None:
    many = room(energies=energy(quality_assurance='"500 Gy/week"'))
    with pytest.raises(ShieldcalcError, match="20"):
        check(tmp_path, many)


def test_the_belt_is_primary_between_the_declared_angles_too(tmp_path: Path) -> None:
    """Above the corner of wall and ceiling the gantry turned by 45 deg points at the place."""
    found = here(tmp_path, room(more=at(10.2, 4, 7.5)))
    (primary,) = (part for part in found.components if part.kind == "primary")
    assert primary.kerma.week_mGy > 0
    assert primary.distance_m == pytest.approx(1 + sqrt(2) * 6.2)


@pytest.mark.parametrize(("aside", "inside"), [(2.1, True), (2.3, False)])
def test_the_belt_is_as_wide_as_the_diagonal_and_a_margin(tmp_path: Path, aside: float, *, inside: bool) -> None:
    """6.8 m from the target: half of 40 cm times the root of 2 times 6.8, and 0.3 m: 2.22 m."""
    found = here(tmp_path, room(more=at(9.8, 4 + aside, 1.3)))
    assert (week(found, "primary") > 0) is inside


def test_use_factors_of_overlapping_fields_add(tmp_path: Path) -> None:
    apart = here(tmp_path, room(more=at(9.8, 4, 1.3), angles={270.0: 0.5, 90.0: 0.5}))
    close = here(tmp_path, room(more=at(9.8, 4, 1.3), angles={270.0: 0.25, 280.0: 0.25, 90.0: 0.5}))
    assert week(close, "primary") == pytest.approx(week(apart, "primary"))
    (beam_on,) = {sum(part.kerma.beam_on_uGy_per_h or 0 for part in each.components) for each in (apart, close)}
    assert beam_on > 0


def test_gantry_angles_by_iec(tmp_path: Path) -> None:
    """Couch to the south: at 90 deg the target is east of the isocentre, the beam points west."""
    assert target((4, 4, 1.3), (0.0, -1.0), 90, 1) == pytest.approx((5, 4, 1.3))
    assert target((4, 4, 1.3), (0.0, -1.0), 0, 1) == pytest.approx((4, 4, 2.3))
    assert angle_towards(-1.0, 0.0) == pytest.approx(90)
    only_west = {90.0: 0.9, 270.0: 0.1}
    west, east = (here(tmp_path, room(more=at(x, 4, 1.3), angles=only_west)) for x in (-1.8, 9.8))
    assert week(west, "primary") == pytest.approx(9 * week(east, "primary"))


def test_a_fraction_falls_with_the_angle_at_every_energy() -> None:
    for MV in (6.0, 10.0, 15.0, 18.0, 24.0):
        energy_ = Energy(MV=MV)
        found = [NCRP151.fraction(Beam(energy_, SCATTER, angle), "at_depth").a for angle in range(10, 91)]
        layers = [NCRP151.layers(Beam(energy_, SCATTER, angle), "concrete") for angle in range(10, 91)]
        assert found == sorted(found, reverse=True)
        first = [each.first_mm for each in layers if each is not None]
        assert first == sorted(first, reverse=True)


@pytest.mark.parametrize("added", ["concrete", "lead", "steel", "gypsum", "wood"])
def test_another_layer_never_raises_a_dose(tmp_path: Path, added: str) -> None:
    thick = f'[{CONCRETE[1:-1]}, {{ material = "{added}", thickness = "50 mm" }}]'
    for x, y in ((9.9, 4.0), (9.9, 7.5), (4.0, 9.9)):
        plain = here(tmp_path, room(more=at(x, y, 1.3)))
        more = here(tmp_path, room(more=at(x, y, 1.3), layers={"east": thick, "north": thick}))
        assert more.doses.h10_week_mSv < plain.doses.h10_week_mSv


def test_doses_are_linear_in_the_workload_and_fall_with_distance(tmp_path: Path) -> None:
    doses = [
        here(tmp_path, room(more=at(x, y, 1.3), energies=energy(per_week=f'"{W} Gy/week"'))).doses.h10_week_mSv
        for x, y, W in ((9.8, 7.0, 400), (9.8, 7.0, 800), (15.6, 10.0, 400))
    ]
    assert doses[1] == pytest.approx(2 * doses[0])
    assert doses[2] < doses[0]


def test_energies_add_over_the_week_and_the_larger_rate_counts(tmp_path: Path) -> None:
    low, high = energy(), energy(mv='"30 MV"', dose_rate='"3 Gy/min"')
    both = here(tmp_path, room(more=at(9.8, 4, 1.3), energies=low + energy(mv='"6 MV FFF"', dose_rate='"3 Gy/min"')))
    one = here(tmp_path, room(more=at(9.8, 4, 1.3), energies=low))
    assert both.doses.h10_week_mSv == pytest.approx(2 * one.doses.h10_week_mSv)
    assert both.doses.h10_beam_on_uSv_per_h == pytest.approx(one.doses.h10_beam_on_uSv_per_h)
    result = CliRunner().invoke(cli, ["check", str(_written(tmp_path, room(energies=low + high)))])
    assert result.exit_code == 2
    assert "Table B.4" in result.stderr


def test_required_thickness_keeps_the_goal(tmp_path: Path) -> None:
    thin = {"north": '[{ material = "concrete", thickness = "600 mm" }]'}
    found = check(tmp_path, room(layers=thin))
    (verdict,) = (each for each in found.barriers if each.barrier == "north")
    assert verdict.outcome == "fail"
    mm = next(each.required_mm for each in verdict.requirements if each.material == "concrete")
    assert mm is not None
    kept = check(tmp_path, room(layers={"north": f'[{{ material = "concrete", thickness = "{mm + 1:.0f} mm" }}]'}))
    (again,) = (each for each in kept.barriers if each.barrier == "north")
    assert again.outcome == "pass"
    assert again.margin == pytest.approx(1, abs=0.06)


def test_no_busiest_hour_leaves_the_hour_unknown(tmp_path: Path) -> None:
    found = here(tmp_path, room(more=at(9.8, 4, 1.3), energies=energy(in_busiest_hour=None)))
    assert found.doses.h10_hour_uSv is None
    assert found.doses.h10_beam_on_uSv_per_h is not None


def _written(folder: Path, text: str) -> Path:
    file = folder / "room.toml"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('mv = "6 MV"', "mv = 6", "source.1.energy.1.mv"),
        ('mv = "6 MV"', 'mv = "6 kV"', "no energy of an accelerator"),
        ('mv = "6 MV"', 'mv = "nan MV"', "no energy of an accelerator"),
        ('mv = "6 MV"', 'mv = "60 MV"', "no energy of an accelerator"),
        ('mv = "6 MV"', 'mv = "26 MV"', "Table"),
        ("use_factor = 0.25", "use_factor = 0.2", "0.8"),
        ("use_factor = 0.25", "use_factor = 1.5", "use_factor"),
        ('angle = "90 deg"', 'angle = "0 deg"', "twice"),
        ('angle = "90 deg"', 'angle = "360 deg"', "twice"),
        ('dose_rate = "6 Gy/min"\n', "", "dose_rate"),
        ('dose_rate = "6 Gy/min"', 'dose_rate = "6 Sv/min"', "Sv/min"),
        ('per_week = "400 Gy/week"', 'per_week = "-4 Gy/week"', "at least 0"),
        ('in_busiest_hour = "20 Gy"', 'in_busiest_hour = "1 Gy"', "in_busiest_hour"),
        ('in_busiest_hour = "20 Gy"', 'in_busiest_hour = "401 Gy"', "in_busiest_hour"),
        ('in_busiest_hour = "20 Gy"', "imrt_share = 0.5", "imrt_factor"),
        ('in_busiest_hour = "20 Gy"', "imrt_share = 0.5\nimrt_factor = 0.5", "imrt_factor"),
        ('isocentre = ["4 m", "4 m", "1.3 m"]', 'isocentre = ["7.9 m", "4 m", "1.3 m"]', "turn freely"),
        ('isocentre = ["4 m", "4 m", "1.3 m"]', 'isocentre = ["4 m", "4 m", "0.9 m"]', "turn freely"),
        ('isocentre = ["4 m", "4 m", "1.3 m"]\n', "", "isocentre"),
        ('table_toward = ["4 m", "2 m", "1.3 m"]', 'table_toward = ["4 m", "4 m", "0.3 m"]', "table_toward"),
        ('kind = "linac"', 'kind = "linac"\nnuclide = "Co-60"', "nuclide"),
        ('kind = "linac"', 'kind = "linac"\nworking = 1', "working"),
        ('kind = "linac"', 'kind = "radiography"', "gantry"),
        ('methods = ["ncrp151"]', 'methods = ["ncrp147"]', "linac"),
        ('methods = ["ncrp151"]', 'methods = ["point_kernel"]', "linac"),
        ('"concrete", thickness = "1500 mm"', '"lead_glass", lead_equivalent = "20 mm"', "lead"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_its_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = room()
    assert old in text
    result = CliRunner().invoke(cli, ["check", str(_written(tmp_path, text.replace(old, new)))])
    assert result.exit_code == 2, result.stdout
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_the_command_line_checks_maps_and_reports(tmp_path: Path) -> None:
    file = _written(tmp_path, room())
    for command, option, out in (("check", "--json", "a.json"), ("map", "--out", "map.png")):
        words = [command, str(file), option, str(tmp_path / out)]
        result = CliRunner().invoke(cli, words)
        assert result.exit_code in (0, 1, 3), (words, result.stderr)


def test_a_room_without_a_method_takes_this_one(tmp_path: Path) -> None:
    found = check(tmp_path, room().replace('methods = ["ncrp151"]\n', ""))
    assert found.results[0].method == "ncrp151"


def test_the_field_is_the_sum_of_its_components(tmp_path: Path) -> None:
    found = check(tmp_path, room(more=at(9.8, 6.0, 2.0)))
    totals = field_of(found.scene).totals((9.8, 6.0, 2.0))
    here_ = next(each for each in found.results[0].points if each.point.id == "here")
    assert here_.doses.air_kerma_week_mGy == pytest.approx(totals[0])
    assert here_.doses.air_kerma_hour_uGy == pytest.approx(totals[1])
    assert here_.doses.air_kerma_beam_on_uGy_per_h == pytest.approx(totals[2])


def test_the_worst_place_is_no_better_than_places_beside_it(tmp_path: Path) -> None:
    found = check(tmp_path, room())
    field = field_of(found.scene)
    for name, x in (("east", 9.8), ("west", -1.8)):
        worst = next(each for each in found.results[0].points if each.point.id == name).doses.air_kerma_week_mGy
        for y in range(0, 33):
            for z in range(0, 9):
                week_ = field.totals((x, y / 4, z / 4))[0]
                assert week_ is not None
                assert week_ <= worst * (1 + 1e-6)


def test_stated_figures_replace_those_of_the_plan_and_are_told(tmp_path: Path) -> None:
    """Distances by the square, the angle by its fraction and layers, an oblique wall by its slant up to 45 degrees."""
    plan = here(tmp_path, room(more=at(9.8, 4, 1.3)))
    stated = 'stated_figures = { document = "survey", primary_distance = "13.6 m", secondary_distance = "11.6 m" }\n'
    far = here(tmp_path, room(more=at(9.8, 4, 1.3) + stated))
    assert week(far, "primary") == pytest.approx(week(plan, "primary") / 4, rel=1e-9)
    for kind in ("leakage", "scatter"):
        assert week(far, kind) == pytest.approx(week(plan, kind) / 4, rel=1e-9)
    assert {"assumptions.stated_primary_distance", "assumptions.stated_secondary_distance"} <= {
        each.code for each in far.notices
    }
    turned = here(
        tmp_path, room(more=at(9.8, 4, 1.3) + 'stated_figures = { document = "s", scatter_angle = "90 deg" }\n')
    )
    assert week(turned, "scatter") == pytest.approx(1e3 * 4.26e-4 * 400 * 4 * 10 ** -(150 / 17) / 5.8**2, rel=1e-9)
    for angle, slant in ((30, 30), (60, 45)):
        oblique = f'stated_figures = {{ document = "s", obliquity = "{angle} deg" }}\n'
        found = here(tmp_path, room(more=at(9.8, 4, 1.3) + oblique))
        thick = 1500 / cos(radians(slant))
        assert week(found, "leakage") == pytest.approx(1e3 * 0.4 * concrete("leakage", thick) / 5.8**2, rel=1e-9)
        field = field_of(scene_of(load(str(tmp_path / "room.toml"), plugins.catalog())))
        total = field.totals(found.point.position)[0]
        assert total == pytest.approx(found.doses.air_kerma_week_mGy, rel=1e-9)
    (tmp_path / "room.toml").write_text(room(more=at(9.8, 4, 1.3) + 'stated_figures = { source = "x" }\n'), "utf-8")
    bad = CliRunner().invoke(cli, ["check", str(tmp_path / "room.toml")])
    assert bad.exit_code == 2
    assert "point.1.stated_figures.document" in bad.stderr


def test_neutrons_never_count_farther_than_a_stated_distance_nor_than_the_plan(tmp_path: Path) -> None:
    """Nearer than the plan: the direct part by the square, the scattered part as in the room; farther: the plan's."""
    of = energy(mv='"18 MV"')
    stated = 'stated_figures = {{ document = "s", secondary_distance = "{d} m" }}\n'
    plan, far, near = (
        here(tmp_path, room(more=at(9.8, 4, 1.3) + more, energies=of))
        for more in ("", stated.format(d=11.6), stated.format(d=2.9))
    )
    for kind in ("neutron", "capture_gamma"):
        assert week(far, kind) == week(plan, kind)
        assert 1.5 * week(plan, kind) < week(near, kind) < 4 * week(plan, kind)
    field = field_of(scene_of(load(str(tmp_path / "room.toml"), plugins.catalog())))
    assert field.totals(near.point.position)[0] == pytest.approx(near.doses.air_kerma_week_mGy, rel=1e-9)
