"""The host of plugins: loads each in its own try, registers it with pluggy, asks the hooks, keeps what went wrong."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module, util
from os.path import isfile
from threading import RLock
from types import ModuleType
from typing import Any

from pluggy import PluginManager, PluginValidationError

from shieldcalc import builtin_plugin, hookspecs
from shieldcalc.entrypoints import PLUGINS, chosen_absent, entry_points, plain, plugin_files, stem, unsafe_parts
from shieldcalc.errors import Notice, PluginError, hint, nearest
from shieldcalc.plugin_apart import apart
from shieldcalc.plugin_files import Digests, digests, mentions
from shieldcalc.plugin_raised import reason_of, stops, writable
from shieldcalc.plugin_things import HOOKS, NUCLIDE, WORKLOAD, is_name, wrong_with

BUILT_IN = "shieldcalc"
LONGEST_NAME = 120
MOST_TOLD = 20  # things of one hook that are told of one by one as left out
FILES = ("path", "tables", "table", "nuclides", "lines")  # fields that name a plugin's own data files


class UnusableError(Exception):
    """A plugin that this run goes without; ``notice`` says why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.notice = Notice(f"warnings.{code}", params)


@dataclass(kw_only=True)
class Record:
    """One plugin: its name, version, where it came from, and what was left out of it; ``plugin`` None: all of it.

    ``remarks`` are told of a plugin in use.
    """

    name: str
    version: str
    origin: str
    place: str = ""
    plugin: object = None
    refused: list[Notice] = field(default_factory=list)
    remarks: list[Notice] = field(default_factory=list)
    gave: dict[str, list[str]] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    claims: dict[tuple[str, str], Notice] = field(default_factory=dict)
    things: dict[str, list[tuple[tuple[str, ...], Any]]] = field(default_factory=dict)

    def leave_out(self, notice: Notice, hook: str, thing: Any) -> None:
        """Keep why a thing is left out, for each name that it claims."""
        self.refused.append(notice)
        self.claims |= {(hook, name): notice for name in _claimed(hook, thing)}

    def lost(self, hook: str, name: str) -> Notice | None:
        """Return why this plugin does not give a name that it claims or, not being asked, writes; None: it does not."""
        if (hook, name) in self.claims:
            return self.claims[hook, name]
        bare = name.removeprefix(NUCLIDE).removeprefix(WORKLOAD)
        for notice in self.refused:
            said = notice.params
            if said.get("hook", hook) != hook or said.get("kind", HOOKS[hook].word) != HOOKS[hook].word:
                continue
            told = said.get("thing", said.get("name"))
            if told in (name, _short(name)) or (told is None and mentions(self.place, bare)):
                return notice
        return None

    @property
    def files(self) -> Digests:
        """Return the digests of its files, those of the data that it names included."""
        return digests(self.plugin, self.paths)


