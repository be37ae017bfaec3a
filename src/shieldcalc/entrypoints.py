"""Entry points of installed packages, read as text: ``importlib.metadata`` costs more than all the rest of a start.

The variable SHIELDCALC_PLUGINS, when set, names exactly which plugins to load: names of installed ones and paths of
single files, separated like PATH. Set but empty, it keeps everything foreign out.
"""

import os
import sys
from os.path import join
from typing import NamedTuple

VARIABLE = "SHIELDCALC_PLUGINS"


class EntryPoint(NamedTuple):
    """One line of an ``entry_points.txt``: ``target`` is ``module`` or ``module:attribute``."""

    name: str
    target: str
    distribution: str
    version: str


def entry_points(group: str) -> tuple[EntryPoint, ...]:
    """Return the entry points of one group that this run may use, by name; nothing is imported."""
    chosen = _chosen()
    points = _installed(group)
    return points if chosen is None else tuple(point for point in points if not chosen.isdisjoint(_names(point)))


def plugin_files() -> tuple[str, ...]:
    """Return the single files named in SHIELDCALC_PLUGINS."""
    return tuple(part for part in _parts() if _is_path(part))


def chosen_absent() -> tuple[str, ...]:
    """Return the names in SHIELDCALC_PLUGINS that no installed package answers to."""
    known = {name for point in _installed("shieldcalc", "shieldcalc.commands") for name in _names(point)}
    return tuple(part for part in _parts() if not _is_path(part) and _plain(part) not in known)


def _chosen() -> set[str] | None:
    return None if VARIABLE not in os.environ else {_plain(part) for part in _parts() if not _is_path(part)}


def _parts() -> list[str]:
    return [part for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]


def _is_path(part: str) -> bool:
    return part.endswith(".py") or os.sep in part


def _names(point: EntryPoint) -> set[str]:
    return {_plain(point.name), _plain(point.distribution)}


def _plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")


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
