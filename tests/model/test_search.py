"""The search against a grid of 1 cm: never more than 1 % below it, on rooms made to mislead it."""

from dataclasses import replace
from math import dist
from random import Random, randrange

import pytest

from model import rooms
from shieldcalc.model.build import scene_of
from shieldcalc.model.geometry import contains, distance_to_boundary
from shieldcalc.model.paths import Rays
from shieldcalc.model.search import worst_places
from shieldcalc.model.surfaces import surface_of

QUANTITIES = ("week", "hour")
HALF = {"concrete": 15.0, "lead": 0.25}


def field(scene, sources):
    """Dose of (place, strength in the week, in the hour) with halving thicknesses: the search needs no more physics."""
    rays = Rays(scene)
    known = {}

    def transmission(key):
        if key not in known:
            stacks = rays.stacks(key)[0]
            known[key] = max(0.5 ** sum(layer.thickness_mm / HALF[layer.material] for layer in each) for each in stacks)
        return known[key]

    def dose_at(position):
        parts = [transmission(rays.key(start, position)) / dist(start, position) ** 2 for start, _, _ in sources]
        return [sum(p * s[i] for p, s in zip(parts, sources, strict=True)) for i in (1, 2)]

    return dose_at


def grid(surface, step):
    p0, p1, q0, q1 = surface.box
    columns, rows = max(1, round((p1 - p0) / step)), max(1, round((q1 - q0) / step))
    for i in range(columns + 1):
        for j in range(rows + 1):
            p, q = p0 + (p1 - p0) * i / columns, q0 + (q1 - q0) * j / rows
            if surface.allowed(p, q):
                yield surface.place(p, q)


def never_more(design, sources, barriers=None, step=0.01):
    scene = scene_of(design)
    dose_at = field(scene, sources)
    for barrier in scene.barriers:
        if barriers and barrier.id not in barriers:
            continue
        found = worst_places(scene, barrier, dose_at, [start for start, _, _ in sources], QUANTITIES)
        highest = [0.0, 0.0]
        for place in grid(surface_of(scene, barrier), step):
            highest = [max(pair) for pair in zip(highest, dose_at(place), strict=True)]
        for index, quantity in enumerate(QUANTITIES):
            here = dose_at(found[quantity])[index]
            assert here >= highest[index] * 0.99, (barrier.id, quantity, here, highest[index])


ONE = [((2.2, 1.9, 1.0), 1.0, 1.0)]
TWO = [((1.2, 1.0, 1.0), 1.0, 0.2), ((3.7, 2.9, 1.6), 0.7, 2.0)]
WEAK = rooms.layers(("lead", 0.3))


def test_door_and_window():
    openings = (rooms.door(stack=WEAK, start=3.0), rooms.window(stack=WEAK, start=2.5))
    never_more(rooms.design(openings=openings), ONE, ("wall0", "door", "window"))


def test_strong_door_in_a_weak_wall_and_a_narrow_window():
    walls = rooms.walls_around(rooms.SQUARE, stack=rooms.layers(("concrete", 30)))
    openings = (rooms.door(), rooms.window(wall="wall0", start=3.5, width=0.05, stack=WEAK))
    never_more(rooms.design(walls=walls, openings=openings), ONE, ("wall0", "door", "window"))


def test_several_sources():
    openings = (
        rooms.door(stack=WEAK, start=2.0),
        rooms.window(stack=WEAK, start=2.5),
        rooms.window("wall0", 3.6, name="w2"),
    )
    never_more(rooms.design(openings=openings), TWO, ("wall1", "door"))


def test_screen_in_the_room():
    screens = (rooms.screen(), rooms.screen((1.0, 0.9), (2.6, 0.4), 1.4, "slant"))
    design = rooms.design(screens=screens, sources=[rooms.tube()], console=rooms.CONSOLE)
    never_more(design, TWO, ("wall0", "screen"), step=0.015)


def test_part_height_walls():
    walls = rooms.walls_around(rooms.SQUARE)
    low = (replace(walls[0], height_m=1.8), replace(walls[1], height_m=2.2), *walls[2:])
    never_more(
        rooms.design(walls=low),
        [((2.2, 1.9, 2.4), 1.0, 1.0), ((4.0, 1.0, 1.0), 1.0, 0.1)],
        ("wall0", "wall1"),
        step=0.015,
    )


def test_walls_of_several_parts():
    walls = rooms.walls_around(rooms.SQUARE)
    thin = replace(walls[0], id="thin", start_m=3.7, layers=rooms.layers(("concrete", 60)))
    never_more(rooms.design(walls=(replace(walls[0], end_m=3.7), thin, *walls[1:])), ONE, ("wall0", "thin"))


