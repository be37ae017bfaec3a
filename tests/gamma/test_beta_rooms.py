"""Beta emitters in rooms: the bound of their bremsstrahlung, beside other sources, never silent and never raised."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from stores import rate, room, source, told

from shieldcalc.cli import cli
from shieldcalc.photons import shield
from shieldcalc.photons.attenuation import edges_MeV
from shieldcalc.photons.bremsstrahlung import bound
from shieldcalc.photons.dose import H10
from shieldcalc.photons.left_out import left_out
from shieldcalc.photons.point import rates
from shieldcalc.photons.source import of_nuclide
from shieldcalc.verify.gamma import _lines


@pytest.mark.parametrize("nuclide", ["Sr-90", "P-32", "Kr-85", "Pm-147", "Tl-204"])
def test_the_room_gives_what_the_command_gives_behind_the_same_layers(nuclide: str, tmp_path: Path) -> None:
    found = told(tmp_path, room(source(nuclide)))
    layers = [shield.layer("lead", 5), shield.layer("concrete", 200)]
    by_hand = rates(of_nuclide(nuclide, 37e9), 5.5, layers)  # 5 m, the wall, 0.3 m beyond it
    assert rate(found) == pytest.approx(by_hand.doses[H10], rel=1e-9)
    assert "warnings.gamma_bremsstrahlung" in json.dumps(found)


def test_beside_another_source_both_count(tmp_path: Path) -> None:
    beta, gamma = source("P-32", kind="hot_lab"), source("Cs-137", id_="other")
    both, one, other = (rate(told(tmp_path, room(*each))) for each in ((beta, gamma), (beta,), (gamma,)))
    assert both == pytest.approx(one + other, rel=1e-9)


def test_lead_raises_the_bound_once_for_the_whole_room_and_then_only_lowers_it(tmp_path: Path) -> None:
    """In a room without lead the betas stop in iron at the most (26); any lead counts as 82 in every direction."""
    plain = rate(told(tmp_path, room(source("P-32", container="pmma"))))
    layers = [shield.layer("pmma", 5), shield.layer("concrete", 200)]
    assert plain == pytest.approx(rates(of_nuclide("P-32", 37e9), 5.5, layers).doses[H10], rel=1e-9)
    in_lead = [
        rate(
            told(
                tmp_path,
                room(source("P-32", container="pmma"), more=f', {{ material = "lead", thickness = "{mm} mm" }}'),
            )
        )
        for mm in (0.001, 1, 30)
    ]
    assert in_lead == sorted(in_lead, reverse=True)
    assert in_lead[0] == pytest.approx(82 / 26 * plain, rel=0.01)


def test_what_lead_built_in_one_wall_does_behind_the_others_is_told(tmp_path: Path) -> None:
    said = "warnings.gamma_bremsstrahlung_rises"
    assert said in json.dumps(told(tmp_path, room(source("P-32", container="pmma"))))
    assert said not in json.dumps(told(tmp_path, room(source("P-32"))))


def test_just_below_its_k_edge_lead_passes_more_than_at_the_highest_energy() -> None:
    """C-14, E_max 148 keV: 5 mm of lead hold back 1.97 cm2/g there, 1.65 at 88.0 keV."""
    carbon, lead = of_nuclide("C-14", 1e9), [shield.layer("lead", 5)]
    found, _ = bound(carbon, lead, "broder")
    bare, _ = bound(carbon, [], "broder", Z=82)
    below_edge = shield.ray(lead, edges_MeV("Pb")[-1]).passed().transmission
    assert found.air_kerma >= bare.air_kerma * below_edge * 0.999
    assert below_edge > 2 * shield.ray(lead, 0.148).passed().transmission


def test_what_is_not_bounded_is_refused_or_leaves_the_verdict_open(tmp_path: Path) -> None:
    file = tmp_path / "drum.toml"
    file.write_text(
        room(
            source("Sr-90").replace(
                'container = [{ material = "lead", thickness = "5 mm" }]', 'shape = "sphere"\nradius = "0.1 m"'
            )
        ),
        "utf-8",
    )
    result = CliRunner().invoke(cli, ["check", str(file)])
    assert result.exit_code == 2
    assert "bremsstrahlung" in result.stderr
    assert left_out("Ru-106", True, None, True, frozenset()) is None
    assert left_out("Ru-106", True, None, False, frozenset()) is not None
    assert left_out("Si-32", False, None, True, frozenset()) is not None  # P-32 emits no photons, and yet counts


def test_no_reading_is_compared_with_a_bound() -> None:
    assert _lines("Kr-85") == (0.0, float("inf"))
    assert _lines("Cs-137") == pytest.approx((0.662, 0.662), abs=0.001)
