"""The lengths, areas and angles of a maze from the plan, each replaced by what the design states for it.

The centre line runs along the middle of the corridor between the inner wall and the faces behind it, from the point
where the isocentre is just seen (the inner end) to the door; or as the design draws it. The wall that the door sees is
where the first leg, drawn backwards, meets the room's faces; as much of it reflects as the door or the outer end of the
first leg sees past the inner wall, never less than the corridor is wide (the worked example of NCRP 151 has 11.8 m2 for
a maze of 2.2 m by 3.5 m). Floor and ceiling are not looked at: all lines lie level.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import acos, degrees, dist, hypot, inf
from typing import NamedTuple

from shieldcalc.model.design import Xy, Xyz
from shieldcalc.model.geometry import along, crossing, direction, edges, length
from shieldcalc.model.maze import Maze
from shieldcalc.model.scene import Barrier, Scene
from shieldcalc.physics.therapy.rules import own_rule

STEP_M, FAR_M, TOUCH_M, SAME_M, EYE_M = 0.02, 1e3, 1e-3, 0.01, 0.1
Segment = tuple[Xy, Xy]


class Figure(NamedTuple):
    """A figure with its unit; ``plan`` is what the plan gives where the design states another one."""

    value: float
    unit: str
    stated: bool = False
    plan: float | None = None


class Hit(NamedTuple):
    """Where a line meets a face: the place, its distance in m, the angle from the face's normal in degrees."""

    at: Xy
    distance_m: float
    angle_deg: float
    face: Segment


class Faces:
    """The upright faces of a room with a maze: those of the plan, both sides and the ends of the maze's walls."""

    def __init__(self, scene: Scene, maze: Maze) -> None:
        self.plan = list(edges(scene.plan))
        self.walls = [scene.by_id[name] for name in maze.walls]
        self.blocks = [list(_sides(wall)) for wall in self.walls]
        self.all = [*self.plan, *(side for block in self.blocks for side in block)]

    def hit(self, start: Xy, toward: Xy) -> Hit:
        """Return where a line first meets a face; far away where it meets none."""
        end = along(start, toward, FAR_M)
        first, part = None, 1.0
        for face in self.all:
            met = crossing(start, end, *face)
            if met is not None and TOUCH_M < met[0] * FAR_M < part * FAR_M:
                first, part = face, met[0]
        if first is None:
            return Hit(end, FAR_M, 0.0, (end, end))
        return Hit(along(start, toward, part * FAR_M), part * FAR_M, from_normal(first, toward), first)

    def sees(self, start: Xy, end: Xy) -> bool:
        """Return whether nothing stands between two places."""
        size = length(start, end)
        return size < SAME_M or self.hit(start, direction(start, end)).distance_m >= size - SAME_M


def _sides(wall: Barrier) -> Iterator[Segment]:
    """Yield both faces and both ends of a wall of the maze, as thick and long as it is."""
    half, (ux, uy) = wall.thickness_m / 2, direction(wall.a, wall.b)
    a, b = along(wall.a, (ux, uy), -half), along(wall.b, (ux, uy), half)
    corners = [(p[0] - side * half * uy, p[1] + side * half * ux) for p, side in ((a, 1), (b, 1), (b, -1), (a, -1))]
    yield from zip(corners, [*corners[1:], corners[0]], strict=True)


def from_normal(face: Segment, toward: Xy) -> float:
    """Return the angle in degrees between a direction and the normal of a face."""
    ux, uy = direction(*face)
    across = abs(toward[0] * -uy + toward[1] * ux)
    return degrees(acos(min(1.0, across)))


