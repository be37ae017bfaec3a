"""The worst place behind a barrier, for each averaging by itself.

Between the shadow lines of openings, screens and part-height walls the dose falls with the distance from each source,
so that its peaks lie at the feet of the perpendiculars, on shadow lines, at their crossings, or between the feet of
several sources. These are tried, with a coarse grid and places named by the caller (rims of beams); the best few are
then refined by steps down to 0.4 mm, or until
a step changes the dose by less than 0.1 % in every direction.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from math import dist
from typing import NamedTuple

from shieldcalc.model.design import Xy, Xyz
from shieldcalc.model.geometry import crossing
from shieldcalc.model.neighbours import borders, edges_of, starts_of
from shieldcalc.model.ridges import along
from shieldcalc.model.scene import Barrier, Scene
from shieldcalc.model.surfaces import Line, Surface, shadow_edges, shadow_lines, shadows, surface_of


class Effort(NamedTuple):
    """How many of the best places are refined, by which steps in metres; ``local``: from the caller's places alone."""

    kept: int
    steps: tuple[float, ...]
    local: bool = False


DoseAt = Callable[[Xyz], Sequence[float | None]]
Closely = tuple[DoseAt, Callable[[Sequence[Xyz]], None]]
FULL = Effort(3, (0.2, 0.05, 0.01, 0.002, 0.0004))
QUICK = Effort(1, (0.2, 0.05, 0.01))
NEAR = Effort(4, (0.05, 0.01))
LOCAL = Effort(2, (0.05, 0.01, 0.002), local=True)
BESIDE = 1e-4
FLAT = 1e-3
TOGETHER = 2  # steps whose places are asked for at once
ALIKE = 1e-9
LITTLE = 1e-4  # gains beside a slanting line of shadow that are left: each lies a step of BESIDE from the last
COARSE = 0.5
PROMISING = 0.8
LIKELY = 0.95  # of the highest: what a quicker dose may fall short by
NEAREST_LINES = 40
LINES_SWEPT = 400
PLACES = 60_000
COARSE_AT_LEAST = 300
APART, FURTHER = 0.1, 0.3  # of places that are refined; of those that are refined closely


def worst_places(
    scene: Scene,
    barrier: Barrier,
    dose_at: DoseAt,
    starts: Iterable[Xyz],
    quantities: Sequence[str] = ("week", "hour", "beam_on"),
    extra: Iterable[Xyz] = (),
    effort: Effort = FULL,
    ahead: Callable[[Sequence[Xyz]], None] | None = None,
    closely: Closely | None = None,
) -> dict[str, Xyz]:
    """Return the position of the largest dose behind one barrier for each quantity, in the order of ``dose_at``.

    ``starts`` are the places from which radiation comes, ``extra`` further places near the surface to try. A quantity
    that is None everywhere is left out; so are all of a barrier behind which nobody can be. The sources and edges of
    the site's other rooms are looked at too. ``ahead`` is told of many places before their doses are asked for.
    ``closely`` gives the doses, and is told of places, where ``dose_at`` is quicker: what that finds is refined so.
    """
    search = _Search(scene, barrier, dose_at, tuple(starts), ahead)
    if not effort.local:
        search.try_all(islice(search.seeds(), seeds_at_most(len(search.starts))))
    search.try_all(search.surface.coordinates(position) for position in extra)
    near = _Search(scene, barrier, closely[0], (), closely[1]) if closely else None
    found: dict[str, Xyz] = {}
    for index, quantity in enumerate(quantities):
        same = ahead and next((each for each in range(index) if search.alike(each, index)), None)
        if same is not None and quantities[same] in found:
            found[quantity] = found[quantities[same]]
            continue
        reached = search.refined(index, effort._replace(kept=NEAR.kept) if near else effort)
        place = near.highest(index, reached) if near else next(iter(reached), (0.0, None))[1]
        if place is not None:
            found[quantity] = search.surface.place(*place)
    return found


