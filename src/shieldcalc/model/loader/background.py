"""The picture behind the plan: a PNG in the design's own folder, scaled by two of its points."""

import os
from collections.abc import Callable
from math import hypot

from shieldcalc.model.background import Background
from shieldcalc.model.loader.folder import below
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree
from shieldcalc.model.loader.values import shown
from shieldcalc.model.png import LARGEST_FILE, PngError, read_png

KEY: Path = ("room", "background")


def background(tree: Tree, design_path: Callable[[], str], problems: Problems) -> Background | None:
    """Return the picture of a checked file, or None where there is none or a problem was added.

    ``design_path`` gives the path of the design, asked for only where there is a picture.
    """
    said = (tree["room"] or {}).get("background")
    if said is None or any(said[key] is None for key in ("file", "points", "distance")):
        return None
    if any(point is None or None in point for point in said["points"]):
        return None
    (ax, ay), (bx, by) = said["points"]
    apart = hypot(bx - ax, by - ay)
    if apart == 0:
        problems.say((*KEY, "points"), "design.picture_points")
        return None
    content = _content(str(said["file"]), design_path(), problems)
    if content is None:
        return None
    try:
        picture = read_png(content)
    except PngError as error:
        problems.say((*KEY, "file"), "design.picture_bad", value=shown(said["file"]), reason=error.text())
        return None
    return Background(
        file=said["file"],
        png=picture.content,
        size_px=(picture.width, picture.height),
        point_px=(ax, ay),
        at=said["at"] or (0.0, 0.0),
        turn_deg=said["turn"] or 0.0,
        metres_per_px=said["distance"] / apart,
    )


def _content(name: str, design_path: str, problems: Problems) -> bytes | None:
    """Return the bytes of a file below the design's folder, links followed."""
    key = (*KEY, "file")
    real = below(name, design_path)
    if real is None:
        problems.say(key, "design.picture_outside", value=shown(name))
        return None
    if not os.path.isfile(real):
        problems.say(key, "design.picture_missing", value=shown(name))
        return None
    try:
        with open(real, "rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        problems.say(key, "design.picture_bad", value=shown(name), reason=error.strerror or str(error))
        return None
    if len(content) > LARGEST_FILE:
        problems.say(key, "design.picture_bad", value=shown(name), reason=f"larger than {LARGEST_FILE} bytes")
        return None
    return content
