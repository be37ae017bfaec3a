"""What a design holds beside the room: protective equipment kept for it, a picture behind its plan."""

from dataclasses import dataclass, field

Xy = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class ProtectiveEquipment:
    """Lead equivalents in mm of the protective equipment that the facility keeps for the room; None is "not said"."""

    patient_gonad_shield: float | None = None
    patient_thyroid_collar: float | None = None
    patient_cap: float | None = None
    child: float | None = None
    companion_apron: float | None = None
    staff_apron: float | None = None
    staff_thyroid_collar: float | None = None
    staff_glasses: float | None = None
    staff_gloves: float | None = None
    staff_cap: float | None = None
    mobile_screen: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Background:
    """A picture behind the plan: PNG bytes, ``point_px`` lies ``at`` a place in m; turned to the left about it."""

    file: str
    png: bytes = field(repr=False)
    size_px: tuple[int, int]
    point_px: Xy
    at: Xy
    turn_deg: float
    metres_per_px: float
