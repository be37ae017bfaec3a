"""Rooms of external beams by SRS 47: accelerators, cobalt units; tubes of therapy and simulators (Sections 5 to 7)."""

from shieldcalc.methods.srs47.megavolts import SRS47
from shieldcalc.model.scene import Scene
from shieldcalc.physics.room import Names
from shieldcalc.physics.therapy.machine import Machine
from shieldcalc.physics.therapy.room import therapy_method
from shieldcalc.physics.therapy.tube import Practice, tubes
from shieldcalc.physics.therapy.tube_scatter import any_angle

OF_ACCELERATORS = Names(
    "srs47",
    "IAEA SRS 47 (accelerators, cobalt units)",
    "IAEA Safety Reports Series No. 47 (2006), Sections 5, 6 and 9, Tables 4 to 11; the belt and the places beside the"
    " maze as in rooms by NCRP 151",
)
OF_TUBES = Names(
    "srs47",
    "IAEA SRS 47 (orthovoltage, simulators)",
    "IAEA Safety Reports Series No. 47 (2006), Sections 5 and 7, Tables 12, 14 and 18",
)
TUBE = tubes(Practice(any_angle))
ACCELERATORS = therapy_method(OF_ACCELERATORS, SRS47, {"linac": Machine, "co60_teletherapy": Machine})
TUBES = therapy_method(OF_TUBES, SRS47, {"orthovoltage": TUBE, "simulator": TUBE})


def with_tubes(scene: Scene) -> bool:
    """Return whether a source of a room is a tube of therapy or a simulator."""
    return any(source.kind in TUBES.valid_for for source in scene.sources)
