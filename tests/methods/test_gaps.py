"""Sources seen through narrow gaps between bodies and in walls: never less than the part in sight gives."""

import pytest
from bodies_rooms import CAESIUM, HEAD, RECTANGLE, WALLS, computed, design, doses, point

from shieldcalc.methods.point_kernel.compute import METHOD
from shieldcalc.model.build import fixed_points, scene_of

POINT = """
[[point]]
id = "p"
position = ["5 m", "{y} m", "1 m"]
beyond = {{ kind = "inside_room", occupancy = 1, designation = "controlled", person = "radiation_worker" }}
"""
SHAPES = {
    "line": 'shape = "line"\nlength = "1 m"\naxis = [0, 1, 0]',
    "rectangle": RECTANGLE,
    "box": 'shape = "box"\nwidth = "2 cm"\ndepth = "1 m"\nheight = "0.5 m"',
}
BOX = """
[[body]]
id = "b{number}"
shape = "box"
position = ["4 m", "{y} m", "1 m"]
width = "0.1 m"
depth = "{depth} m"
height = "1.9 m"
material = "lead"
"""
COLUMN = """
[[body]]
id = "b{number}"
shape = "cylinder"
position = ["4 m", "{y} m", "1 m"]
radius = "0.4 m"
height = "1.9 m"
material = "lead"
"""
AT = 2.013  # where the gap is; the middle of no cell


def boxes(gap: float) -> str:
    y, depth = (AT - gap / 2 - 0.2) / 2 + 0.1, AT - gap / 2 - 0.2
    first = BOX.format(number=1, y=y + 0.1, depth=depth)
    return first + BOX.format(number=2, y=AT + gap / 2 + 0.9, depth=1.8)


@pytest.mark.parametrize(("shape", "gap"), [("line", 0.02), ("line", 0.001), ("rectangle", 0.003), ("box", 0.01)])
def test_a_slit_between_boxes_lets_through_what_is_seen(shape: str, gap: float) -> None:
    """A slit at half way shows nearly twice its width of the source: its share of the dose with nothing between."""
    room = HEAD + WALLS + CAESIUM + SHAPES[shape] + POINT.format(y=AT)
    free, found = doses(room)["p"], doses(room + boxes(gap))["p"]
    share = gap * 2 / 1.05  # the farther face limits it: 1.05 m from the point
    assert share * free < found < 1.2 * share * free


def test_a_slit_between_round_bodies() -> None:
    room = HEAD + WALLS + CAESIUM + SHAPES["line"] + POINT.format(y=AT)
    columns = "".join(COLUMN.format(number=n, y=AT + way * 0.402) for n, way in enumerate((-1, 1)))
    free, found = doses(room)["p"], doses(room + columns)["p"]
    assert 2 * 0.004 * free < found < 1.5 * 2 * 0.004 * free


def test_without_a_gap_nothing_is_added() -> None:
    room = HEAD + WALLS + CAESIUM + SHAPES["line"] + POINT.format(y=AT)
    whole = BOX.format(number=1, y=2, depth=3.6)
    assert doses(room + boxes(0.0))["p"] == pytest.approx(doses(room + whole)["p"], rel=0.005)


def test_the_worst_place_behind_a_wall_lies_in_the_beam_through_a_gap() -> None:
    """Not where the rest of the room is brightest: a hundred times as much as beside the beam."""
    room = HEAD + WALLS + CAESIUM + SHAPES["line"] + boxes(0.005)
    room = room.replace('to = "2 m"', 'to = "3 m"').replace('from = "2 m"\nheight', 'from = "3 m"\nheight')
    behind = room.replace(
        '{ kind = "nothing" }\n[[wall]]\nid = "east_low"', '{ kind = "office" }\n[[wall]]\nid = "east_low"'
    )
    made = design(behind)
    scene = scene_of(made)
    (worst,) = METHOD.compute(scene, fixed_points(made, scene), {}).points
    x = worst.point.position[0]
    grid = "".join(point(f"g{k}", x, 1.9 + 0.05 * k, 1.0) for k in range(5))
    brightest = max(each.doses.h10_beam_on_uSv_per_h for each in computed(behind + grid).values())
    assert worst.doses.h10_beam_on_uSv_per_h > 0.75 * brightest
    assert brightest > 50 * doses(behind + point("aside", x, 0.5, 1.0))["aside"]


EAST = '{ kind = "nothing" }\n[[wall]]\nid = "east_low"'
SCREENED = """
[[body]]
id = "half"
shape = "box"
position = ["3.2 m", "2.5 m", "0.5 m"]
width = "0.15 m"
depth = "1 m"
height = "1 m"
material = "lead"
"""
DRUM = """
[[source]]
id = "s"
kind = "waste_store"
nuclide = "Co-60"
activity = "1 GBq"
position = ["2.2 m", "2 m", "0.5 m"]
shape = "cylinder"
radius = "0.5 m"
height = "1 m"
"""


@pytest.mark.parametrize("slit", [0.02, None])
def test_no_place_behind_a_wall_gets_more_than_the_worst(slit: float | None) -> None:
    """Before a rectangle's slit, behind a drum half screened: never 1 % below the highest of a row of points."""
    inside = HEAD + WALLS + (DRUM + SCREENED if slit is None else CAESIUM + SHAPES["rectangle"] + boxes(slit))
    room = inside.replace('to = "2 m"', 'to = "3 m"').replace('from = "2 m"\nheight', 'from = "3 m"\nheight')
    made = design(room.replace(EAST, EAST.replace("nothing", "office")))
    scene = scene_of(made)
    (worst,) = METHOD.compute(scene, fixed_points(made, scene), {}).points
    x, _, z = worst.point.position
    row = "".join(point(f"g{k}", x, 0.3 + 0.06 * k, z) for k in range(0, 5, 2))
    row += "".join(point(f"h{k}", x, AT + 0.01 * k, 1.0) for k in (-1, 0, 1))
    brightest = max(each.doses.h10_beam_on_uSv_per_h for each in computed(room + row).values())
    assert worst.doses.h10_beam_on_uSv_per_h > 0.99 * brightest