def seeds_at_most(starts: int) -> int:
    """Return how many places are tried at most, from so many starts of radiation, before the best are refined."""
    return max(COARSE_AT_LEAST, PLACES // starts)


class _Search:
    """One barrier's search: every place tried once, with its doses."""

    def __init__(
        self,
        scene: Scene,
        barrier: Barrier,
        dose_at: DoseAt,
        starts: tuple[Xyz, ...],
        ahead: Callable[[Sequence[Xyz]], None] | None = None,
    ) -> None:
        self.surface: Surface = surface_of(scene, barrier)
        self.dose_at, self.ahead = dose_at, ahead
        edges, own = shadow_edges(scene), tuple(dict.fromkeys(starts))
        self.lines = [_distinct(lines) for lines in map(shadows(self.surface, edges), own)]
        far = dict(_from_others(scene, self.surface))
        self.lines += far.values()
        self.starts = (*own, *far)
        self.feet = [self.surface.clamp(*self.surface.coordinates(start)) for start in self.starts]
        self.all_lines = [line for lines in self.lines for line in lines][:LINES_SWEPT]
        self.tried: dict[Xy, Sequence[float | None]] = {}

    def doses(self, place: Xy) -> Sequence[float | None] | None:
        """Return the doses at (p, q), None where nobody can be."""
        known = self.tried.get(place)
        if known is None:
            if not self.surface.allowed(*place):
                return None
            known = self.tried[place] = self.dose_at(self.surface.place(*place))
        return known

    def try_all(self, places: Iterable[Xy]) -> None:
        """Compute the doses at places, those outside the box moved to its rim."""
        found = [self.surface.clamp(*place) for place in places]
        self._prepare(found)
        for place in dict.fromkeys(found):
            self.doses(place)

    def _prepare(self, places: Iterable[Xy]) -> None:
        """Tell ``ahead`` of places within the surface whose doses will be asked for."""
        if self.ahead is not None:
            new = [each for each in dict.fromkeys(places) if each not in self.tried and self.surface.allowed(*each)]
            if new:
                self.ahead([self.surface.place(*each) for each in new])

    def seeds(self) -> Iterator[Xy]:
        """Yield the places where a peak may be."""
        outline = self.surface.outline
        rim = [*zip(outline, (*outline[1:], *outline[:1]), strict=True)] or _rims(self.surface.box)
        rim += [line for hole in self.surface.holes for line in _rims(hole)]
        yield from self.feet
        yield from _grid(self.surface.box)
        yield from self.surface.outline
        for foot, lines in zip(self.feet, self.lines, strict=True):
            for other in self.feet[:NEAREST_LINES]:
                yield (foot[0] + other[0]) / 2, (foot[1] + other[1]) / 2
            for line in (*lines, *rim):
                yield from _beside(_nearest(line, foot))
        for foot, lines in zip(self.feet, self.lines, strict=True):
            near = _nearest_first(lines, foot)[:NEAREST_LINES]
            for i, line in enumerate(near):
                for other_line in (*near[:i], *rim[:NEAREST_LINES]):
                    yield from _corner(line, other_line)

    def alike(self, one: int, other: int) -> bool:
        """Return whether one quantity is a fixed share of another at all places tried, so that both peak at one."""
        pairs = [(doses[one], doses[other]) for doses in self.tried.values()]
        shares = {a / b if a and b else None for a, b in pairs}
        known = [each for each in shares if each is not None]
        return bool(known) and len(known) == len(shares) and max(known) <= min(known) * (1 + ALIKE)

    def refined(self, index: int, effort: Effort = FULL) -> list[tuple[float, Xy]]:
        """Return the places reached from the best few for one quantity, with the doses there, the highest first."""
        apart = FURTHER if effort.kept == NEAR.kept else APART
        ranked = [(doses[index] or 0.0, place) for place, doses in self.tried.items() if doses[index] is not None]
        ranked.sort(reverse=True)
        least = PROMISING * ranked[0][0] if ranked else 0.0
        chosen: list[Xy] = []
        for dose, place in ranked:
            if len(chosen) == effort.kept or dose < least:
                break
            if all(max(abs(place[0] - c[0]), abs(place[1] - c[1])) > apart for c in chosen):
                chosen.append(place)
        return sorted((self._climb(place, index, effort) for place in chosen), reverse=True)

    def highest(self, index: int, reached: Sequence[tuple[float, Xy]]) -> Xy | None:
        """Return the best place near those that a quicker search reached and saw nearly as high as the highest."""
        likely: list[Xy] = []
        for dose, place in reached:
            apart = all(dist(place, other) > NEAR.steps[0] for other in likely)
            if dose >= LIKELY * reached[0][0] and apart:
                likely.append(place)
        return max([self._climb(place, index, NEAR) for place in likely])[1] if likely else None

    def _climb(self, place: Xy, index: int, effort: Effort) -> tuple[float, Xy]:
        sweeps = len(self.starts) > 1 or effort.local
        self._prepare(chain(self._crosses(place) if sweeps else (), self._about(place, effort.steps[:TOGETHER])))
        best = self._value(place, index), place
        if sweeps:
            best = self._swept(best, index)
        for number, step in enumerate(effort.steps):
            while True:
                self._prepare(self._about(best[1], effort.steps[number : number + TOGETHER]))
                around = [*self._around(best[1], step)]
                near = [(self._value(place, index), place) for place in around]
                reached = max(near)
                if not reached[0] > best[0]:
                    break
                best = reached
            if min(near)[0] > best[0] * (1 - FLAT):
                break
        return best

    def _swept(self, best: tuple[float, Xy], index: int) -> tuple[float, Xy]:
        """Go along each coordinate over every shadow line of every source while that helps."""
        while True:
            reached = best
            self._prepare(self._crosses(best[1]))
            for axis in (0, 1):
                places = [*self._along(axis, reached[1])]
                self._prepare(places)
                reached = max([reached, *((self._value(place, index), place) for place in places)])
            if self.ahead is not None:
                reached = self._followed(reached, index)
            if not reached[0] > best[0] * (1 + (LITTLE if self.ahead is not None else 0.0)):
                return max(best, reached)
            best = reached

    def _followed(self, best: tuple[float, Xy], index: int) -> tuple[float, Xy]:
        """Go along the shadow lines that pass a place while that helps, by long steps and short ones."""
        while True:
            places = [self.surface.clamp(*place) for place in along(self.all_lines, best[1])]
            self._prepare(places)
            reached = max([best, *((self._value(place, index), place) for place in places)])
            if not reached[0] > best[0] * (1 + LITTLE):
                return max(best, reached)
            best = reached

    def _crosses(self, place: Xy) -> Iterator[Xy]:
        """Yield where shadow lines cross both lines through a place along the coordinates."""
        for axis in (0, 1):
            yield from self._along(axis, place)

    def _about(self, place: Xy, steps: Sequence[float]) -> Iterator[Xy]:
        """Yield the places around one by several steps."""
        for step in steps:
            yield from self._around(place, step)

    def _along(self, axis: int, place: Xy) -> Iterator[Xy]:
        """Yield where shadow lines cross the line through a place along a coordinate, just before and just after."""
        p, q = place
        for value in _cuts(self.all_lines, axis, place[1 - axis]):
            yield (value, q) if axis == 0 else (p, value)

    def _around(self, place: Xy, step: float) -> Iterator[Xy]:
        p, q = place
        for a in (-step, 0.0, step):
            for b in (-step, 0.0, step):
                if a or b:
                    yield self.surface.clamp(p + a, q + b)

    def _value(self, place: Xy, index: int) -> float:
        doses = self.doses(place)
        return -1.0 if doses is None else doses[index] or 0.0


def _from_others(scene: Scene, surface: Surface) -> Iterator[tuple[Xyz, list[Line]]]:
    """Yield each place from which another room's radiation comes, with the lines that matter on the surface."""
    for other in scene.others:
        edges, rims = edges_of(other), borders(surface, other)
        for start in starts_of(other):
            yield start, _distinct([*rims, *shadow_lines(surface.facing(start), edges, start)])


def _distinct(lines: list[Line]) -> list[Line]:
    return list(dict.fromkeys(lines))


def columns_and_rows(box: tuple[float, float, float, float]) -> tuple[int, int]:
    """Return into how many columns and rows a surface is cut, whose corners are tried."""
    p0, p1, q0, q1 = box
    return max(2, round((p1 - p0) / COARSE)), max(2, round((q1 - q0) / COARSE))


def _grid(box: tuple[float, float, float, float]) -> Iterator[Xy]:
    p0, p1, q0, q1 = box
    columns, rows = columns_and_rows(box)
    for i in range(columns + 1):
        for j in range(rows + 1):
            yield p0 + (p1 - p0) * i / columns, q0 + (q1 - q0) * j / rows


def _rims(box: tuple[float, float, float, float]) -> list[Line]:
    p0, p1, q0, q1 = box
    return [((p0, q0), (p1, q0)), ((p0, q1), (p1, q1)), ((p0, q0), (p0, q1)), ((p1, q0), (p1, q1))]


def _nearest(line: Line, place: Xy) -> Xy:
    (ax, ay), (bx, by) = line
    ex, ey = bx - ax, by - ay
    square = ex * ex + ey * ey
    t = 0.0 if square == 0 else min(1.0, max(0.0, ((place[0] - ax) * ex + (place[1] - ay) * ey) / square))
    return ax + t * ex, ay + t * ey


def _nearest_first(lines: list[Line], foot: Xy) -> list[Line]:
    def square(line: Line) -> float:
        p, q = _nearest(line, foot)
        return (p - foot[0]) * (p - foot[0]) + (q - foot[1]) * (q - foot[1])

    return sorted(lines, key=square)


def _beside(place: Xy) -> Iterator[Xy]:
    """Yield the place and four just beside it, one on each side of any line through it."""
    p, q = place
    yield place
    for a in (-BESIDE, BESIDE):
        for b in (-BESIDE, BESIDE):
            yield p + a, q + b


def _corner(first: Line, second: Line) -> Iterator[Xy]:
    """Yield the places around the crossing of two lines."""
    met = crossing(*first, *second)
    if met is not None:
        (ax, ay), (bx, by) = first
        yield from _beside((ax + met[0] * (bx - ax), ay + met[0] * (by - ay)))


def _cuts(lines: list[Line], axis: int, other: float) -> Iterator[float]:
    """Yield where lines meet the axis-parallel line at ``other``, just before and just after."""
    for a, b in lines:
        low, high = a[1 - axis], b[1 - axis]
        if min(low, high) - BESIDE <= other <= max(low, high) + BESIDE and abs(high - low) > BESIDE:
            value = a[axis] + (other - low) / (high - low) * (b[axis] - a[axis])
            yield value - BESIDE
            yield value + BESIDE
