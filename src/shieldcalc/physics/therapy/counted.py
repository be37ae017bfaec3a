"""Layers as built: density, materials that a document has no layers of, several materials one behind another.

Concrete, lead and steel count by mass per area where a density is declared. Other materials count as concrete by mass
times the least ratio of their attenuation per mass to that of concrete, never above 1 (``mass_equivalent_energies``):
megavoltage beams alone, for at tube potentials that ratio says nothing.

Several materials have no rule in the documents: tenth value layers add up, each material from its own first layer; a
thinner first layer (lead against scatter) counts only alone. Never less than one of the materials alone, so that no
further layer raises a dose.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.physics.therapy.document import CONCRETE, LEAD, STEEL, Beam, Document
from shieldcalc.physics.therapy.layers import Layers
from shieldcalc.physics.therapy.rules import own_rule
from shieldcalc.tables import table

ENERGIES = "therapy/mass_equivalent_energies.csv"
SAME = {"iron": STEEL}


class Sheet(NamedTuple):
    """One layer: material, thickness in mm, density in g/cm3 where it is declared."""

    material: str
    mm: float
    density_g_per_cm3: float | None = None


class Behind(NamedTuple):
    """How many tenth value layers a stack is, which rule gave them, data files, remarks."""

    tenths: float
    method: str
    tables: tuple[str, ...]
    notices: tuple[Notice, ...]


@lru_cache(maxsize=4096)
def layers_of(document: Document, beam: Beam, material: str, density: float | None = None) -> Layers:
    """Return the layers in mm of a material as built.

    Raises OutsideDataError for an energy or angle without rows, for a density that the material cannot have, for
    materials that a tube's beam has no layers of, UnknownNameError for a material that nothing is known of.
    """
    name = SAME.get(material, material)
    if name in (CONCRETE, LEAD, STEEL) and density is None:
        found = document.layers(beam, name)
        return _by_mass(document, beam, name, None) if found is None else found
    from shieldcalc.photons.materials import material as known

    built = known(material)
    name = SAME.get(built.name, built.name)
    found = document.layers(beam, name)
    if found is None:
        return _by_mass(document, beam, built.name, density)
    return found if density is None else found.scaled(found.density_g_per_cm3 / built.density(density))


def _by_mass(document: Document, beam: Beam, material: str, density: float | None) -> Layers:
    """Return the layers of a material as so much concrete of the same mass per area, marked."""
    concrete = None if beam.energy.kV is not None else document.layers(beam, CONCRETE)
    if concrete is None:
        raise OutsideDataError("therapy_material", material=material, document=document.words, energy=beam.energy.words)
    from shieldcalc.photons.materials import material as known

    built, share = known(material), mass_share(beam, material)
    told = {"material": built.name, "table": document.short, "share": f"{100 * share:.3g}"}
    factor = concrete.density_g_per_cm3 / (share * built.density(density))
    found = concrete.scaled(factor)
    notices = (*found.notices, Notice("warnings.therapy_by_mass", told))
    return found._replace(tables=(*found.tables, ENERGIES), notices=notices)


def mass_share(beam: Beam, material: str) -> float:
    """Return the share of a material's mass that counts as concrete: the least ratio of mass attenuation, at most 1."""
    return _mass_share(beam.energy.MV or own_rule("cobalt_compared_to"), beam.component, material)


@lru_cache(maxsize=1024)
def _mass_share(most_MeV: float, component: str, material: str) -> float:
    """Return the share at the energies of a component up to a largest one: the same at every angle of scatter."""
    from shieldcalc.photons.attenuation import kernel_mu_rho
    from shieldcalc.photons.materials import material as known

    own, concrete = known(material).weights, known(CONCRETE).weights
    rows = (float(row["energy"]) for row in table(ENERGIES).where(component=component))
    energies = [energy for energy in rows if energy <= most_MeV]
    ratios = [kernel_mu_rho(own, energy) / kernel_mu_rho(concrete, energy) for energy in energies]
    return min(own_rule("share_at_most"), *ratios)


def behind(document: Document, beam: Beam, sheets: Sequence[Sheet]) -> Behind:
    """Return how many tenth value layers a stack is; raises OutsideDataError for more than any number can hold."""
    merged = _by_material(document, beam, sheets)
    total = _tenths(merged.values())
    tables = tuple(dict.fromkeys(name for layers, _ in merged.values() for name in layers.tables))
    notices = [notice for layers, _ in merged.values() for notice in layers.notices]
    kept = tuple(notice for at, notice in enumerate(notices) if notice not in notices[:at])
    if len(merged) == 1:
        return Behind(total, "tenth value layers", tables, kept)
    several = Notice("warnings.therapy_several", {"materials": ", ".join(merged)})
    return Behind(total, "tenth value layers added up", tables, (*kept, several))


def tenths(document: Document, beam: Beam, sheets: Sequence[Sheet]) -> float:
    """Return what ``behind`` does as a number alone."""
    return _tenths(_by_material(document, beam, sheets).values())


def _by_material(document: Document, beam: Beam, sheets: Sequence[Sheet]) -> dict[str, tuple[Layers, float]]:
    known = (layers_of(document, beam, each.material, each.density_g_per_cm3) for each in sheets)
    return _merged((each.material, each.mm, layers) for each, layers in zip(sheets, known, strict=True))


def tenths_of(parts: Iterable[tuple[str, float, Layers]]) -> float:
    """Return how many tenth value layers a stack is, each layer given by its material, thickness (mm) and layers."""
    return _tenths(_merged(parts).values())


def _merged(parts: Iterable[tuple[str, float, Layers]]) -> dict[str, tuple[Layers, float]]:
    """Return sheets of one material as one, in mm of the first one's density."""
    merged: dict[str, tuple[Layers, float]] = {}
    for material, mm, layers in parts:
        first, before = merged.get(material, (layers, 0.0))
        merged[material] = first, before + mm * first.first_mm / layers.first_mm
    return merged


def _tenths(merged: Collection[tuple[Layers, float]]) -> float:
    if not sum([mm / layers.further_mm for layers, mm in merged]) <= own_rule("most_layers"):
        raise OutsideDataError("therapy_numbers")
    alone = [layers.tenths(mm) for layers, mm in merged]
    if len(alone) == 1:
        return alone[0]
    return max(sum([layers.behind_others(mm) for layers, mm in merged]), *alone)
