"""Parts of design files that test rooms share, and what ``check`` says of one."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from shieldcalc.cli import cli

OFFICER = "Radiation protection officer"
NOBODY = 'kind = "nothing"'
CHEST = """[[source]]
id = "tube"
kind = "chest"
workload = { distribution = "chest_room", patients_per_week = 100, patients_in_busiest_hour = 5 }
[[source.beam]]
id = "stand"
focus = ["3 m", "2 m", "1 m"]
patient = ["1 m", "2 m", "1 m"]
toward = "west"
use_factor = 1
field = { area = "1000 cm2", at = "2 m" }
"""
SIDES = ("south", "east", "north", "west")


def head(facility: str, room: str, *instruments: str, methods: Iterable[str] = (), author: str = "Officer") -> str:
    """Return who asks and by what is judged, on 2025-06-30 with 40 working hours."""
    named = ", ".join(f'"{each}"' for each in instruments)
    by = ", ".join(f'"{each}"' for each in methods)
    return f"""
format = 1
[identity]
facility = "{facility}"
room = "{room}"
author = "{author}"
[evaluation]
date = 2025-06-30
instruments = [{named}]
{f"methods = [{by}]" if by else ""}
working_hours = "40 h"
""".replace("\n\n", "\n")


def box(wide: int, deep: int, high: int = 3) -> str:
    """Return the plan of a rectangle with a corner at the origin, in m."""
    return f"""[room]
plan = [["0 m", "0 m"], ["{wide} m", "0 m"], ["{wide} m", "{deep} m"], ["0 m", "{deep} m"]]
height = "{high} m"
"""


def slabs(layers: str = '{ material = "concrete", thickness = "200 mm" }') -> str:
    """Return floor and ceiling with nobody beyond."""
    return "".join(f"[{name}]\nlayers = [{layers}]\nbeyond = {{ {NOBODY} }}\n" for name in ("floor", "ceiling"))


def walls(layers: str, beyond: str = NOBODY, ids: Iterable[str] = SIDES, **others: str) -> str:
    """Return four walls of the same layers with the same beyond; ``others``: what is beyond some by their ids."""
    return "".join(
        f'[[wall]]\nid = "{name}"\nedge = {edge}\nlayers = [{layers}]\nbeyond = {{ {others.get(name, beyond)} }}\n'
        for edge, name in enumerate(ids, 1)
    )


def check(folder: Path, text: str, *options: str) -> Result:
    """Return the answer of ``check`` to a design."""
    file = folder / "room.toml"
    file.write_text(text, "utf-8")
    return CliRunner().invoke(cli, ["check", str(file), *options])


def checked(folder: Path, text: str, *options: str) -> dict[str, Any]:
    """Return the JSON answer of ``check`` to a design that can be computed."""
    result = check(folder, text, "--json", "-", *options)
    assert result.exit_code in (0, 1, 3), result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def doses_of(said: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the doses of each point by its id."""
    return {point["id"]: point["doses"] for point in said["points"]}


def doses(folder: Path, text: str, *options: str) -> dict[str, dict[str, Any]]:
    """Return the doses that ``check`` tells of each point."""
    return doses_of(checked(folder, text, *options))
