"""What is kept of places over one another never changes a dose: each by itself, and after all others over and under."""

import random
from pathlib import Path

import pytest

from shieldcalc import plugins
from shieldcalc.methods.ncrp151.compute import METHOD
from shieldcalc.model.build import scene_of
from shieldcalc.model.design import Xyz
from shieldcalc.model.loader import load
from shieldcalc.model.paths import Rays
from shieldcalc.model.scene import Scene
from shieldcalc.physics.judged import with_thickness
from shieldcalc.physics.therapy.room_field import RoomField

EXAMPLES = Path(__file__).parents[2] / "examples"
ROOMS = ("linac_18mv_maze_bunker", "linac_6mv_maze_bunker", "linac_18mv_direct_door", "linac_6mv_room")
HEIGHTS = (-0.8, 0.0, 0.3, 1.3, 2.1, 3.0, 6.0)


def field_of(scene: Scene) -> RoomField:
    found: RoomField = METHOD.xray.fields(scene)[""]
    return found


def afresh(field: RoomField, scene: Scene) -> RoomField:
    """Return a field in a scene with nothing kept of places: from one whose faces are elsewhere."""
    wall = next(each for each in scene.barriers if each.kind == "wall")
    return field.in_scene(with_thickness(scene, wall, wall.thickness_m + 9.0)).in_scene(scene)


def places(scene: Scene) -> list[Xyz]:
    """Return places in and round a room, several heights over each of some points of the plan, in any order."""
    drawn, xs, ys = random.Random(6), *([corner[axis] for corner in scene.plan] for axis in (0, 1))
    plan = [(drawn.uniform(min(xs) - 4, max(xs) + 4), drawn.uniform(min(ys) - 4, max(ys) + 4)) for _ in range(60)]
    found = [(*at, z) for at in plan for z in HEIGHTS]
    drawn.shuffle(found)
    return found


@pytest.mark.parametrize("name", ROOMS)
def test_doses_are_those_of_each_place_by_itself(name: str) -> None:
    scene = scene_of(load(EXAMPLES / f"{name}.toml", plugins.catalog()))
    kept = field_of(scene)
    for place in places(scene):
        alone = afresh(kept, scene)
        assert alone._reached is not kept._reached
        assert kept.totals(place) == alone.totals(place)


@pytest.mark.parametrize("name", ROOMS)
def test_what_is_kept_between_scenes_of_the_same_faces_changes_no_dose(name: str) -> None:
    """A door that grows within its wall leaves all lines as they are; one that stands out, or a wall, does not."""
    scene = scene_of(load(EXAMPLES / f"{name}.toml", plugins.catalog()))
    kept = field_of(scene)
    for each in (each for each in scene.barriers if each.host is not None or each.kind == "wall"):
        within = each.host is not None
        thickest = scene.by_id[each.host or each.id].thickness_m
        for thickness_m in (thickest / 2, thickest + 0.1):
            other = with_thickness(scene, each, thickness_m)
            shares = kept.in_scene(other)
            assert shares.scene is other
            assert (shares._reached is kept._reached) == (within and thickness_m < thickest)
            fresh = afresh(kept, other)
            for place in places(scene)[:40]:
                assert kept.totals(place)[0] is not None
                assert shares.totals(place) == fresh.totals(place)


@pytest.mark.parametrize("name", ROOMS)
def test_what_a_line_meets_is_the_same_whatever_was_asked_before(name: str) -> None:
    scene = scene_of(load(EXAMPLES / f"{name}.toml", plugins.catalog()))
    kept, start = Rays(scene), scene.sources[0].isocentre
    assert start is not None
    for place in places(scene):
        key = Rays(scene).key(start, place)
        assert kept.key(start, place) == key
        level = kept.level_key(start, place)
        if level is not None and 0 <= place[2] <= scene.height_m:
            assert level == key
