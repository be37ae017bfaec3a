"""What a wall needs against a source with an extent: built so, the goal is kept, and hardly more than kept."""

import pytest
from bodies_rooms import HEAD, WALLS, design

from shieldcalc.methods.point_kernel.compute import METHOD
from shieldcalc.model.build import scene_of
from shieldcalc.model.result import Goal

DRUM = """
[[source]]
id = "drum"
kind = "waste_store"
nuclide = "Cs-137"
activity = "4 GBq"
position = ["1 m", "2.5 m", "0.5 m"]
shape = "cylinder"
radius = "0.28 m"
height = "0.86 m"
self_absorption = { material = "concrete", density = "2.2 g/cm3" }
"""
STANDING = 'layers = [{ material = "concrete", thickness = "300 mm" }]\nbeyond = { kind = "nothing" }'
BEYOND = 'beyond = { kind = "corridor", occupancy = 1, designation = "uncontrolled", person = "public" }'
LIMIT = 0.02
WEEK = "h10_week_mSv"


def _room(layers):
    return scene_of(design(HEAD + WALLS.replace(STANDING, f"layers = [{layers}]\n{BEYOND}") + DRUM))


def _layer(material, mm):
    return f'{{ material = "{material}", thickness = "{mm!r} mm" }}'


@pytest.fixture(scope="module")
def needs():
    """What the west wall of brick would need of lead and steel."""
    scene = _room('{ material = "brick", thickness = "110 mm", form = "solid", density = "1.65 g/cm3" }')
    result = METHOD.compute(scene, (), {})
    goals = tuple(
        Goal(quantity=WEEK, limit=LIMIT, rule="", point=each.point.id)
        for each in result.points
        if each.point.barrier == "west"
    )
    return {each.material: each for each in METHOD.require(scene, result, "west", goals, ("lead", "steel"))}


@pytest.mark.parametrize("material", ["lead", "steel"])
def test_a_thickness_told_keeps_the_goal_when_it_is_built(needs, material):
    """Searched by few nodes of the drum, made sure of by its integral, which counts its error on the safe side."""
    assert needs[material].reason == ""
    built = METHOD.compute(_room(_layer(material, needs[material].required_mm)), (), {})
    worst = max(getattr(each.doses, WEEK) for each in built.points if each.point.barrier == "west")
    assert 0.96 * LIMIT < worst <= LIMIT
