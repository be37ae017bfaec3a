"""Checks of a ward: a room that mobile units are brought to, which may leave out what nobody built against X rays."""

from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.names import NOBODY, NOTHING, OPENINGS, SLABS, rows
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree

MOBILE = ("mobile_xray", "mobile_c_arm")


def check_ward(tree: Tree, problems: Problems) -> None:
    """Report fixed equipment in a ward, a ward without people, an operator's distance of what is not mobile.

    Walls, floor and ceiling may be missing in a ward alone.
    """
    room = tree["room"] or {}
    if not room.get("ward"):
        if not (room.get("open_site") or problems.about(("room", "ward")) or problems.about(("room", "open_site"))):
            _built(tree, problems)
    else:
        _ward(tree, problems)
    for index, source in rows(tree, "source"):
        if source["operator"] is not None and source["kind"] is not None and source["kind"] not in MOBILE:
            problems.say(("source", index, "operator"), "design.not_here", why=f"a source of kind {source['kind']}")


def _built(tree: Tree, problems: Problems) -> None:
    for key in ("wall", *SLABS):
        if tree[key] is None and (key,) not in problems.misspelt and not problems.about((key,)):
            problems.say((key,), "design.not_built", allowed=", ".join(MOBILE))


def _ward(tree: Tree, problems: Problems) -> None:
    for index, source in rows(tree, "source"):
        if source["kind"] is not None and source["kind"] not in MOBILE:
            said = {"kind": source["kind"], "allowed": ", ".join(MOBILE)}
            problems.say(("source", index, "kind"), "design.ward_fixed", **said)
    if tree["console"] is not None:
        problems.say(("console",), "design.ward_console")
    if not _people(tree) and not problems.about(("point",)):
        problems.say(("point",), "design.ward_nobody")
    for index, point in rows(tree, "point"):
        _present(("point", index, "beyond"), point["beyond"], problems)


def _present(path: Path, beyond: Tree | None, problems: Problems) -> None:
    """Report somebody whose presence is not said: Table 4.1 is of places beyond a wall."""
    if beyond is None or beyond["kind"] in (None, *NOBODY) or beyond["occupancy"] is not None:
        return
    if not problems.about((*path, "occupancy")):
        problems.say((*path, "occupancy"), "design.ward_occupancy")


def _people(tree: Tree) -> bool:
    """Return whether somebody is declared: at a point, or behind a wall, an opening, the floor or the ceiling."""
    tables = [row for key in ("point", "wall", *OPENINGS) for _, row in rows(tree, key)]
    tables += [tree[key] for key in SLABS if tree[key] is not None]
    return any((row["beyond"] or {}).get("kind", NOTHING) not in NOBODY for row in tables)
