"""The maze of a treatment room in the design file: checks of its keys, what becomes of them."""

from shieldcalc.model.geometry import contains, distance_to_boundary, length
from shieldcalc.model.loader.accelerator import COBALT, DIRECTED, LINAC
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.names import ids, known, rows
from shieldcalc.model.loader.positions import Room
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.room import metres as in_metres
from shieldcalc.model.loader.structure import Tree
from shieldcalc.model.loader.therapy_tubes import INDUSTRIAL, ORTHOVOLTAGE
from shieldcalc.model.maze import Maze

TURNING, SOURCES = (*LINAC, *COBALT), ("hdr_brachytherapy", "industrial_radiography")
NOT_COMPUTED = (*DIRECTED, INDUSTRIAL, ORTHOVOLTAGE)
OF_SOURCES = ("document", "width", "height", "dsec", "dzz", "a1", "alpha1")
CEILING_M, SAME_M = 0.02, 0.01


def check_maze(tree: Tree, problems: Problems) -> None:
    """Report a maze of other equipment, walls that are no screens up to the ceiling, a door that is none, a path."""
    maze = tree["maze"]
    if maze is None:
        return
    kinds = {source["kind"] for _, source in rows(tree, "source")}
    if kinds and not kinds & {*TURNING, *SOURCES, *NOT_COMPUTED}:
        problems.say(("maze",), "design.not_here", why="a room without radiotherapy or industrial radiography")
    elif kinds and not kinds & {*TURNING}:
        allowed = OF_SOURCES if kinds & {*SOURCES} else ()
        for key in (key for key, value in (maze["stated"] or {}).items() if value is not None and key not in allowed):
            problems.say(("maze", "stated", key), "design.not_here", why="a room without an accelerator")
    known(("maze", "door"), "door", maze["door"], ids(tree, "door"), problems)
    screens = {row["id"]: row for _, row in rows(tree, "screen")}
    room = Room.of(tree)
    for path, name in _walls(maze):
        known(path, "screen", name, ids(tree, "screen"), problems)
        _to_the_ceiling(path, screens.get(name), room, problems)
    if room is not None:
        _path(maze, room, problems)


def _walls(maze: Tree) -> list[tuple[Path, str]]:
    found: list[tuple[Path, str]] = [(("maze", "inner_wall"), maze["inner_wall"])]
    return found + [(("maze", "nibs", index), name) for index, name in enumerate(maze["nibs"] or ())]


def _to_the_ceiling(path: Path, screen: Tree | None, room: Room | None, problems: Problems) -> None:
    """Report a wall of the maze that ends below the ceiling: what comes over it is not computed."""
    if screen is None or room is None or screen["height"] is None:
        return
    if screen["height"] < room.height - CEILING_M:
        said = {"value": in_metres(screen["height"]), "height": in_metres(room.height)}
        problems.say(path, "design.maze_low", wall=screen["id"], **said)


def _path(maze: Tree, room: Room, problems: Problems) -> None:
    if maze["height"] is not None and maze["height"] > room.height:
        said = {"value": in_metres(maze["height"]), "most": in_metres(room.height)}
        problems.say(("maze", "height"), "design.wall_high", **said)
    before = None
    for index, at in enumerate(maze["path"] or ()):
        if at is None:
            continue
        if not contains(room.plan, at) and distance_to_boundary(room.plan, at) > SAME_M:
            problems.say(("maze", "path", index), "design.outside_room", position=_said(at))
        if before is not None and length(before, at) < SAME_M:
            problems.say(("maze", "path", index), "design.coincide", one="path", other="path")
        before = at


def _said(at: tuple[float, float]) -> str:
    return "[" + ", ".join(in_metres(value) for value in at) + "]"


def maze_of(tree: Tree) -> Maze | None:
    """Return the maze of a checked tree."""
    row = tree["maze"]
    if row is None:
        return None
    stated = dict(row["stated"] or {})
    document = stated.pop("document", "")
    return Maze(
        inner_wall=row["inner_wall"],
        door=row["door"],
        nibs=row["nibs"] or (),
        path=row["path"] or (),
        height_m=row["height"],
        stated={key: value for key, value in stated.items() if value is not None},
        document=document,
    )