class Host:
    """All plugins of one run; ``troubles`` are warnings about those that could not be used."""

    def __init__(self) -> None:
        self.manager = PluginManager("shieldcalc")
        self.manager.add_hookspecs(hookspecs)
        self.manager.register(builtin_plugin, BUILT_IN)
        self.records: dict[str, Record] = {}
        self.shadowed: list[Record] = []
        self.others: list[Notice] = []
        self.owners: dict[str, dict[str, str]] = {}
        self.contested: dict[str, dict[str, tuple[str, str]]] = {}
        self._collected: dict[str, dict[str, Any]] = {}
        self._asking = RLock()

    @classmethod
    def load(cls) -> "Host":
        """Return a host with the built-in plugin and every foreign one that this run may use."""
        host = cls()
        host.others += [Notice("warnings.plugin_absent", {"plugin": name}) for name in chosen_absent()]
        host.others += [Notice("warnings.plugin_path", {"path": path}) for path in unsafe_parts()]
        for point in entry_points(PLUGINS):
            origin = f"{point.distribution} {point.version} ({point.target})"
            host.add(point.name, point.version, partial(imported, point.target), origin, point.target.partition(":")[0])
        for path in plugin_files():
            host.add(stem(path), "", partial(module_of, path), path, path)
        return host

    @property
    def troubles(self) -> list[Notice]:
        """Return everything that could not be used so far, as warnings."""
        return [*self.others, *(notice for record in self.every() for notice in record.refused)]

    @property
    def remarks(self) -> list[Notice]:
        """Return what is told of plugins in use, as warnings: nothing of theirs is left out."""
        return [notice for record in self.loaded() for notice in record.remarks]

    def add(self, name: str, version: str, importing: Callable[[], object], origin: str = "", place: str = "") -> None:
        """Import and register one plugin under its own name; whatever is wrong with it becomes a trouble."""
        name = writable(name)
        record = Record(name=name, version=version, origin=writable(origin), place=place)
        first = self._namesake(name)
        if first is not None or not is_name(name):
            told = {"plugin": name, "first": first, "second": record.origin}
            record.refused.append(Notice("warnings.plugin_twice" if first else "warnings.plugin_named", told))
            self.shadowed.append(record)
            return
        self.records[name] = record
        try:
            with apart():
                self._register(record, importing())
        except UnusableError as error:
            record.refused.append(error.notice)
        except BaseException as error:  # a stranger's code may raise anything
            if stops(error):
                raise
            record.refused.append(_raised("plugin_import", name, error))

    def _namesake(self, name: str) -> str | None:
        """Return where a plugin of that name, as names are compared, is from; None where there is none."""
        origins = {plain(record.name): record.origin or record.name for record in self.records.values()}
        return {**origins, BUILT_IN: BUILT_IN}.get(plain(name))

    def collect(self, hook: str) -> dict[str, Any]:
        """Return everything that one hook gives, by name, built-ins first.

        A built-in name stays built in; one that two plugins claim belongs to neither.
        """
        with self._asking:
            if hook not in self._collected:
                self._collected[hook] = self._ask(hook)
        return self._collected[hook]

    def ask_all(self) -> None:
        """Ask every hook: ``records`` then say what each plugin gave, and digests hold all data files named.

        Nothing where no plugin is loaded: what is built in is then read where it is used.
        """
        for hook in HOOKS if self.loaded() else ():
            self.collect(hook)

    def find(self, hook: str, name: str) -> Any:
        """Return one thing by name, None where nobody gives it; raise PluginError where two plugins claim it."""
        found = self.collect(hook)
        if name in self.contested.get(hook, {}):
            first, second = self.contested[hook][name]
            raise PluginError("plugin_name_taken", kind=HOOKS[hook].word, name=name, first=first, second=second)
        return found.get(name)

    def lost(self, hook: str, name: str) -> tuple[str, Notice] | None:
        """Return which plugin would give a name that nobody gives, and why it does not; None where none would."""
        if name in self.collect(hook):
            return None
        found = ((record.name, record.lost(hook, name)) for record in self.every())
        return next(((owner, why) for owner, why in found if why is not None), None)

    def owner(self, hook: str, name: str) -> str:
        """Return who gives a name; BUILT_IN for what shieldcalc brings."""
        self.collect(hook)
        return self.owners[hook].get(name, BUILT_IN)

    def every(self) -> tuple[Record, ...]:
        """Return every foreign plugin, those included that another of their name keeps out."""
        return (*self.records.values(), *self.shadowed)

    def loaded(self) -> tuple[Record, ...]:
        """Return the foreign plugins in use."""
        return tuple(record for record in self.records.values() if record.plugin is not None)

    def _ask(self, hook: str) -> dict[str, Any]:
        owners, found = self.owners.setdefault(hook, {}), dict[str, Any]()
        contested = self.contested.setdefault(hook, {})
        for owner, names, thing in self._given(hook):
            for name in names:
                if name in owners:
                    self._taken(hook, name, owners[name], owner)
                    continue
                owners[name], found[name] = owner, thing
                if owner != BUILT_IN:
                    self.records[owner].gave.setdefault(hook, []).append(name)
        for name in contested:
            found.pop(name)
        return found

    def _taken(self, hook: str, name: str, first: str, second: str) -> None:
        params = {"kind": HOOKS[hook].word, "name": name, "first": first, "second": second}
        built_in = first == BUILT_IN
        code = "plugin_name_built_in" if built_in else "plugin_name_contested"
        self.records[second].refused.append(Notice(f"warnings.{code}", params))
        if not built_in:
            self.contested[hook][name] = first, second

    def _given(self, hook: str) -> Iterator[tuple[str, tuple[str, ...], Any]]:
        for implementation in getattr(self.manager.hook, hook).get_hookimpls():
            owner = implementation.plugin_name
            if owner == BUILT_IN:
                yield from ((owner, tuple(HOOKS[hook].names(each)), each) for each in implementation.function())
        for implementation in getattr(self.manager.hook, hook).get_hookimpls():
            if implementation.plugin_name != BUILT_IN:
                record = self.records[implementation.plugin_name]
                yield from ((record.name, *each) for each in _things(record, hook, implementation.function))

    def _register(self, record: Record, plugin: object) -> None:
        declared = getattr(plugin, "shieldcalc_api", None)
        if declared is not None and _major(declared) != hookspecs.API_VERSION:
            told = declared if isinstance(declared, str) else _short(declared)
            raise UnusableError("plugin_api", plugin=record.name, declared=told, ours=hookspecs.API_VERSION)
        implemented = [key for key in dir(plugin) if self.manager.parse_hookimpl_opts(plugin, key)]
        unknown = next((key for key in implemented if key not in HOOKS), None)
        if unknown:
            words = hint(nearest(unknown, HOOKS))
            raise UnusableError("plugin_hook", plugin=record.name, hook=unknown, allowed=", ".join(HOOKS), hint=words)
        if not implemented:
            raise UnusableError("plugin_empty", plugin=record.name, allowed=", ".join(HOOKS))
        version = record.version or _version(plugin)
        try:
            self.manager.register(plugin, record.name)
        except PluginValidationError:
            self.manager.unregister(name=record.name)
            raise
        record.plugin, record.version = plugin, version
        if declared is None:
            params = {"plugin": record.name, "ours": hookspecs.API_VERSION}
            record.remarks.append(Notice("warnings.plugin_undeclared", params))


