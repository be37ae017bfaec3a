"""Terms: every part of the radiation of a room, each with its start, beam quality, strength and printed formulas.

A term gives, at a point d metres from its start behind transmission B, ``amount x gain / d2 x B`` for the week (mGy),
the busiest hour (uGy) and the beam-on rate (uGy/h); ``gain`` holds what depends on the direction.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import acos, degrees, dist, sqrt

from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice
from shieldcalc.model.design import Beam, Xyz
from shieldcalc.model.trace import Step

QUANTITIES = ("week", "hour", "beam_on")
Gain = Callable[[Xyz], float]
Formula = Callable[[float, float, float], tuple[Step, ...]]
ON_CENTIMETRES = 100.0
_DIRECTIONS_KEPT = 128  # of some tens of rooms, and more than one has
WHOLE_TURN, FINEST_DEG = 180, 1e-6
EVEN, WITHIN, BY_CURVE, BY_TABLE = 0.0, 1.0, 2.0, 3.0  # kinds of directions, as ``kernels.gains`` has them
OF_ONE_HOUR = {"1/week": "", "mGy/week": "mGy", "h/week": "h"}


def one() -> float:
    """Return 1: the gain of a part that goes equally in all directions."""
    return 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One part: kind, source, beam (or protocol), starts (the nearest counts, the weakest path governs).

    ``amounts`` by quantity (absent: this part does not carry it); ``formulas`` give the Steps of one quantity from
    (d, gain, B), the last being the shielded value. ``preshielding`` names a kind of Table 4.6 that stands in the beam.
    ``most`` is the largest gain in any direction outside the primary beam.
    """

    kind: str
    source: str
    beam: str
    starts: tuple[Xyz, ...]
    quality: Quality
    amounts: Mapping[str, float]
    formulas: Mapping[str, Formula]
    gain: Gain
    preshielding: str = "none"
    most: Callable[[], float] = one


@dataclass(kw_only=True, slots=True)
class Radiation:
    """All terms of one source, the quantities that cannot be said of it, notices and tables."""

    source: str
    terms: list[Term] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    notices: list[Notice] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)


def everywhere(position: Xyz) -> float:  # noqa: ARG001
    """Return 1: a part that goes equally in all directions."""
    return 1.0


