"""The modes that GBZ 130-2020, 6.3.1 tells apart: fluoroscopy, listed devices and short exposures, each with its rate.

Devices that may run together are judged together: what runs beside a mode is added to its rate at its own maximum
technique, so that the strictest clause holds for the sum. Only where the file says that one runs at a time has each
mode the rate of its own devices alone.
"""

from collections.abc import Mapping
from dataclasses import replace

from shieldcalc.errors import Notice
from shieldcalc.methods.gbz130.doses import doses_at
from shieldcalc.methods.gbz130.scene_sources import FLUOROSCOPES, rates_of
from shieldcalc.model.design import Source
from shieldcalc.model.scene import Scene
from shieldcalc.physics.beside import others_of
from shieldcalc.physics.field import Field

FLUOROSCOPY, RADIOGRAPHY, LISTED = "fluoroscopy", "radiography", "listed_devices"
BOTH = "radiography_fluoroscopy"
SHORT_KINDS = ("radiography", "chest", BOTH, "skull_xray", "mobile_xray")
LISTED_KINDS = ("ct", "mammography", "intraoral_dental", "panoramic_dental", "dental_cbct", "bone_density")


def mode_quantity(mode: str) -> str:
    """Return the field of Doses that holds a mode's rate."""
    return f"h10_beam_on_{mode}_uSv_per_h"


def mode_fields(scene: Scene) -> Mapping[str, Field]:
    """Return the dose field of each mode whose rate is not that of the whole room.

    Fluoroscopy is always one of its own, and none where a device does not say its technique. The others are left out
    where the devices may run together (then the whole room's rate is theirs) and where the room has one mode only.
    What other rooms of a site give is added: their fluoroscopes in fluoroscopy, all else at the maximum techniques.
    """
    found = {FLUOROSCOPY: _in_fluoroscopy(scene)}
    if apart(scene):
        found |= {mode: [source for source in scene.sources if _of(source, mode)] for mode in (RADIOGRAPHY, LISTED)}
    return {
        mode: Field(
            replace(scene, sources=tuple(sources)),
            rates_of,
            others_of(scene, _beside[mode == FLUOROSCOPY], doses_at, "gbz130"),
        )
        for mode, sources in found.items()
        if sources and (mode == FLUOROSCOPY or len(sources) < len(scene.sources))
    }


def _at_most(scene: Scene) -> Field:
    """Return the rates of another room of the site at its maximum techniques."""
    return Field(scene, rates_of)


def _screening(scene: Scene) -> Field:
    """Return the rates of another room of the site, its fluoroscopes at their fluoroscopy technique."""
    return Field(replace(scene, sources=tuple(map(_screened, scene.sources))), rates_of)


def _screened(source: Source) -> Source:
    if source.kind not in FLUOROSCOPES:
        return source
    return replace(source, max_technique=source.fluoroscopy_technique)


_beside = (_at_most, _screening)


def apart(scene: Scene) -> bool:
    """Return whether the file says that one device runs at a time."""
    return scene.simultaneous_operation is False


def modes_of(scene: Scene) -> tuple[str, ...]:
    """Return the modes that the devices of a room have."""
    own = [source for source in scene.sources if source.kind in FLUOROSCOPES]
    others = [mode for mode in (LISTED, RADIOGRAPHY) if any(_of(source, mode) for source in scene.sources)]
    return (*((FLUOROSCOPY,) if own else ()), *others)


def notices(scene: Scene) -> tuple[Notice, ...]:
    """Return how several modes in one room are judged."""
    if len(modes_of(scene)) < 2 or len(scene.sources) < 2:
        return ()
    return (Notice(f"assumptions.gbz130_modes_{'apart' if apart(scene) else 'together'}", {}),)


def _of(source: Source, mode: str) -> bool:
    """Return whether a source belongs to a mode other than fluoroscopy; a kind that neither clause names to both."""
    if source.kind in FLUOROSCOPES and source.kind != BOTH:
        return False
    return source.kind not in (SHORT_KINDS if mode == LISTED else LISTED_KINDS)


def _in_fluoroscopy(scene: Scene) -> list[Source]:
    """Return the fluoroscopes at their fluoroscopy technique, with what may run beside them."""
    own = [source for source in scene.sources if source.kind in FLUOROSCOPES]
    every = [*own, *(source for other in scene.others for source in other.scene.sources if source.kind in FLUOROSCOPES)]
    if any(source.fluoroscopy_technique is None for source in every) or not own:
        return []
    screened = [*map(_screened, own)]
    beside = [] if apart(scene) else [source for source in scene.sources if source.kind not in FLUOROSCOPES]
    return [*screened, *beside]
