"""Which places of an accelerator's head a place can see past the maze's walls: exact intervals on the plan.

Turning about the isocentre, the head moves in the plan on a straight stretch as long as twice its distance, once over
and once under the isocentre. What a place sees of that stretch are the intervals that no screen shades and, from
outside, that its doors and windows let it see. The heads of every few degrees within them are tried, and the ends and
the middle of each interval, so that no slot between two walls is too narrow.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import asin, degrees, dist
from typing import NamedTuple

from shieldcalc.model.design import Xy, Xyz
from shieldcalc.model.gantry import target
from shieldcalc.model.geometry import contains, direction, distance_to_boundary
from shieldcalc.model.scene import Barrier, Scene
from shieldcalc.physics.therapy.rotation import Rotation

PLACES_KEPT = 4096
WIDER_M, JOINT_M, INSIDE, THIN = 1e-3, 4e-3, 1e-3, 1e-9
Interval = tuple[float, float]  # of the stretch of the head, 0 to 1
WHOLE = (0.0, 1.0)


class Heads:
    """The places of one accelerator's head among the screens and openings of a room."""

    def __init__(self, scene: Scene, rotation: Rotation) -> None:
        self.scene, self.rotation = scene, rotation
        (first, _), (last, _) = rotation.heads[0], rotation.heads[-1]
        self.ends: tuple[Xy, Xy] = first[:2], last[:2]
        length = dist(*self.ends)
        self.known = [(dist(self.ends[0], pair[0][:2]) / length, pair) for pair in rotation.heads]
        self.screens = [(each.a, each.b) for each in scene.barriers if each.kind == "screen"]
        self.openings = [_around(scene, each) for each in scene.barriers if each.host is not None]
        self.frames = [_Frame.of(scene, each) for each in scene.barriers if each.host is not None]
        self.closed = _closed(scene)
        self._of_place = lru_cache(maxsize=PLACES_KEPT)(self._seen_in_plan)

    def seen_from(self, position: Xyz) -> list[Xyz]:
        """Return the heads that no screen hides from a place, those of them that only walls hide left out."""
        return self._of_place(position[:2], level=0 <= position[2] <= self.scene.height_m)

    def _seen_in_plan(self, position: Xy, *, level: bool) -> list[Xyz]:
        view = _View.of(self.ends, position)
        if view is None:
            return [head for _, pair in self.known for head in pair]
        inside = level and self._inside(position)
        lit = self._lit(view, inside=inside)
        if not lit:
            return []
        shaded = [each for screen in self.screens if (each := view.of_segment(*screen)) is not None]
        seen = [head for interval in _less(lit, shaded) for head in self._within(interval)]
        if inside or not self.closed:
            return seen
        return [head for head in seen if any(frame.met(head, position) for frame in self.frames)]

    def _inside(self, place: Xy) -> bool:
        """Return whether a place lies on the plan of the room, its rim included."""
        xs, ys = zip(*self.scene.plan, strict=True)
        within = (
            min(xs) - WIDER_M <= place[0] <= max(xs) + WIDER_M and min(ys) - WIDER_M <= place[1] <= max(ys) + WIDER_M
        )
        return within and (contains(self.scene.plan, place) or distance_to_boundary(self.scene.plan, place) <= WIDER_M)

    def _lit(self, view: "_View", *, inside: bool) -> list[Interval]:
        """Return what a place can see if there were no screens: from outside a closed room through openings alone."""
        if inside or not self.closed:
            return [WHOLE]
        found = (view.of_outline(corners) for corners in self.openings)
        return _joined(each for each in found if each is not None)

    def _within(self, interval: Interval) -> Iterator[Xyz]:
        """Yield the heads of every few degrees in an interval, and those at its ends and in its middle."""
        low, high = interval
        for at, pair in self.known:
            if low - THIN <= at <= high + THIN:
                yield from pair
        for part in (INSIDE, 0.5, 1 - INSIDE):
            angle = degrees(asin(2 * (low + part * (high - low)) - 1))
            for turned in (angle, 180 - angle):
                yield target(self.rotation.isocentre, self.rotation.axis, turned, self.rotation.distance_m)


class _View(NamedTuple):
    """A place that looks at a stretch: places as shares (a, b) of its two ends, both positive within the view."""

    place: Xy
    a: Xy
    b: Xy

    @classmethod
    def of(cls, ends: tuple[Xy, Xy], place: Xy) -> "_View | None":
        """Return the view; None from a place in line with the stretch."""
        (ax, ay), (bx, by) = ((x - place[0], y - place[1]) for x, y in ends)
        area = ax * by - ay * bx
        if abs(area) < THIN:
            return None
        return cls(place, (by / area, -bx / area), (-ay / area, ax / area))

    def of_segment(self, one: Xy, other: Xy) -> Interval | None:
        """Return the interval of the stretch that a segment between it and the place covers, None for none."""
        (a0, b0), (a1, b1) = self._shares(one), self._shares(other)
        enter, leave = 0.0, 1.0
        for first, last in ((a0, a1), (b0, b1), (1 - a0 - b0, 1 - a1 - b1)):
            if first < 0 and last < 0:
                return None
            if (first < 0) != (last < 0):
                at = first / (first - last)
                enter, leave = (max(enter, at), leave) if first < 0 else (enter, min(leave, at))
        if enter > leave:
            return None
        found = [self._along(a0 + at * (a1 - a0), b0 + at * (b1 - b0)) for at in (enter, leave)]
        return min(found), max(found)

    def of_outline(self, corners: Sequence[Xy]) -> Interval | None:
        """Return the interval that an area covers, as far as it lies between the stretch and the place."""
        shares = [self._shares(each) for each in corners]
        aside = max(a for a, _ in shares) < 0 or max(b for _, b in shares) < 0 or min(a + b for a, b in shares) > 1
        sides = () if aside else zip(corners, (*corners[1:], corners[0]), strict=True)
        found = [each for side in sides if (each := self.of_segment(*side)) is not None]
        return (min(low for low, _ in found), max(high for _, high in found)) if found else None

    def _shares(self, at: Xy) -> Xy:
        x, y = at[0] - self.place[0], at[1] - self.place[1]
        return self.a[0] * x + self.a[1] * y, self.b[0] * x + self.b[1] * y

    @staticmethod
    def _along(a: float, b: float) -> float:
        return min(1.0, max(0.0, b / (a + b))) if a + b > 0 else 0.5


