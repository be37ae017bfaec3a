"""What a design says of an accelerator for radiotherapy: its rotation, its beams, what each gives a week."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class NeutronSource:
    """What is stated of the neutrons of a beam: a machine of the documents' tables, or ``Q_n`` (1/Gy) and ``H_0``.

    ``H_0`` in Sv/Gy at the document's distance (1.41 m NCRP 151, 1 m SRS 47); ``head``: lead or tungsten around it.
    """

    machine: str | None = None
    Q_n: float | None = None
    H_0: float | None = None
    head: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BeamEnergy:
    """One beam: nominal ``MV``, without flattening filter or with it, largest dose rate and doses at the isocentre.

    ``imrt_share`` of the week is given with ``imrt_factor`` times the monitor units of conventional fields.
    """

    MV: float
    fff: bool
    dose_rate_Gy_per_h: float
    per_week_Gy: float
    in_busiest_hour_Gy: float | None
    imrt_share: float = 0.0
    imrt_factor: float = 1.0
    neutrons: NeutronSource = NeutronSource()

    @property
    def words(self) -> str:
        """Return the energy as people write it."""
        return f"{self.MV:.12g} MV{' FFF' if self.fff else ''}"

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
    """

    axis: tuple[float, float]
    gantry: tuple[Gantry, ...]
    energies: tuple[BeamEnergy, ...]
    field_m: float
    field_assumed: bool = False
    leakage_fraction: float | None = None
