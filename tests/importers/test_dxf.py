"""DXF to a design: every dimension, whatever way the room is drawn; odd drawings read or refused in one line."""

import itertools
import json
import re
from math import cos, dist, hypot, pi, sin
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from drawings import Sheet, arc_room, openings, plain, walls
from hypothesis import given, settings
from hypothesis import strategies as st
from imported import SAID, design, run, sides

from shieldcalc.cli import cli
from shieldcalc.model.build import scene_of
from shieldcalc.model.design import Design
from shieldcalc.model.geometry import area
from shieldcalc.reports.plan import draw

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "data" / "schemas" / "import-1.json").read_text())
TOL = 1e-4 + 1e-9  # metres: a tenth of a millimetre


def built(found: Design) -> dict[str, str]:
    """Return edge -> layers, by the length of the edge, for rooms whose sides differ."""
    return {wall.id: "+".join(f"{s.material} {s.thickness_mm:g}" for s in wall.layers) for wall in found.walls}


@pytest.mark.parametrize("unit", ["mm", "cm", "m", "in", "ft"])
@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize(("turn", "at"), [(0, (0, 0)), (90, (0, 0)), (27.3, (4.5e8, 1.9e8)), (180, (-7e3, 20))])
def test_every_dimension_survives(tmp_path: Path, unit: str, mirror: bool, turn: float, at: Any) -> None:
    sheet = Sheet(unit, turn, mirror, at)
    plain(sheet)
    found = design(sheet.save(tmp_path / "plan.dxf"), at=_inside(turn))
    assert sorted(sides(found)) == pytest.approx([4.0, 4.0, 5.2, 5.2], abs=TOL)
    assert area(found.plan) == pytest.approx(20.8, abs=5.2 * TOL * 2)
    assert min(x for x, _ in found.plan) == 0
    assert min(y for _, y in found.plan) == 0
    assert sorted(built(found).values()) == ["brick 220", "brick 220", "concrete 150+lead 2", "lead 2.5"]
    _same_openings(found, mirror)


def _same_openings(found: Design, mirror: bool) -> None:
    walls_by_id = {wall.id: wall for wall in found.walls}
    sizes = {"door": (4.0 - 0, 0.9123), "control_window": (1.0, 1.2034)}
    for opening in found.openings:
        assert opening.width_m == pytest.approx(sizes[opening.kind][1], abs=2 * TOL)
        host = walls_by_id[opening.wall]
        size = sides(found)[host.edge]
        place = opening.start_m if not mirror else size - opening.start_m - opening.width_m
        assert place == pytest.approx(5.2 - 1.9123 if opening.kind == "door" else 1.0, abs=2 * TOL)
    assert len(found.openings) == 2


def _inside(turn: float) -> tuple[float, float]:
    return (2.4, 2.2) if turn == 27.3 else (2.0, 2.0)


@settings(max_examples=15)
@given(
    wide=st.floats(2500, 12000), deep=st.floats(2500, 12000), turn=st.floats(0, 360), mirror=st.booleans(),
    unit=st.sampled_from(["mm", "cm", "m", "in", "ft"]),
)  # fmt: skip
def test_any_size_any_way_round(
    tmp_path_factory: pytest.TempPathFactory, wide: float, deep: float, turn: float, mirror: bool, unit: str
) -> None:
    sheet = Sheet(unit, turn, mirror, (1e5, -3e5))
    plain(sheet, wide, deep)
    path = sheet.save(tmp_path_factory.mktemp("any") / "plan.dxf")
    done = run(path, *SAID, "--json")
    assert done.exit_code == 0, done.output
    import tomllib

    room = tomllib.loads(json.loads(done.stdout)["text"])
    corners = [tuple(float(value.removesuffix(" m")) for value in place) for place in room["room"]["plan"]]
    found = sorted(hypot(b[0] - a[0], b[1] - a[1]) for a, b in zip(corners, [*corners[1:], corners[0]], strict=True))
    assert found == pytest.approx(sorted([wide / 1e3, wide / 1e3, deep / 1e3, deep / 1e3]), abs=2 * TOL)
    widths = sorted(float(room[kind][0]["width"].removesuffix(" m")) for kind in ("door", "control_window"))
    assert widths == pytest.approx([0.9123, 1.2034], abs=2 * TOL)


def test_the_room_then_checks(tmp_path: Path) -> None:
    sheet = Sheet()
    plain(sheet)
    design(sheet.save(tmp_path / "plan.dxf"))
    done = CliRunner().invoke(cli, ["check", str(tmp_path / "plan.toml")])
    assert done.exit_code in (0, 1, 3), done.output


