"""Places along the shadow lines that pass a place: a peak just beside a line is followed along it."""

from collections.abc import Iterator, Sequence
from math import hypot

from shieldcalc.model.design import Xy
from shieldcalc.model.surfaces import Line

STEPS = (1.0, 0.2, 0.05, 0.01, 0.002)  # m
_PASSES = 3e-4  # m: a place just beside a line


def along(lines: Sequence[Line], place: Xy) -> Iterator[Xy]:
    """Yield places by some steps along each line that passes a place, either way, as far beside it as the place is."""
    p, q = place
    for (ax, ay), (bx, by) in lines:
        x, y = bx - ax, by - ay
        length = hypot(x, y)
        if length <= 0.0 or abs(x * (q - ay) - y * (p - ax)) > _PASSES * length:
            continue
        at = ((p - ax) * x + (q - ay) * y) / length
        if -_PASSES <= at <= length + _PASSES:
            for step in STEPS:
                for way in (-min(step, at), min(step, length - at)):
                    yield p + way * x / length, q + way * y / length
