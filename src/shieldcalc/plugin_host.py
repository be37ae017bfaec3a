"""The host of plugins: loads each in its own try, registers it with pluggy, asks the hooks, keeps what went wrong."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module, util
from os.path import basename, isfile
from types import ModuleType
from typing import Any

from pluggy import PluginManager, PluginValidationError

from shieldcalc import builtin_plugin, hookspecs
from shieldcalc.entrypoints import chosen_absent, entry_points, plugin_files
from shieldcalc.errors import Notice, PluginError, hint, nearest
from shieldcalc.model.catalog import Instrument, Material, ReportKind
from shieldcalc.model.result import Method

BUILT_IN = "shieldcalc"
# hook: the word for it, the type of the things that it returns, their names
HOOKS: dict[str, tuple[str, type, Callable[[Any], Iterable[str]]]] = {
    "register_methods": ("method", Method, lambda method: [method.name]),
    "register_instruments": ("instrument", Instrument, lambda instrument: [instrument.id]),
    "register_materials": ("material", Material, lambda material: [material.name]),
    "register_reports": ("report ending", ReportKind, lambda kind: kind.endings),
}


class UnusableError(Exception):
    """A plugin that this run goes without; ``notice`` says why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.notice = Notice(f"warnings.{code}", params)


class Host:
    """All plugins of one run; ``troubles`` are warnings about those that could not be used."""

    def __init__(self) -> None:
        self.manager = PluginManager("shieldcalc")
        self.manager.add_hookspecs(hookspecs)
        self.manager.register(builtin_plugin, BUILT_IN)
        self.troubles: list[Notice] = []
        self._versions: dict[str, str] = {}
        self._collected: dict[str, dict[str, Any]] = {}

    @classmethod
    def load(cls) -> "Host":
        """Return a host with the built-in plugin and every foreign one that this run may use."""
        host = cls()
        host.troubles += [Notice("warnings.plugin_absent", {"plugin": name}) for name in chosen_absent()]
        for point in entry_points(BUILT_IN):
            host.add(point.name, point.version, partial(_object, point.target))
        for path in plugin_files():
            host.add(basename(path).removesuffix(".py"), "", partial(_module, path))
        return host

    def add(self, name: str, version: str, importing: Callable[[], object]) -> None:
        """Import and register one plugin under its own name; whatever is wrong with it becomes a trouble."""
        try:
            if self.manager.has_plugin(name):
                raise UnusableError("plugin_twice", plugin=name)
            self._register(name, version, importing())
        except UnusableError as error:
            self.troubles.append(error.notice)
        except (Exception, SystemExit) as error:  # a stranger's code may raise anything
            self._failed(name, error)

    def collect(self, hook: str) -> dict[str, Any]:
        """Return everything that one hook gives, by name, built-ins first.

        Raises PluginError when two claim one name.
        """
        if hook not in self._collected:
            self._collected[hook] = self._ask(hook)
        return self._collected[hook]

    def loaded(self) -> tuple[tuple[str, str], ...]:
        """Return name and version of the foreign plugins in use."""
        return tuple(self._versions.items())

    def _ask(self, hook: str) -> dict[str, Any]:
        word, _, names_of = HOOKS[hook]
        owners: dict[str, str] = {}
        found: dict[str, Any] = {}
        for owner, thing in self._given(hook):
            for name in names_of(thing):
                if name in owners:
                    raise PluginError("plugin_name_taken", kind=word, name=name, first=owners[name], second=owner)
                owners[name], found[name] = owner, thing
        return found

    def _given(self, hook: str) -> Iterator[tuple[str, Any]]:
        wanted = HOOKS[hook][1]
        for implementation in getattr(self.manager.hook, hook).get_hookimpls():
            owner = implementation.plugin_name
            try:
                things = list(implementation.function())
            except Exception as error:  # a stranger's code may raise anything
                if owner == BUILT_IN:
                    raise
                self._failed(owner, error)
                continue
            wrong = [thing for thing in things if not isinstance(thing, wanted)]
            if wrong:
                params = {"plugin": owner, "hook": hook, "wanted": wanted.__name__, "found": repr(wrong[0])}
                self.troubles.append(Notice("warnings.plugin_result", params))
            yield from ((owner, thing) for thing in things if isinstance(thing, wanted))

    def _register(self, name: str, version: str, plugin: object) -> None:
        declared = getattr(plugin, "shieldcalc_api", hookspecs.API_VERSION)
        if declared != hookspecs.API_VERSION:
            raise UnusableError("plugin_api", plugin=name, declared=declared, ours=hookspecs.API_VERSION)
        implemented = [key for key in dir(plugin) if self.manager.parse_hookimpl_opts(plugin, key)]
        unknown = next((key for key in implemented if key not in HOOKS), None)
        if unknown:
            words = hint(nearest(unknown, HOOKS))
            raise UnusableError("plugin_hook", plugin=name, hook=unknown, allowed=", ".join(HOOKS), hint=words)
        if not implemented:
            raise UnusableError("plugin_empty", plugin=name, allowed=", ".join(HOOKS))
        try:
            self.manager.register(plugin, name)
        except PluginValidationError:
            self.manager.unregister(name=name)
            raise
        self._versions[name] = version or str(getattr(plugin, "__version__", ""))

    def _failed(self, name: str, error: BaseException) -> None:
        reason = f"{type(error).__name__}: {error}"
        self.troubles.append(Notice("warnings.plugin_import", {"plugin": name, "reason": reason}))


def _object(target: str) -> object:
    module, _, attribute = target.partition(":")
    found: object = import_module(module)
    for part in filter(None, attribute.split(".")):
        found = getattr(found, part)
    return found


def _module(path: str) -> ModuleType:
    if not isfile(path):
        raise UnusableError("plugin_file", path=path)
    spec = util.spec_from_file_location("shieldcalc_plugin_" + basename(path).removesuffix(".py"), path)
    if spec is None or spec.loader is None:
        raise UnusableError("plugin_file", path=path)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
