"""Whether a primary beam reaches a door on ways that no term of a maze knows.

Two are looked for, with the largest field, its diagonal across, at any gantry angle, all lines level: through a wall of
the maze (or another one) into the corridor and back from its outer wall (SRS 47, Section 6.2.3), and straight onto a
wall that the door sees. Neither is computed: the photons at the door then are not known.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, sqrt
from typing import NamedTuple

from shieldcalc.errors import OutsideDataError
from shieldcalc.model.design import Source, Xy
from shieldcalc.model.gantry import across
from shieldcalc.model.geometry import along, crossing, direction, length
from shieldcalc.model.maze import Maze
from shieldcalc.model.scene import Scene
from shieldcalc.physics.therapy.maze_plan import FAR_M, CentreLine, Faces, Hit, centre_line

EVERY_M = 0.2


class _Ray(NamedTuple):
    """A ray of the beam from the isocentre's side of the field, and where it first meets a face."""

    start: Xy
    toward: Xy
    met: Hit


def unknown_way(source: Source, scene: Scene, maze: Maze, line: CentreLine | None = None) -> OutsideDataError | None:
    """Return the way of a beam to the door that is not computed, None where there is none; ``line`` if it is known."""
    assert source.isocentre is not None
    line = line or centre_line(scene, maze, source.isocentre)
    faces, door = Faces(scene, maze), scene.by_id[maze.door]
    at_door = (along(door.a, direction(door.a, door.b), length(door.a, door.b) * share) for share in (0.02, 0.5, 0.98))
    seen_from = (*at_door, line.corners[-1])
    for ray in _rays(source, faces):
        wall = _lit(faces, ray)
        if wall or _behind(ray, line.corners):
            return OutsideDataError("therapy_maze_beam_through", wall=wall or maze.inner_wall)
        if any(faces.sees(place, ray.met.at) for place in seen_from):
            x, y = ray.met.at
            return OutsideDataError("therapy_maze_beam_seen", x=f"{x:.1f}", y=f"{y:.1f}")
    return None


def _rays(source: Source, faces: Faces) -> Iterator[_Ray]:
    """Yield level rays over the largest field to both sides, at most ``EVERY_M`` apart where they meet a face."""
    machine, isocentre = source.accelerator, source.isocentre
    assert machine is not None
    assert isocentre is not None
    half, centre = machine.field_m * sqrt(2) / 2, isocentre[:2]
    for toward in (across(machine.axis), across((-machine.axis[0], -machine.axis[1]))):
        target = along(centre, toward, -machine.source_distance_m)
        reach = half * (1 + faces.hit(centre, toward).distance_m / machine.source_distance_m)
        steps = ceil(2 * reach / EVERY_M)
        for step in range(steps + 1):
            start = along(centre, machine.axis, half * (2 * step / steps - 1))
            way = direction(target, start)
            yield _Ray(start, way, faces.hit(start, way))


def _lit(faces: Faces, ray: _Ray) -> str:
    """Return the wall of the maze that a ray meets, empty where it meets another."""
    return next((wall.id for wall, block in zip(faces.walls, faces.blocks, strict=True) if ray.met.face in block), "")


def _behind(ray: _Ray, corners: Sequence[Xy]) -> bool:
    """Return whether a ray meets the corridor behind the face that it first meets."""
    end = along(ray.start, ray.toward, FAR_M)
    return any(crossing(ray.met.at, end, a, b) is not None for a, b in pairwise(corners))
