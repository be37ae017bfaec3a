"""X-ray equipment and gamma sources in one room: the sum of both, its worst places, what walls need, bad input."""

import csv
import json
import math
import random
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from mixed_rooms import CT, FLUOROSCOPE, INSIDE, OFFICE, SCANNER, STORE, room

from designs import check, checked, doses
from shieldcalc import plugins
from shieldcalc.cli import cli
from shieldcalc.model.build import scene_of
from shieldcalc.model.loader import load
from shieldcalc.model.surfaces import surface_of
from shieldcalc.physics.gamma.presence import whole_week
from shieldcalc.physics.mixed import both
from shieldcalc.physics.mixed.sum import Sum
from shieldcalc.physics.room import assessed

METHODS = ("ncrp147", "bir", "gbz130")
FIXED = ("inside", "beside")


@pytest.mark.parametrize("method", METHODS)
def test_every_dose_is_the_sum_of_the_two_designs(method: str, tmp_path: Path) -> None:
    both = doses(tmp_path, room(CT, STORE), "--method", method)
    xrays, gamma = doses(tmp_path, room(CT), "--method", method), doses(tmp_path, room(STORE))
    for point in FIXED:
        for name, value in both[point].items():
            x, g = xrays[point][name], gamma[point][name]
            if x is None:
                assert value is None
            else:
                assert g is not None
                assert value == pytest.approx(x + g, rel=1e-12)


def test_a_year_has_its_own_weeks_for_each(tmp_path: Path) -> None:
    xrays, gamma = doses(tmp_path, room(CT))["beside"], doses(tmp_path, room(STORE))["beside"]
    for method, weeks in (("ncrp147", 50), ("bir", 52), ("gbz130", 50)):
        found = checked(tmp_path, room(CT, STORE), "--method", method)
        point = next(each for each in found["points"] if each["id"] == "beside")["doses"]
        assert xrays["air_kerma_week_mGy"] is not None
        assert gamma["air_kerma_week_mGy"] is not None
        x = point["air_kerma_week_mGy"] - gamma["air_kerma_week_mGy"]
        by_hand = weeks * x + 52 * gamma["air_kerma_week_mGy"]
        assert point["air_kerma_year_full_occupancy_mGy"] == pytest.approx(by_hand, rel=1e-9)
        said = [each for each in found["assumptions"] if each["code"] == "assumptions.gamma_beside_xrays"]
        assert f"{weeks} weeks" in said[0]["text"]


def test_gamma_sources_do_not_stop_where_one_tube_runs_at_a_time(tmp_path: Path) -> None:
    two = [SCANNER.format(name="one", x=2), SCANNER.format(name="two", x=4)]
    apart = INSIDE + "[declarations]\nsimultaneous_operation = false\n"
    rate = "air_kerma_beam_on_uGy_per_h"
    gamma, both = doses(tmp_path, room(STORE)), doses(tmp_path, room(*two, STORE, more=apart))
    xrays = doses(tmp_path, room(*two, more=apart))
    single = [doses(tmp_path, room(each))["inside"][rate] or 0.0 for each in two]
    assert xrays["inside"][rate] == pytest.approx(max(single))
    assert both["inside"][rate] == pytest.approx(max(single) + (gamma["inside"][rate] or 0.0), rel=1e-12)


def test_what_is_not_known_of_one_is_not_known_of_the_sum(tmp_path: Path) -> None:
    text = room(CT.replace("in_busiest_hour = 4\n", "").replace('scan_time = "10 s"\n', ""), STORE)
    found = doses(tmp_path, text)["inside"]
    assert {found["h10_hour_uSv"], found["h10_beam_on_uSv_per_h"], found["air_kerma_hour_uGy"]} == {None}
    assert found["h10_week_mSv"]


def test_other_contributions_count_once(tmp_path: Path) -> None:
    given = INSIDE.replace(
        'kind = "dwelling", occupancy = 1',
        'kind = "dwelling", occupancy = 1, other_contributions = [{ origin = "next door", air_kerma = "10 uGy/week",'
        ' beam_on = "2 uSv/h", hour = "1 uSv/h" }]',
    )
    found = checked(tmp_path, room(CT, STORE, more=given))
    point = next(each for each in found["points"] if each["id"] == "beside")
    plain = doses(tmp_path, room(CT, STORE))["beside"]
    more = {name: value - (plain[name] or 0.0) for name, value in point["doses"].items() if value is not None}
    assert more["air_kerma_week_mGy"] == pytest.approx(0.01, rel=1e-9)
    assert more["h10_week_mSv"] == pytest.approx(0.0177, rel=1e-9)
    assert more["air_kerma_year_mGy"] == pytest.approx(0.52, rel=1e-9)
    assert more["h10_beam_on_uSv_per_h"] == pytest.approx(2, rel=1e-9)
    assert more["h10_hour_uSv"] == pytest.approx(1, rel=1e-9)
    assert [part["kind"] for part in point["components"]].count("other") == 1


