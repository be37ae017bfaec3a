"""Protective equipment that a facility keeps for a room, as a design declares it."""

from shieldcalc.records import dataclass


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