def test_concave_room():
    sources = [((5.0, 1.2, 1.0), 1.0, 1.0)]
    never_more(rooms.design(plan=rooms.L_SHAPE), sources, ("wall2", "wall3", "wall4"), step=0.02)


def test_slabs():
    design = rooms.design(screens=(rooms.screen((1.0, 2.0), (3.0, 2.2), 0.8),), sources=[rooms.tube()])
    never_more(design, TWO, ("floor", "ceiling"), step=0.04)


def test_ceiling_beside_low_walls_of_an_inward_corner():
    """Where lines leave over a low wall and come back over the next, the rim of the ceiling casts the shadow."""
    walls = rooms.walls_around(rooms.L_SHAPE)
    low = tuple(replace(wall, height_m=2.2) if wall.edge in (2, 3) else wall for wall in walls)
    behind = [((2.54, 3.44, 1.1), 1.0, 0.1), ((5.1, 2.2, 0.8), 0.2, 1.0)]
    never_more(rooms.design(plan=rooms.L_SHAPE, walls=low), behind, ("ceiling",), step=0.03)


def test_nobody_behind_a_wall_inside_another():
    """In a slot narrower than the walls around it nobody can be."""
    plan = ((0.0, 0.0), (6.0, 0.0), (6.0, 4.0), (3.2, 4.0), (3.2, 2.0), (3.0, 2.0), (3.0, 4.0), (0.0, 4.0))
    scene = scene_of(rooms.design(plan=plan))
    barrier = scene.by_id["wall5"]
    assert worst_places(scene, barrier, field(scene, ONE), [ONE[0][0]], QUANTITIES) == {}


def test_unknown_quantities_are_left_out():
    scene = scene_of(rooms.design())
    found = worst_places(scene, scene.by_id["wall0"], lambda place: (-place[0], None), [ONE[0][0]], QUANTITIES)
    assert list(found) == ["week"]


def test_points_lie_where_the_report_says():
    scene = scene_of(rooms.design(openings=(rooms.window(),)))
    found = worst_places(scene, scene.by_id["wall2"], field(scene, ONE), [ONE[0][0]], QUANTITIES)
    assert found["week"] == pytest.approx((2.2, 4.45, 1.0))
    # the nearest place whose line still leaves through the window: wall and window differ by a factor of four
    behind = worst_places(scene, scene.by_id["window"], field(scene, ONE), [ONE[0][0]], QUANTITIES)
    assert behind["week"] == pytest.approx((5.45, 1.9 - 0.1 * 3.25 / 2.95, 1.0))


def random_room(random):
    """A room with weak and strong walls, part-height ones, windows anywhere, screens; up to three sources."""
    plan = random.choice([rooms.SQUARE, rooms.L_SHAPE, ((0.0, 0.0), (5.0, 0.5), (4.5, 4.0), (2.0, 4.6), (-0.5, 3.0))])
    walls, openings = [], []
    for wall in rooms.walls_around(plan):
        stack = random.choice([rooms.layers(("concrete", random.uniform(20, 250))), rooms.LEADED, wall.layers])
        walls.append(replace(wall, layers=stack, height_m=random.choice([3.0, random.uniform(1.2, 2.9)])))
        if random.random() < 0.6:
            start, width, size = random.uniform(0, wall.end_m - 1), random.uniform(0.1, 0.9), random.uniform(0.1, 0.39)
            lead = rooms.layers(("lead", random.uniform(0.1, 2)))
            name = f"window of {wall.id}"
            openings.append(rooms.window(wall.id, start, width, random.uniform(0, 0.8), size, lead, name))

    def inside():
        while True:
            place = (random.uniform(-0.5, 6), random.uniform(0, 6))
            if contains(plan, place) and distance_to_boundary(plan, place) > 0.3:
                return place

    screens = [rooms.screen(inside(), inside(), random.uniform(0.8, 2.5), f"s{i}") for i in range(random.randint(0, 2))]
    sources = [
        ((*inside(), random.uniform(0.3, 2.7)), random.uniform(0.2, 1), random.uniform(0.2, 1))
        for _ in range(random.randint(1, 3))
    ]
    made = rooms.design(plan=plan, walls=tuple(walls), openings=tuple(openings), screens=tuple(screens))
    return replace(made, sources=(rooms.ct((*inside(), 1.0)),)), sources


@pytest.mark.parametrize("seed", [507578, 18, 64, 149, 156, None])
def test_random_rooms(seed):
    """Seeds that once found a place missed, and a new one each time."""
    seed = randrange(10**6) if seed is None else seed
    print("seed", seed)
    random = Random(seed)
    for _ in range(3):
        design, sources = random_room(random)
        scene = scene_of(design)
        names = [each.id for each in scene.barriers if each.beyond and surface_of(scene, each).solids == ()]
        never_more(design, sources, random.sample(names, min(3, len(names))), step=0.05)