def _version(plugin: object) -> str:
    """Return the version that a plugin says of itself, as plain text."""
    text = writable(str(getattr(plugin, "__version__", "")))[:LONGEST_NAME]
    return "".join(char for char in text if char.isprintable())


def _things(record: Record, hook: str, function: Callable[[], Any]) -> list[tuple[tuple[str, ...], Any]]:
    """Return names and things that one plugin's hook gives and can be used, asked once; the rest is told of."""
    if hook not in record.things:
        record.things[hook] = [*_asked(record, hook, function)]
    return record.things[hook]


def _asked(record: Record, hook: str, function: Callable[[], Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    try:
        with apart():
            given = function()
            if not isinstance(given, list | tuple):
                raise TypeError(f"{hook}() -> {type(given).__name__}")
            given = [*given]
    except BaseException as error:  # a stranger's code may raise anything
        if stops(error):
            raise
        record.refused.append(_raised("plugin_raised", record.name, error, hook=hook))
        return
    before = len(record.refused)
    for count, thing in enumerate(given):
        if len(record.refused) - before >= MOST_TOLD:
            params = {"plugin": record.name, "hook": hook, "count": len(given) - count}
            record.refused.append(Notice("warnings.plugin_many", params))
            return
        if not isinstance(thing, HOOKS[hook].types):
            params = {"plugin": record.name, "hook": hook, "wanted": HOOKS[hook].wanted, "found": _short(thing)}
            record.refused.append(Notice("warnings.plugin_result", params))
        elif (names := _usable(record, hook, thing)) is not None:
            yield names, thing


def _usable(record: Record, hook: str, thing: Any) -> tuple[str, ...] | None:
    """Return the names of a thing that can be used; otherwise keep what is wrong with it."""
    try:
        with apart():
            fault, names = wrong_with(hook, thing), tuple(HOOKS[hook].names(thing))
    except BaseException as error:  # fields of any type, files with anything in them
        if stops(error):
            raise
        notice = _raised("plugin_broken", record.name, error, hook=hook, thing=_short(_label(thing)))
        record.leave_out(notice, hook, thing)
        return None
    if fault is None:
        record.paths += [str(path) for field in FILES for path in _several(getattr(thing, field, ()))]
        return names
    params = {"plugin": record.name, "hook": hook, "thing": _short(_label(thing)), "field": fault.field}
    params |= {"value": _short(fault.value), "wanted": fault.wanted}
    record.leave_out(Notice("warnings.plugin_thing", params), hook, thing)
    return None


def _claimed(hook: str, thing: Any) -> frozenset[str]:
    """Return the names that a thing that cannot be used claims, as far as they can be read."""
    try:
        with apart():
            return frozenset(str(name) for name in HOOKS[hook].names(thing))
    except BaseException as error:
        if stops(error):
            raise
        return frozenset()


def _several(paths: Any) -> tuple[Any, ...]:
    return (paths,) if isinstance(paths, str) else tuple(paths)


def _label(thing: Any) -> object:
    return getattr(thing, "name", getattr(thing, "id", thing))


def _short(thing: object) -> str:
    try:
        with apart():
            return writable(repr(thing)[:LONGEST_NAME])
    except BaseException as error:  # a stranger's repr may raise anything
        if stops(error):
            raise
        return writable(type(thing).__name__[:LONGEST_NAME])


def _major(declared: object) -> object:
    """Return the major version of "1", 1 or "1.4"; anything else as it is."""
    text = str(declared).partition(".")[0]
    return int(text) if text.isdecimal() and not isinstance(declared, bool) else declared


def _raised(code: str, name: str, error: BaseException, **params: object) -> Notice:
    return Notice(f"warnings.{code}", {"plugin": name, "reason": reason_of(error), **params})


def imported(target: str) -> object:
    """Import and return what ``module`` or ``module:attribute`` names."""
    module, _, attribute = target.partition(":")
    found: object = import_module(module)
    for part in filter(None, attribute.split(".")):
        found = getattr(found, part)
    return found


def module_of(path: str) -> ModuleType:
    """Import a single file; raise UnusableError where there is none."""
    name = "shieldcalc_plugin_" + plain(stem(path))
    spec = util.spec_from_file_location(name, path) if isfile(path) else None
    if spec is None or spec.loader is None:
        raise UnusableError("plugin_file", path=path)
    module = sys.modules[name] = util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