class CentreLine(NamedTuple):
    """Corners from the inner end to the door on the plan, the width of the corridor, the wall that the door sees."""

    corners: tuple[Xy, ...]
    width: float
    seen: Hit

    @property
    def length(self) -> float:
        """Return its length in m."""
        return sum(length(a, b) for a, b in pairwise(self.corners))

    def nearest(self, at: Xy) -> tuple[Xy, float]:
        """Return the place on the line nearest to another, and how far it is from the inner end along the line."""
        best, behind = (inf, self.corners[0], 0.0), 0.0
        for a, size, (ux, uy) in _legs(self.corners):
            run = min(size, max(0.0, (at[0] - a[0]) * ux + (at[1] - a[1]) * uy))
            place = a[0] + run * ux, a[1] + run * uy
            best = min(best, (length(place, at), place, behind + run))
            behind += size
        return best[1], best[2]

    def at(self, run: float) -> Xy:
        """Return the place on the line so far (m) from its inner end."""
        for a, b in pairwise(self.corners):
            size = length(a, b)
            if run <= size:
                return along(a, direction(a, b), run)
            run -= size
        return self.corners[-1]


@lru_cache(maxsize=16)
def _legs(corners: tuple[Xy, ...]) -> list[tuple[Xy, float, Xy]]:
    """Return start, length in m and direction of each leg between corners."""
    return [(a, length(a, b), direction(a, b)) for a, b in pairwise(corners)]


def centre_line(scene: Scene, maze: Maze, isocentre: Xyz) -> CentreLine:
    """Return the centre line of a maze as seen from an isocentre."""
    faces, centre = Faces(scene, maze), isocentre[:2]
    door = scene.by_id[maze.door]
    at_door = ((door.a[0] + door.b[0]) / 2, (door.a[1] + door.b[1]) / 2)
    if maze.path:
        first, second = maze.path[0], maze.path[1]
        seen = faces.hit(first, direction(second, first))
        corners = (*maze.path, *((at_door,) if length(maze.path[-1], at_door) > SAME_M else ()))
        return CentreLine(corners, _width(faces, _longest(corners)), seen)
    wall = scene.by_id[maze.inner_wall]
    unit, away = direction(wall.a, wall.b), _away(wall, centre)
    middle = ((wall.a[0] + wall.b[0]) / 2, (wall.a[1] + wall.b[1]) / 2)
    width = faces.hit(along(middle, away, wall.thickness_m / 2 + TOUCH_M), away).distance_m + TOUCH_M
    line = along(middle, away, (wall.thickness_m + width) / 2)
    run = (at_door[0] - line[0]) * unit[0] + (at_door[1] - line[1]) * unit[1]
    outward = unit if run >= 0 else (-unit[0], -unit[1])
    end = along(line, outward, min(abs(run), faces.hit(line, outward).distance_m))
    seen = faces.hit(end, (-outward[0], -outward[1]))
    inner = _just_seen(faces, end, seen, centre)
    meets = length(end, at_door) < length(door.a, door.b) / 2
    corners = (inner, end) if meets else (inner, end, at_door)
    return CentreLine(corners, width, seen)


def seen_m(faces: Faces, line: CentreLine, door: Barrier) -> float:
    """Return how much (m) of its wall the door sees at most: from jambs and middle, or the first leg's outer end."""
    (a, b), last = line.seen.face, line.corners[-1]
    places = (door.a, door.b, ((door.a[0] + door.b[0]) / 2, (door.a[1] + door.b[1]) / 2))
    inward = direction(last, line.corners[-2])
    eyes = (line.corners[1], *(along(each, inward, EYE_M) for each in places))
    return max(_seen_from(faces, eye, a, b) for eye in dict.fromkeys(eyes))


def _seen_from(faces: Faces, eye: Xy, a: Xy, b: Xy) -> float:
    """Return how much (m) of a face a place sees: stretches between shadows of corners, each seen or not as a whole."""
    size, unit, shadows = length(a, b), direction(a, b), {0.0, 1.0}
    for corner in {end for face in faces.all for end in face if length(eye, end) > SAME_M}:
        met = crossing(eye, along(eye, direction(eye, corner), FAR_M), a, b)
        shadows |= set() if met is None else {met[1]}
    return sum(
        (end - start) * size
        for start, end in pairwise(sorted(shadows))
        if faces.sees(eye, along(a, unit, (start + end) / 2 * size))
    )


