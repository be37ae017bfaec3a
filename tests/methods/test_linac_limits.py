"""Rooms of accelerators: neutrons, skyshine, laminates, screens and corners; what is undetermined and never kept."""

from math import atan, cos, pi
from pathlib import Path

import pytest
from linac_rooms import CONCRETE, at, check, energy, here, room, week

from shieldcalc.methods.ncrp151.document import NCRP151
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.laminate import Laminate, laminate


def undetermined(folder: Path, text: str, point: str) -> bool:
    found = [each for each in check(folder, text).findings if each.subject == point and each.dose_rule]
    judged = {each.outcome for each in found} - {"not_applicable"}
    assert judged
    return judged == {"undetermined"}


LAMINATE = """[{{ material = "concrete", thickness = "{inside} mm" }}, \
{{ material = "{metal}", thickness = "{mm} mm" }}, {{ material = "concrete", thickness = "{outside} mm" }}]"""


DOOR = """
[[door]]
id = "door"
wall = "south"
from = "1 m"
width = "1.5 m"
height = "2.2 m"
layers = [{ material = "lead", thickness = "600 mm" }]
"""


def outcomes(folder: Path, text: str, point: str) -> set[str]:
    found = [each for each in check(folder, text).findings if each.subject == point and each.dose_rule]
    return {each.outcome for each in found} - {"not_applicable"}


def test_from_10_mv_neutrons_made_in_metal_are_undetermined_and_doors_of_metal_fail(tmp_path: Path) -> None:
    thick = '[{ material = "concrete", thickness = "3 m" }]'
    lead = '[{ material = "concrete", thickness = "1 m" }, { material = "lead", thickness = "700 mm" }]'
    layers = {"north": thick, "east": thick, "south": thick, "west": lead}
    text = room(layers=layers, energies=energy(mv='"18 MV"'), more=DOOR)
    assert outcomes(tmp_path, text, "door") == {"fail"}
    assert "pass" not in outcomes(tmp_path, text, "west")
    assert outcomes(tmp_path, text, "north") == {"pass"}
    assert outcomes(tmp_path, room(layers=layers, more=DOOR), "west") == {"pass"}


def test_from_10_mv_only_concrete_is_offered(tmp_path: Path) -> None:
    thin = {"north": '[{ material = "concrete", thickness = "600 mm" }]'}
    found = check(tmp_path, room(layers=thin, energies=energy(mv='"15 MV"')))
    (verdict,) = (each for each in found.barriers if each.barrier == "north")
    needs = {each.material: each.required_mm for each in verdict.requirements}
    assert needs.pop("concrete")
    assert set(needs.values()) == {None}


def test_skyshine_over_a_thin_roof_by_hand(tmp_path: Path) -> None:
    """Of the beam that points up, of leakage and of scatter at 30 degrees, each four times equation 5.1."""
    thick = room().replace("1500 mm", "2500 mm")
    thin = thick.replace('thickness = "2 m"', 'thickness = "200 mm"')
    assert not undetermined(tmp_path, thin, "north")
    found = here(tmp_path, thin + at(14, 4, 1.3))
    over = [part for part in found.components if part.kind == "skyshine"]
    d_s, z, top, half = 10.0, 1.3, 4 + 0.2 + 2, 0.2
    tvl = {"up": 37, "leakage": 34, "scatter": 26}  # cm of concrete: Tables B.2, B.7, B.5a at 30 degrees
    strength = {"up": 0.25, "leakage": 1e-3, "scatter": 2.77e-3 * (2 * half) ** 2 / 0.04}
    by_hand = {}
    for name, share in strength.items():
        omega = 2 * pi * (1 - cos(atan(half))) if name == "up" else 2 * pi
        d_i = top - (z - 1 if name == "up" else z)
        rate = 24900 * omega**1.3 / (d_i * d_s) ** 2 * 10 ** (-20 / tvl[name])
        by_hand[name] = 4 * rate * share * 400 / 1000
    assert [part.kerma.week_mGy for part in over] == pytest.approx(list(by_hand.values()), rel=1e-6)
    assert not week(here(tmp_path, thick + at(14, 4, 1.3)), "skyshine")


def test_neutrons_over_a_thin_roof_are_undetermined(tmp_path: Path) -> None:
    weak = room(energies=energy(mv='"18 MV"', per_week='"10 Gy/week"', in_busiest_hour='"1 Gy"'))
    thin = weak.replace('thickness = "2 m"', 'thickness = "600 mm"').replace("1500 mm", "2500 mm")
    assert undetermined(tmp_path, thin, "north")
    assert not undetermined(tmp_path, thin.replace("18 MV", "6 MV"), "north")


def test_neutrons_of_a_laminate_as_the_command_has_them(tmp_path: Path) -> None:
    """Concrete, lead, concrete in the beam: McGinley's formula with the use factor; below 10 MV there are none."""
    layers = {"west": LAMINATE.format(inside=500, metal="lead", mm=250, outside=1000)}
    text = room(layers=layers, energies=energy(mv='"18 MV"'))
    found = here(tmp_path, text + at(-2.05, 4, 1.3))
    wall = Laminate(500, 250, 1000, "lead", 0.16, 0.25 * 400)
    assert week(found, "laminate_neutron") == pytest.approx(
        1000 * laminate(NCRP151, Energy(MV=18.0), wall).H_n, rel=1e-9
    )
    assert not undetermined(tmp_path, text, "west")
    assert not week(here(tmp_path, room(layers=layers) + at(-2.05, 4, 1.3)), "laminate_neutron")
    other = {"west": LAMINATE.format(inside=500, metal="tungsten", mm=250, outside=1000)}
    assert undetermined(tmp_path, room(layers=other, energies=energy(mv='"18 MV"')), "west")


def test_behind_a_screen_nothing_is_kept(tmp_path: Path) -> None:
    screen = """
[[screen]]
id = "nib"
from = ["2 m", "1.5 m"]
to = ["6 m", "1.5 m"]
height = "4 m"
layers = [{ material = "concrete", thickness = "1 m" }]
"""
    assert undetermined(tmp_path, room(more=screen), "south")


def test_a_later_corner_is_undetermined(tmp_path: Path) -> None:
    """A maze as a leg of the plan: a line to its far wall leaves the room and comes back."""
    text = room(more="").replace(
        'plan = [["0 m", "0 m"], ["8 m", "0 m"], ["8 m", "8 m"], ["0 m", "8 m"]]',
        'plan = [["0 m", "0 m"], ["8 m", "0 m"], ["8 m", "8 m"], ["0 m", "8 m"], ["0 m", "7.9 m"], ["-3 m", "7.9 m"], '
        '["-3 m", "0 m"], ["-2 m", "0 m"], ["-2 m", "7 m"], ["0 m", "7 m"]]',
    )
    walls = "".join(
        f'[[wall]]\nid = "w{edge}"\nedge = {edge}\nlayers = {CONCRETE}\nbeyond = {{ kind = "office" }}\n'
        for edge in range(5, 11)
    )
    text = text.replace("[[source]]\n", walls + "[[source]]\n", 1)
    assert undetermined(tmp_path, text, "w6")
