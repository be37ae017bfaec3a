"""Radionuclides of ICRP Publication 107: names as people write them, half-lives, daughters, photon lines.

Plugins may bring further ones, in two files with the same columns; names of ICRP 107 keep its data.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from math import log
from typing import NamedTuple

from shieldcalc.errors import DataError, OutsideDataError, UnknownNameError
from shieldcalc.photons.blocks import block
from shieldcalc.tables import table

NUCLIDES_TABLE = "nuclides/icrp107_nuclides.csv"
LINES_TABLE = "nuclides/icrp107_photon_lines.csv"
NEUTRONS_TABLE = "nuclides/neutron_sources.csv"
SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "y": 365.2422 * 86400.0}
FISSION = "SF"
_OFFERED = 10
_NAMES = (
    re.compile(r"([A-Za-z]{1,2})[- ]?([0-9]{1,3})([mnMN]?)"),
    re.compile(r"([0-9]{1,3})([mnMN]?)[- ]?([A-Za-z]{1,2})"),
)


class Nuclide(NamedTuple):
    """One radionuclide: half-life as printed, decay modes, energies per decay in MeV, daughters with branching."""

    name: str
    half_life: float
    half_life_unit: str
    modes: str
    electron_MeV: float
    photon_MeV: float
    kerma_Gy_m2_per_Bq_s: float
    daughters: tuple[tuple[str, float], ...]

    @property
    def half_life_s(self) -> float:
        """Return the half-life in s; 1 y = 365.2422 d."""
        return self.half_life * SECONDS[self.half_life_unit]

    @property
    def decay_constant(self) -> float:
        """Return ln 2 over the half-life (1/s)."""
        return log(2) / self.half_life_s

    @property
    def fission_share(self) -> float:
        """Return the share of decays by spontaneous fission."""
        return dict(self.daughters).get(FISSION, 0.0)

    @property
    def emits_beta(self) -> bool:
        """Say whether electrons or positrons of the nucleus are among its radiations."""
        return "B-" in self.modes or "B+" in self.modes


class Line(NamedTuple):
    """Photons of one energy: MeV, photons per decay, kind (G gamma, X X ray, A annihilation)."""

    energy_MeV: float
    intensity: float
    kind: str


class Tables(NamedTuple):
    """The files that nuclides and their lines are read from."""

    nuclides: str
    lines: str


ICRP_107 = Tables(NUCLIDES_TABLE, LINES_TABLE)
_ADDED: dict[str, Tables] = {}


def add(names: Iterable[str], tables: Tables) -> None:
    """Take further nuclides out of two files, as plugins bring them."""
    new = {name: tables for name in names if not _block(name)}
    if any(_ADDED.get(name) != found for name, found in new.items()):
        _ADDED.update(new)
        nuclide.cache_clear()
        _find.cache_clear()


def forget() -> None:
    """Forget the nuclides that were added."""
    if _ADDED:
        _ADDED.clear()
        nuclide.cache_clear()
        _find.cache_clear()


def tables_of(members: Iterable[str]) -> tuple[str, ...]:
    """Return the files that the data of some nuclides are from, each once."""
    return tuple(dict.fromkeys(name for each in members for name in _ADDED.get(each, ICRP_107)))


@cache
def nuclide(name: str) -> Nuclide:
    """Return one nuclide by name: "Ir-192", "ir192", "192Ir", "Tc99m".

    Raises OutsideDataError for mixed neutron sources such as Am-Be, UnknownNameError with the nearest name, which says
    of a stable nuclide that it is stable.
    """
    refuse_neutron_source(name)
    found = _find(spelled(name))
    if found is None:
        why = _why_unknown(spelled(name))
        raise UnknownNameError("nuclide", name if why == "unknown_name" else spelled(name), _near(name), why)
    return found


def is_nuclide(name: str) -> bool:
    """Say whether a daughter is radioactive, that is listed."""
    return _find(name) is not None


def lines(name: str) -> list[Line]:
    """Return the photon lines of one nuclide from 1 keV on, its daughters not included, by energy."""
    if name in _ADDED:
        return lines_in(_ADDED[name], name)
    return [Line(float(row[2]), float(row[3]), row[1]) for row in block(LINES_TABLE, name, ordered=True)]


def lines_in(tables: Tables, name: str) -> list[Line]:
    """Return the photon lines of one nuclide out of a file whose rows may stand in any order, by energy."""
    rows = table(tables.lines).where(nuclide=name)
    return sorted(Line(float(row["energy_MeV"]), float(row["yield"]), row["type"]) for row in rows)


def names() -> list[str]:
    """Return the names of all nuclides."""
    return [*(row["nuclide"] for row in table(NUCLIDES_TABLE).rows), *_ADDED]


def spelled(name: str) -> str:
    """Return a nuclide's name in the spelling of the tables, or the text itself where it is none."""
    for pattern, order in zip(_NAMES, ((1, 2, 3), (3, 1, 2)), strict=True):
        if found := pattern.fullmatch(name.strip()):
            symbol, mass, state = (found[i] for i in order)
            return f"{symbol.capitalize()}-{int(mass)}{state.lower()}"
    return name.strip()


