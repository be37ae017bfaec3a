"""The whole plugin surface on one page. A hook returns a list of named things; built-ins use the same hooks.

A plugin is a module (or object) whose functions carry ``hookimpl`` and the names below; ``shieldcalc_api`` in it is the
major version of this page that it was written for. docs/plugins/ has a page a hook.
"""

import pluggy

from shieldcalc.model.catalog import (
    Command,
    Distribution,
    Equipment,
    Instrument,
    Material,
    NuclideTable,
    ReportKind,
    SourceKind,
)
from shieldcalc.model.result import Method

API_VERSION = 1
hookspec = pluggy.HookspecMarker("shieldcalc")
hookimpl = pluggy.HookimplMarker("shieldcalc")


@hookspec
def register_materials() -> list[Material]:
    """Return barrier materials with their transmission data."""
    raise NotImplementedError


@hookspec
def register_sources() -> list[SourceKind | Equipment | NuclideTable | Distribution]:
    """Return kinds of source, equipment (output by kV, leakage, filtration), nuclides, workload distributions."""
    raise NotImplementedError


@hookspec
def register_methods() -> list[Method]:
    """Return methods: ways to turn a scene into doses."""
    raise NotImplementedError


@hookspec
def register_regulations() -> list[Instrument]:
    """Return instruments: files of dated, cited rules."""
    raise NotImplementedError


@hookspec
def register_reports() -> list[ReportKind]:
    """Return report kinds: ways to write an assessment to a file."""
    raise NotImplementedError


@hookspec
def register_commands() -> list[Command]:
    """Return commands of the command line."""
    raise NotImplementedError
