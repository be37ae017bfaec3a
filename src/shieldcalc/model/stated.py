"""Figures of a point that the design states in place of those of the plan, with the document that they come from."""

from shieldcalc.records import dataclass

Xyz = tuple[float, float, float]
FIGURES = ("primary_distance", "secondary_distance", "scatter_angle", "obliquity")


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """Stated figures of one point towards an accelerator that turns (``source``; empty: each), None as the plan has it.

    ``primary_distance`` from the target and ``secondary_distance`` from the isocentre in m; ``scatter_angle`` from the
    beam and ``obliquity``, of the ray from the wall's normal, in degrees.
    """

    point: str
    position: Xyz
    document: str
    source: str = ""
    primary_distance: float | None = None
    secondary_distance: float | None = None
    scatter_angle: float | None = None
    obliquity: float | None = None
