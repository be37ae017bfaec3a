"""Other rooms of a site as seen from one: where they begin and end, what of them a search has to look at. Metres."""

from collections.abc import Iterator
from dataclasses import replace

from shieldcalc.model.design import Xy, Xyz
from shieldcalc.model.geometry import contains, edges
from shieldcalc.model.maze import Maze
from shieldcalc.model.scene import Barrier, Neighbour, Scene
from shieldcalc.model.surfaces import Edges, Line, Surface, shadow_edges

APART = "/"


def seen_as(scene: Scene, room: str) -> Scene:
    """Return a room's scene with the room's name before the ids of its barriers and sources: ``ct_2/west``."""

    def named(barrier: Barrier) -> Barrier:
        host = None if barrier.host is None else f"{room}{APART}{barrier.host}"
        return replace(barrier, id=f"{room}{APART}{barrier.id}", host=host)

    barriers = tuple(named(barrier) for barrier in scene.barriers)
    sources = tuple(replace(source, id=f"{room}{APART}{source.id}") for source in scene.sources)
    ducts = tuple(replace(duct, barrier=f"{room}{APART}{duct.barrier}") for duct in scene.ducts)
    by_id = {each.id: each for each in barriers}
    return replace(scene, barriers=barriers, sources=sources, by_id=by_id, maze=_maze(scene, room), ducts=ducts)


def _maze(scene: Scene, room: str) -> Maze | None:
    """Return the maze of another room with the names that its walls and door have here."""
    if scene.maze is None:
        return None
    named = {name: f"{room}{APART}{name}" for name in (*scene.maze.walls, scene.maze.door)}
    nibs = tuple(named[name] for name in scene.maze.nibs)
    return replace(scene.maze, inner_wall=named[scene.maze.inner_wall], door=named[scene.maze.door], nibs=nibs)


def holds(scene: Scene, position: Xyz) -> bool:
    """Return whether a place in a room's own frame lies in its air, its walls or its slabs."""
    low, high = levels(scene)
    if not low <= position[2] <= high:
        return False
    return any(contains(body, position[:2]) for body in bodies(scene))


def levels(scene: Scene) -> tuple[float, float]:
    """Return the heights of the lower face of the floor and of the upper face of the ceiling."""
    slabs = {barrier.kind: barrier.thickness_m for barrier in scene.barriers if barrier.outline}
    return -slabs.get("floor", 0.0), scene.height_m + slabs.get("ceiling", 0.0)


def bodies(scene: Scene) -> Iterator[tuple[Xy, ...]]:
    """Yield the room's plan and the sections of its walls."""
    yield scene.plan
    yield from (section(wall) for wall in scene.barriers if wall.kind == "wall")


def section(wall: Barrier) -> tuple[Xy, ...]:
    """Return a wall on the plan, square at its ends."""
    (ax, ay), (bx, by), (nx, ny), t = wall.a, wall.b, wall.outward, wall.thickness_m
    return wall.a, wall.b, (bx + t * nx, by + t * ny), (ax + t * nx, ay + t * ny)


def starts_of(other: Neighbour) -> Iterator[Xyz]:
    """Yield the places from which another room's radiation comes, in this room's frame."""
    for source in other.scene.sources:
        if source.isocentre is not None:
            yield other.move.place(source.isocentre)
        yield from map(other.move.place, source.gamma_places)
        for beam in source.beams:
            yield other.move.place(beam.focus)
            yield other.move.place(beam.patient)


def edges_of(other: Neighbour) -> Edges:
    """Return the edges at which what a line from another room meets may change, in this room's frame."""
    place = other.move.place
    return tuple((place(first), place(second)) for first, second in shadow_edges(other.scene))


def borders(surface: Surface, other: Neighbour) -> list[Line]:
    """Return the lines on a surface at which another room begins or ends: there its own sources cease to count."""
    segments = [
        (_on(surface, other, a), _on(surface, other, b)) for body in bodies(other.scene) for a, b in edges(body)
    ]
    if surface.outline:
        return [((a[0], a[1]), (b[0], b[1])) for a, b in segments]
    p0, p1, q0, q1 = surface.box
    found: list[Line] = []
    for a, b in segments:
        if (a[2] > 0) != (b[2] > 0):
            p = a[0] + a[2] / (a[2] - b[2]) * (b[0] - a[0])
            found.append(((p, q0), (p, q1)))
    for level in levels(other.scene):
        q = level + other.move.at[2] - surface.origin[2]
        found.append(((p0, q), (p1, q)))
    return found


def _on(surface: Surface, other: Neighbour, corner: Xy) -> Xyz:
    """Return (p, q) of a corner of another room's plan and its distance from the surface."""
    at = other.move.place((*corner, 0.0))
    return *surface.coordinates(at), surface.height_over(at)
