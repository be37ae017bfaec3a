"""Patients with other nuclides than the pure positron emitters: constant of the bare nuclide, transmission by line.

H*(10) of the photon lines at 1 m, shorter-lived daughters in equilibrium as in a patient who was given the parent hours
before; of emitters of betas the bound of bremsstrahlung in the body is added. Behind a barrier each line goes by
the point kernel (upper values of H*(10)); annihilation photons in lead, concrete and steel by TG-108's Monte Carlo.
"""

from collections.abc import Callable
from functools import cache
from math import exp, fsum, log

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.kernels.roots import falling_root
from shieldcalc.methods.tg108.values import Thickness
from shieldcalc.photons import point, shield
from shieldcalc.photons.bremsstrahlung import bound
from shieldcalc.photons.broad_beam import BROAD_TABLE, annihilation
from shieldcalc.photons.dose import H10, PER_HOUR_AT_1M
from shieldcalc.photons.materials import material as known_material
from shieldcalc.photons.nuclides import nuclide
from shieldcalc.photons.rules import rule
from shieldcalc.photons.shield import BRODER, Layer, check_reach
from shieldcalc.photons.source import Source, of_nuclide
from shieldcalc.physics.gamma.constants import Constants

_BQ_PER_MBQ = 1e6


def bare_emitter(name: str) -> tuple[Constants, tuple[Notice, ...], tuple[str, ...]]:
    """Return a nuclide of ICRP 107 with the H*(10) constant of the bare source, what to say, and the data files.

    Raises UnknownNameError for an unknown nuclide, OutsideDataError for neutron sources and where nothing is emitted.
    """
    known, found = nuclide(name), point.rates(_source(name), 1.0)
    return (
        Constants(known.name, known.half_life_s / 3600, PER_HOUR_AT_1M * _dose(_source(name), []), None, False),
        found.notices,
        found.tables,
    )


def thickness(name: str, material: str, B: float, density_g_per_cm3: float | None) -> Thickness:
    """Return the thickness of one material that lets at most a share B of the nuclide's H*(10) through, 0 for B >= 1.

    Raises UnknownNameError for a material that is not known, OutsideDataError beyond the buildup data.
    """
    source, medium = _source(name), known_material(material)
    density = medium.density(density_g_per_cm3)

    def at(mm: float) -> list[Layer]:
        return shield.merged([Layer(medium, mm, density)])

    mm = 0.0 if B >= 1 else _solved(lambda x: log(_dose(source, at(x)) / _dose(source, [])), log(B))
    traced = point.trace(source, at(mm))
    weights = [*((each.ray.depth, each.kerma) for each in traced), *_deep(source, at(mm))]
    replaced = [each for each in traced if annihilation(each.emission.energy_MeV, at(mm))]
    said = [*check_reach(weights, extrapolate=False), *point.held_back(traced)]
    said += shield.notes(at(mm), min((each.energy_MeV for each in source.lines), default=1.0))
    if mm and not replaced and any(_is_annihilation(each.emission.energy_MeV) for each in traced):
        said.append(Notice("warnings.tg108_point_kernel", {"material": material}))
    method = "point kernel, annihilation photons by AAPM TG-108" if replaced else "point kernel"
    tables = (*source.tables, *shield.tables(at(mm)), *((BROAD_TABLE,) if replaced else ()))
    return Thickness(mm, method, tuple(said), tables)


@cache
def _source(name: str) -> Source:
    return of_nuclide(name, _BQ_PER_MBQ, counted=True)


def _solved(log_transmission: Callable[[float], float], wanted: float) -> float:
    high = 1.0
    while log_transmission(high) > wanted:
        high *= 2
        if high > rule("distance_max_m"):
            raise OutsideDataError("barrier_numbers")
    return falling_root(lambda x: log_transmission(x) - wanted, 0.0, high)


def _dose(source: Source, stack: list[Layer]) -> float:
    """Return H*(10) times 4 pi r^2 (pSv cm2/s) behind merged layers; upper values where photons are collided."""
    lines = fsum(_of_line(each, stack) for each in point.trace(source, stack))
    if not source.betas:
        return lines
    added, _ = bound(source, stack, BRODER, Z=rule("patient_Z"))  # betas stop in the patient, not in the barrier
    return lines + added.doses[H10]


def _deep(source: Source, stack: list[Layer]) -> list[tuple[float, float]]:
    return bound(source, stack, BRODER, Z=rule("patient_Z"))[1] if source.betas else []


def _of_line(each: point.Traced, stack: list[Layer]) -> float:
    given = each.emission.per_s * each.per_fluence.kerma
    ratio, largest = each.per_fluence.ratios[H10], each.per_fluence.largest[H10]
    uncollided = each.passed.uncollided
    by_kernel = given * (uncollided * ratio + max(0.0, each.passed.transmission - uncollided) * largest)
    fits = annihilation(each.emission.energy_MeV, stack)
    if not fits:
        return min(by_kernel, given * ratio) if ratio else by_kernel
    published = given * ratio * exp(min(fit.log_transmission for fit in fits))
    return min(published, by_kernel) if any(fit.ends for fit in fits) else published


def _is_annihilation(energy_MeV: float) -> bool:
    return rule("annihilation_low_MeV") <= energy_MeV <= rule("annihilation_high_MeV")
