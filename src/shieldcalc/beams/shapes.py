"""Curves ln B(x) of one material and their inverses x(ln B), as pure mathematics.

Every shape has ``log_transmission(x_mm)`` and ``thickness_mm(log_transmission)``; both fall together, B(0) = 1.
"""

from collections.abc import Callable
from functools import cached_property
from math import exp, log
from typing import NamedTuple, Protocol

from shieldcalc.kernels.attenuation import archer_log_transmission, archer_thickness
from shieldcalc.kernels.roots import falling_root


class Shape(Protocol):
    """A falling curve of ln B against thickness in mm."""

    def log_transmission(self, x_mm: float) -> float:
        """Return ln B of a thickness in mm."""

    def thickness_mm(self, log_transmission: float) -> float:
        """Return the smallest thickness in mm whose ln B is not above the given one."""


class Archer(NamedTuple):
    """One row of an Archer table; beta = 0 and gamma = 1 is a plain exponential."""

    alpha: float
    beta: float
    gamma: float

    def log_transmission(self, x_mm: float) -> float:
        """Return ln B of a thickness in mm."""
        return archer_log_transmission(x_mm, *self)

    def thickness_mm(self, log_transmission: float) -> float:
        """Return the thickness in mm of ln B."""
        return archer_thickness(log_transmission, *self)


def exponential(alpha_per_mm: float) -> Archer:
    """Return exp(-alpha x) as a shape."""
    return Archer(alpha_per_mm, 0.0, 1.0)


class Between(NamedTuple):
    """Between two rows: thickness at equal transmission; ``share`` is that of the upper row.

    ``geometric``: ln x is interpolated, else x itself, which never gives less thickness.
    """

    low: Shape
    high: Shape
    share: float
    geometric: bool

    def log_transmission(self, x_mm: float) -> float:
        """Return ln B of a thickness in mm: the ln B at which the interpolated thickness is x."""
        ends = self.low.log_transmission(x_mm), self.high.log_transmission(x_mm)
        return -falling_root(lambda depth: x_mm - self.thickness_mm(-depth), -max(ends), -min(ends))

    def thickness_mm(self, log_transmission: float) -> float:
        """Return the thickness in mm of ln B."""
        low, high = self.low.thickness_mm(log_transmission), self.high.thickness_mm(log_transmission)
        return interpolated(low, high, self.share, self.geometric)


def interpolated(low: float, high: float, share: float, geometric: bool) -> float:
    """Return the value between two thicknesses, on the line of their logarithms or of themselves."""
    if geometric and low > 0:
        return low * exp(share * log(high / low))
    return low + share * (high - low)


class Scaled(NamedTuple):
    """The curve of another material at ``factor`` times the thickness."""

    shape: Shape
    factor: float

    def log_transmission(self, x_mm: float) -> float:
        """Return ln B of a thickness in mm."""
        return self.shape.log_transmission(self.factor * x_mm)

    def thickness_mm(self, log_transmission: float) -> float:
        """Return the thickness in mm of ln B."""
        return self.shape.thickness_mm(log_transmission) / self.factor


class Sum(NamedTuple):
    """A weighted sum of beams; the weights add up to 1."""

    log_weights: tuple[float, ...]
    shapes: tuple[Shape, ...]

    def log_transmission(self, x_mm: float) -> float:
        """Return ln of the sum of w B(x), safe where every B is below the smallest float."""
        if x_mm == 0:
            return 0.0
        logs = [w + shape.log_transmission(x_mm) for w, shape in zip(self.log_weights, self.shapes, strict=True)]
        top = max(logs)
        return min(0.0, top + log(sum([exp(each - top) for each in logs])))

    def thickness_mm(self, log_transmission: float) -> float:
        """Return the thickness in mm of ln B; it lies between the thicknesses of the softest and the hardest part."""
        ends = [shape.thickness_mm(log_transmission) for shape in self.shapes]
        return falling_root(lambda x: self.log_transmission(x) - log_transmission, min(ends), max(ends))


def weighted_sum(parts: list[tuple[float, Shape]]) -> Sum:
    """Return the sum of parts given as (weight, shape), weights in any unit; parts without weight are left out."""
    kept = [(weight, shape) for weight, shape in parts if weight > 0]
    total = sum(weight for weight, _ in kept)
    return Sum(tuple(log(weight / total) for weight, _ in kept), tuple(shape for _, shape in kept))


class Deep:
    """A published workload fit kept from falling below the sum over bins: B = max(fit, min(bins, ceiling))."""

    def __init__(self, fit: Shape, bins: Callable[[], Shape], ceiling: float) -> None:
        self.fit, self._lazy, self.log_ceiling = fit, bins, log(ceiling)

    @cached_property
    def bins(self) -> Shape:
        """Return the sum over bins, made when first needed."""
        return self._lazy()

    def bins_govern(self, x_mm: float) -> bool:
        """Say whether the sum over bins, not the fit, gives B at this thickness."""
        fit = self.fit.log_transmission(x_mm)
        return fit < self.log_ceiling and self.bins.log_transmission(x_mm) > fit

    def log_transmission(self, x_mm: float) -> float:
        """Return ln B of a thickness in mm."""
        fit = self.fit.log_transmission(x_mm)
        if fit >= self.log_ceiling:
            return fit
        return max(fit, min(self.bins.log_transmission(x_mm), self.log_ceiling))

    def thickness_mm(self, log_transmission: float) -> float:
        """Return the smallest thickness in mm whose ln B is not above the given one."""
        fit = self.fit.thickness_mm(log_transmission)
        if log_transmission >= self.log_ceiling:
            return fit
        return max(fit, self.bins.thickness_mm(log_transmission))


class Equivalent(NamedTuple):
    """A material by its equivalent in a base: at most ``mass_factor`` times the thickness (None: no such bound).

    ``own`` and ``base``: the two materials in a beam where both have rows; ``target``: the base in the wanted beam.
    """

    own: Shape
    base: Shape
    target: Shape
    mass_factor: float | None

    def log_transmission(self, x_mm: float) -> float:
        """Return ln B of a thickness in mm."""
        equivalent = self.base.thickness_mm(self.own.log_transmission(x_mm))
        if self.mass_factor is not None:
            equivalent = min(equivalent, self.mass_factor * x_mm)
        return self.target.log_transmission(equivalent)

    def thickness_mm(self, log_transmission: float) -> float:
        """Return the thickness in mm of ln B."""
        wanted = self.target.thickness_mm(log_transmission)
        x = self.own.thickness_mm(self.base.log_transmission(wanted))
        return x if self.mass_factor is None else max(x, wanted / self.mass_factor)
