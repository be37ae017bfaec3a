"""Names to things: built-ins first from static lists, then plugins, which load when a name is not built in.

A plugin that cannot be used is reported (``troubles``) and the rest run; a name that two claim belongs to neither.
"""

from _thread import RLock  # as functools has it: threading would cost a quick command a millisecond
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from shieldcalc import builtins
from shieldcalc.errors import LOST, InputError, Notice, PluginError, ShieldcalcError, UnknownNameError

if TYPE_CHECKING:
    from shieldcalc.model.assessment import PluginUsed
    from shieldcalc.model.catalog import Catalog, Command, Instrument, Material, ReportKind
    from shieldcalc.model.result import Method
    from shieldcalc.plugin_host import Host


LOST_INSTRUMENT = "warnings.plugin_instrument"
_LOADING = RLock()
_WORDS = {"kind of source": "source", "equipment": "source", "nuclide": "source", "workload distribution": "source"}


def host() -> "Host":
    """Return the host of all plugins, the built-in one included; the first call loads them, in whatever thread."""
    with _LOADING:
        return _host()


@cache
def _host() -> "Host":
    from shieldcalc.plugin_host import Host

    return Host.load()


def forget() -> None:
    """Forget every plugin and what they brought: another choice, as in a later command of one process."""
    import sys

    _host.cache_clear()
    for name in ("beams.materials", "beams.distributions", "photons.materials", "photons.nuclides"):
        if (added := sys.modules.get(f"shieldcalc.{name}")) is not None:
            added.forget()


def method(name: str) -> "Method":
    """Return one method by name; one that a plugin would give that cannot be used gives no dose and says why.

    Raises UnknownNameError.
    """
    if name in builtins.METHODS:
        found: Method = builtins.resolve(builtins.METHODS[name])
        return found
    if (gone := host().lost("register_methods", name)) is not None:
        from shieldcalc import plugin_guard

        return plugin_guard.lost(name, *gone)
    return _guarded(name)


def without(method: "Method", why: Notice) -> "Method":
    """Return what stands for a method where a room needs what a plugin does not give: it gives no dose and says why."""
    from shieldcalc import plugin_guard

    return plugin_guard.without(method, why)


def instrument(name: str) -> "Instrument":
    """Return one instrument by id. Raises UnknownNameError, and PluginError when two plugins claim the id."""
    return builtins.instruments().get(name) or _added("instrument", "register_regulations", name)


def lost_instrument(name: str) -> Notice | None:
    """Return why an instrument of a plugin cannot be judged by; None where it can, or where no plugin would give it."""
    gone = None if name in builtins.instruments() else host().lost("register_regulations", name)
    return gone and Notice(LOST_INSTRUMENT, {"instrument": name, "plugin": gone[0], "reason": gone[1]})


def lost(kind: str, name: str) -> Notice | None:
    """Return why nothing of a name is there that a plugin would give; None where no plugin would.

    ``kind`` is the word of an unknown name: material, nuclide, equipment, method, command, ...
    """
    from shieldcalc.plugin_things import HOOKS, NUCLIDE, WORKLOAD

    word = _WORDS.get(kind, kind)
    hook = next((each for each, known in HOOKS.items() if known.word == word), None)
    if hook is None:
        return None
    claimed = {"nuclide": NUCLIDE, "workload distribution": WORKLOAD}.get(kind, "") + name
    gone = host().lost(hook, claimed)
    return gone and Notice(f"errors.{LOST}", {"kind": kind, "name": name, "plugin": gone[0], "reason": gone[1]})


def known_lost(error: UnknownNameError | InputError) -> ShieldcalcError:
    """Return an error on unknown names as it is, or what is known of the plugin that would give a name."""
    if isinstance(error, InputError):
        from shieldcalc.model.loader.lost import told

        return InputError([told(each, lost) for each in error.problems])
    why = lost(str(error.params["kind"]), str(error.params["name"]))
    return error if why is None else PluginError(LOST, **why.params)


def material(name: str) -> "Material":
    """Return one material by name. Raises UnknownNameError, and PluginError when two plugins claim the name."""
    found = builtins.materials().get(name)
    if found is None:
        _materials()
        found = _added("material", "register_materials", name)
    return found


def report(path: str) -> "ReportKind":
    """Return the report kind for a file, by its ending. Raises UnknownNameError and PluginError."""
    from os.path import basename, splitext

    ending = splitext(path)[1].lower() or basename(path)
    if ending in builtins.REPORTS:
        found: ReportKind = builtins.resolve(builtins.REPORTS[ending])
        return found
    from shieldcalc.plugin_guard import guarded_report

    if (gone := host().lost("register_reports", ending)) is not None:
        from shieldcalc.plugin_guard import lost_report

        return lost_report(ending, *gone)
    kind = _added("report ending", "register_reports", ending)
    return guarded_report(kind, host().owner("register_reports", ending))


