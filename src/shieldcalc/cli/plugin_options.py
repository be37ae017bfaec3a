"""``--plugin-dir``, ``--no-plugins`` and ``--only-plugins``, wherever they stand on the command line."""

import re
import sys
from collections.abc import Collection
from os.path import isdir

from shieldcalc.entrypoints import Choice, choose, is_safe, only_absent
from shieldcalc.errors import PluginError, UnknownNameError

FOLDER, NONE, ONLY = "--plugin-dir", "--no-plugins", "--only-plugins"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]*")


def taken(arguments: list[str], commands: Collection[str]) -> list[str]:
    """Return the arguments without those on plugins, which hold from here on.

    ``--only-plugins`` takes the names that follow it, up to an option, a command or what is no name. Raises PluginError
    and UnknownNameError for a folder, a path or a name that cannot be used.
    """
    rest, folders, none, only = list[str](), list[str](), False, list[str]()
    left = list(arguments)
    while left:
        option, equals, value = left.pop(0).partition("=")
        if option == "--":
            rest += [option, *left]
            break
        if option == NONE and not equals:
            none = True
        elif option == FOLDER:
            folders.append(_folder(value if equals else _next(left, option)))
        elif option == ONLY:
            only += _names(value) if equals else _following(left, commands)
        else:
            rest.append(option + equals + value)
    if none and only:
        raise PluginError("plugin_options")
    if choose(Choice(tuple(folders), none, tuple(only))):
        _forget()
    _known()
    return rest


def _next(left: list[str], option: str) -> str:
    if not left or left[0].startswith("-"):
        raise PluginError("plugin_option_empty", option=option)
    return left.pop(0)


def _following(left: list[str], commands: Collection[str]) -> list[str]:
    found = _names(_next(left, ONLY))
    while left and left[0] not in commands and _is_word(left[0]):
        found += _names(left.pop(0))
    return found


def _is_word(text: str) -> bool:
    return NAME.fullmatch(text) is not None and "." not in text


def _names(text: str) -> list[str]:
    names = [name for name in text.split(",") if name]
    for name in names or [text]:
        if not NAME.fullmatch(name) or ".." in name:
            raise PluginError("plugin_name", name=name)
    return names


def _folder(path: str) -> str:
    if not is_safe(path) or not isdir(path):
        raise PluginError("plugin_folder" if is_safe(path) else "plugin_path", path=path)
    return path


def _known() -> None:
    absent, known = only_absent()
    if absent:
        raise UnknownNameError("plugin", absent[0], known)


def _forget() -> None:
    plugins = sys.modules.get("shieldcalc.plugins")
    if plugins is not None:
        plugins.forget()
