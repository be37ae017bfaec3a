"""Draws plans for the tests: one room, walls by material, doors, windows; turned, mirrored, in any unit."""

from collections.abc import Callable
from math import cos, pi, sin
from pathlib import Path
from typing import Any

import ezdxf
from ezdxf.math import Matrix44

CODES = {"in": 1, "ft": 2, "mm": 4, "cm": 5, "m": 6}
MM = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "in": 25.4, "ft": 304.8}
Draw = Callable[["Sheet"], None]


class Sheet:
    """A drawing in which lengths are given in mm; every entity is turned, mirrored and moved before it is stored."""

    def __init__(
        self, unit: str = "mm", turn: float = 0.0, mirror: bool = False, at: tuple[float, float] = (0, 0)
    ) -> None:
        self.document: Any = ezdxf.new()
        self.document.header["$INSUNITS"] = CODES.get(unit, 0)
        self.space = self.document.modelspace()
        self.scale = 1 / MM.get(unit, 1.0)
        self.matrix = (
            Matrix44.scale(-1 if mirror else 1, 1, 1) @ Matrix44.z_rotate(turn * pi / 180) @ Matrix44.translate(*at, 0)
            @ Matrix44.scale(self.scale, self.scale, self.scale)
        )  # fmt: skip

    def poly(self, places: Any, layer: str, *, close: bool = True, fmt: str = "xy") -> Any:
        line = self.space.add_lwpolyline(places, format=fmt, close=close, dxfattribs={"layer": layer})
        return line.transform(self.matrix)

    def rect(self, x0: float, y0: float, x1: float, y1: float, layer: str) -> Any:
        return self.poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], layer)

    def line(self, a: tuple[float, float], b: tuple[float, float], layer: str) -> Any:
        return self.space.add_line(a, b, dxfattribs={"layer": layer}).transform(self.matrix)

    def block(self, name: str, at: tuple[float, float], layer: str, *, turn: float = 0.0, **attributes: str) -> Any:
        insert = self.space.add_blockref(name, at, dxfattribs={"layer": layer, "rotation": turn})
        for tag, text in attributes.items():
            insert.add_attrib(tag, text, at)
        return insert.transform(self.matrix)

    def door(self, name: str, width: float) -> None:
        """Define a door block: leaf open at right angles, a quarter of a circle, hinge at the origin."""
        block = self.document.blocks.new(name)
        block.add_line((0, 0), (0, width), dxfattribs={"layer": "0"})
        block.add_arc((0, 0), width, 0, 90, dxfattribs={"layer": "leaf"})

    def save(self, path: Path) -> Path:
        self.document.saveas(path)
        return path


def walls(sheet: Sheet, wide: float = 5200.0, deep: float = 4000.0) -> None:
    """Draw four walls as outlines: brick south and north, concrete and lead east, a lead line west."""
    sheet.rect(-220, -220, wide + 220, 0, "WALL_BRICK_220")
    sheet.rect(wide, 0, wide + 152, deep, "WALL_CONCRETE_150+LEAD_2")
    sheet.rect(-220, deep, wide + 220, deep + 220, "WALL_BRICK-SOLID-1.65_220")
    sheet.line((0, 0), (0, deep), "WALL_LEAD_2.5")


def openings(sheet: Sheet, wide: float = 5200.0, deep: float = 4000.0) -> None:
    """Draw a door in the north wall and a control window in the east wall."""
    sheet.line((1000, deep), (1912.3, deep), "DOOR_LEAD_2")
    sheet.rect(wide, 1000, wide + 152, 2203.4, "CONTROL_WINDOW_LEAD_2")


def plain(sheet: Sheet, wide: float = 5200.0, deep: float = 4000.0) -> None:
    """Draw outline, walls and openings."""
    sheet.rect(0, 0, wide, deep, "ROOM")
    walls(sheet, wide, deep)
    openings(sheet, wide, deep)


def arc_room(sheet: Sheet) -> None:
    """Draw a room whose north side is half a circle of 2 m radius."""
    outline = [(0, 0, 0), (4000, 0, 0), (4000, 3000, 1), (0, 3000, 0)]
    sheet.poly(outline, "ROOM", fmt="xyb")
    sheet.poly(outline, "WALL_CONCRETE_200", fmt="xyb")


def circle(radius: float, steps: int) -> list[tuple[float, float]]:
    """Return the corners of a regular polygon."""
    return [(radius * cos(2 * pi * k / steps), radius * sin(2 * pi * k / steps)) for k in range(steps)]
