from dataclasses import replace
from math import cos, pi, sin
from random import Random

import pytest

from model import rooms
from shieldcalc.model.build import scene_of
from shieldcalc.model.geometry import area, contains, distance_to_boundary
from shieldcalc.model.paths import Rays, path


def names(scene, start, point):
    return path(scene, start, point).crossed


def test_straight_through_a_wall():
    scene = scene_of(rooms.design())
    found = path(scene, (2.0, 2.0, 1.0), (5.45, 2.0, 1.0))
    assert found.distance_m == pytest.approx(3.45)
    assert found.crossed == ("wall1",)
    assert found.stacks == (rooms.BRICKLIKE,)


def test_slant_path_keeps_the_normal_thickness():
    scene = scene_of(rooms.design())
    found = path(scene, (2.0, 2.0, 1.0), (5.45, 3.9, 2.0))
    assert found.stacks == (rooms.BRICKLIKE,)
    assert found.distance_m == pytest.approx((3.45**2 + 1.9**2 + 1) ** 0.5)


def test_window_over_it_and_beside_it():
    scene = scene_of(rooms.design(openings=(rooms.window(),)))
    start = (2.0, 1.4, 1.3)
    assert names(scene, start, (5.45, 1.4, 1.3)) == ("window",)
    assert names(scene, start, (5.45, 1.4, 2.0)) == ("wall1",)
    assert names(scene, start, (5.45, 0.2, 1.3)) == ("wall1",)


def test_slant_ray_in_by_the_window_out_by_the_wall_has_both():
    scene = scene_of(rooms.design(openings=(rooms.window(),)))
    found = path(scene, (4.0, 0.8, 1.3), (5.45, 2.15, 1.3))
    assert set(found.crossed_by_stack) == {("window",), ("wall1",)}
    assert set(found.stacks) == {rooms.LEADED, rooms.BRICKLIKE}


def test_nothing_over_a_part_height_wall():
    walls = rooms.walls_around(rooms.SQUARE)
    scene = scene_of(rooms.design(walls=(walls[0], replace(walls[1], height_m=1.5), *walls[2:])))
    assert path(scene, (2.0, 2.0, 1.4), (5.45, 2.0, 1.4)).stacks == (rooms.BRICKLIKE,)
    over = path(scene, (2.0, 2.0, 2.5), (5.45, 2.0, 1.4))
    assert over.stacks == ((),)
    assert over.crossed == ()


def test_over_and_beside_a_screen():
    scene = scene_of(rooms.design(screens=(rooms.screen(),), sources=[rooms.tube()]))
    start = (2.0, 0.6, 1.0)
    assert names(scene, start, (4.3, 0.6, 1.0)) == ("screen",)
    assert names(scene, start, (5.45, 0.6, 1.0)) == ("wall1",)
    assert names(scene, (2.0, 0.6, 2.8), (4.3, 0.6, 1.9)) == ()
    assert names(scene, start, (4.3, 2.6, 1.0)) == ()


def test_a_screen_up_to_the_ceiling_counts_beyond_the_walls():
    scene = scene_of(rooms.design(screens=(rooms.screen(height=3.0),), sources=[rooms.tube()]))
    assert scene.height_m == 3.0
    assert names(scene, (2.0, 0.6, 1.0), (5.45, 0.6, 1.0)) == ("screen", "wall1")


def test_floor_and_ceiling():
    scene = scene_of(rooms.design())
    assert names(scene, (2.0, 2.0, 1.0), (2.0, 2.0, -1.5)) == ("floor",)
    assert names(scene, (2.0, 2.0, 1.0), (4.9, 0.1, 3.62)) == ("ceiling",)
    assert names(scene, (2.0, 2.0, 1.0), (40.0, 2.0, 3.62)) == ("wall1",)
    assert names(scene, (4.0, 2.0, 2.0), (6.0, 2.0, 20.0)) == ("ceiling",)


def test_concave_room_left_and_entered_again():
    scene = scene_of(rooms.design(plan=rooms.L_SHAPE))
    found = path(scene, (5.0, 1.5, 1.0), (1.5, 6.45, 1.0))
    assert found.crossed == ("wall2", "wall3", "wall4")
    assert names(scene, (1.5, 1.5, 1.0), (3.45, 4.5, 1.0)) == ("wall3",)


def test_inward_corner_is_mitred():
    scene = scene_of(rooms.design(plan=rooms.L_SHAPE))
    near = path(scene, (5.0, 1.05, 1.0), (0.95, 5.1, 1.0))
    assert near.crossed == ("wall2", "wall3")
    assert [layer.thickness_mm for layer in near.stacks[0]] == pytest.approx([25, 25])
    grazing = path(scene, (5.0, 1.0, 1.0), (1.0, 5.0, 1.0))
    assert grazing.stacks == ((),)


def test_thicker_walls_leave_no_more_through_an_inward_corner():
    for thickness in (20, 50, 150, 400):
        walls = rooms.walls_around(rooms.L_SHAPE, stack=rooms.layers(("concrete", thickness)))
        scene = scene_of(rooms.design(plan=rooms.L_SHAPE, walls=walls))
        total = sum(each.thickness_mm for each in path(scene, (5.0, 1.2, 1.0), (0.8, 5.4, 1.0)).stacks[0])
        assert total == min(2 * thickness, 2 * 100 - 2) or total == pytest.approx(min(2 * thickness, 200), abs=2)


def test_split_wall_is_one_wall():
    walls = rooms.walls_around(rooms.SQUARE)
    two = (replace(walls[1], id="a", end_m=2.0), replace(walls[1], id="b", start_m=2.0))
    scene = scene_of(rooms.design(walls=(walls[0], *two, *walls[2:])))
    for y in (0.3, 1.9, 2.0, 2.1, 3.9):
        assert path(scene, (2.0, 1.0, 1.0), (5.45, y, 1.0)).stacks == (rooms.BRICKLIKE,)


