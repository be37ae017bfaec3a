"""Free bodies and extended sources from the design file: published cases, the plain kernel, properties."""

import math

import pytest
from bodies_rooms import COBALT, HEAD, ROOM, WALLS, computed, design, doses, point
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldcalc.model.build import scene_of
from shieldcalc.model.design import Layer
from shieldcalc.photons.source import of_nuclide
from shieldcalc.physics.gamma.passing import at_1m
from shieldcalc.physics.gamma.room import _shared

PLACES = [(4.5, 1.2, 1.0), (1.4, 5.0, 0.9), (2.4, -0.6, 1.5), (7.0, 1.0, 1.0), (7.0, 3.5, 2.5), (3.0, 2.0, 4.0)]
POINTS = "".join(point(f"p{k}", *place) for k, place in enumerate(PLACES))
BLOCK = """
[[body]]
id = "block"
shape = "box"
position = ["4 m", "1.6 m", "1 m"]
width = "0.2 m"
depth = "0.6 m"
height = "0.6 m"
turn = "{turn!r} deg"
material = "lead"
"""


def _shaped(keys, nuclide="Co-60", activity='activity = "1 GBq"', place=(3, 2, 1)):
    at = ", ".join(f'"{x!r} m"' for x in place)
    return f"""
[[source]]
id = "cobalt"
kind = "source_store"
nuclide = "{nuclide}"
{activity}
position = [{at}]
{keys}
"""


TINY = _shaped('shape = "sphere"\nradius = "1 mm"')


def test_a_tiny_ball_is_the_point_source():
    """By the compiled kernel among bodies what the plain kernel gives without any, walls, door and window included."""
    plain, compiled = doses(ROOM + POINTS), doses(HEAD + WALLS + TINY + POINTS)
    for name, dose in plain.items():
        assert compiled[name] == pytest.approx(dose, rel=2e-4)


def test_a_point_with_a_container_beside_a_body_is_the_point():
    container = ROOM + 'container = [{ material = "lead", thickness = "30 mm" }]\n' + POINTS
    air = BLOCK.format(turn=0.0).replace('"lead"', '"air"').replace('"4 m", "1.6 m"', '"1 m", "0.6 m"')
    plain, beside = computed(container), computed(container + air)
    for name, each in plain.items():
        found = beside[name].doses
        assert found.h10_beam_on_uSv_per_h == pytest.approx(each.doses.h10_beam_on_uSv_per_h, rel=2e-3)
        assert found.air_kerma_beam_on_uGy_per_h == pytest.approx(each.doses.air_kerma_beam_on_uGy_per_h, rel=2e-3)


def test_a_body_holds_back_as_the_plain_kernel_says_of_its_length_on_the_line():
    """A wall of lead square to the line, and turned by 30 degrees: thickness over its cosine."""
    lines = of_nuclide("Co-60", 1e9).lines
    for turn in (0.0, 30.0):
        thick = 200.0 / math.cos(math.radians(turn))
        found = doses(HEAD + WALLS + COBALT + point("p", 5.0, 1.2, 1.0) + BLOCK.format(turn=turn))["p"]
        slant = thick / math.cos(0.0)
        way = math.dist((3, 2, 1), (5.0, 1.2, 1.0))
        angle = math.atan2(0.8, 2.0) + math.radians(turn)
        slant = 200.0 / math.cos(angle)
        plain = at_1m(lines, (Layer(material="lead", thickness_mm=slant),)).h10 / way**2
        assert found == pytest.approx(plain, rel=2e-4)


@settings(max_examples=6, deadline=None)
@given(st.floats(-180, 180), st.floats(1, 30), st.sampled_from(["lead", "water", "steel", "concrete"]))
def test_a_thicker_body_never_raises(turn, more, material):
    thin = BLOCK.format(turn=turn).replace('"lead"', f'"{material}"')
    thick = thin.replace('width = "0.2 m"', f'width = "{0.2 + more / 100!r} m"')
    first, then = (doses(ROOM + POINTS + body) for body in (thin, thick))
    assert all(then[name] <= first[name] * (1 + 1e-9) for name in first)


def test_doses_of_sources_add_and_are_linear_in_activity():
    drum = 'shape = "cylinder"\nradius = "0.2 m"\nheight = "0.5 m"\nself_absorption = { material = "concrete" }'
    two = _shaped(drum, "Cs-137", place=(1, 1, 1)).replace('"cobalt"', '"drum"')
    alone, other = (
        doses(ROOM + POINTS + BLOCK.format(turn=0.0)),
        doses(HEAD + WALLS + two + POINTS + BLOCK.format(turn=0.0)),
    )
    both = doses(ROOM + two + POINTS + BLOCK.format(turn=0.0))
    ten = doses(HEAD + WALLS + two.replace("1 GBq", "10 GBq") + POINTS + BLOCK.format(turn=0.0))
    for name, total in both.items():
        # bodies of one source stand in the way of the other: cobalt alone has no drum beside it
        assert total <= (alone[name] + other[name]) * (1 + 1e-9)
        assert ten[name] == pytest.approx(10 * other[name], rel=1e-9)
    assert both["p0"] == pytest.approx(alone["p0"] + other["p0"], rel=1e-6)


