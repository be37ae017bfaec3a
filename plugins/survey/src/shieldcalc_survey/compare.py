"""Measured rates beside computed ones: the rate while the beam is on, H*(10), at the point of the same name."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shieldcalc.model.assessment import Assessment
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
    rates = {
        (at.point.id, result.method): at.doses.h10_beam_on_uSv_per_h
        for result in assessment.results
        for at in result.points
    }
    known = sorted({point for point, _ in rates})
    for reading in readings:
        found = {method: rate for (point, method), rate in rates.items() if point == reading.point}
        if not found:
            raise refused(f"line {reading.line}: no point {reading.point!r}; computed are {', '.join(known)}")
        yield from (_one(reading, method, rate, factor) for method, rate in found.items())


def _one(reading: Reading, method: str, rate: float | None, factor: float) -> Compared:
    measured = reading.rate_uSv_per_h
    if rate is None:
        return Compared(reading.point, method, measured, None, None, "undetermined")
    verdict = "above" if measured > factor * rate else "within"
    return Compared(reading.point, method, measured, rate, measured / rate if rate else None, verdict)
