"""Buildup behind layers of several materials, by named rules; no layer ever raises the dose.

==========  ==================================================================================================
broder      B_k = B_(k-1) + B_k(X_k) - B_k(X_(k-1)), X cumulative mean free paths (D. L. Broder et al.; the default)
last        the buildup of the last layer at all mean free paths
first       the buildup of the first layer at all mean free paths
largest     the largest of the layers' buildups at all mean free paths
mean        the mean of the layers' buildups at all mean free paths, weighted by each layer's own
product     the product of each layer's buildup at its own mean free paths
none        no buildup: uncollided photons only
*material*  the buildup of a named material at all mean free paths
==========  ==================================================================================================

After every layer B_k is at most B_(k-1) exp(x_k), so that the transmission T = B exp(-X) never rises from layer to
layer and is at most 1, and the next layer starts from what is left: infinite-medium buildup exceeds that of a finite
shield.
"""

from collections.abc import Iterator, Sequence
from math import exp, inf, prod
from typing import NamedTuple

from shieldcalc.photons.buildup import Curve

RULES = ("broder", "last", "first", "largest", "mean", "product", "none")


class Passed(NamedTuple):
    """What passes a stack at one energy: transmission of dose, of uncollided photons, whether the cap was active."""

    transmission: float
    uncollided: float
    capped: bool

    @property
    def buildup(self) -> float:
        """Return B = transmission / exp(-X)."""
        return self.transmission / self.uncollided if self.uncollided else 1.0


def passed(
    depths: Sequence[float], curves: Sequence[Curve], rule: str = "broder", named: Curve | None = None
) -> Passed:
    """Return what passes layers of ``depths`` mean free paths, each with its buildup curve, from the source outwards.

    ``named`` is the curve of the material that a rule of that name means. Adjacent layers of one material must have
    been merged. Depths up to 80 in all.
    """
    B, X, capped = 1.0, 0.0, False
    for k, x in enumerate(depths):
        wanted = _step(rule, B, X, k, depths, curves, named)
        X += x
        ceiling = B * exp(x)
        capped = capped or wanted > ceiling or (rule != "none" and curves[k].held(X))
        B = max(1.0, min(wanted, ceiling))
    return Passed(min(1.0, B * exp(-X)), exp(-X), capped)


def broder(depths: Sequence[float], curves: Sequence[Curve]) -> Iterator[tuple[float, float]]:
    """Yield transmission and its uncollided part after each layer: ``passed`` of the first, of two, of all."""
    B, X = 1.0, 0.0
    for x, curve in zip(depths, curves, strict=True):
        wanted = B + (curve.buildup(X + x) - curve.buildup(X))
        X += x
        B = max(1.0, min(wanted, B * exp(x)))
        uncollided = exp(-X)
        yield min(1.0, B * uncollided), uncollided


def _step(
    rule: str, B: float, X: float, k: int, depths: Sequence[float], curves: Sequence[Curve], named: Curve | None
) -> float:
    """Return B after layer k by one rule, before the cap; X is the depth before that layer."""
    x, curve = depths[k], curves[k]
    if rule == "none":
        return 1.0
    if rule == "broder":
        return B + (curve.buildup(X + x) - curve.buildup(X))
    if rule == "product":
        return prod((each.buildup(depth) for each, depth in zip(curves[: k + 1], depths, strict=False)), start=1.0)
    if rule == "largest":
        return max((each.buildup(X + x) for each in curves[: k + 1]), default=inf)
    if rule == "mean":
        weighted = sum(depth * each.buildup(X + x) for each, depth in zip(curves[: k + 1], depths, strict=False))
        return weighted / (X + x) if X + x else 1.0
    used = {"last": curve, "first": curves[0]}.get(rule, named)
    return (used or curve).buildup(X + x)
