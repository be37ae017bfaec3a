"""Draws examples/plan.dxf: a radiography room as an architect would hand it over.

Needs the extra ``dxf``. Run ``python examples/draw_plan.py [FILE.dxf]``; the same file comes out every time.
"""

import sys

import ezdxf

PLAN = [(0, 0), (6000, 0), (6000, 3400), (4600, 3400), (4600, 4800), (0, 4800)]
WALLS = {
    "WALL_BRICK-SOLID-1.65_220+BARIUM_PLASTER_20": [((0, -240), (6240, 0)), ((-240, 0), (0, 4800))],
    "WALL_CONCRETE_200": [((6000, 0), (6200, 3400)), ((4600, 3400), (6200, 3600)), ((4600, 3600), (4800, 4800))],
    "WALL_BRICK-SOLID-1.65_220+LEAD_1": [((-240, 4800), (4821, 5021))],
}


def rectangle(space: ezdxf.layouts.Modelspace, low: tuple[float, float], high: tuple[float, float], layer: str) -> None:
    """Draw an outline."""
    corners = [low, (high[0], low[1]), high, (low[0], high[1])]
    space.add_lwpolyline(corners, close=True, dxfattribs={"layer": layer})


def draw(path: str) -> None:
    """Write the drawing in millimetres."""
    ezdxf.options.write_fixed_meta_data_for_testing = True
    drawing = ezdxf.new("R2000")
    drawing.header["$INSUNITS"] = 4
    space = drawing.modelspace()
    space.add_lwpolyline(PLAN, close=True, dxfattribs={"layer": "ROOM"})
    for layer, outlines in WALLS.items():
        for low, high in outlines:
            rectangle(space, low, high, layer)
    door = drawing.blocks.new("DOOR_1200")
    door.add_line((0, 0), (0, 1200))
    door.add_arc((0, 0), 1200, 0, 90)
    entrance = space.add_blockref("DOOR_1200", (2600, 4800), dxfattribs={"layer": "DOOR_LEAD_2"})
    entrance.add_attrib("HEIGHT", "2100", (2600, 4800))
    rectangle(space, (6000, 900), (6200, 2100), "CONTROL_WINDOW_LEAD_2")
    space.add_text("X-ray 1", dxfattribs={"layer": "TEXT"}).set_placement((2400, 2000))
    drawing.saveas(path)


if __name__ == "__main__":
    draw(sys.argv[1] if len(sys.argv) > 1 else "examples/plan.dxf")
