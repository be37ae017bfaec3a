"""Checks of places in space: sources inside the room, nothing inside a barrier, beams that meet what they aim at."""

from collections.abc import Iterator
from typing import Any

from shieldcalc.model.design import Xy, Xyz
from shieldcalc.model.geometry import contains, direction, edges, length
from shieldcalc.model.loader.geometry import TOLERANCE_M, along_and_off, apart, distance, on_edge, on_level
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.names import INSIDE_ROOM, openings, rows
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.room import metres, plan_of, span, thickness, upright
from shieldcalc.model.loader.structure import Tree

NEAREST_M = 0.01


def check_positions(tree: Tree, problems: Problems) -> None:
    """Report sources outside the room or in a barrier, points in a barrier, places that coincide, beams that miss."""
    room = Room.of(tree)
    if room is None or any(problem.key.startswith("room.plan") for problem in problems.found):
        return
    for index, source in rows(tree, "source"):
        _source(("source", index), source, room, problems)
    for index, point in rows(tree, "point"):
        _point(("point", index, "position"), point["position"], room, problems)
        _inside(("point", index), point, room, problems)
        _away_from_sources(("point", index, "position"), point["position"], tree, problems)
    for index, screen in rows(tree, "screen"):
        _screen(("screen", index), screen, room, problems)
    _console(tree["console"] or {}, tree, room, problems)


