"""Broad-beam transmission of gamma sources through layers, and its inverse.

The air kerma of the source's lines behind the layers over that without, by the point kernel. For annihilation photons
AAPM TG-108 (Madsen et al., Med. Phys. 33 (2006) 4) has Monte Carlo transmissions of lead, concrete and iron; they
replace the kernel, which overstates thick concrete at 511 keV (30 cm: twice).
"""

from collections.abc import Sequence
from math import exp, fsum, log
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.kernels.roots import falling_root
from shieldcalc.photons.broad_beam import BROAD_TABLE, annihilation, fitted
from shieldcalc.photons.dose import ICRP74_TABLE
from shieldcalc.photons.layering import Passed
from shieldcalc.photons.materials import material
from shieldcalc.photons.point import Traced, fission, held_back, spread, trace
from shieldcalc.photons.rules import RULES_TABLE
from shieldcalc.photons.shield import BRODER, Layer, check_reach, merged, notes, tables
from shieldcalc.photons.source import Source


class Through(NamedTuple):
    """Transmission of air kerma: its logarithm, by which method, other readings, what to say, data files."""

    log_transmission: float
    method: str
    alternatives: dict[str, float]
    notices: tuple[Notice, ...]
    tables: tuple[str, ...]


def transmission(
    source: Source, layers: Sequence[Layer], layer_rule: str = BRODER, *, extrapolate: bool = False
) -> Through:
    """Return the share of a source's air kerma that layers let through, broad beam, exact at any depth that is allowed.

    Raises OutsideDataError beyond the buildup data, for pure beta emitters, and where neutrons would matter.
    """
    if source.betas:
        raise OutsideDataError("photon_transmission_of_beta", nuclides=", ".join(beta.nuclide for beta in source.betas))
    stack = merged(layers)
    kernel = trace(source, stack, layer_rule)
    used = [_broad(each, stack) for each in kernel]
    said = [*source.notices, *check_reach([(each.ray.depth, each.kerma) for each in used], extrapolate=extrapolate)]
    bare = fsum(each.emission.per_s * each.per_fluence.kerma for each in used)
    behind = fsum(each.kerma for each in used)
    replaced = any(each is not other for each, other in zip(used, kernel, strict=True))
    alternatives = {
        name: other / bare for name, other in (spread(kernel, layer_rule) if len(stack) > 1 else {}).items()
    }
    by_kernel = fsum(each.kerma for each in kernel)
    if replaced:
        said.append(Notice("warnings.photon_tg108", {"kernel": f"{by_kernel / bare:.4g}"}))
        alternatives["point kernel"] = by_kernel / bare
    said += [*notes(stack, min(each.energy_MeV for each in source.lines)), *held_back(used)]
    said += fission(source, behind)
    names = [*source.tables, ICRP74_TABLE, *tables(stack), *((BROAD_TABLE,) if replaced else ()), RULES_TABLE]
    alternatives |= _published(source, stack)
    method = "no layers" if not stack else "AAPM TG-108" if replaced else f"point kernel, {layer_rule}"
    return Through(min(0.0, log(behind / bare)), method, alternatives, tuple(said), tuple(dict.fromkeys(names)))


def thickness_mm(
    source: Source,
    name: str,
    wanted: float,
    density_g_per_cm3: float | None = None,
    *,
    layer_rule: str = BRODER,
    extrapolate: bool = False,
) -> tuple[float, Through]:
    """Return the thickness in mm of one material that lets at most a wanted share through, and the answer there.

    Raises OutsideDataError for a share not above 0 and at most 1, and where it lies beyond the buildup data.
    """
    if not 0 < wanted <= 1:
        raise OutsideDataError("transmission_range", transmission=f"{wanted:g}")
    found = material(name)
    density = found.density(density_g_per_cm3)

    def at(x: float) -> Through:
        return transmission(source, [Layer(found, x, density)], layer_rule, extrapolate=extrapolate)

    if wanted == 1:
        return 0.0, at(0.0)
    high = 1.0
    while at(high).log_transmission > log(wanted):
        high *= 2
    x = falling_root(lambda x: at(x).log_transmission - log(wanted), 0.0, high)
    return x, at(x)


def lead_equivalent_mm(
    source: Source, layers: Sequence[Layer], layer_rule: str = BRODER, *, extrapolate: bool = False
) -> tuple[float, Through]:
    """Return the lead in mm that lets as much through as layers do, and the layers' transmission."""
    found = transmission(source, layers, layer_rule, extrapolate=extrapolate)
    x, _ = thickness_mm(source, "lead", exp(found.log_transmission), layer_rule=layer_rule, extrapolate=extrapolate)
    return x, found


def _broad(each: Traced, stack: Sequence[Layer]) -> Traced:
    """Return a line with TG-108's transmission where it has one; the line itself elsewhere.

    One material: its curve; beyond the curve's thickness the smaller of its end and the kernel. Several: the smaller
    of the kernel and every layer's own curve, since the other layers only take away.
    """
    fits = annihilation(each.emission.energy_MeV, stack)
    if not fits:
        return each
    through = exp(min(fit.log_transmission for fit in fits))
    if each.passed.transmission <= through and (len(stack) > 1 or any(fit.ends for fit in fits)):
        return each
    return each._replace(passed=Passed(through, min(each.passed.uncollided, through), False))


def _published(source: Source, stack: Sequence[Layer]) -> dict[str, float]:
    """Return published broad-beam fits of the source's nuclide through one material, shown beside the kernel."""
    if len(stack) != 1 or not source.members:
        return {}
    fit = fitted(source.members[0].name, stack[0])
    return {} if fit is None or fit.ends else {fit.reference: exp(fit.log_transmission)}
