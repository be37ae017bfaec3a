"""Dose rates of a point source behind layers: the point kernel line by line.

D = sum over lines of S/(4 pi r^2) (dose per fluence) B exp(-X); J. K. Shultis and R. E. Faw, Radiation Shielding.
Nothing but the layers stands between source and point.
"""

from collections.abc import Mapping, Sequence
from math import exp, fsum, inf, log, pi
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.photons.bremsstrahlung import Bound, bound
from shieldcalc.photons.broad_beam import annihilation
from shieldcalc.photons.dose import H10, QUANTITIES, TABLES, PerFluence, per_fluence
from shieldcalc.photons.layering import Passed
from shieldcalc.photons.rules import RULES_TABLE, rule
from shieldcalc.photons.shield import BRODER, UNDERFLOW, Layer, Ray, check_reach, check_rule, merged, notes, ray, tables
from shieldcalc.photons.source import Emission, Source

SHOWN_RULES = ("last", "first", "largest", "mean", "product")
_SECONDS_PER_HOUR = 3600.0
_MICRO_PER_PICO, _MILLI = 1e-6, 1e3


class Rates(NamedTuple):
    """Dose rates at a point.

    Air kerma in uGy/h; ``doses`` in uSv/h by quantity (``dose.QUANTITIES``, those known at these energies), upper
    values for the collided part;
    exposure in mR/h; uncollided share of the air kerma of the lines; air kerma by other layer rules where they
    differ; the part that is bremsstrahlung, already in the totals.
    """

    air_kerma: float
    doses: Mapping[str, float]
    exposure: float
    uncollided_fraction: float
    alternatives: Mapping[str, float]
    bremsstrahlung: Bound | None
    notices: tuple[Notice, ...]
    tables: tuple[str, ...]


class Traced(NamedTuple):
    """One line behind the layers: photons per s, dose per fluence, the way, what passes by the rule."""

    emission: Emission
    per_fluence: PerFluence
    ray: Ray
    passed: Passed

    @property
    def kerma(self) -> float:
        """Return its air kerma rate times 4 pi r^2 (pGy cm2/s)."""
        return self.emission.per_s * self.per_fluence.kerma * self.passed.transmission

    def doses(self, layer_rule: str) -> dict[str, float]:
        """Return its doses times 4 pi r^2 (pSv cm2/s): upper values, which no layer raises."""
        per_s, of = self.emission.per_s * self.per_fluence.kerma, self.per_fluence
        parts = [(each.uncollided, max(0.0, each.transmission - each.uncollided)) for each in self._stages(layer_rule)]
        return {
            name: per_s * min(direct * of.ratios[name] + scattered * of.largest[name] for direct, scattered in parts)
            for name in of.ratios
        }

    def _stages(self, layer_rule: str) -> list[Passed]:
        """Return what passes all layers, some of them and none; of far lines no layer and all.

        Of many layers (``parted_layers``) all count as if nothing passed uncollided, with any few of them.
        """
        if not self.ray.curves:
            return [Passed(1.0, 1.0, False), self.passed]
        if len(self.ray.curves) <= rule("parted_layers"):
            return [each.passed(layer_rule) for each in self.ray.parts()]
        collided = self.passed._replace(uncollided=0.0)
        return [collided, *(each.passed(layer_rule) for each in self.ray.few(self._softest()))]

    def _softest(self) -> float:
        """Return the mean free paths behind fewer of which the uncollided ones alone are more than what all let by."""
        of = self.per_fluence
        most = max((of.largest[name] / of.ratios[name] for name in of.ratios), default=1.0)
        through = self.passed.transmission * most
        return -log(through) if through else inf


