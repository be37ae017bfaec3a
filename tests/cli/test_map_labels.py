"""Every limit whose line is in the picture of a map is labelled, in narrow rooms too where its pieces are short."""

import re
from pathlib import Path

from click.testing import CliRunner

from shieldcalc.cli import cli

NARROW = '["30 m", "0 m"], ["30 m", "0.4 m"], ["0 m", "0.4 m"]]'
SHELL = '[{ material = "concrete", thickness = "300 mm" }]'


def corridor() -> str:
    walls = "".join(
        f'[[wall]]\nid = "w{edge}"\nedge = {edge}\nlayers = {SHELL}\nbeyond = {{ kind = "office", occupancy = 1 }}\n'
        for edge in (1, 2, 3, 4)
    )
    return f"""
format = 1
[identity]
facility = "Works"
room = "Pipe store"
author = "Officer"
[evaluation]
date = 2025-06-30
instruments = ["VN-19-2012", "CN-GB18871-2002"]
working_hours = "40 h"
[evaluation.dose_constraints]
document = "programme"
worker = "5 mSv/year"
public = "0.3 mSv/year"
[room]
plan = [["0 m", "0 m"], {NARROW}
height = "3 m"
[floor]
layers = {SHELL}
beyond = {{ kind = "nothing" }}
[ceiling]
layers = {SHELL}
beyond = {{ kind = "nothing" }}
{walls}
[[source]]
id = "s"
kind = "source_store"
nuclide = "Cs-137"
activity = "1 GBq"
position = ["2 m", "0.2 m", "1 m"]
"""


def test_each_limit_that_the_legend_calls_drawn_has_its_label(tmp_path: Path) -> None:
    file, out = tmp_path / "room.toml", tmp_path / "map.svg"
    file.write_text(corridor(), "utf-8")
    result = CliRunner().invoke(cli, ["map", str(file), "--out", str(out), "--points", "120"])
    assert result.exit_code == 0, result.stderr
    drawn = out.read_text("utf-8")
    limits = set(re.findall(r"Dash-dotted: limit ([0-9.]+) mSv", drawn))
    labels = set(re.findall(r'<g fill="#000"><text class="level"[^>]*>([^<]*)<', drawn))
    assert {"0.3", "1"} <= limits
    assert limits == labels


def test_decades_cut_short_by_walls_are_labelled(tmp_path: Path) -> None:
    file, out = tmp_path / "room.toml", tmp_path / "map.svg"
    file.write_text(corridor(), "utf-8")
    CliRunner().invoke(cli, ["map", str(file), "--out", str(out), "--points", "120"])
    labels = set(re.findall(r'class="level"[^>]*>([^<]*)<', out.read_text("utf-8")))
    assert {"0.1", "1", "10"} <= labels
