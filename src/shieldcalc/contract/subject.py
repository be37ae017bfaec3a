"""A plugin to be checked: by itself in a host, with the folder that it is published from."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from os.path import abspath, basename, dirname, isdir, isfile, join
from typing import Any, NamedTuple

from shieldcalc.builtins import Brought, resolve
from shieldcalc.entrypoints import COMMANDS, PLUGINS, is_safe, stem
from shieldcalc.errors import PluginError
from shieldcalc.plugin_apart import apart_from
from shieldcalc.plugin_host import BUILT_IN, Host, Record, imported, module_of


class Subject(NamedTuple):
    """A host that holds one foreign plugin, that plugin's record, its folder, and its project's table if it has one."""

    host: Host
    record: Record
    folder: str
    project: dict[str, Any]

    def things(self, hook: str) -> Iterator[tuple[str, Any]]:
        """Yield name and thing of what this plugin gives by one hook."""
        for name, thing in self.host.collect(hook).items():
            if self.host.owner(hook, name) == self.record.name:
                yield name, resolve(thing.target) if isinstance(thing, Brought) else apart_of(thing)


def apart_of(thing: Any) -> Any:
    """Return a method or a report whose functions run apart, everything else as it is."""
    calls = {name: getattr(thing, name, None) for name in ("compute", "require", "dose_field", "write")}
    return replace(thing, **{name: apart_from(call) for name, call in calls.items() if callable(call)})


def built_in() -> Subject:
    """Return what shieldcalc brings itself as a subject."""
    from shieldcalc import builtin_plugin

    host = Host()
    return Subject(host, Record(name=BUILT_IN, version="", origin="", plugin=builtin_plugin), "", {})


def subject_of(path: str) -> Subject:
    """Return the plugin at a path: a Python file, or a folder whose pyproject.toml has an entry point of the group.

    Raises PluginError for a path that goes up or holds shell text, and where there is no plugin.
    """
    if not is_safe(path):
        raise PluginError("plugin_path", path=path)
    place = abspath(path)
    if isfile(place) and place.endswith(".py"):
        return _single(place)
    if isdir(place) and isfile(join(place, "pyproject.toml")):
        return _project(path, place)
    raise PluginError("plugin_nothing", path=path)


def _single(place: str) -> Subject:
    host, name = Host(), stem(place)
    host.add(name, "", partial(module_of, place), place)
    host.ask_all()
    return Subject(host, _record(host, name), dirname(place) if _own_folder(place) else "", {})


def _own_folder(place: str) -> bool:
    return isfile(join(dirname(place), "README.md"))


def _project(path: str, place: str) -> Subject:
    project = _read(path, join(place, "pyproject.toml"))
    points = project.get("entry-points", {})
    plugins = dict(points.get(PLUGINS, {})) if isinstance(points, dict) else {}
    if not plugins:
        raise PluginError("plugin_nothing", path=path)
    host = Host()
    for folder in (join(place, "src"), place):
        if folder not in sys.path:
            sys.path.insert(0, folder)
    for name, target in plugins.items():
        host.add(name, str(project.get("version", "")), partial(imported, str(target)), place)
    host.ask_all()
    first = next(iter(plugins))
    commands = dict(points.get(COMMANDS, {}))
    return Subject(host, _record(host, first), place, {**project, "commands": commands})


def _record(host: Host, name: str) -> Record:
    return host.records.get(name) or Record(name=name, version="", origin="")


def _read(path: str, file: str) -> dict[str, Any]:
    import tomllib

    try:
        with open(file, "rb") as content:
            found = tomllib.load(content).get("project", {})
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PluginError("plugin_import", plugin=basename(path), reason=str(error)) from error
    return found if isinstance(found, dict) else {}
