"""Several methods side by side: by what factor the yearly air kerma differs, and which part of the chain does it.

year = weeks x T x (unshielded air kerma of a week) x B, so that the ratio of two methods is the product of four ratios,
each at the method's own worst point.
"""

from collections.abc import Iterator
from math import log
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.assessment import Comparison
from shieldcalc.model.result import PointResult, Result
from shieldcalc.units import significant

PARTS = ("unshielded", "transmission", "occupancy", "weeks")
NEARLY_EQUAL = 0.05


class _Chain(NamedTuple):
    """The four factors of a yearly air kerma."""

    unshielded: float
    transmission: float
    occupancy: float
    weeks: float


def comparisons(results: tuple[Result, ...]) -> tuple[Comparison, ...]:
    """Return how each further method differs from the first one at each barrier that both compute.

    Barriers whose yearly air kerma by either method is 0 are left out.
    """
    return tuple(
        _comparison(name, (results[0].method, one), (other.method, two))
        for other in results[1:]
        for name, one, two in _shared(results[0], other)
        if one and two
    )


def differences(results: tuple[Result, ...]) -> tuple[Notice, ...]:
    """Return, for each further method, where it differs most from the first one and by what; none below 5 %."""
    by_method: dict[str, list[Comparison]] = {}
    for each in comparisons(results):
        by_method.setdefault(each.second, []).append(each)
    most = [max(same, key=_distance) for same in by_method.values()]
    return tuple(explained(each) for each in most if _distance(each) >= NEARLY_EQUAL)


def explained(found: Comparison) -> Notice:
    """Return a difference in words: its factors and the one that makes most of it."""
    names = {"barrier": found.barrier, "first": found.first, "second": found.second}
    shown = {part: significant(getattr(found, part)) for part in ("ratio", *PARTS)}
    return Notice(f"warnings.methods_differ_{found.mainly}", {**names, **shown})


def _comparison(barrier: str, first: tuple[str, _Chain], second: tuple[str, _Chain]) -> Comparison:
    (one, a), (two, b) = first, second
    ratios = dict(zip(PARTS, (y / x for x, y in zip(a, b, strict=True)), strict=True))
    whole = _product(b) / _product(a)
    mainly = max(PARTS, key=lambda part: log(ratios[part]) * (1 if whole > 1 else -1))
    return Comparison(barrier=barrier, first=one, second=two, ratio=whole, mainly=mainly, **ratios)


def _distance(found: Comparison) -> float:
    return abs(log(found.ratio))


def _product(chain: _Chain) -> float:
    return chain.unshielded * chain.transmission * chain.occupancy * chain.weeks


def _shared(first: Result, second: Result) -> Iterator[tuple[str, _Chain | None, _Chain | None]]:
    """Yield each barrier of both methods with the chain at its worst place of the week, and each person of a ward."""
    points = [{point.point.id: point for point in result.points} for result in (first, second)]
    others = {barrier.barrier: barrier.points for barrier in second.barriers}
    for barrier in first.barriers:
        both = (barrier.points, others.get(barrier.barrier, ()))
        if all(both):
            chains = [_chain(known[names[0]]) for known, names in zip(points, both, strict=True)]
            yield barrier.barrier, chains[0], chains[1]
    for name in (each for each in points[0] if each in points[1]) if first.unshielded is not None else ():
        if points[0][name].point.role in ("user", "operator"):
            yield name, _chain(points[0][name]), _chain(points[1][name])


def _chain(result: PointResult) -> _Chain | None:
    """Return the factors of the room's own yearly air kerma; None where one of them is 0."""
    own = [each for each in result.components if each.transmission is not None]
    unshielded, week = sum(c.unshielded.week_mGy for c in own), sum(c.kerma.week_mGy for c in own)
    doses = result.doses
    if not (unshielded and week and doses.air_kerma_week_mGy and result.point.beyond.occupancy):
        return None
    weeks = doses.air_kerma_year_full_occupancy_mGy / doses.air_kerma_week_mGy
    return _Chain(unshielded, week / unshielded, result.point.beyond.occupancy, weeks)
