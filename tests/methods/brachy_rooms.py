"""A small brachytherapy room as text, to be changed by tests."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from shieldcalc.cli import cli

ROOM = """
format = 1
[identity]
facility = "Hospital"
room = "HDR"
author = "Officer"
[evaluation]
date = 2025-06-30
instruments = ["VN-19-2012"]
methods = ["srs47"]
working_hours = "40 h"
[room]
plan = [["0 m", "0 m"], ["6 m", "0 m"], ["6 m", "4 m"], ["0 m", "4 m"]]
height = "3 m"
[[wall]]
id = "w1"
edge = 1
layers = [{ material = "concrete", thickness = "800 mm" }]
beyond = { kind = "nothing" }
[[wall]]
id = "w2"
edge = 2
layers = [{ material = "concrete", thickness = "800 mm" }]
beyond = { kind = "office", occupancy = 1 }
[[wall]]
id = "w3"
edge = 3
layers = [{ material = "concrete", thickness = "800 mm" }]
beyond = { kind = "nothing" }
[[wall]]
id = "w4"
edge = 4
layers = [{ material = "concrete", thickness = "800 mm" }]
beyond = { kind = "nothing" }
[floor]
layers = [{ material = "concrete", thickness = "200 mm" }]
beyond = { kind = "nothing" }
[ceiling]
layers = [{ material = "concrete", thickness = "200 mm" }]
beyond = { kind = "nothing" }
[[source]]
id = "hdr"
kind = "hdr_brachytherapy"
nuclide = "Ir-192"
activity = "370 GBq"
positions = [["3 m", "2 m", "1 m"]]
treatments_per_week = 30
time_per_treatment = "10 min"
treatments_in_busiest_hour = 3
safe = { position = ["1 m", "1 m", "1 m"], rate = "5 uSv/h" }
"""


def check(tmp_path: Path, text: str, *options: str) -> Result:
    file = tmp_path / "room.toml"
    file.write_text(text, "utf-8")
    return CliRunner().invoke(cli, ["check", str(file), *options])


def document(tmp_path: Path, text: str, *options: str) -> dict[str, Any]:
    result = check(tmp_path, text, "--json", "-", *options)
    assert result.exit_code in (0, 1, 3), result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def doses(tmp_path: Path, text: str, *options: str) -> dict[str, dict[str, float]]:
    return {point["id"]: point["doses"] for point in document(tmp_path, text, *options)["points"]}


def at_a_point(text: str) -> str:
    """Return the room with nobody behind its walls but at a point 3.3 m from the treatment, 5.39 m from the safe."""
    alone = text.replace('kind = "office", occupancy = 1', 'kind = "nothing"')
    point = '[[point]]\nid = "p"\nposition = ["6.3 m", "2 m", "1 m"]\nbeyond = { kind = "office", occupancy = 1 }\n'
    return alone.replace("[[source]]", point + "[[source]]")
