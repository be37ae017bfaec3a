"""Several methods side by side: by what factor the yearly air kerma differs, and which part of the chain does it.

year = weeks x T x (unshielded air kerma of a week) x B, so that the ratio of two methods is the product of four ratios,
each at the method's own worst point.
"""

from collections.abc import Iterator
from math import log
from typing import NamedTuple

from shieldcalc.errors import Notice
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


def differences(results: tuple[Result, ...]) -> tuple[Notice, ...]:
    """Return, for each further method, where it differs most from the first one and by what; none for one method.

    Barriers whose yearly air kerma by either method is 0, and differences under 5 %, are left out.
    """
    return tuple(notice for other in results[1:] for notice in _largest(results[0], other))


def _largest(first: Result, second: Result) -> Iterator[Notice]:
    found = [(name, one, two) for name, one, two in _shared(first, second) if one and two]
    if not found:
        return
    name, one, two = max(found, key=lambda each: abs(sum(_logs(each[1], each[2]))))
    ratios = _logs(one, two)
    if abs(sum(ratios)) < NEARLY_EQUAL:
        return
    main = max(zip(PARTS, ratios, strict=True), key=lambda part: part[1] * (1 if sum(ratios) > 0 else -1))[0]
    shown = {part: significant(b / a) for part, a, b in zip(PARTS, one, two, strict=True)}
    yearly = {"ratio": significant(_product(two) / _product(one))}
    params = {"barrier": name, "first": first.method, "second": second.method, **yearly, **shown}
    yield Notice(f"warnings.methods_differ_{main}", params)


def _logs(one: _Chain, two: _Chain) -> list[float]:
    return [log(b / a) for a, b in zip(one, two, strict=True)]


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