STAR = tuple(
    ((3 if i % 2 else 1.4) * cos(2 * pi * i / 10), (3 if i % 2 else 1.4) * sin(2 * pi * i / 10)) for i in range(10)
)
PLANS = {
    "square": rooms.SQUARE,
    "clockwise": rooms.SQUARE[::-1],
    "L": rooms.L_SHAPE,
    "star": STAR,
    "triangle": ((0.0, 0.0), (4.0, 0.3), (1.0, 3.5)),
}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_no_ray_slips_out(plan):
    """From inside to outside below the walls' height something always stands in the way, corners aimed at or not."""
    rays = Rays(scene_of(rooms.design(plan=plan)))
    random = Random(147)
    xs, ys = [x for x, _ in plan], [y for _, y in plan]
    inside = [(random.uniform(min(xs), max(xs)), random.uniform(min(ys), max(ys))) for _ in range(400)]
    inside = [place for place in inside if contains(plan, place) and distance_to_boundary(plan, place) > 0.01]
    assert len(inside) > 0.1 * 400 * area(plan) / ((max(xs) - min(xs)) * (max(ys) - min(ys)))
    for place in inside:
        targets = [
            (place[0] + 20 * cos(a), place[1] + 20 * sin(a)) for a in (random.uniform(0, 2 * pi) for _ in range(10))
        ]
        for (ax, ay), (bx, by) in zip(plan, plan[1:] + plan[:1], strict=True):
            targets.append((place[0] + 9 * (ax - place[0]), place[1] + 9 * (ay - place[1])))
            targets.append((place[0] + 30 * (bx - ax), place[1] + 30 * (by - ay)))
        for x, y in targets:
            if not contains(plan, (x, y)):
                stacks = rays.path((*place, 1.0), (x, y, random.uniform(0.0, 2.9))).stacks
                assert all(stacks), (place, (x, y))


def test_rays_along_a_face_and_through_corners():
    rays = Rays(scene_of(rooms.design(plan=rooms.L_SHAPE)))
    assert all(rays.path((1.0, 3.0, 1.0), (9.0, 3.0, 1.0)).stacks)
    assert all(rays.path((3.0, 1.0, 1.0), (3.0, 9.0, 1.0)).stacks)
    assert all(rays.path((1.0, 1.0, 1.0), (9.0, 9.0, 1.0)).stacks)
    assert all(rays.path((1.0, 1.0, 1.0), (-1.0, -1.0, 1.0)).stacks)


@pytest.mark.parametrize("depth", [1e-9, 1e-6, 1e-3])
def test_rays_close_to_a_convex_corner_meet_a_whole_wall(depth):
    rays = Rays(scene_of(rooms.design()))
    for x, y in ((5.45 + depth, 4.45), (5.45, 4.45 + depth), (5.0 + depth, 9.0), (5.0 - depth, 9.0)):
        assert rays.path((2.0, 1.0, 1.0), (x, y, 1.0)).stacks == (rooms.BRICKLIKE,)


def test_round_an_outer_corner_the_weaker_of_both_walls_counts():
    walls = rooms.walls_around(rooms.SQUARE)
    thin = rooms.layers(("gypsum", 25))
    scene = scene_of(rooms.design(walls=(walls[0], replace(walls[1], layers=thin), *walls[2:])))
    round_it = path(scene, (2.0, 1.0, 1.0), (5.28, 4.4, 1.0))  # into wall2 just before the corner, out past its end
    assert set(round_it.crossed_by_stack) == {("wall2",), ("wall1",)}
    assert set(round_it.stacks) == {rooms.BRICKLIKE, thin}
    inside = path(scene, (2.0, 1.0, 1.0), (4.0, 4.45, 1.0))
    assert inside.crossed_by_stack == (("wall2",),)


def test_behind_an_obtuse_corner_the_neighbour_counts_where_the_line_passes_its_end():
    plan = ((0.0, 0.0), (4.0, 0.0), (5.0, 1.0), (5.0, 4.0), (0.0, 4.0))
    walls = rooms.walls_around(plan)
    thin = rooms.layers(("gypsum", 25))
    scene = scene_of(rooms.design(plan=plan, walls=(replace(walls[0], layers=thin), *walls[1:])))
    line = path(scene, (4.9, 2.0, 1.0), (3.98, -0.3, 1.0))  # through the slanted wall, past its end, to behind wall0
    assert {names[0] for names in line.crossed_by_stack} >= {"wall0"}


@pytest.mark.parametrize("opening", [(), (rooms.window(),)])
@pytest.mark.parametrize("low", [None, 1.5])
def test_lines_kept_by_place_are_those_of_each_height(opening, low):
    walls = [
        replace(each, height_m=low) if low and i == 1 else each
        for i, each in enumerate(rooms.walls_around(rooms.SQUARE))
    ]
    scene = scene_of(rooms.design(walls=tuple(walls), openings=opening))
    kept, draw = Rays(scene), Random(7)
    for _ in range(60):
        start = (draw.uniform(0.2, 3.8), draw.uniform(0.2, 3.8), draw.uniform(0.5, 2.0))
        x, y = draw.choice([(5.45, draw.uniform(-1, 5)), (draw.uniform(3, 6), 5.4), (draw.uniform(3, 6), -1.4)])
        for z in (0.9, 0.0, 1.4, 2.0, 2.4, 4.0, -0.5):
            assert kept.key(start, (x, y, z)) == Rays(scene)._key(start, (x, y, z), kept._plan_hits(start, (x, y, z)))
