"""A treatment room as text, for tests: 8 x 8 x 4 m, the isocentre in its middle, the couch pointing south."""

from collections.abc import Mapping
from pathlib import Path

from designs import box, head
from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.loader import load
from shieldcalc.model.result import PointResult

EDGES = {"south": 1, "east": 2, "north": 3, "west": 4}
SHELL = """[floor]
layers = [{ material = "concrete", thickness = "500 mm" }]
beyond = { kind = "nothing" }
[ceiling]
layers = [{ material = "concrete", thickness = "2 m" }]
beyond = { kind = "outdoors", occupancy = 0.05, storey_height = "3 m" }
"""
ROOM = head("F", "R", "US-NCRP151", methods=["ncrp151"], author="A") + box(8, 8, 4) + SHELL
SOURCE = """
[[source]]
id = "linac"
kind = "linac"
isocentre = ["4 m", "4 m", "1.3 m"]
table_toward = ["4 m", "2 m", "1.3 m"]
"""
GANTRY = {0.0: 0.25, 90.0: 0.25, 180.0: 0.25, 270.0: 0.25}
ENERGY = {
    "mv": '"6 MV"',
    "dose_rate": '"6 Gy/min"',
    "per_week": '"400 Gy/week"',
    "in_busiest_hour": '"20 Gy"',
}
CONCRETE = '[{ material = "concrete", thickness = "1500 mm" }]'


def wall(name: str, layers: str = CONCRETE, beyond: str = '{ kind = "office" }') -> str:
    return f'[[wall]]\nid = "{name}"\nedge = {EDGES[name]}\nlayers = {layers}\nbeyond = {beyond}\n'


def gantry(angles: Mapping[float, float] = GANTRY) -> str:
    rows = (f'[[source.gantry]]\nangle = "{angle:g} deg"\nuse_factor = {use!r}\n' for angle, use in angles.items())
    return "".join(rows)


def energy(**changed: object) -> str:
    rows = {key: value for key, value in {**ENERGY, **changed}.items() if value is not None}
    return "[[source.energy]]\n" + "".join(f"{key} = {value}\n" for key, value in rows.items())


def room(
    *,
    layers: Mapping[str, str] | None = None,
    angles: Mapping[float, float] = GANTRY,
    energies: str = "",
    more: str = "",
) -> str:
    walls = "".join(wall(name, (layers or {}).get(name, CONCRETE)) for name in EDGES)
    return ROOM + walls + more + SOURCE + gantry(angles) + (energies or energy())


def check(folder: Path, text: str) -> Assessment:
    file = folder / "room.toml"
    file.write_text(text, "utf-8")
    return assess(load(str(file), plugins.catalog()))


POINT = '[[point]]\nid = "here"\nposition = ["{} m", "{} m", "{} m"]\nbeyond = {{ kind = "office" }}\n'


def at(x: float, y: float, z: float) -> str:
    return POINT.format(x, y, z)


def here(folder: Path, text: str) -> PointResult:
    (found,) = (each for each in check(folder, text).results[0].points if each.point.id == "here")
    return found


def week(found: PointResult, kind: str) -> float:
    return sum(part.kerma.week_mGy for part in found.components if part.kind == kind)
