"""What decides a facility's threat group, and what its emergency plan holds."""

from shieldcalc.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class MachineRate:
    """What a file says of a tube or an accelerator with its shield lost: the rate as declared, or what makes it.

    Rates in mGy/h at 1 m; ``dose_rate_mGy_per_h`` is the largest of an accelerator's beam. Of a tube its highest
    technique, total filtration, and output in mGy m2/mAs at that voltage. None where the file does not say it.
    """

    device: str
    rate_mGy_per_h: float | None = None
    dose_rate_mGy_per_h: float | None = None
    kv: float | None = None
    current_mA: float | None = None
    output_mGy_m2_per_mAs: float | None = None
    filtration_mmAl: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Emergency:
    """The emergency table of a facility file; None where the file does not say.

    Reactor power in MW thermal, caesium-137 of the fuel pool in Bq, distance of a possible criticality to the boundary
    in m. ``dispersible``: the gravest that a release may ask for. Sources by id: at a fixed place, or carried about.
    ``rates``: of tubes and accelerators, at 1 m with the shield lost; of several for a device the largest counts.
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
    rates: tuple[MachineRate, ...] = ()
