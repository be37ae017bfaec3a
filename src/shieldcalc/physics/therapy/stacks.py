"""What a stack of layers leaves of the beams of a treatment room, as tenth value layers."""

from collections.abc import Callable, Mapping

from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import OutsideDataError
from shieldcalc.model.design import Layer
from shieldcalc.physics.therapy.counted import Behind, Sheet, behind, tenths
from shieldcalc.physics.therapy.document import Beam, Document
from shieldcalc.physics.therapy.stray import OF_LAMINATE, STRAY, stray_behind, stray_tenths

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


def tenths_in(document: Document, known: Mapping[Quality, Beam]) -> Callable[[Quality, tuple[Layer, ...]], float]:
    """Return what gives the tenth value layers of a stack in a beam as a number alone."""

    def found(quality: Quality, stack: tuple[Layer, ...]) -> float:
        if not stack and known[quality].component not in OF_LAMINATE:
            return NOTHING.tenths
        beam, sheets = known[quality], [_sheet(quality, each) for each in stack]
        return stray_tenths(document, beam, sheets) if beam.component in OTHER else tenths(document, beam, sheets)

    return found


def _sheet(quality: Quality, layer: Layer) -> Sheet:
    """Return a layer as the tables know it; refuses lead equivalents and the file's own materials."""
    if layer.lead_equivalent_mm is not None:
        raise OutsideDataError("therapy_marked", material=layer.material, energy=quality.key)
    if layer.composition:
        raise OutsideDataError("therapy_own_material", material=layer.material, energy=quality.key)
    return Sheet(layer.material, layer.thickness_mm, layer.density_g_per_cm3)
