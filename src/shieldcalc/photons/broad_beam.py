"""Published broad-beam transmissions of gamma sources: Archer fits of data/buildup/gamma_broad_beam.csv."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from shieldcalc.kernels.attenuation import archer_log_transmission
from shieldcalc.photons.rules import rule
from shieldcalc.photons.shield import Layer
from shieldcalc.tables import table

BROAD_TABLE = "buildup/gamma_broad_beam.csv"
TG108 = "tg108"


class Fit(NamedTuple):
    """ln of a published transmission of one layer; ``ends``: the fit ends before the layer, the value is its end's."""

    log_transmission: float
    ends: bool
    reference: str


def is_annihilation(energy_MeV: float) -> bool:
    """Return whether photons of an energy count as those of annihilation."""
    return rule("annihilation_low_MeV") <= energy_MeV <= rule("annihilation_high_MeV")


def annihilation(energy_MeV: float, layers: Sequence[Layer]) -> list[Fit]:
    """Return TG-108's transmission of each medium among the layers that has one; nothing at other energies.

    Layers of one medium count together by their mass, whatever stands between them: that only takes away.
    """
    if not is_annihilation(energy_MeV):
        return []
    media: dict[str, Layer] = {}
    for each in layers:
        first = media.get(each.material.buildup, each._replace(thickness_mm=0.0))
        more = each.thickness_mm * each.density_g_per_cm3 / first.density_g_per_cm3
        media[each.material.buildup] = first._replace(thickness_mm=first.thickness_mm + more)
    return [fit for fit in (fitted(TG108, layer) for layer in media.values()) if fit is not None]


def fitted(source: str, layer: Layer) -> Fit | None:
    """Return the published transmission of one layer for a source (a nuclide, or ``TG108``); None without a fit."""
    row = _rows().get((source, layer.material.buildup))
    if row is None:
        return None
    x = layer.thickness_mm * layer.density_g_per_cm3 / float(row["density_g_per_cm3"])
    furthest = float(row["x_max_mm"])
    alpha, beta, gamma = (float(row[key]) for key in ("alpha_per_mm", "beta_per_mm", "gamma"))
    return Fit(archer_log_transmission(min(x, furthest), alpha, beta, gamma), x > furthest, row["reference"])


@cache
def _rows() -> Mapping[tuple[str, str], Mapping[str, str]]:
    return {(row["source"], row["medium"]): row for row in table(BROAD_TABLE).rows}
