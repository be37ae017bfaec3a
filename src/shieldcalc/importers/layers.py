"""Names of layers: what a wall or opening is built of, written where every drawing program can write it.

``WALL_BRICK_220``, ``WALL_CONCRETE_150+LEAD_2``, ``DOOR_LEAD_2``: a role, then the layers from the room outwards, each
``MATERIAL[-FORM][-DENSITY]_MILLIMETRES``; lead glass and lead rubber by the lead equivalent marked on them,
``CONTROL_WINDOW_LEAD_GLASS_2PB``. Capitals do not matter.
"""

import re
from collections.abc import Iterable

from shieldcalc.errors import hint, nearest
from shieldcalc.importers.refusal import ImportRefusedError
from shieldcalc.records import dataclass

ROOM = "room"
ROLES = ("control_window", "wall", "door", "window")
_LAYER = re.compile(r"([a-z_]+)((?:-(?:solid|hollow))?)((?:-[0-9]+(?:\.[0-9]+)?)?)_([0-9]+(?:\.[0-9]+)?)(pb)?")
THICKEST_MM = 5000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One layer of a barrier: thickness in mm (``marked``: of lead), density in g/cm3 or None, form or None."""

    material: str
    thickness_mm: float
    density: float | None = None
    form: str | None = None
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """What a layer of the drawing holds: its role and what is built there."""

    name: str
    role: str
    sheets: tuple[Sheet, ...] = ()

    @property
    def thickness_mm(self) -> float:
        """Return the thickness of all sheets together."""
        return sum(sheet.thickness_mm for sheet in self.sheets)


def read_layer(name: str, materials: Iterable[str]) -> Layer | None:
    """Return what a layer's name says, None for a layer that is none of ours.

    Raises ImportRefusedError for a name that begins like one of ours and cannot be read.
    """
    small = name.strip().lower()
    if small == ROOM:
        return Layer(name, ROOM)
    role = next((role for role in ROLES if small == role or small.startswith(f"{role}_")), None)
    if role is None:
        return None
    return Layer(name, role, read_sheets(small.removeprefix(role).removeprefix("_"), materials, name))


def read_sheets(text: str, materials: Iterable[str], name: str) -> tuple[Sheet, ...]:
    """Return the sheets of ``brick_220+lead_2``; ``name`` is what an error quotes."""
    return tuple(_sheet(part, sorted(materials), name) for part in text.lower().split("+"))


def _sheet(part: str, materials: list[str], name: str) -> Sheet:
    found = _LAYER.fullmatch(part)
    if found is None:
        raise ImportRefusedError("import.layer_name", layer=name, part=part)
    material, form, density, thickness, marked = found.groups()
    if material not in materials:
        guess = hint(nearest(material, materials))
        raise ImportRefusedError(
            "import.layer_material", layer=name, material=material, allowed=", ".join(materials), hint=guess
        )
    if not 0 < float(thickness) <= THICKEST_MM:
        raise ImportRefusedError("import.layer_thickness", layer=name, value=thickness, most=THICKEST_MM)
    return Sheet(
        material, float(thickness), float(density[1:]) if density else None, form[1:] or None, marked is not None
    )