def test_activity_by_volume_and_by_mass_is_that_of_the_whole():
    drum = 'shape = "box"\nwidth = "0.2 m"\ndepth = "0.1 m"\nheight = "0.5 m"\n'
    filled = drum + 'self_absorption = { material = "water", density = "1 g/cm3" }'
    whole = doses(HEAD + WALLS + _shaped(filled, activity='activity = "10 MBq"') + POINTS)
    for said in ('activity_concentration = "1 kBq/cm3"', 'specific_activity = "1 MBq/kg"'):
        found = doses(HEAD + WALLS + _shaped(filled, activity=said) + POINTS)
        assert found == pytest.approx(whole, rel=1e-12)


def test_what_is_told_of_an_extended_source():
    drum = 'shape = "cylinder"\nradius = "0.2 m"\nheight = "0.5 m"\nself_absorption = { material = "concrete" }'
    found = computed(HEAD + WALLS + _shaped(drum) + POINTS + BLOCK.format(turn=0.0))["p0"]
    (part,) = found.components
    assert 0 < part.integration_error <= 0.005
    assert part.distance_m == pytest.approx(math.dist((3, 2, 1), PLACES[0]), rel=0.02)
    assert 0 < part.transmission < 1
    assert part.crossed == ("block",)
    assert part.kerma.beam_on_uGy_per_h < part.unshielded.beam_on_uGy_per_h


def test_volumes_without_material_may_share_space_which_is_told():
    ball = 'shape = "sphere"\nradius = "{}"'
    other = _shaped(ball.format("0.3 m"), place=(3.2, 2, 1)).replace('"cobalt"', '"other"')
    for radius, place, told in (("0.3 m", (3.2, 2, 1), False), ("0.3 m", (3, 2, 1), True), ("0.2 m", (2, 2, 1), False)):
        made = design(HEAD + WALLS + _shaped(ball.format(radius), place=place) + other)
        assert [each.params for each in _shared(scene_of(made))] == ([{"one": "cobalt", "other": "other"}] * told)


def _placed(turn, move):
    """Return a whole design turned by a right angle ``turn`` times about z and moved, with its points."""

    def at(x, y, z):
        for _ in range(turn):
            x, y = -y, x
        return f'["{x + move[0]!r} m", "{y + move[1]!r} m", "{z!r} m"]'

    def flat(x, y):
        return at(x, y, 0.0).rsplit(",", 1)[0] + "]"

    plan = ", ".join(flat(*corner) for corner in ((0.0, 0.0), (6.0, 0.0), (6.0, 4.0), (0.0, 4.0)))
    head = HEAD.replace(HEAD[HEAD.index("plan = ") : HEAD.index("\nheight = ")], f"plan = [{plan}]")
    axis = {0: "[1, 0, 0.5]", 1: "[0, 1, 0.5]", 2: "[-1, 0, 0.5]", 3: "[0, -1, 0.5]"}[turn]
    source = f"""
[[source]]
id = "drum"
kind = "source_store"
nuclide = "Cs-137"
activity = "1 GBq"
position = {at(3.0, 2.0, 1.0)}
shape = "cylinder"
radius = "0.1 m"
height = "0.4 m"
axis = {axis}
self_absorption = {{ material = "concrete" }}
[[body]]
id = "block"
shape = "box"
position = {at(4.0, 1.6, 1.0)}
width = "0.05 m"
depth = "0.6 m"
height = "0.6 m"
turn = "{20.0 + 90 * turn!r} deg"
material = "lead"
"""
    points = "".join(
        f"""
[[point]]
id = "p{k}"
position = {at(*place)}
beyond = {{ kind = "corridor", occupancy = 1, designation = "uncontrolled", person = "public" }}
"""
        for k, place in enumerate(PLACES)
    )
    return head + WALLS + source + points


@pytest.mark.parametrize(("turn", "move"), [(1, (0.0, 0.0)), (2, (10.0, -3.0)), (3, (-7.5, 2.25))])
def test_turning_and_moving_a_whole_design_changes_nothing(turn, move):
    here, there = doses(_placed(0, (0.0, 0.0))), doses(_placed(turn, move))
    for name, dose in here.items():
        assert there[name] == pytest.approx(dose, rel=3e-3)  # each within the tolerance of its own integration


def test_a_drum_that_looks_over_the_rim_of_its_pot_is_seen():
    """Two centimetres of a drum stand above the lead round it: a thin part of the source gives most of the dose."""
    text = ROOM[: ROOM.index(COBALT)] + DRUM.format(height="0.85 m") + POT + point("beside", 5, 2, 1.0)
    found = computed(text)["beside"]
    part = found.components[0]
    fine = computed(text.replace("[evaluation]", "[evaluation]\nintegration_tolerance = 0.0005"))["beside"]
    dose, wanted = found.doses.h10_beam_on_uSv_per_h, fine.doses.h10_beam_on_uSv_per_h
    assert abs(dose / wanted - 1) < part.integration_error + 0.001
    low = computed(text.replace("0.85 m", "0.83 m").replace("0.425 m", "0.415 m"))["beside"].doses
    assert wanted > 1.5 * low.h10_beam_on_uSv_per_h


DRUM = """
[[source]]
id = "drum"
kind = "waste_store"
nuclide = "Co-60"
activity = "1 GBq"
shape = "cylinder"
position = ["3 m", "2 m", "0.425 m"]
radius = "0.2 m"
height = "{height}"
"""
POT = """
[[body]]
id = "pot"
shape = "cylindrical_shell"
position = ["3 m", "2 m", "0.415 m"]
inner_radius = "0.21 m"
outer_radius = "0.41 m"
height = "0.83 m"
material = "lead"
"""