@pytest.mark.parametrize("method", METHODS)
def test_the_worst_place_is_that_of_the_sum(method: str, tmp_path: Path) -> None:
    file = tmp_path / "room.toml"
    file.write_text(room(CT, STORE, more="", behind=OFFICE), "utf-8")
    scene = scene_of(load(str(file), plugins.catalog()))
    known = plugins.method(method)
    result = known.compute(scene, (), {})
    inside = both(scene, result_names(method), known.xray)
    points = {each.point.id: each.doses for each in result.points}
    draw = random.Random(method)
    for barrier in filter(assessed, inside.scene.barriers):
        surface = surface_of(inside.scene, barrier)
        p0, p1, q0, q1 = surface.box
        kerma, h10 = inside.fields.pair(barrier.beyond is not None and whole_week(barrier.beyond))
        sums = {
            "air_kerma_{}": Sum(inside.scene, inside.by_xray[""], 1.0, kerma),
            "h10_{}": Sum(inside.scene, inside.by_xray[""], 1.77, h10),
        }
        own = [each for name, each in points.items() if name.split(".")[0] == barrier.id]
        for _ in range(120):
            place = surface.place(draw.uniform(p0, p1), draw.uniform(q0, q1))
            for name, field in sums.items():
                week, hour, rate = field.through(field.bare(place))
                unit = "Gy" if name.startswith("air") else "Sv"
                for value, key in (
                    (week, f"week_m{unit}"),
                    (hour, f"hour_u{unit}"),
                    (rate, f"beam_on_u{unit}_per_h"),
                ):
                    if value is not None:
                        assert value <= 1.001 * max(getattr(each, name.format(key)) for each in own), (barrier.id, key)


def result_names(method: str):  # type: ignore[no-untyped-def]
    from importlib import import_module

    return import_module(f"shieldcalc.methods.{method}.compute").NAMES


def test_a_source_less_never_raises_a_dose(tmp_path: Path) -> None:
    both = checked(tmp_path, room(CT, STORE, behind=OFFICE))
    for text in (room(CT, behind=OFFICE), room(STORE, behind=OFFICE)):
        less = checked(tmp_path, text)
        for name in ("east", *FIXED):
            for key in ("h10_year_mSv", "h10_hour_uSv", "h10_beam_on_uSv_per_h", "air_kerma_week_mGy"):
                assert highest(less, name, key) <= 1.001 * highest(both, name, key), (name, key)


def highest(said: dict, name: str, key: str) -> float:  # type: ignore[type-arg]
    return max(each["doses"][key] for each in said["points"] if each["id"].split(".")[0] == name)


@pytest.mark.parametrize(
    ("method", "instrument"), [("ncrp147", "US-NCRP147"), ("ncrp147", "VN-LC-24-2015"), ("gbz130", "CN-GBZ130-2020")]
)
def test_what_a_wall_needs_keeps_the_rules_when_built(method: str, instrument: str, tmp_path: Path) -> None:
    judged = f'instruments = ["{instrument}"]\nmethods = ["{method}"]'
    weak = {"east": '{ material = "lead", thickness = "0.5 mm" }'}
    wall = barrier(checked(tmp_path, room(CT, STORE, more="", evaluation=judged, behind=OFFICE, **weak)), "east")
    assert wall["outcome"] == "fail"
    needs = {each["material"]: each["required_mm"] for each in wall["requirements"]}
    assert all(needs.values())
    said = checked(tmp_path, room(CT, more="", evaluation=judged, behind=OFFICE, **weak))
    alone = {each["material"]: each["required_mm"] or 0.0 for each in barrier(said, "east")["requirements"]}
    for name in ("lead", "concrete"):
        assert needs[name] > alone.get(name, 0.0)
        for factor, kept in ((1.0, True), (0.97, False)):
            density = ', density = "2.35 g/cm3"' if name == "concrete" else ""
            layers = f'{{ material = "{name}", thickness = "{factor * needs[name]!r} mm"{density} }}'
            built = checked(tmp_path, room(CT, STORE, more="", evaluation=judged, behind=OFFICE, east=layers))
            found = barrier(built, "east")
            over = [goal for goal in found["goals"] if dose(built, goal) > goal["limit"]]
            assert (not over) is kept, (name, factor, over)


