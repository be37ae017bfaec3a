"""Rooms with patients as text: 30 x 20 m, people behind its east wall and at points."""

from designs import box, head, slabs

WALL = """
[[wall]]
id = "w{edge}"
edge = {edge}
layers = [{layers}]
beyond = {{ kind = "{kind}" }}
"""


POINT = """
[[point]]
id = "{id}"
position = ["{x} m", "{y} m", "1 m"]
beyond = {{ kind = "inside_room", occupancy = 1, designation = "controlled", person = "radiation_worker" }}
"""


COMMON = """
[[source]]
id = "{id}"
kind = "{kind}"
nuclide = "F-18"
activity = "555 MBq"
patients_per_week = 40
position = ["{x} m", "{y} m", "1 m"]
"""


UPTAKE = COMMON.format(id="chair", kind="nm_uptake", x=10, y=10) + 'uptake = "60 min"\n'


IMAGING = COMMON.format(id="scanner", kind="nm_imaging", x=10, y=10) + (
    'uptake = "60 min"\nimaging = "30 min"\nvoiding = 0.85\n'
)


THERAPY = (
    COMMON.format(id="bed", kind="nm_therapy", x=10, y=10)
    .replace("F-18", "I-131")
    .replace("patients_per_week = 40", "patients_per_week = 1")
)


CONCRETE = '{ material = "concrete", thickness = "200 mm", density = "2.35 g/cm3" }'


def room(*sources: str, points: str = "", layers: str = CONCRETE, kind: str = "office", method: str = "tg108") -> str:
    walls = [WALL.format(edge=2, layers=layers, kind=kind)]
    walls += [WALL.format(edge=edge, layers=CONCRETE, kind="nothing") for edge in (1, 3, 4)]
    shell = head("Hospital", "Room", "VN-19-2012", methods=[method]) + box(30, 20) + slabs()
    return shell + "".join(walls) + points + "".join(sources)


def at(x: float, y: float = 10, name: str = "p") -> str:
    return POINT.format(id=name, x=x, y=y)
