"""Isodose lines of a grid by marching squares; between nodes the logarithm of the dose is linear."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from math import floor, log, log10

from shieldcalc.model.design import Xy

Values = Sequence[Sequence[float | None]]
Line = list[Xy]
Cells = Set[tuple[int, int]]
_Side = tuple[int, int, int]
_LEAST = 1e-300


def decades(values: Values, most: int, least: float = 0.0) -> tuple[float, ...]:
    """Return at most ``most`` powers of ten within the values and from ``least`` on, the lowest: where people are."""
    known = [value for row in values for value in row if value]
    if not known:
        return ()
    low, high = floor(log10(max(min(known), least))) + 1, floor(log10(max(known)))
    return tuple(10.0**power for power in range(low, high + 1))[:most]


def covered(us: Sequence[float], vs: Sequence[float], solids: Iterable[Sequence[Xy]]) -> Cells:
    """Return the cells (row, column) that have a corner in one of some convex bodies: nobody stands there."""
    found: set[tuple[int, int]] = set()
    for body in solids:
        xs, ys = zip(*body, strict=True)
        columns = range(bisect_left(us, min(xs)), bisect_right(us, max(xs)))
        for row in range(bisect_left(vs, min(ys)), bisect_right(vs, max(ys))):
            for column in columns:
                if _inside((us[column], vs[row]), body):
                    found.update((row - down, column - left) for down in (0, 1) for left in (0, 1))
    return found


def _inside(place: Xy, body: Sequence[Xy]) -> bool:
    """Return whether a place lies in a convex polygon, either way round."""
    x, y = place
    sides = [
        (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) for a, b in zip(body, [*body[1:], body[0]], strict=True)
    ]
    return all(side >= 0 for side in sides) or all(side <= 0 for side in sides)


def lines(
    us: Sequence[float], vs: Sequence[float], values: Values, level: float, blank: Cells = frozenset()
) -> list[Line]:
    """Return the lines of one level as polylines; a closed one ends where it begins.

    A node without a value (at a source) counts as above every level; ``blank`` cells (row, column) have no lines.
    """
    heights = [[_height(value, level) for value in row] for row in values]
    links: dict[_Side, list[_Side]] = {}
    for row in range(len(vs) - 1):
        for column in range(len(us) - 1):
            for one, other in _cell(heights, row, column) if (row, column) not in blank else ():
                links.setdefault(one, []).append(other)
                links.setdefault(other, []).append(one)
    return [[_place(us, vs, heights, side) for side in chain] for chain in _chains(links)]


def _height(value: float | None, level: float) -> float:
    """Return ln(value / level), never exactly 0 so that no line runs through a node."""
    return (50.0 if value is None else log(max(value, _LEAST) / level)) or 1e-12


def _cell(heights: list[list[float]], row: int, column: int) -> Iterator[tuple[_Side, _Side]]:
    """Yield the pieces of line in one cell as pairs of sides (row, column, 0 to the right or 1 upwards)."""
    here, right = heights[row][column], heights[row][column + 1]
    above, far = heights[row + 1][column], heights[row + 1][column + 1]
    sides = []
    if (here > 0) != (right > 0):
        sides.append((row, column, 0))
    if (right > 0) != (far > 0):
        sides.append((row, column + 1, 1))
    if (above > 0) != (far > 0):
        sides.append((row + 1, column, 0))
    if (here > 0) != (above > 0):
        sides.append((row, column, 1))
    if len(sides) == 2:
        yield sides[0], sides[1]
    elif sides:  # a saddle: the middle decides which corners belong together
        together = (here + right + above + far > 0) == (here > 0)
        yield (sides[0], sides[1]) if together else (sides[0], sides[3])
        yield (sides[2], sides[3]) if together else (sides[1], sides[2])


def _place(us: Sequence[float], vs: Sequence[float], heights: list[list[float]], side: _Side) -> Xy:
    row, column, upwards = side
    first = heights[row][column]
    second = heights[row + 1][column] if upwards else heights[row][column + 1]
    share = first / (first - second)
    if upwards:
        return us[column], vs[row] + share * (vs[row + 1] - vs[row])
    return us[column] + share * (us[column + 1] - us[column]), vs[row]


def _chains(links: dict[_Side, list[_Side]]) -> Iterator[list[_Side]]:
    """Yield the sides of each line in order: open lines from their ends, then closed ones."""
    left = {side: list(others) for side, others in links.items()}
    for start in sorted(left, key=lambda side: (len(links[side]) != 1, side)):
        while left[start]:
            chain = [start]
            while left[chain[-1]]:
                here = chain[-1]
                following = left[here].pop()
                left[following].remove(here)
                chain.append(following)
            yield chain
