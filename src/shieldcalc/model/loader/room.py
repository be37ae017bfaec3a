"""Checks of the room itself: a simple plan, walls that close it, openings inside their walls."""

from collections.abc import Iterator
from typing import Any

from shieldcalc.model.design import Xy
from shieldcalc.model.geometry import along, direction, edges, length
from shieldcalc.model.loader.geometry import TOLERANCE_M, Edge, crossings
from shieldcalc.model.loader.lines import Path, dotted
from shieldcalc.model.loader.names import openings, rows
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree


def plan_of(tree: Tree) -> tuple[Xy, ...] | None:
    """Return the plan, or None when a corner of it was refused."""
    plan = (tree["room"] or {}).get("plan")
    return None if plan is None or None in plan else plan


def check_room(tree: Tree, problems: Problems) -> None:
    """Report a plan that is no simple polygon, edges not covered once by walls, openings out of place."""
    plan = plan_of(tree)
    if plan is None or not _plan(plan, problems):
        return
    height = tree["room"]["height"]
    for index, wall in rows(tree, "wall"):
        _wall(("wall", index), wall, plan, height, problems)
    _covered(tree, plan, problems)
    _openings(tree, plan, height, problems)


def metres(value: float) -> str:
    """Return a length as an error says it, to the millimetre."""
    return f"{round(value, 3):g} m"


def _corner(place: Xy) -> str:
    return f"({metres(place[0])}, {metres(place[1])})"


def _plan(plan: tuple[Xy, ...], problems: Problems) -> bool:
    good = True
    for index, (a, b) in enumerate(edges(plan)):
        if length(a, b) < TOLERANCE_M:
            following = (index + 1) % len(plan)
            problems.say(("room", "plan", following or index), "design.plan_repeats", corner=_corner(b))
            good = False
    if not good:
        return False
    for one, other in crossings(plan):
        problems.say(("room", "plan", other), "design.plan_crosses", one=one + 1, other=other + 1)
        return False
    return True


def span(wall: Tree, plan: tuple[Xy, ...]) -> tuple[float, float] | None:
    """Return from where to where a wall stands along its edge (m); None when its edge was refused."""
    edge = wall["edge"]
    if edge is None or edge > len(plan):
        return None
    size = length(*list(edges(plan))[int(edge) - 1])
    start, end = wall["from"] or 0.0, wall["to"]
    return start, size if end is None or abs(end - size) < TOLERANCE_M else end


def _wall(path: Path, wall: Tree, plan: tuple[Xy, ...], height: float | None, problems: Problems) -> None:
    if wall["height"] is not None and height is not None and wall["height"] > height + TOLERANCE_M:
        problems.say((*path, "height"), "design.wall_high", value=metres(wall["height"]), most=metres(height))
    if wall["edge"] is not None and wall["edge"] > len(plan):
        problems.say((*path, "edge"), "design.no_edge", value=int(wall["edge"]), most=len(plan))
    part = span(wall, plan)
    if part is None:
        return
    size = length(*list(edges(plan))[int(wall["edge"]) - 1])
    for key, value in zip(("from", "to"), part, strict=True):
        if value > size + TOLERANCE_M:
            said = {"value": metres(value), "edge": int(wall["edge"]), "most": metres(size)}
            problems.say((*path, key), "design.off_edge", **said)
    if part[1] <= part[0] + TOLERANCE_M:
        key = "to" if wall["to"] is not None else "from"
        problems.say((*path, key), "design.wall_backwards", start=metres(part[0]), end=metres(part[1]))


def _refused(path: Path, wall: Tree | None, problems: Problems) -> bool:
    return wall is None or wall["edge"] is None or any(problems.about((*path, key)) for key in ("edge", "from", "to"))


def _covered(tree: Tree, plan: tuple[Xy, ...], problems: Problems) -> None:
    """Every edge is covered by walls from end to end, without gap or overlap."""
    walls = list(enumerate(tree["wall"] or ()))
    if not walls or any(_refused(("wall", index), wall, problems) for index, wall in walls):
        return
    for number, (a, b) in enumerate(edges(plan)):
        here = [(index, wall) for index, wall in walls if wall["edge"] == number + 1]
        parts = sorted((*(span(wall, plan) or (0.0, 0.0)), index) for index, wall in here)
        if not parts:
            problems.say(("room", "plan", number), "design.not_closed", edge=number + 1, a=_corner(a), b=_corner(b))
        else:
            _one_edge(number + 1, parts, length(a, b), problems)