class Room:
    """The room's plan, height and what stands in it, as far as it was understood."""

    def __init__(self, tree: Tree, plan: tuple[Xy, ...], height: float) -> None:
        self.tree = tree
        self.plan = plan
        self.height = height
        self.sides = list(edges(plan))

    @classmethod
    def of(cls, tree: Tree) -> "Room | None":
        """Return the room, or None when its plan or height was refused."""
        plan, height = plan_of(tree), (tree["room"] or {}).get("height")
        return None if plan is None or height is None else cls(tree, plan, height)

    def holds(self, at: Xyz) -> bool:
        """Return whether a place is in the room's air or between its faces, screens not regarded."""
        clear = min(distance(side, at[:2]) for side in self.sides) > TOLERANCE_M
        return contains(self.plan, at[:2]) and clear and TOLERANCE_M < at[2] < self.height - TOLERANCE_M

    def barrier_at(self, at: Xyz) -> str | None:
        """Return the id of the barrier inside whose thickness a place lies."""
        return self._slab_at(at) or self._screen_at(at) or self._wall_at(at)

    def _slab_at(self, at: Xyz) -> str | None:
        below = thickness((self.tree["floor"] or {}).get("layers"))
        above = thickness((self.tree["ceiling"] or {}).get("layers"))
        if not contains(self.plan, at[:2]):
            return None
        if -below - TOLERANCE_M < at[2] <= TOLERANCE_M:
            return "floor"
        return "ceiling" if self.height - TOLERANCE_M <= at[2] < self.height + above + TOLERANCE_M else None

    def _screen_at(self, at: Xyz) -> str | None:
        for _, screen in rows(self.tree, "screen"):
            if screen["from"] is None or screen["to"] is None:
                continue
            near = distance((screen["from"], screen["to"]), at[:2]) < thickness(screen["layers"]) + TOLERANCE_M
            if near and 0 <= at[2] <= (screen["height"] or self.height):
                return str(screen["id"])
        return None

    def _wall_at(self, at: Xyz) -> str | None:
        """Outside the plan, but no farther from a wall's inner face than the wall, or the opening there, is thick.

        Beside a wall that shares its edge with others these are what is there; at a corner of the room it goes on.
        """
        outside = not contains(self.plan, at[:2])
        for wall, face in upright(self.tree, self.plan):
            here = self._opening_thickness(wall["id"], at)
            deep = max(thickness(wall["layers"]) if here is None else here, TOLERANCE_M) + TOLERANCE_M
            off = distance(face, at[:2])
            if self._beside_another(wall["id"], face, at[:2]):
                continue
            beside = -TOLERANCE_M <= at[2] <= (wall["height"] or self.height) + TOLERANCE_M
            if beside and ((outside and off < deep) or off <= TOLERANCE_M):
                return str(wall["id"])
        return None

    def _beside_another(self, wall: str | None, face: tuple[Xy, Xy], at: Xy) -> bool:
        """Return whether a place lies before the edge of a wall, but not before the part of it that the wall takes."""
        edge = self._edge_of(wall)
        if edge is None:
            return False
        along, (start, end) = along_and_off(edge, at)[0], (along_and_off(edge, each)[0] for each in face)
        on_edge_of_wall = 0 <= along <= length(*edge)
        return on_edge_of_wall and not min(start, end) - TOLERANCE_M <= along <= max(start, end) + TOLERANCE_M

    def _opening_thickness(self, wall: str | None, at: Xyz) -> float | None:
        for _, opening in openings(self.tree):
            edge = self._edge_of(wall) if opening["wall"] == wall else None
            if edge is None or None in (opening["from"], opening["width"], opening["height"]):
                continue
            along, sill = along_and_off(edge, at[:2])[0] - opening["from"], opening["sill"] or 0.0
            if 0 <= along <= opening["width"] and sill <= at[2] <= sill + opening["height"]:
                return thickness(opening["layers"])
        return None

    def _edge_of(self, wall_id: str | None) -> tuple[Xy, Xy] | None:
        for _, wall in rows(self.tree, "wall"):
            if wall["id"] == wall_id and wall["edge"] is not None and wall["edge"] <= len(self.sides):
                return self.sides[int(wall["edge"]) - 1]
        return None

    def hit(self, focus: Xyz, through: Xyz, barrier: str) -> Xyz | None:
        """Return where the ray from focus through a place meets the inner face of a barrier; None if it does not."""
        if barrier in ("floor", "ceiling"):
            met = on_level(focus, through, 0.0 if barrier == "floor" else self.height)
            return met if met is not None and self._on_plan(met[:2]) else None
        for name, edge, (low, high), (bottom, top) in self.faces():
            if name == barrier:
                where = on_edge(focus, through, edge)
                if where is not None and _within(where[0], low, high) and _within(where[1], bottom, top):
                    (ux, uy), (ax, ay) = direction(*edge), edge[0]
                    return (ax + where[0] * ux, ay + where[0] * uy, where[1])
        return None

    def _on_plan(self, at: Xy) -> bool:
        return contains(self.plan, at) or min(distance(side, at) for side in self.sides) < TOLERANCE_M

    def faces(self) -> Iterator[tuple[str, tuple[Xy, Xy], tuple[float, float], tuple[float, float]]]:
        """Yield (id, edge, span along it, span in height) of walls, then openings."""
        for _, wall in rows(self.tree, "wall"):
            part = span(wall, self.plan)
            if part is not None:
                yield str(wall["id"]), self.sides[int(wall["edge"]) - 1], part, (0.0, wall["height"] or self.height)
        for _, opening in openings(self.tree):
            edge = self._edge_of(opening["wall"])
            if edge is not None and None not in (opening["from"], opening["width"], opening["height"]):
                sill, start = opening["sill"] or 0.0, opening["from"]
                yield str(opening["id"]), edge, (start, start + opening["width"]), (sill, sill + opening["height"])

    def met_by(self, focus: Xyz, through: Xyz) -> str:
        """Return the id of the first barrier that a ray meets, for the words of an error."""
        names = ["floor", "ceiling", *(name for name, *_ in self.faces())]
        hits = [(apart(focus, at), name) for name in names if (at := self.hit(focus, through, name)) is not None]
        return min(hits)[1] if hits else "nothing"


def _within(value: float, low: float, high: float) -> bool:
    return low - TOLERANCE_M <= value <= high + TOLERANCE_M


def _source(path: Path, source: Tree, room: Room, problems: Problems) -> None:
    _in_room((*path, "isocentre"), source["isocentre"], room, problems)
    _in_room((*path, "position"), source["position"], room, problems)
    for index, at in enumerate(source["positions"] or ()):
        _in_room((*path, "positions", index), at, room, problems)
    _in_room((*path, "safe", "position"), (source["safe"] or {}).get("position"), room, problems)
    for index, exposure in rows(source, "exposure"):
        for number, at in enumerate(exposure["positions"] or ()):
            _in_room((*path, "exposure", index, "positions", number), at, room, problems)
    for index, beam in rows(source, "beam"):
        at = (*path, "beam", index)
        good = [_in_room((*at, key), beam[key], room, problems) for key in ("focus", "patient")]
        if all(good):
            _beam(at, beam, room, problems)


