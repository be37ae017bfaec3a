"""Catalog: the names known to one run.

The caller fills it from built-ins and plugins, so that the model never imports plugins.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from shieldcalc.errors import Notice
from shieldcalc.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """A barrier material: how density is treated and where its transmission data are.

    ``scaled`` materials are credited by mass per area against ``density_g_per_cm3``; ``tables`` name data files that
    hold Archer rows (columns material, key_type, key, component, alpha_per_mm, beta_per_mm, gamma). A declared density
    outside ``density_range`` (g/cm3) is another material. ``declares`` is "density" or "lead_equivalent" where a layer
    must say it. ``composition`` by weight, "H:0.11 O:0.89", or a formula, makes it known to gamma calculations too.
    """

    name: str
    density_g_per_cm3: float | None = None
    density_range: tuple[float, float] | None = None
    scaled: bool = False
    forms: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    source: str = ""
    declares: str = ""
    composition: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Instrument:
    """A file of rules; ``path`` is absolute or relative to data/regulations."""

    id: str
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportKind:
    """A way to write an assessment: ``write(assessment, language) -> bytes``, chosen by the file's ending.

    ``holds_sites``: it can write a SiteAssessment too.
    """

    name: str
    endings: tuple[str, ...]
    write: Callable[[Any, str], bytes]
    holds_sites: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceKind:
    """A kind of source under a name of its own: read, computed and judged as the built-in kind ``like``.

    ``like`` names a kind of ``Catalog.equipment_kinds``. ``source`` says who calls it so.
    """

    name: str
    like: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Equipment:
    """A machine or a class of machines: keys of a design file's ``[[source]]`` as they would be written there.

    A source with ``equipment = name`` takes each value that it does not give itself; ``kind`` is its kind, ``source``
    where the values were published.
    """

    name: str
    kind: str
    values: Mapping[str, Any]
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NuclideTable:
    """Radionuclides in two data files with the columns of data/nuclides: ``nuclides`` and their photon ``lines``.

    Each nuclide is used under the name of its row. ``source`` says who evaluated the data.
    """

    name: str
    nuclides: str
    lines: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Distribution:
    """A workload distribution of tungsten tubes: a data file with the column kvp and one of mA min per patient.

    ``column`` names the latter. The primary field is ``field_cm2`` at ``field_at_m`` from the focus; it scatters.
    """

    name: str
    table: str
    field_cm2: float
    field_at_m: float
    source: str
    column: str = "mA_min"


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """A command: ``name`` as it is typed, one line of ``help``, and the click command or the dotted string of one."""

    name: str
    help: str
    command: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalog:
    """Everything a design file may name; ``plugins`` are those whose keys ``[plugins.NAME]`` may hold, None: any.

    ``lost(kind, name)``: why a plugin does not give the name that it would give; what needs it is undetermined.
    """

    materials: Mapping[str, Material]
    distributions: tuple[str, ...]
    equipment_kinds: tuple[str, ...]
    instruments: Mapping[str, Instrument]
    methods: tuple[str, ...]
    places: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    equipment: Mapping[str, Equipment] = field(default_factory=dict)
    kinds_like: Mapping[str, SourceKind] = field(default_factory=dict)
    plugins: frozenset[str] | None = None
    lost: Callable[[str, str], Notice | None] = lambda _kind, _name: None
