"""The error told of an integral over a source bounds what it is off by, against a sum over very many other places."""

from typing import Any

import pytest
from bodies_rooms import CAESIUM, HEAD, RECTANGLE, WALLS, computed, design, point

from shieldcalc.errors import InputError
from shieldcalc.methods.point_kernel.compute import METHOD
from shieldcalc.model.build import fixed_points, scene_of
from shieldcalc.model.result import Goal
from shieldcalc.photons.dose import H10
from shieldcalc.physics.gamma.field import Fields
from shieldcalc.physics.point_kernel.among import Mesh
from shieldcalc.physics.point_kernel.cells import spread

SQUARE = CAESIUM + RECTANGLE
DEEP = (
    CAESIUM.replace("Cs-137", "Tc-99m")
    + 'shape = "sphere"\nradius = "0.4 m"\nself_absorption = { material = "lead" }\n'
)
TILTED = CAESIUM + 'shape = "cylinder"\nradius = "0.3 m"\nheight = "0.8 m"\naxis = [1, -0.4, 0.7]\n'
PLATE = """
[[body]]
id = "b{number}"
shape = "box"
position = ["4 m", "{y} m", "1 m"]
width = "0.1 m"
depth = "1 m"
height = "1.9 m"
material = "lead"
"""


def slit(gap: float) -> str:
    """Return two plates with a gap at y = 2.013 m."""
    return "".join(PLATE.format(number=n, y=2.013 + way * (gap / 2 + 0.5)) for n, way in ((1, -1), (2, 1)))


SCENES = {
    "slit of 1 mm": (SQUARE + slit(0.001), [(6.4, 2.053, 1.0)]),
    "slit of 10 mm": (TILTED + slit(0.01), [(6.4, 2.1, 1.2)]),
    "half screened": (TILTED + PLATE.format(number=1, y=2.5), [(6.4, 1.2, 0.8), (6.4, 1.6, 1.4)]),
}


def got(field: Any, place: tuple[float, float, float]) -> Any:
    """Return what a field's only source gives at a place."""
    field.ahead([place])
    (known,) = field._got
    return known[place]


@pytest.mark.parametrize("name", SCENES)
def test_the_error_told_bounds_the_true_one(name: str) -> None:
    inside, places = SCENES[name]
    field = Fields(scene_of(design(HEAD + WALLS + inside)), METHOD.emitter_of).of(H10, True).exact()
    (ask,) = field._asks
    among = field.room.among(ask)
    many = Mesh(*spread(among.shape, 200_000), (1.0, 1.0, 1.0))
    for place, true in zip(places, among._by(places, field.room.kinds(), many), strict=True):
        found = got(field, place)
        assert found.error <= 0.0051 or not found.reached
        assert abs(found.h10 - true.h10) <= (found.error + 0.002) * found.h10


def test_a_source_deep_in_lead_is_its_skin() -> None:
    """What lies deeper than 1 cm gives nothing of 140 keV: as much as a shell of the same activity in a volume."""
    sphere, at = 'shape = "sphere"\nradius = "0.4 m"', (6.4, 1.2, 0.8)
    shell = 'shape = "spherical_shell"\nouter_radius = "0.4 m"\ninner_radius = "0.39 m"'
    whole, outer = (
        got(Fields(scene_of(design(HEAD + WALLS + each)), METHOD.emitter_of).of(H10, True).exact(), at)
        for each in (DEEP, DEEP.replace(sphere, shell))
    )
    assert whole.error < 0.02
    assert whole.h10 == pytest.approx((1 - (0.39 / 0.4) ** 3) * outer.h10, rel=whole.error + outer.error)


def test_a_thickness_behind_a_slit_is_no_more_than_needed() -> None:
    """Built with the thickness told, the dose behind the wall keeps the limit and is within a tenth of it."""
    text = (HEAD + WALLS + SQUARE + slit(0.005)).replace('to = "2 m"', 'to = "4 m"')
    start = text.index('[[wall]]\nid = "east_low"')
    text = text[:start] + text[text.index('[[wall]]\nid = "north"') :]
    before, after = text.split('id = "east"\n')
    office = before + 'id = "east"\n' + after.replace('"nothing"', '"office", occupancy = 1.0', 1)
    made = design(office)
    scene = scene_of(made)
    result = METHOD.compute(scene, fixed_points(made, scene), {})
    worst = result.points[0]
    limit = worst.doses.h10_beam_on_uSv_per_h / 20
    goal = Goal(point=worst.point.id, quantity="h10_beam_on_uSv_per_h", limit=limit, rule="")
    (needed,) = METHOD.require(scene, result, "east", (goal,), ("lead",))
    layers = '{ material = "concrete", thickness = "150 mm" }, { material = "lead", thickness = "2 mm" }'
    made = design(office.replace(layers, f'{{ material = "lead", thickness = "{needed.required_mm!r} mm" }}', 1))
    scene = scene_of(made)
    highest = max(each.doses.h10_beam_on_uSv_per_h for each in METHOD.compute(scene, (), {}).points)
    assert 0.9 * limit < highest <= 1.005 * limit


def test_a_direction_that_is_not_a_number_is_refused() -> None:
    with pytest.raises(InputError, match="axis"):
        computed(HEAD + WALLS + TILTED.replace("0.7]", "nan]") + point("p", 5, 2, 1))
