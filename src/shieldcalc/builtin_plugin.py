"""The built-in plugin: what shieldcalc brings enters by the same hooks as a stranger's."""

from shieldcalc import builtins
from shieldcalc.hookspecs import API_VERSION, hookimpl
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

shieldcalc_api = API_VERSION


@hookimpl
def register_methods() -> list[builtins.Brought]:
    """Return the methods of ``builtins.METHODS`` by their names; none is imported."""
    return [builtins.Brought(name, target) for name, target in builtins.METHODS.items()]


@hookimpl
def register_regulations() -> list[Instrument]:
    """Return the instruments of ``data/regulations``."""
    return list(builtins.instruments().values())


@hookimpl
def register_materials() -> list[Material]:
    """Return the materials of ``data/materials``."""
    return list(builtins.materials().values())


@hookimpl
def register_reports() -> list[ReportKind]:
    """Return the report kinds named in ``builtins.REPORTS``."""
    return [builtins.resolve(target) for target in builtins.REPORTS.values()]


@hookimpl
def register_sources() -> list[SourceKind | Equipment | NuclideTable | Distribution]:
    """Return the kinds of source of ``builtins.EQUIPMENT_KINDS``, ICRP 107's nuclides, NCRP 147's distributions."""
    return [*builtins.kinds(), builtins.nuclides(), *builtins.workloads()]


@hookimpl
def register_commands() -> list[Command]:
    """Return the commands of the command line."""
    return list(builtins.commands())
