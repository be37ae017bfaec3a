"""Commands that plugins give by their hook, read out of the text of their files: ``--help`` imports no plugin.

A name or a line of help that is not written out as text can only be known by loading the plugin; then the plugin is
named instead.
"""

import sys
from ast import Call, Constant, parse, walk
from collections.abc import Collection, Iterator
from os import listdir
from os.path import isdir, isfile, join
from typing import NamedTuple

from shieldcalc.cli import shown
from shieldcalc.entrypoints import PLUGINS, entry_points, plugin_files, stem

HOOK, TYPE = "register_commands", "Command"
MOST_BYTES = 200_000
MOST_FILES = 20


class Told(NamedTuple):
    """A command as its plugin's text tells it; ``name`` empty where that text does not say it."""

    plugin: str
    name: str
    help: str


def told() -> Iterator[Told]:
    """Yield the commands of every plugin that this run may use and whose files name the hook."""
    found = [(point.name, _places(point.target.partition(":")[0])) for point in entry_points(PLUGINS)]
    found += [(stem(path), [path]) for path in plugin_files()]
    for plugin, places in found:
        texts = [text for text in map(_text, places) if HOOK in text]
        if texts:
            named = list(dict.fromkeys(each for text in texts for each in _commands(plugin, text)))
            yield from named or [Told(plugin, "", "")]


def _places(module: str) -> list[str]:
    """Return the files of a module and of the package that it is in, looked for as an import would."""
    parts = module.split(".")
    for folder in sys.path:
        whole = join(folder or ".", *parts)
        if isfile(f"{whole}.py"):
            return [f"{whole}.py", *(_files(join(folder or ".", *parts[:-1])) if parts[1:] else [])]
        if isfile(join(whole, "__init__.py")):
            return _files(whole)
    return []


def _files(folder: str) -> list[str]:
    names = sorted(name for name in listdir(folder) if name.endswith(".py")) if isdir(folder) else []
    return [join(folder, name) for name in names[:MOST_FILES]]


def _text(path: str) -> str:
    if not isfile(path):  # nor a pipe, which would never end
        return ""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read(MOST_BYTES)
    except (OSError, UnicodeDecodeError):
        return ""


def _commands(plugin: str, text: str) -> Iterator[Told]:
    try:
        tree = parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in walk(tree):
        if isinstance(node, Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == TYPE:
            written = {each.arg: _literal(each.value) for each in node.keywords}
            yield Told(plugin, written.get("name", ""), written.get("help", ""))


def _literal(node: object) -> str:
    return node.value if isinstance(node, Constant) and isinstance(node.value, str) else ""


def lines(taken: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield name and words of each command that is not among ``taken``: those that are told otherwise."""
    owners: dict[str, list[Told]] = {}
    for each in told():
        if each.name not in taken:
            owners.setdefault(each.name, []).append(each)
    for name, claims in sorted(owners.items()):
        by = " and ".join(dict.fromkeys(each.plugin for each in claims))
        if name:
            yield shown(name), shown(f"{claims[0].help} (from {by})".strip())
        else:
            yield "...", shown(f"more from {by}: shieldcalc plugins list")
