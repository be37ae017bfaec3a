"""Transmission of the layers of a design for the sources out of their safe: Table 22, the point kernel beside it.

One material of lead, steel or concrete: Table 22 by mass per area, 10^-n. Any other material counts as concrete of the
same mass per area, but never lets less through than by the point kernel. Several materials: their tenth value layers
add up, each with its first layers, but never less than by the point kernel through all of them in order; and never
more than one of the materials alone lets through, so that no further layer raises a dose. H*(10): the ratio to air
kerma of the point kernel behind the same layers.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.methods.srs47 import equations
from shieldcalc.methods.srs47.layers import Curve, curve
from shieldcalc.methods.srs47.values import CONCRETE, LAYERS, MATERIALS, NUCLIDES, RULES, reference_density, rule
from shieldcalc.model.design import Layer
from shieldcalc.photons.materials import material
from shieldcalc.photons.shield import merged, tables
from shieldcalc.physics.gamma.emitter import Told
from shieldcalc.physics.gamma.passing import Rates, sheet
from shieldcalc.physics.gamma.sealed import Behind
from shieldcalc.physics.gamma.told import beyond_tables


class Sum(NamedTuple):
    """All layers of one material: as which material of Table 22 they count, mm of it, and whether by mass alone."""

    layers: tuple[Layer, ...]
    counts_as: str
    mm: float
    by_mass: bool


class OutOfSafe(NamedTuple):
    """The sources out of their safe: nuclide of Table 20, air kerma rate at 1 m by its RAKR, the point kernel's way."""

    source: str
    nuclide: str
    rates: Rates
    kernel: Behind

    def through(self, stack: tuple[Layer, ...]) -> Rates:
        """Return the rates at 1 m behind layers; no layer raises them.

        Raises OutsideDataError for materials that Table 22 does not have for this nuclide and that no mass stands for.
        """
        if not stack:
            return self.rates
        sums = tuple(summed(stack))
        alone = [self._scaled(each.layers, self._of((each,), each.layers)) for each in sums]
        together = self._scaled(stack, self._of(sums, stack)) if len(sums) > 1 else alone[0]
        every = (self.rates, together, *alone)
        return Rates(min(each.kerma for each in every), min(each.h10 for each in every), 0.0)

    def told(self, stack: tuple[Layer, ...]) -> Told:
        """Return what has to be said of a stack."""
        sums = tuple(summed(stack))
        said = [*self._mass(sums), *self._first_layers(sums), *self._beside(stack, sums)]
        used = tables(merged(sheet(each) for each in stack))
        return Told("srs47", (NUCLIDES, LAYERS, RULES, *used), tuple(said))

    def _of(self, sums: tuple[Sum, ...], stack: tuple[Layer, ...]) -> float:
        """Return the transmission of air kerma of sums of materials, together, which stand as in ``stack``."""
        B = equations.transmission(n_TVL=self._tenths(sums))
        return max(B, self._by_kernel(stack)) if len(sums) > 1 or sums[0].by_mass else B

    def _tenths(self, sums: tuple[Sum, ...]) -> float:
        return sum(self._curve(each.counts_as).tenths(each.mm) for each in sums)

    def _curve(self, name: str) -> Curve:
        found = curve(self.nuclide, name)
        if found is None:
            raise OutsideDataError("srs47_layers", nuclide=self.nuclide, material=name)
        return found

    def _by_kernel(self, stack: tuple[Layer, ...]) -> float:
        return _passed(self.kernel, stack).kerma / self.kernel.rates.kerma

    def _scaled(self, stack: tuple[Layer, ...], B: float) -> Rates:
        """Return the rates for a transmission of air kerma, H*(10) in the ratio of the point kernel."""
        passed, kerma = _passed(self.kernel, stack), self.rates.kerma * B
        return Rates(kerma, kerma * passed.h10 / passed.kerma, 0.0)

    def _mass(self, sums: tuple[Sum, ...]) -> Iterator[Notice]:
        names = ", ".join(each.layers[0].material for each in sums if each.by_mass)
        if names:
            yield Notice("warnings.srs47_mass", {"source": self.source, "materials": names})

    def _first_layers(self, sums: tuple[Sum, ...]) -> Iterator[Notice]:
        for each in sums:
            if self._curve(each.counts_as).without_first_layer(self._curve(each.counts_as).tenths(each.mm)):
                yield Notice("warnings.srs47_first_layer", {"nuclide": self.nuclide})

    def _beside(self, stack: tuple[Layer, ...], sums: tuple[Sum, ...]) -> Iterator[Notice]:
        """Return what the point kernel gives behind the same layers, where it differs by more than a tenth."""
        if not stack:
            return
        own, other = self.through(stack).kerma / self.rates.kerma, self._by_kernel(stack)
        layers = " + ".join(f"{each.thickness_mm:g} mm {each.material}" for each in stack)
        if len(sums) > 1:
            yield Notice("warnings.srs47_several", {"source": self.source, "layers": layers})
        if abs(other / own - 1) > rule("kernel_difference"):
            shown = {"layers": layers, "factor": f"{other / own:.3g}", "B": f"{own:.3g}"}
            yield Notice("warnings.srs47_kernel", {"source": self.source, **shown})
        yield from beyond_tables(self.source, _passed(self.kernel, stack))


def summed(stack: tuple[Layer, ...]) -> Iterator[Sum]:
    """Yield the layers by material, in the order of their first ones."""
    for name in dict.fromkeys(each.material for each in stack):
        layers = tuple(each for each in stack if each.material == name)
        counts_as = name if name in MATERIALS else CONCRETE
        mm = sum(counted_mm(each.material, each.thickness_mm, each.density_g_per_cm3) for each in layers)
        yield Sum(layers, counts_as, mm, name not in MATERIALS)


def counted_mm(name: str, thickness_mm: float, density_g_per_cm3: float | None) -> float:
    """Return mm of lead, steel or concrete at Table 22's density; other materials as concrete of the same mass.

    A thickness of those three without a density counts as it is. Raises OutsideDataError for a density that the
    material cannot have and for materials without photon data.
    """
    if name in MATERIALS and density_g_per_cm3 is None:
        return thickness_mm
    density = material(name).density(density_g_per_cm3)
    return thickness_mm * density / reference_density(name if name in MATERIALS else CONCRETE)


@cache
def _passed(kernel: Behind, stack: tuple[Layer, ...]) -> Rates:
    return kernel.through(stack)