def rates(
    source: Source,
    distance_m: float,
    layers: Sequence[Layer] = (),
    layer_rule: str = BRODER,
    *,
    extrapolate: bool = False,
) -> Rates:
    """Return the dose rates of a point source at a distance, behind layers in the order from the source outwards.

    Raises OutsideDataError for a point at the source or inside a layer, where the answer rests on buildup beyond 40
    mean free paths (80 with ``extrapolate``), of more merged layers than ``most_layers``, and where neutrons of
    spontaneous fission would matter.
    """
    check_place(distance_m, layers)
    stack = merged(layers)
    check_count(stack)
    traced = trace(source, stack, layer_rule)
    added, deep = bound(source, stack, layer_rule) if source.betas else (None, [])
    said = [
        *source.notices,
        *check_reach([*((each.ray.depth, each.kerma) for each in traced), *deep], extrapolate=extrapolate),
    ]
    per_hour = _SECONDS_PER_HOUR / (4 * pi * (100 * distance_m) ** 2)
    total = _sums(traced, added, layer_rule)
    alternatives = spread(traced, layer_rule) if len(stack) > 1 else {}
    said += [
        *notes(stack, min((each.energy_MeV for each in source.lines), default=1.0)),
        *held_back(traced),
        *_overstated(traced, stack),
    ]
    said += fission(source, total.doses.get(H10, 0.0))
    dose = per_hour * _MICRO_PER_PICO
    return Rates(
        dose * total.air_kerma,
        {name: dose * value for name, value in total.doses.items()},
        per_hour * _MILLI * total.exposure,
        _uncollided(traced),
        {name: dose * value for name, value in alternatives.items()},
        added and _scaled(added, dose, per_hour * _MILLI),
        tuple(said),
        tuple(dict.fromkeys([*source.tables, *TABLES, *tables(stack), RULES_TABLE])),
    )


def trace(source: Source, stack: Sequence[Layer], layer_rule: str = BRODER) -> list[Traced]:
    """Return every line of a source behind merged layers.

    Lines beyond 300 mean free paths stand at an upper value where all of them together make less than 1e-9 of the air
    kerma of the others: no buildup grows by more than a factor exp(0.9) a mean free path.
    """
    check_rule(layer_rule)
    upper = [_far(each, stack) for each in source.lines]
    found = [far or _traced(each, stack, layer_rule) for each, far in zip(source.lines, upper, strict=True)]
    left = fsum(far.kerma for far in upper if far)
    if left > rule("far_share") * (fsum(each.kerma for each in found) - left):
        return [_traced(each, stack, layer_rule) for each in source.lines]
    return found


def _traced(each: Emission, stack: Sequence[Layer], layer_rule: str) -> Traced:
    way = ray(stack, each.energy_MeV)
    return Traced(each, per_fluence(each.energy_MeV), way, way.passed(layer_rule))


def _far(each: Emission, stack: Sequence[Layer]) -> Traced | None:
    """Return a line at its upper value where it lies far behind the layers, without buildup curves; else None."""
    depths = tuple([sheet.depth(each.energy_MeV) for sheet in stack])
    total = fsum(depths)
    if total <= rule("far_mfp"):
        return None
    through = len(depths) * exp(max((rule("buildup_growth_per_mfp") - 1) * total, -UNDERFLOW))
    way = Ray(each.energy_MeV, depths, ())
    return Traced(
        each, per_fluence(each.energy_MeV), way, Passed(through, min(through, exp(-min(total, UNDERFLOW))), False)
    )


def spread(traced: Sequence[Traced], layer_rule: str) -> dict[str, float]:
    """Return air kerma times 4 pi r^2 by the other layer rules, where they differ by more than a tenth."""
    strongest = _strongest(traced)
    kerma = fsum(each.kerma for each in strongest)
    found = {}
    for name in SHOWN_RULES if strongest else ():
        other = fsum(
            each.emission.per_s * each.per_fluence.kerma * each.ray.passed(name).transmission for each in strongest
        )
        if name != layer_rule and abs(other - kerma) > rule("alternative_difference") * kerma:
            found[name] = other
    return found


def _strongest(traced: Sequence[Traced]) -> list[Traced]:
    """Return the lines that make up all but a thousandth of the kerma."""
    left = fsum(each.kerma for each in traced) * (1 - rule("beyond_limit_share"))
    found: list[Traced] = []
    for each in sorted(traced, key=lambda each: -each.kerma):
        if left <= 0:
            break
        found.append(each)
        left -= each.kerma
    return found


