from dataclasses import replace

import pytest

from model import rooms
from shieldcalc.model.build import distances, fixed_points, outer_face_m, point_height, scene_of, uncovered
from shieldcalc.model.design import Console


def test_distances_are_those_of_the_report():
    assert list(distances().values()) == [0.3, 1.7, 0.5, 2.1]


def test_walls_openings_slabs_screens_in_space():
    design = rooms.design(openings=(rooms.door(), rooms.window()), screens=(rooms.screen(),), sources=[rooms.tube()])
    scene = scene_of(design)
    assert [barrier.id for barrier in scene.barriers] == [
        "wall0", "wall1", "wall2", "wall3", "door", "window", "floor", "ceiling", "screen",
    ]  # fmt: skip
    window = scene.by_id["window"]
    assert (window.a, window.b, window.bottom_m, window.top_m) == ((5.0, 1.0), (5.0, 1.8), 1.0, 1.6)
    assert window.outward == (1.0, 0.0)
    assert window.thickness_m == pytest.approx(0.002)
    assert outer_face_m(window, scene) == pytest.approx(0.15)
    assert scene.by_id["screen"].beyond is None
    assert scene.by_id["ceiling"].bottom_m == 3.0


@pytest.mark.parametrize("turned", [False, True])
def test_several_walls_on_one_edge(turned):
    plan = rooms.SQUARE[::-1] if turned else rooms.SQUARE
    walls = rooms.walls_around(plan)
    two = (replace(walls[0], id="left", end_m=1.5), replace(walls[0], id="right", start_m=1.5))
    scene = scene_of(rooms.design(plan=plan, walls=(*two, *walls[1:])))
    assert scene.by_id["left"].b == scene.by_id["right"].a
    assert scene.by_id["left"].outward == scene.by_id["right"].outward


def test_heights_below_and_above():
    scene = scene_of(rooms.design())
    assert point_height(scene.by_id["floor"], scene) == pytest.approx(1.7 - 3.2 - 0.12)
    assert point_height(scene.by_id["ceiling"], scene) == pytest.approx(3.0 + 0.12 + 0.5)


def test_nobody_stands_inside_the_slab():
    design = rooms.design()
    low = replace(design.floor, beyond=replace(rooms.OFFICE, storey_height_m=1.6))
    scene = scene_of(replace(design, floor=low))
    assert point_height(scene.by_id["floor"], scene) == pytest.approx(-0.12)


def test_console_behind_a_screen_makes_it_a_barrier():
    design = rooms.design(
        screens=(rooms.screen(),), console=rooms.CONSOLE, points=(rooms.USER,), sources=[rooms.tube()]
    )
    scene = scene_of(design)
    assert scene.by_id["screen"].beyond.kind == "control_room"
    assert scene.by_id["screen"].outward == (1.0, 0.0)
    console, user = fixed_points(design, scene)
    assert (console.id, console.role, console.barrier) == ("console", "console", "screen")
    assert (user.id, user.role, user.barrier) == ("bench", "user", None)


def test_point_ids_are_unique():
    console = Console(location="outside", position=(5.9, 1.0, 1.5))
    taken = replace(rooms.USER, id="console")
    design = rooms.design(console=console, points=(taken,))
    names = [point.id for point in fixed_points(design, scene_of(design))]
    assert names == ["console.place", "console"]


def test_console_outside_without_a_place_has_no_point():
    design = rooms.design(console=Console(location="outside"))
    assert fixed_points(design, scene_of(design)) == ()


def test_uncovered_stretches():
    walls = rooms.walls_around(rooms.SQUARE)
    assert uncovered(rooms.design()) == []
    assert uncovered(rooms.design(walls=(replace(walls[0], end_m=4.0), *walls[2:]))) == [(0, 4.0, 5.0), (1, 0.0, 4.0)]
