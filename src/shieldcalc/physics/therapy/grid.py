"""Tables over energy and angle: of two neighbouring energies the larger value, between angles a straight line."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from shieldcalc.physics.therapy.rules import own_rule

Points = Sequence[tuple[float, float]]
_SAME = 1e-9


def points(rows: Iterable[Mapping[str, str]], x: str, y: str) -> Points:
    """Return (x, y) of rows in rising order of x."""
    return sorted((float(row[x]), float(row[y])) for row in rows)


def upper(known: Points, at: float) -> float | None:
    """Return y at a row, the larger of two neighbours between rows, None outside.

    A little beyond the last row (``beyond_last_row``) the larger of it and of the straight line through the last two.
    """
    exact = next((y for x, y in known if abs(x - at) <= _SAME * at), None)
    if exact is not None:
        return exact
    high = bisect_left([x for x, _ in known], at)
    if 0 < high < len(known):
        return max(known[high - 1][1], known[high][1])
    (x0, y0), (x1, y1) = known[-2:]
    if high == 0 or at > x1 + own_rule("beyond_last_row"):
        return None
    return max(y1, y1 + (y1 - y0) / (x1 - x0) * (at - x1))


def along(known: Points, at: float) -> float:
    """Return y at x = ``at`` on straight lines between points; at the ends the end's value."""
    xs = [x for x, _ in known]
    high = bisect_left(xs, at)
    if high in (0, len(known)):
        return known[min(high, len(known) - 1)][1]
    (x0, y0), (x1, y1) = known[high - 1], known[high]
    return y0 + (y1 - y0) * (at - x0) / (x1 - x0)
