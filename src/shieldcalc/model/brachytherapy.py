"""What a design says of brachytherapy sources beyond what all sealed sources have: their treatments, and the safe."""

from shieldcalc.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Brachytherapy:
    """Treatments of an afterloading unit; lengths in m.

    ``kerma_constant`` (uGy m2/(MBq h)) where the file declares a reference air kerma rate, by which its activity was
    taken; ``maximum_activity_Bq`` of all sources of the unit; ``tissue_air_ratio`` of the patient where it is to count;
    ``safe_rate_uSv_per_h`` at 1 m from the sources at rest, None where the safe's layers are given.
    """

    positions: tuple[tuple[float, float, float], ...]
    treatments_per_week: float
    treatment_h: float
    treatments_in_busiest_hour: float | None = None
    kerma_constant: float | None = None
    maximum_activity_Bq: float | None = None
    tissue_air_ratio: float | None = None
    safe_rate_uSv_per_h: float | None = None
