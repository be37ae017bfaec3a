"""The smallest rooms that load, and ways to ask what the loader says of a changed one."""

from pathlib import Path

from designs import CHEST, OFFICER, box, head, walls
from shieldcalc import plugins
from shieldcalc.errors import InputError, Problem
from shieldcalc.model.design import Design
from shieldcalc.model.loader import load

LEAD = 'layers = [{ material = "lead", thickness = "2 mm" }]'
SHELL = head("Hospital", "Room", "VN-LC-24-2015", methods=["ncrp147"], author=OFFICER).lstrip() + box(5, 4)
WALLS = walls('{ material = "lead", thickness = "2 mm" }', 'kind = "office", occupancy = 1')
SLABS = f"""[floor]
{LEAD}
beyond = {{ kind = "nothing" }}
[ceiling]
{LEAD}
beyond = {{ kind = "office", occupancy = 1, storey_height = "3 m" }}
"""
SQUARE = SHELL + WALLS + SLABS + CHEST
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
