"""What decides a facility's threat group, and what its emergency plan holds."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Emergency:
    """The emergency table of a facility file; None where the file does not say.

    Reactor power in MW thermal, caesium-137 of the fuel pool in Bq, distance of a possible criticality to the boundary
    in m. ``dispersible``: the gravest that a release may ask for. Sources by id: at a fixed place, or carried about.
    ``rates``: declared mGy/h at 1 m with the shield lost, by device.
    """

    reactor_power_MW: float | None = None
    pool_cs137_Bq: float | None = None
    pool_needs_cooling: bool | None = None
    criticality_m: float | None = None
    dispersible: str | None = None
    fixed_sources: tuple[str, ...] = ()
    mobile_sources: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    products_at_risk: bool | None = None
    plan: tuple[str, ...] | None = None
    rates: tuple[tuple[str, float], ...] = ()