def check_place(distance_m: float, layers: Sequence[Layer]) -> None:
    """Refuse a point at the source, and layers thicker than the way to the point."""
    low, high = rule("distance_min_m"), rule("distance_max_m")
    if not low <= distance_m <= high:
        raise OutsideDataError("photon_distance", distance=f"{distance_m:g}", low=f"{low:g}", high=f"{high:g}")
    thickness = fsum(each.thickness_mm for each in layers) / 1e3
    if thickness > distance_m:
        raise OutsideDataError("photon_inside", distance=f"{distance_m:g}", thickness=f"{thickness:g}")


def check_count(stack: Sequence[Layer]) -> None:
    """Refuse more merged layers than those whose parts can all be looked at, so that none raises a dose."""
    most = int(rule("most_layers"))
    if len(stack) > most:
        raise OutsideDataError("photon_layers", count=len(stack), most=most)


def fission(source: Source, h10: float) -> tuple[Notice, ...]:
    """Return what to say of fission neutrons beside an H*(10) times 4 pi r^2 (pSv cm2/s); refuses too many."""
    neutrons = source.neutrons_per_s * rule("h10_per_neutron")
    share = neutrons / h10 if h10 else float("inf")
    if neutrons and share > rule("neutron_refused_share"):
        raise OutsideDataError("photon_fission", nuclide=source.members[0].name, share=f"{share:.3g}")
    if neutrons and share > rule("neutron_note_share"):
        return (Notice("warnings.photon_fission", {"share": f"{100 * share:.1f}"}),)
    return ()


def _sums(traced: Sequence[Traced], added: Bound | None, layer_rule: str) -> Bound:
    """Return kerma, doses and exposure times 4 pi r^2 of all lines and the bound of bremsstrahlung."""
    doses = {name: 0.0 for name in QUANTITIES if all(name in each.per_fluence.ratios for each in traced)}
    for each in traced:
        for name, dose in each.doses(layer_rule).items():
            doses[name] += dose
    kerma = fsum(each.kerma for each in traced)
    exposure = fsum(each.emission.per_s * each.per_fluence.exposure * each.passed.transmission for each in traced)
    if added is None:
        return Bound(kerma, doses, exposure, 0.0, 0.0)
    summed = {name: doses[name] + added.doses[name] for name in QUANTITIES}
    return Bound(kerma + added.air_kerma, summed, exposure + added.exposure, added.Z, added.max_MeV)


def _scaled(added: Bound, dose: float, exposure: float) -> Bound:
    doses = {name: dose * value for name, value in added.doses.items()}
    return added._replace(air_kerma=dose * added.air_kerma, doses=doses, exposure=exposure * added.exposure)


def _uncollided(traced: Sequence[Traced]) -> float:
    kerma = fsum(each.kerma for each in traced)
    direct = fsum(each.emission.per_s * each.per_fluence.kerma * each.passed.uncollided for each in traced)
    return min(1.0, direct / kerma) if kerma else 0.0


def _overstated(traced: Sequence[Traced], stack: Sequence[Layer]) -> tuple[Notice, ...]:
    """Return the note that Monte Carlo values lie lower, where annihilation photons make most of the kerma."""
    kerma = fsum(each.kerma for each in traced)
    known = fsum(each.kerma for each in traced if annihilation(each.emission.energy_MeV, stack))
    return (Notice("warnings.photon_tg108_lower"),) if known > kerma / 2 else ()


def held_back(traced: Sequence[Traced]) -> tuple[Notice, ...]:
    """Return the note that a layer's buildup was held back, where that concerns a thousandth of the kerma."""
    kerma, held = fsum(each.kerma for each in traced), fsum(each.kerma for each in traced if each.passed.capped)
    return (Notice("warnings.photon_capped"),) if held > rule("beyond_limit_share") * kerma else ()