def command(name: str) -> "Command | None":
    """Return one command of a plugin, None where no plugin gives it. Raises PluginError when two claim the name."""
    found: Command | None = host().find("register_commands", name)
    return found


def catalog() -> "Catalog":
    """Return every name that a design file may use: built-ins and all plugins."""
    found = host()
    return _catalog(found, frozenset(record.name for record in found.loaded()))


@lru_cache(maxsize=2)
def _catalog(found: "Host", loaded: frozenset[str]) -> "Catalog":  # noqa: ARG001
    """Return the catalog of a host while the plugins ``loaded`` are in use."""
    from shieldcalc.model.catalog import Catalog, Distribution, Equipment, SourceKind

    sources = _sources()
    added = {name: each for name, each in sources.items() if name not in builtins.EQUIPMENT_KINDS}
    return Catalog(
        materials=_materials(),
        distributions=tuple(each.name for each in sources.values() if isinstance(each, Distribution)),
        equipment_kinds=builtins.EQUIPMENT_KINDS,
        instruments=found.collect("register_regulations"),
        methods=tuple(found.collect("register_methods")),
        places=builtins.places(),
        equipment={name: each for name, each in added.items() if isinstance(each, Equipment)},
        kinds_like={name: each for name, each in added.items() if isinstance(each, SourceKind)},
        plugins=frozenset(record.name for record in found.loaded()),
        lost=lost,
    )


def know_source(name: str) -> None:
    """Make the nuclide or workload distribution of a name known where a plugin brings it; nothing happens otherwise.

    Raises PluginError when two plugins claim the name.
    """
    from shieldcalc.plugin_things import NUCLIDE, WORKLOAD

    _sources()
    for word in (NUCLIDE, WORKLOAD):
        host().find("register_sources", word + name)


def loaded() -> "tuple[PluginUsed, ...]":
    """Return name, version and digests of every foreign plugin in use so far."""
    if not _host.cache_info().currsize:
        return ()
    from shieldcalc.model.assessment import PluginUsed

    host().ask_all()
    return tuple(PluginUsed(record.name, record.version, *record.files) for record in host().loaded())


def troubles() -> tuple[Notice, ...]:
    """Return what was wrong with plugins loaded so far, as warnings."""
    if not _host.cache_info().currsize:
        return ()
    host().ask_all()
    return tuple(host().troubles)


def remarks() -> tuple[Notice, ...]:
    """Return what is told of plugins in use, as warnings: nothing of theirs is left out."""
    return tuple(host().remarks) if _host.cache_info().currsize else ()


def _materials() -> "Mapping[str, Material]":
    """Return every material; those of plugins become known to the beams, which read their tables."""
    from shieldcalc.beams import use_materials

    found: Mapping[str, Material] = host().collect("register_materials")
    use_materials(found.values())
    for material in found.values():
        if material.composition:
            _for_gamma(material)
    return found


def _sources() -> Mapping[str, Any]:
    """Return everything of register_sources; nuclides and distributions of plugins become known where they are read."""
    from shieldcalc.model.catalog import Distribution, NuclideTable
    from shieldcalc.plugin_host import BUILT_IN
    from shieldcalc.plugin_things import NUCLIDE

    found: Mapping[str, Any] = host().collect("register_sources")
    foreign = {name: each for name, each in found.items() if host().owner("register_sources", name) != BUILT_IN}
    if distributions := [each for each in foreign.values() if isinstance(each, Distribution)]:
        from shieldcalc.beams import use_distributions

        use_distributions(distributions)
    for name, each in foreign.items():
        if isinstance(each, NuclideTable):
            from shieldcalc.photons import nuclides

            nuclides.add([name.removeprefix(NUCLIDE)], nuclides.Tables(each.nuclides, each.lines))
    return found


def _for_gamma(added: "Material") -> None:
    """Make a material with a composition known to gamma calculations, with the densities that may be declared."""
    from math import inf

    from shieldcalc.photons import materials

    span = added.density_range or (0.0, inf)
    materials.add(added.name, added.composition, added.density_g_per_cm3, span, added.source)


@cache
def _method_of(found: "Method", owner: str) -> "Method":
    from shieldcalc.plugin_guard import guarded

    return guarded(found, owner)


def _guarded(name: str) -> "Method":
    return _method_of(_added("method", "register_methods", name), host().owner("register_methods", name))


def _added(kind: str, hook: str, name: str) -> Any:
    found = host().find(hook, name)
    if found is None:
        raise known_lost(UnknownNameError(kind, name, host().collect(hook)))
    return found
