"""Materials of gamma calculations: composition by weight, density, buildup medium, where each is from."""

from collections.abc import Iterator, Mapping
from functools import cache
from math import inf, isfinite
from typing import NamedTuple

from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.photons.elements import Element, composition_weights, elements, formula_weights, named
from shieldcalc.tables import table

MATERIALS_TABLE = "materials/photon_materials.csv"
NAMES_TABLE = "materials/photon_names.csv"
NIST_TABLE = "materials/nist_materials.csv"
ELEMENTS_TABLE = "attenuation/elements.csv"
_DENSEST, _DENSER = 23.0, 1.1


class Material(NamedTuple):
    """A material: weight fractions by symbol, density in g/cm3 (None: must be declared), bounds of a declared one.

    ``buildup`` names a medium of ANSI/ANS-6.4.3, or is empty: equivalent atomic number per energy.
    """

    name: str
    density_g_per_cm3: float | None
    weights: tuple[tuple[str, float], ...]
    buildup: str = ""
    density_min: float = 0.0
    density_max: float = _DENSEST
    composition_source: str = ""
    density_source: str = ""
    confidence: str = ""
    table: str = MATERIALS_TABLE

    def density(self, declared: float | None = None) -> float:
        """Return the density to compute with in g/cm3; refuses one outside what counts as this material, and none."""
        used = self.density_g_per_cm3 if declared is None else declared
        if used is None:
            raise OutsideDataError("photon_density_missing", material=self.name)
        if not (isfinite(used) and used > 0 and self.density_min <= used <= self.density_max):
            low, high = f"{self.density_min:g}", f"{self.density_max:g}"
            raise OutsideDataError("photon_density", material=self.name, density=f"{used:g}", low=low, high=high)
        return used


def composed(name: str, density_g_per_cm3: float | None, weights: Mapping[str, float], buildup: str = "") -> Material:
    """Return a material of a user: weight fractions by symbol (scaled to 1), density in g/cm3.

    Raises OutsideDataError for elements that are not 1 to 92 and for fractions that are not positive.
    """
    for symbol, share in weights.items():
        if symbol not in elements() or not (isfinite(share) and share > 0):
            raise OutsideDataError("photon_element", element=symbol, composition=name)
    total = sum(weights.values())
    ordered = tuple((symbol, share / total) for symbol, share in weights.items())
    return Material(name, density_g_per_cm3, ordered, buildup, composition_source=name, density_source=name)


@cache
def declared(name: str, written: str, density_g_per_cm3: float) -> Material:
    """Return a material of a file: its name there, its composition by weight or formula, density in g/cm3.

    Raises UnknownNameError where the text is neither, OutsideDataError for what ``composed`` refuses.
    """
    weights = composition_weights(written) or formula_weights(written)
    if weights is None:
        raise UnknownNameError("material", written, names())
    return composed(name, density_g_per_cm3, weights)


@cache
def material(name: str) -> Material:
    """Return a material by name (ours or NIST's), element, chemical formula, or composition "H:0.11 O:0.89".

    Raises UnknownNameError with the nearest known name.
    """
    key = _plain(name)
    key = _aliases().get(key, key)
    if key in _rows():
        return _from_row(_rows()[key])
    if key in _nist():
        return _nist()[key]
    if (element := named(name.strip())) is not None:
        return _of_element(element)
    if key in _ADDED:
        return _ADDED[key]
    weights = composition_weights(name.strip()) or formula_weights(name.strip())
    if weights is None:
        raise UnknownNameError("material", name, names())
    return composed(name.strip(), None, weights)


_ADDED: dict[str, Material] = {}


def add(name: str, written: str, density_g_per_cm3: float | None, span: tuple[float, float], source: str) -> None:
    """Take a further material, as plugins bring them: composition by weight or formula, bounds of its density.

    Names of ours, of NIST and elements keep their own data. Raises what ``composed`` refuses.
    """
    key = _plain(name)
    if key in _rows() or key in _nist() or named(name) is not None:
        return
    weights = composition_weights(written) or formula_weights(written) or {}
    made = composed(name, density_g_per_cm3, weights)._replace(
        density_min=span[0], density_max=min(span[1], _DENSEST), composition_source=source, density_source=source
    )
    if _ADDED.get(key) != made:
        _ADDED[key] = made
        material.cache_clear()


def forget() -> None:
    """Forget the materials that were added."""
    if _ADDED:
        _ADDED.clear()
        material.cache_clear()


def names() -> tuple[str, ...]:
    """Return the names that are listed when one is not known: ours, those of plugins, then the elements."""
    return (*_rows(), *_ADDED, *(each.name for each in elements().values() if each.name not in _rows()))


def nist_names() -> tuple[str, ...]:
    """Return the names of the NIST materials."""
    return tuple(row["name"] for row in table(NIST_TABLE).rows)


def _plain(name: str) -> str:
    return "_".join(name.lower().replace(",", " ").replace("-", " ").replace("_", " ").split())


@cache
def _aliases() -> Mapping[str, str]:
    return {row["name"]: row["material"] for row in table(NAMES_TABLE).rows}


@cache
def _rows() -> Mapping[str, Mapping[str, str]]:
    return {row["material"]: row for row in table(MATERIALS_TABLE).rows}


def _from_row(row: Mapping[str, str]) -> Material:
    weights = composition_weights(row["composition"]) or {}
    low, high = float(row["density_min"]), float(row["density_max"])
    sources = row["composition_source"], row["density_source"], row["confidence"]
    return Material(
        row["material"], _number(row["density_g_per_cm3"]), tuple(weights.items()), row["buildup"], low, high, *sources
    )


def _number(text: str) -> float | None:
    """Return a density, None where the row leaves it to whoever builds."""
    return float(text) if text else None


@cache
def _nist() -> Mapping[str, Material]:
    return {_plain(each.name): each for each in _nist_rows()}


def _nist_rows() -> Iterator[Material]:
    source = table(NIST_TABLE).meta["source"]
    confidence = table(NIST_TABLE).meta["confidence"]
    for row in table(NIST_TABLE).rows:
        density = float(row["density_g_per_cm3"])
        parts = (part.split(":") for part in row["composition"].split())
        weights = tuple((symbol, float(share)) for symbol, share in parts)
        yield Material(
            row["name"], density, weights, "", 0.0, density * _DENSER, source, source, confidence, NIST_TABLE
        )


def _of_element(element: Element) -> Material:
    meta = table(ELEMENTS_TABLE).meta
    density = element.density_g_per_cm3
    medium = element.name if element.name in media() else ""
    return Material(
        element.name, density, ((element.symbol, 1.0),), medium, 0.0, min(density * _DENSER, inf),
        "element", meta["source"], meta["confidence"], ELEMENTS_TABLE,
    )  # fmt: skip


@cache
def media() -> frozenset[str]:
    """Return the media that have buildup rows of their own in ANSI/ANS-6.4.3."""
    from shieldcalc.photons.buildup import GP_TABLE

    return frozenset(row["medium"] for row in table(GP_TABLE).rows)
