"""A duct through a wall of a treatment room."""

from shieldcalc.records import dataclass

Xyz = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Duct:
    """A straight duct from the room (``start``) outwards (``end``) through a wall, floor or ceiling; metres."""

    id: str
    barrier: str
    start: Xyz
    end: Xyz
    diameter_m: float
