"""Sources that mix an alpha emitter with beryllium, of which neutrons and hard photons are held (Am-Be): upper values.

Neutrons are never attenuated: what a layer takes from them it partly gives back as capture gammas, which are not
computed. So an answer behind layers is no upper value of all that reaches a point, and no verdict can be a pass.
"""

import re
from math import fsum, pi
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.photons import source as emitted
from shieldcalc.photons.nuclides import NEUTRONS_TABLE, is_neutron_source, spelled
from shieldcalc.tables import table

REACTION = "(a,n)"


class Mixed(NamedTuple):
    """A neutron source per Bq of its emitter: neutrons a second, H*(10) per neutron (pSv cm2), photons per neutron."""

    name: str
    emitter: str
    per_s_per_Bq: float
    h10_pSv_cm2: float
    photon_MeV: float
    photons_per_neutron: float


class Bounded(NamedTuple):
    """What a neutron source emits: photons of emitter and reaction; neutrons per s, H*(10) per neutron in pSv cm2."""

    mixed: Mixed
    photons: emitted.Source
    neutrons_per_s: float

    @property
    def h10(self) -> float:
        """Return H*(10) of the neutrons times 4 pi r^2 in pSv cm2/s, with nothing in their way."""
        return self.neutrons_per_s * self.mixed.h10_pSv_cm2


def mixed(name: str) -> Mixed | None:
    """Return the data of a neutron source by name ("Am-Be", "241Am/Be"); None for others and where none are held."""
    key = re.sub(r"[^a-z]", "", name.lower())
    row = next(iter(table(NEUTRONS_TABLE).where(key=key)), None)
    if row is None or not row["emitter"]:
        return None
    columns = ("n_per_s_per_Bq", "h10_pSv_cm2", "photon_MeV", "photons_per_neutron")
    return Mixed("Am-Be" if key == "ambe" else row["source"], row["emitter"], *(float(row[each]) for each in columns))


def is_bounded(name: str) -> bool:
    """Say whether a name is a neutron source of which upper values are held."""
    return mixed(name) is not None


def is_unknown(name: str) -> bool:
    """Say whether a name is a neutron source of which no data are held (Pu-Be): nothing of it can be computed."""
    return is_neutron_source(name) and not is_bounded(name)


def is_emitter(name: str) -> bool:
    """Say whether a nuclide is one that neutron sources are made with: those of the table name it (Am-241, Ra-226)."""
    return any(spelled(name) in re.findall(r"[A-Z][a-z]?-[0-9]+", row["source"]) for row in table(NEUTRONS_TABLE).rows)


def of_mixed(
    found: Mixed,
    activity_Bq: float,
    *,
    daughters: bool = True,
    cutoff_MeV: float | None = None,
    dates: emitted.Dates | None = None,
) -> Bounded:
    """Return what a neutron source emits, from the activity of its emitter, decayed as ``of_nuclide`` does.

    Raises what ``of_nuclide`` raises.
    """
    photons = emitted.of_nuclide(found.emitter, activity_Bq, daughters=daughters, cutoff_MeV=cutoff_MeV, dates=dates)
    now = fsum(each.activity_Bq for each in photons.members if each.name == found.emitter)
    neutrons = now * found.per_s_per_Bq
    if not neutrons:
        raise OutsideDataError("photon_gone", nuclide=found.name)
    hard = emitted.Emission(found.photon_MeV, neutrons * found.photons_per_neutron, REACTION, found.name)
    said = Notice("warnings.photon_neutrons_bounded", {"nuclide": found.name})
    lines = tuple(sorted((*photons.lines, hard)))
    photons = photons._replace(
        lines=lines,
        neutrons_per_s=0.0,
        notices=(*photons.notices, said),
        tables=(*photons.tables, NEUTRONS_TABLE),
    )
    return Bounded(found, photons, neutrons)


def h10_rate(found: Bounded, distance_m: float) -> float:
    """Return H*(10) of the neutrons in uSv/h at a distance in m, by inverse square with nothing in their way."""
    return 3600e-6 * found.h10 / (4 * pi * (100 * distance_m) ** 2)
