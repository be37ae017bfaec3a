"""Layers of several materials: merged, brought to lead and to concrete, the larger transmission taken.

The product of the layers' transmissions would start each layer with an unhardened beam; it is shown as not
conservative where it differs, and never used.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from math import exp, isfinite, log, log1p
from operator import attrgetter
from typing import NamedTuple, Protocol

from shieldcalc.beams import counted as counting
from shieldcalc.beams import distributions
from shieldcalc.beams import materials as known_materials
from shieldcalc.beams.beam import Beam, Layer, Transmission, checked
from shieldcalc.beams.curve import distinct
from shieldcalc.beams.curves import curve
from shieldcalc.beams.models import rule
from shieldcalc.beams.single_kv import BASES, LEAD
from shieldcalc.errors import Notice, OutsideDataError

_STACKS_KEPT = 1 << 10  # of some fifty rooms, so that a process that verifies thousands stays as large as it is
_NUMBERS_KEPT = 1 << 12  # small ones, and rooms have some in common


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
    @property
    def lead_equivalent_mm(self) -> float | None: ...  # noqa: D102
    @property
    def lead_equivalent_kv(self) -> float | None: ...  # noqa: D102


Key = tuple[str, float, float | None, str | None, float | None, float | None]
_key: Callable[[LayerLike], Key] = attrgetter(
    "material", "thickness_mm", "density_g_per_cm3", "form", "lead_equivalent_mm", "lead_equivalent_kv"
)


class Merged(NamedTuple):
    """All layers that count as one material: thickness in mm as credited, mean density where only a bound uses it."""

    material: str
    x_mm: float
    density: float | None
    notices: tuple[Notice, ...]
    tables: tuple[str, ...]

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
    return _stack(beam, tuple(map(_key, layers)))


def transmission(beam: Beam, layers: Iterable[LayerLike]) -> float:
    """Return the transmission B of ``log_transmission`` alone, for searches: no tables, notices or other readings."""
    return _number(beam, tuple(map(_key, layers)))


@lru_cache(maxsize=_NUMBERS_KEPT)
def _number(beam: Beam, keys: tuple[Key, ...]) -> float:
    parts = [part for part in _checked(beam, keys) if part.x_mm > 0]
    if len(parts) > 1:
        return exp(max([_in_base(beam, base, parts) for base in BASES]))
    return exp(parts[0].log_transmission(beam)) if parts else 1.0


def use_materials(added: Iterable[known_materials.MaterialLike]) -> None:
    """Take further materials with their tables, as plugins bring them; what was computed before is forgotten."""
    if known_materials.add(added):
        _forget_curves()


def use_distributions(added: Iterable[distributions.DistributionLike]) -> None:
    """Take further workload distributions, as plugins bring them; what was computed before is forgotten."""
    if distributions.add(added):
        _forget_curves()


def _forget_curves() -> None:
    from shieldcalc.beams import rows, secondary, single_kv, spectra

    by_kv = (single_kv.primary, single_kv.asymptotic_alpha, single_kv.leakage, secondary.secondary)
    for cached in (
        rows.rows,
        *by_kv,
        spectra.bin_sum,
        curve,
        _stack,
        _number,
        _in_every_beam,
        _credited,
        _equivalent,
        _alone,
    ):
        cached.cache_clear()


@lru_cache(maxsize=_STACKS_KEPT)
def _stack(beam: Beam, keys: tuple[Key, ...]) -> Transmission:
    every = _checked(beam, keys)
    parts = tuple(each for each in every if each.x_mm > 0)
    if len(parts) > 1:
        return _by_bases(beam, parts, every)
    method = "single material" if every else "no layers"
    log_b = parts[0].log_transmission(beam) if parts else 0.0
    return _answer(beam, log_b, method, every, {})


def _checked(beam: Beam, keys: tuple[Key, ...]) -> tuple[Merged, ...]:
    """Return the layers merged; refuse those without a curve, even where nothing of them is left."""
    every = _in_every_beam(keys)
    if every is None:
        every = merged((Layer(*key) for key in keys), checked(beam))
    for each in every:
        curve(beam, each.material, each.density)
    return every


@lru_cache(maxsize=_STACKS_KEPT)
def _in_every_beam(keys: tuple[Key, ...]) -> tuple[Merged, ...] | None:
    """Return the layers merged; None where what a layer counts for depends on the beam."""
    if any(known_materials.known(key[0]).counted_as for key in keys):
        return None
    return merged((Layer(*key) for key in keys), Beam())


def merged(layers: Iterable[Layer], beam: Beam) -> tuple[Merged, ...]:
    """Return the layers by material in alphabetical order, each by its mass per area or its marking where that counts.

    What counts as another material (data/materials/shielding.csv) is added to it.
    """
    groups: dict[str, list[Layer]] = {}
    for layer in layers:
        groups.setdefault(counting.counted_as(layer.material), []).append(layer)
    return tuple(_merged(material, groups[material], beam) for material in sorted(groups))


def _merged(material: str, layers: list[Layer], beam: Beam) -> Merged:
    counted = [_credited(layer, beam) for layer in layers]
    x = sum(each.x_mm for each in counted)
    own = [layer for layer in layers if layer.material == material]
    density = known_materials.mean_density(own) if own else None
    said, tables = distinct(each.notices for each in counted), distinct(each.tables for each in counted)
    return Merged(material, x, density, said, tables)


@lru_cache(maxsize=_STACKS_KEPT)
def _credited(layer: Layer, beam: Beam) -> counting.Counted:
    return counting.credited(layer, beam)


def _by_bases(beam: Beam, parts: tuple[Merged, ...], every: tuple[Merged, ...]) -> Transmission:
    by_base = {f"{base} base": _in_base(beam, base, parts) for base in BASES}
    method = max(by_base, key=lambda name: by_base[name])
    others = {name: log_b for name, log_b in by_base.items() if name != method}
    others["product (not conservative)"] = sum(part.log_transmission(beam) for part in parts)
    return _answer(beam, by_base[method], method, every, others)


def _in_base(beam: Beam, base: str, parts: Iterable[Merged]) -> float:
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
    tables = distinct([*(names for names, _ in used), *(each.tables for each in every)])
    alternatives = {name: exp(other) for name, other in others.items() if abs(other - log_b) > far}
    return Transmission(log_b, exp(log_b), method, tables, notices, alternatives)


_BASE_OF = {f"{base} base": base for base in BASES}


def _depth(log_b: float) -> tuple[Notice, ...]:
    limit = rule("extrapolated_below")
    return (Notice("warnings.extrapolated", {"limit": f"{limit:g}"}),) if log_b < log(limit) else ()


def thickness_mm(
    beam: Beam, material: str, transmission: float, density: float | None = None
) -> tuple[float, tuple[str, ...], tuple[Notice, ...]]:
    """Return the thickness in mm of one material that transmits at most B, with tables and notices.

    0 < B <= 1. With a declared density (g/cm3) of a material credited by mass the thickness is that of the material as
    built. Of lead glass and lead rubber it is the lead equivalent that must be marked, at whatever tube potential.
    Raises OutsideDataError for any other B.
    """
    if not (isfinite(transmission) and 0 < transmission <= 1):
        raise OutsideDataError("transmission_range", transmission=f"{transmission:g}")
    marked = is_marked(material)
    one_mm = Layer(material, 1.0, density, lead_equivalent_mm=1.0 if marked else None)
    counted, said, shares = counting.credited(one_mm, checked(beam))
    said = (*said, Notice("warnings.answer_is_lead_equivalent", {"material": material})) if marked else said
    found = curve(beam, counting.counted_as(material), known_materials.mean_density([one_mm]))
    x = found.thickness_mm(log(transmission)) if transmission < 1 else 0.0
    tables, notices = found.used_at(x)
    return x / counted, (*tables, *shares), distinct([said, notices, _depth(log(transmission))])


def is_marked(material: str) -> bool:
    """Say whether a material is declared by a marked lead equivalent in place of its thickness."""
    return known_materials.known(material).declares == "lead_equivalent"


def lead_equivalent_mm(beam: Beam, layers: Iterable[LayerLike]) -> float:
    """Return the lead in mm that transmits as much as the layers; lead alone counts as it is."""
    keys = tuple(Layer(*_key(each)) for each in layers)
    parts = [part for part in merged(keys, checked(beam)) if part.x_mm > 0]
    if all(part.material == LEAD for part in parts):
        return sum(part.x_mm for part in parts)
    return curve(beam, LEAD).thickness_mm(log_transmission(beam, keys).log_transmission)
