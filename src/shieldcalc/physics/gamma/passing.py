"""What passes layers: air kerma and H*(10) at 1 m of all lines of a source.

K = sum of S/(4 pi r^2) k(E) B exp(-X) (J. K. Shultis and R. E. Faw, Radiation Shielding); H*(10): uncollided photons
with their own ratio to air kerma, collided ones with the largest at any energy up to the line's (an upper value); no
layer raises a line's. Beyond the reach of the buildup tables (40 mean free paths) further layers count for
nothing: an upper value too.

``published``: photons of 511 keV pass lead, concrete and steel as by AAPM TG-108's Monte Carlo in place of the kernel;
of several layers, and beyond the reach of its tables, by the smaller of the two.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from math import exp, fsum, inf, log
from typing import NamedTuple

from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.model.design import Layer
from shieldcalc.photons.broad_beam import annihilation, is_annihilation
from shieldcalc.photons.dose import H10, PER_HOUR_AT_1M, per_fluence
from shieldcalc.photons.layering import broder
from shieldcalc.photons.rules import rule
from shieldcalc.photons.shield import Layer as Sheet
from shieldcalc.photons.shield import Ray, layer, merged, ray
from shieldcalc.photons.source import Emission

_MANY = 40  # lines of a source that are summed side by side: to load what does that takes as long as some thousand


class Rates(NamedTuple):
    """Air kerma (uGy/h) and H*(10) (uSv/h) at 1 m; the part of the air kerma of lines beyond the buildup tables."""

    kerma: float
    h10: float
    beyond: float


def at_1m(lines: Sequence[Emission], layers: Sequence[Layer], *, published: bool = False) -> Rates:
    """Return the rates at 1 m behind layers in the order from the source outwards.

    Raises OutsideDataError for materials and densities that the photon data do not have.
    """
    sheets = merged(sheet(each) for each in layers)
    if not lines:
        return Rates(0.0, 0.0, 0.0)
    if sheets and len(lines) >= _MANY:
        parts = [*_many(tuple(lines), sheets, published=published)]
    else:
        parts = [(_published if published else _line)(each, sheets) for each in lines]
    return Rates(*(PER_HOUR_AT_1M * fsum(column) for column in zip(*parts, strict=True)))


def neutrons_at_1m(per_s: float) -> float:
    """Return H*(10) in uSv/h at 1 m of so many fission neutrons a second, with nothing in their way."""
    return h10_at_1m(per_s * rule("h10_per_neutron"))


def h10_at_1m(pSv_cm2_per_s: float) -> float:
    """Return H*(10) in uSv/h at 1 m from H*(10) times 4 pi r^2 in pSv cm2/s."""
    return PER_HOUR_AT_1M * pSv_cm2_per_s


def sheet(each: Layer) -> Sheet:
    """Return a layer of the design with its photon data; refuses lead equivalents, which hold for X-ray beams alone."""
    from shieldcalc.photons.materials import declared, names

    if each.composition:
        assert each.density_g_per_cm3 is not None, "a declared material has a density"
        own = declared(each.material, each.composition, each.density_g_per_cm3)
        return Sheet(own, each.thickness_mm, each.density_g_per_cm3)
    if each.lead_equivalent_mm is not None:
        raise OutsideDataError("gamma_lead_equivalent", material=each.material)
    try:
        return layer(each.material, each.thickness_mm, each.density_g_per_cm3)
    except UnknownNameError:
        raise OutsideDataError("gamma_material", material=each.material, allowed=", ".join(names())) from None


def _many(
    lines: tuple[Emission, ...], sheets: Sequence[Sheet], *, published: bool
) -> Iterator[tuple[float, float, float]]:
    """Yield what ``_published`` gives of the lines that it is for, and what ``_line`` gives of all others together."""
    from shieldcalc.physics.point_kernel.many import many

    apart = [each for each in lines if published and is_annihilation(each.energy_MeV)]
    yield from (_published(each, sheets) for each in apart)
    yield many(tuple(each for each in lines if each not in apart) if apart else lines).passed(sheets)


def _line(each: Emission, sheets: Sequence[Sheet]) -> tuple[float, float, float]:
    """Return kerma and H*(10) times 4 pi r^2 of one line, and its kerma where it lies beyond the tables."""
    of = per_fluence(each.energy_MeV)
    ratio, largest, bare = of.ratios[H10], of.largest[H10], each.per_s * of.kerma
    way = ray(sheets, each.energy_MeV)
    kerma, direct = _behind(bare, way.within())
    h10 = min(bare * ratio, direct * ratio + (kerma - direct) * largest)
    softest = log(bare * ratio / h10) if h10 else inf  # behind less the uncollided photons alone are more
    for part in islice(way.parts(softest), 1, None):
        behind, direct = _behind(bare, part.within())
        h10 = min(h10, direct * ratio + (behind - direct) * largest)
    return kerma, h10, kerma if way.depth > rule("buildup_limit_mfp") else 0.0


def _behind(bare: float, way: Ray) -> tuple[float, float]:
    """Return the air kerma behind the layers of a way, and that of the uncollided photons."""
    transmission, uncollided = [(1.0, 1.0), *broder(way.depths, way.curves)][-1]
    return bare * transmission, bare * min(transmission, uncollided)


def _published(each: Emission, sheets: Sequence[Sheet]) -> tuple[float, float, float]:
    """Return what ``_line`` does, of annihilation photons by the published transmission."""
    kerma, h10, beyond = _line(each, sheets)
    fits = annihilation(each.energy_MeV, sheets)
    if not fits:
        return kerma, h10, beyond
    of = per_fluence(each.energy_MeV)
    by_fit = each.per_s * of.kerma * exp(min(fit.log_transmission for fit in fits))
    if len(sheets) == 1 and not any(fit.ends for fit in fits):
        return by_fit, by_fit * of.ratios[H10], 0.0
    return min(kerma, by_fit), min(h10, by_fit * of.ratios[H10]), beyond if kerma < by_fit else 0.0
