"""Lines along a face of a body: beside a lone one they are open, between two that share it they are not."""

import pytest
from bodies_rooms import COBALT, HEAD, WALLS, design, doses, point
from mixed_rooms import CT, STORE, room

from shieldcalc import plugins
from shieldcalc.model.build import fixed_points, scene_of

SIZES = {
    "y": (["4 m", "{at} m", "1 m"], "width = '0.4 m'\ndepth = '0.1 m'\nheight = '0.6 m'", 2.0, 0.05),
    "z": (["4 m", "2 m", "{at} m"], "width = '0.4 m'\ndepth = '0.6 m'\nheight = '0.1 m'", 1.0, 0.05),
}


def _block(name: str, across: str, side: int) -> str:
    position, sizes, face, half = SIZES[across]
    at = [each.format(at=repr(round(face + side * half, 6))) for each in position]
    return f"[[body]]\nid = '{name}'\nshape = 'box'\nposition = {at}\n{sizes}\nmaterial = 'lead'\n"


@pytest.fixture(scope="module")
def bare() -> float:
    return doses(HEAD + WALLS + COBALT + point("p", 5.0, 2.0, 1.0))["p"]


@pytest.mark.parametrize("across", SIZES)
@pytest.mark.parametrize("side", [-1, 1])
def test_a_line_along_a_lone_face_is_open(across: str, side: int, bare: float) -> None:
    found = doses(HEAD + WALLS + COBALT + _block("block", across, side) + point("p", 5.0, 2.0, 1.0))["p"]
    assert found == pytest.approx(bare, rel=1e-5)


@pytest.mark.parametrize("side", [-1, 1])
def test_a_line_along_the_end_of_a_cylinder_is_open(side: int, bare: float) -> None:
    at = round(1.0 + side * 0.1, 6)
    block = f"""
[[body]]
id = "drum"
shape = "cylinder"
position = ["4 m", "2 m", "{at!r} m"]
radius = "0.2 m"
height = "0.2 m"
material = "lead"
"""
    assert doses(HEAD + WALLS + COBALT + block + point("p", 5.0, 2.0, 1.0))["p"] == pytest.approx(bare, rel=1e-5)


@pytest.mark.parametrize("across", SIZES)
def test_a_line_between_two_bodies_that_share_a_face_is_behind_them(across: str, bare: float) -> None:
    two = _block("one", across, -1) + _block("other", across, 1)
    assert doses(HEAD + WALLS + COBALT + two + point("p", 5.0, 2.0, 1.0))["p"] < 1e-3 * bare


@pytest.mark.parametrize("side", [-1, 1])
def test_it_is_open_in_a_room_with_x_ray_equipment_too(side: int) -> None:
    """The store's line to the point runs along the end of the drum; the scanner's part is the same with it."""
    drum = f"""
[[body]]
id = "drum"
shape = "cylinder"
position = ["4 m", "3 m", "{round(1.0 + side * 0.1, 6)!r} m"]
radius = "0.2 m"
height = "0.2 m"
material = "lead"
"""
    at = point("p", 3.0, 2.0, 1.0)
    store = STORE.replace('"0.5 m"', '"1 m"')
    with_it, without = (_week(room(CT, store, more=at + body)) for body in (drum, ""))
    assert with_it == pytest.approx(without, rel=1e-5)


def _week(text: str) -> float:
    made = design(text)
    scene = scene_of(made)
    found = plugins.method("ncrp147").compute(scene, fixed_points(made, scene), {})
    shares = next(each for each in found.points if each.point.id == "p").components
    return sum(each.kerma.week_mGy or 0.0 for each in shares if each.source == "store")
