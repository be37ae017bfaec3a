"""Places outside a thin part of a wall, beside a thick one of the same edge."""

from pathlib import Path

import pytest

from designs import CHEST, box, check, head, slabs, walls

LAYER = '{ material = "concrete", thickness = "WIDE mm" }'
EAST = """[[wall]]
id = "thin"
edge = 2
to = "2 m"
layers = [{ material = "concrete", thickness = "300 mm" }]
beyond = { kind = "nothing" }
[[wall]]
id = "belt"
edge = 2
from = "2 m"
layers = [{ material = "concrete", thickness = "2500 mm" }]
beyond = { kind = "nothing" }
"""


def _design(place: str) -> str:
    others = walls(LAYER.replace("WIDE", "300"), ids=("south", "east", "north", "west"))
    start, end = others.index('[[wall]]\nid = "east"'), others.index('[[wall]]\nid = "north"')
    point = f'[[point]]\nid = "p"\nposition = {place}\nbeyond = {{ kind = "office", occupancy = 1 }}\n'
    return (
        head("Hospital", "X", "VN-19-2012") + box(6, 4) + others[:start] + EAST + others[end:] + slabs() + point + CHEST
    )


@pytest.mark.parametrize(
    ("place", "inside"),
    [
        ('["6.6 m", "1.5 m", "1 m"]', ""),
        ('["6.2 m", "1.5 m", "1 m"]', "thin"),
        ('["7 m", "2.5 m", "1 m"]', "belt"),
        ('["7 m", "4.2 m", "1 m"]', "belt"),
        ('["6.2 m", "-0.1 m", "1 m"]', "south"),
    ],
)
def test_a_place_is_inside_the_part_before_which_it_lies(tmp_path: Path, place: str, inside: str) -> None:
    found = check(tmp_path, _design(place))
    said = f"is inside '{inside}'" in found.output if inside else "is inside" not in found.output
    assert said, found.output