def test_what_nobody_said_is_marked(tmp_path: Path) -> None:
    sheet = Sheet()
    plain(sheet)
    done = run(sheet.save(tmp_path / "plan.dxf"), "--json")
    said = json.loads(done.stdout)
    jsonschema.validate(said, SCHEMA)
    assert any(line.startswith("height") for line in said["confirm"])
    assert sum("form and density" in line for line in said["confirm"]) == 1
    given_all = json.loads(run(tmp_path / "plan.dxf", *SAID, "--json").stdout)
    assert not any(
        line.startswith(("date", "instruments", "layers", '{ material = "brick"')) for line in given_all["confirm"]
    )


def test_arcs_keep_their_tolerance(tmp_path: Path) -> None:
    sheet = Sheet()
    arc_room(sheet)
    path = sheet.save(tmp_path / "plan.dxf")
    for flatten in ("20 mm", "5 mm"):
        found = design(path, "--flatten", flatten, at=(2, 2))
        arc = [corner for corner in found.plan if corner[1] >= 3.0 - TOL]
        assert all(hypot(x - 2, y - 3) == pytest.approx(2, abs=2 * TOL) for x, y in arc)
        sagittas = [2 - hypot((a[0] + b[0]) / 2 - 2, (a[1] + b[1]) / 2 - 3) for a, b in itertools.pairwise(arc)]
        assert max(sagittas) <= float(flatten.removesuffix(" mm")) / 1e3 + TOL
    refused = run(path, "--flatten", "0.01 mm")
    assert refused.exit_code == 2
    assert "--flatten" in refused.stderr


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("turn", [0.0, 45.0])
def test_a_door_block_with_leaf_and_swing(tmp_path: Path, mirror: bool, turn: float) -> None:
    sheet = Sheet("cm", turn, mirror)
    sheet.rect(0, 0, 5200, 4000, "ROOM")
    walls(sheet)
    sheet.door("D", 900)
    sheet.block("D", (2000, 0), "DOOR_STEEL_1.5+LEAD_2", HEIGHT="205", SILL="2 cm")
    found = design(sheet.save(tmp_path / "plan.dxf"), at=(2.5, 2.5) if not turn else (1, 3))
    (door,) = found.openings
    assert door.width_m == pytest.approx(0.9, abs=TOL)
    assert (door.height_m, door.sill_m) == (pytest.approx(2.05), pytest.approx(0.02))
    assert [sheet.material for sheet in door.layers] == ["steel", "lead"]


