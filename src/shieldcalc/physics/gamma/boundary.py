"""How far a dose rate of a point source reaches: inverse square, with or without the air in between."""

from collections.abc import Callable, Sequence
from math import sqrt

from shieldcalc.kernels.roots import falling_root
from shieldcalc.model.design import Layer
from shieldcalc.photons.rules import rule
from shieldcalc.photons.source import Emission
from shieldcalc.physics.gamma.passing import at_1m

AIR = "air"
NEARLY = 1e-9


def least_m(size_m: float | None) -> float:
    """Return the least distance of a boundary in m: five times the size of the source, where it is said."""
    return rule("boundary_least_m") if size_m is None else rule("point_sizes") * size_m


def distance_m(
    lines: Sequence[Emission],
    layers: Sequence[Layer],
    limit: float,
    least: float,
    *,
    air: bool = False,
    neutrons_h10: float = 0.0,
) -> float:
    """Return how far in m the H*(10) rate of a point source behind layers stays above a limit in uSv/h.

    Inverse square; with ``air`` the air in between attenuates and builds up too, never above the value without it.
    ``neutrons_h10`` (uSv/h at 1 m) nothing holds back. Never less than ``least``, nor inside the layers.
    Raises OutsideDataError for materials that the photon data do not have.
    """
    bare = sqrt((at_1m(lines, layers).h10 + neutrons_h10) / limit)
    near = max(least, sum(each.thickness_mm for each in layers) / 1000)
    if not air or bare <= near:
        return max(bare, near)
    return falling_root(_over(lines, layers, limit, neutrons_h10), near, bare) * (1 + NEARLY)


def _over(
    lines: Sequence[Emission], layers: Sequence[Layer], limit: float, neutrons_h10: float
) -> Callable[[float], float]:
    """Return by how much the rate at a distance is over the limit, air in what the layers leave of it."""
    thickness = sum(each.thickness_mm for each in layers)

    def over(d: float) -> float:
        air_mm = 1000 * d - thickness
        stack = (*layers, Layer(material=AIR, thickness_mm=air_mm)) if air_mm > 0 else tuple(layers)
        return (at_1m(lines, stack).h10 + neutrons_h10) / d**2 / limit - 1

    return over
