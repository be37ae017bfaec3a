"""Design files with bodies and shapes that cannot be: one clear message with the line and the key."""

import pytest
from bodies_rooms import HEAD, ROOM, WALLS, design, point

from shieldcalc.errors import InputError

BODY = """
[[body]]
id = "{id}"
shape = "{shape}"
position = ["{x} m", "{y} m", "{z} m"]
material = "{material}"
{more}
"""
DRUM = """
[[source]]
id = "drum"
kind = "source_store"
nuclide = "Cs-137"
{activity}
position = ["1 m", "1 m", "1 m"]
shape = "{shape}"
{more}
"""
BOX = 'width = "0.4 m"\ndepth = "0.4 m"\nheight = "0.4 m"'
BALL = 'radius = "0.2 m"'


def _body(more=BOX, shape="box", x=1.0, y=1.0, z=1.0, name="b", material="lead"):
    return BODY.format(id=name, shape=shape, x=x, y=y, z=z, material=material, more=more)


def _drum(more=BALL, shape="sphere", activity='activity = "1 GBq"'):
    return DRUM.format(more=more, shape=shape, activity=activity)


CASES = [
    (_body(x=6.1), "body.1.position", "body_outside"),
    (_body(x=5.9), "body.1.position", "body_in_barrier"),
    (_body(z=2.9), "body.1.position", "body_height"),
    (_body(z=0.1), "body.1.position", "body_height"),
    (_body(more='width = "0.4 m"\ndepth = "0.4 m"'), "body.1.height", "design.needed_here"),
    (_body(more=BOX + '\nradius = "1 m"'), "body.1.radius", "design.not_here"),
    (_body(more=BOX + "\naxis = [0, 0, 0]"), "body.1.axis", "shape_direction"),
    (_body(more=BALL, shape="ball"), "body.1.shape", "design.no_choice"),
    (_body(more=BALL, shape="disk"), "body.1.shape", "design.no_choice"),
    (_body(material="unobtainium"), "body.1.material", "design.unknown_name"),
    (_body(more=BOX + '\ndensity = "1 g/cm3"'), "body.1.density", None),
    (_body(x=3.0, y=2.0), "source.1.position", "bodies_overlap"),
    (_body() + _body(x=1.3, name="c"), "body.2.position", "bodies_overlap"),
    (_body(name="cobalt"), "body.1.id", "design.duplicate_id"),
    (_body() + point("p", 1.0, 1.1, 1.0), "point.1.position", "point_in_body"),
    (_drum() + point("p", 1.0, 1.1, 1.0), "point.1.position", "point_on_source"),
    (_drum() + _body(x=1.3), "source.2.position", "bodies_overlap"),
    (_drum('radius = "1.2 m"'), "source.2.position", "body_height"),
    (
        _drum('inner_radius = "0.2 m"\nouter_radius = "0.1 m"', "spherical_shell"),
        "source.2.inner_radius",
        "shape_shell",
    ),
    (
        _drum('length = "1 m"', "line", 'activity_concentration = "5 MBq/cm3"'),
        "source.2.activity_concentration",
        "shape_no_volume",
    ),
    (_drum(activity=""), "source.2.activity", "design.needed_here"),
    (
        _drum(activity='activity = "1 GBq"\nspecific_activity = "1 MBq/kg"'),
        "source.2.specific_activity",
        "design.not_here",
    ),
    (_drum(activity='specific_activity = "1 MBq/kg"'), "source.2.self_absorption", "design.needed_here"),
    (_drum(BALL + '\ncontainer = [{ material = "lead", thickness = "5 mm" }]'), "source.2.container", "body_instead"),
    (
        _drum(BALL + '\nself_absorption = { material = "cheese" }'),
        "source.2.self_absorption.material",
        "design.unknown_name",
    ),
    ('radius = "1 cm"', "source.1.radius", "shape_missing"),
    (
        'container = [{ material = "lead", thickness = "300 mm" }]\n' + _body(x=3.3, y=2.0),
        "source.1.position",
        "bodies_overlap",
    ),
]


@pytest.mark.parametrize(("text", "key", "code"), CASES, ids=[f"{key} {code}" for _, key, code in CASES])
def test_refused(text, key, code):
    with pytest.raises(InputError) as refused:
        design(ROOM + text)
    found = {problem.key: problem for problem in refused.value.problems}
    assert key in found
    assert code is None or found[key].code == code
    assert found[key].line > 1


ALLOWED = [
    _body(x=5.8),  # touches the wall
    _body(z=0.2),  # stands on the floor
    _body() + _body(x=1.4, name="c"),  # touches another
    _body('inner_radius = "0.3 m"\nouter_radius = "0.4 m"', "spherical_shell", 3.0, 2.0),  # about the source
    _drum() + _drum().replace('"drum"', '"also"').replace("Cs-137", "Co-60"),  # two nuclides in one volume
    _body() + point("p", 1.0, 1.2, 1.0),  # on the surface
]


@pytest.mark.parametrize("text", ALLOWED)
def test_allowed(text):
    assert design(ROOM + text)


def test_bodies_are_refused_beside_x_ray_equipment():
    tube = HEAD + WALLS + '[[source]]\nid = "tube"\nkind = "radiography"\n' + _body()
    with pytest.raises(InputError) as refused:
        design(tube)
    assert "body_xray" in {problem.code for problem in refused.value.problems}
