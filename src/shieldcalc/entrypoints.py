"""Which plugins a run may use: entry points of installed packages and single files, found without importing any.

Entry points are read as text: ``importlib.metadata`` costs more than all the rest of a start. Single files are those of
the folders (and the files) named by ``--plugin-dir`` and SHIELDCALC_PLUGINS, which is separated like PATH. The variable
may also name installed plugins: then only these of the installed ones load. Set but empty, it keeps everything foreign
out.
"""

import os
import sys
from os.path import basename, isdir, join
from typing import NamedTuple

VARIABLE = "SHIELDCALC_PLUGINS"
PLUGINS, COMMANDS = "shieldcalc", "shieldcalc.commands"
SHELL_TEXT = frozenset(";|&$`<>*?\"'!\n\r\t\0")


class EntryPoint(NamedTuple):
    """One line of an ``entry_points.txt``: ``target`` is ``module`` or ``module:attribute``."""

    name: str
    target: str
    distribution: str
    version: str


class Choice(NamedTuple):
    """What the command line says of plugins: further folders of single files, none at all, or only those named."""

    folders: tuple[str, ...] = ()
    none: bool = False
    only: tuple[str, ...] = ()


_chosen = [Choice()]


def choose(choice: Choice) -> bool:
    """Take what the command line says from here on; say whether that is something new."""
    changed = choice != _chosen[0]
    _chosen[0] = choice
    return changed


def chosen() -> Choice:
    """Return what the command line said, for another process of the same run."""
    return _chosen[0]


def entry_points(group: str) -> tuple[EntryPoint, ...]:
    """Return the entry points of one group that this run may use, by name; nothing is imported."""
    points = _installed(group)
    if _chosen[0].none or (points and os.environ.get(VARIABLE) == ""):
        return ()
    for names in (_named(), _chosen[0].only):
        if names:
            points = _of(group, points, frozenset(map(plain, names)))
    return points


def plugin_files() -> tuple[str, ...]:
    """Return the single files that this run may use: those of each folder by name, those named by themselves."""
    if _chosen[0].none:
        return ()
    only = frozenset(map(plain, _chosen[0].only))
    places = (*_chosen[0].folders, *(part for part in _parts() if _is_path(part) and is_safe(part)))
    files = dict.fromkeys(file for place in places for file in _files(place))
    return tuple(file for file in files if not only or plain(stem(file)) in only)


def unsafe_parts() -> tuple[str, ...]:
    """Return what SHIELDCALC_PLUGINS holds that is neither a name nor a plain path: it is not used."""
    return tuple(part for part in _parts() if not is_safe(part)) if not _chosen[0].none else ()


def chosen_absent() -> tuple[str, ...]:
    """Return the names in SHIELDCALC_PLUGINS that no installed package answers to."""
    if _chosen[0].none:
        return ()
    known = {name for point in _installed(PLUGINS, COMMANDS) for name in _names(point)}
    return tuple(part for part in _named() if plain(part) not in known)


def only_absent() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names given to --only-plugins that nothing answers to, and those that they could have been."""
    kept = _chosen[0]
    choose(kept._replace(only=()))
    points = (*entry_points(PLUGINS), *entry_points(COMMANDS))
    files = [stem(file) for file in plugin_files()]
    choose(kept)
    names = {name for point in points for name in _names(point)} | {plain(file) for file in files}
    known = sorted({*files, *(point.name for point in points)})
    return tuple(name for name in kept.only if plain(name) not in names), tuple(known)


def is_safe(path: str) -> bool:
    """Say whether a path neither goes up (``..``) nor holds text that means something to a shell."""
    return ".." not in path.replace("\\", "/").split("/") and SHELL_TEXT.isdisjoint(path)


def plain(name: str) -> str:
    """Return a name as plugins are compared by: small letters, ``-`` and ``.`` as ``_``."""
    return name.lower().replace("-", "_").replace(".", "_")


def stem(path: str) -> str:
    """Return the name of the plugin in a single file."""
    return basename(path).removesuffix(".py")


def _files(place: str) -> list[str]:
    """Return the single files of a folder; a place that is none, or cannot be looked into, as it is: it is told of."""
    try:
        names = sorted(os.listdir(place))
    except OSError:
        return [place]
    return [join(place, name) for name in names if name.endswith(".py") and not name.startswith(("_", "test_", "."))]


def _parts() -> list[str]:
    return [part for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]


def _named() -> list[str]:
    """Return the names of installed plugins in the variable."""
    return [part for part in _parts() if not _is_path(part) and is_safe(part)]


def _is_path(part: str) -> bool:
    return part.endswith(".py") or os.sep in part or isdir(part)


def _of(group: str, points: tuple[EntryPoint, ...], names: frozenset[str]) -> tuple[EntryPoint, ...]:
    """Return the points that names mean: their own or their distribution's, of commands also that of their plugin."""
    plugins = _installed(PLUGINS) if group == COMMANDS else ()
    owners = {point.distribution for point in plugins if not names.isdisjoint(_names(point))}
    return tuple(point for point in points if not names.isdisjoint(_names(point)) or point.distribution in owners)


def _names(point: EntryPoint) -> set[str]:
    return {plain(point.name), plain(point.distribution)}


def _installed(*groups: str) -> tuple[EntryPoint, ...]:
    seen: set[str] = set()
    found: list[EntryPoint] = []
    for folder in sys.path:  # the first folder that holds a distribution wins, as it does for imports
        for info in _infos(folder):
            distribution, _, version = info.removesuffix(".dist-info").partition("-")
            if distribution not in seen:
                seen.add(distribution)
                lines = _lines(join(folder, info, "entry_points.txt"), groups)
                found += [EntryPoint(name, target, distribution, version) for name, target in lines]
    return tuple(sorted(found))


def _infos(folder: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder or ".") if name.endswith(".dist-info"))
    except OSError:
        return []


def _lines(path: str, groups: tuple[str, ...]) -> list[tuple[str, str]]:
    try:
        with open(path, encoding="utf-8") as file:
            lines = [line.strip() for line in file]
    except (OSError, UnicodeDecodeError):
        return []
    section, found = "", []
    for line in lines:
        if line.startswith("["):
            section = line.strip("[] ")
        elif section in groups and "=" in line and not line.startswith("#"):
            name, _, target = line.partition("=")
            found.append((name.strip(), target.split("[")[0].strip()))
    return found
