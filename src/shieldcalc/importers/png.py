"""A picture of a plan, with two points and their distance, to the table ``[room.background]``."""

import os
from math import hypot

from shieldcalc.errors import UnitError
from shieldcalc.importers.imported import Imported
from shieldcalc.importers.refusal import ImportRefusedError, read_bounded
from shieldcalc.importers.toml_text import value_text
from shieldcalc.model.design import Xy
from shieldcalc.model.png import LARGEST_FILE, PngError, read_png
from shieldcalc.units import parse


def read_picture(
    path: str, points: tuple[str, ...], distance_mm: float | None, origin: str | None, turn: str | None
) -> Imported:
    """Return the table for a PNG; ``points`` are two texts "x,y" in pixels, their distance in mm.

    Raises ImportRefusedError for what is no PNG, for points outside it, and without two points and a distance.
    """
    content = read_bounded(path, LARGEST_FILE)
    try:
        picture = read_png(content)
    except PngError as error:
        raise ImportRefusedError("import.not_png", file=path, reason=error.text()) from error
    if len(points) != 2:
        raise ImportRefusedError("import.two_points", found=len(points))
    if distance_mm is None:
        raise ImportRefusedError("import.no_distance")
    places = [_pixel(text, picture.width, picture.height) for text in points]
    apart = hypot(places[1][0] - places[0][0], places[1][1] - places[0][1])
    if apart == 0:
        raise ImportRefusedError("import.points_same")
    table: dict[str, object] = {
        "file": os.path.basename(path),
        "points": [list(place) for place in places],
        "distance": f"{distance_mm / 1000!r} m",
    }
    table |= {"at": _origin(origin)} if origin else {}
    table |= {"turn": _turn(turn)} if turn else {}
    scale = distance_mm / 1000 / apart
    pixels = f"{picture.width} x {picture.height} pixels of {scale * 1000:.3f} mm"
    head = f"# {pixels}; keep the picture beside the design file.\n"
    lines = "".join(f"{key} = {value_text(value)}\n" for key, value in table.items())
    facts = (("width_pixels", picture.width), ("height_pixels", picture.height), ("metres_per_pixel", scale))
    return Imported(f"{head}[room.background]\n{lines}", facts=facts)


def _pixel(text: str, wide: int, high: int) -> Xy:
    try:
        x, y = (float(part) for part in text.split(","))
    except ValueError:
        raise ImportRefusedError("import.pixel", value=text) from None
    if not (0 <= x <= wide and 0 <= y <= high):
        raise ImportRefusedError("import.pixel_outside", value=text, wide=wide, high=high)
    return (int(x) if x == int(x) else x, int(y) if y == int(y) else y)


def _origin(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2:
        raise ImportRefusedError("import.origin", value=text)
    return [f"{_parsed(part, 'length', '--origin') / 1000!r} m" for part in parts]


def _turn(text: str) -> str:
    return f"{_parsed(text, 'angle', '--turn')!r} deg"


def _parsed(text: str, dimension: str, option: str) -> float:
    try:
        return parse(text, dimension)
    except UnitError as error:
        raise ImportRefusedError("import.option_value", option=option, reason=error.text()) from error
