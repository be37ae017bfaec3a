"""Rooms with bodies and extended sources, put together for tests."""

import os
import tempfile

from designs import box, head, slabs
from shieldcalc import plugins
from shieldcalc.methods.point_kernel.compute import METHOD
from shieldcalc.model.build import fixed_points, scene_of
from shieldcalc.model.loader import load

HEAD = head("Works", "Store", "VN-19-2012") + box(6, 4) + slabs()
WALLS = """
[[wall]]
id = "south"
edge = 1
layers = [{ material = "concrete", thickness = "200 mm", density = "2.35 g/cm3" }]
beyond = { kind = "nothing" }
[[wall]]
id = "east"
edge = 2
to = "2 m"
layers = [{ material = "concrete", thickness = "150 mm" }, { material = "lead", thickness = "2 mm" }]
beyond = { kind = "nothing" }
[[wall]]
id = "east_low"
edge = 2
from = "2 m"
height = "2.2 m"
layers = [{ material = "brick", thickness = "220 mm", form = "solid", density = "1.65 g/cm3" }]
beyond = { kind = "nothing" }
[[wall]]
id = "north"
edge = 3
layers = [{ material = "concrete", thickness = "200 mm" }]
beyond = { kind = "nothing" }
[[wall]]
id = "west"
edge = 4
layers = [{ material = "concrete", thickness = "300 mm" }]
beyond = { kind = "nothing" }
[[door]]
id = "door"
wall = "north"
from = "1 m"
width = "0.9 m"
height = "2.1 m"
layers = [{ material = "steel", thickness = "5 mm" }]
[[window]]
id = "window"
wall = "south"
from = "2 m"
width = "1 m"
sill = "1 m"
height = "1 m"
layers = [{ material = "steel", thickness = "2 mm" }]
"""
COBALT = """
[[source]]
id = "cobalt"
kind = "source_store"
nuclide = "Co-60"
activity = "1 GBq"
position = ["3 m", "2 m", "1 m"]
"""
CAESIUM = """
[[source]]
id = "s"
kind = "waste_store"
nuclide = "Cs-137"
activity = "1 GBq"
position = ["3 m", "2 m", "1 m"]
"""
RECTANGLE = 'shape = "rectangle"\nwidth = "1 m"\ndepth = "1 m"\naxis = [1, 0, 0]\n'
ROOM = HEAD + WALLS + COBALT


def point(name, *place):
    """Return a point of the user."""
    said = ", ".join(f'"{x!r} m"' for x in place)
    return f"""
[[point]]
id = "{name}"
position = [{said}]
beyond = {{ kind = "corridor", occupancy = 1, designation = "uncontrolled", person = "public" }}
"""


def design(text):
    """Return the design of a text."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "room.toml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return load(path, plugins.catalog())


def computed(text):
    """Return the results of the user's points by id."""
    made = design(text)
    scene = scene_of(made)
    found = METHOD.compute(scene, fixed_points(made, scene), {})
    return {each.point.id: each for each in found.points}


def doses(text):
    """Return H*(10) in uSv/h of the user's points by id."""
    return {name: each.doses.h10_beam_on_uSv_per_h for name, each in computed(text).items()}