def over_one_hour(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return Steps of the weekly equations as what they are with the counts of one hour: plain counts and mGy."""
    return tuple(
        step._replace(
            unit=OF_ONE_HOUR.get(step.unit, step.unit),
            inputs={name: (number, OF_ONE_HOUR.get(unit, unit)) for name, (number, unit) in step.inputs.items()},
        )
        for step in steps
    )


def scatter_angle(beam: Beam) -> Gain:
    """Return the scattering angle in degrees at the patient, from the forward direction, as a function of a point."""
    return _angle_from(_unit(beam.focus, beam.target), beam.patient)


@lru_cache(maxsize=_DIRECTIONS_KEPT)
def _angle_from(forward: Xyz, patient: Xyz) -> Gain:
    """Return one function a direction; it keeps its last answer, which all terms of a beam ask for in turn."""
    (fx, fy, fz), (px, py, pz) = forward, patient

    def angle(position: Xyz) -> float:
        x, y, z = position[0] - px, position[1] - py, position[2] - pz
        size = sqrt(x * x + y * y + z * z) or 1.0
        return degrees(acos(min(1.0, max(-1.0, (fx * x + fy * y + fz * z) / size))))

    return lru_cache(maxsize=1)(angle)


def _unit(a: Xyz, b: Xyz) -> Xyz:
    size = dist(a, b) or 1.0
    return (b[0] - a[0]) / size, (b[1] - a[1]) / size, (b[2] - a[2]) / size


Numbers = tuple[float, ...]  # what ``kernels.gains.gain`` knows a direction by


class Evenly:
    """A part that goes equally in all directions, ``strength`` times."""

    __slots__ = ("strength",)

    def __init__(self, strength: float) -> None:
        self.strength = strength

    def __call__(self, position: Xyz) -> float:
        """Return the strength."""
        return self.strength * everywhere(position)

    def numbers(self) -> Numbers:
        """Return what the compiled search knows it by."""
        return EVEN, self.strength


class ByAngle:
    """A function of the scattering angle in degrees as a function of a point.

    ``curve`` gives the numbers of the function for the compiled search: columns 7 to 20 of ``kernels.gains.gain``.
    """

    __slots__ = ("_angle", "_at", "_curve", "_forward", "_kind", "_patient")

    def __init__(self, at: Callable[[float], float], beam: Beam, kind: float, curve: Callable[[], Numbers]) -> None:
        self._at, self._kind, self._curve = at, kind, curve
        self._forward, self._patient = _unit(beam.focus, beam.target), beam.patient
        self._angle = scatter_angle(beam)

    def __call__(self, position: Xyz) -> float:
        """Return the function of the angle at a point."""
        return self._at(self._angle(position))

    def numbers(self) -> Numbers:
        """Return what the compiled search knows it by."""
        return self._kind, *self._forward, *self._patient, *self._curve()


def numbers_of(gain: Gain) -> Numbers | None:
    """Return what the compiled search knows a gain by, None for one that it cannot compute."""
    if gain is everywhere:
        return EVEN, 1.0
    return gain.numbers() if isinstance(gain, Evenly | ByAngle | InsideField) else None


def by_angle(function: Callable[[float], float], theta: Gain) -> Gain:
    """Return a function of the angle as a function of a point."""
    return lambda position: function(theta(position))


def largest(function: Callable[[float], float]) -> Callable[[], float]:
    """Return what gives the largest value of a function of the angle, 0 to 180 degrees from the forward beam.

    The highest of the whole degrees, then refined between its neighbours.
    """

    def most() -> float:
        top = max(range(WHOLE_TURN + 1), key=function)
        low, high = max(0.0, top - 1.0), min(float(WHOLE_TURN), top + 1.0)
        while high - low > FINEST_DEG:
            one, other = low + (high - low) / 3, high - (high - low) / 3
            low, high = (one, high) if function(one) < function(other) else (low, other)
        return max(function(top), function((low + high) / 2))

    return most


def nowhere() -> float:
    """Return 0: a part that only its own field holds."""
    return 0.0


class InsideField:
    """1 within the primary beam and 0 outside.

    Within: the distance from the central ray is at most the half diagonal of a square field there (``field_cm2`` at
    ``field_at_m``), plus a margin for people who are not points.
    """

    __slots__ = ("_axis", "_focus", "_margin_m", "_spread")

    def __init__(self, beam: Beam, margin_m: float) -> None:
        self._focus, self._axis = beam.focus, _unit(beam.focus, beam.target)
        self._spread, self._margin_m = field_slope(beam), margin_m

    def __call__(self, position: Xyz) -> float:
        """Return 1 or 0 at a point."""
        (fx, fy, fz), (ax, ay, az) = self._focus, self._axis
        x, y, z = position[0] - fx, position[1] - fy, position[2] - fz
        along = x * ax + y * ay + z * az
        if along <= 0:
            return 0.0
        off = sqrt(max(0.0, x * x + y * y + z * z - along * along))
        return 1.0 if off <= along * self._spread + self._margin_m else 0.0

    def numbers(self) -> Numbers:
        """Return what the compiled search knows it by."""
        return WITHIN, *self._focus, *self._axis, self._spread, self._margin_m


def inside_field(beam: Beam, margin_m: float) -> Gain:
    """Return 1 within the primary beam and 0 outside as a function of a point."""
    return InsideField(beam, margin_m)


def field_slope(beam: Beam) -> float:
    """Return the half diagonal of the square field over its distance from the focus."""
    return sqrt(beam.field_cm2 / 2) / ON_CENTIMETRES / beam.field_at_m