def _in_room(path: Path, at: Any, room: Room, problems: Problems) -> bool:
    """Report a source position that is not in the room's air; return whether it is."""
    if at is None:
        return False
    barrier = room.barrier_at(at)
    if barrier is not None:
        problems.say(path, "design.in_barrier", position=_said(at), barrier=barrier)
    elif at[2] > room.height or at[2] < 0:
        problems.say(path, "design.beyond_height", position=_said(at), height=metres(room.height))
    elif not room.holds(at):
        problems.say(path, "design.outside_room", position=_said(at))
    else:
        return True
    return False


def _beam(path: Path, beam: Tree, room: Room, problems: Problems) -> None:
    focus, patient, toward = beam["focus"], beam["patient"], beam["toward"]
    if apart(focus, patient) < NEAREST_M:
        problems.say((*path, "patient"), "design.coincide", one="focus", other="patient")
    elif isinstance(toward, str):
        named = {name for name, *_ in room.faces()} | {"floor", "ceiling"}
        if toward in named and room.hit(focus, patient, toward) is None:
            problems.say((*path, "toward"), "design.beam_misses", toward=toward, met=room.met_by(focus, patient))
    elif toward is not None:
        _target(path, focus, patient, toward, problems)


def _target(path: Path, focus: Xyz, patient: Xyz, target: Xyz, problems: Problems) -> None:
    for name, place in (("focus", focus), ("patient", patient)):
        if apart(target, place) < NEAREST_M:
            problems.say((*path, "toward"), "design.coincide", one=name, other="toward")
            return
    if sum((p - f) * (t - f) for f, p, t in zip(focus, patient, target, strict=True)) <= 0:
        problems.say((*path, "toward"), "design.beam_away")


def _point(path: Path, at: Any, room: Room, problems: Problems) -> None:
    barrier = None if at is None else room.barrier_at(at)
    if barrier is not None:
        problems.say(path, "design.in_barrier", position=_said(at), barrier=barrier)


def _inside(path: Path, point: Tree, room: Room, problems: Problems) -> None:
    """Report a point outside the room that is said to be inside: rules on places outside would not be judged there."""
    said = (point["beyond"] or {}).get("kind") == INSIDE_ROOM
    if said and point["position"] is not None and not room.holds(point["position"]):
        problems.say((*path, "beyond", "kind"), "design.inside_room_only")


def _away_from_sources(path: Path, at: Any, tree: Tree, problems: Problems) -> None:
    for _, source in rows(tree, "source"):
        places = [source["isocentre"], source["position"], *(source["positions"] or ())]
        places.append((source["safe"] or {}).get("position"))
        places += [place for _, exposure in rows(source, "exposure") for place in exposure["positions"] or ()]
        places += [*(beam[key] for _, beam in rows(source, "beam") for key in ("focus", "patient"))]
        if at is not None and any(place is not None and apart(at, place) < NEAREST_M for place in places):
            problems.say(path, "design.at_source", source=source["id"])


def _screen(path: Path, screen: Tree, room: Room, problems: Problems) -> None:
    ends = screen["from"], screen["to"]
    for key, end in zip(("from", "to"), ends, strict=True):
        on_plan = end is None or contains(room.plan, end) or min(distance(s, end) for s in room.sides) < TOLERANCE_M
        if not on_plan:
            problems.say((*path, key), "design.outside_room", position=_said(end))
    if None not in ends and length(*ends) < NEAREST_M:
        problems.say((*path, "to"), "design.coincide", one="from", other="to")
    if screen["height"] is not None and screen["height"] > room.height + TOLERANCE_M:
        problems.say((*path, "height"), "design.wall_high", value=metres(screen["height"]), most=metres(room.height))


def _console(console: Tree, tree: Tree, room: Room, problems: Problems) -> None:
    location, at, path = console.get("location"), console.get("position"), ("console", "position")
    _point(path, at, room, problems)
    _away_from_sources(path, at, tree, problems)
    if location == "in_room":
        if at is None and not problems.about(path):
            problems.say(path, "design.needed_here", why="a console in the room")
        elif at is not None and room.barrier_at(at) is None and not room.holds(at):
            problems.say(path, "design.outside_room", position=_said(at))
        if console["barrier"] is not None:
            problems.say(("console", "barrier"), "design.not_here", why="a console in the room")
    elif location == "outside":
        if at is not None and room.holds(at):
            problems.say(path, "design.console_inside", position=_said(at))
        if console["screen"] is not None:
            problems.say(("console", "screen"), "design.not_here", why="a console outside the room")


def _said(at: Any) -> str:
    return "[" + ", ".join(metres(value) for value in at) + "]"
