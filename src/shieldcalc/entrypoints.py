"""Entry points of installed packages, read as text: ``importlib.metadata`` costs five bare interpreters to import."""

import sys
from os import listdir
from os.path import join
from typing import NamedTuple


class EntryPoint(NamedTuple):
    """One line of an ``entry_points.txt``: ``target`` is ``module`` or ``module:attribute``."""

    name: str
    target: str
    distribution: str
    version: str


def entry_points(group: str) -> tuple[EntryPoint, ...]:
    """Return the entry points of one group, by name, from the ``*.dist-info`` folders on ``sys.path``.

    The first folder that holds a distribution wins, as it does for imports. Nothing is imported.
    """
    seen: set[str] = set()
    found: list[EntryPoint] = []
    for folder in sys.path:
        for info in _infos(folder):
            distribution, _, version = info.removesuffix(".dist-info").partition("-")
            if distribution not in seen:
                seen.add(distribution)
                lines = _lines(join(folder, info, "entry_points.txt"), group)
                found += [EntryPoint(name, target, distribution, version) for name, target in lines]
    return tuple(sorted(found))


def _infos(folder: str) -> list[str]:
    try:
        return sorted(name for name in listdir(folder or ".") if name.endswith(".dist-info"))
    except OSError:
        return []


def _lines(path: str, group: str) -> list[tuple[str, str]]:
    try:
        with open(path, encoding="utf-8") as file:
            lines = [line.strip() for line in file]
    except (OSError, UnicodeDecodeError):
        return []
    section, found = "", []
    for line in lines:
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == group and "=" in line and not line.startswith("#"):
            name, _, target = line.partition("=")
            found.append((name.strip(), target.split("[")[0].strip()))
    return found