def _away(wall: Barrier, centre: Xy) -> Xy:
    """Return the wall's normal away from the isocentre."""
    ux, uy = direction(wall.a, wall.b)
    side = (centre[0] - wall.a[0]) * -uy + (centre[1] - wall.a[1]) * ux
    return (uy, -ux) if side > 0 else (-uy, ux)


def _just_seen(faces: Faces, end: Xy, seen: Hit, centre: Xy) -> Xy:
    """Return the first place from the outer end inwards from which the isocentre is seen, else the innermost one."""
    toward, size = direction(end, seen.at), length(end, seen.at)
    for step in range(int(size / STEP_M)):
        at = along(end, toward, step * STEP_M)
        if faces.sees(at, centre):
            return at
    return along(end, toward, max(0.0, size - STEP_M))


def _longest(corners: Sequence[Xy]) -> Segment:
    return max(pairwise(corners), key=lambda leg: length(*leg))


def _width(faces: Faces, leg: Segment) -> float:
    (ux, uy), (a, b) = direction(*leg), leg
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    return faces.hit(middle, (-uy, ux)).distance_m + faces.hit(middle, (uy, -ux)).distance_m


def inner_opening(scene: Scene, maze: Maze) -> float:
    """Return the clear width in m between the free end of the inner wall and the nearest face across from it."""
    faces = Faces(scene, maze)
    block, others = faces.blocks[0], [side for each in faces.blocks[1:] for side in each]
    widths = []
    for end in (block[1], block[3]):  # the two ends of the wall
        middle = ((end[0][0] + end[1][0]) / 2, (end[0][1] + end[1][1]) / 2)
        outward = direction(scene.by_id[maze.inner_wall].b, middle)
        if length(scene.by_id[maze.inner_wall].a, middle) < length(scene.by_id[maze.inner_wall].b, middle):
            outward = direction(scene.by_id[maze.inner_wall].a, middle)
        free = faces.hit(middle, outward).distance_m
        if free < FAR_M:  # the other end stands in a wall of the room
            widths.append(min([free, *(_apart(middle, side) for side in others)]))
    return max(widths)


def _apart(at: Xy, side: Segment) -> float:
    (ax, ay), (bx, by) = side
    ex, ey = bx - ax, by - ay
    t = min(1.0, max(0.0, ((at[0] - ax) * ex + (at[1] - ay) * ey) / (ex * ex + ey * ey or 1.0)))
    return hypot(at[0] - ax - t * ex, at[1] - ay - t * ey)


class Beams(NamedTuple):
    """The beam that the maze is reckoned with: where it meets a wall, and the targets and angles."""

    angle_deg: float
    target: Xyz
    met: Hit
    d_h: float


class Lay(NamedTuple):
    """A maze as one accelerator sees it: figures by the documents' symbols, the centre line, its height."""

    figures: Mapping[str, Figure]
    line: CentreLine
    height: float
    sees_isocentre: bool

    def of(self, name: str) -> float:
        """Return one figure by its symbol."""
        return self.figures[name].value

    def stated(self, name: str) -> float | None:
        """Return a figure that only the design can state, None where it does not."""
        return self.figures[name].value if name in self.figures else None


