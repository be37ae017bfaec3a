"""Measured rates beside computed ones: the rate while the beam is on, H*(10), at the point of the same name."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.result import Result
from shieldcalc.model.scene import Point
from shieldcalc_survey.sheet import Reading, refused


class Compared(NamedTuple):
    """One reading: the method, both rates in uSv/h (computed None: not known), and whether it is above."""

    point: str
    method: str
    measured_uSv_per_h: float
    computed_uSv_per_h: float | None
    ratio: float | None
    verdict: str


def compare(assessment: Assessment, readings: Iterable[Reading], factor: float) -> Iterator[Compared]:
    """Yield each reading against each method: above, within, or undetermined where no rate is computed.

    ``factor``: how many times the computed rate a reading may be. Raises PluginError for a point that the room lacks.
    """
    known = sorted({name for result in assessment.results for at in result.points for name in _names(at.point)})
    for reading in readings:
        found = {result.method: _highest(result, reading.point) for result in assessment.results}
        if reading.point not in known:
            raise refused(f"line {reading.line}: no point {reading.point!r}; computed are {', '.join(known)}")
        yield from (_one(reading, method, rate, factor) for method, rate in found.items())


def _names(point: Point) -> tuple[str, ...]:
    return (point.id,) if point.barrier is None else (point.id, point.barrier)


def _highest(result: Result, name: str) -> float | None:
    """Return the highest rate computed at a point, or anywhere behind a barrier; None where one is not known."""
    rates = [at.doses.h10_beam_on_uSv_per_h for at in result.points if name in _names(at.point)]
    known = [rate for rate in rates if rate is not None]
    return max(known) if known and len(known) == len(rates) else None


def _one(reading: Reading, method: str, rate: float | None, factor: float) -> Compared:
    measured = reading.rate_uSv_per_h
    if rate is None:
        return Compared(reading.point, method, measured, None, None, "undetermined")
    verdict = "above" if measured > factor * rate else "within"
    return Compared(reading.point, method, measured, rate, measured / rate if rate else None, verdict)
