"""Industrial radiography in a design: kinds of exposure, their collimators, boundaries that are asked for."""

from typing import TYPE_CHECKING, Literal

from shieldcalc.records import dataclass

if TYPE_CHECKING:
    from shieldcalc.model.design import Layer

Xyz = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Collimator:
    """What holds back radiation outside a cone about the direction ``toward``: by a document's factor, or by layers."""

    toward: Xyz
    half_angle_deg: float
    attenuation: float | None = None
    document: str = ""
    layers: "tuple[Layer, ...]" = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Exposure:
    """A kind of exposure in industrial radiography: ``hours`` each, at any of ``positions``; None: not said.

    ``wind_out_h``: how long, out and back together, the bare source is on its way between its device and the position.
    """

    id: str
    positions: tuple[Xyz, ...]
    per_week: float
    hours: float
    wind_out_h: float
    in_busiest_hour: float | None = None
    collimator: Collimator | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Boundary:
    """A limit that the user wants a boundary of an open site for: uSv/h at each moment, or its mean over an hour."""

    id: str
    limit_uSv_per_h: float
    averaging: Literal["beam_on", "hour"]
