"""How thick a layer has to be by a field that only estimates doses: from few estimates, and made sure of in full.

An estimate costs much, so that each starts from what is known: the thickness from that of the same material behind
other layers, the search in full from how the last dose in full differed from its estimate.
"""

from collections.abc import Callable
from math import inf, log
from typing import Any, NamedTuple

from shieldcalc.physics.rules import rule

TOLERANCE_MM = 1e-3
ROUNDS = 60
NEARLY = 1e-3
FAINTEST = 1e-300
_ROUGH, _FINE = 0.03, 5e-4  # parts of a thickness: of one from which another is searched, of one that is made sure of
_FIRST_MM, _LEAST_MM, _MORE = 10.0, 0.1, 1.02  # tried first: of a new material, at least, times what is likely
_A_LITTLE, _GROWING = 0.02, 3.0
_BEYOND, _LEAST_STEP, _LARGEST_STEP = 1.2, 1.5, 64.0
_APART = 0.9  # of what a thickness may be off by: from there it is tried whether less is enough
Excess = Callable[[float], float]
"""The largest dose over its limit as a function of thickness (mm)."""


class Roughly(NamedTuple):
    """What is known from thicknesses found before, by the layers that stay and the barriers that grow alike."""

    ratios: dict[Any, float]  # doses in full over their estimates, of the last thickness
    bare: dict[Any, float]  # dose over limit with nothing added
    found: dict[str, tuple[float, float]]  # of the last of a material, with ln(dose/limit) without it

    def thickness_for(self, over: Excess, spare: float, place: Any, material: str) -> float | str:
        """Return about the thickness in mm at which nothing is over any more, or why there is none."""
        if place not in self.bare:
            self.bare[place] = over(0.0)
        bare = self.bare[place]
        if bare <= 1 or bare == inf:
            return 0.0 if bare <= 1 else "undetermined"

        def known(x: float) -> float:
            return over(x) if x else bare

        last, depth = self.found.get(material, (0.0, 1.0))
        first = max(_LEAST_MM, _MORE * last * log(bare) / depth) if last else _FIRST_MM
        within = bracket(known, spare, first)
        if isinstance(within, str):
            return within
        x = _likely(*within)
        self.found[material] = x, log(bare)
        return x

    def assured(self, full: Excess, quick: Excess, x: float, spare: float, place: Any) -> float | str:
        """Return a thickness found by estimates, made larger until the doses in full keep every goal."""
        ratio = self.ratios.get(place, 1.0)
        for _ in range(ROUNDS):
            if quick(x) * ratio > 1:
                again = _thicker(lambda y, ratio=ratio: quick(y) * ratio * (1 + NEARLY), x)  # type: ignore[misc]
                if isinstance(again, str):
                    return again
                x = again
            dose = full(x) * (1 + spare)
            ratio = self.ratios[place] = dose / max(quick(x), FAINTEST)
            if dose <= 1:
                return x
            x += 10 * TOLERANCE_MM
        return "undetermined"


def from_nearly(over: Excess, least: float, likely: float, spare: float) -> float | str:
    """Return a thickness at which nothing is over, not below ``least`` (mm), and ``likely`` to be about so much."""

    def with_spare(x: float) -> float:
        return over(x) * (1 + spare)

    if (with_spare(least) if least else over(0.0)) <= 1:
        return least
    if not likely:
        found = "undetermined" if over(0.0) == inf else bracket(over, spare, _LEAST_MM)
        return found if isinstance(found, str) else _between(*found, _FINE)
    return _between(with_spare, least, likely, _FINE) if with_spare(likely) <= 1 else _thicker(with_spare, likely)


def bracket(over: Excess, spare: float, first: float) -> tuple[Excess, float, float] | str:
    """Return what is over its limit with a share spared, a thickness (mm) that is too thin, and one that is enough.

    "passes_beside" where none is enough. ``first``: tried first.
    """
    thickest = rule("thickest_mm")

    def with_spare(x: float) -> float:
        return over(x) if x == thickest else over(x) * (1 + spare)

    low, high = 0.0, min(first, thickest)
    while with_spare(high) > 1:
        if high == thickest:
            return "passes_beside"
        low, high = high, min(_further(with_spare, low, high), thickest)
    return with_spare, low, high


def _further(over: Excess, low: float, high: float) -> float:
    """Return a thickness somewhat beyond that at which two that are too thin let expect enough (1.5 to 64 times)."""
    a, b = log(max(over(low), FAINTEST)), log(max(over(high), FAINTEST))
    likely = high + _BEYOND * b * (high - low) / (a - b) if a > b else inf
    return min(max(likely, _LEAST_STEP * high), _LARGEST_STEP * high)


def _thicker(over: Excess, low: float) -> float | str:
    """Return a thickness that is enough, from one that is too thin, but not by much."""
    thickest, high, step = rule("thickest_mm"), low, max(10 * TOLERANCE_MM, _A_LITTLE * low)
    while over(high) > 1:
        if high >= thickest:
            return "passes_beside"
        low, high, step = high, min(high + step, thickest), _GROWING * step
    return _between(over, low, high, _FINE)


def _between(over: Excess, low: float, high: float, finest: float) -> float:
    """Return the safe end of a bracket narrowed to a part of itself."""
    return _narrowed(over, low, high, finest)[1]


def _likely(over: Excess, low: float, high: float) -> float:
    """Return about where nothing is over any more: ln(dose/limit) straight over a narrow bracket."""
    low, high = _narrowed(over, low, high, _ROUGH)
    a, b = _log(over(low)), _log(over(high))
    return low + (high - low) * a / (a - b) if a > b else high


def _narrowed(over: Excess, low: float, high: float, finest: float) -> tuple[float, float]:
    """Return a bracket narrowed to a part of itself, by the secant through the two points nearest."""
    points = [(low, _log(over(low))), (high, _log(over(high)))]
    for round_ in range(ROUNDS):
        if high - low <= max(TOLERANCE_MM, finest * high):
            break
        (a, f), (b, g) = sorted(points, key=lambda each: abs(each[1]))[:2]
        middle = a - f * (b - a) / (g - f) if f != g and round_ % 3 < 2 else (low + high) / 2
        least = min(0.001 * (high - low), TOLERANCE_MM)
        middle = min(max(middle, low + least), high - least)
        apart = _APART * max(TOLERANCE_MM, finest * middle)
        for at in (middle, middle + apart, middle - apart):
            if low < at < high:
                points.append((at, _log(over(at))))
                low, high = (at, high) if points[-1][1] > 0 else (low, at)
    return low, high


def _log(ratio: float) -> float:
    return log(max(ratio, FAINTEST))