def barrier(said: dict, name: str) -> dict:  # type: ignore[type-arg]
    found: dict = next(each for each in said["barriers"] if each["id"] == name)  # type: ignore[type-arg]
    return found


def dose(said: dict, goal: dict) -> float:  # type: ignore[type-arg]
    if goal["quantity"].startswith("lead"):
        return -math.inf
    found: float = next(each for each in said["points"] if each["id"] == goal["point"])["doses"][goal["quantity"]]
    return found


def test_a_material_that_one_of_both_does_not_know_has_a_reason_and_no_number(tmp_path: Path) -> None:
    from shieldcalc.assess import assess

    file = tmp_path / "room.toml"
    file.write_text(room(CT, STORE, more="", behind=OFFICE), "utf-8")
    found = assess(load(str(file), plugins.catalog()))
    verdict = next(each for each in found.barriers if each.barrier == "east")
    ask = plugins.method("ncrp147").require
    assert ask is not None
    for material in ("lightweight_concrete", "lead_rubber"):
        (need,) = ask(found.scene, found.results[0], "east", verdict.goals, (material,))
        assert (need.required_mm, need.added_mm, need.reason) == (None, None, "outside_data")


def test_a_lead_equivalent_stays_that_of_the_x_ray_source(tmp_path: Path) -> None:
    for method in METHODS:
        both, xrays = (
            checked(tmp_path, room(*each, behind=OFFICE), "--method", method) for each in ((CT, STORE), (CT,))
        )
        for key in ("lead_equivalent_mm", "lead_equivalent_beam"):
            assert barrier(both, "east")[key] == barrier(xrays, "east")[key]


def test_rates_of_single_modes_hold_the_gamma_sources(tmp_path: Path) -> None:
    told = ("--method", "gbz130", "--regulation", "CN-GBZ130-2020")
    both, xrays = (doses(tmp_path, room(*each), *told) for each in ((FLUOROSCOPE, STORE), (FLUOROSCOPE,)))
    gamma = doses(tmp_path, room(STORE))
    for point in FIXED:
        mode, whole = "h10_beam_on_fluoroscopy_uSv_per_h", "h10_beam_on_uSv_per_h"
        x, g = xrays[point][mode], gamma[point][whole]
        assert x is not None
        assert g is not None
        assert both[point][mode] == pytest.approx(x + g, rel=1e-12)
        assert both[point]["h10_beam_on_radiography_uSv_per_h"] is None


def test_a_mode_without_a_rate_of_its_own_is_judged_by_the_whole_room(tmp_path: Path) -> None:
    found = checked(tmp_path, room(CT, STORE), "--method", "gbz130", "--regulation", "CN-GBZ130-2020")
    whole = {each["id"]: each["doses"]["h10_beam_on_uSv_per_h"] for each in found["points"]}
    judged = [each for each in found["findings"] if each["averaging"] == "listed_devices" and each["subject"] in whole]
    assert judged
    assert all(each["value"] == whole[each["subject"]] for each in judged if each["value"] is not None)


def test_both_sets_of_rules_judge_the_room(tmp_path: Path) -> None:
    named = [word for name in ("VN-LC-24-2015", "CN-GB18871-2002", "VN-19-2012") for word in ("--regulation", name)]
    found = checked(tmp_path, room(CT, STORE), *named)
    applied = {each["instrument"] for each in found["findings"] if each["outcome"] != "not_applicable"}
    assert {"VN-LC-24-2015", "CN-GB18871-2002", "VN-19-2012"} <= applied
    devices = [each for each in found["findings"] if each["quantity"] == "devices_per_room"]
    assert {each["value"] for each in devices if each["outcome"] == "pass"} == {1.0}  # a store is no device


def test_lead_glass_counts_for_nothing_against_gamma_rays_and_says_so(tmp_path: Path) -> None:
    window = INSIDE + (
        '[[control_window]]\nid = "view"\nwall = "east"\nfrom = "3.5 m"\nsill = "0.5 m"\n'
        'width = "1.2 m"\nheight = "1 m"\n'
        "layers = [{ material = LAYER }]\n"
    )
    marked = '"lead_glass", lead_equivalent = "2 mm", lead_equivalent_kv = "150 kV"'
    glass = checked(tmp_path, room(CT, STORE, more=window.replace("LAYER", marked)))
    air = doses(tmp_path, room(STORE, more=window.replace("LAYER", '"wood", thickness = "0.001 mm"')))
    xrays = doses(tmp_path, room(CT, more=window.replace("LAYER", marked)))
    point = next(each for each in glass["points"] if each["id"] == "beside")["doses"]
    key = "air_kerma_beam_on_uGy_per_h"
    assert point[key] == pytest.approx((air["beside"][key] or 0) + (xrays["beside"][key] or 0), rel=1e-4)
    assert any(each["code"] == "warnings.gamma_layer_not_counted" for each in glass["warnings"])
    refused = check(tmp_path, room(STORE, more=window.replace("LAYER", marked)))
    assert refused.exit_code == 2
    assert "lead_glass" in refused.stderr


