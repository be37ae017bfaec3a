"""Checks of an open site: radiography out of doors, where nobody built walls, floor or ceiling."""

from shieldcalc.model.loader.exposures import RADIOGRAPHY
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.names import rows, unique
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree
from shieldcalc.model.loader.therapy_tubes import INDUSTRIAL

ALLOWED = (RADIOGRAPHY, INDUSTRIAL)


def check_open_site(tree: Tree, problems: Problems) -> None:
    """Report other sources than radiography's in the open, what has no place there, boundaries of a built room."""
    room = tree["room"] or {}
    if not room.get("open_site"):
        if room.get("boundary") is not None:
            problems.say(("room", "boundary"), "design.boundary_built")
        return
    if room.get("ward"):
        problems.say(("room", "open_site"), "design.open_ward")
    if tree["console"] is not None:
        problems.say(("console",), "design.open_console")
    for index, source in rows(tree, "source"):
        if source["kind"] is not None and source["kind"] not in ALLOWED:
            told = {"kind": source["kind"], "allowed": ", ".join(ALLOWED)}
            problems.say(("source", index, "kind"), "design.open_kind", **told)
    seen: dict[str, Path] = {}
    for index, row in rows(room, "boundary"):
        unique(("room", "boundary", index), row, seen, problems)
