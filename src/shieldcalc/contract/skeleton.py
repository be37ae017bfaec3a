"""A new plugin: the files of one kind out of data/templates_plugin, with its name in the place of NAME."""

import re
from keyword import iskeyword
from os import listdir, makedirs
from os.path import dirname, exists, isdir, join

from shieldcalc.entrypoints import is_safe
from shieldcalc.errors import PluginError, UnknownNameError
from shieldcalc.resources import data_path

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
TEMPLATES = "templates_plugin"
COMMON = "common"
_PLACES = {
    "hooks.py.txt": "src/shieldcalc_{name}/__init__.py",
    "test_hooks.py.txt": "tests/test_{name}.py",
    "conftest.py.txt": "tests/conftest.py",
    "pyproject.toml.txt": "pyproject.toml",
    "README.md.txt": "README.md",
    "LICENSE.txt": "LICENSE",
}


def kinds() -> list[str]:
    """Return the kinds of plugin that can be begun."""
    return sorted(name for name in listdir(data_path(TEMPLATES)) if name != COMMON)


def write(kind: str, name: str, folder: str) -> list[str]:
    """Write a plugin of one kind into the new folder ``folder/name`` and return its files.

    Raises UnknownNameError for a kind, PluginError for a name or path that cannot be used and for a folder that is
    there; nothing is written then.
    """
    if kind not in kinds():
        raise UnknownNameError("kind of plugin", kind, kinds())
    if not NAME.fullmatch(name) or iskeyword(name):
        raise PluginError("plugin_new_name", name=name)
    if not is_safe(folder):
        raise PluginError("plugin_path", path=folder)
    if not isdir(folder):
        raise PluginError("plugin_folder", path=folder)
    home = join(folder, name)
    if exists(home):
        raise PluginError("plugin_exists", path=home)
    return [_write(home, kind, file, source, name) for file, source in sorted(_files(kind).items())]


def _files(kind: str) -> dict[str, str]:
    return {
        file: f"{TEMPLATES}/{each}/{file}" for each in (COMMON, kind) for file in listdir(data_path(TEMPLATES, each))
    }


def _write(home: str, kind: str, file: str, source: str, name: str) -> str:
    place = _PLACES.get(file, "src/shieldcalc_{name}/" + file.removesuffix(".txt"))
    path = join(home, *place.format(name=name).split("/"))
    makedirs(dirname(path), exist_ok=True)
    with open(data_path(*source.split("/")), encoding="utf-8") as template:
        text = template.read()
    with open(path, "x", encoding="utf-8", newline="\n") as made:
        made.write(text.replace("@NAME@", name).replace("@DASHED@", name.replace("_", "-")).replace("@KIND@", kind))
    return path
