"""What the dose of a nuclide leaves out, so that it shows no limit to be kept: by name of what is missing."""

from collections.abc import Collection
from functools import cache
from math import fsum

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.photons import chain
from shieldcalc.photons.bremsstrahlung import bound
from shieldcalc.photons.dose import H10, per_fluence
from shieldcalc.photons.nuclides import nuclide
from shieldcalc.photons.rules import rule
from shieldcalc.photons.shield import BRODER
from shieldcalc.photons.source import Source, of_nuclide

_UNIT_BQ = 1e9
_OUTLASTING = ("warnings.photon_outlasting", "warnings.photon_outlasting_before")
_BREMSSTRAHLUNG = "warnings.photon_bremsstrahlung_left_out"


@cache
def left_out(
    name: str, daughters: bool, cutoff_MeV: float | None, counted: bool, stated: frozenset[str]
) -> Notice | None:
    """Return what a source of a nuclide emits beside what its dose holds; None where that is little (``rules.csv``).

    What neutrons of fission make, daughters that outlive it, bremsstrahlung, daughters that are left out and not
    ``stated`` as sources of their own, photons below a cut-off of the user's.

    Raises OutsideDataError and UnknownNameError as ``of_nuclide`` does.
    """
    found = of_nuclide(name, _UNIT_BQ, daughters=daughters, cutoff_MeV=cutoff_MeV, counted=counted)
    if _by_neutrons(found):
        return Notice("warnings.fission_left_out", {})
    missing = next(filter(_matters, found.notices), None)
    if missing is not None:
        return missing
    least = rule("left_out_share") * _h10(found)
    if cutoff_MeV is not None and _h10(_whole(name, daughters)) - _h10(found) > least:
        return Notice("warnings.photon_cutoff", {"cutoff": f"{cutoff_MeV * 1e3:g}"})
    absent = () if daughters else _absent(name, stated, _h10(found))
    return Notice("warnings.photon_no_daughters", {"daughters": ", ".join(absent)}) if absent else None


@cache
def by_neutrons(name: str, *, daughters: bool) -> bool:
    """Say whether spontaneous fission makes so much of the dose of a nuclide that its photons alone are no answer."""
    return _by_neutrons(of_nuclide(name, _UNIT_BQ, daughters=daughters))


def _by_neutrons(found: Source) -> bool:
    h10 = found.neutrons_per_s * rule("h10_per_neutron")
    return h10 > rule("neutron_refused_share") * _h10(found._replace(betas=()))


def _matters(said: Notice) -> bool:
    """Return whether a note of a source says that something of weight is not included."""
    if said.code == _BREMSSTRAHLUNG:
        return float(str(said.params["share"])) >= 100 * rule("bremsstrahlung_counted_share")
    return said.code in _OUTLASTING


def _absent(name: str, stated: Collection[str], own: float) -> list[str]:
    """Return the daughters in equilibrium that no source states, of weight beside the nuclide's own and stated ones."""
    growths = chain.equilibrium(nuclide(name))
    adds = {each.name: each.ratio * _h10(_whole(each.name, daughters=False)) for each in growths}
    least = rule("left_out_share") * (own + fsum(dose for daughter, dose in adds.items() if daughter in stated))
    return [daughter for daughter, dose in adds.items() if daughter not in stated and dose > least]


def _whole(name: str, daughters: bool) -> Source:
    """Return a nuclide above the least cut-off of ours, a source of nothing where it emits nothing."""
    try:
        return of_nuclide(name, _UNIT_BQ, daughters=daughters, counted=True)
    except OutsideDataError:
        return Source(())


def _h10(source: Source) -> float:
    """Return H*(10) of lines and bremsstrahlung with nothing in their way, times 4 pi r^2 (pSv cm2/s)."""
    coefficients = [(each.per_s, per_fluence(each.energy_MeV)) for each in source.lines]
    betas = bound(source, (), BRODER)[0].doses[H10] if source.betas else 0.0
    return betas + fsum(per_s * of.kerma * of.ratios[H10] for per_s, of in coefficients)
