"""``shieldcalc boundary``: published distances, inverse square, air, layers, its JSON, bad input."""

import json
from math import sqrt
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldcalc.cli import cli

SCHEMA = json.loads((Path(__file__).parents[2] / "data" / "schemas" / "boundary-1.json").read_text())
IR = ("--nuclide", "Ir-192", "--activity", "1.85 TBq")


def answer(*options: str) -> dict[str, Any]:
    result = CliRunner().invoke(cli, ["boundary", *options, "--json"])
    assert result.exit_code == 0, result.stderr
    said = json.loads(result.stdout)
    jsonschema.validate(said, SCHEMA)
    return said  # type: ignore[no-any-return]


@pytest.mark.parametrize(("curies", "metres"), [(10, 81.65), (25, 129.0), (50, 182.5), (70, 216.0)])
def test_published_safety_distances(curies: float, metres: float) -> None:
    # Radiation safety distance diagram for Ir-192, unshielded (scribd 322020836): it rests on 5 mSv/h of 1 Ci at 1 m
    # and 7.5 uSv/h; H*(10) of the bare nuclide gives 5.14 mSv/h, so 2 % more
    said = answer("--nuclide", "Ir-192", "--activity", f"{curies} Ci", "--limit", "7.5 uSv/h")
    assert said["boundaries"][0]["in_beam_m"] == pytest.approx(metres, rel=0.03)


def test_a_field_formula_for_the_same() -> None:
    # sqrt(Ci x 130 x 37 / 7.5): 130 uSv/h of 1 GBq at 1 m of a source in its capsule, 7 % less than of the bare nuclide
    said = answer(*IR, "--limit", "7.5 uSv/h")
    assert said["boundaries"][0]["in_beam_m"] == pytest.approx(sqrt(50 * 130 * 37 / 7.5), rel=0.04)


@settings(max_examples=20, deadline=None)
@given(st.floats(0.01, 1e4), st.floats(1e-3, 1e3))
def test_inverse_square_and_linear_in_activity(limit: float, TBq: float) -> None:
    said = answer(
        "--nuclide", "Ir-192", "--activity", f"{TBq!r} TBq", "--limit", f"{limit!r} uSv/h", "--source-size", "1 um"
    )
    row = said["boundaries"][0]
    rate = said["ambient_dose_equivalent_rate_at_1m_uSv_per_h"]["in_beam"]
    assert rate / row["in_beam_m"] ** 2 == pytest.approx(limit)
    assert rate == pytest.approx(138870 * TBq, rel=1e-3)


def test_air_never_lengthens_and_at_last_shortens_a_distance() -> None:
    for limit in ("1000 uSv/h", "7.5 uSv/h", "0.5 uSv/h"):
        bare = answer(*IR, "--limit", limit)["boundaries"][0]["in_beam_m"]
        air = answer(*IR, "--limit", limit, "--air")["boundaries"][0]["in_beam_m"]
        assert air <= bare * (1 + 1e-8)
    assert air < 0.9 * bare


def test_the_distance_in_air_is_that_of_dose_rate() -> None:
    found = answer(*IR, "--limit", "2.5 uSv/h", "--air")["boundaries"][0]["in_beam_m"]
    asked = ["dose-rate", *IR, "--distance", f"{found!r} m", "--layer", "air", f"{found!r} m", "--json"]
    said = json.loads(CliRunner().invoke(cli, asked).stdout)
    assert said["ambient_dose_equivalent_rate_uSv_per_h"] == pytest.approx(2.5, rel=2e-3)


def test_a_collimator_is_outside_the_beam_alone_and_layers_are_everywhere() -> None:
    said = answer(*IR, "--limit", "7.5 uSv/h", "--collimator", "tungsten", "15 mm", "--layer", "steel", "10 mm")
    row, bare = said["boundaries"][0], answer(*IR, "--limit", "7.5 uSv/h")["boundaries"][0]["in_beam_m"]
    assert row["outside_beam_m"] < row["in_beam_m"] < bare
    assert row["wind_out_m"] == pytest.approx(bare)
    assert any("scatters" in each["text"] for each in said["warnings"])
    thicker = answer(*IR, "--limit", "7.5 uSv/h", "--collimator", "tungsten", "25 mm")["boundaries"][0]
    assert thicker["outside_beam_m"] < row["outside_beam_m"]


def test_decay_several_limits_and_no_collimator() -> None:
    dates = ("--reference-date", "2025-01-01", "--on", "2025-03-16")  # 74 days, a half-life of Ir-192 (73.83 d)
    said = answer(*IR, *dates, "--limit", "7.5 uSv/h", "--limit", "2.5 uSv/h")
    first, second = said["boundaries"]
    assert first["outside_beam_m"] is None
    assert second["in_beam_m"] == pytest.approx(sqrt(3) * first["in_beam_m"])
    assert first["in_beam_m"] == pytest.approx(185.1 / sqrt(2), rel=2e-3)


def test_no_boundary_nearer_than_five_times_the_source() -> None:
    said = answer("--nuclide", "Cs-137", "--activity", "1 Bq", "--limit", "1 mSv/h", "--source-size", "40 mm")
    assert said["least_m"] == said["boundaries"][0]["in_beam_m"] == pytest.approx(0.2)


def test_neutrons_are_never_held_back() -> None:
    asked = ("--nuclide", "Am-Be", "--activity", "370 GBq", "--limit", "7.5 uSv/h")
    said = answer(*asked, "--layer", "lead", "200 mm", "--air")
    assert said["boundaries"][0]["in_beam_m"] >= sqrt(370 * 0.739 / 7.5)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((*IR,), "--limit"),
        ((*IR, "--limit", "7.5"), "unit"),
        ((*IR, "--limit", "0 uSv/h"), "more than zero"),
        ((*IR, "--limit", "1 mSv"), "not a unit"),
        ((*IR, "--limit", "1e-12 uSv/h"), "boundaries are drawn up to 1e+06 m"),
        ((*IR, "--limit", "1 mSv/h", "--collimator", "tungsten", "-1 mm"), "negative"),
        ((*IR, "--limit", "1 mSv/h", "--collimator", "tungstn", "1 mm"), "tungsten"),
        ((*IR, "--limit", "1 mSv/h", "--density", "lead", "11 g/cm3"), "no layer"),
        ((*IR, "--limit", "1 mSv/h", "--source-size", "0 mm"), "more than zero"),
        (("--nuclide", "Sr-90", "--activity", "1 GBq", "--limit", "1 mSv/h"), "bremsstrahlung"),
        (("--nuclide", "Cf-252", "--activity", "1 GBq", "--limit", "1 mSv/h"), "fission"),
        (("--nuclide", "Pu-Be", "--activity", "1 GBq", "--limit", "1 mSv/h"), "neutron"),
        (("--nuclide", "Ir-192", "--limit", "1 mSv/h"), "--activity"),
    ],
)
def test_bad_input(options: tuple[str, ...], said: str) -> None:
    result = CliRunner().invoke(cli, ["boundary", *options])
    assert result.exit_code == 2
    assert said in result.stderr


def test_words() -> None:
    result = CliRunner().invoke(cli, ["boundary", *IR, "--limit", "7.5 uSv/h", "--collimator", "tungsten", "15 mm"])
    assert "in the beam: 185.1 m" in result.stdout
    assert "outside the beam" in result.stdout
    assert "19.3 g/cm3" in result.stdout
