"""The room's inner faces: drawn as one closed line on layer ROOM, or the one space that the walls enclose."""

from collections.abc import Iterable, Sequence
from math import hypot

from shieldcalc.importers.drawing import Piece
from shieldcalc.importers.faces import enclosed
from shieldcalc.importers.layers import ROOM
from shieldcalc.importers.plane import TOUCH_MM, segments
from shieldcalc.importers.refusal import ImportRefusedError
from shieldcalc.model.design import Xy
from shieldcalc.model.geometry import length, signed_area, simple

MOST_CORNERS = 100
MOST_WALL_LINES = 600
STRAIGHT_MM = 0.05
DIGITS = 1  # corners are kept to 0.1 mm


def outline(pieces: Sequence[Piece]) -> tuple[tuple[Xy, ...], bool]:
    """Return the corners in mm, from the lower left, turning left, and whether they were derived from the walls.

    Raises ImportRefusedError where there is no outline, more than one, one that does not close or crosses itself.
    """
    drawn = [piece for piece in pieces if piece.layer.role == ROOM]
    plan = _drawn(drawn) if drawn else _derived(pieces)
    plan = straightened(plan)
    if len(plan) < 3 or not simple(plan):
        raise ImportRefusedError("import.room_crosses")
    if len(plan) > MOST_CORNERS:
        raise ImportRefusedError("import.room_corners", found=len(plan), most=MOST_CORNERS)
    left = plan if signed_area(plan) > 0 else tuple(reversed(plan))
    first = min(range(len(left)), key=lambda n: round(left[n][0] + left[n][1], DIGITS))
    return (*left[first:], *left[:first]), not drawn


def _drawn(pieces: list[Piece]) -> tuple[Xy, ...]:
    loops = [piece.corners for piece in pieces if piece.closed]
    loops += _chained([list(piece.corners) for piece in pieces if not piece.closed])
    if len(loops) != 1:
        raise ImportRefusedError("import.several_rooms", found=len(loops))
    return loops[0]


def _chained(open_lines: list[list[Xy]]) -> list[tuple[Xy, ...]]:
    """Return the loops that open lines form end to end; a line left over is a refusal with its end."""
    loops = []
    while open_lines:
        chain = open_lines.pop()
        while length(chain[0], chain[-1]) > TOUCH_MM or len(chain) < 4:
            found = next((line for line in open_lines if _near(chain[-1], (line[0], line[-1]))), None)
            if found is None:
                x, y = chain[-1]
                raise ImportRefusedError("import.room_open", x=f"{x:.1f}", y=f"{y:.1f}")
            open_lines.remove(found)
            chain += (found if _near(chain[-1], found[:1]) else found[::-1])[1:]
        loops.append(tuple(chain[:-1]))
    return loops


def _near(place: Xy, ends: Iterable[Xy]) -> bool:
    return any(length(place, end) <= TOUCH_MM for end in ends)


def _derived(pieces: Sequence[Piece]) -> tuple[Xy, ...]:
    lines = [line for piece in pieces if piece.layer.role == "wall" for line in segments(piece)]
    openings = [line for piece in pieces if piece.layer.role != "wall" for line in segments(piece)]
    if not lines:
        raise ImportRefusedError("import.nothing_drawn")
    if len(lines) > MOST_WALL_LINES:
        raise ImportRefusedError("import.no_room", found=0)
    across = [line for line in openings if all(any(_on(end, wall) for wall in lines) for end in line)]
    found = enclosed([*lines, *across[:MOST_WALL_LINES]])
    if len(found) != 1:
        raise ImportRefusedError("import.no_room", found=len(found))
    return found[0]


def _on(place: Xy, line: tuple[Xy, Xy]) -> bool:
    return _near(place, line) or _off(place, *line) < TOUCH_MM


def straightened(plan: Sequence[Xy]) -> tuple[Xy, ...]:
    """Return a plan without corners that lie on one another or on the line between their neighbours."""
    kept = list(plan)
    again = True
    while again and len(kept) > 3:
        again = False
        for n, here in enumerate(kept):
            before, after = kept[n - 1], kept[(n + 1) % len(kept)]
            if length(here, after) < TOUCH_MM or _off(here, before, after) < STRAIGHT_MM:
                del kept[n]
                again = True
                break
    return tuple(kept)


def _off(place: Xy, a: Xy, b: Xy) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    size = hypot(dx, dy)
    between = (place[0] - a[0]) * dx + (place[1] - a[1]) * dy
    if size == 0 or not 0 <= between <= size * size:
        return TOUCH_MM
    return abs((place[0] - a[0]) * dy - (place[1] - a[1]) * dx) / size


def shifted(plan: Sequence[Xy]) -> tuple[Xy, tuple[Xy, ...]]:
    """Return the drawing's place of the new origin, and the plan from there, rounded to 0.1 mm."""
    origin = min(x for x, _ in plan), min(y for _, y in plan)
    return origin, tuple((round(x - origin[0], DIGITS) + 0.0, round(y - origin[1], DIGITS) + 0.0) for x, y in plan)