def test_a_door_of_loose_lines(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.rect(0, 0, 5200, 4000, "ROOM")
    walls(sheet)
    sheet.line((2000, 0), (2000, 900), "door_lead_2")
    sheet.space.add_arc((2000, 0), 900, 0, 90, dxfattribs={"layer": "door_lead_2"})
    (door,) = design(sheet.save(tmp_path / "plan.dxf")).openings
    assert (door.start_m, door.width_m) == (pytest.approx(2.0), pytest.approx(0.9))


def test_walls_broken_at_a_door_and_split_by_material(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.rect(0, 0, 5200, 4000, "ROOM")
    sheet.rect(0, -220, 2000, 0, "WALL_CONCRETE_220")
    sheet.rect(2900, -220, 4000, 0, "WALL_CONCRETE_220")
    sheet.rect(4000, -150, 5200, 0, "WALL_CONCRETE_150")
    sheet.rect(2000, -220, 2900, 0, "DOOR_LEAD_2")
    for a, b in (((5200, 0), (5200, 4000)), ((5200, 4000), (0, 4000)), ((0, 4000), (0, 0))):
        sheet.line(a, b, "WALL_LEAD_2")
    found = design(sheet.save(tmp_path / "plan.dxf"))
    south = [wall for wall in found.walls if wall.edge == 0]
    spans = [(wall.start_m, wall.end_m, wall.layers[0].thickness_mm) for wall in south]
    assert spans == [(0, pytest.approx(4.0), 220), (pytest.approx(4.0), pytest.approx(5.2), 150)]


def test_without_layer_room_the_walls_are_asked(tmp_path: Path) -> None:
    sheet = Sheet()
    walls(sheet)
    sheet.rect(-2, 0, 0, 4000, "WALL_LEAD_2")
    openings(sheet)
    done = run(sheet.save(tmp_path / "plan.dxf"), *SAID)
    assert "lie on each other" in done.stderr
    sheet = Sheet()
    for side in ((-220, -220, 5420, 0), (5200, 0, 5420, 4000), (-220, 4000, 5420, 4220), (-220, 0, 0, 4000)):
        sheet.rect(*side, "WALL_CONCRETE_220")
    found = design(sheet.save(tmp_path / "plan.dxf"))
    assert sides(found) == pytest.approx([5.2, 4.0, 5.2, 4.0], abs=TOL)
    assert "the one space" in run(tmp_path / "plan.dxf", *SAID).stderr


def test_two_spaces_are_not_chosen_between(tmp_path: Path) -> None:
    sheet = Sheet()
    for x in (0, 6000):
        sheet.rect(x, 0, x + 5000, 4000, "WALL_CONCRETE_220")
    done = run(sheet.save(tmp_path / "plan.dxf"))
    assert done.exit_code == 2
    assert "2 spaces" in done.stderr


def test_a_notched_room_from_single_lines(tmp_path: Path) -> None:
    corners = [(0, 0), (6000, 0), (6000, 3000), (3500, 3000), (3500, 5000), (0, 5000)]
    sheet = Sheet(turn=13)
    for layer in ("ROOM", "WALL_CONCRETE_180"):
        for a, b in zip(corners, [*corners[1:], corners[0]], strict=True):
            sheet.line(b, a, layer)
    found = design(sheet.save(tmp_path / "plan.dxf"), at=(2.5, 2.5))
    assert sorted(sides(found)) == pytest.approx([2.0, 2.5, 3.0, 3.5, 5.0, 6.0], abs=2 * TOL)


def test_a_whole_room_as_one_scaled_block(tmp_path: Path) -> None:
    sheet = Sheet()
    block = sheet.document.blocks.new("room")
    for layer in ("ROOM", "WALL_CONCRETE_200"):
        block.add_lwpolyline([(0, 0), (5.2, 0), (5.2, 4), (0, 4)], close=True, dxfattribs={"layer": layer})
    sheet.space.add_blockref("room", (10, 20), dxfattribs={"xscale": -1000, "yscale": 1000, "rotation": 90})
    assert sorted(sides(design(sheet.save(tmp_path / "plan.dxf")))) == pytest.approx([4, 4, 5.2, 5.2], abs=TOL)


def test_old_polylines_and_other_objects(tmp_path: Path) -> None:
    sheet = Sheet()
    room = sheet.space.add_polyline2d(
        [(0, 0), (4000, 0), (4000, 3000), (0, 3000)], close=True, dxfattribs={"layer": "room"}
    )
    assert room.is_closed
    sheet.space.add_polyline3d(
        [(0, 0, 5), (4000, 0, 5), (4000, 3000, 5), (0, 3000, 5)], close=True, dxfattribs={"layer": "wall_lead_1"}
    )
    sheet.space.add_3dface([(0, 0), (1, 0), (1, 1)], dxfattribs={"layer": "wall_lead_1"})
    sheet.space.add_text("WC", dxfattribs={"layer": "furniture"})
    path = sheet.save(tmp_path / "plan.dxf")
    assert sides(design(path)) == pytest.approx([4, 3, 4, 3], abs=TOL)
    said = run(path).stderr
    assert "3DFACE left aside" in said or "kind 3DFACE" in said
    assert "furniture" in said


def test_a_thickness_that_the_name_denies_is_noticed(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.rect(0, 0, 5200, 4000, "ROOM")
    for side in ((-220, -250, 5420, 0), (5200, 0, 5420, 4000), (-220, 4000, 5420, 4220), (-220, 0, 0, 4000)):
        sheet.rect(*side, "WALL_CONCRETE_220")
    assert "drawn 250.0 mm thick" in run(sheet.save(tmp_path / "plan.dxf"), *SAID).stderr


@pytest.mark.parametrize("unit", ["mm", "in"])
@pytest.mark.parametrize("turn", [0.0, 33.7])
def test_an_l_shape_keeps_every_side_through_design_and_picture(tmp_path: Path, unit: str, turn: float) -> None:
    corners = [(0, 0), (6210, 0), (6210, 2733.5), (3158.7, 2733.5), (3158.7, 5111), (0, 5111)]
    sheet = Sheet(unit, turn=turn)
    sheet.poly(corners, "ROOM")
    for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
        sheet.line(start, end, "WALL_LEAD_2.5")
    cosine, sine = cos(turn * pi / 180), sin(turn * pi / 180)
    inside = (cosine - sine) * 1.5 + 5.111 * sine, (cosine + sine) * 1.5  # the origin lies at the least x and y
    found = design(sheet.save(tmp_path / "l.dxf"), at=inside)
    drawn = sorted(dist(a, b) / 1e3 for a, b in zip(corners, [*corners[1:], corners[0]], strict=True))
    assert sorted(sides(found)) == pytest.approx(drawn, abs=2e-4)
    places = _room_of_picture(found)
    paper = sorted(dist(a, b) for a, b in zip(places, [*places[1:], places[0]], strict=True))
    scale = paper[-1] / drawn[-1]
    assert [side / scale for side in paper] == pytest.approx(drawn, abs=0.02 / scale)


def _room_of_picture(found: Design) -> list[tuple[float, float]]:
    """Return the corners of the room as the plan draws it, in millimetres of paper."""
    made = draw(scene_of(found), (), {barrier.id: "A" for barrier in scene_of(found).barriers}, {})
    shape = re.search(r'class="room" points="([^"]+)"', made.svg)
    assert shape is not None
    pairs = (pair.split(",") for pair in shape[1].split())
    return [(float(x), float(y)) for x, y in pairs]
