"""What a stack of layers leaves of the beams of a treatment room, as tenth value layers."""

from collections.abc import Callable, Mapping
from functools import cache

from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import OutsideDataError
from shieldcalc.model.design import Layer
from shieldcalc.physics.therapy.counted import Behind, Sheet, behind, layers_of, tenths_of
from shieldcalc.physics.therapy.document import Beam, Document
from shieldcalc.physics.therapy.layers import Layers
from shieldcalc.physics.therapy.stray import (
    MAZE_NEUTRON,
    NEUTRON,
    OF_LAMINATE,
    STRAY,
    counted_as,
    stray_behind,
    stray_tenths,
)

NO_PHOTONS = (NEUTRON, MAZE_NEUTRON, *OF_LAMINATE)
OTHER = (*STRAY, *OF_LAMINATE)
NOTHING = Behind(0.0, "", (), ())


def passing_in(document: Document, known: Mapping[Quality, Beam]) -> Callable[[Quality, tuple[Layer, ...]], Behind]:
    """Return what gives the tenth value layers of a stack in a beam."""

    def passing(quality: Quality, stack: tuple[Layer, ...]) -> Behind:
        if not stack and known[quality].component not in OF_LAMINATE:
            return NOTHING
        beam, sheets = known[quality], [_sheet(quality, each) for each in stack]
        return stray_behind(document, beam, sheets) if beam.component in OTHER else behind(document, beam, sheets)

    return passing


class Left(dict[Quality, float]):
    """What one stack leaves of each beam, computed when asked for: 10 to the power of minus its tenth value layers."""

    def __init__(self, stack: tuple[Layer, ...], tenths: Callable[[Quality, tuple[Layer, ...]], float]) -> None:
        super().__init__()
        self._stack, self._tenths = stack, tenths

    def __missing__(self, quality: Quality) -> float:
        """Return what is left of a beam not asked for before."""
        B: float = 10 ** -self._tenths(quality, self._stack)
        self[quality] = B
        return B


def left_in(document: Document, known: Mapping[Quality, Beam]) -> Callable[[tuple[Layer, ...]], Left]:
    """Return what gives what a stack leaves of the beams of a room, made once for each stack."""
    layers: dict[tuple[Quality, str, float | None], Layers] = {}

    def built(quality: Quality, each: Layer) -> Layers:
        material, density, beam = each.material, each.density_g_per_cm3, known[quality]
        own = counted_as(document, beam) if beam.component in STRAY else (document, beam)
        found = layers[quality, material, density] = layers_of(*own, material, density)
        return found

    def tenths(quality: Quality, stack: tuple[Layer, ...]) -> float:
        component = known[quality].component
        if not stack and component not in OF_LAMINATE:
            return NOTHING.tenths
        if component in NO_PHOTONS or any(each.lead_equivalent_mm is not None or each.composition for each in stack):
            return stray_tenths(document, known[quality], [_sheet(quality, each) for each in stack])
        return tenths_of(
            (
                each.material,
                each.thickness_mm,
                layers.get((quality, each.material, each.density_g_per_cm3)) or built(quality, each),
            )
            for each in stack
        )

    return cache(lambda stack: Left(stack, tenths))


def _sheet(quality: Quality, layer: Layer) -> Sheet:
    """Return a layer as the tables know it; refuses lead equivalents and the file's own materials."""
    if layer.lead_equivalent_mm is not None:
        raise OutsideDataError("therapy_marked", material=layer.material, energy=quality.key)
    if layer.composition:
        raise OutsideDataError("therapy_own_material", material=layer.material, energy=quality.key)
    return Sheet(layer.material, layer.thickness_mm, layer.density_g_per_cm3)
