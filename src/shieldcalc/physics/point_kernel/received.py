"""What one place gets of a source, and how that changes by what a closer look at the source shows."""

from collections.abc import Sequence
from typing import NamedTuple

from shieldcalc.photons.dose import PER_HOUR_AT_1M
from shieldcalc.physics.point_kernel.arrays import Floats

_WATCHED = 0.02  # part of the source that its middle and ends stand for


class Received(NamedTuple):
    """What a place gets: air kerma (uGy/h), H*(10) (uSv/h), mean 1/d2 over the source (1/m2), kerma beyond the tables.

    ``error`` is by which share kerma and H*(10) may be off, ``reached`` whether it is within the tolerance; where it is
    not, they are upper values: the true ones are lower by no more than the error.
    """

    kerma: float
    h10: float
    inverse_square: float
    beyond: float
    error: float
    reached: bool


def at_least(found: Sequence[Received], watched: Floats) -> list[Received]:
    """Return what places get, at least what a small part of the source gives that its middle or ends show.

    So that a search or a map does not pass by what the nodes see nothing of: a beam through a gap.
    """
    least = _WATCHED * (watched[..., :2] / watched[..., 2:]).max(axis=1) * PER_HOUR_AT_1M
    return [
        one._replace(kerma=max(one.kerma, kerma * one.inverse_square), h10=max(one.h10, h10 * one.inverse_square))
        for one, (kerma, h10) in zip(found, least.tolist(), strict=True)
    ]


def calibrated(found: Received, factors: tuple[float, float, float]) -> Received:
    """Return what a place gets times the factors on kerma, H*(10) and 1/d2."""
    kerma, h10, void = factors
    return Received(
        kerma * found.kerma, h10 * found.h10, void * found.inverse_square, kerma * found.beyond, 0.0, reached=True
    )
