"""Shapes in a design file: which sizes each has, how it is turned, and the checks that one key alone cannot show."""

from math import cos, radians, sin
from typing import Any

from pydantic_core import CoreSchema

from shieldcalc.errors import OutsideDataError
from shieldcalc.model import shapes
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.values import choice, listing, metres, number, quantity

Tree = dict[str, Any]
SIZES = {
    "line": ("length",),
    "disk": ("radius",),
    "rectangle": ("width", "depth"),
    "sphere": ("radius",),
    "cylinder": ("radius", "height"),
    "box": ("width", "depth", "height"),
    "cylindrical_shell": ("inner_radius", "outer_radius", "height"),
    "spherical_shell": ("inner_radius", "outer_radius"),
}
SOLID = ("box", "sphere", "cylinder", "cylindrical_shell", "spherical_shell")
KEYS = tuple(dict.fromkeys(key for keys in SIZES.values() for key in keys))
TURNS = ("axis", "turn")
_KINDS: dict[str, Any] = {
    "line": shapes.Line,
    "disk": shapes.Disk,
    "rectangle": shapes.Rectangle,
    "sphere": shapes.Sphere,
    "cylinder": shapes.Cylinder,
    "box": shapes.Box,
    "cylindrical_shell": shapes.CylindricalShell,
    "spherical_shell": shapes.SphericalShell,
}


def shape_keys(*kinds: str) -> dict[str, CoreSchema]:
    """Return the keys of a shape of some kinds, all but its position."""
    numbers = listing(number(least=-1e6, most=1e6), 3, 3, wanted="a direction [x, y, z] in plain numbers")
    sizes = {key: metres(above=0) for key in KEYS}
    return {"shape": choice(*kinds), **sizes, "axis": numbers, "turn": quantity("angle", least=-360, most=360)}


def check_shape(path: Path, row: Tree, problems: Problems) -> shapes.Shape | None:
    """Return the shape of a table; report sizes that are missing or that its kind has not, and what cannot be."""
    kind, before = row["shape"], len(problems.found)
    if kind is None:
        for key in (*KEYS, *TURNS):
            if row[key] is not None:
                problems.say((*path, key), "shape_missing", allowed=", ".join(SIZES))
        return None
    for key in SIZES[kind]:
        if row[key] is None and not problems.about((*path, key)):
            problems.say((*path, key), "design.needed_here", why=f"the shape {kind}")
    for key in KEYS:
        if row[key] is not None and key not in SIZES[kind]:
            problems.say((*path, key), "design.not_here", why=f"the shape {kind}")
    places = row["position"], row["axis"] or ()
    if len(problems.found) > before or any(row[key] is None for key in (*SIZES[kind], "position")):
        return None
    if any(None in each for each in places):  # told of already
        return None
    try:
        return shape_of(row)
    except OutsideDataError as refused:
        at = {"shape_direction": "axis", "shape_shell": "inner_radius"}.get(refused.code, "shape")
        problems.say((*path, at), refused.code, **refused.params)
        return None


def shape_of(row: Tree) -> shapes.Shape:
    """Return the shape of a table that has all its keys: z along ``axis``, then turned about it."""
    sizes = {f"{key}_m": row[key] for key in SIZES[row["shape"]]}
    if row["shape"] == "rectangle":
        sizes = {"width_m": row["width"], "height_m": row["depth"]}
    made: shapes.Shape = _KINDS[row["shape"]](position=row["position"], axes=_axes(row), **sizes)
    return made


def _axes(row: Tree) -> shapes.Axes:
    x, y, z = shapes.UPRIGHT if row["axis"] is None else shapes.turned_to(row["axis"])
    if not row["turn"]:
        return x, y, z
    c, s = cos(radians(row["turn"])), sin(radians(row["turn"]))
    first = (c * x[0] + s * y[0], c * x[1] + s * y[1], c * x[2] + s * y[2])
    return first, shapes.cross(z, first), z
