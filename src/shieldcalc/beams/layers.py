"""Layers of several materials: merged, brought to lead and to concrete, the larger transmission taken.

The product of the layers' transmissions would start each layer with an unhardened beam; it is shown as not
conservative where it differs, and never used.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import exp, isfinite, log, log1p
from typing import NamedTuple, Protocol

from shieldcalc.beams import materials as known_materials
from shieldcalc.beams.beam import Beam, Layer, Transmission
from shieldcalc.beams.curve import distinct
from shieldcalc.beams.curves import curve
from shieldcalc.beams.models import rule
from shieldcalc.beams.single_kv import BASES, LEAD
from shieldcalc.errors import Notice, OutsideDataError

_STACKS_KEPT = 1 << 16


class LayerLike(Protocol):
    """What a layer must have; see ``Layer`` and shieldcalc.model.design.Layer."""

    @property
    def material(self) -> str: ...  # noqa: D102
    @property
    def thickness_mm(self) -> float: ...  # noqa: D102
    @property
    def density_g_per_cm3(self) -> float | None: ...  # noqa: D102
    @property
    def form(self) -> str | None: ...  # noqa: D102


class Merged(NamedTuple):
    """All layers of one material: thickness in mm as credited, mean density where only a bound uses it."""

    material: str
    x_mm: float
    density: float | None
    notices: tuple[Notice, ...]

    def log_transmission(self, beam: Beam) -> float:
        """Return ln B of this material alone."""
        return _alone(beam, self.material, self.density, self.x_mm)


def log_transmission(
    beam: Beam, layers: Iterable[LayerLike], materials: Mapping[str, known_materials.MaterialLike] | None = None
) -> Transmission:
    """Return the transmission of layers in a beam.

    One material: its own curve. Several: every other one is brought to lead at equal transmission, and separately to
    concrete; the larger B governs. ``materials`` brings further materials (a catalog's). Raises UnknownNameError for a
    name, OutsideDataError for a thickness or density that cannot be credited and where the tables do not reach.
    """
    if materials is not None:
        use_materials(materials.values())
    keys = tuple([(each.material, each.thickness_mm, each.density_g_per_cm3, each.form) for each in layers])
    return _stack(beam, keys)


def use_materials(added: Iterable[known_materials.MaterialLike]) -> None:
    """Take further materials with their tables, as plugins bring them; what was computed before is forgotten."""
    if known_materials.add(added):
        from shieldcalc.beams import rows, secondary, single_kv, spectra

        by_kv = (single_kv.primary, single_kv.asymptotic_alpha, single_kv.leakage, secondary.secondary)
        for cached in (rows.rows, *by_kv, spectra.bin_sum, curve, _stack, _equivalent, _alone):
            cached.cache_clear()


@lru_cache(maxsize=_STACKS_KEPT)
def _stack(beam: Beam, keys: tuple[tuple[str, float, float | None, str | None], ...]) -> Transmission:
    every = merged(Layer(*key) for key in keys)
    for each in every:
        curve(beam, each.material, each.density)
    parts = tuple(each for each in every if each.x_mm > 0)
    if len(parts) > 1:
        return _by_bases(beam, parts, every)
    method = "single material" if every else "no layers"
    log_b = parts[0].log_transmission(beam) if parts else 0.0
    return _answer(beam, log_b, method, every, {})


def merged(layers: Iterable[Layer]) -> tuple[Merged, ...]:
    """Return the layers by material in alphabetical order, each by its mass per area where that counts."""
    groups: dict[str, list[Layer]] = {}
    for layer in layers:
        groups.setdefault(layer.material, []).append(layer)
    return tuple(_merged(material, groups[material]) for material in sorted(groups))


def _merged(material: str, layers: list[Layer]) -> Merged:
    counted = [known_materials.credited(layer) for layer in layers]
    x = sum(thickness for thickness, _ in counted)
    return Merged(material, x, known_materials.mean_density(layers), distinct(notices for _, notices in counted))


def _by_bases(beam: Beam, parts: tuple[Merged, ...], every: tuple[Merged, ...]) -> Transmission:
    by_base = {f"{base} base": _in_base(beam, base, parts) for base in BASES}
    method = max(by_base, key=lambda name: by_base[name])
    others = {name: log_b for name, log_b in by_base.items() if name != method}
    others["product (not conservative)"] = sum(part.log_transmission(beam) for part in parts)
    return _answer(beam, by_base[method], method, every, others)


def _in_base(beam: Beam, base: str, parts: tuple[Merged, ...]) -> float:
    """Return ln B of the sum of all equivalents in one base material."""
    return curve(beam, base).log_transmission(sum(_equivalent(beam, base, part[:3]) for part in parts))


@lru_cache(maxsize=_STACKS_KEPT)
def _equivalent(beam: Beam, base: str, part: tuple[str, float, float | None]) -> float:
    """Return the thickness in mm of a base that transmits as much as one merged material."""
    material, x_mm, density = part
    return x_mm if material == base else curve(beam, base).thickness_mm(_alone(beam, material, density, x_mm))


@lru_cache(maxsize=_STACKS_KEPT)
def _alone(beam: Beam, material: str, density: float | None, x_mm: float) -> float:
    return curve(beam, material, density).log_transmission(x_mm)


def _answer(
    beam: Beam, log_b: float, method: str, every: tuple[Merged, ...], others: Mapping[str, float]
) -> Transmission:
    used = [curve(beam, each.material, each.density).used_at(each.x_mm) for each in every]
    if method in _BASE_OF:
        base = curve(beam, _BASE_OF[method])
        used.append(base.used_at(base.thickness_mm(log_b)))
    notices = distinct([*(each.notices for each in every), *(said for _, said in used), _depth(log_b)])
    far = log1p(rule("alternative_difference"))
    alternatives = {name: exp(other) for name, other in others.items() if abs(other - log_b) > far}
    return Transmission(log_b, exp(log_b), method, distinct(names for names, _ in used), notices, alternatives)


_BASE_OF = {f"{base} base": base for base in BASES}


def _depth(log_b: float) -> tuple[Notice, ...]:
    limit = rule("extrapolated_below")
    return (Notice("warnings.extrapolated", {"limit": f"{limit:g}"}),) if log_b < log(limit) else ()


def thickness_mm(
    beam: Beam, material: str, transmission: float, density: float | None = None
) -> tuple[float, tuple[str, ...], tuple[Notice, ...]]:
    """Return the thickness in mm of one material that transmits at most B, with tables and notices.

    0 < B <= 1. With a declared density (g/cm3) of a material credited by mass the thickness is that of the material as
    built. Raises OutsideDataError for any other B.
    """
    if not (isfinite(transmission) and 0 < transmission <= 1):
        raise OutsideDataError("transmission_range", transmission=f"{transmission:g}")
    one_mm = Layer(material, 1.0, density)
    counted, said = known_materials.credited(one_mm)
    found = curve(beam, material, known_materials.mean_density([one_mm]))
    x = found.thickness_mm(log(transmission)) if transmission < 1 else 0.0
    tables, notices = found.used_at(x)
    return x / counted, tables, distinct([said, notices, _depth(log(transmission))])


def lead_equivalent_mm(beam: Beam, layers: Iterable[LayerLike]) -> float:
    """Return the lead in mm that transmits as much as the layers; lead alone counts as it is."""
    keys = tuple(Layer(each.material, each.thickness_mm, each.density_g_per_cm3, each.form) for each in layers)
    parts = [part for part in merged(keys) if part.x_mm > 0]
    if all(part.material == LEAD for part in parts):
        return sum(part.x_mm for part in parts)
    return curve(beam, LEAD).thickness_mm(log_transmission(beam, keys).log_transmission)
