"""Names to things: built-ins first from static lists, then plugins, which load when a name is not built in.

A plugin that cannot be used is reported (``troubles``) and the rest run; two that claim one name are refused.
"""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from shieldcalc import builtins
from shieldcalc.errors import Notice, UnknownNameError

if TYPE_CHECKING:
    from shieldcalc.model.catalog import Catalog, Instrument, Material, ReportKind
    from shieldcalc.model.result import Method
    from shieldcalc.plugin_host import Host


@cache
def host() -> "Host":
    """Return the host of all plugins, the built-in one included; the first call loads them."""
    from shieldcalc.plugin_host import Host

    return Host.load()


def method(name: str) -> "Method":
    """Return one method by name. Raises UnknownNameError, and PluginError when two plugins claim the name."""
    found: Method = _built_in(builtins.METHODS, name) or _added("method", "register_methods", name)
    return found


def instrument(name: str) -> "Instrument":
    """Return one instrument by id. Raises UnknownNameError, and PluginError when two plugins claim the id."""
    return builtins.instruments().get(name) or _added("instrument", "register_instruments", name)


def material(name: str) -> "Material":
    """Return one material by name. Raises UnknownNameError, and PluginError when two plugins claim the name."""
    found = builtins.materials().get(name) or _materials().get(name)
    if found is None:
        raise UnknownNameError("material", name, _materials())
    return found


def report(path: str) -> "ReportKind":
    """Return the report kind for a file, by its ending. Raises UnknownNameError and PluginError."""
    from os.path import basename, splitext

    ending = splitext(path)[1].lower() or basename(path)
    found: ReportKind = _built_in(builtins.REPORTS, ending) or _added("report ending", "register_reports", ending)
    return found


def catalog() -> "Catalog":
    """Return every name that a design file may use: built-ins and all plugins.

    Raises PluginError when two claim one name.
    """
    from shieldcalc.model.catalog import Catalog

    found = host()
    return Catalog(
        materials=_materials(),
        distributions=builtins.distributions(),
        equipment_kinds=builtins.EQUIPMENT_KINDS,
        instruments=found.collect("register_instruments"),
        methods=tuple(found.collect("register_methods")),
        places=builtins.places(),
    )


def loaded() -> tuple[tuple[str, str], ...]:
    """Return name and version of every foreign plugin in use so far."""
    return host().loaded() if host.cache_info().currsize else ()


def troubles() -> tuple[Notice, ...]:
    """Return what was wrong with plugins loaded so far, as warnings."""
    return tuple(host().troubles) if host.cache_info().currsize else ()


def _materials() -> "Mapping[str, Material]":
    """Return every material; those of plugins become known to the beams, which read their tables."""
    from shieldcalc.beams import materials

    found: Mapping[str, Material] = host().collect("register_materials")
    materials.add(found.values())
    return found


def _built_in(targets: Mapping[str, str], name: str) -> Any:
    return builtins.resolve(targets[name]) if name in targets else None


def _added(kind: str, hook: str, name: str) -> Any:
    known = host().collect(hook)
    if name not in known:
        raise UnknownNameError(kind, name, known)
    return known[name]
