"""Drawings imported as a user does, and the design that comes of one."""

import itertools
from math import hypot
from pathlib import Path

from click.testing import CliRunner, Result

from shieldcalc import plugins
from shieldcalc.cli import cli
from shieldcalc.model.design import Design
from shieldcalc.model.loader import load

SAID = ("--height", "3.2 m", "--storey-height", "3.1 m", "--slab", "concrete_200", "--on", "2025-06-30",
        "--regulation", "US-NCRP147", "--brick", "solid 1.65 g/cm3")  # fmt: skip


SOURCE = """
[[source]]
id = "scanner"
kind = "ct"
kv = "120 kV"
isocentre = ["{x} m", "{y} m", "1 m"]
[[source.protocol]]
id = "body"
region = "body"
dlp = "525 mGy*cm"
per_week = 30
"""


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["import", str(path), *arguments])


def design(path: Path, *arguments: str, at: tuple[float, float] = (1.0, 1.0)) -> Design:
    done = run(path, *SAID, *arguments)
    assert done.exit_code == 0, done.output
    room = path.with_suffix(".toml")
    room.write_text(done.stdout + SOURCE.format(x=at[0], y=at[1]), "utf-8")
    return load(str(room), plugins.catalog())


def sides(found: Design) -> list[float]:
    corners = [*found.plan, found.plan[0]]
    return [hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(corners)]
