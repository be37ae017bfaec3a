"""Layers between a source and a point, and what of each photon line passes them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, product
from math import exp, fsum, log
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError, UnknownNameError
from shieldcalc.photons.attenuation import kernel_mu_rho
from shieldcalc.photons.buildup import Curve, curve, lowest_MeV
from shieldcalc.photons.layering import RULES, Passed, passed
from shieldcalc.photons.materials import Material, material
from shieldcalc.photons.rules import rule

UNDERFLOW = 700.0
BRODER = "broder"


class Layer(NamedTuple):
    """One layer: material, thickness in mm, density in g/cm3 as computed with."""

    material: Material
    thickness_mm: float
    density_g_per_cm3: float

    def depth(self, energy_MeV: float) -> float:
        """Return its mean free paths at one energy, coherent scattering left out."""
        return kernel_mu_rho(self.material.weights, energy_MeV) * self.density_g_per_cm3 * self.thickness_mm / 10


class Ray(NamedTuple):
    """Photons of one energy on their way: mean free paths and buildup curve of each layer."""

    energy_MeV: float
    depths: tuple[float, ...]
    curves: tuple[Curve, ...]

    @property
    def depth(self) -> float:
        """Return the mean free paths of all layers."""
        return fsum(self.depths)

    def passed(self, layer_rule: str = BRODER) -> Passed:
        """Return what passes by one rule.

        Beyond 80 mean free paths an upper value: the transmission at 80 of the same layers in proportion, falling
        on as it does there (ln B is concave in depth).
        """
        total, limit = self.depth, rule("extrapolation_limit_mfp")
        if total <= limit:
            return self._at(total, layer_rule)
        last, before = self._at(limit, layer_rule), self._at(limit - 1, layer_rule)
        fall = log(last.transmission / before.transmission)
        through = exp(max(log(last.transmission) + fall * (total - limit), -UNDERFLOW))
        return Passed(through, min(through, exp(-min(total, UNDERFLOW))), last.capped)

    def parts(self, least_mfp: float = -1.0) -> Iterator["Ray"]:
        """Yield the ways of more than ``least_mfp`` that are left when some of the layers are taken away.

        The whole way comes first. None lets less through: what a layer makes of the others is never more than they let
        through alone. Of many layers (``parted_layers``) the first, the first two and so on.
        """
        for kept in _choices(len(self.curves)):
            if sum(compress(self.depths, kept)) > least_mfp:
                yield self._kept(kept)

    def few(self, least_mfp: float) -> Iterator["Ray"]:
        """Yield the ways of more than ``least_mfp`` through some layers that are at most ``parted_layers`` when merged.

        All of a way with one layer less that are yielded or are that way itself are among them.
        """
        for kept in product((True, False), repeat=len(self.curves)):
            if sum(compress(self.depths, kept)) > least_mfp:
                way = self._kept(kept)
                if len(way.curves) <= rule("parted_layers"):
                    yield way

    def _kept(self, kept: Iterable[bool]) -> "Ray":
        """Return the way through some of the layers; those of one material that become neighbours are one."""
        depths: list[float] = []
        curves: list[Curve] = []
        for depth, own in compress(zip(self.depths, self.curves, strict=True), kept):
            if curves and curves[-1] is own:
                depths[-1] += depth
            else:
                depths.append(depth)
                curves.append(own)
        return Ray(self.energy_MeV, tuple(depths), tuple(curves))

    def within(self) -> "Ray":
        """Return the first layers of the way, as far as the buildup tables reach (40 mean free paths)."""
        left = rule("buildup_limit_mfp")
        depths: list[float] = []
        for depth in self.depths:
            depths.append(min(depth, left))
            left -= depths[-1]
        kept = [(depth, curve) for depth, curve in zip(depths, self.curves, strict=True) if depth > 0]
        return Ray(self.energy_MeV, tuple(depth for depth, _ in kept), tuple(curve for _, curve in kept))

    def _at(self, depth: float, layer_rule: str) -> Passed:
        """Return what passes the same layers in proportion with so many mean free paths in all."""
        scale = depth / self.depth if self.depth else 1.0
        named = None if layer_rule in RULES else curve(material(layer_rule), self.energy_MeV)
        return passed([each * scale for each in self.depths], self.curves, layer_rule, named)


def layer(name: str, thickness_mm: float, density_g_per_cm3: float | None = None) -> Layer:
    """Return one layer of a named material; names as ``materials.material``, densities as ``Material.density``."""
    found = material(name)
    return Layer(found, thickness_mm, found.density(density_g_per_cm3))


def merged(layers: Iterable[Layer]) -> list[Layer]:
    """Return the layers without empty ones; neighbours of one material become one of the same mass per area."""
    found: list[Layer] = []
    for each in layers:
        if each.thickness_mm and found and found[-1].material.name == each.material.name:
            last = found.pop()
            mass = last.density_g_per_cm3 * last.thickness_mm + each.density_g_per_cm3 * each.thickness_mm
            found.append(last._replace(thickness_mm=mass / last.density_g_per_cm3))
        elif each.thickness_mm:
            found.append(each)
    return found


def parts(layers: Sequence[Layer]) -> list[tuple[Layer, ...]]:
    """Return merged layers, and what is left when some of them are taken away, each once: see ``Ray.parts``."""
    return list(dict.fromkeys(tuple(merged(compress(layers, kept))) for kept in _choices(len(layers))))


def _choices(count: int) -> Iterator[Sequence[bool]]:
    """Yield which layers are kept: any of them, of many the first ones."""
    if count <= rule("parted_layers"):
        yield from product((True, False), repeat=count)
    else:
        yield from ([k < kept for k in range(count)] for kept in range(count, -1, -1))


def ray(layers: Sequence[Layer], energy_MeV: float) -> Ray:
    """Return photons of one energy on their way through merged layers."""
    depths = tuple(each.depth(energy_MeV) for each in layers)
    return Ray(energy_MeV, depths, tuple(curve(each.material, energy_MeV) for each in layers))


def check_rule(name: str) -> None:
    """Refuse what is neither a layer rule nor a material whose buildup could be taken."""
    if name not in RULES:
        try:
            material(name)
        except UnknownNameError:
            raise UnknownNameError("buildup rule", name, RULES) from None


def check_reach(parts: Sequence[tuple[float, float]], *, extrapolate: bool) -> tuple[Notice, ...]:
    """Return what to say of depths, from (mean free paths, weight); weights are shares of the answer before division.

    Raises OutsideDataError where lines beyond the limit make more than a thousandth of the answer.
    """
    fitted, furthest = rule("buildup_limit_mfp"), rule("extrapolation_limit_mfp")
    limit, most = furthest if extrapolate else fitted, rule("beyond_limit_share")
    total = fsum(weight for _, weight in parts)
    if fsum(weight for depth, weight in parts if depth > limit) > most * total or not total:
        shallow = min((depth for depth, _ in parts if depth > limit), default=limit)
        code = "photon_too_deep_extrapolated" if extrapolate else "photon_too_deep"
        raise OutsideDataError(code, depth=f"{shallow:.3g}", limit=f"{limit:g}", furthest=f"{furthest:g}")
    beyond = fsum(weight for depth, weight in parts if depth > fitted) > most * total
    return (Notice("warnings.photon_extrapolated", {"limit": f"{fitted:g}"}),) if beyond else ()


def notes(layers: Sequence[Layer], lowest_line_MeV: float) -> tuple[Notice, ...]:
    """Return what to say of layers: buildup by equivalent atomic number, or below the lowest row."""
    said = []
    without = dict.fromkeys(each.material.name for each in layers if not each.material.buildup)
    if without:
        said.append(Notice("warnings.photon_equivalent_z", {"materials": ", ".join(without)}))
    if layers and lowest_line_MeV < lowest_MeV():
        said.append(Notice("warnings.photon_below_rows", {"low": f"{lowest_MeV() * 1e3:g}"}))
    return tuple(said)


def tables(layers: Sequence[Layer]) -> tuple[str, ...]:
    """Return the data files that layers are computed from."""
    from shieldcalc.photons.attenuation import BETWEEN_TABLE, NIST_TABLE, XCOM_TABLE
    from shieldcalc.photons.buildup import GP_TABLE, PRINTED_TABLE
    from shieldcalc.photons.equivalent_z import SHARE_TABLE

    if not layers:
        return ()
    found = [*(each.material.table for each in layers), NIST_TABLE, BETWEEN_TABLE, XCOM_TABLE, GP_TABLE]
    found += [PRINTED_TABLE] if any(each.material.buildup for each in layers) else []
    found += [SHARE_TABLE] if any(not each.material.buildup for each in layers) else []
    return tuple(dict.fromkeys(found))
