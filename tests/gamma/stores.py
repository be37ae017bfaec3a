"""A store with one assessed wall and any sources, for tests to change, and what check says of it."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from shieldcalc.cli import cli

HEAD = """
format = 1
[identity]
facility = "Works"
room = "Store"
author = "Officer"
[evaluation]
date = 2025-06-30
instruments = ["VN-19-2012"]
working_hours = "40 h"
[room]
plan = [["0 m", "0 m"], ["6 m", "0 m"], ["6 m", "4 m"], ["0 m", "4 m"]]
height = "3 m"
[floor]
layers = [{ material = "concrete", thickness = "200 mm" }]
beyond = { kind = "nothing" }
[ceiling]
layers = [{ material = "concrete", thickness = "200 mm" }]
beyond = { kind = "nothing" }
"""
WALL = """
[[wall]]
id = "w{edge}"
edge = {edge}
layers = [{{ material = "concrete", thickness = "200 mm", density = "2.35 g/cm3" }}{more}]
beyond = {{ kind = "{kind}", occupancy = 1 }}
"""
SOURCE = """
[[source]]
id = "{id}"
kind = "{kind}"
nuclide = "{nuclide}"
activity = "{activity}"
position = ["1 m", "2 m", "1 m"]
container = [{{ material = "{container}", thickness = "5 mm" }}]
"""


def room(*sources: str, more: str = "") -> str:
    walls = [
        WALL.format(edge=edge, more=more if edge == 2 else "", kind="office" if edge == 2 else "nothing")
        for edge in range(1, 5)
    ]
    return HEAD + "".join(walls).replace('"nothing", occupancy = 1', '"nothing"') + "".join(sources)


def source(
    nuclide: str, *, id_: str = "s", kind: str = "source_store", activity: str = "37 GBq", container: str = "lead"
) -> str:
    return SOURCE.format(id=id_, kind=kind, nuclide=nuclide, activity=activity, container=container)


def told(tmp_path: Path, text: str) -> dict[str, Any]:
    file = tmp_path / "room.toml"
    file.write_text(text, "utf-8")
    result = CliRunner().invoke(cli, ["check", str(file), "--json", "-"])
    assert result.exit_code in (0, 1, 3), result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def rate(found: dict[str, Any]) -> float:
    return float(next(each for each in found["points"] if each["id"] == "w2")["doses"]["h10_beam_on_uSv_per_h"])
