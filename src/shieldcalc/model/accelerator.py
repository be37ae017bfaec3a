"""What a design says of an accelerator for radiotherapy: its rotation, its beams, what each gives a week."""

from shieldcalc.records import dataclass

COBALT = "Co-60"


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
class TotalBody:
    """Total body irradiation: its shares of week and busiest hour in Gy at 1 m, the gantry angle that it is given at.

    ``dose_Gy`` to patients a week at ``distance_m``; ``at_1m_Gy`` that times the square of the distance.
    """

    dose_Gy: float
    distance_m: float
    at_1m_Gy: float
    gantry_deg: float
    share: float
    hour_share: float


@dataclass(frozen=True, kw_only=True, slots=True)
class BeamEnergy:
    """One beam: nominal ``MV`` (None of cobalt), without flattening filter or with it, largest dose rate and doses.

    The doses are Gy at 1 m from target or source, total body irradiation among them (``tbi``). ``imrt_share`` of the
    rest is given with ``imrt_factor`` times the monitor units of conventional fields, all quality assurance among it.
    """

    MV: float | None
    fff: bool
    dose_rate_Gy_per_h: float
    per_week_Gy: float
    in_busiest_hour_Gy: float | None
    imrt_share: float = 0.0
    imrt_factor: float = 1.0
    neutrons: NeutronSource = NeutronSource()
    tbi: TotalBody | None = None
    quality_assurance_Gy: float = 0.0

    @property
    def words(self) -> str:
        """Return the energy as people write it."""
        return COBALT if self.MV is None else f"{self.MV:.12g} MV{' FFF' if self.fff else ''}"

    @property
    def monitor_units(self) -> float:
        """Return the monitor units per Gy over those of conventional fields: what leakage grows by, in a week."""
        return self.units(hour=False)

    def units(self, *, hour: bool) -> float:
        """Return the monitor units per Gy over conventional ones, of the busiest hour or of a week."""
        modulated = 1 + (self.imrt_factor - 1) * self.imrt_share
        return modulated + (1 - modulated) * self._tbi(hour=hour)

    def use_factor(self, gantry: "Gantry", *, hour: bool) -> float:
        """Return the share of all grays that is given at a gantry angle, total body irradiation counted at its own."""
        share = self._tbi(hour=hour)
        own = share if self.tbi is not None and self.tbi.gantry_deg == gantry.angle_deg else 0.0
        return (1 - share) * gantry.use_factor + own

    def _tbi(self, *, hour: bool) -> float:
        if self.tbi is None:
            return 0.0
        return self.tbi.hour_share if hour else self.tbi.share


@dataclass(frozen=True, kw_only=True, slots=True)
class Gantry:
    """A gantry angle in degrees (IEC 61217: 0 with the beam down) and the share of the workload given around it."""

    angle_deg: float
    use_factor: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Accelerator:
    """A gantry that turns about a level axis through the isocentre, its angles and energies.

    ``axis``: unit vector from the isocentre along the couch, away from the stand; ``field_m`` the side of the largest
    field there, a square with the diagonal of ``field_sides_m``; ``field_assumed`` where the file does not say it;
    ``leakage_fraction`` None: that of the method.
    ``source_distance_m`` from target or source to the isocentre; ``leakage_off_mGy_per_h`` at 1 m from a cobalt unit
    with its source at rest. An accelerator that is aimed in declared directions has no gantry.
    """

    axis: tuple[float, float]
    gantry: tuple[Gantry, ...]
    energies: tuple[BeamEnergy, ...]
    field_m: float
    field_sides_m: tuple[float, float] | None = None
    field_assumed: bool = False
    leakage_fraction: float | None = None
    source_distance_m: float = 1.0
    leakage_off_mGy_per_h: float | None = None