def refuse_neutron_source(name: str) -> None:
    """Refuse sources whose dose is mainly neutrons, named as users name them (Am-Be, Ra-226/Be)."""
    if is_neutron_source(name):
        raise OutsideDataError("photon_neutron_source", nuclide=name)


def is_neutron_source(name: str) -> bool:
    """Say whether a name is one of a neutron source with its target (Am-Be, Ra-226/Be)."""
    key = re.sub(r"[^a-z]", "", name.lower())
    return any(table(NEUTRONS_TABLE).where(key=key))


def _why_unknown(name: str) -> str:
    """Return the code of what is known of a name that is no radionuclide of ICRP 107."""
    if any(name == each for row in table(NUCLIDES_TABLE).rows for each, _ in _daughters(row["daughters"])):
        return "nuclide_stable"
    listed = {each.partition("-")[0] for each in names()}
    isotope = _NAMES[0].fullmatch(name)
    return "nuclide_not_listed" if isotope and isotope[1] in listed else "unknown_name"


def _near(name: str) -> list[str]:
    """Return the names that a misspelt one may mean: those of its element, else those spelled most alike."""
    from difflib import get_close_matches

    wanted, every = spelled(name), names()
    close = [each for each in every if each.partition("-")[0] == wanted.partition("-")[0]]
    return close or get_close_matches(wanted, every, n=_OFFERED, cutoff=0)


@cache
def _find(name: str) -> Nuclide | None:
    if name in _ADDED:
        return nuclide_in(_ADDED[name], name)
    rows = _block(name)
    if not rows:
        return None
    if len(rows) > 1:
        raise DataError("table_row", name=NUCLIDES_TABLE, line=0, found=len(rows), columns=1)
    return _nuclide(rows[0])


def _block(name: str) -> list[list[str]]:
    return block(NUCLIDES_TABLE, name, ordered=True) if name and "," not in name else []


def nuclide_in(tables: Tables, name: str) -> Nuclide:
    """Return one nuclide out of a file with the columns of ICRP 107's."""
    row = next(table(tables.nuclides).where(nuclide=name))
    return _nuclide([row[column] for column in table(NUCLIDES_TABLE).columns])


def _nuclide(cells: list[str]) -> Nuclide:
    half_life, electron, photon, kerma = (float(cells[i]) for i in (1, 5, 6, 8))
    return Nuclide(cells[0], half_life, cells[2], cells[3], electron, photon, kerma, tuple(_daughters(cells[9])))


def _daughters(text: str) -> Iterator[tuple[str, float]]:
    for part in filter(None, text.split(";")):
        name, _, share = part.partition("=")
        yield name, float(share)


def treatments() -> Mapping[str, str]:
    """Return how the daughters of named nuclides are treated, where a rule by half-life does not do."""
    return {row["nuclide"]: row["treatment"] for row in table("nuclides/equilibrium.csv").rows}
