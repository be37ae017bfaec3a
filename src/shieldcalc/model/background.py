"""The picture behind a plan."""

from dataclasses import field

from shieldcalc.model.design import Xy
from shieldcalc.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Background:
    """A picture behind the plan: PNG bytes, ``point_px`` lies ``at`` a place in m; turned to the left about it."""

    file: str
    png: bytes = field(repr=False)
    size_px: tuple[int, int]
    point_px: Xy
    at: Xy
    turn_deg: float
    metres_per_px: float
