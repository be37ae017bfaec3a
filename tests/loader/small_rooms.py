"""The smallest rooms that load, and ways to ask what the loader says of a changed one."""

from pathlib import Path

from shieldcalc import plugins
from shieldcalc.errors import InputError, Problem
from shieldcalc.model.design import Design
from shieldcalc.model.loader import load

LEAD = 'layers = [{ material = "lead", thickness = "2 mm" }]'
OFFICE = 'beyond = { kind = "office", occupancy = 1 }'
SQUARE = f"""format = 1
[identity]
facility = "Hospital"
room = "Room"
author = "Radiation protection officer"
[evaluation]
date = 2025-06-30
instruments = ["VN-LC-24-2015"]
methods = ["ncrp147"]
working_hours = "40 h"
[room]
plan = [["0 m", "0 m"], ["5 m", "0 m"], ["5 m", "4 m"], ["0 m", "4 m"]]
height = "3 m"
[[wall]]
id = "south"
edge = 1
{LEAD}
{OFFICE}
[[wall]]
id = "east"
edge = 2
{LEAD}
{OFFICE}
[[wall]]
id = "north"
edge = 3
{LEAD}
{OFFICE}
[[wall]]
id = "west"
edge = 4
{LEAD}
{OFFICE}
[floor]
{LEAD}
beyond = {{ kind = "nothing" }}
[ceiling]
{LEAD}
beyond = {{ kind = "office", occupancy = 1, storey_height = "3 m" }}
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
DOOR = f"""[[door]]
id = "door"
wall = "north"
from = "1 m"
width = "1 m"
height = "2 m"
{LEAD}
"""


def loaded(text: str | bytes, folder: Path) -> Design:
    """Return the Design of a text."""
    room = folder / "room.toml"
    room.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(str(room), plugins.catalog())


def problems(text: str | bytes, folder: Path) -> list[tuple[int | None, str, str]]:
    """Return (line, key, code) of everything wrong with a text; every sentence exists."""
    try:
        loaded(text, folder)
    except InputError as error:
        return [(problem.line, problem.key, problem.code.removeprefix("design.")) for problem in spoken(error)]
    return []


def spoken(error: InputError) -> tuple[Problem, ...]:
    """Return the problems of a refusal after putting each into words."""
    assert len(error.text().splitlines()) == len(error.problems)
    return error.problems