def _one_edge(edge: int, parts: list[tuple[float, float, int]], size: float, problems: Problems) -> None:
    reached, last = 0.0, parts[0][2]
    for start, end, index in parts:
        if start > reached + TOLERANCE_M:
            problems.say(("wall", index, "from"), "design.gap", edge=edge, start=metres(reached), end=metres(start))
        elif start < reached - TOLERANCE_M:
            ends = {"start": metres(start), "end": metres(min(end, reached))}
            said = {"edge": edge, **ends, "other": dotted(("wall", last))}
            problems.say(("wall", index, "from"), "design.overlap", **said)
        reached, last = max(reached, end), index
    if reached < size - TOLERANCE_M:
        problems.say(("wall", last, "to"), "design.gap", edge=edge, start=metres(reached), end=metres(size))


def _openings(tree: Tree, plan: tuple[Xy, ...], height: float | None, problems: Problems) -> None:
    walls = {wall["id"]: wall for _, wall in rows(tree, "wall") if wall["id"] is not None}
    placed: list[tuple[str, tuple[float, ...], str]] = []
    for path, opening in openings(tree):
        wall = walls.get(opening["wall"])
        part = span(wall, plan) if wall is not None else None
        if wall is None or part is None:
            continue
        _sideways(path, opening, opening["wall"], part, problems)
        top = wall["height"] or height
        if top is not None:
            _upright(path, opening, opening["wall"], top, problems)
        _overlapping(path, opening, placed, problems)


def _sideways(path: Path, opening: Tree, wall: str, part: tuple[float, float], problems: Problems) -> None:
    start, width = opening["from"], opening["width"]
    if start is not None and not part[0] - TOLERANCE_M <= start <= part[1]:
        said = {"value": metres(start), "wall": wall, "start": metres(part[0]), "end": metres(part[1])}
        problems.say((*path, "from"), "design.opening_outside", **said)
    elif start is not None and width is not None and start + width > part[1] + TOLERANCE_M:
        said = {"value": metres(width), "wall": wall, "most": metres(part[1] - start), "end": metres(part[1])}
        problems.say((*path, "width"), "design.opening_wide", **said)


def _upright(path: Path, opening: Tree, wall: str, top: float, problems: Problems) -> None:
    sill, height = opening["sill"] or 0.0, opening["height"]
    if sill > top:
        problems.say((*path, "sill"), "design.opening_tall", value=metres(sill), wall=wall, most=metres(top))
    elif height is not None and sill + height > top + TOLERANCE_M:
        problems.say((*path, "height"), "design.opening_tall", value=metres(sill + height), wall=wall, most=metres(top))


def _overlapping(path: Path, opening: Tree, placed: list[Any], problems: Problems) -> None:
    values = [opening["from"], opening["width"], opening["sill"] or 0.0, opening["height"]]
    if None in values:
        return
    start, width, sill, height = values
    box = (start, start + width, sill, sill + height)
    for wall, other, name in placed:
        if wall == opening["wall"] and _meet(box[:2], other[:2]) and _meet(box[2:], other[2:]):
            ends = {"start": metres(other[0]), "end": metres(other[1])}
            problems.say((*path, "from"), "design.openings_overlap", other=name, wall=wall, **ends)
    placed.append((opening["wall"], box, opening["id"] or dotted(path)))


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[1] - TOLERANCE_M and other[0] < one[1] - TOLERANCE_M


def thickness(layers: Any) -> float:
    """Return the thickness in m of layers, as far as they are known."""
    return sum((layer and (layer["thickness"] or layer["lead_equivalent"])) or 0.0 for layer in layers or ()) / 1000


def upright(tree: Tree, plan: tuple[Xy, ...]) -> Iterator[tuple[Tree, Edge]]:
    """Yield every wall with its inner face on the plan."""
    sides = list(edges(plan))
    for _, wall in rows(tree, "wall"):
        part = span(wall, plan)
        if part is not None:
            a, unit = sides[int(wall["edge"]) - 1][0], direction(*sides[int(wall["edge"]) - 1])
            yield wall, (along(a, unit, part[0]), along(a, unit, part[1]))
