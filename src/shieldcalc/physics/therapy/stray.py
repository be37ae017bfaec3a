"""What layers leave of neutrons, of capture gammas and of photons scattered along a maze.

======================  ==================================================================================
neutrons                concrete by mass per area (250 mm a TVL), borated polyethylene; nothing else counts
capture gammas          lead 61 mm a TVL, all else as the primary beam of 18 MV
photons along a maze    lead 6 mm a TVL, all else as scatter at 90 deg of the beam
laminates               neutrons that a primary beam makes in metal, their capture gammas: ``laminate``
======================  ==================================================================================

Materials without layers of photons count as concrete by mass, several materials add up: see ``counted``.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import inf, log10

from shieldcalc.errors import Notice
from shieldcalc.physics.therapy.counted import Behind, Sheet, behind, tenths
from shieldcalc.physics.therapy.document import CONCRETE, LEAD, PRIMARY, SCATTER, Beam, Document
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.laminate import per_gray
from shieldcalc.physics.therapy.layers import Layers
from shieldcalc.physics.therapy.rules import OWN, own_rule

NEUTRON, CAPTURE, MAZE = "neutron", "capture_gamma", "maze_photons"
MAZE_NEUTRON, MAZE_CAPTURE = "maze_neutron", "maze_capture_gamma"
OF_MAZE = (MAZE, MAZE_NEUTRON, MAZE_CAPTURE)
STRAY = (NEUTRON, CAPTURE, *OF_MAZE)
LAMINATE, LAMINATE_CAPTURE = "laminate_neutron", "laminate_capture_gamma"
OF_LAMINATE = (LAMINATE, LAMINATE_CAPTURE)
POLYETHYLENE = "borated_polyethylene"
RIGHT_ANGLE = 90.0


def stray_behind(document: Document, beam: Beam, sheets: Sequence[Sheet]) -> Behind:
    """Return how many tenth value layers a stack is for a part that is none of a beam's own."""
    if beam.component in (NEUTRON, MAZE_NEUTRON):
        return _of_neutrons(document, sheets)
    if beam.component in OF_LAMINATE:
        said = (Notice("warnings.linac_laminate", {}),)
        return Behind(_of_laminate(document, beam, sheets), "laminate", (document.rules,), said)
    return behind(*counted_as(document, beam), sheets)


def stray_tenths(document: Document, beam: Beam, sheets: Sequence[Sheet]) -> float:
    """Return what ``stray_behind`` does as a number alone, of parts that are no photons of a beam."""
    if beam.component in (NEUTRON, MAZE_NEUTRON):
        return _neutron_tenths(document, sheets)
    return _of_laminate(document, beam, sheets)


def _of_laminate(document: Document, beam: Beam, sheets: Sequence[Sheet]) -> float:
    """Return what is left as tenth value layers: infinite where no metal is that the document has a yield of."""
    made = per_gray(document, beam.energy, sheets)
    if beam.component == LAMINATE:
        return -log10(made) if made else inf
    return tenths(document, Beam(beam.energy, PRIMARY), sheets) if made else inf


def counted_as(document: Document, beam: Beam) -> tuple[Document, Beam]:
    """Return the layers and the beam that capture gammas and photons along a maze count with."""
    if beam.component in (CAPTURE, MAZE_CAPTURE):
        return _with_lead(document, "door_lead_capture"), _hard()
    return _with_lead(document, "door_lead_tvl_scattered"), Beam(beam.energy, SCATTER, RIGHT_ANGLE)


def _hard() -> Beam:
    return Beam(Energy(MV=own_rule("capture_as")), PRIMARY)


@lru_cache(maxsize=8)
def _with_lead(document: Document, name: str) -> Document:
    """Return the document with another tenth value layer of lead."""
    TVL = own_rule(name) if name == "door_lead_capture" else document.rule(name)
    table = OWN if name == "door_lead_capture" else document.rules

    def layers(beam: Beam, material: str) -> Layers | None:
        if material == LEAD:
            return Layers(TVL, TVL, document.rule("density_lead"), (table,))
        return document.layers(beam, material)

    return document._replace(layers=layers)


def _of_neutrons(document: Document, sheets: Sequence[Sheet]) -> Behind:
    """Return the tenth value layers of neutrons: concrete and borated polyethylene; other materials are named."""
    nothing = [each.material for each in sheets if each.material not in (CONCRETE, POLYETHYLENE)]
    told = {"materials": ", ".join(dict.fromkeys(nothing))}
    said = [Notice("warnings.therapy_neutron_layers", told)] if nothing else []
    if _boron_is_bare(sheets):
        said.append(Notice("warnings.therapy_boron_bare", {}))
    return Behind(_neutron_tenths(document, sheets), "tenth value layers", (document.rules, OWN), tuple(said))


def _neutron_tenths(document: Document, sheets: Sequence[Sheet]) -> float:
    density, tenths = document.rule("density_concrete"), 0.0
    for each in sheets:
        if each.material == CONCRETE:
            tenths += each.mm * (each.density_g_per_cm3 or density) / density / own_rule("neutron_concrete")
        elif each.material == POLYETHYLENE:
            tenths += each.mm / document.rule("door_bpe_tvl")
    return tenths


def _boron_is_bare(sheets: Sequence[Sheet]) -> bool:
    """Return whether no lead stands outside borated polyethylene, which gives out gammas of its own."""
    at = [index for index, each in enumerate(sheets) if each.material == POLYETHYLENE and each.mm]
    return bool(at) and all(each.material != LEAD or not each.mm for each in sheets[at[-1] + 1 :])
