"""Two tubes of very different voltage behind one wall: what is to be built keeps the goal when it is built."""

from pathlib import Path

import pytest

from designs import box, checked, head, slabs

GYPSUM = '{ material = "gypsum", thickness = "13 mm" }'
CONCRETE = '{ material = "concrete", thickness = "20 mm" }'
SLABS = slabs('{ material = "concrete", thickness = "400 mm" }')
ROOM = head("Hospital", "Room", "US-NCRP147") + box(7, 12) + SLABS
ROOM += "[declarations]\nsimultaneous_operation = true\n"
WALL = """
[[wall]]
id = "w%d"
edge = %d
layers = [%s]
beyond = { kind = "office", occupancy = 1 }
"""
TUBE = """
[[source]]
id = "tube_%(kv)s"
kind = "radiography"
device = "tube_%(kv)s"
filtration = "2.5 mm Al"
[[source.beam]]
id = "table"
focus = ["5 m", "%(y)s m", "2 m"]
patient = ["5 m", "%(y)s m", "0.95 m"]
toward = "floor"
field = { area = "1000 cm2", at = "1 m" }
preshielding = "table_and_receptor"
[[source.protocol]]
id = "p"
kv = "%(kv)s kV"
charge = "20 mAs"
beam = "table"
per_week = %(number)d
"""


def room(east: str, tubes: tuple[tuple[str, int], ...]) -> str:
    """Return a long room with a tube near either end of its east wall."""
    walls = "".join(WALL % (edge, edge, east if edge == 2 else CONCRETE) for edge in range(1, 5))
    places = zip(("1.5", "10.5"), tubes, strict=True)
    return ROOM + walls + "".join(TUBE % {"y": y, "kv": kv, "number": number} for y, (kv, number) in places)


@pytest.mark.parametrize(
    ("standing", "tubes"),
    [(CONCRETE, (("50", 4000), ("150", 500))), (GYPSUM, (("55", 4000), ("150", 100)))],
)
@pytest.mark.parametrize("key", ["required_mm", "added_mm"])
def test_what_is_to_be_built_is_enough(
    tmp_path: Path, standing: str, tubes: tuple[tuple[str, int], ...], key: str
) -> None:
    east = next(each for each in checked(tmp_path, room(standing, tubes))["barriers"] if each["id"] == "w2")
    for need in east["requirements"]:
        if need["material"] not in ("lead", "steel"):
            continue
        layer = f'{{ material = "{need["material"]}", thickness = "{need[key]!r} mm" }}'
        built = layer if key == "required_mm" else f"{standing}, {layer}"
        found = [each for each in checked(tmp_path, room(built, tubes))["findings"] if each["subject"] == "w2"]
        assert found
        assert all(each["outcome"] != "fail" for each in found), need
