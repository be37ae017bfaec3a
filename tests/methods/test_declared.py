"""Declared scatter, densitometers, dental fractions, several kinds in one room: through design files, by hand."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from small_kinds import SCATTER, room, source

from shieldcalc import beams, plugins
from shieldcalc.assess import assess
from shieldcalc.cli import cli
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.loader import load
from shieldcalc.model.result import PointResult
from shieldcalc.physics.dental import largest_scatter, scattered_fraction
from shieldcalc.physics.techniques import shipped_output

POINT = """
[[point]]
id = "one_metre"
position = ["3 m", "2 m", "1 m"]
beyond = { kind = "office" }
"""
SPINE = 'id = "spine"\nper_week = 60\nin_busiest_hour = 4\nkv = "76 kV"\ntime = "15 s"\n'


def assessed(tmp_path: Path, text: str) -> Assessment:
    file = tmp_path / "room.toml"
    file.write_text(text, "utf-8")
    return assess(load(str(file), plugins.catalog()))


def at_one_metre(tmp_path: Path, text: str) -> PointResult:
    found = assessed(tmp_path, text)
    return next(point for point in found.results[0].points if point.point.id == "one_metre")


def refused(tmp_path: Path, text: str) -> str:
    file = tmp_path / "room.toml"
    file.write_text(text, "utf-8")
    result = CliRunner().invoke(cli, ["check", str(file)])
    assert result.exit_code == 2, result.stdout
    assert "Traceback" not in result.stderr
    return result.stderr


def densitometer(more: str = "") -> str:
    head = (
        source("bone_density")
        .partition("[[source.protocol]]")[0]
        .replace('kind = "bone_density"\n', f'kind = "bone_density"\n{more}')
    )
    return head + "[[source.protocol]]\n" + SPINE + "\n[[source.protocol]]\n" + SPINE.replace("spine", "hip")


def test_ncrp_147_section_5_7_through_a_design_file(tmp_path: Path) -> None:
    """60 patients a week, two scans of 15 s: 0.5 h and 0.02 mGy a week at 1 m, as printed."""
    found = at_one_metre(tmp_path, room(densitometer(), POINT, method="ncrp147"))
    assert found.doses.air_kerma_week_mGy == pytest.approx(0.02)
    assert found.doses.air_kerma_beam_on_uGy_per_h == pytest.approx(40.0)
    assert found.doses.air_kerma_hour_uGy == pytest.approx(40 * 2 * 4 * 15 / 3600)
    hours = [step.value for part in found.components for step in part.steps if step.unit == "h/week"]
    assert sum(hours) == pytest.approx(0.5)


def test_a_pencil_beam_scatters_a_twentieth(tmp_path: Path) -> None:
    pencil = at_one_metre(tmp_path, room(densitometer('dxa_beam = "pencil_beam"\n'), POINT, method="ncrp147"))
    assert pencil.doses.air_kerma_week_mGy == pytest.approx(0.001)


def test_an_unsaid_beam_of_a_densitometer_is_the_fan_and_said(tmp_path: Path) -> None:
    said = assessed(tmp_path, room(densitometer(), method="ncrp147")).notices
    assert {"assumptions.dxa_fan_beam", "warnings.dxa_spectrum"} <= {each.code for each in said}


@pytest.mark.parametrize("method", ["ncrp147", "bir"])
@pytest.mark.parametrize(
    "kind", ["dental_cbct", "panoramic_dental", "intraoral_dental", "bone_density", "veterinary_xray"]
)
def test_declared_scatter_by_hand(tmp_path: Path, kind: str, method: str) -> None:
    text = source(kind, scatter=True)
    found = at_one_metre(tmp_path, room(text, POINT, method=method))
    assert found.doses.air_kerma_week_mGy == pytest.approx(100 * 4e-3)
    assert found.doses.air_kerma_hour_uGy == pytest.approx(6 * 4)
    time = float(text.partition('time = "')[2].partition(" s")[0])
    own = text.partition('charge = "')[2].partition(" mAs")[0]
    highest = float(text.partition('current = "')[2].partition(" mA")[0])
    scale = max(1.0, highest * time / float(own)) if own else 1.0
    assert found.doses.air_kerma_beam_on_uGy_per_h == pytest.approx(3600 * 4 / time * scale)


@pytest.mark.parametrize("method", ["ncrp147", "bir", "gbz130"])
def test_behind_a_wall_by_the_secondary_curve(tmp_path: Path, method: str) -> None:
    found = assessed(tmp_path, room(source("dental_cbct", scatter=True), method=method)).results[0]
    wall = next(point for point in found.points if point.point.barrier == "wall1")
    (part,) = [part for part in wall.components if part.kerma.week_mGy]
    standard = "bir" if method == "bir" else "ncrp147"
    quality = beams.Beam(standard, "kvp", "90", "secondary")
    assert part.transmission == pytest.approx(beams.log_transmission(quality, [beams.Layer("lead", 1.0)]).transmission)


def test_a_rate_with_time_is_the_same_as_its_air_kerma(tmp_path: Path) -> None:
    text = source("dental_cbct", scatter=True)
    rate = text.replace('air_kerma = "4 uGy"', 'rate = "1.44 mGy/h"')  # 4 uGy in 10 s
    one, other = (at_one_metre(tmp_path, room(each, POINT, method="ncrp147")).doses for each in (text, rate))
    assert one.air_kerma_week_mGy == pytest.approx(other.air_kerma_week_mGy)
    assert one.air_kerma_beam_on_uGy_per_h == pytest.approx(other.air_kerma_beam_on_uGy_per_h)


def test_another_distance_goes_by_the_inverse_square(tmp_path: Path) -> None:
    text = source("dental_cbct", scatter=True).replace('"4 uGy"', '"1 uGy", at = "2 m"')
    found = at_one_metre(tmp_path, room(text, POINT, method="ncrp147"))
    assert found.doses.air_kerma_week_mGy == pytest.approx(0.4)


def test_declared_without_its_current_is_taken_at_the_highest_and_said(tmp_path: Path) -> None:
    own = source("dental_cbct", scatter=True)
    bare = own.replace('charge = "100 mAs"\n', "")
    said = [
        {notice.code for notice in assessed(tmp_path, room(each, POINT, method="ncrp147")).notices}
        for each in (bare, own)
    ]
    assert ["assumptions.scatter_at_maximum_current" in codes for codes in said] == [True, False]


def test_declared_below_the_maximum_says_nothing_of_the_maximum(tmp_path: Path) -> None:
    text = source("dental_cbct", scatter=True).replace('technique = { kv = "90 kV"', 'technique = { kv = "110 kV"')
    found = assessed(tmp_path, room(text, POINT, method="ncrp147"))
    assert all(point.doses.air_kerma_beam_on_uGy_per_h is None for point in found.results[0].points)
    told = next(notice for notice in found.notices if notice.code == "warnings.beam_on_outside_data")
    assert told.params["reason"].code == "warnings.scatter_below_maximum"  # type: ignore[attr-defined]


def test_the_beam_that_nothing_stops_counts_beside_declared_scatter(tmp_path: Path) -> None:
    stopped = source("veterinary_xray", scatter=True)
    text = stopped.replace("stopped_by_receptor = true\n", "").replace('toward = "floor"', 'toward = "wall1"')
    text = text.replace('focus = ["2 m", "2 m", "2 m"]', 'focus = ["2 m", "3 m", "1 m"]')
    for method in ("ncrp147", "bir"):
        found = assessed(tmp_path, room(text, method=method)).results[0]
        wall = next(point for point in found.points if point.point.barrier == "wall1")
        assert {part.kind for part in wall.components} == {"scatter", "primary"}
        bare = sum(part.unshielded.week_mGy for part in wall.components if part.kind == "primary")
        assert bare == pytest.approx(100 * 10 * shipped_output(90, 1.5) / 3.301**2, rel=0.02)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("stopped_by_receptor = true\n", "", "charge of protocol usual"),
        ('air_kerma = "4 uGy", ', "", "air_kerma: missing"),
        ('air_kerma = "4 uGy"', 'air_kerma = "4 uGy", rate = "1 mGy/h"', "air_kerma: has no meaning"),
        ('air_kerma = "4 uGy"', 'rate = "1 mGy/h"', "time: missing"),
        ('air_kerma = "4 uGy"', 'air_kerma = "4 uSv"', "air_kerma"),
        ('air_kerma = "4 uGy"', 'air_kerma = "-4 uGy"', "air_kerma"),
        ('air_kerma = "4 uGy"', "air_kerma = 4", "air_kerma"),
        (', document = "data sheet of the maker"', "", "document"),
        ('"4 uGy"', '"4 uGy", at = "0.1 m"', "at"),
        ('kv = "90 kV"\n', 'kv = "300 kV"\n', "300 kV"),
        ("air_kerma", "air_karma", "air_kerma"),
    ],
)
def test_what_is_wrong_with_declared_scatter_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = source("dental_cbct", scatter=True).replace('charge = "100 mAs"\ntime = "10 s"\n', "")
    assert words in refused(tmp_path, room(text.replace(old, new), method="ncrp147"))


def test_all_protocols_declare_their_scatter_or_none(tmp_path: Path) -> None:
    second = '\n[[source.protocol]]\nid = "other"\nper_week = 5\nkv = "80 kV"\ncharge = "5 mAs"\n'
    said = refused(tmp_path, room(source("dental_cbct", scatter=True) + second, method="ncrp147"))
    assert "source.1.protocol.2.scatter" in said


@pytest.mark.parametrize(
    ("kind", "distribution"),
    [
        ("veterinary_xray", "rad_room_floor_or_other"),
        ("intraoral_dental", "rad_room_all_barriers"),
        ("bone_density", "chest_room"),
        ("mammography", "chest_room"),
        ("radiography", "mammography_room"),
    ],
)
def test_no_distribution_of_other_equipment(tmp_path: Path, kind: str, distribution: str) -> None:
    text = source(kind, scatter=kind not in ("radiography", "mammography")).partition("[[source.protocol]]")[0]
    lines = [line for line in text.splitlines() if not line.startswith(("workload", "kap"))]
    at = lines.index(f'kind = "{kind}"') + 1
    lines.insert(at, f'workload = {{ distribution = "{distribution}", patients_per_week = 50 }}')
    text = "\n".join(lines).replace("stopped_by_receptor = true", "") + "\nstopped_by_receptor = true\n"
    assert distribution in refused(tmp_path, room(text, method="ncrp147"))


def test_hours_that_nothing_says_are_refused_and_not_zero(tmp_path: Path) -> None:
    films = source("intraoral_dental").replace('charge = "1.4 mAs"\n', "")
    assert "charge, or time, of protocol usual" in refused(tmp_path, room(films, method="gbz130"))
    metered = "\n".join(line for line in source("chest").splitlines() if not line.startswith("workload"))
    assert "kerma-area product" in refused(tmp_path, room(metered, method="gbz130"))


def test_of_several_methods_the_one_that_refuses_is_named(tmp_path: Path) -> None:
    text = room(source("mammography"), method="ncrp147").replace('["ncrp147"]', '["ncrp147", "bir"]')
    said = refused(tmp_path, text)
    assert "method bir" in said
    assert "--method" in said


# Fractions of dental units


def test_the_dental_fraction_is_the_published_maximum_per_kerma_area_product() -> None:
    assert largest_scatter("intraoral_dental", 70) == 5.5
    assert scattered_fraction("panoramic_dental", 80) == pytest.approx(9.3e-6)
    assert largest_scatter("panoramic_dental", 60) == 9.3
    assert 9.3 < largest_scatter("panoramic_dental", 90) < 9.3 * 1.1
    assert largest_scatter("radiography", 80) == 0


def test_panoramic_scatter_by_charge_by_hand(tmp_path: Path) -> None:
    found = at_one_metre(tmp_path, room(source("panoramic_dental"), POINT, method="ncrp147"))
    scatter = sum(part.kerma.week_mGy for part in found.components if part.kind == "scatter")
    assert scatter == pytest.approx(100 * 140 * shipped_output(80, 1.5) * 400 * 9.3e-6)


# Several devices in one room

MIXED = [
    ("intraoral_dental", "panoramic_dental"),
    ("ct", "radiography"),
    ("dental_cbct", "bone_density"),
    ("veterinary_xray", "ct"),
]


@pytest.mark.parametrize("method", ["ncrp147", "bir"])
@pytest.mark.parametrize("kinds", MIXED)
def test_two_kinds_in_one_room_add_up(tmp_path: Path, kinds: tuple[str, str], method: str) -> None:
    def one(kind: str, name: str) -> str:
        needs = kind == "dental_cbct" or (kind == "bone_density" and method == "bir")
        return source(kind, name, scatter=needs)

    texts = [one(kind, f"unit{number}") for number, kind in enumerate(kinds)]
    alone = [at_one_metre(tmp_path, room(text, POINT, method=method)).doses for text in texts]
    rates = [each.air_kerma_beam_on_uGy_per_h or 0.0 for each in alone]
    for together in (True, False):
        both = at_one_metre(tmp_path, room(*texts, POINT, method=method, together=together)).doses
        assert both.air_kerma_week_mGy == pytest.approx(sum(each.air_kerma_week_mGy for each in alone))
        assert both.air_kerma_hour_uGy == pytest.approx(sum(each.air_kerma_hour_uGy or 0.0 for each in alone))
        assert both.air_kerma_beam_on_uGy_per_h == pytest.approx(sum(rates) if together else max(rates))


@pytest.mark.parametrize("together", [True, False])
def test_the_law_on_two_devices_in_one_room(tmp_path: Path, together: bool) -> None:
    texts = source("intraoral_dental", "one"), source("panoramic_dental", "two")
    found = assessed(tmp_path, room(*texts, method="ncrp147", together=together))
    outcomes: dict[str, Any] = {each.rule: each.outcome for each in found.findings}
    assert outcomes["VN-LC-24-2015/16.1"] == ("fail" if together else "not_applicable")


# Veterinary rooms and the law


def test_the_decision_names_veterinary_equipment_and_the_circular_on_medicine_does_not(tmp_path: Path) -> None:
    text = room(source("veterinary_xray"), method="ncrp147")
    text = text.replace('["VN-LC-24-2015"]', '["VN-LC-24-2015", "VN-13-2014", "VN-19-2012"]')
    found = assessed(tmp_path, text)
    judged = {each.rule for each in found.findings if each.outcome != "not_applicable"}
    assert "VN-LC-24-2015/15.3d" in judged
    assert "VN-LC-24-2015/13.1a" in judged
    assert not any(rule.startswith("VN-13-2014") for rule in judged)
    assert any(rule.startswith("VN-19-2012") for rule in judged)
    codes = {notice.code for notice in found.notices}
    assert {"warnings.veterinary_holder", "warnings.veterinary_figures"} <= codes


def test_nothing_says_that_a_veterinary_room_keeps_goals_for_medicine(tmp_path: Path) -> None:
    text = room(source("veterinary_xray"), method="ncrp147").replace('["VN-LC-24-2015"]', '["US-NCRP147"]')
    assert assessed(tmp_path, text).exit_code == 3


# Independent ways against each other


def test_rpii_films_equal_one_declared_micrograys_each(tmp_path: Path) -> None:
    """RPII 09/01, example 4: 100 films of 1 uGy give 0.1 mGy a week at 1 m; declared, they give the same."""
    films = source("intraoral_dental").replace('charge = "1.4 mAs"\n', "")
    declared = films + SCATTER.replace("4 uGy", "1 uGy")
    for method, text in (("bir", films), ("bir", declared), ("ncrp147", declared)):
        found = at_one_metre(tmp_path, room(text, POINT, method=method))
        assert found.doses.air_kerma_week_mGy == pytest.approx(0.1)


@settings(max_examples=6)
@given(
    uGy=st.floats(0.01, 1000),
    per_week=st.integers(1, 500),
    lead=st.floats(0.1, 3),
    kv=st.integers(50, 150),
)
def test_declared_scatter_is_proportional_and_never_more_behind_more_lead(
    tmp_path_factory: pytest.TempPathFactory, uGy: float, per_week: int, lead: float, kv: int
) -> None:
    folder = tmp_path_factory.mktemp("room")

    def week(air_kerma: float, thickness: float) -> float:
        text = source("dental_cbct", scatter=True).replace("4 uGy", f"{air_kerma!r} uGy").replace("90 kV", f"{kv} kV")
        text = text.replace("per_week = 100", f"per_week = {per_week}").replace("in_busiest_hour = 6\n", "")
        found = assessed(folder, room(text, method="ncrp147", lead=thickness)).results[0]
        return next(point for point in found.points if point.point.barrier == "wall1").doses.air_kerma_week_mGy

    one = week(uGy, lead)
    assert week(2 * uGy, lead) == pytest.approx(2 * one)
    assert week(uGy, lead + 0.5) <= one * (1 + 1e-9)
    assert one <= uGy * 1e-3 * per_week / 2.3**2
