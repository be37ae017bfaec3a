"""The 18 MV bunker of the examples with changed lines, for tests: the dose at its door without a search."""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from shieldcalc import plugins
from shieldcalc.model.build import scene_of
from shieldcalc.model.loader import load
from shieldcalc.model.result import PointResult
from shieldcalc.model.scene import Scene

EXAMPLE = Path(__file__).parents[2] / "examples" / "linac_18mv_maze_bunker.toml"
DOOR = '[[point]]\nid = "at_door"\nposition = ["10.5 m", "0.9 m", "1.3 m"]\nbeyond = { kind = "office" }\n'


@cache
def text() -> str:
    return EXAMPLE.read_text("utf-8") + DOOR


def changed(*pairs: tuple[str, str]) -> str:
    found = text()
    for old, new in pairs:
        assert old in found, old
        found = found.replace(old, new)
    return found


def scene(folder: Path, content: str) -> Scene:
    tomllib.loads(content)
    file = folder / "room.toml"
    file.write_text(content, "utf-8")
    return scene_of(load(str(file), plugins.catalog()))


def at_door(folder: Path, content: str, method: str = "ncrp151") -> PointResult:
    """Return the point behind the door, of a scene without any other place."""
    from dataclasses import replace

    from shieldcalc.model.build import fixed_points

    folder.mkdir(exist_ok=True)
    found = scene(folder, content)
    design = load(str(folder / "room.toml"), plugins.catalog())
    points = tuple(each for each in fixed_points(design, found) if each.id == "at_door")
    nobody = tuple(replace(each, beyond=None) for each in found.barriers)
    quiet = replace(found, barriers=nobody, by_id={each.id: each for each in nobody})
    (point,) = (each for each in plugins.method(method).compute(quiet, points, {}).points)
    return point


def week(found: PointResult, kind: str, beam: str = "") -> float:
    """Return uSv a week of one kind of component."""
    parts = (part for part in found.components if part.kind == kind and beam in ("", part.beam))
    return 1e3 * sum(part.kerma.week_mGy for part in parts)


def total(found: PointResult) -> tuple[float, float, float]:
    """Return week, hour and rate."""
    doses = found.doses
    return doses.h10_week_mSv, doses.h10_hour_uSv or 0.0, doses.h10_beam_on_uSv_per_h or 0.0


def steps(found: PointResult, kind: str, symbol: str, label: str = "week") -> list[Any]:
    """Return the steps of a symbol in the components of a kind, those of one quantity."""
    parts = (part for part in found.components if part.kind == kind)
    return [step for part in parts for step in part.steps if step.symbol == symbol and step.label.endswith(label)]


Change = Callable[[str], str]
