"""Barrier materials: reference densities, what a declared density changes, materials added by plugins."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import inf, isfinite
from typing import NamedTuple, Protocol

from shieldcalc.beams.beam import Layer
from shieldcalc.errors import Notice, OutsideDataError, UnknownNameError
from shieldcalc.tables import table

MATERIALS_TABLE = "materials/shielding.csv"
WITHOUT_DATA_TABLE = "materials/without_transmission_data.csv"


class Known(NamedTuple):
    """A material's reference density (g/cm3), the densities that may be declared, how they count, and its tables.

    ``counted_as``: the material whose rows stand for it; ``declares``: "density" or "lead_equivalent", which a layer
    must give; both empty for most.
    """

    name: str
    density_g_per_cm3: float | None
    density_min: float
    density_max: float
    scaled: bool
    forms: tuple[str, ...]
    tables: tuple[str, ...]
    counted_as: str = ""
    declares: str = ""


class MaterialLike(Protocol):
    """What a catalog's material must have; see shieldcalc.model.catalog.Material."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def density_g_per_cm3(self) -> float | None: ...  # noqa: D102
    @property
    def scaled(self) -> bool: ...  # noqa: D102
    @property
    def forms(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def tables(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def density_range(self) -> tuple[float, float] | None: ...  # noqa: D102
    @property
    def declares(self) -> str: ...  # noqa: D102


_ADDED: dict[str, Known] = {}


@cache
def built_in() -> Mapping[str, Known]:
    """Return the materials of data/materials/shielding.csv by name."""
    return {row["material"]: _from_row(row) for row in table(MATERIALS_TABLE).rows}


def _from_row(row: Mapping[str, str]) -> Known:
    density = float(row["density_g_per_cm3"]) if row["density_g_per_cm3"] else None
    low, high = float(row["density_min"] or 0), float(row["density_max"] or inf)
    forms, tables = tuple(row["forms"].split()), tuple(row["tables"].split())
    scaled = row["scaled"] == "yes"
    return Known(row["material"], density, low, high, scaled, forms, tables, row["counted_as"], row["declares"])


def add(added: Iterable[MaterialLike]) -> bool:
    """Take further materials, as plugins bring them; say whether any was new. Built-in names keep their own data."""
    new = {
        each.name: Known(
            each.name,
            each.density_g_per_cm3,
            *(each.density_range or (0.0, inf)),
            each.scaled,
            each.forms,
            each.tables,
            declares=each.declares,
        )
        for each in added
        if each.name not in built_in()
    }
    changed = any(_ADDED.get(name) != known for name, known in new.items())
    _ADDED.update(new)
    return changed


def forget() -> None:
    """Forget the materials that were added."""
    _ADDED.clear()


def is_added(name: str) -> bool:
    """Say whether a material came by ``add``."""
    return name in _ADDED


def is_without_data(name: str) -> bool:
    """Say whether a material is known by name only: no transmission data, refused with the reason."""
    return bool(instead_of(name))


def instead_of(name: str) -> str:
    """Return what to declare in place of a material known by name only; empty for every other name."""
    plain = name.strip().lower().replace(" ", "_").replace("-", "_")
    return next((row["instead"] for row in table(WITHOUT_DATA_TABLE).where(material=plain)), "")


def names() -> tuple[str, ...]:
    """Return the names of every material of this run."""
    return (*built_in(), *_ADDED)


def known(name: str) -> Known:
    """Return one material; refuses an unknown name with the nearest known one, and one without data with the reason."""
    found = built_in().get(name) or _ADDED.get(name)
    if found is not None:
        return found
    instead = instead_of(name)
    if instead:
        raise OutsideDataError("material_without_data", material=name, instead=instead)
    raise UnknownNameError("material", name, names())


def credited(layer: Layer) -> tuple[float, tuple[Notice, ...]]:
    """Return the thickness in mm that a layer counts for at the material's reference density, and what to say of it.

    Scaled materials count by mass per area; all others by thickness: a lighter one is refused, a heavier one gets no
    credit.
    """
    material = known(layer.material)
    x, density = layer.thickness_mm, layer.density_g_per_cm3
    _declared(material, layer)
    if not (isfinite(x) and x >= 0):
        raise OutsideDataError("layer_thickness", material=layer.material, thickness=f"{x:g}")
    if density is not None and not (isfinite(density) and density > 0):
        raise OutsideDataError("layer_density", material=layer.material, density=f"{density:g}")
    form = _form(material, layer)
    if density is None or material.density_g_per_cm3 is None:
        return x, form if density is None else (*form, _not_credited(material, density))
    if material.scaled:
        return x * _mass_factor(material, density), form
    if density < material.density_g_per_cm3:
        raise OutsideDataError(
            "density_lower", material=material.name, density=f"{density:g}", reference=f"{material.density_g_per_cm3:g}"
        )
    return x, form if density == material.density_g_per_cm3 else (*form, _not_credited(material, density))


def _declared(material: Known, layer: Layer) -> None:
    """Refuse a lead equivalent of a material that is not marked with one, and the lack of what must be declared."""
    if layer.lead_equivalent_mm is not None and material.declares != "lead_equivalent":
        marked = ", ".join(each.name for each in built_in().values() if each.declares == "lead_equivalent")
        raise OutsideDataError("lead_equivalent_unused", material=material.name, allowed=marked)
    if material.declares == "lead_equivalent" and layer.lead_equivalent_mm is None:
        raise OutsideDataError("lead_equivalent_missing", material=material.name)
    if material.declares == "density" and layer.density_g_per_cm3 is None:
        raise OutsideDataError("density_missing", material=material.name)


def mean_density(layers: Sequence[Layer]) -> float | None:
    """Return the mean density in g/cm3 of layers of one material that is not credited by mass.

    It bounds concrete equivalents (CT); None where no density is declared, and for materials that are credited by mass:
    their thickness is at the reference density already.
    """
    material = known(layers[0].material)
    x = sum(layer.thickness_mm for layer in layers)
    declared = [layer.density_g_per_cm3 for layer in layers]
    if material.scaled or x == 0 or not any(declared) or (None in declared and material.density_g_per_cm3 is None):
        return None
    used = [density or material.density_g_per_cm3 or 0.0 for density in declared]
    return sum(layer.thickness_mm * density for layer, density in zip(layers, used, strict=True)) / x


def _mass_factor(material: Known, density: float) -> float:
    reference = material.density_g_per_cm3
    if not (reference and material.density_min <= density <= material.density_max):
        low, high = f"{material.density_min:g}", f"{material.density_max:g}"
        raise OutsideDataError("density_range", material=material.name, density=f"{density:g}", low=low, high=high)
    return density / reference


def _not_credited(material: Known, density: float) -> Notice:
    return Notice("warnings.density_not_credited", {"material": material.name, "density": f"{density:g}"})


def _form(material: Known, layer: Layer) -> tuple[Notice, ...]:
    """Return what to say of the form of brick: hollow needs its gross density, an unstated form is taken as solid."""
    if not material.forms:
        if layer.form is not None:
            raise OutsideDataError("form_unknown", material=material.name, form=layer.form, allowed="none")
        return ()
    if layer.form not in (None, *material.forms):
        allowed = ", ".join(material.forms)
        raise OutsideDataError("form_unknown", material=material.name, form=layer.form, allowed=allowed)
    density = layer.density_g_per_cm3
    if layer.form == "hollow":
        if density is None:
            raise OutsideDataError("hollow_without_density", material=material.name)
        return (Notice("warnings.hollow_by_mass", {"material": material.name, "density": f"{density:g}"}),)
    if layer.form == "solid" and density is not None:
        return ()
    used = material.density_g_per_cm3 if density is None else density
    code = "warnings.taken_as_solid" if layer.form is None else "warnings.solid_density_taken"
    return (Notice(code, {"material": material.name, "density": f"{used:g}"}),)
