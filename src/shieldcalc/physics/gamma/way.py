"""The way of a radiography source between its device and its position: straight, the source bare."""

from collections.abc import Sequence
from math import ceil, dist

from shieldcalc.model.design import Xyz
from shieldcalc.physics.terms import Gain

PIECE_M, MOST_PIECES, NEAREST_M = 3.0, 3, 0.01


def way_out(device: Xyz, positions: Sequence[Xyz]) -> tuple[Xyz, ...]:
    """Return places on the straight ways from the device to each position: the ends, and some between."""
    return tuple(dict.fromkeys(place for end in positions for place in _places(device, end)))


def along_way(device: Xyz, positions: Sequence[Xyz], places: Sequence[Xyz]) -> Gain:
    """Return by how much nearer than the nearest of ``places`` a position lies to the ways themselves, squared.

    Inverse square from the nearest place times this is that from the nearest point of the ways: an upper value, as if
    the source stayed there all the time that it is on its way.
    """

    def gain(position: Xyz) -> float:
        nearest = min([_from_way(position, device, b) for b in positions])
        return (min([dist(place, position) for place in places]) / max(nearest, NEAREST_M)) ** 2

    return gain


def _places(a: Xyz, b: Xyz) -> list[Xyz]:
    pieces = max(1, min(MOST_PIECES, ceil(dist(a, b) / PIECE_M)))
    return [_between(a, b, piece / pieces) for piece in range(pieces + 1)]


def _between(a: Xyz, b: Xyz, share: float) -> Xyz:
    x, y, z = (p + share * (q - p) for p, q in zip(a, b, strict=True))
    return x, y, z


def _from_way(position: Xyz, a: Xyz, b: Xyz) -> float:
    """Return the distance of a position from the straight way between two places."""
    length = sum((q - p) ** 2 for p, q in zip(a, b, strict=True))
    along = sum((q - p) * (x - p) for x, p, q in zip(position, a, b, strict=True))
    return dist(position, _between(a, b, min(1.0, max(0.0, along / length)) if length else 0.0))
