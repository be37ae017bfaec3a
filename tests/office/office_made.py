"""Small submissions for the office: one room of a chest stand, told apart by its lead."""

from pathlib import Path
from zipfile import ZipFile

ROOM = """format = 1
[identity]
facility = "Hospital"
room = "Room"
author = "Radiation protection officer"
[evaluation]
date = 2025-06-30
instruments = ["VN-13-2014"]
methods = ["ncrp147"]
working_hours = "40 h"
[room]
plan = [["0 m", "0 m"], ["5 m", "0 m"], ["5 m", "4 m"], ["0 m", "4 m"]]
height = "3 m"
{walls}[floor]
layers = [{{ material = "concrete", thickness = "200 mm" }}]
beyond = {{ kind = "nothing" }}
[ceiling]
layers = [{{ material = "concrete", thickness = "200 mm" }}]
beyond = {{ kind = "nothing" }}
[[source]]
id = "tube"
kind = "chest"
workload = {{ distribution = "chest_room", patients_per_week = 100, patients_in_busiest_hour = 5 }}
[[source.beam]]
id = "stand"
focus = ["3 m", "2 m", "1 m"]
patient = ["1 m", "2 m", "1 m"]
toward = "west"
use_factor = 1
field = {{ area = "1000 cm2", at = "2 m" }}
"""
WALL = """[[wall]]
id = "{id}"
edge = {edge}
layers = [{{ material = "lead", thickness = "{lead} mm" }}]
beyond = {{ kind = "office", occupancy = 1 }}
"""
CLAIMS = """format = 1
[submission]
applicant = "{applicant}"
designs = ["room.toml"]
[claimed]
method = "ncrp147"
[[claim]]
barrier = "west"
material = "lead"
thickness = "{lead} mm"
"""


def files(lead: float, applicant: str = "Hospital") -> dict[str, str]:
    """Return the files of one submission whose walls are of so much lead (mm)."""
    sides = ("south", "east", "north", "west")
    walls = "".join(WALL.format(id=name, edge=edge, lead=lead) for edge, name in enumerate(sides, 1))
    return {"room.toml": ROOM.format(walls=walls), "claims.toml": CLAIMS.format(lead=lead, applicant=applicant)}


def folder(top: Path, lead: float, applicant: str = "Hospital") -> Path:
    """Write a submission as a folder."""
    top.mkdir(parents=True)
    for name, text in files(lead, applicant).items():
        (top / name).write_text(text, "utf-8")
    return top


def packed(path: Path, lead: float, applicant: str = "Hospital") -> Path:
    """Write a submission as a zip."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(path, "w") as sink:
        for name, text in files(lead, applicant).items():
            sink.writestr(name, text)
    return path


def province(top: Path) -> Path:
    """Write a folder of submissions: folders within folders, zips, one of them bad, and a folder that is none."""
    folder(top / "north" / "a", 2.0, "First hospital")
    folder(top / "north" / "deep" / "er" / "b", 0.1, "Second hospital")
    packed(top / "c.zip", 1.0, "Third hospital")
    (top / "d.zip").write_bytes(b"PK\x03\x04 no zip")
    (top / "e").mkdir()
    (top / "e" / "letter.txt").write_text("Dear office", "utf-8")
    return top
