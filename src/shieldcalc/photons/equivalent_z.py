"""Buildup of media without rows of their own: the equivalent atomic number at each energy.

ANSI/ANS-6.4.3-1991: the element in which incoherent scattering has the same share of all interactions (coherent left
out) as in the medium, found at each energy of the tables; parameters between neighbouring elements in ln Z, ln B held
between theirs (beside K edges, where parameters of neighbours have nothing in common, they alone give any value). An
average atomic number is no substitute: it does not depend on energy. Elements whose K edge lies on the other side of
the energy than that of the medium's main absorber are left out: they fluoresce where it does not, or the reverse.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from math import exp, log

from shieldcalc.errors import DataError
from shieldcalc.photons.attenuation import Weights, edges_MeV
from shieldcalc.photons.buildup import GP, GP_TABLE, Between, Rows, gp, medium
from shieldcalc.photons.elements import elements, named
from shieldcalc.tables import table

SHARE_TABLE = "attenuation/incoherent_share.csv"
Pairs = Mapping[int, tuple[float, float]]


@cache
def rows(weights: Weights) -> Rows:
    """Return the buildup rows of a mixture at the energies that every medium has."""
    every = range(len(energies()))
    edge = next((edge for edge in (_edge_above(weights, i) for i in every) if edge is not None), None)
    return Rows(energies(), [_at_grid(weights, i) for i in every], edge)


@cache
def energies() -> tuple[float, ...]:
    """Return ln E of the energies that every medium has (MeV)."""
    return tuple(medium("water").x)


@cache
def equivalent_z(weights: Weights, index: int) -> float:
    """Return the equivalent atomic number of a mixture at one energy of the tables."""
    incoherent, other = _mixture(weights, index)
    wanted = log(other / incoherent)
    beyond = _beyond_edge(weights, index)
    ratios = [(log(z), log(pair[1] / pair[0])) for z, pair in sorted(_pairs()[index].items()) if beyond(z)]
    for (z0, r0), (z1, r1) in pairwise(ratios):
        if min(r0, r1) <= wanted <= max(r0, r1):
            return exp(z0 + (z1 - z0) * (wanted - r0) / (r1 - r0))
    return exp(ratios[0 if wanted < ratios[0][1] else -1][0])


def _at_grid(weights: Weights, index: int) -> Between:
    ln_z = log(equivalent_z(weights, index))
    beyond = _beyond_edge(weights, index)
    known = [(log(z), name) for z, name in _elements_with_rows() if beyond(z)]
    i = min(max(bisect_left(known, (ln_z, "")), 1), len(known) - 1)
    (z0, low), (z1, high) = known[i - 1], known[i]
    alone = z0 == z1  # at 100 keV uranium is the only element below its edge
    share = 0.0 if alone else min(max((ln_z - z0) / (z1 - z0), 0.0), 1.0)
    first, last = (medium(name).row(energies()[index]) for name in (low, high))
    if not isinstance(first, GP) or not isinstance(last, GP):
        raise DataError("table_missing", name=f"{GP_TABLE}: {low}, {high}")
    row = gp(p + (q - p) * share for p, q in zip(first.parameters(), last.parameters(), strict=True))
    return Between(row, first, last)


def _beyond_edge(weights: Weights, index: int) -> Callable[[int], bool]:
    """Return which elements have their K edge on the same side of this energy as the main absorber."""
    energy = exp(energies()[index])
    below = _k_edges()[_main(weights, index)] < energy
    return lambda z: (_k_edges()[z] < energy) == below


def _main(weights: Weights, index: int) -> int:
    """Return the atomic number of the element that absorbs most at one energy of the tables."""
    pairs = _pairs()[index]
    symbol, _ = max(weights, key=lambda part: part[1] * pairs[elements()[part[0]].z][1])
    return elements()[symbol].z


def _edge_above(weights: Weights, index: int) -> float | None:
    """Return ln of the main absorber's K edge where it lies between the energy before and this one."""
    edge = _k_edges()[_main(weights, index)]
    inside = index > 0 and exp(energies()[index - 1]) <= edge < exp(energies()[index])
    return log(edge) if inside else None


@cache
def _k_edges() -> Mapping[int, float]:
    return {each.z: (edges_MeV(each.symbol) or [0.0])[-1] for each in elements().values()}


@cache
def _elements_with_rows() -> tuple[tuple[int, str], ...]:
    names = dict.fromkeys(row["medium"] for row in table(GP_TABLE).rows)
    found = ((named(name), name) for name in names)
    return tuple(sorted((element.z, name) for element, name in found if element is not None))


@cache
def _pairs() -> list[Pairs]:
    """Return for each energy {Z: (incoherent, photoelectric and pair)} in cm2/g."""
    found: list[dict[int, tuple[float, float]]] = [{} for _ in energies()]
    for row in table(SHARE_TABLE).rows:
        place = bisect_left(energies(), log(float(row["energy_MeV"])) - 1e-9)
        found[place][int(row["z"])] = float(row["incoherent"]), float(row["photoelectric_and_pair"])
    return list(found)


def _mixture(weights: Weights, index: int) -> tuple[float, float]:
    pairs = _pairs()[index]
    parts = [(share, pairs[elements()[symbol].z]) for symbol, share in weights]
    return sum(share * pair[0] for share, pair in parts), sum(share * pair[1] for share, pair in parts)
