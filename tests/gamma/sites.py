"""Small designs of industrial gamma sources, for tests to change."""

from typing import Any

from designs import box, head, slabs

HEAD = head("Works", "Site", "VN-19-2012", "CN-GB18871-2002", methods=["point_kernel"])
OPEN = """
[room]
open_site = true
plan = [["-40 m", "-40 m"], ["40 m", "-40 m"], ["40 m", "40 m"], ["-40 m", "40 m"]]
height = "6 m"
"""
BUILT = "\n" + box(6, 4) + slabs()
WALL = """
[[wall]]
id = "w{edge}"
edge = {edge}
layers = [{{ material = "concrete", thickness = "{mm} mm", density = "2.35 g/cm3" }}]
beyond = {{ kind = "{beyond}"{rest} }}
"""
POINT = """
[[point]]
id = "{id}"
position = ["{x} m", "{y} m", "{z} m"]
beyond = {{ kind = "outdoors", occupancy = 1, designation = "uncontrolled", person = "public" }}
"""
RADIOGRAPHY = """
[[source]]
id = "ir"
kind = "industrial_radiography"
nuclide = "{nuclide}"
activity = "1 TBq"
position = ["{at} m", "{y} m", "1 m"]
shield = [{{ material = "depleted_uranium", thickness = "60 mm" }}]
"""
EXPOSURE = """
[[source.exposure]]
id = "{id}"
positions = [{places}]
per_week = {week}
time = "{time}"
wind_out = "{wind_out}"
in_busiest_hour = {hour}
"""
CONE = (
    'collimator = { toward = ["10 m", "0 m", "1 m"], half_angle = "30 deg", attenuation = 10, document = "survey" }\n'
)
LAYERS = """collimator = { toward = ["10 m", "0 m", "1 m"], half_angle = "30 deg", layers = [
  { material = "tungsten", thickness = "15 mm" }] }
"""


def exposure(**changes: object) -> str:
    """Return an exposure of 5 min, 12 a week and 4 in the busiest hour at the middle of an open site."""
    usual: dict[str, object] = {"id": "weld", "places": '["0 m", "0 m", "1 m"]', "week": 12, "time": "5 min"}
    return EXPOSURE.format(**{**usual, "wind_out": "0 s", "hour": 4, **changes})


def open_site(*parts: str, nuclide: str = "Ir-192") -> str:
    """Return an open site with its source at rest 10 m away."""
    return HEAD + OPEN + "".join(parts[:-1]) + RADIOGRAPHY.format(nuclide=nuclide, at=-10, y=0) + parts[-1]


def walls(mm: int) -> str:
    """Return four walls of concrete, with people behind the second alone."""
    said = {edge: ("workroom", ", occupancy = 1") if edge == 2 else ("nothing", "") for edge in (1, 2, 3, 4)}
    return "".join(WALL.format(edge=n, mm=mm, beyond=kind, rest=rest) for n, (kind, rest) in said.items())


def bunker(*parts: str, mm: int = 300) -> str:
    """Return a room of four walls with its source at rest at its west side."""
    return HEAD + BUILT + walls(mm) + "".join(parts[:-1]) + RADIOGRAPHY.format(nuclide="Ir-192", at=1, y=2) + parts[-1]


def reaches(said: dict[str, Any], limit_of: str) -> dict[str, float]:
    """Return how far a limit reaches, by situation."""
    return {each["situation"]: each["distance_m"] for each in said["boundaries"] if each["limit_of"] == limit_of}