def test_a_map_shows_the_sum(tmp_path: Path) -> None:
    values = []
    for number, sources in enumerate(((CT, STORE), (CT,), (STORE,))):
        file, out = tmp_path / f"{number}.toml", tmp_path / f"{number}.csv"
        file.write_text(room(*sources), "utf-8")
        told = ["--quantity", "h10_week_mSv", "--points", "21", "--out", str(out)]
        result = CliRunner().invoke(cli, ["map", str(file), *told])
        assert result.exit_code == 0, result.stderr
        rows = [line for line in out.read_text("utf-8").splitlines() if not line.startswith("#")]
        values.append([float(row["value"] or "nan") for row in csv.DictReader(rows)])
    known = [each for each in zip(*values, strict=True) if not any(map(math.isnan, each))]
    assert len(known) > 300
    assert all(total == pytest.approx(x + g, rel=1e-12) for total, x, g in known)


def test_every_printed_step_gives_its_value(tmp_path: Path) -> None:
    said = checked(tmp_path, room(CT, STORE))
    steps = [step for point in said["points"] for step in point["steps"]]
    steps += [s for point in said["points"] for part in point["components"] for s in part["steps"]]
    names = {"exp": math.exp, "log": math.log, "max": max, "min": min, "sqrt": math.sqrt}
    for step in steps:
        values = {each["symbol"]: each["value"] for each in step["inputs"]}
        assert eval(step["expression"], names, values) == pytest.approx(step["value"], rel=1e-12)
    for point in said["points"]:
        last = {(step["symbol"], step["label"]): step["value"] for step in point["steps"]}
        assert last["H_sum", "year with T"] == point["doses"]["h10_year_mSv"]
        assert last["K_sum", "week"] == point["doses"]["air_kerma_week_mGy"]
        assert {"ct", "gamma"} <= {part["kind"] for part in point["components"]}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("X-ray equipment", "gamma sources", "Cs-137", "50 weeks")),
        ("vi", ("thiết bị X-quang", "nguồn gamma", "Cs-137", "50 tuần")),
        ("zh", ("X射线设备", "γ源", "Cs-137", "50 周")),
    ],
)
def test_the_report_shows_both_in_three_languages(language: str, words: tuple[str, ...], tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    result = check(tmp_path, room(CT, STORE), "--lang", language, "--report", str(report))
    assert result.exit_code in (1, 3), result.stderr
    page = report.read_text("utf-8")
    assert all(word in page for word in words)


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (room(CT, STORE, hours=""), (), "working_hours"),
        (room(CT, STORE), ("--method", "point_kernel"), "ncrp147, bir"),
        (room(CT, STORE), ("--method", "ncrp147", "--method", "point_kernel"), "point_kernel"),
        (room(CT, STORE.replace("2 GBq", "2 Gy")), (), "GBq"),
        (room(CT, STORE.replace('"5 m", "4 m", "0.5 m"', '"3.02 m", "2 m", "1 m"')), (), "inside the layers"),
        (room(CT.replace('kv = "120 kV"', 'kv = "160 kV"'), STORE), (), "160"),
        (room(STORE), ("--method", "ncrp147"), "source_store"),
        (room(CT, STORE).replace('height = "3 m"\n', 'height = "3 m"\nward = true\n', 1), (), "ward"),
    ],
)
def test_bad_input_is_refused_in_one_clear_message(
    text: str, options: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    result = check(tmp_path, text, *options)
    assert result.exit_code == 2, result.stdout
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_x_ray_equipment_alone_loads_nothing_of_what_adds_gamma_sources(tmp_path: Path) -> None:
    file = tmp_path / "room.toml"
    file.write_text(room(CT), "utf-8")
    probe = (
        "import sys, json; from shieldcalc.__main__ import main; main(sys.argv[1:]);"
        "print(json.dumps([name for name in sys.modules if name.startswith('shieldcalc.')]), file=sys.stderr)"
    )
    told = [sys.executable, "-c", probe, "check", str(file), "--json", str(tmp_path / "out.json")]
    done = subprocess.run(told, check=True, capture_output=True, text=True)
    loaded = json.loads(done.stderr.splitlines()[-1])
    assert "shieldcalc.physics.room" in loaded
    assert not [name for name in loaded if ".mixed" in name or name.endswith(".emitters")]
