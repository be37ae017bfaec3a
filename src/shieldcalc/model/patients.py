"""Patients with radiopharmaceuticals as a design declares them."""

from shieldcalc.records import dataclass

Xyz = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    """A figure of the user's own with the document that states it."""

    value: float
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Patients:
    """Patients with one nuclide at one place, ``activity_Bq`` administered to each, ``number`` there at once at most.

    Each stays ``stay_h`` from ``decay_h`` after the administration on, with the share ``voiding`` of the activity.
    ``constant`` (uSv m2/(MBq h)) or ``rate`` (uSv/h at 1 m, just after the administration) are H*(10) of one patient.
    """

    nuclide: str
    activity_Bq: float
    position: Xyz
    per_week: float
    stay_h: float
    stay_assumed: bool = False
    decay_h: float = 0.0
    voiding: float = 1.0
    number: int = 1
    in_busiest_hour: float | None = None
    constant: Declared | None = None
    rate: Declared | None = None
    effective_half_life_h: Declared | None = None
    cutoff_MeV: float | None = None
    daughters: bool = True
