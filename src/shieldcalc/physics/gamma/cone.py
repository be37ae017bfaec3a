"""The cone of a collimator: who is in it, and where it meets what stands around."""

from collections.abc import Sequence
from math import acos, asin, degrees, dist

from shieldcalc.model.design import Xyz
from shieldcalc.model.radiography import Collimator
from shieldcalc.physics.rules import rule
from shieldcalc.physics.terms import Gain


def in_cone(starts: Sequence[Xyz], collimator: Collimator) -> Gain:
    """Return 1 at places in the cone from any of the starts, 0 elsewhere.

    The cone is widened by the margin for people who are not points: whoever is nearer to its surface is in it.
    """
    margin, half = rule("beam_margin_m"), collimator.half_angle_deg

    def gain(position: Xyz) -> float:
        return float(any(_within(start, position, collimator.toward, half, margin) for start in starts))

    return gain


def _within(start: Xyz, position: Xyz, toward: Xyz, half_deg: float, margin_m: float) -> bool:
    away = dist(start, position)
    if away <= margin_m:
        return True
    along = sum((t - s) * (p - s) for s, p, t in zip(start, position, toward, strict=True)) / dist(start, toward)
    angle = degrees(acos(min(1.0, max(-1.0, along / away))))
    return angle <= half_deg + degrees(asin(margin_m / away))