class _Frame(NamedTuple):
    """An opening on the plan, from ``low`` to ``high`` along its edge, in a wall ``deep`` m thick.

    ``thicker`` walls on that edge: lines that enter one of them are followed as far as it is thick.
    """

    a: Xy
    along: Xy
    outward: Xy
    low: float
    high: float
    deep: float
    thicker: tuple[tuple[float, float, float], ...]  # from, to, thickness

    @classmethod
    def of(cls, scene: Scene, opening: Barrier) -> "_Frame":
        """Return the frame of an opening in a scene."""
        walls = [each for each in scene.barriers if each.kind == "wall" and each.edge == opening.edge]
        host = scene.by_id[opening.host or ""]
        unit = direction(host.a, host.b)
        frame = cls(host.a, unit, host.outward, 0.0, 0.0, host.thickness_m, ())
        low, high = sorted(map(frame._run, (opening.a, opening.b)))
        ends = [(sorted(map(frame._run, (each.a, each.b))), each.thickness_m) for each in walls]
        thicker = tuple((near, far, thick) for (near, far), thick in ends if thick > host.thickness_m)
        return frame._replace(low=low - WIDER_M, high=high + WIDER_M, thicker=thicker)

    def met(self, start: Xy | Xyz, end: Xy) -> bool:
        """Return whether a line out of the room may meet the opening between the faces of the wall that it enters."""
        before, behind = self._out(start), self._out(end)
        if before >= 0 or behind <= 0:
            return True
        from_here, there = self._run(start), self._run(end)
        slope = (there - from_here) / (behind - before)
        enters = from_here - before * slope
        deep = max([self.deep, *(thick for a, b, thick in self.thicker if a - JOINT_M <= enters <= b + JOINT_M)])
        leaves = enters + min(deep, behind) * slope
        return max(enters, leaves) >= self.low and min(enters, leaves) <= self.high

    def _run(self, place: Xy | Xyz) -> float:
        """Return how far a place lies along the edge."""
        return (place[0] - self.a[0]) * self.along[0] + (place[1] - self.a[1]) * self.along[1]

    def _out(self, place: Xy | Xyz) -> float:
        """Return how far a place lies outside the inner face."""
        return (place[0] - self.a[0]) * self.outward[0] + (place[1] - self.a[1]) * self.outward[1]


def _around(scene: Scene, opening: Barrier) -> tuple[Xy, ...]:
    """Return the area of an opening on the plan, from the inner to the outer face of the walls on its edge."""
    deep = max(each.thickness_m for each in scene.barriers if each.edge == opening.edge) + WIDER_M
    (ax, ay), (bx, by), (nx, ny) = opening.a, opening.b, opening.outward
    length = dist(opening.a, opening.b) or 1.0
    ux, uy = WIDER_M * (bx - ax) / length, WIDER_M * (by - ay) / length
    near = (ax - ux - WIDER_M * nx, ay - uy - WIDER_M * ny), (bx + ux - WIDER_M * nx, by + uy - WIDER_M * ny)
    far = (bx + ux + deep * nx, by + uy + deep * ny), (ax - ux + deep * nx, ay - uy + deep * ny)
    return (*near, *far)


def _closed(scene: Scene) -> bool:
    """Return whether walls as high as the room stand along its whole plan, under a ceiling, on a floor."""
    if {each.kind for each in scene.barriers if each.outline} != {"floor", "ceiling"}:
        return False
    for edge, (a, b) in enumerate(zip(scene.plan, (*scene.plan[1:], scene.plan[0]), strict=True)):
        walls = [each for each in scene.barriers if each.kind == "wall" and each.edge == edge]
        if any(each.top_m < scene.height_m for each in walls):
            return False
        ends = sorted(sorted((dist(a, each.a), dist(a, each.b))) for each in walls)
        reached = 0.0
        for low, high in ends:
            if low > reached + JOINT_M:
                return False
            reached = max(reached, high)
        if reached < dist(a, b) - JOINT_M:
            return False
    return True


def _joined(found: Iterable[Interval]) -> list[Interval]:
    """Return intervals in rising order, those that touch as one."""
    joined: list[Interval] = []
    for low, high in sorted(found):
        if joined and low <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(high, joined[-1][1])
        else:
            joined.append((low, high))
    return joined


def _less(seen: Iterable[Interval], shaded: Iterable[Interval]) -> list[Interval]:
    """Return what is left of intervals without others."""
    left = list(seen)
    for low, high in shaded:
        parts = ((a, min(b, low)) for a, b in left), ((max(a, high), b) for a, b in left)
        left = [(a, b) for part in parts for a, b in part if b > a]
    return left
