"""Which heads a place sees past a maze: the intervals on the plan against a head at every quarter of a degree."""

from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linac_mazes import scene, text

from shieldcalc.model.design import Xyz
from shieldcalc.model.gantry import target
from shieldcalc.model.geometry import crossing
from shieldcalc.model.paths import Rays
from shieldcalc.model.scene import Scene
from shieldcalc.physics.therapy.heads import Heads
from shieldcalc.physics.therapy.rotation import Rotation

FINELY = [step / 4 for step in range(0, 1440)]


@pytest.fixture(scope="module")
def bunker(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return scene(tmp_path_factory.mktemp("bunker"), text())


def open_to(room: Scene, rays: Rays, head: Xyz, place: Xyz) -> bool:
    """Return whether a head is seen past all screens and through doors and windows alone."""
    screens = ((each.a, each.b) for each in room.barriers if each.kind == "screen")
    if any(crossing(head[:2], place[:2], *screen) is not None for screen in screens):
        return False
    crossed = rays.stacks(rays.key(head, place))[1]
    return any(all(room.by_id[name].host is not None for name in names) for names in crossed)


def moved(room: Scene, run: float, turned: bool) -> Scene:
    """Return the room with its inner wall cut short, so that its door sees more or less of the head."""
    wall = room.by_id["maze_wall"]
    shorter = replace(wall, b=(wall.b[0] + run, wall.b[1] - 0.8 * turned))
    barriers = tuple(shorter if each.id == wall.id else each for each in room.barriers)
    return replace(room, barriers=barriers, by_id={**room.by_id, wall.id: shorter})


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0, 6.5), st.booleans(), st.sampled_from([(9.0, 13.0), (0.3, 8.5)]), st.floats(0, 1), st.floats(-3, 11),
    st.floats(0, 7),
)  # fmt: skip
def test_no_head_that_is_seen_is_missed(
    bunker: Scene, run: float, turned: bool, xs: tuple[float, float], at: float, y: float, z: float
) -> None:
    room, place = moved(bunker, run, turned), (xs[0] + at * (xs[1] - xs[0]), y, z)
    rotation = Rotation(room.sources[0], 1.0, 0.3)
    rays, looks = Rays(room), Heads(room, rotation)
    tried = [head for head in looks.seen_from(place) if open_to(room, rays, head, place)]
    finely = (target(rotation.isocentre, rotation.axis, angle, 1.0) for angle in FINELY)
    seen = [head for head in finely if open_to(room, rays, head, place)]
    every_5 = [head for head in chain.from_iterable(rotation.heads) if open_to(room, rays, head, place)]
    if len(seen) > 4:  # more than a single degree, not a head or two on the very edge of a shadow
        assert tried
        assert set(every_5) <= set(tried)


def test_a_door_behind_its_maze_sees_none(bunker: Scene) -> None:
    looks = Heads(bunker, Rotation(bunker.sources[0], 1.0, 0.3))
    assert looks.seen_from((10.5, 9.0, 1.3)) == []
    assert looks.seen_from((4.5, 13.0, 1.3)) == []


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0.05, 4), min_size=12, max_size=12), st.floats(-3, 16), st.floats(-3, 16), st.floats(-1, 6))
def test_heads_left_out_at_openings_are_not_seen(
    bunker: Scene, thick: list[float], x: float, y: float, z: float
) -> None:
    walls = [each for each in bunker.barriers if each.kind == "wall"]
    others = {each.id: replace(each, thickness_m=t) for each, t in zip(walls, thick, strict=False)}
    barriers = tuple(others.get(each.id, each) for each in bunker.barriers)
    room = replace(bunker, barriers=barriers, by_id={each.id: each for each in barriers})
    rotation = Rotation(room.sources[0], 1.0, 0.3)
    looks, every, rays = Heads(room, rotation), Heads(room, rotation), Rays(room)
    every.closed = False
    left_out = set(every.seen_from((x, y, z))) - set(looks.seen_from((x, y, z)))
    on_the_grid = set(chain.from_iterable(rotation.heads))
    assert not any(open_to(room, rays, head, (x, y, z)) for head in left_out & on_the_grid)
