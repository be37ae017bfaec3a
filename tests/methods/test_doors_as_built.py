"""Doors told in lead and borated polyethylene keep every goal as built, where the worst place moves with them."""

from pathlib import Path

from linac_rooms import check, energy, gantry

from designs import head
from shieldcalc.physics.therapy.door_layers import TOGETHER

ROOM = """[room]
plan = [["0 m", "0 m"], ["8.6 m", "0 m"], ["8.6 m", "7.2 m"], ["0 m", "7.2 m"]]
height = "4 m"
[floor]
layers = [{ material = "concrete", thickness = "1500 mm" }]
beyond = { kind = "nothing" }
[ceiling]
layers = [{ material = "concrete", thickness = "2800 mm" }]
beyond = { kind = "outdoors", occupancy = 0.05, storey_height = "3 m" }
"""
WALL = """[[wall]]
id = "{0}"
edge = {1}
layers = [{{ material = "concrete", thickness = "1500 mm" }}]
beyond = {{ kind = "corridor", occupancy = 0.2 }}
"""
DOOR = """[[door]]
id = "door"
wall = "east"
from = "2.5 m"
width = "1.2 m"
height = "2.1 m"
layers = [{}]
"""
LAYER = '{{ material = "{}", thickness = "{!r} mm" }}'
SOURCE = """[[source]]
id = "linac"
kind = "linac"
isocentre = ["2.69 m", "2.87 m", "1.3 m"]
table_toward = ["3.55603 m", "3.37 m", "1.3 m"]
largest_field = "30 cm"
"""


def room(*layers: tuple[str, float]) -> str:
    walls = "".join(WALL.format(name, edge) for edge, name in enumerate(("south", "east", "north", "west"), 1))
    door = DOOR.format(", ".join(LAYER.format(*each) for each in layers))
    angles = {0.0: 0.31, 90.0: 0.213, 180.0: 0.263, 270.0: 0.214}
    beam = energy(mv='"10 MV"', dose_rate='"14 Gy/min"', per_week='"100 Gy/week"', in_busiest_hour='"40 Gy"')
    start = head("F", "R", "US-NCRP151", methods=["ncrp151"], author="A")
    return start + ROOM + walls + door + SOURCE + gantry(angles) + beam


def test_lead_and_polyethylene_that_are_told_keep_the_limit_as_built(tmp_path: Path) -> None:
    bare = next(each for each in check(tmp_path, room(("steel", 10.0))).barriers if each.barrier == "door")
    told = next(each for each in bare.requirements if each.material == TOGETHER)
    found = check(tmp_path, room(*told.layers))
    doses = {each.point.id: each.doses for each in found.results[0].points}
    goals = next(each.goals for each in found.barriers if each.barrier == "door")
    assert 0.99 < max(getattr(doses[goal.point], goal.quantity) / goal.limit for goal in goals) <= 1