def lay(
    scene: Scene, maze: Maze, line: CentreLine, isocentre: Xyz, beam: Beams, field_m: float, scatter_deg: float
) -> Lay:
    """Return the figures of a maze for a beam that meets a wall; lengths in m, areas in m2, angles in degrees."""
    faces, opening = Faces(scene, maze), inner_opening(scene, maze)
    centre, inner, height = isocentre[:2], line.corners[0], maze.height_m or scene.height_m
    height = maze.stated.get("height", height)
    width = maze.stated.get("width", line.width)
    wide = max(width, seen_m(faces, line, scene.by_id[maze.door]))
    back = direction(beam.met.at, inner)
    far = faces.hit(inner, back)
    onward = direction(far.at, line.corners[1])
    from_isocentre = direction(centre, line.seen.at)
    unit = direction(scene.by_id[maze.inner_wall].a, scene.by_id[maze.inner_wall].b)
    normal = (-unit[1], unit[0])
    d_L, d_W = (
        sum(faces.hit(centre, (sign * way[0], sign * way[1])).distance_m for sign in (1, -1)) for way in (unit, normal)
    )
    beyond = length(line.seen.at, inner)
    plan: dict[str, tuple[float, str]] = {
        "width": (line.width, "m"), "height": (maze.height_m or scene.height_m, "m"),
        "dh": (beam.d_h, "m"), "dr": (length(beam.met.at, inner), "m"), "dz": (line.length, "m"),
        "dsec": (length(centre, line.seen.at), "m"), "dleak": (length(centre, line.seen.at), "m"),
        "dzz": (beyond + line.length, "m"), "d1": (length(centre, inner), "m"), "d2": (line.length, "m"),
        "a0": ((field_m * beam.d_h) ** 2, "m2"), "az": (opening * height, "m2"),
        "a1": (wide * height, "m2"), "s0": (opening * height, "m2"), "s1": (width * height, "m2"),
        "sr": (2 * (d_L * d_W + scene.height_m * (d_L + d_W)), "m2"),
        "incidence0": (beam.met.angle_deg, "deg"), "reflection0": (from_normal(beam.met.face, back), "deg"),
        "incidencez": (far.angle_deg, "deg"), "reflectionz": (from_normal(far.face, onward), "deg"),
        "incidence1": (from_normal(line.seen.face, from_isocentre), "deg"),
        "reflection1": (line.seen.angle_deg, "deg"),
        "scatter_angle": (scatter_deg, "deg"),
    }  # fmt: skip
    if len(maze.path) > 2 and (first := _before_bend(line)) is not None:
        plan |= {"d2": (first, "m"), "d3": (line.length - first, "m")}
    figures = {name: stated_or(maze, name, value, unit) for name, (value, unit) in plan.items()}
    for name, value in maze.stated.items():
        if name not in figures:
            figures[name] = Figure(value, "m" if name == "d3" else "", True)
    return Lay(figures, line, height, faces.sees(line.corners[-1], centre))


def _before_bend(line: CentreLine) -> float | None:
    """Return the metres to the first corner that is a bend, None without one.

    A bend turns far enough, with a leg no shorter than the corridor's width before and behind it.
    """
    walked = 0.0
    for (_, size, one), (_, _, other) in pairwise(_legs(line.corners)):
        walked += size
        turn = degrees(acos(max(-1.0, min(1.0, one[0] * other[0] + one[1] * other[1]))))
        if turn >= own_rule("bend_least") and line.width <= min(walked, line.length - walked):
            return walked
    return None


def stated_or(maze: Maze, name: str, value: float, unit: str) -> Figure:
    """Return a figure of the plan, or what the design states in its place."""
    if name in maze.stated:
        return Figure(maze.stated[name], unit, True, value)
    return Figure(value, unit)


def beam_at(scene: Scene, maze: Maze, isocentre: Xyz, target: Xyz, angle_deg: float) -> Beams | None:
    """Return where the central ray of a beam meets a wall; None where it points to floor or ceiling."""
    across = length(target[:2], isocentre[:2])
    if across < SAME_M:
        return None
    toward = direction(target[:2], isocentre[:2])
    met = Faces(scene, maze).hit(isocentre[:2], toward)
    run = across + met.distance_m
    z = target[2] + (isocentre[2] - target[2]) * run / across
    if not 0 <= z <= scene.height_m:
        return None
    return Beams(angle_deg, target, met, dist(target, (*met.at, z)))
