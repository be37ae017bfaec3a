"""Catalog: the names known to one run.

The caller fills it from built-ins and plugins, so that the model never imports plugins.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """A barrier material: how density is treated and where its transmission data are.

    ``scaled`` materials are credited by mass per area against ``density_g_per_cm3``; ``tables`` name data files that
    hold Archer rows (columns material, key_type, key, component, alpha_per_mm, beta_per_mm, gamma). A declared density
    outside ``density_range`` (g/cm3) is another material. ``declares`` is "density" or "lead_equivalent" where a layer
    must say it.
    """

    name: str
    density_g_per_cm3: float | None = None
    density_range: tuple[float, float] | None = None
    scaled: bool = False
    forms: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    source: str = ""
    declares: str = ""


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
class Catalog:
    """Everything a design file may name."""

    materials: Mapping[str, Material]
    distributions: tuple[str, ...]
    equipment_kinds: tuple[str, ...]
    instruments: Mapping[str, Instrument]
    methods: tuple[str, ...]
    places: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
