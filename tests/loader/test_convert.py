"""What a file says arrives in the units of Design; spellings and omissions make no difference they should not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_rooms import DOOR, SQUARE, loaded

from shieldcalc.model.design import Beyond


def test_units_of_a_design(tmp_path: Path) -> None:
    design = loaded(SQUARE + DOOR, tmp_path)
    assert design.plan == ((0.0, 0.0), (5.0, 0.0), (5.0, 4.0), (0.0, 4.0))
    assert design.height_m == 3.0
    assert design.on.isoformat() == "2025-06-30"
    assert [(wall.id, wall.edge, wall.start_m, wall.end_m) for wall in design.walls] == [
        ("south", 0, 0.0, 5.0),
        ("east", 1, 0.0, 4.0),
        ("north", 2, 0.0, 5.0),
        ("west", 3, 0.0, 4.0),
    ]
    assert design.walls[0].layers[0].thickness_mm == 2.0
    assert design.openings[0].sill_m == 0.0
    assert design.openings[0].beyond == design.walls[2].beyond
    beam = design.sources[0].beams[0]
    assert beam.target == (0.0, 2.0, 1.0)
    assert (beam.distribution, beam.field_cm2, beam.field_at_m) == ("chest_room", 1000.0, 2.0)
    assert design.sources[0].device == "tube"
    assert design.floor.beyond.occupancy == 0.0
    assert design.assumptions == ()


def test_lines_of_a_design(tmp_path: Path) -> None:
    design = loaded(SQUARE, tmp_path)
    said = SQUARE.splitlines()
    assert said[design.lines["wall.2.edge"] - 1] == "edge = 2"
    assert said[design.lines["wall.2.layers.1.thickness"] - 1].startswith("layers")
    assert said[design.lines["source.1.beam.1.toward"] - 1] == 'toward = "west"'


def test_hash_is_of_the_bytes(tmp_path: Path) -> None:
    from hashlib import sha256

    assert loaded(SQUARE, tmp_path).sha256 == sha256(SQUARE.encode()).hexdigest()


def test_occupancy_left_out_is_assumed_and_said(tmp_path: Path) -> None:
    design = loaded(SQUARE.replace("occupancy = 1, storey", "storey"), tmp_path)
    assert design.ceiling.beyond.occupancy_assumed
    assert design.ceiling.beyond.occupancy == 1.0
    assert [notice.code for notice in design.assumptions] == ["assumptions.occupancy"]
    assert "ceiling" in design.assumptions[0].text()


def test_defaults_of_a_place_and_what_the_file_says_instead(tmp_path: Path) -> None:
    said = (
        'beyond = { kind = "corridor", name = "walk", occupancy = 0.3, designation = "supervised", person = "public" }'
    )
    text = SQUARE.replace('beyond = { kind = "office", occupancy = 1 }', said, 1)
    wanted = Beyond(kind="corridor", name="walk", occupancy=0.3, designation="supervised", person="public")
    assert loaded(text, tmp_path).walls[0].beyond == wanted


def test_plugins_are_kept_untouched(tmp_path: Path, use_plugins: Callable[..., None]) -> None:
    hook = "from shieldcalc.hookspecs import hookimpl\n@hookimpl\ndef register_materials():\n    return []\n"
    (tmp_path / "mine.py").write_text(hook, "utf-8")
    use_plugins(tmp_path / "mine.py")
    assert loaded(SQUARE + "[plugins.mine]\na = [1, { b = 2 }]\n", tmp_path).plugins == {"mine": {"a": [1, {"b": 2}]}}


def test_contributions_output_and_leakage(tmp_path: Path) -> None:
    given = '{ origin = "CT", air_kerma = "2 uGy/week", beam_on = "0.1 uSv/h" }'
    text = SQUARE.replace("occupancy = 1 }", f"occupancy = 1, other_contributions = [{given}] }}", 1)
    technique = 'leakage = { rate = "0.8 mGy/h", kv = "150 kV", current = "3.3 mA" }\n'
    output = 'output = [{ kv = "80 kV", air_kerma = "20 uGy/mAs", at = "2 m" }]\n'
    design = loaded(text.replace("workload = ", technique + output + "workload = "), tmp_path)
    contribution = design.walls[0].beyond.other_contributions[0]
    assert contribution.air_kerma_mGy_per_week == pytest.approx(2e-3)
    assert contribution.beam_on_uSv_per_h == pytest.approx(0.1)
    assert contribution.hour_uSv_per_h is None
    assert design.sources[0].outputs[0].mGy_m2_per_mAs == pytest.approx(0.08)
    assert design.sources[0].leakage is not None
    assert design.sources[0].leakage.declared


def test_charge_is_current_by_time(tmp_path: Path) -> None:
    start = SQUARE.index("workload = ")
    end = SQUARE.index("[[source.beam]]")
    protocol = '[[source.protocol]]\nid = "p"\nkv = "110 kV"\n'
    protocol += 'current = "0.2 A"\ntime = "20 ms"\nper_week = 100\nbeam = "stand"\n'
    text = SQUARE[:start] + SQUARE[end:].replace("use_factor = 1\n", "") + protocol
    source = loaded(text, tmp_path).sources[0]
    assert source.protocols[0].charge_mAs == pytest.approx(4.0)
    assert source.beams[0].use_factor == 1.0
    assert source.distribution is None


SPELLINGS = ["3 m", "300 cm", "3000 mm", "3e3 mm", "3.0m", "  3   m ", "0.3e1 m", "+3 m"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.sampled_from(SPELLINGS), st.sampled_from(SPELLINGS))
def test_any_spelling_gives_the_same_design(tmp_path: Path, height: str, storey: str) -> None:
    text = SQUARE.replace('height = "3 m"', f'height = "{height}"').replace('"3 m" }', f'"{storey}" }}')
    design = loaded(text, tmp_path)
    assert (design.height_m, design.ceiling.beyond.storey_height_m) == (3.0, 3.0)


def test_a_plan_of_either_orientation_and_any_shape(tmp_path: Path) -> None:
    clockwise = '[["0 m", "0 m"], ["0 m", "4 m"], ["5 m", "4 m"], ["5 m", "0 m"]]'
    text = SQUARE.replace('[["0 m", "0 m"], ["5 m", "0 m"], ["5 m", "4 m"], ["0 m", "4 m"]]', clockwise)
    text = text.replace('toward = "west"', 'toward = "south"')
    assert loaded(text, tmp_path).sources[0].beams[0].target == (0.0, 2.0, 1.0)


def test_beams_toward_floor_ceiling_openings_and_places(tmp_path: Path) -> None:
    down = SQUARE.replace('patient = ["1 m", "2 m", "1 m"]', 'patient = ["3 m", "2 m", "0.5 m"]')
    assert loaded(down.replace('"west"\n', '"floor"\n').replace('id = "floor"', 'id = "west"'), tmp_path)
    for toward, target in (('"floor"', (3.0, 2.0, 0.0)), ('["3.2 m", "2 m", "0 m"]', (3.2, 2.0, 0.0))):
        text = down.replace('toward = "west"', f"toward = {toward}")
        assert loaded(text, tmp_path).sources[0].beams[0].target == target
    text = SQUARE.replace('toward = "west"', 'toward = "door"') + DOOR.replace('"north"', '"west"').replace(
        '"1 m"', '"1.5 m"', 1
    )
    assert loaded(text, tmp_path).sources[0].beams[0].target == (0.0, 2.0, 1.0)
