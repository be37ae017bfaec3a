"""What a design says of an accelerator for radiotherapy: its rotation, its beams, what each gives a week."""

from dataclasses import dataclass

COBALT = "Co-60"


@dataclass(frozen=True, kw_only=True, slots=True)
class BeamEnergy:
    """One beam: nominal ``MV`` (None of cobalt), without flattening filter or with it, largest dose rate and doses.

    Doses are those at the isocentre, of an accelerator without one at 1 m from the target. ``imrt_share`` of the week
    is given with ``imrt_factor`` times the monitor units of conventional fields.
    """

    MV: float | None
    fff: bool
    dose_rate_Gy_per_h: float
    per_week_Gy: float
    in_busiest_hour_Gy: float | None
    imrt_share: float = 0.0
    imrt_factor: float = 1.0

    @property
    def words(self) -> str:
        """Return the energy as people write it."""
        return COBALT if self.MV is None else f"{self.MV:.12g} MV{' FFF' if self.fff else ''}"

    @property
    def monitor_units(self) -> float:
        """Return the monitor units per Gy over those of conventional fields: what leakage grows by."""
        return 1 + (self.imrt_factor - 1) * self.imrt_share


@dataclass(frozen=True, kw_only=True, slots=True)
class Gantry:
    """A gantry angle in degrees (IEC 61217: 0 with the beam down) and the share of the workload given around it."""

    angle_deg: float
    use_factor: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Accelerator:
    """A gantry that turns about a level axis through the isocentre, its angles and energies.

    ``axis``: unit vector from the isocentre along the couch, away from the stand; ``field_m`` the side of the largest
    field there, ``field_assumed`` where the file does not say it; ``leakage_fraction`` None: that of the method.
    ``source_distance_m`` from target or source to the isocentre; ``leakage_off_mGy_per_h`` at 1 m from a cobalt unit
    with its source at rest. An accelerator that is aimed in declared directions has no gantry.
    """

    axis: tuple[float, float]
    gantry: tuple[Gantry, ...]
    energies: tuple[BeamEnergy, ...]
    field_m: float
    field_assumed: bool = False
    leakage_fraction: float | None = None
    source_distance_m: float = 1.0
    leakage_off_mGy_per_h: float | None = None
